"""Comments, highlights and tracked changes of word processors, as marks."""

from collections.abc import Mapping

from desktop.core.extraction import FoundMark
from desktop.core.records import AnnotationKind
from desktop.importing.colours import nearest_colour
from desktop.importing.office.flow import Flow
from desktop.importing.reading import Marked, Place

_INSERTED = "Inserted"
_WHITE = 248  # of 255; nobody sees a colour there


def comment(words: str, creator: str, created_at: str) -> FoundMark:
    return FoundMark(AnnotationKind.NOTE, "", note=words, creator=creator, created_at=created_at)


def highlight(colour: str) -> FoundMark:
    return FoundMark(AnnotationKind.HIGHLIGHT, "", colour=colour)


def inserted(creator: str, created_at: str) -> FoundMark:
    """A tracked insertion; its words are in the text."""
    return comment(f"{_INSERTED} by {creator}" if creator else _INSERTED, creator, created_at)


def deleted(words: str, creator: str, created_at: str) -> FoundMark:
    """A tracked deletion; its words are no longer in the text."""
    who = f"Deleted by {creator}" if creator else "Deleted"
    return comment(f"{who}: “{words}”", creator, created_at)


def marked(flow: Flow, marks: Mapping[str, FoundMark]) -> tuple[Marked, ...]:
    """The marks by their keys in the flow, in the order of the text; those without words come last.

    A highlight without words, or an insertion of none, is left out: it said how the next words
    would look.
    """
    ends = (len(flow.blocks), 0, 0)
    found = [Marked(mark, _worded(flow, key)) for key, mark in marks.items()]
    found = [one for one in found if one.places or _is_remark(one.mark)]
    return tuple(sorted(found, key=lambda one: one.places[0] if one.places else ends))


def _worded(flow: Flow, key: str) -> tuple[Place, ...]:
    places = flow.places.get(key, ())
    return tuple((block, a, b) for block, a, b in places if flow.blocks[block].text[a:b].strip())


def _is_remark(mark: FoundMark) -> bool:
    return mark.kind is AnnotationKind.NOTE and not mark.note.startswith(_INSERTED)


def colour_of(rgb: str) -> str | None:
    """The nearest of our colours to six hex digits; None for white and for what is no colour."""
    try:
        red, green, blue = (int(rgb.lstrip("#")[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return None
    return None if min(red, green, blue) >= _WHITE else nearest_colour(red, green, blue)
