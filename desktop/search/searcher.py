"""Answering queries from the newest commit of an index."""

import heapq
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter

from whoosh import query

from desktop.core.searching import IndexRecord, SearchHit, SearchResult, Snippet
from desktop.search.evaluate import Evaluator, Matches
from desktop.search.query import ParsedQuery, parse
from desktop.search.segments import Identity, Segment
from desktop.search.snippet import Marker, Range, passage
from desktop.search.writer import IndexDamaged, IndexState, open_index, read_state

# The records of keys, from the archive; those that are gone by now are left out.
Records = Callable[[Sequence[str]], Mapping[str, IndexRecord]]
# The places of annotations in their article's canonical text, in code points.
Spans = Callable[[Sequence[str]], Mapping[str, tuple[Range, ...]]]

# From so many words on, a query is a sentence: too few texts with all of them are not the answer.
_SENTENCE = 5
_FEW = 10
_RELAXED = "No text has all of the words; these have some of them."
_RELAXED_FEW = "Few texts have all of the words; others with some of them follow."
# Shown name of each facet and the field that it counts.
_FACETS = {"kind": "kind", "tag": "tag", "speaker": "who", "outlet": "outlet", "language": "lang"}
_TOC = re.compile(r"_MAIN_(\d+)\.toc\Z")


class Searcher:
    """Searches one index folder; notices new commits by itself. Belongs to one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._signature: tuple[str, int, int] | None = None
        self._segments: dict[str, Segment] = {}
        self._state = IndexState()
        self._evaluator = Evaluator(())

    def close(self) -> None:
        self._signature = None
        self._keep({})

    def state(self) -> IndexState:
        """Of the newest commit.

        Raises:
            IndexDamaged: There is no index that can be read.
        """
        self._refresh()
        return self._state

    def search(
        self,
        text: str,
        *,
        records: Records,
        spans: Spans,
        limit: int = 50,
        offset: int = 0,
        as_you_type: bool = False,
        facets: bool = False,
    ) -> SearchResult:
        """Run a query line.

        ``records`` of the result is as large as ``indexed``: only the archive knows better.

        Raises:
            IndexDamaged: There is no index, or not one that can be read.
        """
        started = perf_counter()
        parsed = parse(text, as_you_type=as_you_type)
        self._refresh()
        try:
            tree, matches, hint = self._matches(parsed)
            ranked = self._ranked(matches, limit, offset)
            counted = self._facets(matches) if facets else {}
            articles = self._articles(matches)
        except Exception as error:  # bytes that are not as written can raise anything
            raise IndexDamaged(repr(error)) from error
        hits = _hits(tree, ranked, records, spans)
        return SearchResult(
            query=text,
            understood=parsed.understood,
            hits=tuple(hits),
            total=sum(map(len, matches)),
            hint=" ".join(filter(None, [parsed.hint, hint])),
            articles=articles,
            indexed=self._state.records,
            records=self._state.records,
            milliseconds=(perf_counter() - started) * 1000,
            facets=counted,
        )

    def _matches(self, parsed: ParsedQuery) -> tuple[query.Query, Matches, str]:
        """The tree that was run, what it found, and a sentence if it had to be a wider one."""
        matches = self._evaluator.matches(parsed.query)
        total = sum(map(len, matches))
        enough = _FEW if parsed.words >= _SENTENCE else 1
        if parsed.relaxed is None or total >= enough:
            return parsed.query, matches, ""
        wider = self._evaluator.matches(parsed.relaxed)
        if sum(map(len, wider)) == total:
            return parsed.query, matches, ""
        return parsed.relaxed, wider, _RELAXED_FEW if total else _RELAXED

    def _ranked(self, matches: Matches, limit: int, offset: int) -> list[tuple[float, Identity]]:
        """The wanted stretch of the matches, best first; without words, newest first."""
        scored = [
            (score, number, document)
            for number, found in enumerate(matches)
            for document, score in found.items()
        ]
        if scored and not any(score for score, _, _ in scored):
            best = self._newest(matches, offset + limit)
        else:
            best = heapq.nsmallest(offset + limit, scored, key=lambda item: (-item[0], item[1], item[2]))
        return [
            (score, self._evaluator.segments[number].identities()[document])
            for score, number, document in best[offset:]
        ]

    def _newest(self, matches: Matches, count: int) -> list[tuple[float, int, int]]:
        dated: list[tuple[str, int, int]] = []
        for number, (segment, found) in enumerate(zip(self._evaluator.segments, matches, strict=True)):
            dates = {d: date for date, documents in segment.values("date").items() for d in documents}
            dated += [(dates.get(document, ""), number, document) for document in found]
        best = heapq.nlargest(count, dated)
        return [(0.0, number, document) for _, number, document in best]

    def _articles(self, matches: Matches) -> int:
        found: set[str] = set()
        for segment, scores in zip(self._evaluator.segments, matches, strict=True):
            if scores:
                identities = segment.identities()
                found.update(identities[document].article_id for document in scores)
        return len(found)

    def _facets(self, matches: Matches) -> dict[str, dict[str, int]]:
        """Counts of the values among all matches, most frequent first."""
        counters: dict[str, Counter[str]] = {name: Counter() for name in (*_FACETS, "year")}
        for segment, scores in zip(self._evaluator.segments, matches, strict=True):
            found = set(scores)
            for name, field in _FACETS.items():
                for value, documents in segment.values(field).items():
                    counters[name][value] += len(documents & found)
            for date, documents in segment.values("date").items():
                counters["year"][date[:4]] += len(documents & found)
        return {
            name: {value: count for value, count in counter.most_common() if count}
            for name, counter in counters.items()
        }

    def _refresh(self) -> None:
        """Take up the newest commit, if there is another one."""
        for attempt in range(3):
            signature = self._newest_commit()
            if signature is not None and signature == self._signature:
                return
            try:
                self._open()
                self._signature = signature
                return
            except IndexDamaged:
                # The follower may have committed, or begun anew, while this was reading.
                if attempt == 2 or self._newest_commit() == signature:
                    self.close()
                    raise

    def _newest_commit(self) -> tuple[str, int, int] | None:
        try:
            tocs = [entry for entry in os.scandir(self._folder) if _TOC.match(entry.name)]
            newest = max(tocs, key=lambda entry: int(_TOC.match(entry.name)[1]), default=None)  # type: ignore[index]
            if newest is None:
                return None
            stat = newest.stat()
        except OSError:
            return None
        return newest.name, stat.st_mtime_ns, stat.st_ino

    def _open(self) -> None:
        """Open the newest commit, keeping the segments that are known already."""
        opened = open_index(self._folder)
        try:
            toc = opened._read_toc()
            segments = {}
            for segment in toc.segments:
                known = self._segments.get(segment.segment_id())
                if known is None:
                    known = Segment(opened.storage, segment)
                known.follow(segment)
                segments[known.id] = known
            self._state = read_state(toc.schema)
        except IndexDamaged:
            raise
        except Exception as error:  # bytes that are not as written can raise anything
            opened.storage.close_files()
            raise IndexDamaged(repr(error)) from error
        self._keep(segments)

    def _keep(self, segments: dict[str, Segment]) -> None:
        for name, segment in self._segments.items():
            if name not in segments:
                segment.close()
        self._segments = segments
        self._evaluator = Evaluator(tuple(segments.values()))


def _hits(
    tree: query.Query, ranked: list[tuple[float, Identity]], records: Records, spans: Spans
) -> list[SearchHit]:
    """The ranked documents with their passages; those gone from the archive since are left out."""
    found = records([identity.key for _, identity in ranked])
    marks = [record.annotation_id for record in found.values() if record.annotation_id is not None]
    places = spans(marks) if marks else {}
    markers = {field: Marker(tree, field) for field in ("text", "note")}
    return [
        _hit(score, found[identity.key], markers, places)
        for score, identity in ranked
        if identity.key in found
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
        matches=tuple(islice(matches, 300)),
    )


def _snippet(record: IndexRecord, hits: tuple[Range, ...], offset: int, notes: Marker) -> Snippet:
    if not hits and record.note and (in_note := notes.hits(record.note)):
        return passage(record.note, in_note, -1)
    return passage(record.text, hits, offset)
