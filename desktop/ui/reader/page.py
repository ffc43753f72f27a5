"""The text widget of the reader: lays out a plan, paints the scene under it, keeps its place."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextFrameFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from desktop.ui.reader import geometry
from desktop.ui.reader.builder import PageBuilder
from desktop.ui.reader.keys import Command, command
from desktop.ui.reader.marks import Mark, MarkIndex
from desktop.ui.reader.painting import GUTTER, Scene, UnderPainter
from desktop.ui.reader.plan import Element, leaves
from desktop.ui.reader.positions import PositionMap
from desktop.ui.reader.styles import Styles, Typography
from desktop.ui.theme import Theme

TOP, BOTTOM = 32, 120
SLICE = 0.006  # seconds of building between two looks at the events
LARGE = 100_000  # positions from which a new width waits until the dragging of the edge rests
FIRST_SCREENS = 6_000  # positions that are there before the first paint
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
    _Key.SelectEndOfDocument: _Move.End,
}


class Page(QTextEdit):
    """Text in, positions of the document out; the reader view speaks code points.

    Signals:
        commanded: A key of ``keys.Command`` was pressed.
        mark_clicked: Annotation id, by a click on its words or its glyph.
        link_clicked: The address.
        selected: The selection may have changed.
        scrolled: Another part of the text is in view.
        arranged: Places on the page have changed: more is built, or the width is another one.
        zoomed: Steps by which the text should grow.
        selection_ended: The mouse was released.
    """

    commanded = Signal(str)
    mark_clicked = Signal(str)
    link_clicked = Signal(str)
    scrolled = Signal()
    selected = Signal()
    arranged = Signal()
    zoomed = Signal(int)
    selection_ended = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.map = PositionMap("", [])
        self.canonical = ""
        self.tooltip_of: Callable[[Mark], str] = repr
        self._plan: list[Element] = []
        self._anchor: tuple[int, float] | None = None  # position of the top line, pixels into it
        self._placing = False
        self._pressed: QPoint | None = None
        self._exact = self._seen = (0, 0)
        self._walker = QTextCursor(self.document())
        self.dragging = False
        self._beside: QWidget | None = None
        styles = Styles(theme, Typography(), None)
        self.scene = Scene(self.document(), theme, styles, [], MarkIndex([], self.map))
        self._builder = PageBuilder(self.document(), [], styles)
        self._rest = QTimer(self, interval=0)
        self._rest.timeout.connect(self._build_more)
        self._arrange_later = QTimer(self, singleShot=True, interval=80)
        self._arrange_later.timeout.connect(self._arrange_again)
        self._set_up()

    def _set_up(self) -> None:
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setAcceptDrops(False)
        self.setCursorWidth(0)  # the caret is painted here: it does not blink
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)  # laid out when we say so, and once
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.cursorPositionChanged.connect(self.viewport().update)
        self.selectionChanged.connect(self.selected)
        self.recolour()

    # Content

    def show_plan(self, plan: list[Element], canonical: str, styles: Styles) -> None:
        """Show another text from its start; the first screens are there on return."""
        self._plan, self.canonical = plan, canonical
        found = list(leaves(plan))
        self.map = PositionMap(canonical, found)
        self.scene.leaves = found
        self.scene.marks, self.scene.hits = MarkIndex([], self.map), []
        self.scene.current_hit, self.scene.focused, self.scene.selection = None, None, []
        self._anchor = None
        self._build(styles, FIRST_SCREENS)
        self.select(*[self.map.to_position(0)] * 2)  # it was pushed along by the text
        self._scroll_to(0)

    def restyle(self, styles: Styles) -> None:
        """Lay the same text out anew; the line at the top and the selection stay."""
        anchor, ends = self._place(), self.ends()
        self._build(styles, max(anchor[0], *ends) + FIRST_SCREENS)
        self.select(*ends)
        self._restore(anchor)

    def _build(self, styles: Styles, until: int) -> None:
        self.scene.styles = styles
        self.recolour()
        self._keeping_still(lambda: self._start_building(styles, until))
        self._rest.start()
        self.viewport().update()

    def _start_building(self, styles: Styles, until: int) -> None:
        self._builder = PageBuilder(self.document(), self._plan, styles)
        self._arrange()
        self._builder.build_until(until)

    def _build_more(self) -> None:
        ends = self.ends()
        self._builder.build_for(SLICE)
        if self.ends() != ends:
            self.select(*ends)  # a cursor at the very end is pushed along by what is appended
        if self._builder.finished:
            self._rest.stop()
        self.arranged.emit()

    @property
    def finished(self) -> bool:
        """Everything is laid down; until then ``reach`` brings a later position in."""
        return self._builder.finished

    def reach(self, position: int) -> None:
        """Have ``position`` on the page, and a screen behind it."""
        if not self.finished:
            self._keeping_still(lambda: self._builder.build_until(position + FIRST_SCREENS))

    def recolour(self) -> None:
        palette = self.palette()  # the selection is painted under the text, with the marks
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.HighlightedText, self._theme.color("text"))
        palette.setColor(QPalette.ColorRole.Base, self._theme.color("surface"))
        palette.setColor(QPalette.ColorRole.Text, self._theme.color("text"))
        self.setPalette(palette)

    # Place

    def visible(self, slack: int = 0) -> tuple[int, int]:
        """Document positions of the part in view, widened by ``slack`` on both sides."""
        layout, top = self.document().documentLayout(), self.verticalScrollBar().value()
        fuzzy = Qt.HitTestAccuracy.FuzzyHit
        first = layout.hitTest(QPointF(0, top), fuzzy)
        last = layout.hitTest(QPointF(1e6, top + self.viewport().height()), fuzzy)
        return max(0, first - slack), max(first, last) + slack

    def top_position(self) -> int:
        return self._place()[0]

    def scroll_to(self, start: int, end: int, *, force: bool = False) -> None:
        """Bring a range into view, a third from the top, unless it is in view already."""
        self.reach(end)
        top = geometry.line_top(self.document(), start)
        bottom = geometry.line_top(self.document(), end) + 2 * self.scene.styles.size
        view = self.verticalScrollBar().value()
        height = self.viewport().height()
        if force or top < view + 8 or min(bottom, top + height // 2) > view + height - 8:
            self._scroll_to(round(top - height / 3))

    def scroll_to_top(self, position: int) -> None:
        """Put the line of a position at the top of the view."""
        self._restore((position, 0.0))
        self._anchor = None

    def rects(self, start: int, end: int) -> list[QRect]:
        """The boxes of a range in the viewport's coordinates."""
        first, last = self.visible(200)
        down, ratio = -self.verticalScrollBar().value(), self.devicePixelRatioF()
        found = geometry.runs(self.document(), max(first, start), min(last, end))
        return [run.box(ratio).translated(0, down).toAlignedRect() for run in found]

    def _place(self) -> tuple[int, float]:
        """What stands at the top; remembered until the person scrolls, so that it never drifts."""
        if self._anchor is None:
            top = self.verticalScrollBar().value()
            place = QPointF(self.scene.left + 1, top)
            position = self.document().documentLayout().hitTest(place, Qt.HitTestAccuracy.FuzzyHit)
            self._anchor = position, top - geometry.line_top(self.document(), position)
        return self._anchor

    def _restore(self, anchor: tuple[int, float]) -> None:
        self.reach(anchor[0])
        y = geometry.line_top(self.document(), anchor[0]) + anchor[1]
        self._scroll_to(round(y))
        self._anchor = anchor

    def _scroll_to(self, y: int) -> None:
        bar = self.verticalScrollBar()
        if y > bar.maximum():
            self.document().size()  # lays out what is left, so that the bar knows its range
        self._keeping_still(lambda: bar.setValue(y))
        self._anchor = None
        self.scrolled.emit()

    def put_beside(self, widget: QWidget) -> None:
        """Keep a narrow widget between the text and its scroll bar."""
        self._beside = widget
        self.setViewportMargins(0, 0, widget.width(), 0)
        self._place_beside()

    def _place_beside(self) -> None:
        if self._beside is not None:
            view = self.viewport().geometry()
            self._beside.setGeometry(view.right() + 1, view.top(), self._beside.width(), view.height())

    def _keeping_still(self, change: Callable[[], object]) -> None:
        """Run a change whose scrolling is ours, not the person's."""
        self._placing, before = True, self._placing
        try:
            change()
        finally:
            self._placing = before

    def _on_scrolled(self) -> None:
        if not self._placing:
            self._anchor = None
            self.scrolled.emit()

    def _arrange_again(self) -> None:
        """Fit the text to another width; what stood at the top still does."""
        anchor = self._place()
        self._keeping_still(self._arrange)
        self._restore(anchor)
        self.arranged.emit()

    def _arrange(self) -> None:
        """Centre the column; the root frame's margins hold glyphs at its left."""
        room, column = self.viewport().width(), self.scene.styles.column
        left = max(GUTTER, (room - column) // 2)
        right = max(14, room - left - column)
        found = QTextFrameFormat()
        found.setLeftMargin(left)
        found.setRightMargin(right)
        found.setTopMargin(TOP)
        found.setBottomMargin(BOTTOM)
        self.scene.left, self.scene.right = left, room - right
        self.document().rootFrame().setFrameFormat(found)
        self.setLineWrapColumnOrWidth(room)

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

    def select(self, anchor: int, position: int) -> None:
        """Select document positions; the caret goes to ``position``."""
        self.reach(max(anchor, position))
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self._keeping_still(lambda: self._set_cursor_still(cursor))
        self._remember(anchor, position)

    def _remember(self, anchor: int, position: int) -> None:
        """Keep the ends as they were meant: in a table Qt's cursor moves its own to whole cells."""
        cursor = self.textCursor()
        self._exact, self._seen = (anchor, position), (cursor.anchor(), cursor.position())
        self.selected.emit()

    def ends(self) -> tuple[int, int]:
        """Anchor and caret, in document positions."""
        cursor = self.textCursor()
        now = cursor.anchor(), cursor.position()
        return self._exact if now == self._seen else now

    @property
    def caret(self) -> int:
        """The document position of the text cursor."""
        return self.ends()[1]

    def _extend(self, event: QKeyEvent) -> bool:
        """Do what a key asks of the selection; False if it asks for something else."""
        if event.matches(_Key.SelectAll):
            self.reach(self.map.length)
            self.select(0, self.map.length)
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

    def _show_caret(self) -> None:
        """Scroll no further than needed to see the caret."""
        top = geometry.line_top(self.document(), self.caret)
        view, height = self.verticalScrollBar().value(), self.viewport().height()
        line = round(self.scene.styles.size * 2)
        if top < view:
            self._scroll_to(round(top) - 4)
        elif top + line > view + height:
            self._scroll_to(round(top) + line - height)

    def _set_cursor_still(self, cursor: QTextCursor) -> None:
        """Set the cursor without the jump that QTextEdit makes to show it."""
        bar = self.verticalScrollBar()
        before = bar.value()
        self.setTextCursor(cursor)
        bar.setValue(before)

    def selected_points(self) -> tuple[int, int] | None:
        anchor, position = self.ends()
        start, end = self.map.to_points(min(anchor, position), max(anchor, position))
        return (start, end) if start < end else None

    def caret_point(self) -> int:
        return self.map.to_point(self.caret, forward=True)

    def link_at_caret(self) -> str:
        return self.textCursor().charFormat().anchorHref()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        anchor = self._place()
        self._keeping_still(lambda: super(Page, self).resizeEvent(event))
        self._place_beside()
        self._anchor = anchor
        if event.size().width() != event.oldSize().width():
            self._arrange_later.start() if self.map.length > LARGE else self._arrange_again()
        self.arranged.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if any(
                event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            ):
                event.ignore()  # belongs to the window, not to a text that cannot be edited
                return True
            if command(event) not in (None, Command.ESCAPE):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if found := command(event):
            self.commanded.emit(str(found))
            return
        if event.key() in _CARET_KEYS:
            self._bring_caret_here()
        if any(event.matches(key) for key in (_Key.MoveToEndOfDocument, _Key.SelectEndOfDocument)):
            self.reach(self.map.length)
        if not self._extend(event):
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._tooltip(event.pos())
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def _tooltip(self, spot: QPoint) -> str:
        found = [self.tooltip_of(mark) for mark in self.marks_at(spot)[:3]]
        if href := self.anchorAt(spot):
            found.append(href)
        return "\n\n".join(found)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self.dragging = True
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._pressed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        spot = event.position().toPoint()
        if self._pressed is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._remember(self._position_at(self._pressed), self._position_at(spot))
        if not event.buttons():
            pointing = bool(self.anchorAt(spot)) or self._on_glyph(spot)
            shape = Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)

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
        if href := self.anchorAt(spot):
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


def joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, overlapping and touching ones made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    assert all(one[1] < other[0] for one, other in pairwise(found))
    return found
