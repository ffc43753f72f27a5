"""Marks as the page paints them: found by position, stacked in lanes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.core.placing import Placement
from desktop.core.records import Annotation, AnnotationKind
from desktop.ui.reader.positions import PositionMap


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation on the page.

    Attributes:
        ranges: Code points.
        sure: False paints it as waiting for a person's confirmation.
    """

    annotation: Annotation
    ranges: tuple[tuple[int, int], ...]
    sure: bool = True

    @classmethod
    def of(cls, placement: Placement) -> "Mark":
        ordered = tuple(sorted(one for one in placement.ranges if one[0] < one[1]))
        return cls(placement.annotation, ordered, placement.sure)

    @property
    def id(self) -> str:
        return self.annotation.id

    @property
    def kind(self) -> AnnotationKind:
        return self.annotation.kind

    @property
    def token(self) -> str:
        """The colour token of its fill and edge."""
        colour = self.annotation.colour
        return f"colour.{colour}" if colour else str(self.kind)

    @property
    def start(self) -> int:
        return self.ranges[0][0]

    @property
    def length(self) -> int:
        return sum(end - start for start, end in self.ranges)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One range of a mark, in document positions.

    Attributes:
        lane: 0 for the lowest of overlapping stretches; deeper lanes have their edge further down.
        opens: It is the mark's first range and carries its glyph.
    """

    start: int
    end: int
    mark: Mark
    lane: int
    opens: bool


class MarkIndex:
    """Stretches by start with a running maximum of ends: a visible range costs two bisections."""

    def __init__(self, marks: Iterable[Mark], positions: PositionMap) -> None:
        self.marks = sorted((mark for mark in marks if mark.ranges), key=lambda one: (one.start, -one.length))
        self._by_id = {mark.id: mark for mark in self.marks}
        self.stretches = _stacked(self.marks, positions)
        self._starts = [one.start for one in self.stretches]
        self._reach: list[int] = []
        far = 0
        for one in self.stretches:
            far = max(far, one.end)
            self._reach.append(far)

    def get(self, annotation_id: str | None) -> Mark | None:
        return self._by_id.get(annotation_id) if annotation_id else None

    def within(self, start: int, end: int) -> list[Stretch]:
        """What overlaps the positions from ``start`` to ``end``, in text order."""
        low, high = bisect_right(self._reach, start), bisect_left(self._starts, end)
        return [one for one in self.stretches[low:high] if one.end > start]

    def at(self, position: int) -> list[Mark]:
        """The marks on the letter behind a position, the shortest first."""
        found = {one.mark.id: one.mark for one in self.within(position, position + 1)}
        return sorted(found.values(), key=lambda one: one.length)

    def after(self, point: int) -> Mark | None:
        """The first mark that starts behind a code point."""
        return next((mark for mark in self.marks if mark.start > point), None)

    def before(self, point: int) -> Mark | None:
        """The last mark that starts before a code point."""
        return next((mark for mark in reversed(self.marks) if mark.start < point), None)

    def neighbour(self, mark: Mark, step: int) -> Mark | None:
        at = self.marks.index(mark) + step
        return self.marks[at] if 0 <= at < len(self.marks) else None


def _stacked(marks: list[Mark], positions: PositionMap) -> list[Stretch]:
    ranges = [
        (*positions.to_range(*one), mark, number == 0)
        for mark in marks
        for number, one in enumerate(mark.ranges)
    ]
    lanes: list[int] = []
    found = []
    for start, end, mark, opens in sorted(ranges, key=lambda one: (one[0], -one[1])):
        lane = next((n for n, taken in enumerate(lanes) if taken <= start), len(lanes))
        lanes[lane : lane + 1] = [end]
        found.append(Stretch(start, end, mark, lane, opens))
    return found
