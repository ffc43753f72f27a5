"""Markdown (CommonMark with tables, strike-through and front matter)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from markdown_it import MarkdownIt
from markdown_it.token import Token

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind, Metadata
from desktop.importing.dates import parse_date
from desktop.importing.inline import InlineText
from desktop.importing.reading import (
    TITLE_FROM_NAME,
    TITLE_FROM_TEXT,
    Reading,
    lift_title,
    split_names,
    title_from_text,
)
from desktop.importing.text import read_text

EXTRACTOR = "markdown/1"

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(?P<fields>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([\w-]+)[ \t]*:[ \t]*(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_MARKS = {"strong": MarkKind.STRONG, "em": MarkKind.EMPHASIS, "link": MarkKind.LINK, "s": MarkKind.STRIKE}


def read_markdown(text: str, name: str = "") -> Reading:
    """Take a Markdown text apart; ``name`` gives the title of last resort."""
    fields, body = _front_matter(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"))
    parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"])
    blocks: Sequence[Block] = list(_Walk().blocks(parser.parse(body)))
    if not blocks and any(map(str.isalpha, body)):
        # Nested deeper than the parser follows: the words count for more than their structure.
        blocks = read_text(body, name).blocks
    title, warnings = _title(fields, blocks, PurePath(name).stem)
    return Reading(lift_title(blocks, title), _metadata(fields, title), EXTRACTOR, warnings)


def _front_matter(text: str) -> tuple[dict[str, list[str]], str]:
    """The fields before the text, each with its values, and the text after them.

    Only the shapes that notes and site generators write: ``key: value``, ``[a, b]`` and lists.
    """
    match = _FRONT_MATTER.match(text)
    if not match or not _FIELD.match(match["fields"].lstrip()):
        return {}, text
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in match["fields"].splitlines():
        if item := _ITEM.fullmatch(line):
            current.append(_unquoted(item[1]))
        elif entry := _FIELD.fullmatch(line):
            current = fields.setdefault(entry[1].lower(), [])
            current.extend(_values(entry[2]))
    return fields, text[match.end() :]


def _values(text: str) -> list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_unquoted(part) for part in text[1:-1].split(",") if part.strip()]
    return [_unquoted(text)] if text else []


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text.split(" #", 1)[0].strip()


def _title(fields: dict[str, list[str]], blocks: Sequence[Block], stem: str) -> tuple[str, tuple[str, ...]]:
    if fields.get("title"):
        return fields["title"][0], ()
    first = blocks[0] if blocks else None
    if first and first.kind is BlockKind.HEADING and first.level == 1:
        return first.text, ()
    heading = next(
        (block.text for block in blocks[:5] if block.kind is BlockKind.HEADING and block.level == 1), ""
    )
    if heading:
        return heading, ()
    words = next((block.text for block in blocks if any(map(str.isalpha, block.text))), "")
    return (title_from_text(words), (TITLE_FROM_TEXT,)) if words else (stem, (TITLE_FROM_NAME,))


def _metadata(fields: dict[str, list[str]], title: str) -> Metadata:
    def first(*names: str) -> str | None:
        return next((fields[name][0] for name in names if fields.get(name)), None)

    authors = fields.get("author") or fields.get("authors") or fields.get("byline") or []
    names = tuple(dict.fromkeys(name for author in authors for name in split_names(author)))
    return Metadata(
        title=title or None,
        byline=names,
        publisher=first("publisher", "source", "site", "outlet"),
        published_at=parse_date(first("date", "published", "published_at", "created") or ""),
        language=(first("lang", "language") or "").split("-")[0].lower() or None,
        url=first("url", "canonical", "link", "source_url"),
        description=first("description", "summary", "excerpt"),
    )


@dataclass
class _List:
    group: int
    number: int | None
    fresh: bool = False


@dataclass
class _Walk:
    """One pass over markdown-it's flat tokens."""

    lists: list[_List] = field(default_factory=list)
    quotes: int = 0
    groups: int = 0
    quote_group: int = 0
    heading: int = 0
    table: int = 0
    header: bool = False
    row: list[tuple[str, tuple[InlineMark, ...]]] | None = None

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        for token in tokens:
            match token.type:
                case "inline" if self.row is not None:
                    self.row.append(_inline(token.children or []))
                case "inline":
                    yield from self._words(token)
                case "fence" | "code_block":
                    yield Block(BlockKind.CODE, token.content)
                case "html_block":
                    yield from _plain_html(token.content)
                case "tr_close":
                    yield self._table_row()
                case _:
                    self._structure(token)

    def _structure(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self.heading = int(token.tag[1])
            case "heading_close":
                self.heading = 0
            case "bullet_list_open":
                self._open_list(None)
            case "ordered_list_open":
                self._open_list(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.lists[-1].fresh = True
            case "blockquote_open":
                self.quote_group = self.quote_group if self.quotes else self._new_group()
                self.quotes += 1
            case "blockquote_close":
                self.quotes -= 1
            case "table_open":
                self.table = self._new_group()
            case "tr_open":
                self.row, self.header = [], False
            case "th_open":
                self.header = True

    def _new_group(self) -> int:
        self.groups += 1
        return self.groups

    def _open_list(self, start: int | None) -> None:
        group = self.lists[0].group if self.lists else self._new_group()
        self.lists.append(_List(group, start))

    def _table_row(self) -> Block:
        text, marks = join_cells(self.row or [])
        self.row = None
        return Block(BlockKind.TABLE_ROW, text, marks=marks, group=self.table, header=self.header)

    def _words(self, token: Token) -> Iterator[Block]:
        children = token.children or []
        text, marks = _inline(children)
        if text.strip():
            yield self._block(text, marks)
        for child in children:
            if child.type == "image":
                caption = str(child.attrs.get("title") or "")
                yield Block(BlockKind.IMAGE, caption, src=str(child.attrs["src"]), alt=child.content or None)

    def _block(self, text: str, marks: tuple[InlineMark, ...]) -> Block:
        if self.heading:
            return Block(BlockKind.HEADING, text, level=self.heading, marks=marks)
        if self.lists and self.lists[-1].fresh:
            return self._item(text, marks)
        if self.lists:
            return Block(BlockKind.PARAGRAPH, text, marks=marks, group=self.lists[-1].group)
        if self.quotes:
            return Block(BlockKind.QUOTE, text, level=self.quotes, marks=marks, group=self.quote_group)
        return Block(BlockKind.PARAGRAPH, text, marks=marks)

    def _item(self, text: str, marks: tuple[InlineMark, ...]) -> Block:
        here, depth = self.lists[-1], len(self.lists)
        number, here.fresh = here.number, False
        if number is not None:
            here.number = number + 1
        return Block(BlockKind.LIST_ITEM, text, level=depth, marks=marks, group=here.group, number=number)


def join_cells(cells: Sequence[tuple[str, tuple[InlineMark, ...]]]) -> tuple[str, tuple[InlineMark, ...]]:
    """Cells as a table row's text, parted by tabs, the marks moved to their places in it."""
    parts, marks, at = [], [], 0
    for text, inner in cells:
        clean = text.replace("\t", " ").replace("\n", " ")
        marks += [InlineMark(at + mark.start, at + mark.end, mark.kind, mark.href) for mark in inner]
        parts.append(clean)
        at += len(clean) + 1
    return "\t".join(parts), tuple(marks)


def _inline(children: Sequence[Token]) -> tuple[str, tuple[InlineMark, ...]]:
    words = InlineText()
    for index, child in enumerate(children):
        name, _, edge = child.type.rpartition("_")
        if name in _MARKS and edge == "open":
            href = child.attrs.get("href")
            words.open(_MARKS[name], str(href) if href else None)
        elif name in _MARKS and edge == "close":
            words.close(_MARKS[name])
        elif child.type == "code_inline":
            words.open(MarkKind.CODE)
            words.add(child.content)
            words.close(MarkKind.CODE)
        elif child.type == "text":
            words.add(child.content)
        elif child.type == "softbreak":
            words.add(_line_joint(children, index))
        elif child.type == "hardbreak" or (child.type == "html_inline" and _BREAK.match(child.content)):
            words.add(" ")
    return words.take()


def _line_joint(children: Sequence[Token], index: int) -> str:
    """Japanese lines join without a space."""
    before = children[index - 1].content if index else ""
    after = children[index + 1].content if index + 1 < len(children) else ""
    return "" if _CJK.match(before[-1:]) and _CJK.match(after) else " "


def _plain_html(markup: str) -> Iterator[Block]:
    """The words of raw HTML between Markdown paragraphs, without its tags."""
    import html

    for line in _TAG.sub("", re.sub(r"<!--.*?-->", "", markup, flags=re.DOTALL)).splitlines():
        if line.strip():
            yield Block(BlockKind.PARAGRAPH, html.unescape(line))
