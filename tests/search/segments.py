"""Records and segments for the tests of the index's files."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage

from desktop.core.searching import IndexRecord
from desktop.search.builder import build_segment
from desktop.search.codec import ArraySegment
from desktop.search.fold import terms
from desktop.search.postings import Postings
from desktop.search.schema import NUMBERS, VALUES, WORD_FIELDS, numbers_of, values_of, words_of
from desktop.search.segments import Segment

_WORDS = [
    "дрон", "Дрона", "ёлка", "об'єкт", "страна", "по-русски", "don’t", "flood", "FLOOD", "1 200 000",
    "3,14", "首相が", "東京都", "한국어", "ﾄﾞﾛｰﾝ", "😀", "é", "\u00ad", "x" * 70, "—", ".", "Straße", "𠮷野家",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(_WORDS) | st.text(max_size=4), max_size=12).map(" ".join)
NAMES = st.sampled_from(["", "Reuters", "Кириллица", "two\nlines", "два слова", "x" * 600, "\ud800?"])
RECORDS = st.builds(
    lambda note, **facts: IndexRecord(
        key="", article_id="", annotation_id="n" if note else None, kind="note" if note else "article",
        note=note, **facts,
    ),
    note=TEXTS, title=TEXTS, text=TEXTS, outlet=NAMES, language=st.sampled_from(["", "ru", "ja"]),
    tags=st.lists(NAMES, max_size=3).map(tuple), speakers=st.lists(NAMES, max_size=2).map(tuple),
    date=st.sampled_from(["", "2026", "2026-03-01"]),
)  # fmt: skip


def numbered(records: Sequence[IndexRecord], first: int = 0) -> list[IndexRecord]:
    """With keys and articles of their own, marks in the article before."""
    from dataclasses import replace

    found = []
    for number, record in enumerate(records, first):
        is_mark = record.annotation_id is not None
        name = f"{number:03}"
        found.append(
            replace(
                record,
                key=f"n:{name}" if is_mark else f"a:{name}",
                annotation_id=name if is_mark else None,
                article_id=f"{max(number - 1, 0):03}" if is_mark else name,
            )
        )
    return found


def built(folder: Path, records: Sequence[IndexRecord]) -> tuple[Segment, ArraySegment]:
    """A segment of these records, under its final name."""
    folder.mkdir(exist_ok=True)
    segment = build_segment(folder, records)
    segment.draft(folder).rename(segment.path(folder))
    return Segment(FileStorage(str(folder)), segment), segment


def listed(postings: Postings) -> dict[str, dict[int, list[int]]]:
    """Term: document: places, all counted out one by one."""
    found: dict[str, dict[int, list[int]]] = {}
    for number, term in enumerate(postings.terms.terms()):
        at = postings.slice(number)
        ids = postings.ids[at].tolist()
        assert ids == sorted(set(ids)) and ids
        if postings.counts is None or postings.places is None or postings.place_starts is None:
            found[term] = {document: [] for document in ids}
            continue
        place = int(postings.place_starts[number])
        found[term] = {}
        for document, count in zip(ids, postings.counts[at].tolist(), strict=True):
            found[term][document] = postings.places[place : place + count].tolist()
            place += count
        assert place == int(postings.place_starts[number + 1])
    return found


def contents(segment: Segment) -> dict[str, object]:
    """All that a segment says of its documents."""
    return {
        "size": segment.size,
        "postings": {name: listed(segment.postings(name)) for name in (*WORD_FIELDS, *VALUES)},
        "lengths": {name: segment.lengths(name).tolist() for name in WORD_FIELDS},
        "totals": {name: segment.total_length(name) for name in WORD_FIELDS},
        "numbers": {name: segment.numbers(name).tolist() for name in NUMBERS},
    }


def expected(records: Sequence[IndexRecord]) -> dict[str, object]:
    """The same, worked out word by word."""
    from whoosh.util.numeric import length_to_byte

    postings: dict[str, dict[str, dict[int, list[int]]]] = {
        name: defaultdict(lambda: defaultdict(list)) for name in (*WORD_FIELDS, *VALUES)
    }
    lengths: dict[str, list[int]] = {name: [] for name in WORD_FIELDS}
    for number, record in enumerate(records):
        for name, text in words_of(record).items():
            found = terms(text)
            lengths[name].append(len(found))
            for place, term in enumerate(found):
                postings[name][term][number].append(place)
        for name, values in values_of(record).items():
            for value in values:
                postings[name][value][number] = []
    return {
        "size": len(records),
        "postings": postings,
        "lengths": {name: [length_to_byte(length) for length in each] for name, each in lengths.items()},
        "totals": {name: sum(each) for name, each in lengths.items()},
        "numbers": {name: [numbers_of(record)[name] for record in records] for name in NUMBERS},
    }
