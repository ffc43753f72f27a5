"""What the readers of word processors' files write into: words with formatting, ending in blocks.

A file of a word processor is read once from its beginning to its end; the readers say what they
meet (a paragraph, a run of words, a cell, the end of a comment's range), and ``Flow`` makes blocks
of it and knows which words of which block every comment stands on.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind
from desktop.importing.reading import Place

MOST_CHARACTERS = 30_000_000
"""What a document may hold; longer than any book, and shorter than what a few bytes can be made to say."""
MOST_OPEN = 100
"""Ranges that may be open at one place; more are closed at the first word that follows."""

PLAIN: frozenset[MarkKind] = frozenset()
_TAIL = 80
_LAST_WORD = re.compile(r"\w+(?:['’-]\w+)*\W*$")
_FIRST_WORD = re.compile(r"\W*\w+")
_LATIN_BREAK = re.compile(
    r"(?<![\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])\v|\v(?![\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])"
)
_SPACES = str.maketrans("\t\n\r\f\x1c\x1d\x1e\x85\u2028\u2029", " " * 10)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph is.

    Attributes:
        kind: An image's is the caption of the picture before it.
        level, number: As ``Block`` has them.
        list: Items of one list have it in common.
    """

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    number: int | None = None
    list: str = ""


PARAGRAPH = Shape()


class Flow:
    """Blocks in the making.

    Attributes:
        blocks: Those that are finished.
        places: Where each key of a range stands, in the blocks' own text.
        written: How many code points of words there were so far, for telling what adjoins.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.places: dict[str, list[Place]] = {}
        self._shape = PARAGRAPH
        self._list = ""
        self._parts: list[str] = []
        self._length = 0
        self._tail = ""
        self._runs: list[tuple[int, int, frozenset[MarkKind], str | None]] = []
        self._pictures: list[Block] = []
        self._captioned: Block | None = None
        self._open: dict[str, None] = {}
        self._waiting: list[str] = []
        self._groups = 0
        self._row: _Row | None = None
        self.written = 0

    # words

    def text(self, words: str, kinds: frozenset[MarkKind] = PLAIN, href: str | None = None) -> None:
        """Words of one formatting; white space of any kind is a space, but in code."""
        if not words or self.written > MOST_CHARACTERS:
            return
        if self._shape.kind is not BlockKind.CODE or self._row:
            words = words.translate(_SPACES)
        if self._shape.kind is BlockKind.CODE and not self._row:
            kinds = PLAIN  # what a program coloured
        if kinds or href:
            self._runs.append((self._length, self._length + len(words), kinds, href))
        if self._waiting:
            self._settle(words)
        for key in self._open:
            self._extend(key, self._length, self._length + len(words))
        self._write(words)
        self.written += len(words)

    def line_break(self) -> None:
        """A new line in the same paragraph; two together part it."""
        if self._shape.kind is BlockKind.CODE and not self._row:
            self._write("\n")
        elif self._row:
            self._write(" ")
        elif self._tail.endswith("\v") and self._shape.kind is BlockKind.PARAGRAPH:
            self.end()
        else:
            self._write("\v")

    def note_reference(self, label: str, target: str) -> None:
        """The sign of a footnote, apart from the word before it."""
        self.text(f"[{label}]", frozenset({MarkKind.SUPERSCRIPT}), f"#{target}")

    def picture(self, src: str, alt: str | None) -> None:
        """A picture; it stands behind the paragraph that it is in."""
        self._pictures.append(Block(BlockKind.IMAGE, "", src=src, alt=alt or None))

    def _write(self, words: str) -> None:
        self._parts.append(words)
        self._length += len(words)
        self._tail = (self._tail + words)[-_TAIL:]

    # ranges of words that comments, highlights and tracked changes stand on

    def open(self, key: str) -> None:
        if len(self._open) < MOST_OPEN:
            self._open[key] = None
            self.places.setdefault(key, [])
        else:
            self.point(key)

    def close(self, key: str, *, worded: bool = False) -> None:
        """The end of a range; one without words stands on the word beside it, unless it needs ``worded``."""
        if key in self._open:
            del self._open[key]
            if not self.places[key] and not worded:
                self.point(key)

    def point(self, key: str) -> None:
        """A place between words: it stands on the word before it, or else on the word behind it."""
        self.places.setdefault(key, [])
        if match := _LAST_WORD.search(self._tail):
            start = self._length - len(match[0])
            self._extend(key, start, start + len(match[0].rstrip()))
        else:
            self._waiting.append(key)

    def _settle(self, words: str) -> None:
        match = _FIRST_WORD.match(words)
        if match is None:
            return
        lead = len(words) - len(words.lstrip())
        for key in self._waiting:
            self._extend(key, self._length + lead, self._length + match.end())
        self._waiting.clear()

    def _extend(self, key: str, start: int, end: int) -> None:
        places, here = self.places[key], len(self.blocks)
        if places and places[-1][0] == here and places[-1][2] >= start:
            places[-1] = (here, places[-1][1], max(end, places[-1][2]))
        else:
            places.append((here, start, end))

    # paragraphs

    def begin(self, shape: Shape) -> None:
        """A paragraph begins; one that was not ended ends here. In a cell it is only a space."""
        if self._row:
            if self._length and not self._tail.endswith(("\t", " ")):
                self._write(" ")
            return
        self.end()
        self._shape = shape
        last = self.blocks[-1] if self.blocks else None
        if shape.kind is BlockKind.IMAGE and last and last.kind is BlockKind.IMAGE and not last.text:
            self._captioned = self.blocks.pop()
        elif shape.kind is BlockKind.CODE and last and last.kind is BlockKind.CODE:
            self._reopen(self.blocks.pop())

    def _reopen(self, block: Block) -> None:
        """Lines of code are one block."""
        self._runs = [(m.start, m.end, frozenset({m.kind}), m.href) for m in block.marks]
        self._write(block.text)
        self._write("\n")

    def end(self) -> None:
        """The paragraph ends; so do the pictures in it."""
        if self._row:
            return
        text, marks = self._taken()
        if text.strip() or self._captioned:
            self.blocks.append(self._block(text, marks))
            self._list = self._shape.list
        self._captioned = None
        self._shape = PARAGRAPH
        self._add_pictures()

    def _taken(self) -> tuple[str, tuple[InlineMark, ...]]:
        text = _LATIN_BREAK.sub(" ", "".join(self._parts))
        marks = tuple(_merged(self._runs))
        self._parts, self._runs, self._length, self._tail = [], [], 0, ""
        return text, marks

    def _block(self, text: str, marks: tuple[InlineMark, ...]) -> Block:
        shape = self._shape
        if shape.kind is BlockKind.IMAGE:
            return self._caption(text, marks)
        if shape.kind is BlockKind.HEADING:
            marks = tuple(mark for mark in marks if not _is_whole(mark, text))
        if shape.kind not in (BlockKind.LIST_ITEM, BlockKind.QUOTE):
            return Block(shape.kind, text, shape.level, marks, self._group_within() if shape.list else 0)
        group = self._group_within() or self._new_group()
        return Block(shape.kind, text, shape.level, marks, group, shape.number)

    def _group_within(self) -> int:
        """The group that goes on with this paragraph; 0 where none does."""
        last = self.blocks[-1] if self.blocks else None
        if last is None or not last.group or last.kind is BlockKind.TABLE_ROW:
            return 0
        if self._shape.kind is BlockKind.QUOTE:
            return last.group if last.kind is BlockKind.QUOTE else 0
        within = last.kind is not BlockKind.QUOTE
        return last.group if within and (self._shape.list == self._list or self._shape.level > 1) else 0

    def _caption(self, text: str, marks: tuple[InlineMark, ...]) -> Block:
        if self._captioned is None and self._pictures:
            self._captioned = self._pictures.pop(0)
        if self._captioned is None:
            return Block(BlockKind.PARAGRAPH, text, marks=marks)
        return replace(self._captioned, text=text, marks=marks)

    def _add_pictures(self) -> None:
        self.blocks += self._pictures
        self._pictures = []

    def _new_group(self) -> int:
        self._groups += 1
        return self._groups

    def include(self, blocks: Iterable[Block]) -> None:
        """Blocks that were made elsewhere, with groups of their own; in a cell their words."""
        before = self._groups
        for block in blocks:
            if self._row:
                self.begin(PARAGRAPH)
                self.text(block.text)
                continue
            self.end()
            group = block.group and before + block.group
            self._groups = max(self._groups, group)
            self.blocks.append(replace(block, group=group))

    # tables

    def begin_row(self, table: "Table", *, header: bool = False) -> None:
        """A row of a table; rows within a cell are words of that cell."""
        if self._row:
            self._row.depth += 1
            return
        self.end()
        if not table.group:
            table.group = self._new_group()
        self._row = _Row(table.group, header)

    def begin_cell(self, columns_before: int = 0) -> None:
        """A cell, behind that many empty ones."""
        row = self._row
        if row is None or row.depth:
            return
        tabs = min(columns_before, MOST_COLUMNS) + (row.cells > 0)
        row.cells += 1
        self._write("\t" * tabs)

    def end_row(self) -> None:
        row = self._row
        if row is None or row.depth:
            if row:
                row.depth -= 1
            return
        self._row = None
        text, marks = self._taken()
        if text.strip():
            self.blocks.append(
                Block(BlockKind.TABLE_ROW, text, marks=marks, group=row.group, header=row.header)
            )
        self._add_pictures()


MOST_COLUMNS = 60


@dataclass(slots=True)
class Table:
    """What the rows of one table have in common."""

    group: int = 0


@dataclass(slots=True)
class _Row:
    group: int
    header: bool
    cells: int = 0
    depth: int = 0


def _is_whole(mark: InlineMark, text: str) -> bool:
    """A heading is bold by itself."""
    lead = len(text) - len(text.lstrip())
    return mark.kind is MarkKind.STRONG and mark.start <= lead and mark.end >= len(text.rstrip())


def _merged(runs: Iterable[tuple[int, int, frozenset[MarkKind], str | None]]) -> list[InlineMark]:
    """Adjoining runs of one formatting are one mark."""
    done: list[InlineMark] = []
    last: dict[tuple[MarkKind, str | None], InlineMark] = {}
    for start, end, kinds, href in runs:
        named = [(kind, None) for kind in kinds if kind is not MarkKind.LINK]
        for kind, target in [*named, *([(MarkKind.LINK, href)] if href else [])]:
            before = last.get((kind, target))
            if before is not None and before.end >= start:
                start_of_it = before.start
            else:
                start_of_it = start
                if before is not None:
                    done.append(before)
            last[kind, target] = InlineMark(start_of_it, end, kind, target)
    return sorted([*done, *last.values()], key=lambda mark: (mark.start, -mark.end, mark.kind))
