"""The walk over the body of an OpenDocument text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from desktop.core.document import BlockKind, MarkKind
from desktop.importing.office.flow import MOST_COLUMNS, PARAGRAPH, PLAIN, Flow, Shape, Table
from desktop.importing.office.links import safe_link
from desktop.importing.office.opendocument.changes import Change, comment_of
from desktop.importing.office.opendocument.names import OFFICE, TABLE, TEXT, XLINK, flat, number
from desktop.importing.office.opendocument.styles import Style, Styles
from desktop.importing.office.ranges import Marker
from desktop.importing.xml import local

MOST_SPACES = 200
_MOST_REPEATED = 10_000
_SILENT = {
    "tracked-changes", "forms", "table-of-content", "table-index", "illustration-index", "note-citation",
    "ruby-text", "sequence-decls", "variable-decls", "user-field-decls", "bookmark", "table-column",
    "table-columns", "table-header-columns", "scripts", "event-listeners", "script", "glue-point",
    "title", "desc", "image-map", "dde-connection-decls", "alphabetical-index-auto-mark-file", "shapes",
}  # fmt: skip
_CONTAINERS = {
    "section", "index-body", "bibliography", "alphabetical-index", "user-index", "object-index", "text",
    "index-title", "numbered-paragraph", "text-box", "note-body", "list-item", "list-header", "table-cell",
}  # fmt: skip
_LONG_CELL, _MANY_PARAGRAPHS = 1500, 8


@dataclass(slots=True)
class _List:
    style: str | None
    key: str
    level: int
    next: int | None
    first: bool = False


@dataclass
class Body:
    """Writes a document into a flow.

    Attributes:
        members: What the package holds, for telling which pictures are there.
        formula: The words of a formula that is a document of its own, by its address.
        changes: Tracked changes by their identifiers.
        ranged: The names of the comments that have an end.
        pictures: The members that are shown, in order.
        notes: The bodies of footnotes and endnotes in the order of their places in the text.
        headline: The words of the first paragraph in the title's style.
    """

    styles: Styles
    flow: Flow
    marker: Marker
    members: frozenset[str]
    formula: Callable[[str], str]
    changes: dict[str, Change]
    ranged: frozenset[str]
    pictures: dict[str, None] = field(default_factory=dict)
    notes: list[etree._Element] = field(default_factory=list)
    headline: str = ""
    _boxes: list[etree._Element] = field(default_factory=list)
    _hrefs: list[str | None] = field(default_factory=list)
    _style: Style = field(default_factory=Style)
    _marks: frozenset[MarkKind] = PLAIN
    _lists: list[_List] = field(default_factory=list)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _shape: Shape | None = None
    _tables: int = 0
    _made: int = 0
    _repeated: int = 0

    def blocks(self, parent: etree._Element) -> None:
        """Every paragraph, list and table in an element."""
        for node in parent:
            tag = local(node)
            if tag in ("p", "h"):
                self._paragraph(node)
            elif tag == "list":
                self._list(node)
            elif tag == "table":
                self._table(node)
            elif tag in _CONTAINERS:
                self.blocks(node)
            elif tag and tag not in _SILENT:
                self._inline(node)
                self._walk_boxes()

    def note(self, node: etree._Element, count: int) -> None:
        """A footnote: an item of the list of notes; its further paragraphs follow it."""
        self._shape = Shape(BlockKind.LIST_ITEM, 1, count, "notes")
        self.blocks(node)
        self._shape = None

    # paragraphs and lists

    def _paragraph(self, node: etree._Element) -> None:
        name = node.get(f"{TEXT}style-name")
        style = self.styles.style("paragraph", name)
        shape = self._shape_of(node, style)
        if style.hidden:
            return
        self.flow.begin(shape)
        self._style, outer = style, self._style
        self._inside(node)
        self._style = outer
        self.flow.end()
        if style.title and not self.headline and self.flow.blocks:
            self.headline = self.flow.blocks[-1].text
        self._walk_boxes()

    def _walk_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)

    def _shape_of(self, node: etree._Element, style: Style) -> Shape:
        if self._shape is not None:
            shape, self._shape = self._shape, PARAGRAPH
            return shape
        if local(node) == "h":
            return Shape(BlockKind.HEADING, max(number(node.get(f"{TEXT}outline-level"), 1, 6), 1))
        if self._lists and self._lists[-1].first:
            return self._item()
        if style.kind:
            return Shape(style.kind, style.level)
        return Shape(list=self._lists[0].key) if self._lists else PARAGRAPH

    def _item(self) -> Shape:
        here = self._lists[-1]
        count, here.first = here.next, False
        if count is not None:
            here.next = count + 1
            self._counts.setdefault(here.key, {})[here.level] = count
        return Shape(BlockKind.LIST_ITEM, here.level, count, self._lists[0].key)

    def _list(self, node: etree._Element) -> None:
        outer = self._lists[-1] if self._lists else None
        style = node.get(f"{TEXT}style-name") or (outer.style if outer else None) or self._of_paragraph(node)
        level = outer.level + 1 if outer else 1
        start = self.styles.start(style, level)
        key = outer.key if outer else self._new_key(node, style)
        if not outer and start is not None and key in self._counts:
            start = self._counts[key].get(level, start - 1) + 1
        self._lists.append(_List(style, key, level, start))
        for item in node:
            self._list_item(item)
        self._lists.pop()

    def _list_item(self, item: etree._Element) -> None:
        here = self._lists[-1]
        here.first = local(item) == "list-item"
        given = item.get(f"{TEXT}start-value")
        if given is not None and here.next is not None:
            here.next = number(given, here.next, 1_000_000)
        self.blocks(item)

    def _of_paragraph(self, node: etree._Element) -> str | None:
        first = next(node.iter(f"{TEXT}p"), None)
        return self.styles.list_of(first.get(f"{TEXT}style-name")) if first is not None else None

    def _new_key(self, node: etree._Element, style: str | None) -> str:
        """Lists that count on have their style in common."""
        goes_on = node.get(f"{TEXT}continue-numbering") == "true" or node.get(f"{TEXT}continue-list")
        if not goes_on:
            self._counts.pop(style or "", None)
        return style or ""

    # what stands in a paragraph

    def _inside(self, node: etree._Element) -> None:
        self._write(flat(node.text))
        for child in node:
            self._inline(child)
            self._write(flat(child.tail))

    def _inline(self, node: etree._Element) -> None:
        tag = local(node)
        if tag in _SILENT or not tag:
            return
        handler = _HANDLERS.get(tag)
        if handler is not None:
            handler(self, node)
        else:
            self._inside(node)

    def _write(self, words: str) -> None:
        if words:
            self.marker.colour(self._style.colour if words.strip() else None)
            href = next((href for href in reversed(self._hrefs) if href), None)
            self.flow.text(words, self._marks, href)
            if self._style.colour:
                self.marker.coloured()

    def _span(self, node: etree._Element) -> None:
        style = self.styles.style("text", node.get(f"{TEXT}style-name"))
        if style.hidden:
            return
        outer, marks = self._style, self._marks
        self._style = style if style.colour else outer
        self._marks = marks | style.marks
        self._inside(node)
        self._style, self._marks = outer, marks

    def _link(self, node: etree._Element) -> None:
        self._hrefs.append(safe_link(node.get(f"{XLINK}href") or ""))
        self._inside(node)
        self._hrefs.pop()

    def _spaces(self, node: etree._Element) -> None:
        self._write(" " * number(node.get(f"{TEXT}c"), 1, MOST_SPACES))

    def _note(self, node: etree._Element) -> None:
        body = next((child for child in node if local(child) == "note-body"), None)
        if body is not None:
            self.notes.append(body)
            self.flow.note_reference(str(len(self.notes)), f"note-{len(self.notes)}")

    # comments and tracked changes

    def _annotation(self, node: etree._Element) -> None:
        name = node.get(f"{OFFICE}name") or ""
        self._made += 1
        key = f"c{name or self._made}"
        parent = next((str(v) for k, v in node.attrib.items() if str(k).endswith("}parent-name")), "")
        if self.marker.answer(f"c{parent}" if parent else "", comment_of(node)):
            return
        self.marker.marks[key] = comment_of(node)
        (self.flow.open if name in self.ranged else self.flow.point)(key)

    def _annotation_end(self, node: etree._Element) -> None:
        self.flow.close(f"c{node.get(f'{OFFICE}name') or ''}")

    def _change_start(self, node: etree._Element) -> None:
        key = node.get(f"{TEXT}change-id") or ""
        if (change := self.changes.get(key)) is not None and change.inserted is not None:
            self.marker.marks[f"i{key}"] = change.inserted
            self.flow.open(f"i{key}")

    def _change_end(self, node: etree._Element) -> None:
        self.flow.close(f"i{node.get(f'{TEXT}change-id') or ''}", worded=True)

    def _change(self, node: etree._Element) -> None:
        key = node.get(f"{TEXT}change-id") or ""
        if (change := self.changes.get(key)) is not None and change.deleted is not None:
            self.marker.marks[f"d{key}"] = change.deleted
            self.flow.point(f"d{key}")

    # pictures and frames

    def _frame(self, node: etree._Element) -> None:
        alt = " ".join(child.text or "" for child in node if local(child) in ("title", "desc"))
        for child in node:
            tag = local(child)
            if tag == "image" and self._picture(child, alt):
                return
            if tag == "text-box":
                self._boxes.append(child)
            elif tag == "object" and (words := self.formula(child.get(f"{XLINK}href") or "")):
                self._write(words)
                return

    def _picture(self, node: etree._Element, alt: str) -> bool:
        member = (node.get(f"{XLINK}href") or "").removeprefix("./")
        if member not in self.members:
            return False
        self.pictures[member] = None
        self.flow.picture(member, " ".join(alt.split()))
        return True

    # tables

    def _table(self, node: etree._Element) -> None:
        rows = list(_rows(node))
        lists, self._lists = self._lists, []
        if self._tables or _is_layout(rows):
            self._tables += bool(self._tables)
            for cell in (cell for _, row in rows for cell in _cells(row)):
                self.blocks(cell)
            self._tables -= bool(self._tables)
        else:
            self._tables += 1
            self._data_table(rows)
            self._tables -= 1
        self._lists = lists

    def _data_table(self, rows: list[tuple[bool, etree._Element]]) -> None:
        table = Table()
        for header, row in rows:
            for _ in range(self._times(row.get(f"{TABLE}number-rows-repeated"))):
                self.flow.begin_row(table, header=header)
                for cell in _cells(row):
                    self._cell(cell)
                self.flow.end_row()

    def _times(self, repeated: str | None) -> int:
        """How often a row or cell stands there; a document may say that of a bounded number of them."""
        times = max(number(repeated, 1, MOST_COLUMNS), 1)
        self._repeated += times - 1
        return times if self._repeated <= _MOST_REPEATED else 1

    def _cell(self, cell: etree._Element) -> None:
        for _ in range(self._times(cell.get(f"{TABLE}number-columns-repeated"))):
            self.flow.begin_cell()
            if local(cell) == "table-cell":
                self.blocks(cell)


_HANDLERS: dict[str, Callable[[Body, etree._Element], None]] = {
    "span": Body._span,
    "a": Body._link,
    "s": Body._spaces,
    "tab": lambda body, _: body._write("\t"),
    "line-break": lambda body, _: body.flow.line_break(),
    "note": Body._note,
    "annotation": Body._annotation,
    "annotation-end": Body._annotation_end,
    "change-start": Body._change_start,
    "change-end": Body._change_end,
    "change": Body._change,
    "frame": Body._frame,
    "custom-shape": lambda body, node: body._boxes.append(node),
    "rect": lambda body, node: body._boxes.append(node),
    "list": lambda body, node: body._list(node),
    "p": lambda body, node: body._paragraph(node),
}


def _rows(table: etree._Element, *, header: bool = False) -> Iterator[tuple[bool, etree._Element]]:
    """Every row, and whether it belongs to the table's head."""
    for node in table:
        tag = local(node)
        if tag == "table-row":
            yield header, node
        elif tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(node, header=header or tag == "table-header-rows")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (node for node in row if local(node) in ("table-cell", "covered-table-cell"))


def _is_layout(rows: list[tuple[bool, etree._Element]]) -> bool:
    """One column, tables in tables, or cells as long as articles: what only places text on the page."""
    cells = [list(_cells(row)) for _, row in rows]
    if max((len(row) for row in cells), default=0) < 2:
        return not any(cell.get(f"{TABLE}number-columns-repeated") for row in cells for cell in row)
    for cell in (cell for row in cells for cell in row):
        if next(cell.iter(f"{TABLE}table"), None) is not None:
            return True
        paragraphs = sum(1 for _ in cell.iter(f"{TEXT}p"))
        if paragraphs > _MANY_PARAGRAPHS or (paragraphs > 2 and sum(map(len, cell.itertext())) > _LONG_CELL):
            return True
    return False
