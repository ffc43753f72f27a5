"""The map between a canonical text and its pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.pages import PageLine, PageMap, Rect

# "Мост открыт" on the first page, "завтра" on the second, a vertical "渡船" beside it.
MAP = PageMap(
    ((595.0, 842.0), (842.0, 595.0)),
    (
        PageLine(0, 0, 0, (1000, 1100, 1200, 1300, 1400), 500, 620),
        PageLine(0, 5, 6, (1500, 1600, 1700, 1800, 1900, 2000, 2100), 500, 620),
        PageLine(1, 12, 0, (100, 200, 300, 400, 500, 600, 700), 900, 1000),
        PageLine(1, 19, -1, (100, 220, 340), 4000, 4120, vertical=True),
    ),
)


def test_a_stretch_has_a_place_on_every_line_it_touches():
    assert MAP.rects(2, 7) == [(0, Rect(120, 50, 140, 62)), (0, Rect(150, 50, 170, 62))]
    assert [page for page, _ in MAP.rects(8, 14)] == [0, 1]
    assert MAP.rects(4, 5) == []  # the space between the words


def test_vertical_lines_run_downwards():
    assert MAP.rects(19, 20) == [(1, Rect(400, 10, 412, 22))]
    assert MAP.offset_at(1, 405, 30) == 21


def test_a_point_leads_to_the_nearest_letter():
    assert MAP.offset_at(0, 121, 55) == 2
    assert MAP.offset_at(0, 129, 900) == 3
    assert MAP.offset_at(0, 0, 0) == 0
    assert PageMap(((10, 10),)).offset_at(0, 1, 1) is None


def test_pages_and_offsets_lead_to_each_other():
    assert [MAP.page_of(at) for at in (0, 4, 11, 12, 100)] == [0, 0, 0, 1, 1]
    assert MAP.range_of(1) == (12, 21)
    assert MAP.range_of(7) is None


def test_a_map_is_packed_and_unpacked():
    assert PageMap.unpack(MAP.pack()) == MAP


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.integers(0, 5),
            st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_any_map_comes_back(drawn):
    lines, at = [], 0
    for page, gap, edges, vertical in drawn:
        lines.append(PageLine(page, at + gap, 0, tuple(edges), -5, 70_000, vertical))
        at = lines[-1].end
    found = PageMap(((1.5, 2.25),), tuple(lines))
    assert PageMap.unpack(found.pack()) == found


@pytest.mark.parametrize("data", [b"", b"nonsense", MAP.pack()[:-9]])
def test_what_is_no_map_is_refused(data):
    with pytest.raises(ValueError, match="not a page map"):
        PageMap.unpack(data)
