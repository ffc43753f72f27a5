"""Cutting a text where marks begin and end."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.anchors import Span
from desktop.core.document import Block, BlockKind, InlineMark, MarkKind
from desktop.core.records import Annotation, AnnotationKind
from desktop.exporting.runs import LANES, laid_out, runs, touching

TEXT = "мост😀 は widely known as the bridge"
ranges = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).filter(lambda r: r[0] < r[1])


def annotations(spans):
    return [
        Annotation(str(n), "a", "c", AnnotationKind.QUOTE, (Span(start, end, TEXT[start:end]),))
        for n, (start, end) in enumerate(spans, 1)
    ]


@given(st.lists(ranges, max_size=8), st.lists(ranges, max_size=4))
def test_runs_join_to_the_text_and_each_mark_to_its_words(spans, formats):
    block = Block(BlockKind.PARAGRAPH, TEXT, marks=tuple(InlineMark(*r, MarkKind.STRONG) for r in formats))
    laid = laid_out(annotations(spans))
    cut = runs(block, 0, touching(laid, 0, len(TEXT)))
    assert "".join(run.text for run in cut) == TEXT
    for number, (start, end) in enumerate(spans, 1):
        assert "".join(run.text for run in cut if number in run.numbers) == TEXT[start:end]
        assert [number in run.ends for run in cut].count(True) == 1


@given(st.lists(ranges, max_size=3))
def test_up_to_three_overlapping_marks_never_share_a_lane(spans):
    laid = laid_out(annotations(spans))
    for a in laid:
        for b in laid:
            assert a is b or a.lane != b.lane or a.end <= b.start or b.end <= a.start
    assert all(entry.lane < LANES for entry in laid)


def test_a_mark_across_blocks_is_cut_at_their_edges():
    laid = laid_out(annotations([(2, 8)]))
    first, second = Block(BlockKind.PARAGRAPH, TEXT[:5]), Block(BlockKind.PARAGRAPH, TEXT[6:])
    assert [run.text for run in runs(first, 0, laid)] == [TEXT[:2], TEXT[2:5]]
    assert [run.text for run in runs(second, 6, laid)] == [TEXT[6:8], TEXT[8:]]
