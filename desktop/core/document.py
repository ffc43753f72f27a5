"""The one document model: blocks with inline marks over one canonical text.

Every importer ends in a ``Document``; the reader, the exporters, the index and the anchors read
it. Its canonical text is the blocks' text joined by line feeds, in NFC, and is never edited
afterwards. All offsets are code points.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTE = "quote"
    CODE = "code"
    TABLE_ROW = "table_row"
    IMAGE = "image"


class MarkKind(StrEnum):
    STRONG = "strong"
    EMPHASIS = "emphasis"
    LINK = "link"
    CODE = "code"
    STRIKE = "strike"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"


@dataclass(frozen=True, slots=True)
class InlineMark:
    """Formatting of a stretch of one block.

    Attributes:
        start, end: Code points within the block's text.
        href: The target, of links only.
    """

    start: int
    end: int
    kind: MarkKind
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One line of structure.

    Attributes:
        text: In NFC. Only code blocks hold line feeds; cells of a table row are parted by tabs;
            an image's text is its caption, or empty.
        level: 1-6 for headings; depth from 1 for list items and quotes; else 0.
        group: Adjoining blocks with the same number above 0 form one list, table or quotation.
        number: The ordinal of an item of a numbered list; None for bullets and everything else.
        header: True for a table's heading row.
        src, alt: An image's address as the page gave it (never loaded by the reader) and its
            alternative text.
    """

    kind: BlockKind
    text: str
    level: int = 0
    marks: tuple[InlineMark, ...] = ()
    group: int = 0
    number: int | None = None
    header: bool = False
    src: str | None = None
    alt: str | None = None

    @property
    def cells(self) -> list[str]:
        """The cells of a table row."""
        return self.text.split("\t")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of the thing cited; Dublin Core terms in brackets.

    Attributes:
        title: [title] None where nothing was found.
        byline: [creator] People or desks, as the source spells them.
        publisher: [publisher] The outlet.
        published_at: [date] ISO 8601: a year, a month, a date, or a date with time; with its
            offset when the source gives one.
        date_is_guess: The date was inferred from the text or the file, not declared.
        language: [language] BCP 47 primary subtag, e.g. ``uk``.
        language_confidence: In thousandths, 0 where unknown.
        url: [identifier] The canonical address.
        identifier: [identifier] What else names the thing itself, as a URI: ``doi:``, ``urn:isbn:``,
            ``mid:`` (a message, RFC 2392).
    """

    title: str | None = None
    byline: tuple[str, ...] = ()
    publisher: str | None = None
    published_at: str | None = None
    date_is_guess: bool = False
    language: str | None = None
    language_confidence: int = 0
    url: str | None = None
    description: str | None = None
    identifier: str | None = None


@dataclass(frozen=True)
class Document:
    """Blocks and what is known about them; make one with ``build``."""

    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)

    @classmethod
    def build(cls, blocks: Iterable[Block], metadata: Metadata | None = None) -> "Document":
        """Normalise blocks from an importer: NFC, white space, empty blocks left out."""
        tidy = (tidy_block(block) for block in blocks)
        kept = tuple(block for block in tidy if block.text.strip() or block.kind is BlockKind.IMAGE)
        return cls(kept, metadata or Metadata())

    @property
    def text(self) -> str:
        """The canonical text."""
        return "\n".join(block.text for block in self.blocks)

    def starts(self) -> list[int]:
        """The code-point offset in the canonical text at which each block begins."""
        offsets, at = [], 0
        for block in self.blocks:
            offsets.append(at)
            at += len(block.text) + 1
        return offsets

    def layout_json(self) -> str:
        """The structure without the text, as the archive keeps it beside the canonical text."""
        return json.dumps(
            [_block_layout(block) for block in self.blocks], ensure_ascii=False, separators=(",", ":")
        )

    @classmethod
    def from_layout(cls, text: str, layout: str, metadata: Metadata | None = None) -> "Document":
        """The inverse of ``text`` and ``layout_json``.

        Raises:
            ValueError: The layout does not cover the text exactly.
        """
        blocks, at = [], 0
        for entry in json.loads(layout):
            end = at + entry["n"]
            blocks.append(_block_from_layout(entry, text[at:end]))
            at = end + 1
        if at != len(text) + 1 and (blocks or text):
            raise ValueError(f"layout covers {at - 1} of {len(text)} code points")
        return cls(tuple(blocks), metadata or Metadata())


_SPACES = re.compile(r"[^\S\t]+")
_LINES = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"\r\n?")
# Controls that mean nothing in a text; tab and line feed are handled by kind, joiners are kept.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def tidy_block(block: Block) -> Block:
    """The block in NFC with single spaces, its marks moved along.

    Code keeps its spaces and line feeds, table rows keep the tabs between their cells.
    """
    if block.kind is BlockKind.CODE:
        if not block.marks:
            block = replace(block, text=block.text.strip("\r\n"))
        return _rewritten(block, [(_LINE_ENDS, "\n"), (_CONTROLS, "")])
    if block.kind is BlockKind.TABLE_ROW:
        return _rewritten(block, [(_CONTROLS, ""), (_SPACES, " ")], strip=False)
    return _rewritten(block, [(_CONTROLS, ""), (_LINES, " ")], strip=True)


def _rewritten(
    block: Block,
    rules: Sequence[tuple[re.Pattern[str], str]],
    *,
    strip: bool = False,
) -> Block:
    """Apply the rules and NFC to the text and carry every mark's boundaries along."""
    new, boundaries = _apply(
        block.text, rules, sorted({edge for mark in block.marks for edge in (mark.start, mark.end)})
    )
    lead = len(new) - len(new.lstrip(" ")) if strip else 0
    new = new.strip(" ") if strip else new
    marks = []
    for mark in block.marks:
        start = min(max(boundaries[mark.start] - lead, 0), len(new))
        end = min(max(boundaries[mark.end] - lead, 0), len(new))
        if start < end:
            marks.append(replace(mark, start=start, end=end))
    return replace(block, text=new, marks=tuple(marks))


def _apply(
    text: str, rules: Sequence[tuple[re.Pattern[str], str]], edges: list[int]
) -> tuple[str, dict[int, int]]:
    def clean(part: str) -> str:
        for pattern, by in rules:
            part = pattern.sub(by, part)
        return unicodedata.normalize("NFC", part)

    whole = clean(text)
    # A boundary's new place is the length of the cleaned text before it: exact except inside a
    # combining sequence or a run of spaces, where it falls to the end of the sequence. What lies
    # before a point that cleaning cannot reach across is cleaned once for all boundaries.
    places: dict[int, int] = {}
    at = length = 0
    for edge in edges:
        point = _point_apart(text, at, edge)
        length += len(clean(text[at:point]))
        at = point
        places[edge] = min(length + len(clean(text[at:edge])), len(whole))
    return whole, places


def _point_apart(text: str, low: int, high: int) -> int:
    """The last place up to ``high`` between letters that never become one; ``low`` where none is."""
    for point in range(min(high, len(text) - 1), low, -1):
        if _stands_apart(text[point - 1]) and _stands_apart(text[point]):
            return point
    return low


def _stands_apart(char: str) -> bool:
    # Conjoining jamo are letters, and yet they compose.
    return char.isalnum() and not "\u1100" <= char <= "\u11ff" and not unicodedata.combining(char)


def _block_layout(block: Block) -> dict[str, Any]:
    optional = {"l": block.level, "g": block.group, "h": block.header, "s": block.src, "a": block.alt}
    entry: dict[str, Any] = {"k": str(block.kind), "n": len(block.text)}
    entry |= {key: value for key, value in optional.items() if value}
    if block.number is not None:
        entry["i"] = block.number
    if block.marks:
        entry["m"] = [[m.start, m.end, str(m.kind), *([m.href] if m.href else [])] for m in block.marks]
    return entry


def _block_from_layout(entry: dict[str, Any], text: str) -> Block:
    marks = tuple(
        InlineMark(m[0], m[1], MarkKind(m[2]), m[3] if len(m) > 3 else None) for m in entry.get("m", ())
    )
    return Block(
        BlockKind(entry["k"]),
        text,
        level=entry.get("l", 0),
        marks=marks,
        group=entry.get("g", 0),
        number=entry.get("i"),
        header=bool(entry.get("h", False)),
        src=entry.get("s"),
        alt=entry.get("a"),
    )
