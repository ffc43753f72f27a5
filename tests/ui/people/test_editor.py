"""Editing one person."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.core.records import Person
from desktop.ui.people.editor import PersonDialog
from tests.ui.typing_words import type_over, type_words

KEY = Qt.Key
ZELENSKY = Person("z", "Владимир Зеленский", "person", ("Зеленський", "ゼレンスキー"), "Президент")
OTHERS = [
    Person("z2", "Володимир Зеленський", "person", ("Volodymyr Zelenskyy",)),
    Person("u", "Союз", "organisation"),
]


@pytest.fixture
def dialog(qtbot, theme):
    made = PersonDialog(theme)
    qtbot.addWidget(made)
    made.show_person(ZELENSKY, [ZELENSKY, *OTHERS], 64)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def asked(dialog):
    log = []
    for name in ("edit_requested", "alias_added", "alias_removed", "merge_requested"):
        getattr(dialog, name).connect(lambda *what, name=name: log.append((name, *what)))
    return log


def test_name_kind_and_note_are_asked_for_together(qtbot, dialog, asked):
    type_over(dialog.name, "Володимир  Зеленський")
    qtbot.mouseClick(dialog.kind.button("organisation"), Qt.MouseButton.LeftButton)
    type_over(dialog.note, "Офис")
    qtbot.keyClick(dialog.note, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked == [
        ("edit_requested", "z", {"name": "Володимир Зеленський", "kind": "organisation", "note": "Офис"})
    ]
    assert dialog.isHidden()


def test_escape_asks_for_nothing(qtbot, dialog, asked):
    type_over(dialog.name, "Другой")
    qtbot.keyClick(dialog.name, KEY.Key_Escape)
    assert asked == [] and dialog.isHidden()


def test_aliases_are_added_and_removed_at_once(qtbot, dialog, asked):
    type_words(dialog.alias, "Zelensky")
    qtbot.keyClick(dialog.alias, KEY.Key_Return)
    type_words(dialog.alias, "зеленський")
    qtbot.keyClick(dialog.alias, KEY.Key_Return)
    qtbot.keyClick(dialog._chips[1], KEY.Key_Delete)
    assert asked == [("alias_added", "z", "Zelensky"), ("alias_removed", "z", "ゼレンスキー")]


def test_an_alias_that_was_only_typed_is_not_lost(dialog, asked):
    type_words(dialog.alias, "Zelensky")
    dialog.save()
    assert asked == [("alias_added", "z", "Zelensky")]


def test_merging_finds_the_other_by_any_of_its_names(qtbot, dialog, asked):
    assert not dialog.merge_button.isEnabled()
    dialog.merge.setFocus()
    type_words(dialog.merge, "Volo")
    qtbot.keyClick(dialog.merge, KEY.Key_Down)
    qtbot.keyClick(dialog.merge, KEY.Key_Return)
    assert dialog.merge_button.isEnabled()
    qtbot.keyClick(dialog.merge, KEY.Key_Return)
    assert asked == [("merge_requested", "z", ["z2"])]


def test_an_answer_keeps_what_is_being_typed(dialog):
    type_over(dialog.note, "полслова")
    dialog.show_person(replace(ZELENSKY, aliases=("Zelensky",)), [ZELENSKY, *OTHERS], 65)
    assert dialog.note.toPlainText() == "полслова"
    assert [chip.path for chip in dialog._chips] == ["Zelensky"] and dialog.words.text() == "65 marks"


def test_a_name_cannot_be_emptied(dialog, asked):
    dialog.name.clear()
    assert not dialog.save_button.isEnabled()
    dialog.save()
    assert asked == []


def test_their_words_can_be_shown(qtbot, dialog):
    with qtbot.waitSignal(dialog.words_requested) as shown:
        qtbot.mouseClick(dialog.words, Qt.MouseButton.LeftButton)
    assert shown.args == ["z"]
    dialog.show_person(OTHERS[1], OTHERS, 0)
    assert not dialog.words.isEnabled() and dialog.kind.value() == "organisation"
