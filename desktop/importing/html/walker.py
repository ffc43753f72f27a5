"""A page's tree as a flat list of blocks, in one pass without recursion."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

import lxml.html
from lxml import etree

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind
from desktop.importing.html.elements import BREAKING, HEADINGS, ITEMS, LISTS, MARKS, is_apart, is_skipped
from desktop.importing.html.tables import is_data_table, row_of
from desktop.importing.inline import InlineText
from desktop.importing.reading import squeezed

_LATIN_BREAK = re.compile(
    r"(?<![\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])\v|\v(?![\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])"
)
_SPOKEN = {"br": "\v", "q": "“"}
_SAFE_LINK = re.compile(r"(?:https?:|mailto:|ftp:|#|/|[^:]*$)", re.IGNORECASE)
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-srcset", "srcset", "src")


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block and where in the page it stood.

    Attributes:
        node: The element that holds it.
        apart: Inside navigation, a side bar, a footer or the like, by tag or by name.
        key: Its letters and digits only, for comparing.
        linked: The share of its text that is links, 0 to 1.
    """

    block: Block
    node: lxml.html.HtmlElement
    apart: bool
    key: str
    linked: float


@dataclass(slots=True)
class _List:
    group: int
    number: int | None
    fresh: bool = False


def page_blocks(body: lxml.html.HtmlElement, address: str | None = None) -> list[PageBlock]:
    """Every block of text and every picture of the page, in order.

    Args:
        address: Makes relative links whole.
    """
    return list(_Walk(address or "").blocks(body))


@dataclass
class _Walk:
    address: str
    words: InlineText = field(default_factory=InlineText)
    lists: list[_List] = field(default_factory=list)
    quotes: int = 0
    quote_group: int = 0
    heading: int = 0
    apart: int = 0
    groups: int = 0
    apart_nodes: set[lxml.html.HtmlElement] = field(default_factory=set)
    figure: list[Block] | None = None

    def blocks(self, body: lxml.html.HtmlElement) -> Iterator[PageBlock]:
        walk = etree.iterwalk(body, events=("start", "end"))
        holder, skipped = body, None
        for event, node in walk:
            tag = node.tag
            if event == "start":
                if node is not body and is_skipped(node):
                    skipped = node
                    walk.skip_subtree()
                    continue
                if tag in BREAKING:
                    yield from self._flush(holder)
                if tag in ("pre", "table") and (made := self._whole(node, tag)) is not None:
                    yield from made
                    skipped = node
                    walk.skip_subtree()
                    continue
                holder = node if tag in BREAKING else holder
                yield from self._enter(node, tag)
                continue
            if node is not skipped:
                yield from self._leave(node, tag)
                if tag in BREAKING and node is not body:
                    holder = node.getparent()
            if node is not body and node.tail:
                self.words.add(node.tail)
        yield from self._flush(holder)

    # entering and leaving elements

    def _enter(self, node: lxml.html.HtmlElement, tag: str) -> Iterator[PageBlock]:
        if is_apart(node):
            self.apart += 1
            self.apart_nodes.add(node)
        if mark := MARKS.get(tag):
            self.words.open(mark)
        elif tag == "a":
            self.words.open(MarkKind.LINK, self._link(node.get("href")))
        elif tag in _SPOKEN:
            self.words.add(_SPOKEN[tag])
        elif tag == "img":
            yield from self._picture(node)
        else:
            self._enter_structure(node, tag)
        if node.text:
            self.words.add(node.text)

    def _enter_structure(self, node: lxml.html.HtmlElement, tag: str) -> None:
        if tag in HEADINGS:
            self.heading = HEADINGS[tag]
        elif tag == "blockquote":
            self.quote_group = self.quote_group if self.quotes else self._new_group()
            self.quotes += 1
        elif tag in LISTS:
            self._open_list(node, tag)
        elif tag in ITEMS and self.lists:
            self._open_item(node)
        elif tag == "figure":
            self.figure = []

    def _leave(self, node: lxml.html.HtmlElement, tag: str) -> Iterator[PageBlock]:
        if tag in BREAKING:
            yield from self._flush(node, caption=tag == "figcaption")
        if mark := MARKS.get(tag):
            self.words.close(mark)
        elif tag == "a":
            self.words.close(MarkKind.LINK)
        elif tag == "q":
            self.words.add("”")
        elif tag in HEADINGS:
            self.heading = 0
        elif tag == "blockquote":
            self.quotes -= 1
        elif tag in LISTS and self.lists:
            self.lists.pop()
        elif tag == "figure":
            yield from self._close_figure(node)
        if node in self.apart_nodes:
            self.apart_nodes.discard(node)
            self.apart -= 1

    def _new_group(self) -> int:
        self.groups += 1
        return self.groups

    def _open_list(self, node: lxml.html.HtmlElement, tag: str) -> None:
        group = self.lists[0].group if self.lists else self._new_group()
        start = _number(node.get("start"), 1) if tag == "ol" else None
        self.lists.append(_List(group, start))

    def _open_item(self, node: lxml.html.HtmlElement) -> None:
        here = self.lists[-1]
        here.fresh = True
        if here.number is not None and node.get("value"):
            here.number = _number(node.get("value"), here.number)

    def _link(self, href: str | None) -> str | None:
        href = (href or "").strip()
        if not href or not _SAFE_LINK.match(href):
            return None
        return href if href.startswith("#") else self._whole_address(href)

    def _whole_address(self, address: str) -> str | None:
        """With what the page's own address adds; None where it is none at all (``//[site]/a.png``)."""
        try:
            return urljoin(self.address, address)
        except ValueError:
            return None

    # pictures

    def _picture(self, node: lxml.html.HtmlElement) -> Iterator[PageBlock]:
        named = next((value for name in _LAZY if (value := _address_in(node.get(name)))), "")
        src = self._whole_address(named) if named else None
        if not src or _is_tiny(node):
            return
        alt = " ".join((node.get("alt") or "").split()) or None
        block = Block(BlockKind.IMAGE, "", src=src, alt=alt)
        if self.figure is not None:
            self.figure.append(block)
        else:
            yield PageBlock(block, node, self.apart > 0, "", 0.0)

    def _close_figure(self, node: lxml.html.HtmlElement) -> Iterator[PageBlock]:
        pictures, self.figure = self.figure or [], None
        for picture in pictures:
            yield PageBlock(picture, node, self.apart > 0, squeezed(picture.text), 0.0)

    # blocks of words

    def _flush(self, node: lxml.html.HtmlElement, *, caption: bool = False) -> Iterator[PageBlock]:
        if not len(self.words):
            return
        text, marks = self.words.take()
        if not text.strip():
            return
        if caption and self.figure:
            first = self.figure[0]
            self.figure[0] = Block(
                BlockKind.IMAGE, text.replace("\v", " "), 0, marks, src=first.src, alt=first.alt
            )
            return
        for part, inner in split_lines(text, marks):
            yield self._made(self._block(part, inner), node)

    def _made(self, block: Block, node: lxml.html.HtmlElement) -> PageBlock:
        linked = sum(mark.end - mark.start for mark in block.marks if mark.kind is MarkKind.LINK)
        marks = tuple(mark for mark in block.marks if mark.kind is not MarkKind.LINK or mark.href)
        block = Block(
            block.kind,
            block.text,
            block.level,
            marks,
            block.group,
            block.number,
            block.header,
            block.src,
            block.alt,
        )
        return PageBlock(block, node, self.apart > 0, squeezed(block.text), linked / max(len(block.text), 1))

    def _block(self, text: str, marks: tuple[InlineMark, ...]) -> Block:
        if self.heading:
            return Block(BlockKind.HEADING, text, level=self.heading, marks=marks)
        if self.lists and self.lists[-1].fresh:
            return self._item(text, marks)
        if self.lists:
            return Block(BlockKind.PARAGRAPH, text, marks=marks, group=self.lists[0].group)
        if self.quotes:
            return Block(BlockKind.QUOTE, text, level=self.quotes, marks=marks, group=self.quote_group)
        return Block(BlockKind.PARAGRAPH, text, marks=marks)

    def _item(self, text: str, marks: tuple[InlineMark, ...]) -> Block:
        here = self.lists[-1]
        number, here.fresh = here.number, False
        if number is not None:
            here.number = number + 1
        return Block(
            BlockKind.LIST_ITEM, text, level=len(self.lists), marks=marks, group=here.group, number=number
        )

    def _whole(self, node: lxml.html.HtmlElement, tag: str) -> list[PageBlock] | None:
        """Elements that are read in one piece: preformatted text and tables of data."""
        if tag == "pre":
            return [self._made(Block(BlockKind.CODE, _verbatim(node)), node)]
        if not is_data_table(node):
            return None
        group = self._new_group()
        made = [row_of(row, group, self._link) for row in node.iter("tr")]
        return [self._made(block, node) for block in made if block.text.strip()]


def split_lines(text: str, marks: tuple[InlineMark, ...]) -> Iterator[tuple[str, tuple[InlineMark, ...]]]:
    r"""Part a text at its line breaks (``\v``): always at two together, at one between long lines.

    Pages that know no paragraphs use breaks for them; inside a paragraph a break is a space, and
    between Japanese letters nothing.
    """
    if "\v" not in text:
        yield text, marks
        return
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\v]+", text) if match[0].strip()]
    edges = []
    for (start, end), after in zip(lines, [*lines[1:], (len(text), len(text))], strict=True):
        gap = text[end : after[0]]
        long = end - start > 80 and after[1] - after[0] > 80
        edges.append(gap.count("\v") > 1 or long)
    start = lines[0][0] if lines else 0
    for index, (_, end) in enumerate(lines):
        if edges[index] or index == len(lines) - 1:
            yield _joined(text[start:end]), _shifted(marks, start, end)
            start = lines[index + 1][0] if index + 1 < len(lines) else end


def _joined(text: str) -> str:
    """A space for a break; between Japanese letters the break stays, and ``tidy_block`` removes it."""
    return _LATIN_BREAK.sub(" ", text)


def _shifted(marks: tuple[InlineMark, ...], start: int, end: int) -> tuple[InlineMark, ...]:
    moved = ((max(m.start, start) - start, min(m.end, end) - start, m) for m in marks)
    return tuple(InlineMark(a, b, m.kind, m.href) for a, b, m in moved if a < b)


def _number(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default


def _address_in(value: str | None) -> str:
    """The first address of a ``src`` or ``srcset``, or nothing where it is embedded or a placeholder."""
    first = (value or "").strip().split(" ")[0].rstrip(",")
    return "" if first.startswith("data:") else first


def _is_tiny(node: lxml.html.HtmlElement) -> bool:
    return any(0 < _number((node.get(side) or "").removesuffix("px"), 0) < 32 for side in ("width", "height"))


def _verbatim(node: lxml.html.HtmlElement) -> str:
    """The text of preformatted lines, where ``<br>`` is a line end too."""
    parts = []
    for event, inner in etree.iterwalk(node, events=("start", "end")):
        if event == "start":
            parts.append("\n" if inner.tag == "br" else "")
            parts.append(inner.text or "")
        elif inner is not node:
            parts.append(inner.tail or "")
    return "".join(parts)
