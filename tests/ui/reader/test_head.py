"""What is known about an article stands above it, in its own language."""

import pytest

from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.ui.reader.head import date_in_words, head_of, host, reading_minutes
from desktop.ui.reader.plan import Head, leaves, make_plan
from tests.ui.reader.conftest import article_of


@pytest.mark.parametrize(
    ("given_", "language", "words"),
    [
        ("2026-03-14T09:20:00+03:00", "ru", "14 марта 2026, 09:20"),
        ("2026-03-14", "uk", "14 березня 2026"),
        ("2026-03-14", "en", "14 March 2026"),
        ("2026-03-13T18:00:00", "ja", "2026年3月13日 18:00"),
        ("2026-03", "en", "March 2026"),
        ("2026", "ru", "2026"),
        ("last week", "en", "last week"),
        ("", "en", ""),
    ],
)
def test_dates(qapp, given_, language, words):
    assert date_in_words(Metadata(published_at=given_, language=language)) == words


def test_a_guessed_date_says_so(qapp):
    assert date_in_words(Metadata(published_at="2026", date_is_guess=True)) == "≈ 2026"


def test_what_is_unknown_is_left_out(qapp):
    document = Document((Block(BlockKind.PARAGRAPH, "Слово " * 600),), Metadata())
    head = head_of(article_of(document), document)
    assert (head.kicker, head.title, head.untitled, head.byline) == ("", "", "Untitled", "3 min")


def test_reading_time_counts_words_and_ideographs():
    assert reading_minutes("слово " * 1000) == 5
    assert reading_minutes("港" * 1000) == 2
    assert reading_minutes("слово " * 200_000) == pytest.approx(1000, rel=0.01)
    assert reading_minutes("") == 1


@pytest.mark.parametrize(
    ("url", "name"),
    [("https://www.a.example/x", "a.example"), (None, ""), ("http://[broken", ""), ("file:///x", "")],
)
def test_host(url, name):
    assert host(url) == name


def test_the_byline_stands_on_the_side_of_a_right_to_left_title():
    document = Document((Block(BlockKind.PARAGRAPH, "نص المقال"),), Metadata())
    plan = make_plan(document, Head("", "إغلاق الجسر", "16 March 2026"))
    assert [leaf.rtl for leaf in leaves(plan)] == [True, True, True]
