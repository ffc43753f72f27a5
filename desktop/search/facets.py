"""Counting the values of all matches."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop.search.evaluate import Matches
from desktop.search.matching import Segment
from desktop.search.postings import Postings
from desktop.search.sets import Documents, flags

# Shown name of each facet and the field that it counts; "year" is added from dates. Of paths those above
# count, too: asking for one finds what is below it.
_FACETS = {
    "kind": "kind",
    "tag": "tag_tree",
    "speaker": "who",
    "outlet": "outlet",
    "language": "lang",
    "collection": "collection_tree",
    "verdict": "verdict",
}
# Of these a record has one value at most.
_SINGLE = ("kind", "outlet", "lang", "verdict", "date")
_YEAR = 4


def counted(matches: Matches) -> dict[str, dict[str, int]]:
    """For each facet its values with how many of all matches have them, the most frequent first."""
    counters: dict[str, Counter[str]] = {name: Counter() for name in (*_FACETS, "year")}
    for segment, found in zip(matches.segments, matches.documents, strict=True):
        if not len(found):
            continue
        counting = _Counting(segment, found)
        for name, field in _FACETS.items():
            _add(counters[name], segment.postings(field), counting.values(field))
        for year, count in _years(segment, counting):
            counters["year"][year] += count
    return {name: _most_frequent((+counter).items()) for name, counter in counters.items()}


class _Counting:
    """Counts among some documents of a segment."""

    def __init__(self, segment: Segment, found: Documents) -> None:
        self._segment, self._found = segment, found
        self._whole = len(found) == segment.size

    def values(self, field: str) -> NDArray[np.int64]:
        """For each term of a field in how many of the documents it stands."""
        postings = self._segment.postings(field)
        if self._whole or not len(postings.terms):
            return postings.frequencies
        if field in _SINGLE:
            having = self._segment.ordinals(field)[self._found]
            return np.bincount(having, minlength=len(postings.terms) + 1)[:-1]
        sums = np.concatenate(([0], np.cumsum(self._row[postings.ids])))
        starts = postings.starts
        return np.asarray(sums[starts[1:]] - sums[starts[:-1]])

    @cached_property
    def _row(self) -> NDArray[np.bool_]:
        return flags(self._segment.size, self._found)


def _add(counter: Counter[str], postings: Postings, counts: NDArray[np.int64]) -> None:
    found = np.flatnonzero(counts)
    if len(found) * 4 < len(counts):
        terms = (postings.terms[number].decode() for number in found.tolist())
    else:
        names = postings.terms.terms()
        terms = (names[number] for number in found.tolist())
    for term, count in zip(terms, counts[found].tolist(), strict=True):
        counter[term] += count


def _years(segment: Segment, counting: _Counting) -> Iterator[tuple[str, int]]:
    """Dates begin with their year and are sorted, so each year is one stretch of them."""
    terms, counts = segment.postings("date").terms, counting.values("date")
    first = 0
    while first < len(terms):
        year = terms[first][:_YEAR]
        end = terms.range(year)[1]
        if count := int(counts[first:end].sum()):
            yield year.decode(), count
        first = end


def _most_frequent(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Equals in the order of their spelling."""
    return dict(sorted(counts, key=lambda item: (-item[1], item[0])))
