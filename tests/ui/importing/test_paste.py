"""A pasted text, looked at first."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop.ui.importing.paste import Pasted, PasteDialog
from tests.ui.typing_words import type_words


@pytest.fixture
def dialog(qtbot, theme):
    made = PasteDialog("Мост закроют на шесть недель.\n\nПаром пойдёт раньше.")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_title_is_optional(dialog):
    assert dialog.pasted() == Pasted("Мост закроют на шесть недель.\n\nПаром пойдёт раньше.", None)
    type_words(dialog.title, " Мост ")
    assert dialog.pasted().title == "Мост"


def test_ctrl_enter_adds_and_escape_gives_up(qtbot, dialog):
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result() == QDialog.DialogCode.Accepted
    dialog.show()
    qtbot.keyClick(dialog.text, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_nothing_cannot_be_added(dialog):
    assert dialog.length.text() == "8 words"
    dialog.text.setPlainText("  \n ")
    assert not dialog.add.isEnabled()
