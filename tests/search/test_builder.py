"""Segments built in bulk say what was read word by word, and what Whoosh's own writer would say."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index
from whoosh.filedb.filestore import FileStorage
from whoosh.util.numeric import length_to_byte
from whoosh.writing import SegmentWriter

from desktop.search import builder
from desktop.search.builder import SegmentBuilder, length_bytes
from desktop.search.codec import Codec
from desktop.search.fold import MAX_TERM, fold, raw_tokens, terms, terms_of, terms_of_each
from desktop.search.schema import digest_of, document_of, make_schema, values_of
from desktop.search.segments import Segment
from tests.search.conftest import article, mark
from tests.search.segments import RECORDS, TEXTS, built, contents, expected, numbered


@given(st.lists(RECORDS, max_size=8).map(numbered))
@settings(max_examples=60, deadline=None)
def test_a_segment_says_what_was_read(tmp_path_factory, records):
    segment, _ = built(tmp_path_factory.mktemp("index"), records)
    assert contents(segment) == expected(records)


@given(st.lists(RECORDS, min_size=1, max_size=6).map(numbered))
@settings(max_examples=25, deadline=None)
def test_whooshs_own_writer_makes_the_same(tmp_path_factory, records):
    storage = FileStorage(str(tmp_path_factory.mktemp("index")))
    opened = index.FileIndex.create(storage, make_schema())
    writer = SegmentWriter(opened, codec=Codec())
    for record in records:
        writer.add_document(**document_of(record))
    writer.commit()
    (segment,) = opened._segments()
    assert contents(Segment(storage, segment)) == expected(records)


@given(st.lists(TEXTS | st.text(), max_size=6))
def test_tokens_are_folded_together_as_they_are_alone(texts):
    raw = [token for text in texts for token in raw_tokens(text)]
    assert [tuple(found) for found in terms_of_each(raw)] == [terms_of(token) for token in raw]


@pytest.mark.parametrize(
    "text", ["1 200 000", "İstanbul", "ΟΔΟΣ", "Ё", "об’єкт`а", "e\u0301", "ᄒ\u1161ᆫ", "㌢"]
)
def test_odd_tokens_between_others(text):
    raw = ["слово", *raw_tokens(text), "слово"]
    assert [tuple(found) for found in terms_of_each(raw)] == [terms_of(token) for token in raw]
    assert fold(text) == "".join(fold(text).split("\n"))


def test_an_empty_builder_makes_an_empty_segment(tmp_path):
    segment, _ = built(tmp_path, [])
    assert segment.size == 0 and segment.keys(np.arange(0)) == []


def test_what_is_long_or_odd_is_kept_as_far_as_it_goes(tmp_path):
    records = [article("1", f"{'ы' * 80} 😀 {'x' * MAX_TERM}", outlet="a\nb", tags=("t" * 900, "", "b", "b"))]
    segment, _ = built(tmp_path, records)
    assert segment.postings("text").terms.terms() == ["x" * MAX_TERM, "ы" * MAX_TERM]
    assert segment.postings("outlet").terms.terms() == ["a b"]
    assert segment.postings("tag").terms.terms() == ["b", "t" * 500]


def test_identities_of_articles_and_marks(tmp_path):
    records = [article("one", "текст"), mark("m", "one", "quote", "слова"), article("two")]
    segment, _ = built(tmp_path, records)
    every = np.arange(3)
    assert segment.keys(every) == ["a:one", "n:m", "a:two"]
    assert segment.articles(every) == ["one", "one", "two"]
    assert segment.articles(np.array([2, 0])) == ["two", "one"]
    first, second, third = segment.article_numbers().tolist()
    assert first == second != third
    assert segment.digests().tolist() == [digest_of(record) for record in records]
    assert segment.ordinals("kind").tolist() == [0, 1, 0]
    assert segment.ordinals("verdict").tolist() == [0, 0, 0]


def test_a_digest_tells_any_change_and_nothing_else():
    record = mark("m", "one", "quote", "слова", tags=("a", "b"), speakers=("Ann", "Bob"), note="n")
    assert digest_of(record) == digest_of(replace(record, tags=("b", "a")))
    changed = [
        replace(record, text="слово"), replace(record, tags=("a",)), replace(record, note="m"),
        replace(record, speakers=("Bob", "Ann")), replace(record, text="", title="слова"),
        replace(record, annotation_id=None), replace(record, added="2026"),
    ]  # fmt: skip
    assert len({digest_of(each) for each in [record, *changed]}) == len(changed) + 1


def test_a_builder_is_full_by_documents_or_by_text(monkeypatch):
    monkeypatch.setattr(builder, "SEGMENT_DOCUMENTS", 3)
    monkeypatch.setattr(builder, "SEGMENT_TEXT", 10)
    few = SegmentBuilder()
    few.add(article("1", "a"))
    few.add(article("2", "a"))
    assert not few.full
    few.add(article("3", "a"))
    assert few.full
    long = SegmentBuilder()
    long.add(article("1", "0123456789"))
    assert long.full


def test_length_bytes_are_whooshs():
    lengths = [*range(3000), 106_373, 106_374, 10_000_000]
    assert length_bytes(np.array(lengths)).tolist() == [length_to_byte(length) for length in lengths]


def test_values_are_clean():
    values = values_of(article("1", outlet="two\nlines", tags=("b", "", "b", "a")))
    assert values["outlet"] == ("two lines",) and values["tag"] == ("b", "a")
    assert "article" not in values and values["key"] == ("a:1",)
    assert terms("") == []
