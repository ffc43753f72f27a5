"""From ranked records to what is shown of them: texts are read, hits marked, passages chosen."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from whoosh import query

from desktop.core.searching import IndexRecord, SearchHit, Snippet
from desktop.search.marking import Marker, Range
from desktop.search.snippet import passage

# The records of keys, from the archive; those that are gone by now are left out.
Records = Callable[[Sequence[str]], Mapping[str, IndexRecord]]
# The places of annotations in their article's canonical text, in code points.
Spans = Callable[[Sequence[str]], Mapping[str, tuple[Range, ...]]]

_MOST_MATCHES = 300


class HitPlaces:
    """Where the hits of one query stand in any title or text, whether the record was found or not.

    Where the query as it was read marks nothing, its wider form does.
    """

    def __init__(self, trees: Sequence[query.Query]) -> None:
        self._titles = [Marker(tree, "title") for tree in trees]
        self._texts = [Marker(tree, "text") for tree in trees]

    def in_title(self, title: str) -> tuple[Range, ...]:
        """(start, end) in code points, in order."""
        return next((hits for marker in self._titles if (hits := marker.hits(title))), ())

    def in_text(self, text: str) -> tuple[Range, ...]:
        """All of them, (start, end) in code points, in order."""
        return next((hits for marker in self._texts if (hits := marker.hits(text, len(text)))), ())


class Ranked(NamedTuple):
    """A found record, before anything was read of it."""

    score: float
    key: str
    article_id: str
    kind: str


def shown(tree: query.Query, ranked: Sequence[Ranked], records: Records, spans: Spans) -> list[SearchHit]:
    """With their passages; those gone from the archive since are left out."""
    found = records([one.key for one in ranked])
    marks = [record.annotation_id for record in found.values() if record.annotation_id is not None]
    places = spans(marks) if marks else {}
    markers = {field: Marker(tree, field) for field in ("text", "note")}
    return [_hit(one.score, found[one.key], markers, places) for one in ranked if one.key in found]


def bare(ranked: Sequence[Ranked]) -> list[SearchHit]:
    """With what the index knows of them: neither title nor passage nor places."""
    return [
        SearchHit(
            key=one.key,
            kind=one.kind,
            article_id=one.article_id,
            annotation_id=None if one.key.startswith("a:") else one.key[2:],
            title="",
            score=round(one.score, 6),
            snippet=Snippet(""),
        )
        for one in ranked
    ]


def _hit(
    score: float, record: IndexRecord, markers: dict[str, Marker], places: Mapping[str, tuple[Range, ...]]
) -> SearchHit:
    hits = markers["text"].hits(record.text)
    matches, offset = hits, 0
    if record.annotation_id is not None:
        matches = places.get(record.annotation_id, ())
        offset = matches[0][0] if len(matches) == 1 else -1
    return SearchHit(
        key=record.key,
        kind=record.kind,
        article_id=record.article_id,
        annotation_id=record.annotation_id,
        title=record.title,
        score=round(score, 6),
        snippet=_snippet(record, hits, offset, markers["note"]),
        matches=tuple(islice(matches, _MOST_MATCHES)),
    )


def _snippet(record: IndexRecord, hits: tuple[Range, ...], offset: int, notes: Marker) -> Snippet:
    if not hits and record.note and (in_note := notes.hits(record.note)):
        return passage(record.note, in_note, -1)
    return passage(record.text, hits, offset)
