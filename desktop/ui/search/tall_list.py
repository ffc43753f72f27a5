"""A list of rows of many heights that measures only those in sight, however many there are."""

from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QCursor, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from desktop.ui.painted import ITEM, Index, Painted, prepare

_AHEAD = 400  # pixels below the view that are measured with it
_SOON = 1.5  # views before the end, from where on further rows are fetched
_TALLEST = 1 << 28  # pixels; Qt counts them in 32 bits
_Move = QAbstractItemView.CursorAction
_UP = (_Move.MoveUp, _Move.MovePrevious, _Move.MoveLeft)
_DOWN = (_Move.MoveDown, _Move.MoveNext, _Move.MoveRight)


class Tall(Painted):
    """A delegate that can also guess the height of a row without laying it out."""

    def guess(self, item: object, width: int) -> int:
        """About its height, in logical pixels; costs next to nothing."""
        raise NotImplementedError


class TallList(QListView):
    """Rows above what is looked at are guessed until they come into sight; then what is in sight stays.

    A ``QListView`` lays out every row whenever one is added. Only Qt's bookkeeping is taken over from it:
    the model, the selection, the keys and what screen readers ask.
    """

    def __init__(self, delegate: Tall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = delegate
        self._heights: list[int] = []
        self._measured: list[bool] = []
        self._tops = [0]
        self._width, self._anchor, self._settling = 0, 0, False
        self._fetch = QTimer(self, singleShot=True, interval=0)
        self._fetch.timeout.connect(self._fetch_more)
        prepare(self)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(False)

    @property
    def measured(self) -> int:
        """How many rows have been laid out, for tests and benches."""
        return sum(self._measured)

    def top_of(self, index: Index) -> int:
        """Where a row begins, in pixels below the top of the view."""
        return self._tops[index.row()] - self.verticalScrollBar().value()

    def first_in_sight(self) -> QModelIndex:
        return self.model().index(self._row_at(self.verticalScrollBar().value()), 0)

    def keep_at(self, index: Index, top: int) -> None:
        """Scroll so that a row begins that many pixels below the top of the view."""
        self._settle(at=index.row())
        self._scroll(self._tops[index.row()] - top)

    # Heights

    def _forget(self) -> None:
        """Guess all heights anew."""
        model, width = self.model(), self.viewport().width()
        count = model.rowCount() if model is not None else 0
        self._heights = [self._guess(row, width) for row in range(count)]
        self._measured = [False] * count
        self._width = width
        self._add_up()

    def _guess(self, row: int, width: int) -> int:
        return self._delegate.guess(self.model().index(row, 0).data(ITEM), width)

    def _add_up(self) -> None:
        self._tops = list(accumulate(self._heights, initial=0))

    def _row_at(self, y: int) -> int:
        return max(0, min(bisect_right(self._tops, y) - 1, len(self._heights) - 1))

    def _settle(self, at: int | None = None) -> None:
        """Measure what is in sight, or would be with the row ``at`` on top; what is seen does not move."""
        if self._settling or not self._heights:
            self.updateGeometries()
            return
        self._settling = True
        try:
            for _ in range(4):  # each time less comes into sight
                if not self._measure_in_sight(at):
                    break
        finally:
            self._settling = False
        self._anchor = self._row_at(self.verticalScrollBar().value())
        if self.verticalScrollBar().value() + _SOON * self.viewport().height() > self._tops[-1] - (
            self.viewport().height()
        ):
            self._fetch.start()

    def _measure_in_sight(self, at: int | None) -> bool:
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        top = value if at is None else self._tops[at]
        row, anchored = self._row_at(top), self._tops[min(self._anchor, len(self._heights) - 1)]
        keeps, shift, changed = value > 0 and anchored < value + height, 0, False
        y = self._tops[row]
        while row < len(self._heights) and y < top + height + _AHEAD:
            if not self._measured[row]:
                exact = self._delegate.height(self.model().index(row, 0).data(ITEM), self._width)
                difference, self._heights[row], self._measured[row] = exact - self._heights[row], exact, True
                changed = changed or difference != 0
                shift += difference if keeps and row < self._anchor else 0
            y += self._heights[row]
            row += 1
        if changed:
            self._add_up()
            self.updateGeometries()
            if shift:
                self._scroll(value + shift)
        return changed

    def _scroll(self, value: int) -> None:
        self.updateGeometries()
        self.verticalScrollBar().setValue(max(0, value))

    def _fetch_more(self) -> None:
        model = self.model()
        if model is not None and model.canFetchMore(QModelIndex()):
            model.fetchMore(QModelIndex())

    # Overrides of Qt: where rows are

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= len(self._heights):
            return QRect()
        return QRect(0, self.top_of(index), self.viewport().width(), self._heights[index.row()])

    def indexAt(self, point: QPoint) -> QModelIndex:
        y = point.y() + self.verticalScrollBar().value()
        if not self._heights or not 0 <= y < self._tops[-1]:
            return QModelIndex()
        return self.model().index(self._row_at(y), 0)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid() or index.row() >= len(self._heights):
            return
        self._settle(at=index.row())
        value, height, row = self.verticalScrollBar().value(), self.viewport().height(), index.row()
        top, bottom = self._tops[row] - 44 * (row > 0), self._tops[row + 1] + 8
        if hint is QAbstractItemView.ScrollHint.PositionAtTop or top < value:
            self._scroll(top)
        elif bottom > value + height:
            self._scroll(min(top, bottom - height))

    def moveCursor(self, action: QAbstractItemView.CursorAction, _keys: Qt.KeyboardModifier) -> QModelIndex:
        count, here = len(self._heights), self.currentIndex().row()
        page = self.viewport().height()
        if not count:
            return QModelIndex()
        if here < 0 or action is _Move.MoveHome:
            target = 0
        elif action is _Move.MoveEnd:
            target = count - 1
        elif action in (_Move.MovePageUp, _Move.MovePageDown):
            by = page if action is _Move.MovePageDown else -page
            target = self._row_at(self._tops[here] + by)
        else:
            target = here + (action in _DOWN) - (action in _UP)
        return self.model().index(max(0, min(target, count - 1)), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def isIndexHidden(self, _index: Index) -> bool:
        return False

    # Overrides of Qt: when something changes

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(40)
        bar.setRange(0, min(max(0, self._tops[-1] - height), _TALLEST))

    def doItemsLayout(self) -> None:
        QAbstractItemView.doItemsLayout(self)  # not that of QListView, which measures everything
        self._settle()

    def reset(self) -> None:
        super().reset()
        self._anchor = 0
        self._forget()
        self._settle()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        width = self.viewport().width()
        self._heights[start:start] = [self._guess(row, width) for row in range(start, end + 1)]
        self._measured[start:start] = [False] * (end - start + 1)
        self._add_up()
        self._settle()
        self.viewport().update()
        QAbstractItemView.rowsInserted(self, parent, start, end)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        QAbstractItemView.rowsAboutToBeRemoved(self, parent, start, end)
        del self._heights[start : end + 1], self._measured[start : end + 1]
        self._add_up()
        self.viewport().update()
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps other lines: the row at the top stays there."""
        if self._heights and self.viewport().width() != self._width:
            first = self.first_in_sight()
            top = self.top_of(first)
            self._forget()
            self.keep_at(first, top)
        QAbstractItemView.resizeEvent(self, event)
        self._settle()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self._settle()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._heights:
            return
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        usual, here = option.state, self.currentIndex()
        under = self.viewport().mapFromGlobal(QCursor.pos())
        hovered = self.indexAt(under) if self.viewport().underMouse() else QModelIndex()
        with QPainter(self.viewport()) as painter:
            row = self._row_at(event.rect().top() + self.verticalScrollBar().value())
            while row < len(self._heights):
                index = self.model().index(row, 0)
                option.rect = self.visualRect(index)
                if option.rect.top() > event.rect().bottom():
                    break
                option.state = usual & ~QStyle.StateFlag.State_HasFocus
                if self.selectionModel().isSelected(index):
                    option.state |= QStyle.StateFlag.State_Selected
                if index == hovered:
                    option.state |= QStyle.StateFlag.State_MouseOver
                if index == here and self.hasFocus():
                    option.state |= QStyle.StateFlag.State_HasFocus
                self._delegate.paint(painter, option, index)
                row += 1
