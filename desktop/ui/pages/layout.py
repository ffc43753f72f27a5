"""Where pages stand below each other. Lengths of the layout are logical pixels, of a page points."""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import accumulate

from PySide6.QtCore import QPointF, QRect, QRectF, QSize

from desktop.core.pages import Rect
from desktop.operations.pages import Tile
from desktop.ui.pages.tiles import tiles_of

GAP, SIDE = 16, 32  # between pages; beside the widest of them, where the marks have their glyphs
POINT = 96 / 72  # pixels of a point at 100 %
ZOOMS = (0.1, 8.0)  # of 1 for 100 %
WIDEST = 1.5  # a page grows no further by itself, however wide the window is
STEP = 1.2  # of one key or one notch of the wheel
_LONGEST = 14_400.0  # points of a side: no PDF viewer allows more


class Fit(StrEnum):
    """What decides how large pages are."""

    WIDTH = "width"
    PAGE = "page"
    ZOOM = "zoom"


class PageLayout:
    """All pages at one size, on whole device pixels.

    Args:
        sizes: Width and height of each page in points.
        zoom: 1 for 100 %.
        ratio: Device pixels of a logical one.
        width: Of the room for them.
    """

    def __init__(self, sizes: Sequence[tuple[float, float]], zoom: float, ratio: float, width: int) -> None:
        self.zoom, self.ratio = zoom, ratio
        self.scale = zoom * POINT  # logical pixels of a point
        device = self.scale * ratio
        self.pixels = [(_pixels(w * device), _pixels(h * device)) for w, h in map(bounded, sizes)]
        gap = round(GAP * ratio)
        self._tops = list(accumulate((height + gap for _, height in self.pixels), initial=gap))
        widest = max((across for across, _ in self.pixels), default=0)
        self.width = max(width, math.ceil(widest / ratio) + 2 * SIDE if widest else 0)
        self.height = round(self._tops[-1] / ratio)

    def __len__(self) -> int:
        return len(self.pixels)

    def box(self, page: int) -> QRectF:
        """Where a page stands."""
        across, down = self.pixels[page]
        left = round((self.width * self.ratio - across) / 2) / self.ratio
        return QRectF(left, self._tops[page] / self.ratio, across / self.ratio, down / self.ratio)

    def page_at(self, y: float) -> int:
        """The page at a height; in a gap the one above it."""
        return min(max(bisect_right(self._tops, y * self.ratio) - 1, 0), max(len(self) - 1, 0))

    def between(self, top: float, bottom: float) -> range:
        """The pages of which something stands between two heights."""
        if not self.pixels:
            return range(0)
        first = self.page_at(top)
        if self.box(first).bottom() < top:
            first += 1
        return range(first, min(self.page_at(bottom) + 1, len(self)))

    def area(self, page: int, seen: QRectF) -> QRect:
        """What is seen of a page, in device pixels of it."""
        box = self.box(page)
        part = seen.intersected(box).translated(-box.topLeft())
        if part.isEmpty():
            return QRect()
        ratio = self.ratio
        return QRectF(
            part.left() * ratio, part.top() * ratio, part.width() * ratio, part.height() * ratio
        ).toAlignedRect()

    def tiles(self, page: int, area: QRect) -> Iterator[Tile]:
        """The tiles that meet an area of a page."""
        return tiles_of(page, self.pixels[page], area)

    def to_box(self, page: int, rect: Rect) -> QRectF:
        """A rectangle of a page, widened to whole device pixels."""
        box, ratio = self.box(page), self.ratio
        left, top = box.left() + rect.left * self.scale, box.top() + rect.top * self.scale
        right, bottom = box.left() + rect.right * self.scale, box.top() + rect.bottom * self.scale
        x, y = round(left * ratio - 0.5) / ratio, round(top * ratio - 0.5) / ratio
        return QRectF(x, y, round(right * ratio + 0.5) / ratio - x, round(bottom * ratio + 0.5) / ratio - y)

    def to_page(self, page: int, spot: QPointF) -> tuple[float, float]:
        """A point of the layout in points of a page."""
        box = self.box(page)
        return (spot.x() - box.left()) / self.scale, (spot.y() - box.top()) / self.scale


def bounded(size: tuple[float, float]) -> tuple[float, float]:
    """A page that can be laid out, whatever its file says."""
    width, height = (min(max(side, 1.0), _LONGEST) if math.isfinite(side) else _LONGEST for side in size)
    return width, height


def fitting(sizes: Sequence[tuple[float, float]], fit: Fit, room: QSize, page: int) -> float:
    """The zoom at which the usual page, or with ``Fit.PAGE`` a whole page, fits into the room."""
    if not sizes:
        return 1.0
    width, height = bounded(sizes[min(page, len(sizes) - 1)])
    if fit is Fit.WIDTH:
        usual = Counter(round(bounded(size)[0]) for size in sizes).most_common(1)[0][0]
        return limited(min((room.width() - 2 * SIDE) / (usual * POINT), WIDEST))
    across, down = (room.width() - 2 * SIDE) / width, (room.height() - 2 * GAP) / height
    return limited(min(across, down) / POINT)


def limited(zoom: float) -> float:
    return min(max(zoom, ZOOMS[0]), ZOOMS[1])


def _pixels(length: float) -> int:
    return max(1, round(length))
