"""The order of reading: which parts of a page stand beside each other, and which above."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from desktop.importing.pdf.lines import Segment, runs_backward

MOST_SEGMENTS = 3000
"""Of a page; beyond them (a map, a drawing) the order of lines has to do."""

_LEAST_LINES = 3
_MOST_GUTTERS = 24
_DEEPEST = 12
_NARROWEST = 0.5  # of a line's height
_LEAST_WEIGHT = 14  # letters of a line that is prose rather than a cell


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A place that no line crosses between ``first`` and ``last`` (numbers of segments by height)."""

    place: float
    first: int
    last: int
    lines: int


def regions(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """The segments in columns, in the order of reading."""
    order = sorted(segments, key=lambda one: (one.top, one.left))
    if len(order) > MOST_SEGMENTS:
        yield order
        return
    words = (word for one in order for word in one.words)
    yield from _parted(order, runs_backward(words), 0)


def _parted(order: list[Segment], backward: bool, depth: int) -> Iterator[list[Segment]]:
    gutter = _best_gutter(order) if depth < _DEEPEST else None
    if gutter is None:
        if order:
            yield order
        return
    between = order[gutter.first : gutter.last]
    left = [one for one in between if one.right <= gutter.place + 1]
    chosen = set(map(id, left))
    right = [one for one in between if id(one) not in chosen]
    sides = (right, left) if backward else (left, right)
    yield from _parted(order[: gutter.first], backward, depth + 1)
    for side in sides:
        yield from _parted(side, backward, depth + 1)
    yield from _parted(order[gutter.last :], backward, depth + 1)


def _best_gutter(order: list[Segment]) -> _Gutter | None:
    """The gutter with most lines on its thinner side that parts columns rather than cells."""
    if len(order) < 2 * _LEAST_LINES:
        return None
    best: _Gutter | None = None
    for place in _places(order):
        for gutter in _stretches(order, place):
            if (best is None or gutter.lines > best.lines) and _parts_columns(order, gutter):
                best = gutter
    return best


def _places(order: list[Segment]) -> list[float]:
    """Just before where several lines begin, and just after where several end."""
    begins = Counter(round(one.left) for one in order)
    ends = Counter(round(one.right) for one in order)
    leftmost, rightmost = min(begins), max(ends)
    found = [(count, at - 2.0) for at, count in begins.items() if count >= _LEAST_LINES and at > leftmost + 5]
    found += [(count, at + 2.0) for at, count in ends.items() if count >= _LEAST_LINES and at < rightmost - 5]
    return [place for _, place in sorted(found, reverse=True)[:_MOST_GUTTERS]]


def _stretches(order: list[Segment], place: float) -> Iterator[_Gutter]:
    """The stretches of a page in which no line crosses a place, and lines stand on both sides."""
    first = left = right = 0
    for index, one in enumerate([*order, None]):
        if one is not None and not (one.left < place - 1 and one.right > place + 1):
            on_left = one.right <= place + 1
            left, right = left + on_left, right + (not on_left)
            continue
        if min(left, right) >= _LEAST_LINES:
            yield _Gutter(place, first, index, min(left, right))
        first, left, right = index + 1, 0, 0


def _parts_columns(order: list[Segment], gutter: _Gutter) -> bool:
    between = order[gutter.first : gutter.last]
    left = [one for one in between if one.right <= gutter.place + 1]
    right = [one for one in between if one.right > gutter.place + 1]
    if min(len(left), len(right)) < _LEAST_LINES:
        return False
    if _width(left, right) < _NARROWEST * median(one.height for one in between):
        return False
    if not _side_by_side(left, right):
        return False
    prose = min(median(one.weight for one in side) for side in (left, right)) >= _LEAST_WEIGHT
    return prose or (not _aligned(left, right) and _dense(left) and _dense(right))


def _width(left: list[Segment], right: list[Segment]) -> float:
    """From where the left column ends to where the right one begins, but for a stray line (a page number)."""
    ends, begins = sorted(one.right for one in left), sorted(one.left for one in right)
    return begins[len(begins) // 12] - ends[-1 - len(ends) // 12]


def _side_by_side(left: list[Segment], right: list[Segment]) -> bool:
    top = max(min(one.top for one in left), min(one.top for one in right))
    bottom = min(max(one.bottom for one in left), max(one.bottom for one in right))
    shorter = min(max(one.bottom for one in side) - min(one.top for one in side) for side in (left, right))
    return bottom - top > 0.5 * shorter


def _aligned(left: list[Segment], right: list[Segment]) -> bool:
    """Whether nearly every line of the shorter side has one of the other side at its height."""
    fewer, more = sorted((left, right), key=len)
    heights = sorted(one.middle for one in more)
    partners = sum(
        bisect_left(heights, one.middle - 0.3 * one.height)
        < bisect_left(heights, one.middle + 0.3 * one.height)
        for one in fewer
    )
    return partners > 0.7 * len(fewer)


def _dense(side: list[Segment]) -> bool:
    """Lines that follow each other as those of a text do."""
    extent = max(one.bottom for one in side) - min(one.top for one in side)
    return sum(one.height for one in side) > 0.45 * extent
