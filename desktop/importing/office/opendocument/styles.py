"""What the styles and list styles of an OpenDocument text make of its paragraphs and words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from desktop.core.document import BlockKind, MarkKind
from desktop.importing.office.flow import PLAIN
from desktop.importing.office.opendocument.names import FO, STYLE, TEXT, number
from desktop.importing.office.remarks import colour_of

_DEEPEST = 20
_ESCAPED = re.compile(r"_([0-9a-f]{1,4})_")
_HEADING = re.compile(r"heading (\d{1,2})")
_KINDS = {
    "quotations": BlockKind.QUOTE,
    "quote": BlockKind.QUOTE,
    "block quotation": BlockKind.QUOTE,
    "preformatted text": BlockKind.CODE,
    "source code": BlockKind.CODE,
    "caption": BlockKind.IMAGE,
    "illustration": BlockKind.IMAGE,
    "figure": BlockKind.IMAGE,
}
_CODE_WORDS = ("source text", "teletype", "user entry", "verbatim char")
_SHIFTED = {"super": MarkKind.SUPERSCRIPT, "sub": MarkKind.SUBSCRIPT}


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it is based on.

    Attributes:
        kind: What its paragraphs are; None for plain ones.
        level: Of headings.
        title: It is the style of the document's title.
        marks: What its words are.
        colour: The colour behind its words.
        hidden: Its words are not shown.
    """

    kind: BlockKind | None = None
    level: int = 0
    title: bool = False
    marks: frozenset[MarkKind] = PLAIN
    colour: str | None = None
    hidden: bool = False


class Styles:
    """Of one document: its own and those of its template part."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._nodes: dict[tuple[str, str], etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        self._known: dict[tuple[str, str], Style] = {}
        for root in roots:
            for node in root.iter(f"{STYLE}style"):
                key = (node.get(f"{STYLE}family") or "", node.get(f"{STYLE}name") or "")
                self._nodes.setdefault(key, node)
            for node in root.iter(f"{TEXT}list-style"):
                self._lists.setdefault(node.get(f"{STYLE}name") or "", node)

    def style(self, family: str, name: str | None) -> Style:
        """``paragraph`` or ``text``; an unknown one says nothing."""
        key = (family, name or "")
        if key not in self._known:
            self._known[key] = self._read(*key)
        return self._known[key]

    def list_of(self, name: str | None) -> str | None:
        """The list style that a paragraph style brings along."""
        node = self._nodes.get(("paragraph", name or ""))
        return node.get(f"{STYLE}list-style-name") if node is not None else None

    def start(self, list_style: str | None, level: int) -> int | None:
        """The first number of a list at a level, from 1; None where it has bullets."""
        node = self._lists.get(list_style or "")
        for form in node if node is not None else ():
            if number(form.get(f"{TEXT}level"), 0, 20) == level:
                counted = form.tag == f"{TEXT}list-level-style-number" and form.get(f"{STYLE}num-format")
                return number(form.get(f"{TEXT}start-value"), 1, 1_000_000) if counted else None
        return None

    def _chain(self, family: str, name: str) -> Iterator[tuple[str, etree._Element | None]]:
        for _ in range(_DEEPEST):
            node = self._nodes.get((family, name))
            shown = node.get(f"{STYLE}display-name") if node is not None else None
            yield (shown or _ESCAPED.sub(lambda m: chr(int(m[1], 16)), name)).lower(), node
            name = (node.get(f"{STYLE}parent-style-name") or "") if node is not None else ""
            if not name:
                return

    def _read(self, family: str, name: str) -> Style:
        chain = list(self._chain(family, name))
        kind, level = _kind_of(chain) if family == "paragraph" else (None, 0)
        marks, colour, hidden = PLAIN, None, False
        for shown, node in reversed(chain):
            properties = node.find(f"{STYLE}text-properties") if node is not None else None
            if family == "text":
                marks |= {MarkKind.CODE} if shown in _CODE_WORDS else PLAIN
                marks |= {MarkKind.STRONG} if shown == "strong emphasis" else PLAIN
                marks |= {MarkKind.EMPHASIS} if shown == "emphasis" else PLAIN
            if properties is not None:
                marks = _marks_of(properties, marks) if family == "text" else marks
                colour = _colour_of(properties, colour)
                hidden = properties.get(f"{TEXT}display", "true") == "none" or hidden
        return Style(kind, level, any(shown == "title" for shown, _ in chain), marks, colour, hidden)


def _kind_of(chain: list[tuple[str, etree._Element | None]]) -> tuple[BlockKind | None, int]:
    for shown, node in chain:
        if match := _HEADING.fullmatch(shown):
            return BlockKind.HEADING, min(max(int(match[1]), 1), 6)
        if shown in ("title", "subtitle"):
            return BlockKind.HEADING, 1 if shown == "title" else 2
        if kind := _KINDS.get(shown):
            return kind, 1 if kind is BlockKind.QUOTE else 0
        level = number(node.get(f"{STYLE}default-outline-level"), 0, 6) if node is not None else 0
        if level:
            return BlockKind.HEADING, level
    return None, 0


def _marks_of(properties: etree._Element, before: frozenset[MarkKind]) -> frozenset[MarkKind]:
    marks = set(before)
    weight, slope = properties.get(f"{FO}font-weight"), properties.get(f"{FO}font-style")
    struck, place = (
        properties.get(f"{STYLE}text-line-through-style"),
        properties.get(f"{STYLE}text-position"),
    )
    for given, on, kind in (
        (weight, weight not in ("normal", "100", "200", "300", "400", "500"), MarkKind.STRONG),
        (slope, slope in ("italic", "oblique"), MarkKind.EMPHASIS),
        (struck, struck != "none", MarkKind.STRIKE),
    ):
        if given is not None:
            (marks.add if on else marks.discard)(kind)
    if place is not None:
        marks -= set(_SHIFTED.values())
        shift = place.split(" ")[0]
        up = shift.removesuffix("%").lstrip("-").isdecimal() and shift not in ("0%", "0")
        shift = ("sub" if shift.startswith("-") else "super") if up else shift
        marks |= {_SHIFTED[shift]} if shift in _SHIFTED else set()
    return frozenset(marks)


def _colour_of(properties: etree._Element, before: str | None) -> str | None:
    named = properties.get(f"{FO}background-color")
    if named is None:
        return before
    colour = colour_of(named) if named.startswith("#") else None
    return None if colour == "grey" else colour
