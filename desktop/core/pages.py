"""Where the words of a canonical text stand on the pages they were read from.

A ``PageMap`` leads from code points to places on a page and back, so that one mark shows in the
text and on the page. It holds only words that are in the canonical text; page furniture that was
left out cannot be selected.

Lengths are in points (1/72 inch) from the top left corner of the page as it is shown: its crop box
and its rotation are applied already.
"""

import json
import struct
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise
from typing import overload

TENTHS = 10  # edges are kept in tenths of a point


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle on a page, in points."""

    left: float
    top: float
    right: float
    bottom: float

    def united(self, other: "Rect") -> "Rect":
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def distance(self, x: float, y: float) -> float:
        """Squared distance of a point; 0 inside."""
        across = max(self.left - x, 0.0, x - self.right)
        down = max(self.top - y, 0.0, y - self.bottom)
        return across * across + down * down


@dataclass(frozen=True, slots=True)
class PageLine:
    """A stretch of the canonical text that stands in one line of one page.

    Attributes:
        page: Counted from 0.
        start: Its first code point in the canonical text.
        char: The number of its first character on the page, as PDFium counts them; -1 where the
            page has none (words that were recognised in a picture). The others follow it.
        edges: One more than it has code points: where each begins and the last one ends, in tenths
            of a point from the left (of vertical lines from the top).
        near, far: Its top and bottom (of vertical lines its left and right), in tenths of a point.
        vertical: It runs from top to bottom.
    """

    page: int
    start: int
    char: int
    edges: Sequence[int]
    near: int
    far: int
    vertical: bool = False

    @property
    def end(self) -> int:
        """The code point after its last one."""
        return self.start + len(self.edges) - 1

    def rect(self, start: int, end: int) -> Rect:
        """Where the code points ``start`` to ``end`` of the canonical text stand, as far as they are here."""
        first = self.edges[max(start, self.start) - self.start]
        last = self.edges[min(end, self.end) - self.start]
        low, high = sorted((first / TENTHS, last / TENTHS))
        near, far = self.near / TENTHS, self.far / TENTHS
        return Rect(near, low, far, high) if self.vertical else Rect(low, near, high, far)

    def offset_at(self, x: float, y: float) -> int:
        """The code point whose edge is nearest to a point."""
        place = (y if self.vertical else x) * TENTHS
        nearest = min(range(len(self.edges)), key=lambda index: abs(self.edges[index] - place))
        return self.start + nearest


@dataclass(frozen=True)
class PageMap:
    """All pages of a capture.

    Attributes:
        sizes: Width and height of each page.
        lines: In the order of ``start``; they do not overlap.
    """

    sizes: tuple[tuple[float, float], ...]
    lines: tuple[PageLine, ...] = field(default=())

    def rects(self, start: int, end: int) -> list[tuple[int, Rect]]:
        """Page and place of every line's part of a stretch, in text order."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end)
        return [
            (line.page, line.rect(start, end))
            for line in self.lines[max(first, 0) : last]
            if line.start < end and line.end > start
        ]

    def lines_of(self, page: int) -> list[PageLine]:
        return self._by_page.get(page, [])

    def range_of(self, page: int) -> tuple[int, int] | None:
        """The first and the last code point of a page's words; None where it has none."""
        lines = self.lines_of(page)
        return (min(line.start for line in lines), max(line.end for line in lines)) if lines else None

    def page_of(self, offset: int) -> int:
        """The page of a code point, or of the nearest words before it."""
        index = bisect_right(self._starts, offset) - 1
        return self.lines[max(index, 0)].page if self.lines else 0

    def offset_at(self, page: int, x: float, y: float) -> int | None:
        """The code point nearest to a point of a page; None where the page has no words."""
        lines = self.lines_of(page)
        if not lines:
            return None
        nearest = min(lines, key=lambda line: line.rect(line.start, line.end).distance(x, y))
        return nearest.offset_at(x, y)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def _by_page(self) -> dict[int, list[PageLine]]:
        pages: dict[int, list[PageLine]] = {}
        for line in self.lines:
            pages.setdefault(line.page, []).append(line)
        return pages

    def pack(self) -> bytes:
        """As the archive keeps it: a JSON head and 32-bit differences, compressed."""
        numbers: list[int] = []
        before = 0
        for line in self.lines:
            steps = [after - edge for edge, after in pairwise(line.edges)]
            numbers += (line.page, line.start - before, line.char, line.near, line.far, int(line.vertical))
            numbers += (len(steps), line.edges[0], *steps)
            before = line.end
        head = json.dumps({"v": 1, "sizes": self.sizes, "lines": len(self.lines)}).encode()
        body = struct.pack(f"<I{len(numbers)}i", len(head), *numbers)
        return zlib.compress(body[:4] + head + body[4:], 6)

    @classmethod
    def unpack(cls, data: bytes) -> "PageMap":
        """The inverse of ``pack``.

        Raises:
            ValueError: The bytes are no packed map.
        """
        try:
            content = zlib.decompress(data)
            (length,) = struct.unpack_from("<I", content)
            head = json.loads(content[4 : 4 + length])
            body = content[4 + length :]
            numbers = _numbers(body)
            lines = tuple(_lines(numbers, head["lines"]))
            return cls(tuple((float(width), float(height)) for width, height in head["sizes"]), lines)
        except (zlib.error, struct.error, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"not a page map: {error}") from error


class _Edges(Sequence[int]):
    """Edges that are summed up when first asked for: a book has millions, a screen some thousands."""

    __slots__ = ("_first", "_from", "_length", "_steps", "_summed")

    def __init__(self, steps: "array[int]", start: int, length: int, first: int) -> None:
        self._steps, self._from, self._length, self._first = steps, start, length, first
        self._summed: tuple[int, ...] = ()

    def __len__(self) -> int:
        return self._length + 1

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        if not self._summed:
            steps = self._steps[self._from : self._from + self._length]
            self._summed = tuple(accumulate(steps, initial=self._first))
        return self._summed[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self[:])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self[:] == tuple(other)

    def __hash__(self) -> int:
        return hash(self[:])


def _numbers(body: bytes) -> "array[int]":
    """32-bit numbers; an array, for a book has millions and as objects they would take a second."""
    numbers = array("i", body)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _lines(numbers: "array[int]", count: int) -> Iterable[PageLine]:
    before = at = 0
    for _ in range(count):
        page, ahead, char, near, far, vertical, length, first = numbers[at : at + 8]
        at += 8 + length
        if length < 0 or at > len(numbers):
            raise ValueError("a line is cut short")
        edges = _Edges(numbers, at - length, length, first)
        line = PageLine(page, before + ahead, char, edges, near, far, bool(vertical))
        before = line.end
        yield line
