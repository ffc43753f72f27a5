"""Comparing the captures of the open article in the window, and carrying its marks over."""

import pytest
from PySide6.QtCore import Qt

from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.extraction import ImportLine, ImportReport, ImportStatus
from desktop.operations import marking
from desktop.store import annotations, articles, captures
from desktop.store.archive import open_archive
from desktop.store.history import operation
from desktop.ui.importing.report import ImportReportDialog
from tests.archives import FLOOD, add
from tests.windows import open_window, settled

__all__ = ["open_window"]


@pytest.fixture
def path(archive_path):
    with open_archive(archive_path) as archive:
        article = add(archive, FLOOD, language="ru")
        text = captures.current_capture(archive, article).text
        marking.mark(archive, article, "quote", [(0, 20)])
        lines = [Block(BlockKind.PARAGRAPH, line) for line in [*text.split("\n"), "Добавлено позже."]]
        with operation(archive, "Import"):
            newer = captures.add_capture(
                archive, article, Document.build(lines, Metadata()), original=None, extractor="html/1",
                captured_at="2099-01-01T00:00:00.000Z",
            )  # fmt: skip
            articles.set_current_capture(archive, article, newer)
    return archive_path


@pytest.fixture
def window(open_window, path):
    return open_window(path)


def test_marks_are_carried_over_and_back(qtbot, window):
    window.actions_["captures"].trigger()
    settled(qtbot, window)
    dialog = window.captures.dialog
    assert dialog.isVisible()
    assert [row.confirmed for row in dialog.marks.rows] == [False]
    qtbot.mouseClick(dialog.confirm_all, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert [row.confirmed for row in dialog.marks.rows] == [True]
    window.actions_["undo"].trigger()
    settled(qtbot, window)
    assert [row.confirmed for row in dialog.marks.rows] == [False]


def test_the_older_capture_can_be_read_again(qtbot, window):
    window.actions_["captures"].trigger()
    settled(qtbot, window)
    dialog = window.captures.dialog
    older, newer = dialog.old.currentIndex(), dialog.new.currentIndex()
    dialog.old.setCurrentIndex(newer)
    dialog.new.setCurrentIndex(older)
    settled(qtbot, window)
    qtbot.mouseClick(dialog.read, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert "Добавлено позже." not in window.reading.reader.text
    (mark,) = annotations.annotations_of(window.session.archive, window.reading.article_id)
    assert mark.exact


def test_one_capture_has_nothing_to_be_compared_with(qtbot, open_window, archive_path):
    with open_archive(archive_path) as archive:
        add(archive, FLOOD)
    window = open_window(archive_path)
    window.actions_["captures"].trigger()
    settled(qtbot, window)
    assert window.captures.dialog is None


def test_an_import_that_captured_anew_leads_to_the_comparison(qtbot, window):
    article = articles.article_ids(window.session.archive, articles.ArticleFilter())[0]
    report = ImportReport([ImportLine("flood.html", ImportStatus.CAPTURE, article, "Flood")])
    assert not window.actions_["import_report"].isEnabled()
    window.files.tell_imported(window.session.path, report)
    assert window.actions_["import_report"].isEnabled()
    window.notice.act()
    settled(qtbot, window)
    assert window.captures.dialog.isVisible() and window.captures.dialog.marks.rows
    window.captures.dialog.reject()
    window.actions_["import_report"].trigger()
    shown = window.findChild(ImportReportDialog)
    shown.table.selectRow(0)
    qtbot.mouseClick(shown.compare, Qt.MouseButton.LeftButton)
    assert window.captures.dialog.isVisible()
    shown.close()


def test_of_many_articles_the_one_that_was_added_last_is_opened(qtbot, window):
    ids = articles.article_ids(window.session.archive, articles.ArticleFilter())
    lines = [ImportLine(f"{number}.html", ImportStatus.ADDED, one) for number, one in enumerate(ids)]
    with qtbot.waitSignal(window.files.imported) as opened:
        window.files.tell_imported(window.session.path, ImportReport(lines))
    assert opened.args == [ids[-1]]
