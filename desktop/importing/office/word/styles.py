"""What Word's styles and lists make of a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from desktop.core.document import BlockKind, MarkKind
from desktop.importing.office.flow import PLAIN
from desktop.importing.office.word.package import W, value, whole

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|contents) \d", re.IGNORECASE)
_QUOTES = ("quote", "intense quote", "block text", "block quote", "blockquote", "quotations", "quotation")
_CODES = (
    "html preformatted", "source code", "preformatted text", "macro text", "macro", "code", "listing",
    "code block", "verbatim",
)  # fmt: skip
_CODE_WORDS = ("html code", "html keyboard", "html sample", "html typewriter", "verbatim char", "source text")
_DEEPEST = 20
_TOGGLES = {
    f"{W}b": MarkKind.STRONG,
    f"{W}i": MarkKind.EMPHASIS,
    f"{W}strike": MarkKind.STRIKE,
    f"{W}dstrike": MarkKind.STRIKE,
}
_SHIFTED = {"superscript": MarkKind.SUPERSCRIPT, "subscript": MarkKind.SUBSCRIPT}


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it is based on.

    Attributes:
        kind: What its paragraphs are; None where their own properties tell.
        level: Of headings.
        contents: Its paragraphs are a table of contents, made from the headings.
        title: It is the style of the document's title.
        list: The list that its paragraphs are items of, and at which level, from 0.
        marks: What its words are.
    """

    kind: BlockKind | None = None
    level: int = 0
    contents: bool = False
    title: bool = False
    list: tuple[str, int] | None = None
    marks: frozenset[MarkKind] = PLAIN


_NONE = Style()


class Styles:
    """The styles of a document; ``root`` is that of ``styles.xml``."""

    def __init__(self, root: etree._Element | None) -> None:
        nodes = root.iterfind(f"{W}style") if root is not None else ()
        self._nodes = {value(node, "styleId"): node for node in nodes}
        self._known: dict[str, Style] = {}

    def style(self, key: str) -> Style:
        """By its identifier; an unknown one says nothing."""
        if key not in self._known:
            self._known[key] = self._read(key) if key in self._nodes else _NONE
        return self._known[key]

    def _chain(self, key: str) -> Iterator[etree._Element]:
        for _ in range(_DEEPEST):
            if (node := self._nodes.get(key)) is None:
                return
            yield node
            key = value(node.find(f"{W}basedOn"))

    def _read(self, key: str) -> Style:
        chain = list(self._chain(key))
        names = [" ".join(value(node.find(f"{W}name")).split()).lower() for node in chain]
        kind, level = _kind_of(names, chain)
        marks = PLAIN
        if value(chain[0], "type") == "character":
            for node in reversed(chain):
                marks = marks_of(node.find(f"{W}rPr"), marks)
            marks |= {MarkKind.CODE} if any(name in _CODE_WORDS for name in names) else PLAIN
        return Style(
            kind,
            level,
            contents=any(map(_CONTENTS.fullmatch, names)),
            title=names[0] == "title",
            list=_list_of(chain),
            marks=marks,
        )


def _kind_of(names: list[str], chain: list[etree._Element]) -> tuple[BlockKind | None, int]:
    for name, node in zip(names, chain, strict=True):
        if match := _HEADING.fullmatch(name):
            return BlockKind.HEADING, min(max(int(match[1]), 1), 6)
        if name in ("title", "subtitle"):
            return BlockKind.HEADING, 1 if name == "title" else 2
        if name in _QUOTES:
            return BlockKind.QUOTE, 1
        if name in _CODES:
            return BlockKind.CODE, 0
        if name == "caption":
            return BlockKind.IMAGE, 0
        if level := outline_level(node.find(f"{W}pPr")):
            return BlockKind.HEADING, level
    return None, 0


def outline_level(properties: etree._Element | None) -> int:
    """The heading level that paragraph properties give, 1-6; 0 where they give none."""
    node = properties.find(f"{W}outlineLvl") if properties is not None else None
    level = whole(value(node), 9)
    return min(level + 1, 6) if 0 <= level < 9 else 0


def _list_of(chain: list[etree._Element]) -> tuple[str, int] | None:
    for node in chain:
        if (found := list_in(node.find(f"{W}pPr"))) is not None:
            return found
    return None


def list_in(properties: etree._Element | None) -> tuple[str, int] | None:
    """The list and the level, from 0, that paragraph properties name; list ``0`` is no list."""
    node = properties.find(f"{W}numPr") if properties is not None else None
    if node is None or (number := node.find(f"{W}numId")) is None:
        return None
    return value(number), min(max(whole(value(node.find(f"{W}ilvl"))), 0), 8)


def marks_of(properties: etree._Element | None, before: frozenset[MarkKind] = PLAIN) -> frozenset[MarkKind]:
    """The formatting that run properties give, on top of what holds already."""
    if properties is None:
        return before
    marks = before
    for node in properties:
        tag = node.tag
        if (kind := _TOGGLES.get(tag)) is not None:
            marks = marks | {kind} if is_on(node) else marks - {kind}
        elif tag == f"{W}vertAlign":
            marks -= {MarkKind.SUPERSCRIPT, MarkKind.SUBSCRIPT}
            marks |= {_SHIFTED[value(node)]} if value(node) in _SHIFTED else PLAIN
    return marks


def is_on(node: etree._Element | None) -> bool:
    """Whether a toggle is there and not switched off."""
    return node is not None and value(node).lower() not in ("0", "false", "off")


@dataclass(slots=True)
class _Level:
    start: int
    counted: bool
    blank: bool = False


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document, and how far each has counted; ``root`` is that of ``numbering.xml``.

    Lists of one abstract list count on, unless one of them says where it starts.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        linked = {value(node.find(f"{W}styleLink")): node for node in root.iterfind(f"{W}abstractNum")}
        for node in root.iterfind(f"{W}abstractNum"):
            link = value(node.find(f"{W}numStyleLink"))
            source = linked.get(link) if link else None
            levels = (source if source is not None else node).iterfind(f"{W}lvl")
            made = {whole(value(level, "ilvl")): _level(level) for level in levels}
            self._lists[value(node, "abstractNumId")] = _List(made)
        for node in root.iterfind(f"{W}num"):
            key = value(node, "numId")
            self._abstract[key] = value(node.find(f"{W}abstractNumId"))
            for change in node.iterfind(f"{W}lvlOverride"):
                if (start := change.find(f"{W}startOverride")) is not None:
                    self._starts[key, whole(value(change, "ilvl"))] = whole(value(start), 1)

    def item(self, key: str, level: int) -> tuple[str, int | None] | None:
        """The next item of a list: what its items have in common, and its number; None for no list."""
        if key not in self._abstract:
            return None
        abstract = self._abstract[key]
        known = self._lists.setdefault(abstract, _List())
        form = known.levels.get(level, _Level(1, counted=False))
        if form.blank:  # a further paragraph of the item before it
            return None
        start = self._starts.pop((key, level), None)
        if start is None:
            start = known.counts[level] + 1 if level in known.counts else form.start
        known.counts = {deep: count for deep, count in known.counts.items() if deep < level} | {level: start}
        return abstract, start if form.counted else None


def _level(node: etree._Element) -> _Level:
    form = value(node.find(f"{W}numFmt")) or "decimal"
    label = node.find(f"{W}lvlText")
    shown = value(label) if label is not None else "%"
    plain = form in ("bullet", "none")
    start = whole(value(node.find(f"{W}start")), 1)
    return _Level(start, counted=not plain and "%" in shown, blank=plain and not shown.strip())
