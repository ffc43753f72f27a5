"""From words to stretches of a line, and from these to whole lines."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from desktop.importing.pdf.frames import Frame
from desktop.importing.pdf.words import FIRST_BACKWARD, TENTHS, Style, Word, is_backward, is_wide

_FAR = 1.0  # of the size: parts stretches of a line; those of one column find together again
_CELL = 1.6
_LEADERS = re.compile(r"[.…·_]{4,}")
_CLOSING = frozenset(",.;:!?)]}»”’、。」")
_DOTS = frozenset(".…·")


@dataclass(slots=True, eq=False)
class Segment:
    """Words that surely stand next to each other in one line.

    Attributes:
        left, right, top, bottom: In points of the frame.
    """

    words: list[Word]
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 0.1)

    @property
    def weight(self) -> int:
        """Length in Latin letters: a wide character counts as two."""
        return sum(len(word.text) * (2 if is_wide(word.text[0]) else 1) for word in self.words)


@dataclass(slots=True, eq=False)
class Row:
    """One line of one column.

    Attributes:
        words: In reading order; ``spaced`` tells whether a space comes before each.
        page, frame: Where it stands.
        cells: The numbers of the words that begin after a wide gap.
        style: That of most of its letters.
        led: Dots led the eye from an entry to its page.
    """

    words: list[Word]
    page: int
    frame: Frame
    left: float
    right: float
    top: float
    bottom: float
    style: Style
    cells: tuple[int, ...] = ()
    led: bool = False
    text: str = field(default="")

    def __post_init__(self) -> None:
        self.text = text_of(self.words)

    @property
    def size(self) -> float:
        return self.style.size

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def backward(self) -> bool:
        return runs_backward(self.words)


def text_of(words: Iterable[Word]) -> str:
    """The words as they are read, with single spaces."""
    return "".join(f" {word.text}" if word.spaced else word.text for word in words).strip()


def runs_backward(words: Iterable[Word]) -> bool:
    """Whether most letters are of scripts from right to left."""
    text = "".join([word.text for word in words])
    if not text or max(text) < FIRST_BACKWARD:
        return False
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(map(is_backward, letters)) > len(letters) if letters else False


def segments_of(words: Sequence[Word]) -> list[Segment]:
    """Stretches in the order of drawing, those that continue each other joined; doubled ones left out."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and _continues(groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return _joined(_undoubled([segment(group) for group in groups]))


def segment(words: list[Word]) -> Segment:
    return Segment(
        words,
        min(word.left for word in words),
        max(word.right for word in words),
        min(word.top for word in words),
        max(word.bottom for word in words),
    )


def _continues(before: Word, word: Word) -> bool:
    size = max(before.style.size, word.style.size)
    if not _one_line(before.top, before.bottom, word.top, word.bottom):
        return False
    ahead = word.left - before.right
    back = before.left - word.right
    return -0.3 * size < ahead < _FAR * size or -0.3 * size < back < _FAR * size


def _one_line(top: float, bottom: float, other_top: float, other_bottom: float) -> bool:
    """Whether two heights overlap by more than half of the smaller one."""
    overlap = min(bottom, other_bottom) - max(top, other_top)
    return overlap > 0.5 * min(bottom - top, other_bottom - other_top)


def _undoubled(segments: list[Segment]) -> list[Segment]:
    """Without what is drawn a second time over itself."""
    seen: dict[str, list[Segment]] = {}
    kept = []
    for one in segments:
        same = seen.setdefault(text_of(one.words), [])
        near = 0.2 * one.height
        if any(abs(one.left - other.left) < near and abs(one.top - other.top) < near for other in same[-8:]):
            continue
        same.append(one)
        kept.append(one)
    return kept


def _joined(segments: list[Segment]) -> list[Segment]:
    """Neighbours that were drawn at different times, joined."""
    joined: list[Segment] = []
    for one in sorted(segments, key=lambda one: (one.middle, one.left)):
        neighbour = _neighbour(joined, one)
        if neighbour is None:
            joined.append(one)
        else:
            joined[neighbour] = segment([*joined[neighbour].words, *one.words])
    return joined


def _neighbour(joined: list[Segment], one: Segment) -> int | None:
    """The number of the stretch that goes on with this one."""
    for index in range(len(joined) - 1, max(len(joined) - 40, -1), -1):
        other = joined[index]
        if one.middle - other.middle > 2 * max(one.height, other.height):
            return None
        if _one_line(one.top, one.bottom, other.top, other.bottom) and _adjoin(one, other):
            return index
    return None


def _adjoin(one: Segment, other: Segment) -> bool:
    size = min(one.height, other.height)
    gap = max(one.left - other.right, other.left - one.right)
    return -0.5 * size < gap < 0.6 * size


def rows_of(segments: Iterable[Segment], page: int, frame: Frame) -> list[Row]:
    """The lines of one column, from top to bottom."""
    groups: list[list[Segment]] = []
    for one in sorted(segments, key=lambda one: one.middle):
        if groups and _in_line(groups[-1], one):
            groups[-1].append(one)
        else:
            groups.append([one])
    return [row for group in groups if (row := _row(group, page, frame)) is not None]


def _in_line(group: list[Segment], one: Segment) -> bool:
    main = max(group, key=lambda other: other.weight)
    if not _one_line(main.top, main.bottom, one.top, one.bottom):
        return False
    return not any(
        min(one.right, other.right) - max(one.left, other.left) > 0.5 * one.height for other in group
    )


def _row(group: list[Segment], page: int, frame: Frame) -> Row | None:
    words = sorted((word for one in group for word in one.words), key=lambda word: word.left)
    plain = _unled(words)
    led, words = sum(len(word.text) for word in words) > sum(len(word.text) for word in plain), plain
    if not words:
        return None
    words = _backward_order(words) if runs_backward(words) else words
    words = _spaced_out(words)
    _space(words, _main_style(words).size)
    return row_in_order(words, page, frame, led)


def row_in_order(words: list[Word], page: int, frame: Frame, led: bool = False) -> Row:
    """A line of words that stand in the order of reading already."""
    style = _main_style(words)
    main = [word for word in words if word.style.size >= 0.75 * style.size] or words
    return Row(
        words,
        page,
        frame,
        min(word.left for word in words),
        max(word.right for word in words),
        min(word.top for word in main),
        max(word.bottom for word in main),
        style,
        tuple(index for index, gap in _gaps(words) if gap > _CELL * style.size),
        led,
    )


def _main_style(words: Sequence[Word]) -> Style:
    weights: Counter[Style] = Counter()
    for word in words:
        weights[word.style] += len(word.text)
    return weights.most_common(1)[0][0]


def _gaps(words: Sequence[Word]) -> Iterator[tuple[int, float]]:
    """The number of each word after the first, and the gap before it."""
    for index, (before, after) in enumerate(pairwise(words), 1):
        yield index, max(after.left - before.right, before.left - after.right)


def _space(words: Sequence[Word], size: float) -> None:
    """Settle between which words there is a space, now that their order is known."""
    words[0].spaced = True
    for (before, after), (_, gap) in zip(pairwise(words), _gaps(words), strict=True):
        wide = is_wide(before.text[-1]) and is_wide(after.text[0])
        if gap > (0.9 if wide else 0.28) * size:
            after.spaced = True
        elif gap < 0.03 * size and after.char != before.char + len(before.text) + 1:
            after.spaced = after.spaced and after.char < 0
        elif gap < 0.12 * size and after.text[0] in _CLOSING:
            after.spaced = False


def _unled(words: list[Word]) -> list[Word]:
    """Without the dots that lead the eye from an entry to its page."""
    kept: list[Word] = []
    run: list[Word] = []
    for word in [*words, None]:
        if word is not None and set(word.text) <= _DOTS:
            run.append(word)
            continue
        if sum(len(dots.text) for dots in run) < 4:
            kept += run
        elif word is not None:
            word.spaced = True
        run = []
        if word is not None:
            kept += _without_leaders(word)
    return kept


def _without_leaders(word: Word) -> list[Word]:
    match = _LEADERS.search(word.text) if len(word.text) > 4 else None
    if match is None:
        return [word]
    parts = [word.cut(0, match.start()), word.cut(match.end(), len(word.text))]
    parts[1].spaced = True
    return [part for part in parts if part.text]


def _backward_order(words: list[Word]) -> list[Word]:
    """The words of a line from right to left; numbers and foreign words within keep their own order."""
    order: list[Word] = []
    foreign: list[Word] = []
    for word in reversed(words):
        if any(map(is_backward, word.text)):
            order += foreign
            foreign = []
            order.append(word)
        else:
            foreign.insert(0, word)
    return order + foreign


def _spaced_out(words: list[Word]) -> list[Word]:
    """A line whose letters are spaced out for emphasis, with its words made whole again."""
    single = sum(len(word.text) == 1 and word.text.isalpha() for word in words)
    if len(words) < 5 or single < 0.8 * len(words) or is_wide(words[0].text[0]):
        return words
    gaps = [gap for _, gap in _gaps(words)]
    usual = median(gaps)
    groups = [[words[0]]]
    for word, gap in zip(words[1:], gaps, strict=True):
        if gap > 1.6 * usual + 0.1:
            groups.append([word])
        else:
            groups[-1].append(word)
    return [_merged(group) for group in groups]


def _merged(words: list[Word]) -> Word:
    edges = array("i", [edge for word in words for edge in word.edges[:-1]])
    edges.append(words[-1].edges[-1])
    numbers = tuple(word.number(index) for word in words for index in range(len(word.text)))
    first = words[0]
    text = "".join(word.text for word in words)
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    return Word(text, edges, top, bottom, first.style, numbers[0], numbers, True)


def height_of_letters(rows: Iterable[Row]) -> float:
    """The size of most letters; 0 where there is none."""
    weights: Counter[float] = Counter()
    for row in rows:
        weights[row.size] += len(row.text)
    return weights.most_common(1)[0][0] if weights else 0.0


__all__ = [
    "TENTHS", "Row", "Segment", "height_of_letters", "rows_of", "runs_backward", "segments_of", "text_of",
]  # fmt: skip
