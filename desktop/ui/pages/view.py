"""The page view: keys, clicks and the selection on pages, with the meaning they have in the text."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from desktop.core import segmentation
from desktop.ui.pages.canvas import PagesCanvas
from desktop.ui.pages.places import stepped, whole_line
from desktop.ui.reader.keys import Command, wanted
from desktop.ui.reader.marks import Mark
from desktop.ui.theme import Theme

_Key, _Qt = QKeySequence.StandardKey, Qt.Key
_EDGE = 40  # milliseconds between two steps of scrolling while dragging beyond the edge
_OVERLAP = 48  # pixels of the last screen that are seen again after a page key
Range = tuple[int, int]


class PagesView(PagesCanvas):
    """A canvas that answers the person; the reader view gives the answers their meaning.

    Signals: Those of ``reader.page.Page``.
    """

    commanded = Signal(str)
    mark_clicked = Signal(str)
    link_clicked = Signal(str)
    selection_ended = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.tooltip_of: Callable[[Mark], str] = repr
        self.dragging = False
        self._pressed: QPoint | None = None
        self._clicks = 0
        self._whole: Range = (0, 0)  # the word or line that a drag began with
        self._last_click = QPoint()
        self._fresh = QTimer(self, singleShot=True)  # while it runs a further press makes a triple click
        self._edge = QTimer(self, interval=_EDGE)
        self._edge.timeout.connect(self._drag_on)
        self.setAccessibleName(self.tr("Pages of the article"))
        self.setAccessibleDescription(
            self.tr("Select words, then press H, Q, C, N or T to highlight, quote, claim, note or tag them.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)

    # Marks and words

    def marks_at(self, spot: QPoint) -> list[Mark]:
        """The marks under a point of the viewport, the shortest first; a glyph names just its own."""
        place = QPointF(spot) + self._origin()
        for box, annotation_id in self.scene.glyphs:
            if box.contains(place) and (mark := self.scene.marks.get(annotation_id)):
                return [mark]
        if not self.count:
            return []
        page = self._layout.page_at(place.y())
        found = {
            stretch.mark.id: stretch.mark
            for stretch, boxes in self.scene.stretches(page)
            if any(self._layout.to_box(page, box).adjusted(0, 0, 0, 4).contains(place) for box in boxes)
        }
        return sorted(found.values(), key=lambda mark: mark.length)

    def link_at_caret(self) -> str:
        """Pages have no links of their own."""
        return ""

    def copy(self) -> None:
        """The words as the archive has them."""
        words = [self.canonical[start:end] for start, end in self.scene.selection]
        if words:
            QGuiApplication.clipboard().setText("\n".join(words))

    def tooltip(self, spot: QPoint) -> str:
        """Marks at a point of the viewport, escaped: notes are not markup."""
        found = [self.tooltip_of(mark) for mark in self.marks_at(spot)[:3]]
        words = escape("\n\n".join(found)).replace("\n", "<br>")
        return f"<qt>{words}</qt>" if found else ""

    def offset_at(self, spot: QPoint) -> int | None:
        """The code point nearest to a point of the viewport; None where no page in reach has words."""
        if not self.count:
            return None
        place = QPointF(spot) + self._origin()
        page = self._layout.page_at(place.y())
        return self.scene.map.offset_at(page, *self._layout.to_page(page, place))

    def _over_words(self, spot: QPoint) -> bool:
        place = QPointF(spot) + self._origin()
        page = self._layout.page_at(place.y())
        x, y = self._layout.to_page(page, place)
        lines = self.scene.map.lines_of(page)
        return any(line.rect(line.start, line.end).distance(x, y) < 4 for line in lines)

    def _on_glyph(self, spot: QPoint) -> bool:
        place = QPointF(spot) + self._origin()
        return any(box.contains(place) for box, _ in self.scene.glyphs)

    # The mouse

    def _press(self, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.commanded.emit(str(Command.ADD))
        again = self._fresh.isActive() and (spot - self._last_click).manhattanLength() < 6
        self._clicks = 3 if again else 1
        self._pressed, self.dragging = spot, True
        at = self.offset_at(spot)
        if at is None:
            return
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.select(self.ends()[0], at)
        else:
            self._select_whole(at)

    def _select_whole(self, at: int) -> None:
        self._whole = self._whole_at(at)
        self.select(*self._whole)

    def _whole_at(self, at: int) -> Range:
        """What one, two or three clicks select: nothing, the word, the line."""
        if self._clicks == 2:
            return segmentation.word_at(self.canonical, at)
        if self._clicks == 3:
            return whole_line(self.scene.map, self.scene.map.page_of(at), at) or (at, at)
        return at, at

    def _drag(self, spot: QPoint) -> None:
        at = self.offset_at(spot)
        if at is None:
            return
        if self._clicks == 1:
            self.select(self.ends()[0], at)
            return
        start, end = self._whole_at(at)
        if start < self._whole[0]:
            self.select(self._whole[1], start)
        else:
            self.select(self._whole[0], max(end, self._whole[1]))

    def _drag_on(self) -> None:
        """The pointer is held beyond the edge: the pages come to it."""
        spot = self.viewport().mapFromGlobal(self.cursor().pos())
        self._drag_beyond(spot)

    def _drag_beyond(self, spot: QPoint) -> None:
        height, bar = self.viewport().height(), self.verticalScrollBar()
        beyond = spot.y() - height if spot.y() > height else min(spot.y(), 0)
        bar.setValue(bar.value() + max(-120, min(beyond, 120)))
        self._drag(QPoint(spot.x(), max(0, min(spot.y(), height))))

    def _click(self, spot: QPoint) -> None:
        if marks := self.marks_at(spot):
            ids = [mark.id for mark in marks]
            again = ids.index(self.scene.focused) + 1 if self.scene.focused in ids else 0
            self.mark_clicked.emit(ids[again % len(ids)])

    # Keys

    def _wanted(self, event: QKeyEvent) -> Command | None:
        return wanted(event, self.scene)

    def _scrolls(self, event: QKeyEvent) -> bool:
        """Do what a key asks of the view; False if it asks for something else."""
        bar, screen = self.verticalScrollBar(), self.viewport().height() - _OVERLAP
        if event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
            return False
        targets = {
            _Qt.Key_PageDown: bar.value() + screen,
            _Qt.Key_PageUp: bar.value() - screen,
            _Qt.Key_Home: 0,
            _Qt.Key_End: bar.maximum(),
        }
        if not self.scene.map.lines:
            targets |= {
                _Qt.Key_Down: bar.value() + bar.singleStep(),
                _Qt.Key_Up: bar.value() - bar.singleStep(),
            }
        target = targets.get(_Qt(event.key()))
        if target is not None:
            bar.setValue(target)
        return target is not None

    def _moves(self, event: QKeyEvent) -> bool:
        """Move the caret, or with Shift the end of the selection."""
        if event.matches(_Key.SelectAll):
            self.select(0, self.map.length)
            return True
        for move, extend, step in _STEPS:
            if event.matches(move) or event.matches(extend):
                first, last = self.visible()
                if not first <= self.caret <= last and not self.selected_points():
                    self.select(*[self.top_position()] * 2)  # from what is being read
                at = step(self, self.caret)
                self.select(self.ends()[0] if event.matches(extend) else at, at)
                self._show_caret()
                return True
        return False

    def _show_caret(self) -> None:
        """Scroll no further than needed to see the caret."""
        boxes = self.rects(self.caret, self.caret + 1) or self.rects(self.caret - 1, self.caret)
        if not boxes:
            self.scroll_to(self.caret, self.caret)
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if boxes[0].top() < 4:
            bar.setValue(bar.value() + boxes[0].top() - 24)
        elif boxes[-1].bottom() > height - 4:
            bar.setValue(bar.value() + boxes[-1].bottom() - height + 24)

    def _line(self, at: int) -> Range:
        return whole_line(self.scene.map, self.scene.map.page_of(at), at) or (at, at)

    # Overrides of Qt

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._wanted(event) not in (None, Command.ESCAPE)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if found := self._wanted(event):
            self.commanded.emit(str(found))
        elif event.matches(_Key.Copy):
            self.copy()
        elif not (self._scrolls(event) or (self.scene.map.lines and self._moves(event))):
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tooltip(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press(event.position().toPoint(), event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        spot = event.position().toPoint()
        self._clicks, self.dragging, self._pressed, self._last_click = 2, True, None, spot
        self._fresh.start(QApplication.doubleClickInterval())
        if (at := self.offset_at(spot)) is not None:
            self._select_whole(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        if self.dragging:
            inside = 0 <= spot.y() <= self.viewport().height()
            self._edge.stop() if inside else self._edge.start()
            self._drag(spot) if inside else None
        elif not event.buttons():
            pointing = self._on_glyph(spot)
            words = Qt.CursorShape.IBeamCursor if self.count and self._over_words(spot) else None
            shape = Qt.CursorShape.PointingHandCursor if pointing else words or Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        pressed, self._pressed, self.dragging = self._pressed, None, False
        self._edge.stop()
        spot = event.position().toPoint()
        if pressed is not None and (spot - pressed).manhattanLength() < 4 and self.selected_points() is None:
            self._click(spot)
        self.selection_ended.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1, event.position().toPoint())
            event.accept()
            return
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


_Step = Callable[[PagesView, int], int]
_STEPS: tuple[tuple[QKeySequence.StandardKey, QKeySequence.StandardKey, _Step], ...] = (
    (_Key.MoveToNextChar, _Key.SelectNextChar, lambda _view, at: at + 1),
    (_Key.MoveToPreviousChar, _Key.SelectPreviousChar, lambda _view, at: at - 1),
    (
        _Key.MoveToNextWord,
        _Key.SelectNextWord,
        lambda view, at: segmentation.next_word_end(view.canonical, at),
    ),
    (
        _Key.MoveToPreviousWord,
        _Key.SelectPreviousWord,
        lambda view, at: segmentation.previous_word_start(view.canonical, at),
    ),
    (_Key.MoveToNextLine, _Key.SelectNextLine, lambda view, at: stepped(view.scene.map, at, 1)),
    (_Key.MoveToPreviousLine, _Key.SelectPreviousLine, lambda view, at: stepped(view.scene.map, at, -1)),
    (_Key.MoveToStartOfLine, _Key.SelectStartOfLine, lambda view, at: view._line(at)[0]),
    (_Key.MoveToEndOfLine, _Key.SelectEndOfLine, lambda view, at: view._line(at)[1]),
    (_Key.MoveToStartOfDocument, _Key.SelectStartOfDocument, lambda _view, _at: 0),
    (_Key.MoveToEndOfDocument, _Key.SelectEndOfDocument, lambda view, _at: view.map.length),
)
