"""The report of an import: filter, copy, keep, open."""

import csv
import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.core.extraction import ImportLine, ImportReport, ImportStatus
from desktop.operations.import_report import report_text
from desktop.ui.importing.formats import file_filters
from desktop.ui.importing.lines import LINE, MARKS, REASON, LinesModel, short_source
from desktop.ui.importing.report import ImportReportDialog
from tests.ui.typing_words import type_words

LINES = [
    ImportLine(
        "/статьи/мост.html", ImportStatus.ADDED, "a1", "Мост закроют", warnings=("The date is a guess.",)
    ),
    ImportLine("/статьи/паром.txt", ImportStatus.DUPLICATE, "a2", "Паром прибыл"),
    ImportLine("C:\\saved\\渡船.html", ImportStatus.CAPTURE, "a3", "渡船の再開"),
    ImportLine("/статьи/=1+1.html", ImportStatus.FAILED, error="The file is empty.", detail="0 bytes"),
    ImportLine("/статьи/архив.zip", ImportStatus.FAILED, error="This is not an article."),
]
REPORT = ImportReport(list(LINES))


@pytest.fixture
def dialog(qtbot, theme):
    made = ImportReportDialog(theme, REPORT)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def sources(dialog):
    return [line.source for line in dialog.model.lines()]


def test_the_model_is_sound(theme, qtmodeltester):
    model = LinesModel(theme, REPORT)
    qtmodeltester.check(model)
    assert model.index(2, 1).data() == "渡船.html"


def test_the_top_counts_what_became_of_the_files(dialog):
    assert dialog.summary.text() == "1 added, 1 captured anew, 1 already here, 2 could not be imported."
    assert {status: chip.count() for status, chip in dialog.chips.items()}[ImportStatus.FAILED] == 2


def test_status_and_words_filter_together(qtbot, dialog):
    qtbot.mouseClick(dialog.chips[ImportStatus.FAILED], Qt.MouseButton.LeftButton)
    assert len(sources(dialog)) == 2
    type_words(dialog.search, "EMPTY файл"[:5])
    assert sources(dialog) == ["/статьи/=1+1.html"]
    dialog.search.setText("渡船")
    assert sources(dialog) == []


def test_a_further_capture_can_be_compared(qtbot, dialog):
    assert not dialog.compare.isEnabled()
    dialog.table.selectRow(0)
    assert not dialog.compare.isEnabled() and dialog.status.text() == "The date is a guess."
    dialog.table.selectRow(2)
    with qtbot.waitSignal(dialog.compare_requested) as asked:
        qtbot.mouseClick(dialog.compare, Qt.MouseButton.LeftButton)
    assert asked.args == ["a3"]
    dialog.search.setText("архив")
    assert not dialog.compare.isEnabled() and dialog.status.text() == ""


def test_where_nothing_was_captured_anew_nothing_is_compared(qtbot, theme):
    made = ImportReportDialog(theme, ImportReport(LINES[:2]))
    qtbot.addWidget(made)
    assert made.compare.isHidden()


def test_columns_sort_as_readers_expect_and_back(dialog):
    dialog.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert [line.title for line in dialog.model.lines()][-3:] == [
        "Мост закроют",
        "Паром прибыл",
        "渡船の再開",
    ]
    dialog.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert sources(dialog) == [line.source for line in LINES]


def test_enter_and_double_click_open_the_article(qtbot, dialog):
    dialog.activateWindow()
    dialog.table.setFocus()
    dialog.table.selectRow(1)
    with qtbot.waitSignal(dialog.open_article_requested) as asked:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert asked.args == ["a2"]
    with qtbot.assertNotEmitted(dialog.open_article_requested):
        dialog.table.doubleClicked.emit(dialog.model.index(3, 0))


def test_chosen_lines_are_copied(dialog):
    dialog.table.selectRow(3)
    dialog.copy()
    copied = QGuiApplication.clipboard().text()
    assert "The file is empty. (0 bytes)" in copied and "архив.zip" not in copied


def test_what_is_shown_is_saved_in_the_form_of_the_extension(dialog, tmp_path):
    dialog.model.set_filter([ImportStatus.FAILED], "")
    dialog.save(tmp_path / "report.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "report.csv").read_text("utf-8-sig"))))
    assert len(rows) == 3 and rows[1][:2] == ["failed", "/статьи/=1+1.html"]
    dialog.save(tmp_path / "report.txt")
    assert "This is not an article." in (tmp_path / "report.txt").read_text("utf-8")
    assert dialog.status.text() == "Saved as report.txt."


def test_a_report_that_cannot_be_saved_says_why(dialog, tmp_path):
    dialog.save(tmp_path / "nowhere" / "report.txt")
    assert "report.txt" in dialog.status.text() and "Saved" not in dialog.status.text()


def test_rows_carry_their_line(dialog):
    assert dialog.model.index(0, 3).data(LINE) is LINES[0]
    assert dialog.model.index(0, REASON).data() == "The date is a guess."


def test_parts_are_named_with_the_file_they_are_of():
    assert short_source("/home/анна/letters.zip/2026/march.txt") == "letters.zip › 2026/march.txt"
    assert short_source("C:\\crawl.warc.gz\\https://a.example/x") == "crawl.warc.gz › https://a.example/x"
    assert short_source("/a.zip/b.zip/c.html") == "a.zip › b.zip/c.html"
    assert short_source("/folder.d/page.html") == "page.html"
    assert short_source("https://listok.example/2026/bridge") == "listok.example/2026/bridge"
    assert short_source("/My Clippings.txt/12") == "My Clippings.txt › 12"
    assert short_source("clipboard") == "clipboard"


def test_marks_have_a_column_where_there_are_any(theme, qtbot):
    lines = [
        ImportLine("/My Clippings.txt/1", ImportStatus.ADDED, "a", "Книга", marks=12),
        ImportLine("/My Clippings.txt/2", ImportStatus.ADDED, "b", "本", marks=3),
        ImportLine("/page.html", ImportStatus.ADDED, "c", "Мост"),
    ]
    made = ImportReportDialog(theme, ImportReport(lines))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    assert made.summary.text() == "3 added; 15 marks came along."
    assert not made.table.isColumnHidden(MARKS)
    made.model.sort(MARKS)
    assert [made.model.index(row, MARKS).data() for row in range(3)] == ["", "3", "12"]
    assert "    12 marks" in report_text(ImportReport(lines))
    plain = ImportReportDialog(theme, REPORT)
    plain.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(plain)
    assert plain.table.isColumnHidden(MARKS)


def test_the_file_dialog_finds_every_kind():
    groups = file_filters().split(";;")
    assert groups[0].startswith("Everything that can be read (*.html ")
    assert all(f"*.{one}" in groups[0] for one in ("pdf", "docx", "epub", "eml", "warc.gz", "zip", "bib"))
    assert groups[-1] == "All files (*)"
