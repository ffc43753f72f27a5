"""Choosing an encoding: finding it, looking at the text, and what happens to the marks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.core.extraction import Options
from desktop.operations.mark_fates import MarkFates
from desktop.operations.rereading import Preview
from desktop.ui.rereading.dialog import RereadDialog
from desktop.ui.rereading.encodings import USUAL, label_of, matching

NOW, KOI = Options(), Options(encoding="koi8-r")
FERRY = Preview("Паром", "Паром откроют раньше", 2_000, "koi8-r", MarkFates(37, 1), False)


@pytest.fixture
def window(qtbot):
    """Dialogs delete themselves when they close; their window outlives them."""
    found = QWidget()
    qtbot.addWidget(found)
    return found


@pytest.fixture
def dialog(theme, window):
    found = RereadDialog(theme, "Мост закроют", decoded=True, parent=window)
    found.show()
    found.show_preview(NOW, Preview("оБПНЛ", "оБПНЛ", 5, "cp1251", MarkFates(38), True))
    return found


def test_encodings_are_found_by_name_and_by_language():
    assert [one.label for one in matching("koi")] == ["KOI8-R", "KOI8-U"]
    assert [one.codec for one in matching("japan unix")] == ["euc-jp"]
    assert [one.codec for one in matching("cp1251")] == ["cp1251"]
    assert [one.codec for one in matching("big5")] == ["big5"]
    assert matching("rot13") == matching("hex") == matching("zzz") == []
    assert len(matching("")) == len(USUAL) == 15
    assert label_of("windows-1251") == "Windows-1251"
    assert label_of("no such") == "no such"


def test_a_choice_is_looked_at_once(dialog, qtbot):
    with qtbot.waitSignal(dialog.preview_requested) as asked:
        dialog.choose("koi8-r")
    assert asked.args == [KOI]
    assert "Reading it this way" in dialog.facts.text()
    assert not dialog.apply.isEnabled()
    dialog.show_preview(KOI, FERRY)
    assert dialog.text.toPlainText() == "Паром откроют раньше…"
    assert dialog.facts.text() == "Паром  ·  2,000 characters  ·  KOI8-R"
    assert dialog.fate.text() == "37 of 38 marks stay, 1 to confirm."
    with qtbot.waitSignal(dialog.apply_requested) as asked:
        dialog.apply.click()
    assert asked.args == [KOI]
    assert not dialog.isVisible()


def test_what_is_read_now_cannot_be_applied(dialog):
    assert dialog.fate.text() == "It is read this way now."
    assert not dialog.apply.isEnabled()


def test_an_answer_that_is_late_is_shown_when_it_is_chosen(dialog, qtbot):
    dialog.show_preview(KOI, FERRY)
    assert dialog.text.toPlainText() == "оБПНЛ"
    dialog.choose("koi8-r")
    assert dialog.text.toPlainText() == "Паром откроют раньше…"


def test_what_cannot_be_read_says_why(dialog):
    dialog.choose("utf-16-le")
    dialog.show_failure(Options(encoding="utf-16-le"), "No readable text was found in it.")
    assert dialog.fate.text() == "No readable text was found in it."
    assert not dialog.apply.isEnabled()


def test_typing_and_arrows_choose(dialog, qtbot):
    dialog.filter.setFocus()
    qtbot.keyClicks(dialog.filter, "koi")
    assert dialog.options() == KOI
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Down)
    assert dialog.options().encoding == "koi8-u"
    dialog.whole.click()
    assert dialog.options() == Options(encoding="koi8-u", whole=True)
    dialog.filter.setText("nothing of the kind")
    assert dialog.options().encoding is None


def test_binary_formats_have_no_encoding_to_choose(theme, window):
    dialog = RereadDialog(theme, "Отчёт", decoded=False, parent=window)
    dialog.show()
    assert not dialog.encodings.isVisible()
    assert dialog.options() == Options()
