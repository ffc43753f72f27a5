"""The captures of an article side by side, and the list in which its marks are confirmed."""

import pytest
from PySide6.QtCore import Qt

from desktop.core.comparing import PassageKind
from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.operations.captures import compare_captures
from desktop.operations.marking import mark_words
from desktop.store import articles, captures
from desktop.store.history import operation
from desktop.ui.captures.dialog import CapturesDialog
from desktop.ui.captures.rows import FoldRow, PassageRow, passage_rows

SAME = [f"Строка номер {number} без перемен." for number in range(8)]
OLD = ["Мэр открыл мост в пятницу.", *SAME, "Архитектор от комментариев отказался."]
NEW = ["Мэр открыл мост в субботу.", *SAME, "Редакция получила ответ."]


def document(lines):
    return Document.build([Block(BlockKind.PARAGRAPH, line) for line in lines], Metadata(title="Мост"))


@pytest.fixture
def pair(archive):
    """Ids of two captures of one article with three marks on the older."""
    with operation(archive, "Import"):
        article = articles.add_article(archive, Metadata(title="Мост"))
        ids = [
            captures.add_capture(
                archive, article, document(lines), original=None, extractor="html/1", captured_at=moment
            )
            for lines, moment in ((OLD, "2026-01-01T00:00:00.000Z"), (NEW, "2026-02-01T00:00:00.000Z"))
        ]
        articles.set_current_capture(archive, article, ids[0])
    for words in ("Мэр открыл мост", "Строка номер 3", "Архитектор от комментариев отказался"):
        mark_words(archive, article, "highlight", words)
    with operation(archive, "Import"):
        articles.set_current_capture(archive, article, ids[1])
    return article, *ids


@pytest.fixture
def dialog(qtbot, theme, archive, pair):
    dialog = CapturesDialog(theme)
    qtbot.addWidget(dialog)
    dialog.compare_requested.connect(
        lambda old, new: dialog.show_comparison(compare_captures(archive, old, new))
    )
    dialog.set_captures("Мост", captures.captures_of(archive, pair[0]), pair[2])
    dialog.show()
    return dialog


def test_unchanged_sentences_are_folded(dialog):
    rows = dialog.passages.rows
    assert [row.count for row in rows if isinstance(row, FoldRow)] == [6]
    assert rows[0].kind is PassageKind.CHANGED
    assert rows[0].old[slice(*rows[0].old_hits[0])] == "пятницу"


def test_a_fold_opens(qtbot, dialog):
    place = next(number for number, row in enumerate(dialog.passages.rows) if isinstance(row, FoldRow))
    where = dialog.passage_list.visualRect(dialog.passages.index(place)).center()
    qtbot.mouseClick(dialog.passage_list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert all(isinstance(row, PassageRow) for row in dialog.passages.rows)


def test_everything_can_be_shown(dialog):
    dialog.folded.setChecked(False)
    assert len(dialog.passages.rows) == 11


def test_what_has_to_be_decided_stands_first(dialog):
    assert [str(row.fate) for row in dialog.marks.rows] == ["gone", "kept", "kept"]
    assert dialog.summary.text().startswith("Sentences: 1 changed, 1 removed, 1 added.")


def test_marks_that_kept_their_words_are_confirmed_together(qtbot, dialog):
    with qtbot.waitSignal(dialog.confirm_requested) as asked:
        qtbot.mouseClick(dialog.confirm_all, Qt.MouseButton.LeftButton)
    assert len(asked.args[0]) == 2


def test_enter_confirms_the_chosen_mark(qtbot, dialog):
    dialog.mark_list.setCurrentIndex(dialog.marks.index(1))
    dialog.mark_list.setFocus()
    with qtbot.waitSignal(dialog.confirm_requested) as asked:
        qtbot.keyClick(dialog.mark_list, Qt.Key.Key_Return)
    assert list(asked.args[0]) == [dialog.marks.rows[1].annotation]
    assert dialog.isVisible()


def test_a_mark_that_is_gone_cannot_be_confirmed(dialog):
    dialog.mark_list.setCurrentIndex(dialog.marks.index(0))
    assert not dialog.confirm.isEnabled()


def test_a_read_only_archive_offers_nothing(dialog):
    dialog.set_writable(False)
    assert not (dialog.confirm_all.isEnabled() or dialog.read.isEnabled())


def test_rows_tell_each_sentence_once(dialog, archive, pair):
    comparison = compare_captures(archive, *pair[1:]).comparison
    rows = passage_rows(comparison, folded=True)
    count = sum(row.count if isinstance(row, FoldRow) else 1 for row in rows)
    assert count == len(comparison.passages)
