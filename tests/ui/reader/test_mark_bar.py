"""The bar never covers what is selected and never leaves its bounds."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from desktop.ui.reader.mark_bar import place_bar

SIZE = QSize(268, 36)


@st.composite
def selections(draw):
    top, height = draw(st.integers(-400, 900)), draw(st.integers(16, 40))
    lines = []
    for number in range(draw(st.integers(1, 40))):
        left = draw(st.integers(0, 900))
        lines.append(QRect(left, top + number * (height + 4), draw(st.integers(1, 600)), height))
    return lines


@given(selections(), st.integers(100, 1200), st.integers(60, 900))
def test_no_selected_line_is_covered(lines, width, height):
    bounds = QRect(0, 0, width, height)
    spot = place_bar(lines, SIZE, bounds)
    if spot is not None:
        bar = QRect(spot, SIZE)
        assert bounds.contains(bar)
        assert not any(bar.intersects(line) for line in lines)


def test_above_then_below_then_nowhere():
    bounds = QRect(0, 0, 640, 400)
    assert place_bar([QRect(100, 200, 80, 24)], SIZE, bounds).y() == 200 - 6 - 36
    assert place_bar([QRect(100, 10, 80, 24)], SIZE, bounds).y() == 10 + 24 + 6
    assert place_bar([QRect(0, y, 640, 24) for y in range(0, 400, 24)], SIZE, bounds) is None
    assert place_bar([QRect(0, -50, 80, 24)], SIZE, bounds) is None
