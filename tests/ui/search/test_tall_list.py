"""A long list measures only what is in sight, and what is in sight does not jump."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt

from desktop.ui.painted import ITEM
from desktop.ui.search.tall_list import Tall, TallList


class Numbers(QAbstractListModel):
    """Numbers; the height of a row is made of its number."""

    def __init__(self, numbers):
        super().__init__()
        self.numbers, self.fetched = list(numbers), 0

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return 0 if parent.isValid() else len(self.numbers)

    def data(self, index, role=0):
        return self.numbers[index.row()] if role in (ITEM, Qt.ItemDataRole.DisplayRole) else None

    def canFetchMore(self, _parent):
        return self.fetched < 2

    def fetchMore(self, _parent):
        self.fetched += 1

    def insert(self, at, numbers):
        self.beginInsertRows(QModelIndex(), at, at + len(numbers) - 1)
        self.numbers[at:at] = numbers
        self.endInsertRows()

    def remove(self, at):
        self.beginRemoveRows(QModelIndex(), at, at)
        del self.numbers[at]
        self.endRemoveRows()


class Boxes(Tall):
    def __init__(self, theme):
        super().__init__(theme)
        self.laid_out = 0

    def guess(self, _item, _width):
        return 60

    def height(self, item, width):
        self.laid_out += 1
        return 30 + item % 7 * 10 + (40 if width < 300 else 0)

    def draw(self, painter, box, item, _look):
        painter.drawText(box, 0, str(item))


@pytest.fixture
def view(qtbot, theme):
    view = TallList(Boxes(theme))
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.setModel(Numbers(range(100_000)))
    view.show()
    return view


def in_sight(view):
    model, inside = view.model(), view.viewport().rect()
    first = view.first_in_sight().row()
    rects = {model.numbers[row]: view.visualRect(model.index(row, 0)) for row in range(first, first + 12)}
    return {number: rect.top() for number, rect in rects.items() if rect.intersects(inside)}


def test_only_what_is_in_sight_is_laid_out(view):
    assert 0 < view.measured < 30
    view.verticalScrollBar().setValue(3_000_000)
    assert view.measured < 60 and view.itemDelegate().laid_out < 60


def test_rows_follow_each_other_and_are_found_by_their_place(view):
    for value in (0, 777, 50_000):
        view.verticalScrollBar().setValue(value)
        first = view.first_in_sight().row()
        rects = [view.visualRect(view.model().index(row, 0)) for row in range(first, first + 6)]
        assert all(one.bottom() + 1 == other.top() for one, other in pairwise(rects))
        assert [rect.height() for rect in rects] == [30 + row % 7 * 10 for row in range(first, first + 6)]
        assert all(view.indexAt(rect.center()).row() == first + at for at, rect in enumerate(rects[:4]))
    assert not view.indexAt(QPoint(5, -60_000)).isValid()


def test_scrolling_up_through_rows_not_seen_yet_moves_by_what_was_scrolled(view):
    view.verticalScrollBar().setValue(400_000)
    for _ in range(12):
        before = in_sight(view)
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() - 70)
        after = in_sight(view)
        shared = before.keys() & after.keys()
        assert shared and {after[number] - before[number] for number in shared} == {70}


def test_keys_bring_the_current_row_into_sight(qtbot, view):
    view.setFocus()
    for key, row in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Down, 2),
        (Qt.Key.Key_End, 99_999),
        (Qt.Key.Key_Up, 99_998),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(view, key)
        assert view.currentIndex().row() == row
        assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert 3 <= view.currentIndex().row() <= 8


def test_a_click_chooses_the_row_under_it(qtbot, view):
    view.verticalScrollBar().setValue(5_000)
    target = view.indexAt(QPoint(20, 150))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 150))
    assert view.currentIndex() == target and view.selectionModel().isSelected(target)


def test_rows_come_and_go(view):
    model = view.model()
    view.setCurrentIndex(model.index(1, 0))
    model.insert(1, [70, 71])
    assert view.currentIndex().row() == 3 and view.visualRect(model.index(2, 0)).height() == 40
    model.remove(1)
    assert view.currentIndex().row() == 2
    assert view.visualRect(model.index(2, 0)).top() == view.visualRect(model.index(1, 0)).bottom() + 1


def test_another_width_keeps_the_first_row_in_its_place(view):
    view.verticalScrollBar().setValue(20_000)
    first = view.first_in_sight()
    top = view.top_of(first)
    view.resize(280, 300)
    assert view.first_in_sight() == first and view.top_of(first) == top
    assert view.visualRect(first).height() == 70 + first.row() % 7 * 10


def test_further_rows_are_fetched_near_the_end(qtbot, view):
    model = view.model()
    assert model.fetched == 0
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: model.fetched > 0)


def test_an_empty_list_is_nothing(view):
    view.setModel(Numbers([]))
    assert not view.indexAt(QPoint(5, 5)).isValid() and view.verticalScrollBar().maximum() == 0
    view.grab()
