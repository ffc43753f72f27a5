"""The small shared parts of forms: completion, segments, swatches, wrapped chips, long words."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.chips import FlowLayout
from desktop.ui.completing import Choice, ChoiceModel, CompletingEdit
from desktop.ui.notes import NoteEdit
from desktop.ui.paint import paragraph
from desktop.ui.segments import Segment, Segments
from desktop.ui.swatches import Swatches
from tests.ui.typing_words import type_words

KEY = Qt.Key
WORDS = ("мост", "мостик", "паром")


def suggest(typed):
    return [Choice(word, word) for word in WORDS if word.startswith(typed)]


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(400, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def field(window, theme):
    made = CompletingEdit(theme, suggest, window)
    made.setGeometry(20, 20, 200, 30)
    made.show()
    made.setFocus()
    return made


def test_the_choices_are_a_sound_model(qapp, qtmodeltester):
    model = ChoiceModel()
    model.set_choices(suggest(""))
    qtmodeltester.check(model)


def test_typing_lists_and_nothing_is_chosen_by_itself(qtbot, field):
    type_words(field, "мос")
    assert field.choices.isVisible() and field.choices.current() is None
    with qtbot.waitSignal(field.returnPressed):
        qtbot.keyClick(field, KEY.Key_Return)
    assert field.text() == "мос"


def test_down_walks_around_and_tab_takes(qtbot, field):
    type_words(field, "мос")
    for _ in range(3):
        qtbot.keyClick(field, KEY.Key_Down)
    with qtbot.waitSignal(field.choice_taken) as taken:
        qtbot.keyClick(field, KEY.Key_Tab)
    assert taken.args == ["мост"] and field.hasFocus()


def test_down_opens_the_list_for_what_stands_there(qtbot, field):
    field.setText("п")
    qtbot.keyClick(field, KEY.Key_Down)
    assert field.choices.choices.choice(0).value == "паром"


def test_the_list_stays_inside_the_window_and_off_the_field(window, field):
    for place in (QRect(20, 20, 200, 30), QRect(20, 265, 200, 30), QRect(300, 150, 100, 30)):
        field.choices.hide()
        field.setGeometry(place)
        field.propose()
        assert window.rect().contains(field.choices.geometry())
        assert not field.choices.geometry().intersects(field.geometry())


def test_leaving_the_field_closes_its_list(window, field):
    other = NoteEdit(window)
    other.show()
    field.propose()
    other.setFocus()
    assert field.choices.isHidden()


def test_segments_move_by_arrows_and_can_be_clicked_away(qtbot, theme, window):
    row = Segments(theme, [Segment(one, one) for one in "abc"], window, optional=True)
    row.show()
    row.set_value("b")
    with qtbot.waitSignal(row.value_chosen) as chosen:
        qtbot.keyClick(row.button("b"), KEY.Key_Right)
    assert chosen.args == ["c"] and row.focusProxy() is row.button("c")
    with qtbot.assertNotEmitted(row.value_chosen):
        qtbot.keyClick(row.button("c"), KEY.Key_Right)
    qtbot.mouseClick(row.button("c"), Qt.MouseButton.LeftButton)
    assert row.value() == ""


def test_swatches_know_every_colour_and_the_default(qtbot, theme, window):
    row = Swatches(theme, window)
    row.show()
    row.set_value("teal")
    with qtbot.waitSignal(row.colour_chosen) as chosen:
        qtbot.keyClick(row.focusProxy(), KEY.Key_Left)
    assert chosen.args == ["blue"]
    row.set_value("no such colour")
    assert row.value() is None


def test_a_note_grows_with_its_lines_up_to_a_limit(qtbot, window):
    note = NoteEdit(window, least=2, most=4)
    note.resize(200, 60)
    note.show()
    least = note.height()
    with qtbot.waitSignal(note.height_changed):
        note.setPlainText("1\n2\n3")
    three = note.height()
    note.setPlainText("\n".join(str(n) for n in range(40)))
    assert least < three < note.height() < 2 * three


def test_a_flow_wraps_and_tells_its_height(window):
    flow = FlowLayout(window)
    labels = [QLabel("слово " * 3) for _ in range(5)]
    for label in labels:
        flow.addWidget(label)
        label.show()
    assert flow.heightForWidth(2000) < flow.heightForWidth(260)
    flow.setGeometry(QRect(0, 0, 260, 300))
    assert len({label.y() for label in labels}) > 1
    assert all(label.geometry().right() <= 260 for label in labels)


def test_a_long_address_is_broken_rather_than_cut(theme):
    laid = paragraph("https://example.org/" + "a" * 300, 200, theme.font(13), lines=9)
    widths = [laid.layout.lineAt(number).naturalTextWidth() for number in range(laid.lines)]
    assert laid.lines > 3 and max(widths) <= 200
