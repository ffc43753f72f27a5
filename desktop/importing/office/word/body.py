"""The walk over a Word document's body."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from desktop.core.document import BlockKind, MarkKind
from desktop.core.times import utc
from desktop.importing.office.flow import PARAGRAPH, PLAIN, Flow, Shape, Table
from desktop.importing.office.links import safe_link
from desktop.importing.office.ranges import Marker
from desktop.importing.office.remarks import colour_of
from desktop.importing.office.symbols import symbol, unsymbolled
from desktop.importing.office.word.chunks import included_blocks
from desktop.importing.office.word.fields import Fields, link_of
from desktop.importing.office.word.formulas import formula_words
from desktop.importing.office.word.package import Package, R, Relation, W, value, whole
from desktop.importing.office.word.styles import (
    Numbering,
    Styles,
    is_on,
    list_in,
    marks_of,
    outline_level,
)
from desktop.importing.xml import local

_HIGHLIGHTS = {
    "yellow": "yellow", "darkYellow": "yellow", "green": "green", "darkGreen": "green", "cyan": "teal",
    "darkCyan": "teal", "blue": "blue", "darkBlue": "blue", "magenta": "pink", "darkMagenta": "violet",
    "red": "red", "darkRed": "red", "darkGray": "grey", "lightGray": "grey", "black": "grey",
}  # fmt: skip
_SILENT = {
    "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "rPrChange",
    "proofErr", "bookmarkStart", "bookmarkEnd", "instrText", "delText", "delInstrText", "fldChar",
    "lastRenderedPageBreak", "footnoteRef", "endnoteRef", "annotationRef", "separator", "smartTagPr",
    "customXmlPr", "continuationSeparator", "pgNum", "control", "rt",
}  # fmt: skip
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_DEEPEST_TABLE = 10
_LONG_CELL, _MANY_PARAGRAPHS = 1500, 8


@dataclass
class Body:
    """Writes a document into a flow.

    Attributes:
        marker: It ends with a mark for each highlight and tracked change.
        pictures: The members of the package that are shown, in order.
        relations: What the part that is being read refers to.
        ranged: The comments whose range has an end.
        headline: The words of the first paragraph in the title's style.
        notes: Footnotes and endnotes, by kind and identifier, in the order of the first references.
    """

    package: Package
    styles: Styles
    numbering: Numbering
    flow: Flow
    marker: Marker
    fields: Fields
    relations: dict[str, Relation]
    ranged: frozenset[str] = frozenset()
    headline: str = ""
    pictures: dict[str, None] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _boxes: list[etree._Element] = field(default_factory=list)
    _hrefs: list[str | None] = field(default_factory=list)
    _marks: frozenset[MarkKind] = PLAIN
    _shape: Shape | None = None
    _tables: int = 0

    def blocks(self, parent: etree._Element) -> None:
        """Every paragraph and table in an element."""
        for node in parent:
            self._block(node)

    def _block(self, node: etree._Element) -> None:
        tag = local(node)
        if tag == "p":
            self._paragraph(node)
        elif tag == "tbl":
            self._table(node)
        elif tag == "AlternateContent":
            self.blocks(_chosen(node))
        elif tag == "altChunk":
            self._chunk(node)
        elif tag in _ALSO_BETWEEN_BLOCKS:
            self._inline(node)
        elif tag and tag not in _SILENT:
            self.blocks(node)

    def _chunk(self, node: etree._Element) -> None:
        """A page that the document includes as it is."""
        relation = self.relations.get(node.get(f"{R}id") or "")
        if relation is not None and not relation.external and relation.target in self.package.zip:
            self.flow.include(included_blocks(self.package.zip.read(relation.target)))

    def note(self, node: etree._Element, number: int) -> None:
        """A footnote: an item of the list of notes; its further paragraphs follow it."""
        self._shape = Shape(BlockKind.LIST_ITEM, 1, number, "notes")
        self.blocks(node)
        self._shape = None

    # paragraphs

    def _paragraph(self, node: etree._Element) -> None:
        if not len(node):
            return
        shape = self._shape_of(node.find(f"{W}pPr"))
        if shape is None:
            return
        self.flow.begin(shape)
        self._inline_children(node)
        self.flow.end()
        if not self.headline and shape.kind is BlockKind.HEADING and self._is_title(node):
            self.headline = self.flow.blocks[-1].text if self.flow.blocks else ""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            (self._block if local(box) in ("p", "tbl") else self.blocks)(box)

    def _shape_of(self, properties: etree._Element | None) -> Shape | None:
        """None for a table of contents, which only repeats the headings."""
        if self._shape is not None:
            shape, self._shape = self._shape, PARAGRAPH
            return shape
        style = self.styles.style(value(properties.find(f"{W}pStyle")) if properties is not None else "")
        if style.contents:
            return None
        level = outline_level(properties)
        if style.kind is BlockKind.HEADING or level:
            return Shape(BlockKind.HEADING, level or style.level)
        if style.kind in (BlockKind.CODE, BlockKind.IMAGE):
            return Shape(style.kind)
        if (item := self._item(list_in(properties), style.list)) is not None:
            return item
        return Shape(style.kind, style.level) if style.kind else PARAGRAPH

    def _is_title(self, node: etree._Element) -> bool:
        return self.styles.style(value(node.find(f"{W}pPr/{W}pStyle"))).title

    def _item(self, own: tuple[str, int] | None, styled: tuple[str, int] | None) -> Shape | None:
        named = own or styled
        if named is None:
            return None
        found = self.numbering.item(*named)
        return Shape(BlockKind.LIST_ITEM, named[1] + 1, found[1], found[0]) if found else None

    # what stands in a paragraph

    def _inline_children(self, node: etree._Element) -> None:
        for child in node:
            self._inline(child)

    def _inline(self, node: etree._Element) -> None:
        tag = local(node)
        if tag in _SILENT or not tag:
            return
        handler = _HANDLERS.get(tag)
        if handler is not None:
            handler(self, node)
        elif tag in ("p", "tbl"):
            self._boxes.append(node)
        else:
            self._inline_children(node)

    def _run(self, node: etree._Element) -> None:
        properties = node.find(f"{W}rPr")
        outer = self._marks
        colour = None
        if properties is not None:
            if is_on(properties.find(f"{W}vanish")):
                return
            style = self.styles.style(value(properties.find(f"{W}rStyle")))
            self._marks = marks_of(properties, outer | style.marks)
            colour = _colour(properties)
        self.marker.colour(colour)
        self._inline_children(node)
        if colour:
            self.marker.coloured()
        self._marks = outer

    def _write(self, words: str) -> None:
        if self.fields.hidden:
            return
        href = next((href for href in reversed(self._hrefs) if href), None) or self.fields.href
        self.flow.text(words, self._marks, href)

    def _text(self, node: etree._Element) -> None:
        words = node.text or ""
        if _PRIVATE.search(words):
            run = node.getparent()
            fonts = run.find(f"{W}rPr/{W}rFonts") if run is not None else None
            words = unsymbolled(value(fonts, "ascii") or "symbol", words)
        self._write(words)

    def _symbol(self, node: etree._Element) -> None:
        try:
            self._write(symbol(value(node, "font"), int(value(node, "char"), 16)))
        except ValueError:
            return

    def _break(self, node: etree._Element) -> None:
        if value(node, "type") in ("", "textWrapping"):
            self.flow.line_break()
        else:
            self._write(" ")

    def _hyperlink(self, node: etree._Element) -> None:
        relation = self.relations.get(node.get(f"{R}id") or "")
        self._linked(node, safe_link(relation.target) if relation and relation.external else None)

    def _simple_field(self, node: etree._Element) -> None:
        self._linked(node, link_of(value(node, "instr")))

    def _linked(self, node: etree._Element, href: str | None) -> None:
        self._hrefs.append(href)
        self._inline_children(node)
        self._hrefs.pop()

    def _note_reference(self, node: etree._Element) -> None:
        kind = local(node).removesuffix("Reference")
        key = (kind, value(node, "id"))
        if key not in self._numbers:
            self.notes.append(key)
            self._numbers[key] = len(self.notes)
        number = self._numbers[key]
        self.flow.note_reference(str(number), f"note-{number}")

    # comments and tracked changes

    def _comment_start(self, node: etree._Element) -> None:
        key = value(node, "id")
        (self.flow.open if key in self.ranged else self.flow.point)(f"c{key}")

    def _comment_end(self, node: etree._Element) -> None:
        self.flow.close(f"c{value(node, 'id')}")

    def _comment_reference(self, node: etree._Element) -> None:
        """Where a comment without a range was made."""
        key = f"c{value(node, 'id')}"
        if key not in self.flow.places:
            self.flow.point(key)

    def _inserted(self, node: etree._Element) -> None:
        creator = value(node, "author")
        key = self.marker.begin_inserted(creator, utc(value(node, "date")))
        self._inline_children(node)
        self.marker.end_inserted(key, creator)

    def _deleted(self, node: etree._Element) -> None:
        words = "".join(inner.text or "" for inner in node.iter(f"{W}delText", f"{W}t"))
        self.marker.deleted(words, value(node, "author"), utc(value(node, "date")))
        for inner in node.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"):
            self._inline(inner)

    # pictures and text boxes

    def _drawing(self, node: etree._Element) -> None:
        self._drawn(node)

    def _alternate(self, node: etree._Element) -> None:
        chosen = _chosen(node)
        if not any(local(inner) in ("drawing", "pict", "object") for inner in chosen.iter()):
            self._inline_children(chosen)
        elif not self._drawn(chosen) and (other := _fallback(node)) is not None:
            self._drawn(other)

    def _drawn(self, node: etree._Element) -> bool:
        """The pictures and the text boxes of a drawing; whether there are any."""
        alt, found = "", False
        for inner in _outside_boxes(node):
            tag = local(inner)
            if tag == "docPr":
                alt = inner.get("descr") or inner.get("title") or ""
            elif tag == "txbxContent":
                self._boxes.append(inner)
                found = True
            elif tag in ("blip", "imagedata"):
                found = self._picture(inner, alt or inner.get("alt") or "") or found
        return found

    def _picture(self, node: etree._Element, alt: str) -> bool:
        relation = self.relations.get(node.get(f"{R}embed") or node.get(f"{R}id") or "")
        if relation is None or relation.external or relation.target not in self.package.zip:
            return False
        self.pictures[relation.target] = None
        self.flow.picture(relation.target, " ".join(alt.split()))
        return True

    # tables

    def _table(self, node: etree._Element) -> None:
        rows = [list(_found(row, "tc")) for row in _found(node, "tr")]
        if self._tables or not rows:
            self._nested(rows)
        elif _is_layout(rows):
            for cell in (cell for row in rows for cell in row):
                self.blocks(cell)
        else:
            self._tables += 1
            self._data_table(list(_found(node, "tr")), rows)
            self._tables -= 1

    def _nested(self, rows: list[list[etree._Element]]) -> None:
        if self._tables > _DEEPEST_TABLE:
            return
        self._tables += 1
        for cell in (cell for row in rows for cell in row):
            self.blocks(cell)
        self._tables -= 1

    def _data_table(self, nodes: list[etree._Element], rows: list[list[etree._Element]]) -> None:
        table = Table()
        for node, cells in zip(nodes, rows, strict=True):
            properties = node.find(f"{W}trPr")
            header = properties is not None and is_on(properties.find(f"{W}tblHeader"))
            before = properties.find(f"{W}gridBefore") if properties is not None else None
            self.flow.begin_row(table, header=header)
            for index, cell in enumerate(cells):
                self.flow.begin_cell(whole(value(before)) if index == 0 else 0)
                self._cell(cell)
            self.flow.end_row()

    def _cell(self, cell: etree._Element) -> None:
        properties = cell.find(f"{W}tcPr")
        merged = properties.find(f"{W}vMerge") if properties is not None else None
        if merged is None or value(merged) == "restart":
            self.blocks(cell)
        span = properties.find(f"{W}gridSpan") if properties is not None else None
        for _ in range(min(whole(value(span), 1), 60) - 1):
            self.flow.begin_cell()


_HANDLERS: dict[str, Callable[[Body, etree._Element], None]] = {
    "r": Body._run,
    "t": Body._text,
    "sym": Body._symbol,
    "tab": lambda body, _: body._write("\t"),
    "ptab": lambda body, _: body._write("\t"),
    "br": Body._break,
    "cr": Body._break,
    "noBreakHyphen": lambda body, _: body._write("\N{NON-BREAKING HYPHEN}"),
    "softHyphen": lambda body, _: body._write("\N{SOFT HYPHEN}"),
    "oMath": lambda body, node: body._write(formula_words(node)),
    "hyperlink": Body._hyperlink,
    "fldSimple": Body._simple_field,
    "footnoteReference": Body._note_reference,
    "endnoteReference": Body._note_reference,
    "commentRangeStart": Body._comment_start,
    "commentRangeEnd": Body._comment_end,
    "commentReference": Body._comment_reference,
    "ins": Body._inserted,
    "moveTo": Body._inserted,
    "del": Body._deleted,
    "moveFrom": Body._deleted,
    "drawing": Body._drawing,
    "pict": Body._drawing,
    "object": Body._drawing,
    "AlternateContent": Body._alternate,
    "fldChar": lambda body, node: body.fields.mark(value(node, "fldCharType")),
    "instrText": lambda body, node: body.fields.instruct(node.text or ""),
}
_ALSO_BETWEEN_BLOCKS = {
    "r", "commentRangeStart", "commentRangeEnd", "hyperlink", "fldSimple", "oMath", "oMathPara", "del",
    "moveFrom",
}  # fmt: skip
_SILENT -= _HANDLERS.keys()


def _colour(properties: etree._Element) -> str | None:
    name = value(properties.find(f"{W}highlight"))
    if name:
        return _HIGHLIGHTS.get(name)
    shade = value(properties.find(f"{W}shd"), "fill")
    colour = colour_of(shade) if len(shade) == 6 else None
    return None if colour == "grey" else colour


def _chosen(node: etree._Element) -> etree._Element:
    """The first way of several to say the same."""
    return next((child for child in node if local(child) == "Choice"), node)


def _fallback(node: etree._Element) -> etree._Element | None:
    return next((child for child in node if local(child) == "Fallback"), None)


def _outside_boxes(node: etree._Element) -> Iterator[etree._Element]:
    """The element and all below it, but not what is inside text boxes."""
    walk = etree.iterwalk(node, events=("start",))
    for _, inner in walk:
        yield inner
        if local(inner) == "txbxContent" or local(inner) == "Fallback":
            walk.skip_subtree()


def _found(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or cells, also those in content controls."""
    for node in parent:
        tag = local(node)
        if tag == name:
            yield node
        elif tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"):
            yield from _found(node, name)


def _is_layout(rows: list[list[etree._Element]]) -> bool:
    """One column, tables in tables, or cells as long as articles: what only places text on the page."""
    if max(len(row) for row in rows) < 2:
        return True
    for cell in (cell for row in rows for cell in row):
        if next(cell.iter(f"{W}tbl"), None) is not None:
            return True
        paragraphs = sum(1 for _ in cell.iter(f"{W}p"))
        if paragraphs > _MANY_PARAGRAPHS or (
            paragraphs > 2 and sum(len(node.text or "") for node in cell.iter(f"{W}t")) > _LONG_CELL
        ):
            return True
    return False
