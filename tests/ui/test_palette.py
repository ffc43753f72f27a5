"""The palette finds entries by words, runs the chosen one and gives the focus back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.entries import Entry, EntryModel, find
from desktop.ui.palette import Palette


def entries(ran):
    def entry(label, group="Mark", sign=">"):
        return Entry(label, group, lambda: ran.append(label), sign=sign, keys="Ctrl+K", note="9")

    return [
        entry("Go to the next mark"),
        entry("Mark selection as claim"),
        entry("Unmarked quotes", "Saved searches"),
        entry("оборона/дроны", "Tags", "#"),
        entry("Mark Ostrow", "People", "@"),
    ]


@pytest.fixture
def ran():
    return []


@pytest.fixture
def palette(qtbot, theme):
    window = QWidget()
    window.resize(1000, 700)
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit(window))
    qtbot.addWidget(window)
    window.show()
    window.findChild(QLineEdit).setFocus()
    yield Palette(theme, window)


def labels(found):
    return [one.entry.label for one in found]


def test_a_beginning_counts_more_than_the_inside_of_a_word(ran):
    found = find(entries(ran), "mark")
    assert labels(found) == [
        "Mark selection as claim",
        "Go to the next mark",
        "Mark Ostrow",
        "Unmarked quotes",
    ]
    assert found[1].hits == ((15, 19),)


@pytest.mark.parametrize(
    ("text", "label"),
    [("#дрон", "оборона/дроны"), ("@mark", "Mark Ostrow"), ("claim mark", "Mark selection as claim")],
)
def test_signs_narrow_and_words_come_in_any_order(ran, text, label):
    assert labels(find(entries(ran), text)) == [label]


def test_nothing_typed_lists_everything_in_its_groups(ran):
    assert len(find(entries(ran), "")) == 5
    assert find(entries(ran), "zzz") == []


def test_model_keeps_its_promises(qtmodeltester, ran, qapp):
    model = EntryModel()
    model.show(find(entries(ran), ""))
    qtmodeltester.check(model)
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Go to the next mark, Ctrl+K, 9"
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable


def test_enter_runs_the_chosen_entry_and_the_focus_returns(qtbot, palette, ran):
    field = palette.parentWidget().findChild(QLineEdit)
    palette.open(entries(ran), "Type a command")
    qtbot.keyClicks(palette.field, "mark")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == ["Go to the next mark"]
    assert not palette.isVisible()
    assert palette.window().focusWidget() is field


def test_escape_and_a_click_outside_close_without_running(qtbot, palette, ran):
    palette.open(entries(ran), "Type a command")
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    palette.open(entries(ran), "Type a command")
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not palette.isVisible() and ran == []


def test_new_words_can_be_made_into_an_entry(qtbot, palette, ran):
    def create(text):
        return Entry(f"Make the tag “{text}”", "New", lambda: ran.append(text))

    palette.open(entries(ran), "Tag", create=create)
    palette.field.insert("оборона/танки")  # QTest types Latin letters only
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == ["оборона/танки"]


def test_it_paints_in_light_and_dark(qtbot, palette, ran, theme):
    palette.open(entries(ran), "Type a command", text="mark")
    light = palette.grab().toImage()
    theme.set_dark(True)
    dark = palette.grab().toImage()
    theme.set_dark(False)
    assert light.pixelColor(500, 300).lightness() > dark.pixelColor(500, 300).lightness()
