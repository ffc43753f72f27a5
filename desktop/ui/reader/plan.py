"""What the page shows, leaf by leaf, before any of it is laid out. Knows no Qt.

A leaf is one paragraph of the page: a block, a line of code, a cell, a piece of an endless
paragraph, or a line of the article's head that is not in the canonical text at all. Every leaf is
shown with exactly as many UTF-16 units as it has in the canonical text, so that offsets hold.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from desktop.core.document import Block, BlockKind, Document, InlineMark
from desktop.core.sortkeys import name_key

LONGEST = 6_000  # code points of one leaf: Qt lays a paragraph out as a whole
_TABLE_LETTERS = 46  # of a column of ordinary width that a table may fill
CELLS_AT_ONCE = 80  # of one Qt table, for the same reason


class Role(StrEnum):
    KICKER = "kicker"
    TITLE = "title"
    UNTITLED = "untitled"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    CELL = "cell"
    IMAGE = "image"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One paragraph of the page.

    Attributes:
        text: As it is shown; see ``shown``.
        start: Its first code point in the canonical text; None for what is not in that text.
        block: The block it belongs to; None for the head and for gaps.
        marks: Inline formatting, in code points of this leaf.
        first, last: Whether it begins and ends its run of like blocks (a quotation, a list, code).
        continued: It goes on with the block that the leaf before it began.
        column: Of cells.
    """

    role: Role
    text: str
    start: int | None = None
    block: Block | None = None
    marks: tuple[InlineMark, ...] = ()
    first: bool = True
    last: bool = True
    continued: bool = False
    column: int = 0

    @property
    def rtl(self) -> bool:
        """Whether its first strong character is written from right to left."""
        for char in self.text[:200]:
            direction = unicodedata.bidirectional(char)
            if direction in ("L", "R", "AL"):
                return direction != "L"
        return False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of one table, shown as one table; a long table is several sheets.

    Attributes:
        cells: Row by row, ``len(widths)`` a row; missing ones are empty and have no ``start``.
        widths: Shares of the columns, in hundredths of the sheet's width.
        width: The sheet's share of the measure, in hundredths.
        first, last: Whether the table begins and ends here.
    """

    cells: tuple[Leaf, ...]
    widths: tuple[float, ...]
    width: float
    first: bool
    last: bool


@dataclass(frozen=True)
class Head:
    """The lines above the text; empty ones are left out."""

    kicker: str = ""
    title: str = ""
    byline: str = ""
    untitled: str = ""


Element = Leaf | Sheet

# Characters that Qt takes for the structure of its document, or cannot show: one for one.
_UNSAFE = {
    **dict.fromkeys(map(ord, "\n\r\u2028\u2029\x85"), "\u2028"),
    **dict.fromkeys([0xFDD0, 0xFDD1, 0xFFFC, 0xFFFE, 0xFFFF, 0], "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0xFEFF: "\u200b",  # PySide takes it for a byte-order mark and drops it
}
_BEFORE_DASH = re.compile(r" (?=[—–] )")


def shown(text: str) -> str:
    """The text for the page: as long as it was in code points and in UTF-16 units.

    Characters that would break Qt's document are exchanged, and a dash never begins a line.
    """
    return _BEFORE_DASH.sub("\u00a0", text.translate(_UNSAFE))


def make_plan(document: Document, head: Head) -> list[Element]:
    """The page of a document from top to bottom; a table never comes first nor after a table."""
    starts = document.starts()
    body = list(_body(document, starts))
    title = Leaf(Role.TITLE, head.title) if head.title else Leaf(Role.UNTITLED, head.untitled)
    if body and _is_title(body[0], head.title):
        title, body = _as_title(body[0]), body[1:]
    side = "\u200f" if title.rtl else ""  # dates and sites stand on the side of the title
    above = [Leaf(Role.KICKER, side + shown(head.kicker))] if head.kicker else []
    below = [Leaf(Role.BYLINE, side + shown(head.byline))] if head.byline else []
    return list(_parted([*above, *([title] if title.text else []), *below, *body]))


def leaves(plan: list[Element]) -> Iterator[Leaf]:
    """The leaves in the order in which they stand on the page."""
    for element in plan:
        if isinstance(element, Sheet):
            yield from element.cells
        else:
            yield element


def _is_title(element: Element, title: str) -> bool:
    return (
        bool(title)
        and isinstance(element, Leaf)
        and element.role is Role.HEADING
        and not element.continued
        and name_key(element.text) == name_key(title)
    )


def _as_title(element: Element) -> Leaf:
    assert isinstance(element, Leaf)
    return Leaf(Role.TITLE, element.text, element.start, element.block, element.marks)


def _parted(elements: list[Element]) -> Iterator[Element]:
    """Empty leaves where two tables meet or a table begins or ends the page: Qt needs them.

    And where a picture follows a table: Qt gives no room above a paragraph that stands there.
    """
    table_before = True
    for element in elements:
        if table_before and (isinstance(element, Sheet) or element.role is Role.IMAGE):
            yield Leaf(Role.GAP, "")
        table_before = isinstance(element, Sheet)
        yield element
    if table_before:
        yield Leaf(Role.GAP, "")


def _body(document: Document, starts: list[int]) -> Iterator[Element]:
    numbered = list(zip(document.blocks, starts, strict=True))
    for _, run in groupby(numbered, key=lambda one: (one[0].kind, one[0].group)):
        blocks = list(run)
        if blocks[0][0].kind is BlockKind.TABLE_ROW:
            yield from _sheets(blocks)
        else:
            yield from _run(blocks)


_ROLES = {
    BlockKind.HEADING: Role.HEADING,
    BlockKind.PARAGRAPH: Role.PARAGRAPH,
    BlockKind.LIST_ITEM: Role.ITEM,
    BlockKind.QUOTE: Role.QUOTE,
    BlockKind.CODE: Role.CODE,
    BlockKind.IMAGE: Role.IMAGE,
}


def _run(blocks: list[tuple[Block, int]]) -> Iterator[Leaf]:
    pieces = [(block, start, a, b) for block, start in blocks for a, b in _pieces(block)]
    for number, (block, start, a, b) in enumerate(pieces):
        yield Leaf(
            _ROLES[block.kind],
            shown(block.text[a:b]),
            start + a,
            block,
            _within(block.marks, a, b),
            first=number == 0,
            last=number == len(pieces) - 1,
            continued=a > 0,
        )


def _within(marks: tuple[InlineMark, ...], start: int, end: int) -> tuple[InlineMark, ...]:
    """The marks of a block cut to a piece of it and counted from its start."""
    cut = (
        InlineMark(max(0, m.start - start), min(m.end, end) - start, m.kind, m.href)
        for m in marks
        if m.start < end and m.end > start
    )
    return tuple(mark for mark in cut if mark.start < mark.end)


def _pieces(block: Block) -> Iterator[tuple[int, int]]:
    """Where a block falls into leaves: at line feeds, and where it is too long, at a space.

    The line feed or space takes the place of the border between two paragraphs of Qt.
    """
    at = 0
    for line in block.text.split("\n"):
        end = at + len(line)
        while end - at > LONGEST:
            cut = _cut(block.text, at)
            yield at, cut
            at = cut + 1 if block.text[cut] == " " else cut
        yield at, end
        at = end + 1


def _cut(text: str, start: int) -> int:
    """A place to part an endless paragraph: a sentence's end, a space, or no combining character."""
    low, high = start + LONGEST // 2, start + LONGEST
    for ends in (". ", "。", " "):
        at = text.rfind(ends, low, high)
        if at >= 0:
            return at + 1 if ends != " " else at
    at = high
    while at > low and (
        unicodedata.combining(text[at]) or text[at] in "\u200d\ufe0f" or text[at - 1] == "\u200d"
    ):
        at -= 1
    return at


def _sheets(rows: list[tuple[Block, int]]) -> Iterator[Sheet]:
    columns = max(len(block.cells) for block, _ in rows)
    widths, width = _widths([block.cells for block, _ in rows], columns)
    step = max(4, CELLS_AT_ONCE // columns)
    for at in range(0, len(rows), step):
        part = rows[at : at + step]
        cells = tuple(cell for block, start in part for cell in _cells(block, start, columns))
        yield Sheet(cells, widths, width, first=at == 0, last=at + step >= len(rows))


def _cells(block: Block, start: int, columns: int) -> Iterator[Leaf]:
    at, texts = 0, block.cells
    for column, text in enumerate(texts):
        marks = _within(block.marks, at, at + len(text))
        yield Leaf(Role.CELL, shown(text), start + at, block, marks, column=column)
        at += len(text) + 1
    for column in range(len(texts), columns):
        yield Leaf(Role.CELL, "", None, block, column=column)


def _widths(rows: list[list[str]], columns: int) -> tuple[tuple[float, ...], float]:
    """Column shares by their longest cells and words, none starved and none greedy; and the whole width."""
    need = [4.0] * columns
    for row in rows:
        for column, text in enumerate(row):
            word = max(map(len, text[:200].split()), default=0)
            need[column] = max(need[column], min(_breadth(text), 36) + 3, min(word, 18) * 1.2 + 4)
    total = sum(need)
    return tuple(100 * one / total for one in need), min(100.0, max(30.0, 100 * total / _TABLE_LETTERS))


def _breadth(text: str) -> int:
    """Its width in Latin letters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text[:40])
