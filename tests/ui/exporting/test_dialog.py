"""What, in which form, where to."""

from dataclasses import dataclass

import pytest

from desktop.core.selection import Selection
from desktop.ui.exporting.choices import ExportScope
from desktop.ui.exporting.dialog import ExportDialog


@dataclass(frozen=True)
class Format:
    name: str
    extension: str
    title: str


FORMATS = [
    Format("jsonld", ".jsonld", "W3C Web Annotation (JSON-LD)"),
    Format("csv", ".csv", "Table of marks (CSV)"),
    Format("odd", ".odd", "Something else"),
]
SCOPES = [
    ExportScope("Selected articles", Selection(articles=("a1", "a2")), 2, "Мост: итоги?"),
    ExportScope("Everything", Selection(), 1284),
    ExportScope("Tag оборона/дроны", Selection(tag="t1"), name="оборона/дроны"),
]


@pytest.fixture
def dialog(qtbot, theme, tmp_path, monkeypatch):
    monkeypatch.setattr(ExportDialog, "_last_folder", str(tmp_path))
    monkeypatch.setattr(ExportDialog, "_last_format", "")
    made = ExportDialog(FORMATS, SCOPES)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_proposes_a_name_that_every_system_takes(dialog, tmp_path):
    assert dialog.scope.itemText(0) == "Selected articles (2 articles)"
    assert dialog.scope.itemText(1) == "Everything (1,284 articles)"
    assert dialog.path.text() == str(tmp_path / "Мост- итоги-.jsonld")
    dialog.scope.setCurrentIndex(2)
    assert dialog.path.text() == str(tmp_path / "оборона-дроны.jsonld")


def test_the_choice_carries_format_selection_and_path(dialog, tmp_path):
    dialog.scope.setCurrentIndex(2)
    dialog.choose_format("csv")
    choice = dialog.choice()
    assert (choice.format, choice.selection) == ("csv", Selection(tag="t1"))
    assert choice.path == tmp_path / "оборона-дроны.csv"


def test_a_typed_name_stays_and_only_its_extension_changes(dialog, tmp_path):
    dialog.path.setText(str(tmp_path / "мой v1.2"))
    dialog.path.textEdited.emit(dialog.path.text())
    dialog.choose_format("csv")
    dialog.scope.setCurrentIndex(1)
    assert dialog.choice().path == tmp_path / "мой v1.2.csv"
    dialog.choose_format("odd")
    assert dialog.choice().path == tmp_path / "мой v1.2.odd"


def test_what_stands_in_the_way_is_said(dialog, tmp_path):
    dialog.path.setText(str(tmp_path / "нет" / "файл.jsonld"))
    assert not dialog.export.isEnabled() and "no folder" in dialog.hint.text()
    dialog.path.setText("")
    assert not dialog.export.isEnabled() and "name" in dialog.hint.text()
    (tmp_path / "старый.jsonld").write_text("x")
    dialog.path.setText(str(tmp_path / "старый.jsonld"))
    assert dialog.export.isEnabled() and "replaced" in dialog.hint.text()


def test_format_and_folder_are_remembered(qtbot, dialog, tmp_path):
    dialog.choose_format("csv")
    dialog.export.click()
    again = ExportDialog(FORMATS, SCOPES)
    qtbot.addWidget(again)
    assert again.choice().format == "csv" and again.choice().path.parent == tmp_path


def test_ask_gives_the_choice_or_none(dialog, monkeypatch):
    monkeypatch.setattr(ExportDialog, "exec", lambda self: ExportDialog.DialogCode.Rejected)
    assert ExportDialog.ask(None, FORMATS, SCOPES) is None
    monkeypatch.setattr(ExportDialog, "exec", lambda self: ExportDialog.DialogCode.Accepted)
    choice = ExportDialog.ask(None, FORMATS, SCOPES)
    assert choice is not None and choice.format == "jsonld"


def test_each_known_format_says_who_can_open_it(dialog):
    about = [button.accessibleDescription() for button in dialog._buttons.buttons()]
    assert "Excel" in about[1] and about[2] == "*.odd"
