"""A block of text cut where marks and formatting begin and end, for nested and overlapping marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop.core.document import Block, InlineMark, MarkKind
from desktop.core.records import COLOURS, Annotation, AnnotationKind
from desktop.exporting.links import web_address

LANES = 3
# Of marks that were given no colour of their own.
KIND_COLOURS = {
    AnnotationKind.HIGHLIGHT: "yellow",
    AnnotationKind.QUOTE: "blue",
    AnnotationKind.CLAIM: "orange",
    AnnotationKind.NOTE: "green",
}
_TAGS = {
    MarkKind.STRONG: "strong",
    MarkKind.EMPHASIS: "em",
    MarkKind.CODE: "code",
    MarkKind.STRIKE: "s",
    MarkKind.SUPERSCRIPT: "sup",
    MarkKind.SUBSCRIPT: "sub",
}


@dataclass(frozen=True, slots=True)
class LaidMark:
    """One span of an annotation with the lane its underline runs in.

    Attributes:
        start, end: Code points in the canonical text.
        number: The annotation's place in the article, from 1.
        lane: 0 nearest to the text; overlapping marks run in different lanes while there are any.
    """

    start: int
    end: int
    number: int
    colour: str
    lane: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text under one set of marks and formats.

    Attributes:
        numbers: Of the annotations over it, outermost first.
        ends: Of those, the ones whose span ends with this run.
        classes: For the style sheet: ``tint-COLOUR`` of the innermost, ``u0-COLOUR`` by lane.
        tags: HTML elements, outermost first; href of a link that may be followed.
    """

    text: str
    numbers: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    classes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    href: str | None = None


def colour_of(mark: Annotation) -> str:
    """The mark's own colour, else that of its kind; always one of the archive's names."""
    return mark.colour if mark.colour in COLOURS else KIND_COLOURS[mark.kind]


def laid_out(marks: Sequence[Annotation]) -> list[LaidMark]:
    """All spans of an article's annotations in text order, longer ones first, each in a lane."""
    spans = sorted(
        (span.start, -span.end, number, colour_of(mark))
        for number, mark in enumerate(marks, 1)
        for span in mark.spans
        if span.start < span.end
    )
    ends = [0] * LANES
    laid = []
    for start, minus_end, number, colour in spans:
        lane = next((lane for lane in range(LANES) if ends[lane] <= start), LANES - 1)
        ends[lane] = max(ends[lane], -minus_end)
        laid.append(LaidMark(start, -minus_end, number, colour, lane))
    return laid


def runs(
    block: Block, at: int, laid: Sequence[LaidMark], first: int = 0, last: int | None = None
) -> list[Run]:
    """Cut ``block.text[first:last]`` at every boundary.

    Args:
        at: The block's offset in the canonical text.
        laid: The marks that touch the block, as ``touching`` gives them.
    """
    last = len(block.text) if last is None else last
    edges = {first, last}
    for start, end in _spans(block.marks, laid, at):
        edges |= {edge for edge in (start, end) if first < edge < last}
    ordered = sorted(edges)
    return [_run(block, at, laid, start, end) for start, end in pairwise(ordered) if start < end]


def touching(laid: Sequence[LaidMark], start: int, end: int) -> list[LaidMark]:
    """The marks that share at least one code point with the stretch."""
    return [mark for mark in laid if mark.start < end and mark.end > start]


def _spans(formats: Sequence[InlineMark], laid: Sequence[LaidMark], at: int) -> Iterator[tuple[int, int]]:
    yield from ((mark.start, mark.end) for mark in formats)
    yield from ((mark.start - at, mark.end - at) for mark in laid)


def _run(block: Block, at: int, laid: Sequence[LaidMark], start: int, end: int) -> Run:
    over = [mark for mark in laid if mark.start < at + end and mark.end > at + start]
    formats = [mark for mark in block.marks if mark.start < end and mark.end > start]
    links = [web_address(mark.href) for mark in formats if mark.kind is MarkKind.LINK]
    tint = (f"tint-{over[-1].colour}",) if over else ()
    return Run(
        block.text[start:end],
        tuple(mark.number for mark in over),
        tuple(mark.number for mark in over if mark.end == at + end),
        tint + tuple(f"u{mark.lane}-{mark.colour}" for mark in over),
        tuple(dict.fromkeys(_TAGS[mark.kind] for mark in formats if mark.kind in _TAGS)),
        next((link for link in links if link), None),
    )
