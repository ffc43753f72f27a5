"""Counting the values of all matches."""

from collections import Counter
from collections.abc import Sequence

from desktop.search.evaluate import Matches
from desktop.search.segments import Segment

# Shown name of each facet and the field that it counts; a year is the beginning of a date.
_FACETS = {
    "kind": "kind",
    "tag": "tag",
    "speaker": "who",
    "outlet": "outlet",
    "language": "lang",
    "year": "date",
    "collection": "collection",
    "verdict": "verdict",
}
_YEAR = 4


def counted(segments: Sequence[Segment], matches: Matches) -> dict[str, dict[str, int]]:
    """For each facet its values with how many of all matches have them, the most frequent first."""
    counters: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}
    for segment, scores in zip(segments, matches, strict=True):
        found = set(scores)
        for name, field in _FACETS.items():
            for value, documents in segment.values(field).items():
                counters[name][value[:_YEAR] if name == "year" else value] += len(documents & found)
    return {name: _most_frequent(counter) for name, counter in counters.items()}


def _most_frequent(counter: Counter[str]) -> dict[str, int]:
    """Equals in the order of their spelling."""
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return {value: count for value, count in ordered if count}
