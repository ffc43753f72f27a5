"""Counting the values of all matches."""

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from desktop.search.evaluate import Matches
from desktop.search.matching import Segment
from desktop.search.postings import Postings
from desktop.search.sets import flags

# Shown name of each facet and the field that it counts; "year" is added from dates.
_FACETS = {
    "kind": "kind",
    "tag": "tag",
    "speaker": "who",
    "outlet": "outlet",
    "language": "lang",
    "collection": "collection",
    "verdict": "verdict",
}
_YEAR = 4
# Whose values are paths: what has one below a value counts there, too, as asking for the value finds it.
_TREES = ("tag", "collection")


def counted(matches: Matches) -> dict[str, dict[str, int]]:
    """For each facet its values with how many of all matches have them, the most frequent first."""
    counters: dict[str, Counter[str]] = {name: Counter() for name in (*_FACETS, "year")}
    parents = {name: _parents(matches, _FACETS[name]) for name in _TREES}
    for segment, found in zip(matches.segments, matches.documents, strict=True):
        row = flags(segment.size, found) if len(found) < segment.size else None
        for name, field in _FACETS.items():
            postings = segment.postings(field)
            _add(counters[name], postings, _counts(postings, row))
            for parent in parents.get(name, ()):
                counters[name][parent] += _more_below(postings, row, parent)
        for year, count in _years(segment, row):
            counters["year"][year] += count
    return {name: _most_frequent((+counter).items()) for name, counter in counters.items()}


def _parents(matches: Matches, field: str) -> list[str]:
    """The paths that something carries and that have paths below them, in whatever segments."""
    values = {value for one in matches.segments for value in one.postings(field).terms.terms()}
    above = {value[:at] for value in values for at, sign in enumerate(value) if sign == "/"}
    return sorted(above & values)


def _more_below(postings: Postings, row: NDArray[np.bool_] | None, path: str) -> int:
    """How many flagged documents have a path below this one, but not itself."""
    first, end = postings.terms.range(f"{path}/".encode())
    own = postings.terms.find(path.encode())
    below = np.unique(postings.ids[int(postings.starts[first]) : int(postings.starts[end])])
    if own >= 0:
        below = np.setdiff1d(below, postings.documents(own))
    return len(below) if row is None else int(row[below].sum())


def _counts(postings: Postings, row: NDArray[np.bool_] | None) -> NDArray[np.int64]:
    """For each term in how many of the flagged documents it stands; None flags all."""
    if row is None:
        return postings.frequencies
    sums = np.concatenate(([0], np.cumsum(row[postings.ids])))
    starts = postings.starts
    return np.asarray(sums[starts[1:]] - sums[starts[:-1]])


def _add(counter: Counter[str], postings: Postings, counts: NDArray[np.int64]) -> None:
    found = np.flatnonzero(counts)
    if len(found) * 4 < len(counts):
        terms = (postings.terms[number].decode() for number in found.tolist())
    else:
        names = postings.terms.terms()
        terms = (names[number] for number in found.tolist())
    for term, count in zip(terms, counts[found].tolist(), strict=True):
        counter[term] += count


def _years(segment: Segment, row: NDArray[np.bool_] | None) -> Iterator[tuple[str, int]]:
    """Dates begin with their year and are sorted, so each year is one stretch of them."""
    postings = segment.postings("date")
    terms, counts = postings.terms, _counts(postings, row)
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
