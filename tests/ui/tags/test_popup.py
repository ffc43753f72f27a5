"""Quick tags: type, Enter, done."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.core.records import Tag
from desktop.ui.tags.popup import TagPopup
from tests.ui.typing_words import type_words

TAGS = [Tag("t1", "оборона", "оборона"), Tag("t2", "дроны", "оборона/дроны"), Tag("t3", "港湾", "港湾")]
KEY = Qt.Key


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.elsewhere = QLineEdit(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def popup(window, theme):
    made = TagPopup(theme, window)
    made.open_at(QRect(100, 100, 200, 24), "3 articles", TAGS, {"t3": (4, 1)})
    return made


@pytest.fixture
def line(popup):
    return popup.field.line


def test_it_opens_ready_to_type_with_the_usual_tags_listed(popup, line):
    assert line.hasFocus() and line.choices.isVisible()
    assert line.choices.choices.choice(0).value == "港湾"


def test_enter_takes_the_best_match_and_is_done(qtbot, popup, line):
    type_words(line, "дрон")
    with qtbot.waitSignal(popup.tags_chosen) as chosen:
        qtbot.keyClick(line, KEY.Key_Return)
    assert chosen.args == [["оборона/дроны"]] and popup.isHidden() and not line.choices.isVisible()


def test_several_tags_in_one_go_and_new_ones_too(qtbot, popup, line):
    type_words(line, "дрон")
    qtbot.keyClick(line, KEY.Key_Tab)
    type_words(line, "экспорт/центры,")
    assert line.hasFocus() and popup.isVisible()
    type_words(line, "港")
    with qtbot.waitSignal(popup.tags_chosen) as chosen:
        qtbot.keyClick(line, KEY.Key_Return)
    assert chosen.args == [["оборона/дроны", "экспорт/центры", "港湾"]]


def test_a_new_tag_is_made_of_what_was_typed(qtbot, popup, line):
    type_words(line, "дрон")
    qtbot.keyClick(line, KEY.Key_Up)  # around the end: the last entry makes a new tag
    with qtbot.waitSignal(popup.tags_chosen) as chosen:
        qtbot.keyClick(line, KEY.Key_Return)
    assert chosen.args == [["дрон"]]


def test_a_click_takes_the_tag_and_is_done(qtbot, popup, line):
    box = line.choices.visualRect(line.choices.choices.index(0, 0))
    with qtbot.waitSignal(popup.tags_chosen) as chosen:
        qtbot.mouseClick(line.choices.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert chosen.args == [["港湾"]]


def test_escape_first_closes_the_list_then_gives_up(qtbot, popup, line):
    with qtbot.assertNotEmitted(popup.tags_chosen):
        type_words(line, "дрон")
        qtbot.keyClick(line, KEY.Key_Escape)
        assert popup.isVisible() and not line.choices.isVisible()
        with qtbot.waitSignal(popup.closed):
            qtbot.keyClick(line, KEY.Key_Escape)
    assert popup.isHidden()


def test_going_elsewhere_gives_up(qtbot, window, popup, line):
    type_words(line, "дрон")
    with qtbot.assertNotEmitted(popup.tags_chosen), qtbot.waitSignal(popup.closed):
        window.elsewhere.setFocus()


def test_enter_with_nothing_typed_chooses_nothing(qtbot, popup, line):
    with qtbot.assertNotEmitted(popup.tags_chosen):
        qtbot.keyClick(line, KEY.Key_Return)
    assert popup.isHidden()


@pytest.mark.parametrize("place", [QRect(0, 0, 50, 20), QRect(650, 470, 40, 24), QRect(10, 250, 600, 20)])
def test_it_stays_in_the_window_and_off_the_place(popup, place):
    popup.open_at(place, "1 article", TAGS)
    assert popup.parentWidget().rect().contains(popup.geometry())
    assert not popup.geometry().intersects(place)


def test_it_opens_empty_again(qtbot, popup, line):
    type_words(line, "дрон,экс")
    popup.open_at(QRect(10, 10, 50, 20), "1 article", TAGS)
    assert popup.field.paths() == [] and line.text() == ""
