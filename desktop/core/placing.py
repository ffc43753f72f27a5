"""Annotations on the text that is shown: where they are, and how sure that is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.core.anchors import AnchorState, resolve_all, worst
from desktop.core.records import Annotation


@dataclass(frozen=True, slots=True)
class Placement:
    """One annotation on one text.

    Attributes:
        ranges: (start, end) in code points of that text; of an orphan those spans that were found.
        score: Likeness of the least like span, 0 to 100.
    """

    annotation: Annotation
    ranges: tuple[tuple[int, int], ...]
    state: AnchorState = AnchorState.EXACT
    score: int = 100

    @property
    def sure(self) -> bool:
        """It needs no confirmation."""
        return self.state in (AnchorState.EXACT, AnchorState.TYPOGRAPHIC)


def place(annotation: Annotation, text: str, capture_id: str) -> Placement:
    """Where ``annotation`` is in ``text``, the canonical text of the capture ``capture_id``.

    On the capture that it was made on, its offsets hold; on another one its words are looked for, and
    so are those of a mark that came from another program without a place.
    """
    if annotation.capture_id == capture_id and all(span.placed for span in annotation.spans):
        return Placement(annotation, tuple((span.start, span.end) for span in annotation.spans))
    found = resolve_all(annotation.spans, text)
    ranges = tuple((one.start, one.end) for one in found if one.state is not AnchorState.ORPHAN)
    return Placement(annotation, ranges, worst(found), min((one.score for one in found), default=100))


def place_all(
    annotations: Iterable[Annotation], text: str, capture_id: str, known: Iterable[Placement] = ()
) -> list[Placement]:
    """All of them in text order; orphans come last.

    Args:
        known: What was found in this very text before: only words that were put elsewhere since are
            looked for, for looking through a book takes its time.
    """
    before = {one.annotation.id: one for one in known}
    placed = []
    for annotation in annotations:
        earlier = before.get(annotation.id)
        if earlier is not None and _same_place(earlier.annotation, annotation):
            placed.append(replace(earlier, annotation=annotation))
        else:
            placed.append(place(annotation, text, capture_id))
    return sorted(placed, key=lambda one: (not one.ranges, one.ranges[:1], one.annotation.created_at))


def _same_place(one: Annotation, other: Annotation) -> bool:
    return (one.capture_id, one.spans) == (other.capture_id, other.spans)
