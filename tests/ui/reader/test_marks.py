"""Marks are found by position and stacked where they overlap."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.anchors import Span
from desktop.core.document import Block, BlockKind, Document
from desktop.core.records import Annotation, AnnotationKind
from desktop.ui.reader.marks import Mark, MarkIndex
from desktop.ui.reader.plan import Head, leaves, make_plan
from desktop.ui.reader.positions import PositionMap

TEXT = "слово " * 40
POSITIONS = PositionMap(
    TEXT, leaves(make_plan(Document((Block(BlockKind.PARAGRAPH, TEXT),)), Head("Листок", "", "")))
)
RANGE = st.tuples(st.integers(0, 200), st.integers(1, 39)).map(lambda one: (one[0], one[0] + one[1]))


def mark(name, *ranges):
    spans = tuple(Span(start, end, TEXT[start:end]) for start, end in ranges)
    return Mark(Annotation(name, "a", "c", AnnotationKind.QUOTE, spans), ranges)


@given(st.lists(RANGE, max_size=30), RANGE)
def test_exactly_what_overlaps_is_found(ranges, wanted):
    index = MarkIndex([mark(str(n), one) for n, one in enumerate(ranges)], POSITIONS)
    start, end = POSITIONS.to_range(*wanted)
    found = {one.mark.id for one in index.within(start, end)}
    assert found == {str(n) for n, (a, b) in enumerate(ranges) if a < wanted[1] and b > wanted[0]}


@given(st.lists(RANGE, max_size=30))
def test_stretches_of_one_lane_never_overlap(ranges):
    index = MarkIndex([mark(str(n), one) for n, one in enumerate(ranges)], POSITIONS)
    ends: dict[int, int] = {}
    for one in index.stretches:
        assert one.start >= ends.get(one.lane, 0)
        ends[one.lane] = one.end


def test_an_orphan_is_not_on_the_page_and_neighbours_know_their_order():
    index = MarkIndex([mark("b", (20, 30)), mark("a", (0, 5), (40, 45)), mark("gone")], POSITIONS)
    assert [one.id for one in index.marks] == ["a", "b"]
    assert [(one.mark.id, one.opens) for one in index.stretches] == [("a", True), ("b", True), ("a", False)]
    first = index.get("a")
    assert index.neighbour(first, 1).id == "b" and index.neighbour(first, -1) is None
    assert index.after(5).id == "b" and index.before(20).id == "a"
    assert index.get("gone") is None
