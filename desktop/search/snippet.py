"""Where a query's words stand in a text, and the passage that shows them best.

The text is analysed as the index analysed it, and the leaves of the query say of each term whether
it is a hit; so a hit is marked exactly where the search found it. Offsets are code points.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from whoosh import query

from desktop.core.searching import Snippet
from desktop.search.fold import MAX_TEXT, RAW_TOKEN, Token, places_of, terms_of
from desktop.search.leaves import Leaf, Value, leaves_of

Range = tuple[int, int]

# Hits kept of one text; readers step through them one by one.
MOST_HITS = 300
# Longer phrases are compared up to here.
MOST_PARTS = 200
# Length of a passage, and how far a border is looked for before its first hit.
_LENGTH = 280
_LEAD = 140
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'»”」』)]*(?:\s+|(?<=[。！？」』])|\Z)|\n+")
_SPACE = re.compile(r"\s")
# One for one, so that ranges hold; the wider space keeps a heading apart from what follows it.
_SHOWN = str.maketrans({"\n": "\u2003", "\t": "\u2003"})


class _Chance(NamedTuple):
    """What a raw token has to do with the query.

    Attributes:
        hits: Ranges within the token that are hits by themselves.
        starts: (number of a sequence, number of the token's term) where a sequence may begin.
    """

    hits: tuple[Range, ...]
    starts: tuple[tuple[int, int], ...]


class Marker:
    """Finds the hits of one query in texts of one field."""

    def __init__(self, tree: query.Query, field: str) -> None:
        patterns = [pattern for pattern in _patterns(tree) if pattern[0].fieldname == field]
        self._words = [pattern[0] for pattern in patterns if len(pattern) == 1]
        self._sequences = [pattern for pattern in patterns if len(pattern) > 1]
        leaves = self._words + [sequence[0] for sequence in self._sequences]
        self._beginnings = tuple({prefix for leaf in leaves for prefix in leaf.prefixes()})
        self._chances: dict[str, _Chance | None] = {}

    def hits(self, text: str, most: int = MOST_HITS) -> tuple[Range, ...]:
        """(start, end) of the first hits in order, without overlaps; about ``most`` of them."""
        if not self._words and not self._sequences:
            return ()
        found: list[Range] = []
        known = self._chances
        raws = list(RAW_TOKEN.finditer(text, 0, MAX_TEXT))
        for number, match in enumerate(raws):
            raw = match[0]
            chance = known[raw] if raw in known else self._learn(raw)
            if chance is not None:
                start = match.start()
                found += [(start + a, start + b) for a, b in chance.hits]
                found += self._sequences_from(raws, number, chance)
                if len(found) >= most:
                    break
        return tuple(_merged(found))

    def _learn(self, raw: str) -> _Chance | None:
        """What most words of a text have to do with the query, nothing, costs one look-up after this."""
        if not any(term.startswith(self._beginnings) for term in terms_of(raw)):
            self._chances[raw] = None
            return None
        places = places_of(raw)
        hits = tuple(hit for place in places if (hit := self._hit(place)) is not None)
        starts = tuple(
            (number, at)
            for number, sequence in enumerate(self._sequences)
            for at, place in enumerate(places)
            if sequence[0].means(place.term)
        )
        chance = self._chances[raw] = _Chance(hits, starts) if hits or starts else None
        return chance

    def _hit(self, place: Token) -> Range | None:
        leaf = next((leaf for leaf in self._words if leaf.means(place.term)), None)
        return None if leaf is None else (place.start, _end(leaf, place))

    def _sequences_from(self, raws: Sequence[re.Match[str]], number: int, chance: _Chance) -> Iterator[Range]:
        for sequence, at in chance.starts:
            leaves = self._sequences[sequence]
            following = list(islice(_tokens_from(raws, number, at), len(leaves)))
            if len(following) == len(leaves) and all(
                leaf.means(token.term) for leaf, token in zip(leaves, following, strict=True)
            ):
                yield following[0].start, _end(leaves[-1], following[-1])


def _end(leaf: Leaf, token: Token) -> int:
    """Where the hit of a leaf in a token ends: for a single ideograph, after that."""
    covered = leaf.covered()
    return token.end if covered is None else min(token.end, token.start + covered)


def _tokens_from(raws: Sequence[re.Match[str]], number: int, at: int) -> Iterator[Token]:
    """Tokens of the text from the term ``at`` of a raw token on."""
    for match in raws[number : number + MOST_PARTS]:
        start = match.start()
        for place in places_of(match[0])[at:]:
            yield Token(place.term, start + place.start, start + place.end)
        at = 0


def passage(text: str, hits: Sequence[Range], offset: int = 0) -> Snippet:
    """The passage with the most hits close together, cut at a sentence or between words.

    Args:
        offset: Where ``text`` begins in the canonical text; -1 when it is not part of it.
    """
    first = _densest(hits)
    start = _start_before(text, hits[first][0]) if hits else 0
    end = _end_after(text, start)
    shown = tuple((a - start, min(b, end) - start) for a, b in hits if start <= a < end)
    words = text[start:end].translate(_SHOWN)
    return Snippet(words, shown, offset + start if offset >= 0 else -1)


def _patterns(tree: query.Query) -> Iterator[list[Leaf]]:
    """Words and sequences that make a text match; nothing from under a NOT."""
    if isinstance(tree, query.Sequence):
        yield leaves_of(tree)
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
