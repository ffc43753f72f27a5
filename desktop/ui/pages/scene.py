"""All that is drawn on pages. Positions are code points of the canonical text themselves."""

from bisect import bisect_left
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from desktop.core.pages import PageMap, Rect
from desktop.ui.pages.places import boxes_on
from desktop.ui.reader.marks import MarkIndex, Stretch
from desktop.ui.reader.positions import PositionMap

Range = tuple[int, int]


class PointMap(PositionMap):
    """Answers as the map of the text view does; here nothing needs to be translated."""

    def __init__(self, text: str) -> None:
        super().__init__("", [])
        self.length = self.points = len(text)

    def to_position(self, point: int) -> int:
        return min(max(point, 0), self.length)

    def to_range(self, start: int, end: int) -> Range:
        return self.to_position(start), self.to_position(end)

    def to_point(self, position: int, *, forward: bool = False) -> int:  # noqa: ARG002 - as the text's
        return self.to_position(position)


@dataclass
class PageScene:
    """Attributes:
    glyphs: Where those of the marks were drawn, on the layout, and whose they are.
    refused: Why pages cannot be drawn, by number; None for all of them.
    waiting: Pages in view have been empty for so long that they should say so.
    """

    map: PageMap
    marks: MarkIndex
    hits: list[Range] = field(default_factory=list)
    current_hit: int | None = None
    focused: str | None = None
    selection: list[Range] = field(default_factory=list)
    glyphs: list[tuple[QRectF, str]] = field(default_factory=list)
    refused: dict[int | None, str] = field(default_factory=dict)
    waiting: bool = False

    def stretches(self, page: int) -> list[tuple[Stretch, list[Rect]]]:
        """The marks that have words on a page, with their boxes."""
        around = self.map.range_of(page)
        found = self.marks.within(*around) if around else []
        placed = [(one, self._boxes(page, one.start, one.end)) for one in found]
        return [(one, boxes) for one, boxes in placed if boxes]

    def hits_on(self, page: int) -> list[tuple[int, list[Rect]]]:
        """The number and the boxes of the hits on a page."""
        around = self.map.range_of(page)
        if around is None:
            return []
        first = max(0, bisect_left(self.hits, (around[0], 0)) - 1)
        last = bisect_left(self.hits, (around[1], 0))
        return [(number, self._boxes(page, *self.hits[number])) for number in range(first, last)]

    def selected_on(self, page: int) -> list[Rect]:
        return [box for start, end in self.selection for box in self._boxes(page, start, end)]

    def _boxes(self, page: int, start: int, end: int) -> list[Rect]:
        around = self.map.range_of(page)
        if around is None:
            return []
        return boxes_on(self.map, page, max(start, around[0]), min(end, around[1]))
