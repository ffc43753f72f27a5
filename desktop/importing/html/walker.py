"""A page's tree as a flat list of blocks, in one pass without recursion."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html
from lxml import etree

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind
from desktop.importing.html.addresses import Addresses
from desktop.importing.html.elements import (
    BREAKING,
    HEADINGS,
    ITEMS,
    LISTS,
    MARKS,
    SKIPPED,
    is_hidden,
)
from desktop.importing.html.formulas import (
    is_formula_script,
    is_rendering,
    pictured_formula,
    tex_of,
    written_formula,
)
from desktop.importing.html.pictures import emoji_of, file_name, picture_of
from desktop.importing.html.places import Place
from desktop.importing.html.tables import is_data_table, row_of
from desktop.importing.html.verbatim import is_only_numbers, verbatim
from desktop.importing.inline import InlineText
from desktop.importing.reading import squeezed

_LATIN_BREAK = re.compile(
    r"(?<![\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])\v|\v(?![\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])"
)
_BLOCK_CODE = re.compile(
    r"(?:^|\s)block(?:$|[\s;])|display\s*:\s*block|white-space\s*:\s*pre(?!-line)", re.IGNORECASE
)
_SPOKEN = {"br": "\v", "q": "“"}


_READ_WHOLE = frozenset(("pre", "table", "math", "code", "span"))
_ACTING = frozenset((*MARKS, *HEADINGS, *LISTS, *ITEMS, "a", "br", "q", "img", "blockquote", "figure"))


@dataclass(slots=True)
class PageBlock:
    """A block and where in the page it stood.

    Attributes:
        block: Addressed as the page addresses, until ``addresses`` has settled that.
        place: The element that holds it.
        key: Its letters and digits only, for comparing.
        linked: The share of its text that is links to other pages, 0 to 1.
    """

    block: Block
    place: Place
    key: str
    linked: float

    @property
    def apart(self) -> bool:
        """Inside navigation, a side bar, a footer or the like, by tag or by name."""
        return self.place.apart


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
    addresses = Addresses(address)
    found = []
    for entry in walked(body):
        if (block := addresses.settled(entry.block)) is not None:
            entry.block = block
            found.append(entry)
    return found


def walked(body: lxml.html.HtmlElement) -> list[PageBlock]:
    """The blocks before their addresses are looked at, for a choice among them: most are left out."""
    walk = _Walk(body)
    walk.run(body)
    return walk.found


class _Walk:
    def __init__(self, body: lxml.html.HtmlElement) -> None:
        self.found: list[PageBlock] = []
        self.words = InlineText()
        self.place = Place(body, "body", None)
        self.lists: list[_List] = []
        self.quotes = 0
        self.quote_group = 0
        self.heading = 0
        self.groups = 0
        self.figure: list[Block] | None = None
        self.pictured = ""

    def run(self, body: lxml.html.HtmlElement) -> None:
        walk = etree.iterwalk(body, events=("start", "end"))
        words, skipped, unplaced = self.words, None, None
        for event, node in walk:
            tag = node.tag
            if event == "start":
                if tag in SKIPPED or (is_hidden(node) and node is not body):
                    self._pass_by(node, tag)
                    skipped = unplaced = node
                    walk.skip_subtree()
                    continue
                if tag in BREAKING:
                    if words.length:
                        self._flush()
                    if node is not body:
                        self.place = Place(node, tag, self.place)
                if tag in _READ_WHOLE and self._read_whole(node, tag):
                    skipped = node
                    walk.skip_subtree()
                    continue
                if tag in _ACTING:
                    self._enter(node, tag)
                text = node.text
            else:
                if node is not unplaced:
                    self._end(node, tag, node is skipped)
                text = node.tail if node is not body else None
            if text and (words.length or not text.isspace()):
                words.add(text)
        self._flush()

    def _end(self, node: lxml.html.HtmlElement, tag: str, skipped: bool) -> None:
        if tag in BREAKING:
            if self.words.length:
                self._flush(caption=tag == "figcaption")
            if tag in _ACTING and not skipped:
                self._leave(node, tag)
            self.place = self.place.parent or self.place
        elif tag in _ACTING and not skipped:
            self._leave(node, tag)

    # entering and leaving elements

    def _enter(self, node: lxml.html.HtmlElement, tag: str) -> None:
        if mark := MARKS.get(tag):
            self.words.open(mark)
        elif tag == "a":
            if href := node.get("href"):
                self.words.open(MarkKind.LINK, href.strip())
        elif tag in _SPOKEN:
            self.words.add(_SPOKEN[tag])
        elif tag == "img":
            self._picture(node)
        elif tag in HEADINGS:
            self.heading = HEADINGS[tag]
        elif tag == "blockquote":
            self.quote_group = self.quote_group if self.quotes else self._new_group()
            self.quotes += 1
        elif tag in LISTS:
            self._open_list(node, tag)
        elif tag in ITEMS and self.lists:
            self._open_item(node)
        elif tag == "figure":
            self._close_figure()
            self.figure = []

    def _leave(self, node: lxml.html.HtmlElement, tag: str) -> None:
        if mark := MARKS.get(tag):
            self.words.close(mark)
        elif tag == "a":
            if node.get("href"):
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
            self._close_figure()

    def _pass_by(self, node: lxml.html.HtmlElement, tag: str) -> None:
        """What of a skipped element is content all the same."""
        if tag == "noscript":
            for image in node.iter("img"):
                self._picture(image)
        elif tag == "script" and is_formula_script(node):
            self._formula(" ".join((node.text or "").split()))

    def _read_whole(self, node: lxml.html.HtmlElement, tag: str) -> bool:
        """Take elements that are read in one piece: code, tables of data, formulas."""
        if tag == "pre":
            text = verbatim(node)
            if not is_only_numbers(text):
                self._add(Block(BlockKind.CODE, text), ())
            return True
        if tag == "table":
            return is_data_table(node) and self._table(node)
        if tag == "math":
            self._formula(tex_of(node))
            return True
        if tag == "code" and _BLOCK_CODE.search(f"{node.get('class') or ''};{node.get('style') or ''}"):
            self._flush()
            self._add(Block(BlockKind.CODE, verbatim(node)), ())
            return True
        if tag == "span" and node.get("class") is not None:
            if is_rendering(node):
                return True
            if tex := written_formula(node):
                self._formula(tex)
                return True
        return False

    def _formula(self, tex: str) -> None:
        if tex:
            self.words.open(MarkKind.CODE)
            self.words.add(tex)
            self.words.close(MarkKind.CODE)
            self.pictured = squeezed(tex)

    def _table(self, node: lxml.html.HtmlElement) -> bool:
        group = self._new_group()
        for row in node.iter("tr"):
            block = row_of(row, group)
            if block.text.strip():
                self._add(block, block.marks)
        for image in node.iter("img"):
            self._picture(image)
        return True

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

    # pictures

    def _picture(self, node: lxml.html.HtmlElement) -> None:
        if letter := emoji_of(node):
            self.words.add(letter)
            return
        if tex := pictured_formula(node):
            if squeezed(tex) != self.pictured:
                self._formula(tex)
            return
        block = picture_of(node)
        if block is None or self._is_again(block):
            return
        if self.figure is not None:
            self.figure.append(block)
        else:
            self._add(block, ())

    def _is_again(self, picture: Block) -> bool:
        """Whether it is the twin, for readers without scripts, of the picture before it."""
        before = self.figure[-1] if self.figure else self.found[-1].block if self.found else None
        if before is None or before.kind is not BlockKind.IMAGE:
            return False
        return file_name(before.src) == file_name(picture.src)

    def _close_figure(self) -> None:
        pictures, self.figure = self.figure or [], None
        for picture in pictures:
            self._add(picture, picture.marks)

    # blocks of words

    def _flush(self, *, caption: bool = False) -> None:
        if not self.words.length:
            return
        text, marks = self.words.take()
        if not text.strip():
            return
        if caption and self.figure:
            first = self.figure[0]
            words = text.replace("\v", " ")
            self.figure[0] = Block(BlockKind.IMAGE, words, 0, marks, src=first.src, alt=first.alt)
            return
        for part, inner in split_lines(text, marks):
            self._add(self._block(part, inner), inner)

    def _add(self, block: Block, marks: tuple[InlineMark, ...]) -> None:
        linked = sum([mark.end - mark.start for mark in marks if _leads_away(mark)]) if marks else 0
        share = linked / max(len(block.text), 1)
        key = squeezed(block.text) if block.text else ""
        self.found.append(PageBlock(block, self.place, key, share))

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


def _leads_away(mark: InlineMark) -> bool:
    """Whether it is a link to another page; links within a page make no navigation of a text."""
    return mark.kind is MarkKind.LINK and not (mark.href or "").startswith("#")


def _number(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default
