"""The tiles of which pages are put together, and those that are kept."""

from collections import OrderedDict
from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from desktop.operations.pages import LARGEST, Tile

ROWS = 1024  # pixels of a tile's height: what is in view comes before the rest of the page
ROOM = 128 * 1024 * 1024  # bytes that are kept
ROUGH = 420  # pixels across: what a page shows until it is crisp


def tiles_of(page: int, pixels: tuple[int, int], area: QRect) -> Iterator[Tile]:
    """The tiles of a page that meet an area of it, in device pixels, from the top."""
    width, height = pixels
    area = area.intersected(QRect(0, 0, width, height))
    for top in range(area.top() // ROWS * ROWS, area.bottom() + 1, ROWS):
        for left in range(area.left() // LARGEST * LARGEST, area.right() + 1, LARGEST):
            columns, rows = min(LARGEST, width - left), min(ROWS, height - top)
            yield Tile(page, width, height, left, top, columns, rows)


def rough(page: int, pixels: tuple[int, int]) -> Tile:
    """A whole page in one small tile."""
    width, height = pixels
    scale = min(1.0, ROUGH / width, LARGEST / height)
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    return Tile(page, across, down, 0, 0, across, down)


class TileCache:
    """Keeps the tiles that were used last.

    Args:
        room: Bytes at most.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._used = room, 0
        self._kept: OrderedDict[Tile, tuple[QImage, bytes]] = OrderedDict()

    def __contains__(self, tile: Tile) -> bool:
        return tile in self._kept

    def put(self, tile: Tile, pixels: bytes) -> None:
        """Keep a tile; those that were not looked at for longest make room."""
        if tile in self._kept:
            return
        image = QImage(pixels, tile.columns, tile.rows, 4 * tile.columns, QImage.Format.Format_RGB32)
        self._kept[tile] = image, pixels  # the image uses the bytes where they are
        self._used += len(pixels)
        while self._used > self._room and len(self._kept) > 1:
            self._used -= len(self._kept.popitem(last=False)[1][1])

    def get(self, tile: Tile) -> QImage | None:
        if tile not in self._kept:
            return None
        self._kept.move_to_end(tile)
        return self._kept[tile][0]

    def others(self, page: int, width: int) -> list[Tile]:
        """Tiles of a page at another width: what there is of the nearest one, else the rough one."""
        found = [tile for tile in self._kept if tile.page == page and tile.width != width]
        whole = [tile for tile in found if (tile.columns, tile.rows) == (tile.width, tile.height)]
        base = min(whole, key=lambda tile: abs(tile.width - width), default=None)
        nearest = min((tile.width for tile in found), key=lambda one: abs(one - width), default=0)
        finer = [tile for tile in found if tile.width == nearest and tile != base]
        return ([base] if base else []) + finer

    def clear(self) -> None:
        self._kept.clear()
        self._used = 0

    @property
    def used(self) -> int:
        """Bytes."""
        return self._used
