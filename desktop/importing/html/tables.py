"""Tables: which ones hold data rather than the page's layout, and their rows."""

import lxml.html
from lxml import etree

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind
from desktop.importing.html.elements import MARKS, SKIPPED, is_hidden
from desktop.importing.html.formulas import is_rendering, tex_of, written_formula
from desktop.importing.inline import InlineText

_MAX_SPAN = 50
_SHORT = 60
_LAYOUT = "table pre form h1 h2 h3 article section".split()
_PARTED = frozenset("p div br li dt dd h4 h5 h6 tr".split())


def is_data_table(table: lxml.html.HtmlElement) -> bool:
    """Rows of several short cells, or headed ones; a table with tables or long columns is layout.

    A single row counts where its cells are a few words each.
    """
    if table.get("role") == "presentation" or next(table.iterdescendants(*_LAYOUT), None) is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    wide = [row for row in rows if len(row) > 1]
    if next(table.iterdescendants("th", "caption", "thead"), None) is not None:
        return bool(wide) or len(rows) > 1
    if len(rows) == 1:
        return len(wide) == 1 and all(0 < len(cell.text_content().strip()) <= _SHORT for cell in wide[0])
    if len(wide) < 2 or len(wide) * 2 < len(rows):
        return False
    cells = [cell for row in wide[:50] for cell in row]
    return not any(len(cell.text_content()) > 400 or len(cell.findall(".//p")) > 2 for cell in cells)


def row_of(row: lxml.html.HtmlElement, group: int) -> Block:
    """A row as a block, one tab between cells; a cell over several columns is followed by empty ones."""
    parts: list[str] = []
    marks: list[InlineMark] = []
    at = 0
    cells = [cell for cell in row if cell.tag in ("td", "th")]
    for cell in cells:
        text, inner = _cell(cell)
        marks += [InlineMark(at + m.start, at + m.end, m.kind, m.href) for m in inner]
        spanned = [text, *[""] * (_span(cell) - 1)]
        parts += spanned
        at += sum(len(part) + 1 for part in spanned)
    header = bool(cells) and all(cell.tag == "th" for cell in cells)
    return Block(BlockKind.TABLE_ROW, "\t".join(parts), marks=tuple(marks), group=group, header=header)


def _span(cell: lxml.html.HtmlElement) -> int:
    value = cell.get("colspan") or "1"
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() and len(value) < 5 else 1


def _cell(cell: lxml.html.HtmlElement) -> tuple[str, tuple[InlineMark, ...]]:
    words = InlineText()
    walk = etree.iterwalk(cell, events=("start", "end"))
    skipped = None
    for event, node in walk:
        if event == "start":
            if _is_read_apart(node, words):
                skipped = node
                walk.skip_subtree()
                continue
            if node.tag == "a" and (href := (node.get("href") or "").strip()):
                words.open(MarkKind.LINK, href)
            elif mark := MARKS.get(node.tag):
                words.open(mark)
            words.add(" " if node.tag in _PARTED else "")
            words.add(_flat(node.text))
            continue
        if node is not skipped:
            _close(node, words)
        if node is not cell:
            words.add((" " if node.tag in _PARTED else "") + _flat(node.tail))
    return _trimmed(words)


def _is_read_apart(node: lxml.html.HtmlElement, words: InlineText) -> bool:
    """Whether the element is done with: nothing of it is seen, or it is a formula."""
    if node.tag in SKIPPED or is_hidden(node) or (node.tag == "span" and is_rendering(node)):
        return True
    tex = tex_of(node) if node.tag == "math" else written_formula(node) if node.tag == "span" else ""
    if tex:
        words.open(MarkKind.CODE)
        words.add(tex)
        words.close(MarkKind.CODE)
    return bool(tex)


def _close(node: lxml.html.HtmlElement, words: InlineText) -> None:
    if node.tag == "a" and (node.get("href") or "").strip():
        words.close(MarkKind.LINK)
    elif mark := MARKS.get(node.tag):
        words.close(mark)


def _trimmed(words: InlineText) -> tuple[str, tuple[InlineMark, ...]]:
    text, marks = words.take()
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    moved = ((max(m.start - lead, 0), min(m.end - lead, len(text)), m) for m in marks)
    return text, tuple(InlineMark(a, b, m.kind, m.href) for a, b, m in moved if a < b)


def _flat(text: str | None) -> str:
    return (text or "").translate({0x09: " ", 0x0A: " ", 0x0D: " ", 0x0B: " "})
