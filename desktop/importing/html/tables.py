"""Tables: which ones hold data rather than the page's layout, and their rows."""

from collections.abc import Callable

import lxml.html
from lxml import etree

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind
from desktop.importing.inline import InlineText

_MAX_SPAN = 50


def is_data_table(table: lxml.html.HtmlElement) -> bool:
    """Rows of several short cells, or headed ones; a table with tables or long columns is layout."""
    if table.get("role") == "presentation" or next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    wide = [row for row in rows if len(row) > 1]
    if next(table.iterdescendants("th", "caption"), None) is not None:
        return bool(wide) or len(rows) > 1
    if len(wide) < 2 or len(wide) * 2 < len(rows):
        return False
    cells = [cell for row in wide[:50] for cell in row]
    long = sum(len(cell.text_content()) > 400 or len(cell.findall(".//p")) > 2 for cell in cells)
    return long == 0


def row_of(row: lxml.html.HtmlElement, group: int, link: Callable[[str | None], str | None]) -> Block:
    """A row as a block, one tab between cells; a cell over several columns is followed by empty ones."""
    parts: list[str] = []
    marks: list[InlineMark] = []
    at = 0
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    for cell in cells:
        text, inner = _cell(cell, link)
        marks += [InlineMark(at + m.start, at + m.end, m.kind, m.href) for m in inner]
        spanned = [text, *[""] * (_span(cell) - 1)]
        parts += spanned
        at += sum(len(part) + 1 for part in spanned)
    header = bool(cells) and all(cell.tag == "th" for cell in cells)
    return Block(BlockKind.TABLE_ROW, "\t".join(parts), marks=tuple(marks), group=group, header=header)


def _span(cell: lxml.html.HtmlElement) -> int:
    value = cell.get("colspan") or "1"
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() else 1


_MARKS = {"b": MarkKind.STRONG, "strong": MarkKind.STRONG, "i": MarkKind.EMPHASIS, "em": MarkKind.EMPHASIS}
_APART = ("p", "div", "br", "li")
_SILENT = ("script", "style", "template")


def _cell(
    cell: lxml.html.HtmlElement, link: Callable[[str | None], str | None]
) -> tuple[str, tuple[InlineMark, ...]]:
    words = InlineText()
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node.tag in _SILENT:
                walk.skip_subtree()
                continue
            if node.tag == "a" and (href := link(node.get("href"))):
                words.open(MarkKind.LINK, href)
            elif mark := _MARKS.get(node.tag):
                words.open(mark)
            words.add(" " if node.tag in _APART else "")
            words.add(_flat(node.text))
        else:
            if node.tag == "a":
                words.close(MarkKind.LINK)
            elif mark := _MARKS.get(node.tag):
                words.close(mark)
            if node is not cell:
                words.add(_flat(node.tail))
    text, marks = words.take()
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    moved = ((max(m.start - lead, 0), min(m.end - lead, len(text)), m) for m in marks)
    return text, tuple(InlineMark(a, b, m.kind, m.href) for a, b, m in moved if a < b)


def _flat(text: str | None) -> str:
    return (text or "").translate({0x09: " ", 0x0A: " ", 0x0D: " ", 0x0B: " "})
