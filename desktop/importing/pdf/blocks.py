"""From paragraphs to blocks of the document, and to where each of their letters stands."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind
from desktop.core.pages import PageLine
from desktop.importing.pdf.hyphens import HYPHENS, Hyphens
from desktop.importing.pdf.lines import Row
from desktop.importing.pdf.paragraphs import Habits, Paragraph, list_mark
from desktop.importing.pdf.tables import cells_of
from desktop.importing.pdf.words import TENTHS, Word, is_wide

_LONGEST_HEADING = 220
_HEADING_END = re.compile(r"[,;:]$|[^\s.]{3,}\.$|[。、]$")
_ONLY_MARKS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a block that stands in one line of one page; as ``PageLine``, from the block's start."""

    start: int
    row: Row
    char: int
    edges: tuple[int, ...]


@dataclass
class Woven:
    """A block and where its text stands."""

    block: Block
    stretches: list[Stretch] = field(default_factory=list)


def woven_blocks(paragraphs: Iterable[Paragraph], habits: Habits, hyphens: Hyphens) -> list[Woven]:
    """All blocks of the document, tidy: building the document leaves them as they are."""
    chosen = list(paragraphs)
    levels = _levels(chosen, habits)
    woven: list[Woven] = []
    groups = _Groups()
    for one in chosen:
        level = levels.get(id(one), 0)
        made = _woven(one, level, hyphens)
        if made.block.text:
            woven.append(Woven(groups.grouped(made.block, one), made.stretches))
    return woven


def page_lines(woven: Sequence[Woven]) -> list[PageLine]:
    """Where the words of the canonical text stand."""
    lines: list[PageLine] = []
    at = 0
    for one in woven:
        lines += [_page_line(stretch, at + stretch.start) for stretch in one.stretches]
        at += len(one.block.text) + 1
    return lines


def _page_line(stretch: Stretch, start: int) -> PageLine:
    frame = stretch.row.frame
    near, far = frame.across(stretch.row.top, stretch.row.bottom)
    edges = (
        stretch.edges
        if frame.turn in (0, 90)
        else tuple(round(frame.along(edge / TENTHS) * TENTHS) for edge in stretch.edges)
    )
    return PageLine(
        stretch.row.page,
        start,
        stretch.char,
        edges,
        round(near * TENTHS),
        round(far * TENTHS),
        frame.vertical,
    )


# headings


def _levels(paragraphs: Sequence[Paragraph], habits: Habits) -> dict[int, int]:
    """The headings among them, with their level by size and weight."""
    found = [
        one
        for one, after in zip(paragraphs, [*paragraphs[1:], None], strict=False)
        if _is_heading(one, after, habits)
    ]
    looks = sorted({_look(one) for one in found}, reverse=True)
    return {id(one): min(looks.index(_look(one)) + 1, 6) for one in found}


def _look(one: Paragraph) -> tuple[float, bool]:
    return one.size, one.bold


def _is_heading(one: Paragraph, after: Paragraph | None, habits: Habits) -> bool:
    text = one.text
    if (
        one.foot
        or one.cells
        or len(text) > _LONGEST_HEADING
        or len(one.rows) > 4
        or _ONLY_MARKS.fullmatch(text)
    ):
        return False
    larger = one.size >= 1.12 * habits.body
    if larger:
        return not _HEADING_END.search(text) or one.size >= 1.35 * habits.body
    if not one.bold or one.size < 0.95 * habits.body or len(one.rows) > 2 or after is None:
        return False
    return not _HEADING_END.search(text) and not after.bold and not text[0].islower()


# lists and tables


class _Groups:
    """Numbers that adjoining items of one list, and rows of one table, have in common."""

    def __init__(self) -> None:
        self.last = 0
        self.open: object = None

    def grouped(self, block: Block, one: Paragraph) -> Block:
        kind: object = None
        if block.kind is BlockKind.TABLE_ROW:
            kind = ("table", one.table, one.rows[0].page)
        elif block.kind is BlockKind.LIST_ITEM:
            kind = ("list", block.number is not None)
        if kind is None:
            self.open = None
            return block
        if kind != self.open:
            self.last += 1
            self.open = kind
        return replace(block, group=self.last)


def _woven(one: Paragraph, level: int, hyphens: Hyphens) -> Woven:
    if one.cells:
        return _table_row(one, hyphens)
    weaver = _Weaver(hyphens)
    rows = list(one.rows)
    kind, number = BlockKind.PARAGRAPH, None
    mark = None if level else list_mark(rows[0].text)
    if mark and not one.foot:
        kind = BlockKind.LIST_ITEM
        ordinal = mark.groupdict().get("number")
        number = int(ordinal) if ordinal else None
        if "mark" in mark.groupdict() or number is not None:
            rows[0] = _without_mark(rows[0], mark.end())
    elif level:
        kind = BlockKind.HEADING
    for row in rows:
        weaver.add_row(row)
    text, stretches, marks = weaver.finished(plain=bool(level))
    depth = 1 if kind is BlockKind.LIST_ITEM else level
    return Woven(Block(kind, text, level=depth, marks=marks, number=number), stretches)


def _without_mark(row: Row, length: int) -> Row:
    """The line without the ``length`` characters that mark it as an item of a list."""
    words = list(row.words)
    left = length
    while words and left > 0:
        word = words[0]
        taken = len(word.text)
        if taken > left:
            words[0] = word.cut(left, taken)
            break
        left -= taken
        words.pop(0)
        if words and words[0].spaced:
            left -= 1
    if not words:
        return row
    return replace(row, words=words, left=min(word.left for word in words), text="")


def _table_row(one: Paragraph, hyphens: Hyphens) -> Woven:
    weaver = _Weaver(hyphens)
    for row in one.rows:
        for index, words in enumerate(cells_of(row)):
            if index:
                weaver.add_tab()
            weaver.add_words(words, row)
    text, stretches, marks = weaver.finished(plain=False)
    return Woven(Block(BlockKind.TABLE_ROW, text, marks=marks), stretches)


# text


class _Weaver:
    """Puts the words of lines together to one text, and notes where each letter stands."""

    def __init__(self, hyphens: Hyphens) -> None:
        self._hyphens = hyphens
        self._text: list[str] = []
        self._places: list[tuple[Row, int, int, int] | None] = []  # row, number, beginning, end
        self._kinds: list[tuple[bool, bool, str]] = []
        self._last: Word | None = None

    def add_row(self, row: Row) -> None:
        """A further line: a space, a hyphen or nothing joins it to the one before."""
        words = row.words
        if self._text and words:
            self._join(words[0])
        self.add_words(words, row)

    def add_words(self, words: Sequence[Word], row: Row) -> None:
        for index, word in enumerate(words):
            if index and word.spaced and self._text and self._text[-1] not in " \t":
                self._space(words[index - 1], word, row)
            kind = (word.style.bold, word.style.italic, _raised(word, row))
            for number, char in enumerate(word.text):
                self._text.append(char)
                self._places.append((row, word.number(number), word.edges[number], word.edges[number + 1]))
                self._kinds.append(kind)
            self._last = word

    def add_tab(self) -> None:
        self._blank("\t")

    def _space(self, before: Word, after: Word, row: Row) -> None:
        number = after.char - 1 if after.char == before.number(len(before.text) - 1) + 2 else -1
        self._text.append(" ")
        same = before.backwards == after.backwards
        place = (
            (row, number, before.edges[-1], after.edges[0])
            if same and (number >= 0 or before.char < 0 > after.char)
            else None
        )
        self._places.append(place)
        self._kinds.append(
            (before.style.bold and after.style.bold, before.style.italic and after.style.italic, "")
        )

    def _blank(self, char: str) -> None:
        self._text.append(char)
        self._places.append(None)
        self._kinds.append((False, False, ""))

    def _join(self, first: Word) -> None:
        last = self._text[-1]
        if last in HYPHENS and len(self._text) > 1 and self._text[-2].isalnum() and first.text[0].isalnum():
            if last == "\u00ad" or not self._hyphens.stays(self._last_word(), first.text):
                self._drop()
            return
        if is_wide(last) and is_wide(first.text[0]):
            return
        if last not in " \t":
            self._blank(" ")

    def _last_word(self) -> str:
        word = ""
        for char in reversed(self._text[:-1]):
            if char in " \t" or len(word) > 60:
                break
            word = char + word
        return word

    def _drop(self) -> None:
        for part in (self._text, self._places, self._kinds):
            part.pop()

    def finished(self, *, plain: bool) -> tuple[str, list[Stretch], tuple[InlineMark, ...]]:
        """The text, its places, and its formatting; ``plain`` without what is bold anyway."""
        self._compose()
        text = "".join(self._text)
        return text, _stretches(self._places), tuple(_marks(text, self._kinds, plain))

    def _compose(self) -> None:
        """Letters of different words that become one in NFC."""
        if unicodedata.is_normalized("NFC", "".join(self._text)):
            return
        text: list[str] = []
        places, kinds = [], []
        for char, place, kind in zip(self._text, self._places, self._kinds, strict=True):
            whole = unicodedata.normalize("NFC", "".join(text[-4:]) + char)
            apart = "".join(text[-4:]) + char
            text.append(char)
            places.append(place)
            kinds.append(kind)
            if whole != apart:
                kept = len(text) - len(apart)
                text[kept:] = list(whole)
                del places[kept + len(whole) :], kinds[kept + len(whole) :]
        self._text, self._places, self._kinds = text, places, kinds


def _raised(word: Word, row: Row) -> str:
    """Whether a word is set smaller and higher, or lower, than its line."""
    if word.style.size > 0.82 * row.size or len(word.text) > 12:
        return ""
    shift = (word.middle - row.middle) / row.size
    return "up" if shift < -0.1 else "down" if shift > 0.1 else ""


def _stretches(places: Sequence[tuple[Row, int, int, int] | None]) -> list[Stretch]:
    """Places that follow each other in one line, as long as the numbers of their characters do."""
    found: list[Stretch] = []
    start = 0
    for index in range(1, len(places) + 1):
        before = places[index - 1]
        if index < len(places) and before is not None and _follows(before, places[index]):
            continue
        if before is not None:
            found.append(_stretch(places, start, index))
        start = index
    return found


def _follows(before: tuple[Row, int, int, int], after: tuple[Row, int, int, int] | None) -> bool:
    if after is None or after[0] is not before[0]:
        return False
    in_turn = after[1] == before[1] + 1 if before[1] >= 0 else after[1] < 0
    ahead, further = before[3] - before[2], after[3] - after[2]
    return in_turn and (ahead >= 0) == (further >= 0) and abs(after[2] - before[3]) < 20 * TENTHS


def _stretch(places: Sequence[tuple[Row, int, int, int] | None], start: int, end: int) -> Stretch:
    inside = [place for place in places[start:end] if place is not None]
    edges = (*(place[2] for place in inside), inside[-1][3])
    return Stretch(start, inside[0][0], inside[0][1], edges)


def _marks(text: str, kinds: Sequence[tuple[bool, bool, str]], plain: bool) -> Iterable[InlineMark]:
    letters = [kind for kind, char in zip(kinds, text, strict=True) if not char.isspace()]
    bold = all(kind[0] for kind in letters)
    italic = all(kind[1] for kind in letters)
    if not plain and not bold:
        yield from _runs(text, [kind[0] for kind in kinds], MarkKind.STRONG)
    if not plain and not italic:
        yield from _runs(text, [kind[1] for kind in kinds], MarkKind.EMPHASIS)
    yield from _runs(text, [kind[2] == "up" for kind in kinds], MarkKind.SUPERSCRIPT)
    yield from _runs(text, [kind[2] == "down" for kind in kinds], MarkKind.SUBSCRIPT)


def _runs(text: str, flags: Sequence[bool], kind: MarkKind) -> Iterable[InlineMark]:
    at = 0
    for flag, run in groupby(flags):
        end = at + len(list(run))
        start = at
        at = end
        if not flag:
            continue
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield InlineMark(start, end, kind)
