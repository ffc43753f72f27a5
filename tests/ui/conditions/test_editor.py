"""The tree of conditions: edited by keyboard and mouse, the line always the same query."""

import pytest
from PySide6.QtCore import Qt

from desktop.operations.conditions import Group, How, Operator, Row, read_conditions
from desktop.ui.conditions import edits
from desktop.ui.conditions.dialog import ConditionsDialog
from desktop.ui.conditions.row import RowEditor, suggestions
from desktop.ui.conditions.words import field_choices, operator_label

NESTED = 'мост (tag:вода OR (outlet:"Речной вестник" -kind:quote)) -lang:ja'
NAMES = {"tag:": ["вода", "вода/паводок", "оборона"], "outlet:": ["Речной вестник"]}


@pytest.fixture
def dialog(qtbot, theme):
    dialog = ConditionsDialog(theme)
    qtbot.addWidget(dialog)
    dialog.set_names(NAMES)
    dialog.edit(NESTED, "Мост")
    qtbot.waitExposed(dialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def row(dialog, *path: int) -> RowEditor:
    found = dialog.editor.widgets[path]
    assert isinstance(found, RowEditor)
    return found


def press(qtbot, dialog, key, *modifiers):
    pressed = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        pressed |= one
    qtbot.keyClick(dialog.focusWidget() or dialog, key, pressed)


CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


# The pure part


def test_parts_are_inserted_exchanged_and_removed():
    root = read_conditions(NESTED)
    assert edits.part_at(root, (1, 1, 0)) == Row("outlet", Operator.IS, "Речной вестник")
    grown = edits.insert(root, (1, 1, 2), Row(value="x"))
    assert edits.part_at(grown, (1, 1, 2)) == Row(value="x")
    assert edits.remove(grown, (1, 1, 2)) == root
    assert edits.part_at(edits.put(root, (0,), Row(value="y")), (0,)) == Row(value="y")


def test_an_emptied_group_goes_with_its_last_part():
    root = Group(parts=(Row(value="a"), Group(How.ANY, (Group(parts=(Row(value="b"),)),))))
    assert edits.remove(root, (1, 0, 0)) == Group(parts=(Row(value="a"),))
    assert edits.remove(edits.remove(root, (1, 0, 0)), (0,)) == Group()


def test_deeper_and_higher_are_each_others_inverse():
    root = Group(parts=(Row(value="a"), Row(value="b")))
    deeper, place = edits.indented(root, (1,))
    assert deeper == Group(parts=(Row(value="a"), Group(How.ANY, (Row(value="b"),))))
    assert edits.outdented(deeper, place) == (root, (1,))
    assert edits.outdented(root, (1,)) == (root, (1,))
    joined, place = edits.indented(Group(parts=(*deeper.parts, Row(value="c"))), (2,))
    assert place == (1, 1)
    assert edits.part_at(joined, place) == Row(value="c")


def test_parts_move_within_their_group():
    root = Group(parts=(Row(value="a"), Row(value="b")))
    turned, place = edits.moved(root, (0,), 1)
    assert (place, [part.value for part in turned.parts if isinstance(part, Row)]) == ((1,), ["b", "a"])
    assert edits.moved(turned, (1,), 1) == (turned, (1,))


# What is shown


def test_three_levels_are_shown_with_their_values(dialog):
    assert row(dialog, 0).value.text() == "мост"
    assert row(dialog, 1, 0).field.value() == "tag"
    assert row(dialog, 1, 1, 0).value.text() == "Речной вестник"
    kind = row(dialog, 1, 1, 1)
    assert (kind.choice.value(), kind.operator.currentText()) == ("quote", "is not")
    assert row(dialog, 2).operator.currentText() == "is not"
    assert dialog.query == NESTED


def test_typing_changes_the_line(qtbot, dialog):
    with qtbot.waitSignal(dialog.asked) as asked:
        row(dialog, 0).value.setText("переправа")
    assert dialog.query.startswith("переправа ")
    assert asked.args == [dialog.query]


def test_the_line_changes_the_tree(qtbot, dialog):
    dialog.line.clear()
    qtbot.keyClicks(dialog.line, "a OR title:b*")
    assert dialog.editor.conditions.how is How.ANY
    assert row(dialog, 1).operator.currentText() == "has what begins with"
    assert dialog.line.text() == "a OR title:b*"


def test_another_field_keeps_what_fits(dialog):
    first = row(dialog, 0)
    first.field.set_value("title")
    assert dialog.query.startswith("title:мост ")
    first.operator.set_value("phrase True")
    assert dialog.query.startswith('-title:"мост" ')
    first.field.set_value("date")
    assert first.operator.currentText() == "is not in"
    first.operator.set_value("between False")
    first.value.setText("2026")
    first.last.setText("2027")
    assert dialog.query.startswith("date:2026..2027 ")
    first.field.set_value("verdict")
    assert not first.value.isVisible() and first.choice.isVisible()


def test_distances_are_chosen_and_kept(dialog):
    dialog.edit('"late ferry"~7 ferri~')
    near, similar = row(dialog, 0), row(dialog, 1)
    assert near.number.currentText() == "within 7"
    assert similar.number.currentText() == "by its length"
    similar.number.set_value("2")
    near.number.set_value("3")
    assert dialog.query == '"late ferry"~3 ferri~2'
    near.operator.set_value("phrase False")
    assert dialog.query == '"late ferry" ferri~2'
    assert not near.number.isVisible()


def test_a_piece_of_line_is_a_row_of_its_own(dialog):
    first = row(dialog, 0)
    first.field.set_value("line")
    first.value.setText("a -b")
    assert dialog.query.startswith("a -b ")


def test_a_value_of_another_program_is_not_lost(qtbot, dialog):
    dialog.edit("verdict:odd")
    assert row(dialog, 0).choice.value() == "odd"
    assert dialog.query == "verdict:odd"


# By keyboard


def test_conditions_come_and_go_by_keyboard(qtbot, dialog):
    row(dialog, 0).value.setFocus()
    press(qtbot, dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.editor.focused == (1,)
    qtbot.keyClicks(dialog.focusWidget(), "pump")
    assert dialog.query.startswith("мост pump ")
    press(qtbot, dialog, Qt.Key.Key_Return, CTRL, SHIFT)
    assert dialog.editor.focused == (2, 0)
    press(qtbot, dialog, Qt.Key.Key_Delete, ALT)
    press(qtbot, dialog, Qt.Key.Key_Delete, ALT)
    assert dialog.query == NESTED


def test_they_go_deeper_and_higher_by_keyboard(qtbot, dialog):
    row(dialog, 2).value.setFocus()
    press(qtbot, dialog, Qt.Key.Key_Right, ALT)
    assert dialog.editor.focused == (1, 2)
    assert "OR -lang:ja" in dialog.query
    press(qtbot, dialog, Qt.Key.Key_Left, ALT)
    assert dialog.query == NESTED
    press(qtbot, dialog, Qt.Key.Key_Up, ALT)
    assert dialog.editor.focused == (1,)


def test_groups_turn_by_their_menu(dialog):
    dialog.editor.widgets[(1,)].how.set_value("none")
    assert "-(tag:вода OR" in dialog.query
    dialog.editor.widgets[()].how.set_value("any")
    assert " OR -lang:ja" in dialog.query


def test_buttons_add_and_remove(qtbot, dialog):
    qtbot.mouseClick(dialog.editor.widgets[(1,)].add_row, Qt.MouseButton.LeftButton)
    assert dialog.editor.focused == (1, 2)
    qtbot.keyClicks(dialog.focusWidget(), "x")
    assert "OR x)" in dialog.query
    qtbot.mouseClick(dialog.editor.widgets[(1,)].remove, Qt.MouseButton.LeftButton)
    assert dialog.query == "мост -lang:ja"
    qtbot.mouseClick(row(dialog, 1).remove, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(row(dialog, 0).remove, Qt.MouseButton.LeftButton)
    assert dialog.query == ""
    qtbot.mouseClick(dialog.editor.widgets[()].add_group, Qt.MouseButton.LeftButton)
    assert dialog.editor.focused == (0, 0)


# What it says


def test_late_answers_are_not_shown(dialog):
    dialog.show_answer("another", "x", "", "1 article found")
    assert dialog.count.text() == ""
    dialog.show_answer(dialog.query, "any form of “мост”", "A hint.", "1 article found")
    assert dialog.count.text() == "1 article found"
    assert dialog.hint.isVisible()


def test_names_and_dates_are_proposed():
    proposed = [one.value for one in suggestions("tag", Operator.IS, "вод", NAMES)]
    assert proposed == ["вода", "вода/паводок"]
    assert "прошлая неделя" in [one.value for one in suggestions("date", Operator.IS, "нед", NAMES)]
    assert suggestions("title", Operator.FORMS, "вод", NAMES) == []
    assert suggestions("tag", Operator.LINE, "вод", NAMES) == []


def test_every_field_can_be_chosen_and_told():
    assert len({label for _, label in field_choices()}) == len(field_choices())
    assert operator_label("has", Operator.IS, negated=True) == "has no"
    assert operator_label("date", Operator.FROM, negated=False) == "from"
