"""From places on pages to the words of the blocks that stand there."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.core.document import Block, InlineMark, MarkKind
from desktop.core.extraction import FoundMark
from desktop.core.pages import TENTHS, PageLine
from desktop.core.records import AnnotationKind
from desktop.importing.pdf.annotations import Comment, Link
from desktop.importing.pdf.frames import Box
from desktop.importing.reading import Marked, Place, squeezed

_APART = 2  # code points between two lines of one passage: a space, a hyphen's place


class Words:
    """The lines of a document by page, for looking up what stands at a place.

    Args:
        blocks: As the reading has them.
        lines: Where their text stands, in code points of the canonical text.
    """

    def __init__(self, blocks: Sequence[Block], lines: Iterable[PageLine]) -> None:
        self.blocks = blocks
        self._starts: list[int] = []
        at = 0
        for block in blocks:
            self._starts.append(at)
            at += len(block.text) + 1
        self._lines: dict[int, list[PageLine]] = defaultdict(list)
        for line in lines:
            self._lines[line.page].append(line)

    def under(self, page: int, boxes: Sequence[Box]) -> tuple[Place, ...]:
        """The letters whose middle is in one of the boxes, as places in the blocks."""
        ranges = [
            found
            for line in self._lines.get(page, ())
            for box in boxes
            if (found := _covered(line, box)) is not None
        ]
        return tuple(place for start, end in self._merged(ranges) for place in self._places(start, end))

    def beside(self, page: int, box: Box) -> tuple[Place, ...]:
        """The words nearest to a note: the word under it, else the line at its height."""
        lines = self._lines.get(page, ())
        if not lines:
            return ()
        across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        line = min(lines, key=lambda one: one.rect(one.start, one.end).distance(across, down))
        if line.rect(line.start, line.end).distance(across, down) > 0:
            return self._places(line.start, line.end)
        return self._word(line, line.offset_at(across, down))

    def _word(self, line: PageLine, offset: int) -> tuple[Place, ...]:
        number = self._block_of(line.start)
        text, start = self.blocks[number].text, self._starts[number]
        at = min(max(offset - start, 0), len(text) - 1)
        if text[at].isspace() and at:
            at -= 1
        first = max(text.rfind(" ", 0, at), text.rfind("\t", 0, at)) + 1
        ends = [end for end in (text.find(" ", at), text.find("\t", at)) if end >= 0]
        if min(ends, default=len(text)) - first > 40:  # no spaces between its words
            return ((number, at, at + 1),)
        return ((number, first, min(ends, default=len(text))),)

    def _block_of(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _merged(self, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
        merged: list[tuple[int, int]] = []
        for start, end in sorted(ranges):
            if merged and start - merged[-1][1] <= _APART:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def _places(self, start: int, end: int) -> tuple[Place, ...]:
        """A stretch of the canonical text, cut at the ends of blocks and without white space around it."""
        places = []
        number = self._block_of(start)
        while number < len(self.blocks) and self._starts[number] < end:
            text, begin = self.blocks[number].text, self._starts[number]
            first, last = max(start - begin, 0), min(end - begin, len(text))
            while first < last and text[first].isspace():
                first += 1
            while last > first and text[last - 1].isspace():
                last -= 1
            if first < last:
                places.append((number, first, last))
            number += 1
        return tuple(places)

    def text(self, places: Iterable[Place]) -> str:
        return " ".join(self.blocks[number].text[start:end] for number, start, end in places)


def _covered(line: PageLine, box: Box) -> tuple[int, int] | None:
    """The first and the last code point of a line whose middles are in a box."""
    left, top, right, bottom = (side * TENTHS for side in box)
    low, high, near, far = (top, bottom, left, right) if line.vertical else (left, right, top, bottom)
    if not near <= (line.near + line.far) / 2 <= far:
        return None
    edges = line.edges
    inside = [
        index for index in range(len(edges) - 1) if low <= (edges[index] + edges[index + 1]) / 2 <= high
    ]
    return (line.start + inside[0], line.start + inside[-1] + 1) if inside else None


def marks_of(comments: Iterable[Comment], words: Words) -> tuple[Marked, ...]:
    """Other people's marks and notes on the words they stand on; without words, with their page."""
    return tuple(_mark(comment, words) for comment in comments)


def _mark(comment: Comment, words: Words) -> Marked:
    if comment.marks:
        places = words.under(comment.page, comment.places)
    else:
        places = next((found for box in comment.places[:1] if (found := words.beside(comment.page, box))), ())
    marked = words.text(places)
    note = comment.text
    if comment.marks and squeezed(note) == squeezed(marked):  # some programs copy the words into the note
        note = ""
    if comment.struck:
        note = f"Struck out. {note}".strip()
    kind = AnnotationKind.HIGHLIGHT if comment.marks else AnnotationKind.NOTE
    exact = "" if places or not comment.marks else _first_line(comment.text) or f"(page {comment.page + 1})"
    note = "" if exact and note == exact else note
    mark = FoundMark(
        kind,
        exact,
        note=note if places or comment.marks else f"(page {comment.page + 1}) {note}",
        creator=comment.creator,
        created_at=comment.created_at,
        colour=comment.colour,
    )
    return Marked(mark, places)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].strip()


def linked(blocks: Sequence[Block], links: Iterable[Link], words: Words) -> list[Block]:
    """The blocks with the addresses that their words lead to."""
    added: dict[int, list[InlineMark]] = defaultdict(list)
    for link in links:
        for number, start, end in words.under(link.page, [link.place]):
            _add_link(added[number], InlineMark(start, end, MarkKind.LINK, link.href))
    return [
        replace(block, marks=(*block.marks, *added[number])) if number in added else block
        for number, block in enumerate(blocks)
    ]


def _add_link(links: list[InlineMark], link: InlineMark) -> None:
    """Joined to the one before where it leads on to the same address, in the next line."""
    for index, other in enumerate(links):
        if link.start < other.end and other.start < link.end:
            return  # two links cannot stand on the same words
        if other.href == link.href and 0 <= link.start - other.end <= _APART:
            links[index] = replace(other, end=link.end)
            return
    links.append(link)
