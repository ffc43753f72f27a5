"""What two sequences have in common, in order, in bounded time.

``difflib`` finds it well, and takes minutes where the same few items come again and again. So what is
alike at both ends is set aside first, long sequences are cut at items that each has once (the frame of
Bram Cohen's patience diff), and only what lies between is given to ``difflib``, if it is small enough.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Opcode = tuple[str, int, int, int, int]

_MOST_PAIRS = 50_000
"""Pairs of equal items in a stretch for ``difflib``; about its longest search for one match."""
_MOST_STEPS = 1_000_000
"""Items of one side by items of the other in such a stretch."""
_DEEPEST = 8


def opcodes(old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    """As ``SequenceMatcher.get_opcodes``: how to turn one into the other.

    Where both are long and made of the same few items, what they have in common there may be missed.
    """
    found: list[Opcode] = []
    at_old = at_new = 0
    for a, b, size in [*_joined(_matches(old, new, 0, 0, 0)), (len(old), len(new), 0)]:
        if at_old < a and at_new < b:
            found.append(("replace", at_old, a, at_new, b))
        elif at_old < a:
            found.append(("delete", at_old, a, at_new, b))
        elif at_new < b:
            found.append(("insert", at_old, a, at_new, b))
        if size:
            found.append(("equal", a, a + size, b, b + size))
        at_old, at_new = a + size, b + size
    return found


Match = tuple[int, int, int]


def _joined(matches: Iterator[Match]) -> list[Match]:
    """Matches that follow each other on both sides are one."""
    joined: list[Match] = []
    for a, b, size in matches:
        if joined and joined[-1][0] + joined[-1][2] == a and joined[-1][1] + joined[-1][2] == b:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        elif size:
            joined.append((a, b, size))
    return joined


def _matches(old: Sequence[str], new: Sequence[str], at_old: int, at_new: int, depth: int) -> Iterator[Match]:
    """Stretches that are the same in both, in order; the places are told from ``at_old`` and ``at_new``."""
    head = _alike(old, new)
    yield at_old, at_new, head
    old, new = old[head:], new[head:]
    at_old, at_new = at_old + head, at_new + head
    tail = _alike(old[::-1], new[::-1])
    yield from _middle(old[: len(old) - tail], new[: len(new) - tail], at_old, at_new, depth)
    yield at_old + len(old) - tail, at_new + len(new) - tail, tail


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many items at the beginning are the same."""
    return next(
        (place for place, (one, other) in enumerate(zip(old, new, strict=False)) if one != other),
        min(len(old), len(new)),
    )


def _middle(old: Sequence[str], new: Sequence[str], at_old: int, at_new: int, depth: int) -> Iterator[Match]:
    if not old or not new:
        return
    if _is_small(old, new):
        for a, b, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            yield at_old + a, at_new + b, size
        return
    if depth == _DEEPEST:
        return
    a = b = 0
    for i, j in [*_frame(old, new), (len(old), len(new))]:
        if (a, b) != (0, 0) or (i, j) != (len(old), len(new)):  # else it would be the same again
            yield from _matches(old[a:i], new[b:j], at_old + a, at_new + b, depth + 1)
        a, b = i, j


def _is_small(old: Sequence[str], new: Sequence[str]) -> bool:
    if len(old) * len(new) > _MOST_STEPS:
        return False
    ours, theirs = Counter(old), Counter(new)
    return sum(count * theirs[item] for item, count in ours.items()) <= _MOST_PAIRS


def _frame(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where items stand that each has once: the longest row of them that keeps the order."""
    ours, theirs = Counter(old), Counter(new)
    where = {item: place for place, item in enumerate(new) if theirs[item] == 1}
    pairs = [(i, where[item]) for i, item in enumerate(old) if ours[item] == 1 and item in where]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs whose second parts rise, too (patience sorting)."""
    tops: list[int] = []  # the smallest end of a row of each length
    ends: list[int] = []  # which pair that is
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(tops, place)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    row: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]
