"""The two-way map between code points of the canonical text and positions in the page's document."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from desktop.core.offsets import Utf16Map
from desktop.ui.reader.plan import Leaf


class PositionMap:
    """Exact for every offset of the canonical text, known before anything is laid out.

    In Qt's document each leaf takes its UTF-16 units and one more for the border behind it: a
    paragraph separator, or the frame character before a cell or behind a table.

    Attributes:
        length: Positions of the finished page, not counting the last border.
        starts: The position at which each leaf begins, in the order of the page.
    """

    def __init__(self, text: str, leaves: Iterable[Leaf]) -> None:
        self._units = Utf16Map(text)
        self._points: list[int] = []
        self._first_units: list[int] = []
        self._positions: list[int] = []
        self._ends: list[int] = []
        self.starts: list[int] = []
        self.points = len(text)
        at = 0
        for leaf in leaves:
            self.starts.append(at)
            at = self._add(leaf, at) + 1
        self.length = max(0, at - 1)

    def _add(self, leaf: Leaf, at: int) -> int:
        if leaf.start is None:
            return at + len(leaf.text.encode("utf-16-le")) // 2
        unit = self._units.to_units(leaf.start)
        end = at + self._units.to_units(leaf.start + len(leaf.text)) - unit
        self._points.append(leaf.start)
        self._first_units.append(unit)
        self._positions.append(at)
        self._ends.append(end)
        return end

    def to_position(self, point: int) -> int:
        """The document position before code point ``point``; 0 where the text is empty."""
        return self._position(bisect_right(self._points, point) - 1, point)

    def to_range(self, start: int, end: int) -> tuple[int, int]:
        """Document positions of a range; its end stays with the words before it."""
        leaf = bisect_left(self._points, end) - 1
        last = self._position(leaf, end)
        if leaf + 1 < len(self._points) and self._overruns(leaf, end):
            last = self._position(leaf + 1, end)
        return self.to_position(start), last

    def _overruns(self, leaf: int, point: int) -> bool:
        if leaf < 0:
            return True
        beyond = self._units.to_units(point) - self._first_units[leaf]
        return beyond > self._ends[leaf] - self._positions[leaf]

    def _position(self, leaf: int, point: int) -> int:
        if leaf < 0:
            return self._positions[0] if self._positions else 0
        beyond = self._units.to_units(point) - self._first_units[leaf]
        return min(self._positions[leaf] + beyond, self._ends[leaf])

    def to_point(self, position: int, *, forward: bool = False) -> int:
        """The code point at a document position.

        A position in the article's head or in a gap goes to the text before it, or with
        ``forward`` to the text behind it. One inside a surrogate pair goes before the pair.
        """
        leaf = bisect_right(self._positions, position) - 1
        if leaf < 0:
            return 0
        if position > self._ends[leaf]:
            if forward:
                return self._points[leaf + 1] if leaf + 1 < len(self._points) else self.points
            position = self._ends[leaf]
        return self._units.to_points(self._first_units[leaf] + position - self._positions[leaf])

    def to_points(self, start: int, end: int) -> tuple[int, int]:
        """Code points of a range of positions; empty (start = end) where it holds no text."""
        first = self.to_point(start, forward=True)
        return first, max(first, self.to_point(end))
