"""Words near each other: the shortest stretches of a text that have all of them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence


def stretches(places: Sequence[Sequence[int]], width: int) -> Iterator[tuple[int, int]]:
    """(first, last) of each shortest stretch with a place of every group, at most ``width`` apart.

    Args:
        places: Of each group where it stands, in order. One place may serve several groups.
    """
    found = -1
    for end in sorted({place for group in places for place in group}):
        latest = [bisect_right(group, end) - 1 for group in places]
        if min(latest, default=-1) < 0:
            continue
        first = min(group[at] for group, at in zip(places, latest, strict=True))
        if end - first <= width and first != found:
            found = first
            yield first, end
