"""Where pages stand, which tiles they are made of, and which of these are kept."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, QSize

from desktop.core.pages import Rect
from desktop.importing.pdf.drawing import LARGEST
from desktop.ui.pages.layout import GAP, POINT, SIDE, WIDEST, Fit, PageLayout, fitting
from desktop.ui.pages.tiles import ROUGH, TileCache, rough, tiles_of

A4, A3, SLIP = (595.0, 842.0), (1191.0, 842.0), (300.0, 120.0)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_pages_stand_on_whole_device_pixels_and_do_not_overlap(ratio):
    layout = PageLayout([A4, SLIP, A3], 0.77, ratio, 900)
    boxes = [layout.box(page) for page in range(3)]
    for box, (width, height) in zip(boxes, layout.pixels, strict=True):
        edges = (box.left() * ratio, box.top() * ratio, box.width() * ratio, box.height() * ratio)
        assert all(edge == pytest.approx(round(edge)) for edge in edges)
        assert edges[2:] == pytest.approx((width, height))
    assert all(above.bottom() + GAP / 2 < below.top() for above, below in pairwise(boxes))
    assert layout.width >= boxes[2].width() + 2 * SIDE


def test_pages_are_found_by_height():
    layout = PageLayout([A4] * 5, 1.0, 1.0, 900)
    middle = layout.box(2).center().y()
    assert layout.page_at(middle) == 2 and layout.page_at(-50) == 0 and layout.page_at(1e9) == 4
    assert layout.between(layout.box(1).top(), layout.box(2).top()) == range(1, 3)
    assert layout.between(layout.box(1).bottom() + 2, layout.box(1).bottom() + 4) == range(2, 2)


def test_places_on_a_page_lead_to_the_layout_and_back():
    layout = PageLayout([A4, A4], 1.5, 2.0, 1400)
    box = layout.to_box(1, Rect(100, 200, 180, 212))
    x, y = layout.to_page(1, QPointF(box.left(), box.top()))
    assert (x, y) == pytest.approx((100, 200), abs=0.5)
    assert box.width() == pytest.approx(80 * layout.scale, abs=1)


def test_the_usual_width_decides_not_the_fold_out_map():
    room = QSize(760, 600)
    zoom = fitting([A4, A4, A3], Fit.WIDTH, room, 2)
    assert zoom * POINT * A4[0] == pytest.approx(760 - 2 * SIDE)
    assert fitting([A4], Fit.WIDTH, QSize(9000, 600), 0) == WIDEST
    assert fitting([A3], Fit.PAGE, room, 0) * POINT * A3[0] == pytest.approx(760 - 2 * SIDE)
    assert fitting([], Fit.WIDTH, room, 0) == 1


def test_sizes_that_no_page_has_are_bounded():
    layout = PageLayout([(0.0, -4.0), (1e12, float("inf")), (float("nan"), 1.0)], 1.0, 1.0, 900)
    assert layout.pixels[0] == (1, 1) and max(map(max, layout.pixels)) < 20_000


def test_tiles_cover_what_is_seen_and_little_more():
    pixels = (5000, 7000)
    seen = QRect(1900, 1000, 900, 700)
    tiles = list(tiles_of(3, pixels, seen))
    assert {tile.page for tile in tiles} == {3} and len(tiles) == 4
    covered = sum((QRect(t.left, t.top, t.columns, t.rows) & seen).width() *
                  (QRect(t.left, t.top, t.columns, t.rows) & seen).height() for t in tiles)  # fmt: skip
    assert covered == seen.width() * seen.height()
    assert all(t.columns <= LARGEST and t.rows <= LARGEST for t in tiles)
    last = list(tiles_of(3, pixels, QRect(4999, 6999, 900, 900)))[-1]
    assert (last.left + last.columns, last.top + last.rows) == pixels
    assert list(tiles_of(0, pixels, QRect())) == []


def test_a_rough_tile_is_a_whole_page():
    assert rough(0, (2100, 2970))[1:] == (ROUGH, 594, 0, 0, ROUGH, 594)
    assert rough(0, (100, 50))[1:] == (100, 50, 0, 0, 100, 50)
    assert rough(0, (100, 90_000))[2] == LARGEST


def filled(tile):
    return b"\xff" * (4 * tile.columns * tile.rows)


def test_the_cache_forgets_what_was_not_looked_at_for_longest(qapp):
    tiles = [tile for page in range(4) for tile in tiles_of(page, (500, 500), QRect(0, 0, 500, 500))]
    cache = TileCache(3_000_000)
    for tile in tiles[:3]:
        cache.put(tile, filled(tile))
    assert cache.get(tiles[0]) is not None
    cache.put(tiles[3], filled(tiles[3]))
    assert tiles[1] not in cache and tiles[0] in cache and cache.used <= 3_000_000
    cache.clear()
    assert cache.used == 0 and cache.get(tiles[0]) is None


def test_until_a_page_is_crisp_its_nearest_size_is_shown(qapp):
    cache, area = TileCache(), QRect(0, 0, 9000, 9000)
    coarse = rough(0, (1000, 1400))
    for tile in (coarse, *tiles_of(0, (1000, 1400), area), *tiles_of(0, (3000, 4200), area)):
        cache.put(tile, filled(tile))
    shown = cache.others(0, 1200)
    assert shown[0] == coarse and {tile.width for tile in shown[1:]} == {1000}
    assert cache.others(1, 1200) == []


def test_the_area_of_a_page_is_in_its_own_pixels():
    layout = PageLayout([A4, A4], 1.0, 2.0, 1000)
    box = layout.box(1)
    assert layout.area(1, QRectF(box.left(), box.top() + 10, 5, 5)) == QRect(0, 20, 10, 10)
    assert layout.area(0, box).isEmpty()
