"""Joining segments: deleted records are dropped, the others keep their order.

Postings are moved by whole arrays, some terms at a time, so that the memory needed is that of the new
segment and little more.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.search.arrayfile import Array, ArrayFileWriter
from desktop.search.codec import ArraySegment
from desktop.search.postings import EMPTY, Postings, Vocabulary, smallest, stretches
from desktop.search.schema import NUMBERS, VALUES, WORD_FIELDS
from desktop.search.segmentfile import write_column, write_lengths, write_postings
from desktop.search.segments import Segment

# Places, or documents of terms, that are moved at once.
_AT_ONCE = 1_000_000
# Terms of the largest vocabulary that are united at once.
_TERMS_AT_ONCE = 20_000

# Documents of the largest segment that is made: their numbers fit into two bytes.
SEALED = 65_536
# Live documents up to which segments are of one kind. Of the first kinds so many are merged by the
# way, which takes less than a hundredth of a second for each hundred; of the others when there is time.
_SMALL = (16, 128)
_LARGE = (1024, 8192)
_TOO_MANY = 8
# So many small ones are merged with a larger one when they have so many documents, and this part of its.
_FEW, _WORTH_IT, _FAIR_PART = 2, 1000, 16
# A segment with a larger share of deleted records is rewritten.
_DEAD_SHARE = 0.3

Stop = Callable[[], bool]


class MergeStopped(Exception):
    """There was something better to do."""


def merge(folder: Path, segments: Sequence[Segment], stop: Stop = lambda: False) -> ArraySegment:
    """One segment in place of several, its file written under its draft's name.

    Args:
        stop: Asked some times a second.

    Raises:
        MergeStopped: It said so; no file is left.
    """
    renumbered = [_numbers_of(segment) for segment in segments]
    merged = ArraySegment.named_anew(_number_on(renumbered))
    path = merged.draft(folder)

    def let_go_and_ask() -> bool:
        for segment in segments:
            segment.let_go()
        return stop()

    try:
        with path.open("wb") as opened:
            _write(ArrayFileWriter(opened), segments, renumbered, let_go_and_ask)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return merged


def small_merges(segments: Sequence[ArraySegment]) -> list[list[ArraySegment]]:
    """Which segments a commit merges, each list into one: those that are many, and hardly cost anything."""
    chosen = []
    for above, limit in pairwise((0, *_SMALL)):
        alike = [segment for segment in segments if above < segment.doc_count() <= limit]
        if len(alike) >= _TOO_MANY:
            chosen.append(alike)
    return chosen


def large_merge(segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    """Which segments are worth a merge that takes seconds; none when everything is in order."""
    for above, limit in pairwise((_SMALL[-1], *_LARGE)):
        alike = [segment for segment in segments if above < segment.doc_count() <= limit]
        if len(alike) >= _TOO_MANY:
            return alike[: SEALED // limit]
    dead = [segment for segment in segments if _mostly_dead(segment)]
    return dead[:1] or _to_seal(segments) or _leftovers(segments)


def _to_seal(segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    """Of the larger ones as many as make one that is full; unless they are few and leave it half empty."""
    chosen: list[ArraySegment] = []
    total = 0
    for segment in sorted(segments, key=ArraySegment.doc_count):
        if segment.doc_count() > _LARGE[-1] and total + segment.doc_count() <= SEALED:
            chosen.append(segment)
            total += segment.doc_count()
    return chosen if len(chosen) >= _TOO_MANY // 2 or (len(chosen) > 1 and total > SEALED // 2) else []


def _leftovers(segments: Sequence[ArraySegment]) -> list[ArraySegment]:
    """Small ones, too few to be merged by themselves, with the largest that has room for them.

    A search costs by the number of segments. Every record of the larger one is written again for them,
    so they wait until they are a fair part of it.
    """
    ordered = sorted(segments, key=ArraySegment.doc_count)
    for place in range(len(ordered) - 1, _FEW - 1, -1):
        added = sum(segment.doc_count() for segment in ordered[:place])
        size = ordered[place].doc_count()
        if added >= _WORTH_IT and added * _FAIR_PART >= size and added + size <= SEALED:
            return ordered[: place + 1]
    return []


def _mostly_dead(segment: ArraySegment) -> bool:
    return segment.deleted_count() > _DEAD_SHARE * segment.doc_count_all()


def _numbers_of(segment: Segment) -> NDArray[np.int32]:
    """For each document its number among the live ones; -1 for deleted ones."""
    if segment.live is None:
        return np.arange(segment.size, dtype=np.int32)
    numbers = np.cumsum(segment.live, dtype=np.int32) - np.int32(1)
    numbers[~segment.live] = -1
    return numbers


def _number_on(renumbered: list[NDArray[np.int32]]) -> int:
    """Let each segment's numbers follow those before; how many there are in all."""
    total = 0
    for numbers in renumbered:
        live = numbers >= 0
        numbers[live] += np.int32(total)
        total += int(live.sum())
    return total


def _write(
    file: ArrayFileWriter, segments: Sequence[Segment], renumbered: Sequence[NDArray[np.int32]], stop: Stop
) -> None:
    live = [numbers >= 0 for numbers in renumbered]
    for name in (*WORD_FIELDS, *VALUES):
        parts = [segment.postings(name) for segment in segments]
        postings = merged_postings(list(zip(parts, renumbered, strict=True)), stop)
        if not len(postings.ids):
            continue
        write_postings(file, name, postings)
        if postings.counts is not None:
            write_lengths(file, name, _live([segment.lengths(name) for segment in segments], live))
    for name in NUMBERS:
        numbers = _live([segment.numbers(name) for segment in segments], live)
        write_column(file, name, numbers.astype(">i8").tobytes())
    file.close()


def _live(arrays: Sequence[Array], live: Sequence[NDArray[np.bool_]]) -> Array:
    return np.concatenate([each[kept] for each, kept in zip(arrays, live, strict=True)])


def merged_postings(
    sources: Sequence[tuple[Postings, NDArray[np.int32]]], stop: Stop = lambda: False
) -> Postings:
    """The postings of one field in several segments.

    Args:
        sources: Each with the new numbers of its documents, negative for those to be dropped. They
            go up from one source to the next.

    Raises:
        MergeStopped: ``stop`` said so.
    """
    parts = [_Part(postings, numbers) for postings, numbers in sources if len(postings.ids)]
    parts = [part for part in parts if len(part.kept)]
    if not parts:
        return EMPTY
    terms = _unite(parts, stop)
    starts = _starts([part.frequencies for part in parts], parts, len(terms))
    ids = _empty(starts, [part.numbers for part in parts])
    if not all(part.of_words for part in parts):
        _move_documents(parts, starts, ids, None, stop)
        return Postings(terms, smallest(starts), ids)
    counts = _empty(starts, [part.postings.counts for part in parts])
    _move_documents(parts, starts, ids, counts, stop)
    place_starts = _starts([part.place_counts for part in parts], parts, len(terms))
    places = _empty(place_starts, [part.postings.places for part in parts])
    _move_places(parts, place_starts, places, stop)
    return Postings(terms, smallest(starts), ids, counts, smallest(place_starts), places)


class _Part:
    """What stays of one of the postings to be merged.

    Attributes:
        kept: The terms that some live document has, by their numbers.
        targets: For each kept term its number among the terms of all parts.
        frequencies, place_counts: For each kept term its live documents, and how often it stands in them.
    """

    targets: NDArray[np.int32]

    def __init__(self, postings: Postings, numbers: NDArray[np.int32]) -> None:
        self.postings, self.numbers = postings, numbers
        self.whole = bool((numbers >= 0).all())
        frequencies = np.diff(postings.starts) if self.whole else self._total(self.live_ids(slice(None)))
        self.kept = np.flatnonzero(frequencies)
        self.frequencies = frequencies[self.kept].astype(np.int32)
        self.of_words = postings.counts is not None
        if postings.counts is not None and postings.place_starts is not None:
            counts = (
                np.diff(postings.place_starts)
                if self.whole
                else self._total(np.where(self.live_ids(slice(None)), postings.counts, 0))
            )
            self.place_counts = counts[self.kept].astype(np.int32)

    def live_ids(self, at: slice) -> NDArray[np.bool_]:
        """Of a stretch of ``ids``, which of them stay."""
        live: NDArray[np.bool_] = self.numbers[self.postings.ids[at]] >= 0
        return live

    def stretch(self, first: int, end: int) -> slice:
        """Where the documents of some terms stand in ``ids``."""
        return slice(int(self.postings.starts[first]), int(self.postings.starts[end]))

    def _total(self, values: Array) -> Array:
        """Sums of what stands beside ``ids``, term by term."""
        totals: Array = np.add.reduceat(values, self.postings.starts[:-1].astype(np.int64), dtype=np.int64)
        return totals

    def chunks(self, starts: NDArray[np.unsignedinteger], stop: Stop) -> Iterator[tuple[int, int, slice]]:
        """Stretches of terms with not too much to move: first, end, and where they stand in ``kept``."""
        first, size = 0, len(starts) - 1
        while first < size:
            if stop():
                raise MergeStopped
            end = int(np.searchsorted(starts, int(starts[first]) + _AT_ONCE, side="right")) - 1
            end = max(end, first + 1)
            yield first, end, self.kept_within(first, end)
            first = end

    def kept_within(self, first: int, end: int) -> slice:
        """Where in ``kept`` the terms from ``first`` to before ``end`` stand."""
        return slice(*np.searchsorted(self.kept, [first, end]).tolist())

    def terms(self, first: int, end: int) -> list[bytes]:
        """Those of these terms that are kept."""
        every = self.postings.terms.text(first, end).split(b"\n")[:-1]
        kept = self.kept[self.kept_within(first, end)]
        return every if len(kept) == len(every) else [every[number - first] for number in kept.tolist()]


def _unite(parts: list[_Part], stop: Stop) -> Vocabulary:
    """All kept terms; sets the ``targets`` of the parts. Some stretches of the alphabet after the other."""
    texts: list[bytes] = []
    total = 0
    for part in parts:
        part.targets = np.empty(len(part.kept), np.int32)
    for begins, ends in pairwise(_borders(parts)):
        if stop():
            raise MergeStopped
        listed = [part.terms(*each) for part, *each in zip(parts, begins, ends, strict=True)]
        united = sorted(set().union(*listed))
        number_of = dict(zip(united, range(total, total + len(united)), strict=True))
        for part, begin, end, terms in zip(parts, begins, ends, listed, strict=True):
            part.targets[part.kept_within(begin, end)] = [number_of[term] for term in terms]
        texts.append(b"".join([term + b"\n" for term in united]))
        total += len(united)
    return Vocabulary.of_text(b"".join(texts))


def _borders(parts: list[_Part]) -> list[list[int]]:
    """For each part the numbers of the terms at which it is cut, all at the same places of the alphabet."""
    vocabularies = [part.postings.terms for part in parts]
    longest = max(vocabularies, key=len)
    cuts = [longest[number] for number in range(_TERMS_AT_ONCE, len(longest), _TERMS_AT_ONCE)]
    inner = [[bisect_left(each, cut) for each in vocabularies] for cut in cuts]
    return [[0] * len(parts), *inner, [len(each) for each in vocabularies]]


def _starts(totals: list[NDArray[np.int32]], parts: list[_Part], terms: int) -> NDArray[np.int64]:
    """Where each of all terms begins when the parts' share of it is laid out."""
    starts = np.zeros(terms + 1, np.int64)
    for part, total in zip(parts, totals, strict=True):
        starts[part.targets + 1] += total
    return np.cumsum(starts)


def _empty(starts: NDArray[np.int64], values: Sequence[Array | None]) -> Array:
    """Room for values like these."""
    most = max(int(each.max(initial=0)) for each in values if each is not None)
    return np.empty(int(starts[-1]), np.min_scalar_type(most))


def _move_documents(
    parts: list[_Part], starts: NDArray[np.int64], ids: Array, counts: Array | None, stop: Stop
) -> None:
    free = starts.copy()
    for part in parts:
        for first, end, kept in part.chunks(part.postings.starts, stop):
            at = part.stretch(first, end)
            targets = part.targets[kept]
            to = stretches(free[targets], part.frequencies[kept].astype(np.int64))
            live = part.live_ids(at)
            ids[to] = part.numbers[part.postings.ids[at]][live]
            if counts is not None and part.postings.counts is not None:
                counts[to] = part.postings.counts[at][live]
            free[targets] += part.frequencies[kept]


def _move_places(parts: list[_Part], starts: NDArray[np.int64], places: Array, stop: Stop) -> None:
    free = starts.copy()
    for part in parts:
        assert part.postings.places is not None and part.postings.place_starts is not None
        assert part.postings.counts is not None
        for first, end, kept in part.chunks(part.postings.place_starts, stop):
            found = part.postings.places[part.postings.place_starts[first] : part.postings.place_starts[end]]
            if not part.whole:
                at = part.stretch(first, end)
                found = found[np.repeat(part.live_ids(at), part.postings.counts[at])]
            targets = part.targets[kept]
            places[stretches(free[targets], part.place_counts[kept].astype(np.int64))] = found
            free[targets] += part.place_counts[kept]
