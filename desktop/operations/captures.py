"""The captures of an article: comparing two, choosing the one that is read, carrying marks over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.core.anchors import AnchorState
from desktop.core.comparing import Comparison, Fate, compare, fate, proposed_place
from desktop.core.errors import NotFound
from desktop.core.placing import Placement, place_all
from desktop.core.records import Capture, Changes
from desktop.operations.passages import Range, spans_of
from desktop.operations.words import counted
from desktop.store import annotations, articles, captures
from desktop.store.archive import Archive
from desktop.store.history import operation


@dataclass(frozen=True)
class CarriedMark:
    """A mark of an article on one of its captures.

    Attributes:
        placement: Where its words are there, and how sure that is.
        fate: What became of it since the capture that it was made on.
        confirmed: It stands on that capture by a person's word, or was made there.
    """

    placement: Placement
    fate: Fate
    confirmed: bool


@dataclass(frozen=True)
class CapturesCompared:
    """Two captures of an article and what became of its marks, in the order of the new text."""

    old: Capture
    new: Capture
    comparison: Comparison
    marks: tuple[CarriedMark, ...]

    def count(self, kind: Fate) -> int:
        return sum(mark.fate is kind for mark in self.marks)


def compare_captures(archive: Archive, old_id: str, new_id: str) -> CapturesCompared:
    """Compare two captures of one article.

    Raises:
        NotFound: One is not there, or they are of different articles.
    """
    with archive.snapshot():
        old, new = captures.capture(archive, old_id), captures.capture(archive, new_id)
        if old.article_id != new.article_id:
            raise NotFound("capture", new_id)
        found = annotations.annotations_of(archive, new.article_id)
    comparison = compare(old.text, new.text)
    marks = tuple(
        CarriedMark(
            placed := _proposed(one, old, comparison),
            _fate(placed, old, comparison),
            placed.annotation.capture_id == new.id and placed.sure,
        )
        for one in place_all(found, new.text, new.id)
    )
    return CapturesCompared(old, new, comparison, marks)


def _proposed(one: Placement, old: Capture, comparison: Comparison) -> Placement:
    """A mark whose words were not found, on what became of its sentence, for a person to decide."""
    annotation = one.annotation
    if one.state is not AnchorState.ORPHAN or annotation.capture_id != old.id:
        return one
    places = [proposed_place(comparison, span.start, span.end) for span in annotation.spans]
    found = tuple(place for place in places if place is not None)
    return replace(one, ranges=found, state=AnchorState.FUZZY) if len(found) == len(places) else one


def _fate(one: Placement, old: Capture, comparison: Comparison) -> Fate:
    """Marks of a third capture, or of the new one, have no place in the old text to be compared with."""
    if one.annotation.capture_id == old.id:
        return fate(one, comparison)
    if not one.ranges:
        return Fate.GONE
    return Fate.KEPT if one.sure else Fate.CHANGED


def confirm_marks(archive: Archive, capture_id: str, places: Mapping[str, Sequence[Range]]) -> Changes:
    """Put marks on these words of a capture, as one step: by annotation, its ranges in code points.

    Raises:
        NotFound: A mark or the capture is not there, or they are of different articles.
        ValueError: A range is not a stretch of the text.
    """
    capture = captures.capture(archive, capture_id)
    found = annotations.annotations(archive, list(places))
    if len(found) != len(places) or any(one.article_id != capture.article_id for one in found):
        raise NotFound("annotation", ", ".join(places))
    with operation(archive, f"Confirm {counted(len(found), 'mark')}") as step:
        for one in found:
            spans = spans_of(capture.text, places[one.id])
            annotations.set_fields(archive, [one.id], {"capture_id": capture_id})
            annotations.set_spans(archive, one.id, spans)
    return step.changes


def read_capture(archive: Archive, capture_id: str) -> Changes:
    """Make a capture the one that its article is read in.

    Raises:
        NotFound
    """
    capture = captures.capture(archive, capture_id)
    with operation(archive, "Change capture") as step:
        articles.set_current_capture(archive, capture.article_id, capture_id)
    return step.changes
