"""Where annotations are on a text, and that what was found is not looked for again."""

from dataclasses import replace

import pytest

from desktop.core import placing
from desktop.core.anchors import AnchorState, Span
from desktop.core.placing import Placement, place_all
from desktop.core.records import Annotation, AnnotationKind

TEXT = "Мост закроют в марте.\nПаром вместо моста пойдёт весной."


def mark(name: str, words: str, **fields) -> Annotation:
    """One that was made elsewhere: its words are known and its place is not."""
    return Annotation(name, "article", "capture", AnnotationKind.QUOTE, (Span(0, 0, words),), **fields)


@pytest.fixture
def looked_for(monkeypatch):
    """The annotations that were looked for."""
    found: list[str] = []

    def place(annotation: Annotation, *rest) -> Placement:
        found.append(annotation.id)
        return original(annotation, *rest)

    original = placing.place
    monkeypatch.setattr(placing, "place", place)
    return found


def test_known_places_are_kept_and_the_records_are_new(looked_for):
    marks = [mark("a", "Паром вместо моста"), mark("b", "Мост закроют"), mark("c", "слова, которых нет")]
    known = place_all(marks, TEXT, "capture")
    looked_for.clear()
    again = place_all([replace(one, note="Да") for one in marks], TEXT, "capture", known)
    assert looked_for == []
    assert [one.annotation.id for one in again] == ["b", "a", "c"]
    assert [(one.ranges, one.state, one.score) for one in again] == [
        (one.ranges, one.state, one.score) for one in known
    ]
    assert {one.annotation.note for one in again} == {"Да"}
    assert again[-1].state is AnchorState.ORPHAN


def test_a_mark_with_other_words_is_looked_for_again(looked_for):
    known = place_all([mark("a", "Паром вместо моста"), mark("b", "Мост")], TEXT, "capture")
    looked_for.clear()
    moved = [mark("a", "весной"), mark("b", "Мост"), mark("new", "марте")]
    again = place_all(moved, TEXT, "capture", known)
    assert looked_for == ["a", "new"]
    at = TEXT.index("весной")
    assert next(one.ranges for one in again if one.annotation.id == "a") == ((at, at + 6),)


def test_a_mark_of_another_capture_now_is_looked_for_again(looked_for):
    one = mark("a", "Мост")
    known = place_all([one], TEXT, "capture")
    looked_for.clear()
    place_all([replace(one, capture_id="other")], TEXT, "capture", known)
    assert looked_for == ["a"]
