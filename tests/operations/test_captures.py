"""Two captures of an article, and its marks carried over from one to the other."""

import pytest

from desktop.core.comparing import Fate
from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.errors import NotFound
from desktop.operations.captures import compare_captures, confirm_marks, read_capture
from desktop.operations.marking import mark_words
from desktop.operations.undoing import undo
from desktop.store import annotations, articles, captures
from desktop.store.history import operation

OLD = ["Мэр открыл мост в пятницу.", "Проезд будет бесплатным.", "Архитектор от комментариев отказался."]
NEW = ["Редакция уточнила заметку.", "Мэр открыл мост в пятницу.", "Проезд будет пока бесплатным."]


def document(lines):
    return Document.build([Block(BlockKind.PARAGRAPH, line) for line in lines], Metadata(title="Мост"))


@pytest.fixture
def both(archive):
    """An article with three marks on its first capture, and a second capture of it."""
    with operation(archive, "Import"):
        article = articles.add_article(archive, Metadata(title="Мост"))
        first = captures.add_capture(archive, article, document(OLD), original=None, extractor="html/1")
        articles.set_current_capture(archive, article, first)
    for words in ("открыл мост", "будет бесплатным", "Архитектор от комментариев отказался"):
        mark_words(archive, article, "quote", words)
    with operation(archive, "Import"):
        second = captures.add_capture(archive, article, document(NEW), original=None, extractor="html/1")
    return article, first, second


def test_each_mark_has_its_fate(archive, both):
    _, first, second = both
    found = compare_captures(archive, first, second)
    fates = {one.placement.annotation.exact: one.fate for one in found.marks}
    assert fates == {
        "открыл мост": Fate.KEPT,
        "будет бесплатным": Fate.CHANGED,
        "Архитектор от комментариев отказался": Fate.GONE,
    }
    assert not any(one.confirmed for one in found.marks)
    assert found.count(Fate.KEPT) == 1


def test_marks_are_confirmed_in_one_step(archive, both):
    article, first, second = both
    found = compare_captures(archive, first, second)
    places = {
        one.placement.annotation.id: one.placement.ranges for one in found.marks if one.placement.ranges
    }
    confirm_marks(archive, second, places)
    again = compare_captures(archive, first, second)
    assert [one.confirmed for one in again.marks] == [True, True, False]
    assert {one.exact for one in annotations.annotations_of(archive, article)} == {
        "открыл мост",
        "будет пока бесплатным",
        "Архитектор от комментариев отказался",
    }
    undo(archive)
    assert not any(one.confirmed for one in compare_captures(archive, first, second).marks)


def test_the_capture_that_is_read_can_be_chosen(archive, both):
    article, first, second = both
    read_capture(archive, second)
    assert articles.article(archive, article).current_capture == second
    undo(archive)
    assert articles.article(archive, article).current_capture == first


def test_captures_of_two_articles_are_not_compared(archive, both):
    with operation(archive, "Import"):
        other = articles.add_article(archive, Metadata(title="Другая"))
        strange = captures.add_capture(archive, other, document(NEW), original=None, extractor="html/1")
    with pytest.raises(NotFound):
        compare_captures(archive, both[1], strange)
