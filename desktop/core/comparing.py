"""What became of a text and of its marks between two captures, sentence by sentence.

Sentences that stand in both texts in the same order are the frame. What lies between two of them on
one side only was removed or added; what lies there on both sides is paired by likeness of words and
was changed. A removed sentence that stands elsewhere in the new text was moved.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.core.aligning import opcodes
from desktop.core.anchors import AnchorState
from desktop.core.placing import Placement
from desktop.core.segmentation import sentences, words

Range = tuple[int, int]

_ALIKE = 0.4
_LARGEST_GAP = 40_000  # pairs of sentences that are compared word by word between two that are the same


class PassageKind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of one text, or of both; ranges are code points of each text.

    Attributes:
        old, new: Where it stands; None in the text that does not have it. A moved one has both.
        old_words, new_words: Of a changed one, the words that are not in the other.
    """

    kind: PassageKind
    old: Range | None = None
    new: Range | None = None
    old_words: tuple[Range, ...] = ()
    new_words: tuple[Range, ...] = ()


class Fate(StrEnum):
    """What became of a mark."""

    KEPT = "kept"  # the same words, in the same surroundings
    MOVED = "moved"  # the same words, elsewhere
    CHANGED = "changed"  # the words were edited, or stand in several places: waits for a person
    GONE = "gone"  # the words are no longer there


@dataclass(frozen=True)
class Comparison:
    """Two texts side by side; passages in reading order, what was removed before what was added."""

    old_text: str
    new_text: str
    passages: tuple[Passage, ...]

    def count(self, kind: PassageKind) -> int:
        return sum(passage.kind is kind for passage in self.passages)


def compare(old_text: str, new_text: str) -> Comparison:
    """Line the sentences of two texts up."""
    old, new = sentences(old_text), sentences(new_text)
    old_keys, new_keys = _keys(old_text, old), _keys(new_text, new)
    passages: list[Passage] = []
    for tag, a, b, c, d in opcodes(old_keys, new_keys):
        if tag == "equal":
            passages += [Passage(PassageKind.SAME, *pair) for pair in zip(old[a:b], new[c:d], strict=True)]
        else:
            passages += _between(old_text, old[a:b], new_text, new[c:d])
    return Comparison(old_text, new_text, tuple(_with_moves(passages, old_text, new_text)))


def fate(placement: Placement, comparison: Comparison) -> Fate:
    """What became of a mark, placed on the new text, since it stood on the old one."""
    if placement.state is AnchorState.ORPHAN or not placement.ranges:
        return Fate.GONE
    if not placement.sure:
        return Fate.CHANGED
    span = placement.annotation.spans[0]
    expected = _counterpart(comparison.passages, span.start)
    if expected is None:
        return Fate.MOVED
    return Fate.KEPT if expected[0] <= placement.ranges[0][0] < expected[1] else Fate.MOVED


def proposed_place(comparison: Comparison, start: int, end: int) -> Range | None:
    """The words of the new text that took the place of a stretch of one changed sentence.

    For marks whose words are too few to be found by their likeness alone: the sentence says where
    to look. None where the sentence is gone, or less than a third of the stretch's words are left.
    """
    for passage in comparison.passages:
        if passage.kind is not PassageKind.CHANGED or not passage.old or not passage.new:
            continue
        if passage.old[0] <= start and end <= passage.old[1]:
            return _within(comparison, passage.old, passage.new, start, end)
    return None


def _within(comparison: Comparison, old: Range, new: Range, start: int, end: int) -> Range | None:
    before, after = words(comparison.old_text, *old), words(comparison.new_text, *new)
    marked = {number for number, (a, b) in enumerate(before) if a < end and b > start}
    old_words = [comparison.old_text[a:b] for a, b in before]
    new_words = [comparison.new_text[a:b] for a, b in after]
    left: list[int] = []
    same = 0
    for tag, a, b, c, d in opcodes(old_words, new_words):
        touched = [number for number in range(a, b) if number in marked]
        if tag == "equal":
            left += [c + number - a for number in touched]
            same += len(touched)
        elif tag == "replace" and touched:
            left += range(c, d)
    if not same or 3 * same < len(marked):
        return None
    return after[min(left)][0], after[max(left)][1]


def _counterpart(passages: Sequence[Passage], offset: int) -> Range | None:
    """The sentence of the new text that takes the place of the one around an offset of the old text."""
    for passage in passages:
        if passage.old and passage.old[0] <= offset < max(passage.old[1], passage.old[0] + 1):
            return None if passage.kind is PassageKind.MOVED else passage.new
    return None


def _keys(text: str, found: Sequence[Range]) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in found]


def _between(old_text: str, old: Sequence[Range], new_text: str, new: Sequence[Range]) -> Iterator[Passage]:
    """What stands between two sentences that are the same: pairs in order, the rest on its own side."""
    pairs = _pairs(old_text, old, new_text, new)
    at_old = at_new = 0
    for i, j in [*pairs, (len(old), len(new))]:
        yield from (Passage(PassageKind.REMOVED, old=one) for one in old[at_old:i])
        yield from (Passage(PassageKind.ADDED, new=one) for one in new[at_new:j])
        if i < len(old):
            yield _changed(old_text, old[i], new_text, new[j])
        at_old, at_new = i + 1, j + 1


def _pairs(old_text: str, old: Sequence[Range], new_text: str, new: Sequence[Range]) -> list[tuple[int, int]]:
    """The alignment of greatest likeness that keeps the order on both sides."""
    if not old or not new or len(old) * len(new) > _LARGEST_GAP:
        return []
    olds = [_words(old_text, one) for one in old]
    news = [_words(new_text, one) for one in new]
    alike = [[_likeness(a, b) for b in news] for a in olds]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_traced(alike, best))


def _traced(alike: list[list[float]], best: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(alike) and j < len(alike[i]):
        if alike[i][j] >= _ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _words(text: str, where: Range) -> Counter[str]:
    return Counter(text[start:end].casefold() for start, end in words(text, *where))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Shared words by all words (Dice), each as often as it stands in both."""
    shared = sum(min(count, other[word]) for word, count in one.items() if word in other)
    return 2 * shared / max(one.total() + other.total(), 1)


def _changed(old_text: str, old: Range, new_text: str, new: Range) -> Passage:
    before, after = words(old_text, *old), words(new_text, *new)
    found = opcodes([old_text[a:b] for a, b in before], [new_text[a:b] for a, b in after])
    gone: list[Range] = []
    come: list[Range] = []
    for tag, a, b, c, d in found:
        if tag != "equal":
            gone += [(before[a][0], before[b - 1][1])] if a < b else []
            come += [(after[c][0], after[d - 1][1])] if c < d else []
    return Passage(PassageKind.CHANGED, old, new, tuple(gone), tuple(come))


def _with_moves(passages: Iterable[Passage], old_text: str, new_text: str) -> Iterator[Passage]:
    """Removed sentences that were added elsewhere are one that moved; it is told at both places."""
    every = list(passages)
    added: dict[str, list[Passage]] = {}
    for passage in every:
        if passage.kind is PassageKind.ADDED and passage.new:
            added.setdefault(_key(new_text, passage.new), []).append(passage)
    partner: dict[Passage, Passage] = {}
    for passage in every:
        if passage.kind is PassageKind.REMOVED and passage.old:
            waiting = added.get(_key(old_text, passage.old))
            if waiting:
                other = waiting.pop(0)
                partner[passage], partner[other] = other, passage
    for passage in every:
        if (other_one := partner.get(passage)) is None:
            yield passage
        elif passage.old:
            yield Passage(PassageKind.MOVED, passage.old, other_one.new)
        else:
            yield Passage(PassageKind.MOVED, other_one.old, passage.new)


def _key(text: str, where: Range) -> str:
    return " ".join(text[slice(*where)].split())


def passage_at(passages: Sequence[Passage], offset: int) -> int:
    """The number of the passage around an offset of the new text, or before it."""
    starts = [(passage.new[0], number) for number, passage in enumerate(passages) if passage.new]
    starts.sort()
    index = bisect_right(starts, (offset, len(passages))) - 1
    return starts[max(index, 0)][1] if starts else 0
