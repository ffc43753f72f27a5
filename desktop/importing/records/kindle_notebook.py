"""The notebook of one book as the Kindle applications export it: a page of headings and passages."""

import re
from collections.abc import Iterator
from dataclasses import replace

import lxml.html

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import FoundMark
from desktop.core.records import AnnotationKind
from desktop.importing.html.parsing import parse_html
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.kindle import identifier
from desktop.importing.records.record import Passage, Record, RecordPart, highlight, remark

EXTRACTOR = "kindle-notebook/1"
_KINDS = ("bookTitle", "authors", "sectionHeading", "noteHeading", "noteText")
_COLOUR = re.compile(r"highlight_(\w+)")


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record: the book.

    Raises:
        ImportFailed: ``malformed``: the book has no title.
    """
    parts = list(_parts(parse_html(text)))
    title = next((words for kind, words, _ in parts if kind == "bookTitle"), "")
    if not title:
        raise ImportFailed(material.name, "malformed", "no title of a book")
    line = next((words for kind, words, _ in parts if kind == "authors"), "")
    names = line.split(";") if ";" in line else re.split(r"\s+and\s+", line)
    authors = tuple(name for one in names if (name := values.person(one)))
    metadata = Metadata(title=title, byline=authors, identifier=identifier(title, authors))
    record = Record(metadata, material.data, ".html")
    record.passages, record.notes = _marks(parts)
    yield record


def _parts(tree: lxml.html.HtmlElement) -> Iterator[tuple[str, str, lxml.html.HtmlElement]]:
    """What each element is, in the order of the page, and its words.

    Old exports nest a heading in the text before it: then its words are not the text's.
    """
    for node in tree.iter("div", "h1", "h2", "h3", "span"):
        kind = next((name for name in (node.get("class") or "").split() if name in _KINDS), None)
        if kind:
            yield kind, _own_words(node), node


def _own_words(node: lxml.html.HtmlElement) -> str:
    parts = [node.text or ""]
    for child in node:
        if not set((child.get("class") or "").split()) & set(_KINDS):
            parts.append(child.text_content() if isinstance(child.tag, str) else "")
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def _marks(parts: list[tuple[str, str, lxml.html.HtmlElement]]) -> tuple[list[Passage], list[FoundMark]]:
    passages: list[Passage] = []
    notes: list[FoundMark] = []
    chapter, heading, is_note, colour = "", "", False, None
    for kind, words, node in parts:
        if kind == "sectionHeading":
            chapter = words
        elif kind == "noteHeading":
            found = next(
                (match for one in node.iter() if (match := _COLOUR.search(one.get("class") or ""))), None
            )
            colour = values.colour(found[1]) if found else None
            heading, is_note = words, found is None
        elif kind == "noteText" and words:
            if not is_note:
                mark = highlight(words, colour=colour)
                passages.append(Passage(mark, _place(heading), chapter))
            elif passages and _follows(heading, passages[-1]):
                passages[-1] = _with_note(passages[-1], words)
            else:
                notes.append(remark(f"{_place(heading)}: {words}" if _place(heading) else words))
    return passages, notes


def _place(heading: str) -> str:
    """What the heading says after its kind: ``Highlight (yellow) - Page 12 · Location 345``."""
    _, dash, place = heading.partition(" - ")
    return place.strip(" >") if dash else ""


def _numbers(place: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", place)]


def _follows(heading: str, passage: Passage) -> bool:
    """Whether a note stands where the passage before it does; its location is where that ends."""
    note, mark = _numbers(_place(heading)), _numbers(passage.place)
    return bool(note) and bool(mark) and (note[0] == mark[0] or 0 <= note[-1] - mark[-1] <= 20)


def _with_note(passage: Passage, note: str) -> Passage:
    joined = f"{passage.mark.note}\n\n{note}".strip()
    return replace(passage, mark=replace(passage.mark, note=joined, kind=AnnotationKind.HIGHLIGHT))
