"""Where a query's words stand in a text, and the passage that shows them best.

The text is analysed as the index analysed it, and the leaves of the query say of each term whether
it is a hit; so a hit is marked exactly where the search found it. Offsets are code points.
"""

import re
from collections.abc import Iterator, Sequence
from typing import cast

from whoosh import query

from desktop.core.searching import Snippet
from desktop.search.fold import Token, tokens
from desktop.search.leaves import Leaf, Value

Range = tuple[int, int]

# Hits kept of one text; readers step through them one by one.
MOST_HITS = 300
# Length of a passage, and how far a border is looked for before its first hit.
_LENGTH = 240
_LEAD = 90
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'»”」』)]*(?:\s+|(?<=[。！？」』])|\Z)|\n+")
_SPACE = re.compile(r"\s")


class Marker:
    """Finds the hits of one query in texts of one field."""

    def __init__(self, tree: query.Query, field: str) -> None:
        patterns = [pattern for pattern in _patterns(tree) if pattern[0].fieldname == field]
        self._words = [pattern[0] for pattern in patterns if len(pattern) == 1]
        self._sequences = [pattern for pattern in patterns if len(pattern) > 1]
        self._known: dict[str, int | None] = {}

    def hits(self, text: str) -> tuple[Range, ...]:
        """(start, end) of the hits in order, without overlaps; at most ``MOST_HITS``."""
        if not self._words and not self._sequences:
            return ()
        found: list[Range] = []
        window: list[Token] = []
        longest = max(map(len, self._sequences), default=1)
        for token in tokens(text):
            window = [*window[-(longest - 1) :], token] if longest > 1 else [token]
            found += self._ending_here(window)
            if len(found) >= MOST_HITS:
                break
        return tuple(_merged(found))

    def _ending_here(self, window: list[Token]) -> Iterator[Range]:
        token = window[-1]
        covered = self._covered(token.term)
        if covered is not None:
            yield token.start, min(token.end, token.start + covered) if covered else token.end
        for sequence in self._sequences:
            tail = window[-len(sequence) :]
            if len(tail) == len(sequence) and all(
                leaf.accepts(part.term) for leaf, part in zip(sequence, tail, strict=True)
            ):
                last = sequence[-1].covered()
                yield tail[0].start, token.start + last if last else token.end

    def _covered(self, term: str) -> int | None:
        """None for no hit, 0 for the whole term, else how many of its characters."""
        if term not in self._known:
            leaf = next((leaf for leaf in self._words if leaf.accepts(term)), None)
            self._known[term] = None if leaf is None else (leaf.covered() or 0)
        return self._known[term]


def passage(text: str, hits: Sequence[Range], offset: int = 0) -> Snippet:
    """The passage with the most hits close together, cut at a sentence or between words.

    Args:
        offset: Where ``text`` begins in the canonical text; -1 when it is not part of it.
    """
    first = _densest(hits)
    start = _start_before(text, hits[first][0]) if hits else 0
    end = _end_after(text, start)
    shown = tuple((a - start, min(b, end) - start) for a, b in hits if start <= a < end)
    words = text[start:end].replace("\n", " ").replace("\t", " ")
    return Snippet(words, shown, offset + start if offset >= 0 else -1)


def _patterns(tree: query.Query) -> Iterator[list[Leaf]]:
    """Words and sequences that make a text match; nothing from under a NOT."""
    if isinstance(tree, query.Sequence):
        yield cast(list[Leaf], list(tree.subqueries))
    elif isinstance(tree, Leaf):
        if not isinstance(tree, Value):
            yield [tree]
    elif isinstance(tree, query.AndNot | query.AndMaybe):
        yield from _patterns(tree.a)
    elif isinstance(tree, query.And | query.Or):
        for sub in tree.subqueries:
            yield from _patterns(sub)


def _merged(found: list[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _densest(hits: Sequence[Range]) -> int:
    """The hit that begins the passage with the most hits; the first one of equals."""
    best, most = 0, 0
    for at, (start, _) in enumerate(hits):
        within = sum(1 for _, end in hits[at : at + 20] if end <= start + _LENGTH - _LEAD)
        if within > most:
            best, most = at, within
    return best


def _start_before(text: str, at: int) -> int:
    """The beginning of the sentence of ``at``, or of a word where that is too far away."""
    earliest = max(0, at - _LEAD)
    borders = [match.end() for match in _SENTENCE_END.finditer(text, earliest, at)]
    if borders:
        return borders[-1]
    if earliest == 0:
        return 0
    space = _SPACE.search(text, earliest, at)
    return space.end() if space else earliest


def _end_after(text: str, start: int) -> int:
    """The end of the last whole sentence, or word, of a passage that begins at ``start``."""
    latest = min(len(text), start + _LENGTH)
    if latest == len(text):
        return latest
    borders = [match.end() for match in _SENTENCE_END.finditer(text, start + _LENGTH // 2, latest)]
    if borders:
        return len(text[: borders[-1]].rstrip())
    space = max(text.rfind(" ", start + _LENGTH // 2, latest), text.rfind("\n", start, latest))
    return space if space > start else latest
