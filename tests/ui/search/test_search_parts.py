"""The field asks when typing pauses, and completes what is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.search.field import SearchField


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(900, 600)
    QVBoxLayout(window)
    qtbot.addWidget(window)
    yield window


@pytest.fixture
def field(window, theme):
    field = SearchField(theme)
    window.layout().addWidget(field)
    window.layout().addStretch(1)
    window.show()
    field.edit.setFocus()
    field.set_values({"tag:": ["bridge", "brine"]})
    return field


def test_typing_asks_once_after_the_pause(qtbot, field):
    asked = []
    field.query_changed.connect(asked.append)
    with qtbot.waitSignal(field.query_changed):
        qtbot.keyClicks(field.edit, "ferry")
    assert asked == ["ferry"]


def test_enter_asks_at_once(qtbot, field):
    asked = []
    field.query_changed.connect(asked.append)
    with qtbot.waitSignal(field.accepted):
        field.edit.insert("паром")
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert asked == ["паром"]


def test_completions_are_chosen_by_keys(qtbot, field):
    qtbot.keyClicks(field.edit, "x ta")
    assert field.completions.isVisible()
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert field.edit.text() == "x tag:"
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.text() == "x tag:brine "
    assert not field.completions.isVisible()
    assert field.edit.hasFocus()


def test_a_value_is_put_in_among_other_words_and_can_be_undone(qtbot, field):
    field.edit.setText("😀 tag:(bri OR x)")
    field.edit.setCursorPosition(len("😀 tag:(bri") + 1)  # as Qt counts
    qtbot.keyClicks(field.edit, "n")
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert field.edit.text() == "😀 tag:(brine OR x)"
    qtbot.keyClick(field.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.edit.text() == "😀 tag:(brin OR x)"


def test_all_fields_are_listed_when_asked_for(qtbot, field):
    qtbot.keyClick(field.edit, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    labels = [field.completions.model().index(row, 0).data() for row in range(3)]
    assert field.completions.isVisible() and labels == ["title:", "text:", "note:"]


def test_escape_closes_the_completions_first(qtbot, field):
    qtbot.keyClicks(field.edit, "ta")
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert not field.completions.isVisible() and field.edit.text() == "ta"


def test_down_goes_to_the_results(qtbot, field):
    with qtbot.waitSignal(field.down_requested):
        qtbot.keyClick(field.edit, Qt.Key.Key_Down)


def test_tokens_are_tinted(field):
    plain = field.grab().toImage()
    field.set_query("tag:bridge date:2026")
    assert field.grab().toImage() != plain
    assert field.edit.text() == "tag:bridge date:2026"
