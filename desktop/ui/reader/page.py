"""The page one reads and works on: painting, keys, clicks and the caret."""

from collections.abc import Callable, Iterable
from html import escape

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.core.document import Block, BlockKind
from desktop.ui.reader import geometry
from desktop.ui.reader.builder import leaf_number
from desktop.ui.reader.canvas import Canvas
from desktop.ui.reader.keys import Command, wanted
from desktop.ui.reader.marks import Mark
from desktop.ui.reader.painting import UnderPainter
from desktop.ui.theme import Theme

_CARET_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)

_Key, _Move = QKeySequence.StandardKey, QTextCursor.MoveOperation
_EXTENDING = {
    _Key.SelectNextChar: _Move.Right,
    _Key.SelectPreviousChar: _Move.Left,
    _Key.SelectNextWord: _Move.WordRight,
    _Key.SelectPreviousWord: _Move.WordLeft,
    _Key.SelectNextLine: _Move.Down,
    _Key.SelectPreviousLine: _Move.Up,
    _Key.SelectStartOfLine: _Move.StartOfLine,
    _Key.SelectEndOfLine: _Move.EndOfLine,
    _Key.SelectStartOfBlock: _Move.StartOfBlock,
    _Key.SelectEndOfBlock: _Move.EndOfBlock,
    _Key.SelectStartOfDocument: _Move.Start,
}


class Page(Canvas):
    """A canvas that answers the person; the reader view gives the answers their meaning.

    Signals:
        commanded: A key of ``keys.Command`` was pressed.
        mark_clicked: Annotation id, by a click on its words or its glyph.
        link_clicked: The address.
        picture_clicked: The image's ``Block``.
        zoomed: Steps by which the text should grow.
        selection_ended: The mouse was released.
        menu_requested: At a point of the screen.
    """

    commanded = Signal(str)
    mark_clicked = Signal(str)
    link_clicked = Signal(str)
    picture_clicked = Signal(object)
    zoomed = Signal(int)
    selection_ended = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.tooltip_of: Callable[[Mark], str] = repr
        self.dragging = False
        self._pressed: QPoint | None = None
        self._walker = QTextCursor(self.document())
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setAcceptDrops(False)
        self.setCursorWidth(0)  # the caret is painted here: it does not blink
        self.viewport().setMouseTracking(True)

    # Marks, links and the selection

    def marks_at(self, spot: QPoint) -> list[Mark]:
        """The marks under a point of the viewport, the shortest first; a glyph names just its own."""
        place = QPointF(spot.x(), spot.y() + self.verticalScrollBar().value())
        for box, annotation_id in self.scene.glyphs:
            if box.contains(place) and (mark := self.scene.marks.get(annotation_id)):
                return [mark]
        position = self.document().documentLayout().hitTest(place, Qt.HitTestAccuracy.ExactHit)
        if position < 0:
            return []
        around = {m.id: m for at in (position - 1, position) for m in self.scene.marks.at(at)}
        return sorted(
            (mark for mark in around.values() if self._covers(mark, place)), key=lambda one: one.length
        )

    def _covers(self, mark: Mark, place: QPointF) -> bool:
        ratio, near = self.devicePixelRatioF(), self.visible(200)
        for start, end in (self.map.to_range(*one) for one in mark.ranges):
            for run in geometry.runs(self.document(), max(near[0], start), min(near[1], end)):
                if run.box(ratio).adjusted(0, 0, 0, 4).contains(place):
                    return True
        return False

    def picture_at(self, spot: QPoint) -> Block | None:
        """The image block whose picture is shown at a point of the viewport."""
        place = QPointF(spot.x(), spot.y() + self.verticalScrollBar().value())
        return next((block for box, block in self.scene.pictures if box.contains(place)), None)

    def picture_at_caret(self) -> Block | None:
        """The image block of the caret's paragraph, if its picture is shown."""
        number = leaf_number(self.textCursor().block())
        leaf = self.scene.leaves[number] if 0 <= number < len(self.scene.leaves) else None
        return leaf.block if leaf is not None and self.scene.styles.picture(leaf) else None

    def describe_pictures(self, blocks: Iterable[Block]) -> None:
        """Tell those who listen how to mark, and what the article's pictures show."""
        shown = (block for block in blocks if block.kind is BlockKind.IMAGE and block.src in self.album.sizes)
        words = [block.alt or block.text for block in shown]
        told = self.tr(
            "Select words, then press H, Q, C, N or T to highlight, quote, claim, note or tag them."
        )
        if known := [one for one in words if one]:
            told += " " + self.tr("Pictures: {names}").format(names="; ".join(known))
        self.setAccessibleDescription(told)

    def _extend(self, event: QKeyEvent) -> bool:
        """Do what a key asks of the selection; False if it asks for something else."""
        if event.matches(_Key.SelectAll):
            self.when_there(self.map.length, lambda: self.select(0, self.map.length))
            return True
        for key, operation in _EXTENDING.items():
            if event.matches(key):
                anchor, position = self.ends()
                if self._walker.position() != position or self._walker.document() is not self.document():
                    self._walker = QTextCursor(self.document())
                    self._walker.setPosition(position)
                self._walker.movePosition(operation)
                self.select(anchor, self._walker.position())
                self._show_caret()
                return True
        return False

    def _to_end(self, event: QKeyEvent) -> bool:
        """Go, or select, to the end of the text if a key asks for it."""
        selecting = event.matches(_Key.SelectEndOfDocument)
        if not selecting and not event.matches(_Key.MoveToEndOfDocument):
            return False
        end, anchor = self.map.length, self.ends()[0]

        def go() -> None:
            self.select(anchor if selecting else end, end)
            self._show_caret()

        self.when_there(end, go)
        return True

    def _show_caret(self) -> None:
        """Scroll no further than needed to see the caret."""
        top = geometry.line_top(self.document(), self.caret)
        view, height = self.verticalScrollBar().value(), self.viewport().height()
        line = round(self.scene.styles.size * 2)
        if top < view:
            self._scroll_to(round(top) - 4)
        elif top + line > view + height:
            self._scroll_to(round(top) + line - height)

    def selected_points(self) -> tuple[int, int] | None:
        anchor, position = self.ends()
        start, end = self.map.to_points(min(anchor, position), max(anchor, position))
        return (start, end) if start < end else None

    def caret_point(self) -> int:
        return self.map.to_point(self.caret, forward=True)

    def link_at_caret(self) -> str:
        return self.textCursor().charFormat().anchorHref()

    def _wanted(self, event: QKeyEvent) -> Command | None:
        return wanted(event, self.scene)

    def _bring_caret_here(self) -> None:
        """Arrows start from what is being read, not from where the caret was left long ago."""
        first, last = self.visible()
        if not first <= self.caret <= last:
            self.select(*[self.top_position()] * 2)

    # Overrides of Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        top = self.verticalScrollBar().value()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("surface"))
        painter.translate(0, -top)
        self.scene.view = top, top + self.viewport().height()
        UnderPainter(self.scene, painter, self.devicePixelRatioF()).paint(*self.visible(200))
        painter.end()
        super().paintEvent(event)
        if self.hasFocus():
            self._paint_caret(top)

    def _paint_caret(self, top: int) -> None:
        run = geometry.caret(self.document(), self.caret)
        painter = QPainter(self.viewport())
        box = QRectF(round(run.left) - 0.75, run.baseline - run.pixels * 0.9 - top, 1.5, run.pixels * 1.2)
        painter.fillRect(box, self._theme.color("accent"))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if any(
                event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            ):
                event.ignore()  # belongs to the window, not to a text that cannot be edited
                return True
            if self._wanted(event) not in (None, Command.ESCAPE):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if found := self._wanted(event):
            self.commanded.emit(str(found))
            return
        if event.key() in _CARET_KEYS:
            self._bring_caret_here()
        if not self._to_end(event) and not self._extend(event):
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tooltip(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def tooltip(self, spot: QPoint) -> str:
        """Marks and the link at a point of the viewport, escaped: notes and addresses are not markup."""
        found = [self.tooltip_of(mark) for mark in self.marks_at(spot)[:3]]
        if href := self.anchorAt(spot):
            found.append(href)
        if not found and (picture := self.picture_at(spot)) and picture.alt:
            found.append(picture.alt)
        words = escape("\n\n".join(found)).replace("\n", "<br>")
        return f"<qt>{words}</qt>" if found else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press(event.position().toPoint(), event.modifiers())
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        spot = event.position().toPoint()
        if self._pressed is not None and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._remember(self._position_at(self._pressed), self._position_at(spot))
        if not event.buttons():
            pointing = bool(self.anchorAt(spot)) or self._on_glyph(spot) or bool(self.picture_at(spot))
            shape = Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)

    def _press(self, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.commanded.emit(str(Command.ADD))
        at, ends = self._position_at(spot), self.ends()
        if min(ends) <= at <= max(ends) and not modifiers:
            self.select(at, at)  # else Qt would drag the words away instead of selecting anew
        self._pressed, self.dragging = spot, True

    def _position_at(self, spot: QPoint) -> int:
        place = QPointF(spot.x(), spot.y() + self.verticalScrollBar().value())
        return self.document().documentLayout().hitTest(place, Qt.HitTestAccuracy.FuzzyHit)

    def _on_glyph(self, spot: QPoint) -> bool:
        place = QPointF(spot.x(), spot.y() + self.verticalScrollBar().value())
        return any(box.contains(place) for box, _ in self.scene.glyphs)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed, self.dragging = self._pressed, None, False
        spot = event.position().toPoint()
        if (
            pressed is not None
            and (spot - pressed).manhattanLength() < 4
            and not self.textCursor().hasSelection()
        ):
            self._click(spot)
        self.selection_ended.emit()

    def _click(self, spot: QPoint) -> None:
        if picture := self.picture_at(spot):
            self.picture_clicked.emit(picture)
        elif href := self.anchorAt(spot):
            self.link_clicked.emit(href)
        elif marks := self.marks_at(spot):
            ids = [mark.id for mark in marks]
            again = ids.index(self.scene.focused) + 1 if self.scene.focused in ids else 0
            self.mark_clicked.emit(ids[again % len(ids)])

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        """The words as the archive has them, not as the page dresses them."""
        data = QMimeData()
        ranges = [self.map.to_points(*one) for one in self.scene.selection]
        data.setText("\n".join(self.canonical[start:end] for start, end in ranges))
        return data
