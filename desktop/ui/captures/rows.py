"""A comparison as rows: sentences side by side, and runs of unchanged ones folded. Knows no Qt."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.core.anchors import AnchorState
from desktop.core.comparing import Comparison, Fate, Passage, PassageKind, Range
from desktop.core.records import AnnotationKind
from desktop.operations.captures import CarriedMark

_BESIDE = 1  # unchanged sentences that stay in sight around a change


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One sentence; hits are code points of the row's own words.

    Attributes:
        number: Of the passage in the comparison.
    """

    number: int
    kind: PassageKind
    old: str = ""
    new: str = ""
    old_hits: tuple[Range, ...] = ()
    new_hits: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class FoldRow:
    """Unchanged sentences that are not shown, from ``first`` on."""

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark and what became of it.

    Attributes:
        old, new: Its words as they were marked, and as they stand in the new text.
        ranges: Where they stand there, in code points.
    """

    annotation: str
    kind: AnnotationKind
    fate: Fate
    state: AnchorState
    confirmed: bool
    old: str
    new: str
    ranges: tuple[Range, ...]


Row = PassageRow | FoldRow


def passage_rows(comparison: Comparison, *, folded: bool, opened: Iterable[int] = ()) -> list[Row]:
    """All sentences, or the changed ones with one neighbour each and folds between them.

    Args:
        opened: First passages of folds that a person has opened.
    """
    passages = comparison.passages
    if not folded:
        return [_row(comparison, number, passage) for number, passage in enumerate(passages)]
    shown = _shown(passages)
    rows: list[Row] = []
    for first, count, hidden in _runs(shown):
        if hidden and first not in set(opened):
            rows.append(FoldRow(first, count))
        else:
            numbers = range(first, first + count)
            rows += [_row(comparison, number, passages[number]) for number in numbers]
    return rows


def _shown(passages: tuple[Passage, ...]) -> list[bool]:
    shown = [False] * len(passages)
    for number, passage in enumerate(passages):
        if passage.kind is not PassageKind.SAME:
            for near in range(max(0, number - _BESIDE), min(len(passages), number + _BESIDE + 1)):
                shown[near] = True
    return shown


def _runs(shown: list[bool]) -> Iterator[tuple[int, int, bool]]:
    """(first, count, hidden) of every run; a single hidden sentence is shown instead of its fold."""
    first = 0
    while first < len(shown):
        last = first
        while last < len(shown) and shown[last] == shown[first]:
            last += 1
        count = last - first
        yield first, count, not shown[first] and count > 1
        first = last


def _row(comparison: Comparison, number: int, passage: Passage) -> PassageRow:
    old, new = passage.old, passage.new
    return PassageRow(
        number,
        passage.kind,
        comparison.old_text[slice(*old)] if old else "",
        comparison.new_text[slice(*new)] if new else "",
        _within(passage.old_words, old),
        _within(passage.new_words, new),
    )


def _within(found: tuple[Range, ...], sentence: Range | None) -> tuple[Range, ...]:
    start = sentence[0] if sentence else 0
    return tuple((a - start, b - start) for a, b in found)


def mark_rows(marks: Iterable[CarriedMark], new_text: str) -> list[MarkRow]:
    """What has to be decided first, then in text order."""
    rows = [
        MarkRow(
            one.placement.annotation.id,
            one.placement.annotation.kind,
            one.fate,
            one.placement.state,
            one.confirmed,
            one.placement.annotation.exact,
            " … ".join(new_text[start:end] for start, end in one.placement.ranges),
            one.placement.ranges,
        )
        for one in marks
    ]
    order = (Fate.CHANGED, Fate.GONE, Fate.MOVED, Fate.KEPT)
    return sorted(rows, key=lambda row: (row.confirmed, order.index(row.fate)))
