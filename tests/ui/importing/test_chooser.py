"""Choosing the parts of a file: checks, filter, keys, books, and ten thousand of them."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from desktop.core.extraction import Entry, Options
from desktop.ui.importing.chooser import PartsChooser
from desktop.ui.importing.parts import PartsModel, file_size

PAGES = [
    Entry("1", "Мост закроют на шесть недель", "https://listok.example/bridge", 12_400),
    Entry("2", "橋は六週間閉鎖される", "https://shimbun.example/1", 9_000),
    Entry("3", "404 Not Found", "https://listok.example/nothing", 300, suggested=False),
    Entry("4", "Паром откроют раньше", "https://listok.example/ferry", 2_300_000),
]


@pytest.fixture
def window(qtbot):
    """The chooser deletes itself when it closes; its window outlives it."""
    found = QWidget()
    qtbot.addWidget(found)
    return found


@pytest.fixture
def chooser(theme, window, qtbot):
    found = PartsChooser(theme, "crawl.warc.gz", PAGES, parent=window)
    found.show()
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def chosen(chooser):
    return [entry.key for entry in chooser.model.chosen()]


def shown(chooser):
    model = chooser.model
    return [model.index(row, 0).data().split(",")[0] for row in range(model.rowCount())]


def test_the_model_keeps_to_the_rules(qtmodeltester):
    qtmodeltester.check(PartsModel(PAGES))


def test_what_looks_like_an_article_is_suggested(chooser):
    assert chosen(chooser) == ["1", "2", "4"]
    assert chooser.options() == Options(parts=None)
    assert chooser.count.text() == "3 of 4 chosen  ·  2.3 MB"
    assert chooser.import_.text() == "Import 3 parts"


def test_a_filter_narrows_what_all_and_none_mean(chooser, qtbot):
    chooser.filter.setText("листок listok")
    assert shown(chooser) == []
    assert chooser.nothing.isVisible()
    chooser.filter.setText("listok")
    assert shown(chooser) == ["Мост закроют на шесть недель", "404 Not Found", "Паром откроют раньше"]
    chooser.none.click()
    assert chosen(chooser) == ["2"]
    chooser.all.click()
    assert chooser.options() == Options(parts=frozenset("1234"))
    chooser.suggested.click()
    assert chosen(chooser) == ["1", "2", "4"]


def test_escape_clears_the_filter_first(chooser, qtbot):
    qtbot.keyClicks(chooser.filter, "listok")
    qtbot.keyClick(chooser.filter, Qt.Key.Key_Escape)
    assert chooser.isVisible() and not chooser.filter.text()
    qtbot.keyClick(chooser.filter, Qt.Key.Key_Escape)
    assert not chooser.isVisible()


def test_the_keyboard_chooses_and_imports(chooser, qtbot):
    qtbot.keyClick(chooser.filter, Qt.Key.Key_Down)
    assert chooser.view.hasFocus()
    qtbot.keyClick(chooser.view, Qt.Key.Key_Space)
    assert chosen(chooser) == ["2", "4"]
    qtbot.keyClick(chooser.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(chooser.view, Qt.Key.Key_Space)
    assert chosen(chooser) == ["1", "2", "4"]
    qtbot.keyClick(chooser.view, Qt.Key.Key_Space)
    assert chosen(chooser) == ["4"]
    with qtbot.waitSignal(chooser.chosen) as asked:
        qtbot.keyClick(chooser.view, Qt.Key.Key_Return)
    assert asked.args == [Options(parts=frozenset("4"))]


def test_a_click_checks_a_row(chooser, qtbot):
    box = chooser.view.visualRect(chooser.model.index(2, 0))
    qtbot.mouseClick(chooser.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert chosen(chooser) == ["1", "2", "3", "4"]
    left = box.topLeft() + QPoint(22, 22)
    qtbot.mouseClick(chooser.view.viewport(), Qt.MouseButton.LeftButton, pos=left)
    assert chosen(chooser) == ["1", "2", "4"]
    qtbot.mouseClick(chooser.view.viewport(), Qt.MouseButton.LeftButton, pos=left)
    assert chooser.model.index(2, 0).data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked


def test_nothing_chosen_imports_nothing(chooser, qtbot):
    chooser.none.click()
    assert not chooser.import_.isEnabled()
    chooser.accept_choice()
    assert chooser.isVisible()


def test_a_book_is_one_article_or_one_a_chapter(theme, window):
    chooser = PartsChooser(theme, "Книга.epub", PAGES[:2], is_book=True, parent=window)
    assert chooser.options() == Options()
    chooser.whole.set_value("chapters")
    assert chooser.options() == Options(by_chapter=True)
    assert PartsChooser(theme, "a.zip", PAGES, parent=window).whole.isHidden()


def test_ten_thousand_parts_are_filtered_between_two_keys(theme, window, qtbot):
    many = [Entry(str(n), f"Заметка {n}", f"https://listok.example/{n}", n) for n in range(10_000)]
    chooser = PartsChooser(theme, "crawl.warc.gz", many, parent=window)
    chooser.show()
    begun = time.perf_counter()
    chooser.filter.setText("заметка 99")
    assert chooser.model.rowCount() == sum("99" in str(n) for n in range(10_000))
    chooser.none.click()
    assert time.perf_counter() - begun < 1


def test_sizes_in_words():
    assert [file_size(size) for size in (0, 300, 1_500, 40_000, 2_300_000)] == [
        "", "300 B", "1.5 KB", "40 KB", "2.3 MB",
    ]  # fmt: skip
