"""Where a query's words stand in a text.

The text is analysed as the index analysed it, and the leaves of the query say of each term whether
it is a hit; so a hit is marked exactly where the search found it. Offsets are code points.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from whoosh import query

from desktop.search.candidates import Candidates
from desktop.search.cjk import is_cjk
from desktop.search.fold import MAX_TEXT, RAW_TOKEN, Token, places_of, terms_of, tokens
from desktop.search.leaves import Leaf, Value, leaves_of

Range = tuple[int, int]

# Hits kept of one text; readers step through them one by one.
MOST_HITS = 300
# Longer phrases are compared up to here.
MOST_PARTS = 200


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
        found = [unit for unit in _units(tree) if leaves_of(unit)[0].fieldname == field]
        self._words = [unit for unit in found if isinstance(unit, Leaf)]
        rows = [unit for unit in found if not isinstance(unit, Leaf)]
        self._sequences = [leaves_of(unit) for unit in rows if unit.ordered]
        self._near = [
            (leaves_of(unit), len(leaves_of(unit)) - 1 + unit.slop) for unit in rows if not unit.ordered
        ]
        self._firsts = [*self._words, *(sequence[0] for sequence in self._sequences)]
        self._candidates = Candidates(prefix for leaf in self._firsts for prefix in leaf.prefixes())
        self._chances: dict[str, _Chance | None] = {}
        self._scarce = [Candidates(leaf.prefixes()) for leaves, _ in self._near for leaf in leaves]

    def hits(self, text: str, most: int = MOST_HITS) -> tuple[Range, ...]:
        """(start, end) of the first hits in order, without overlaps; about ``most`` of them."""
        found: list[Range] = []
        for match in self._candidates.tokens(text) if self._firsts else ():
            raw = match[0]
            chance = self._chances[raw] if raw in self._chances else self._learn(raw)
            if chance is not None:
                start = match.start()
                found += [(start + a, start + b) for a, b in chance.hits]
                found += self._sequences_from(text, start, chance)
                if len(found) >= most:
                    break
        if self._near:
            found += islice(self._near_hits(text), most)
        return tuple(_merged(found))

    def _learn(self, raw: str) -> _Chance | None:
        """What a token has to do with the query; most tokens of a text come again and again."""
        if not any(leaf.means(term) for term in terms_of(raw) for leaf in self._firsts):
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
        self._chances[raw] = _Chance(hits, starts)
        return self._chances[raw]

    def _hit(self, place: Token) -> Range | None:
        leaf = next((leaf for leaf in self._words if leaf.means(place.term)), None)
        return None if leaf is None else (place.start, _end(leaf, place))

    def _sequences_from(self, text: str, start: int, chance: _Chance) -> Iterator[Range]:
        for sequence, at in chance.starts:
            leaves = self._sequences[sequence]
            following = list(islice(_tokens_from(text, start, at), len(leaves)))
            if len(following) == len(leaves) and all(
                leaf.means(token.term) for leaf, token in zip(leaves, following, strict=True)
            ):
                yield following[0].start, _end(leaves[-1], following[-1])

    def _near_hits(self, text: str) -> Iterator[Range]:
        """The words of each shortest stretch that has all of the words that are to be near."""
        if any(next(candidates.tokens(text), None) is None for candidates in self._scarce):
            return
        cut = list(tokens(text))
        for leaves, width in self._near:
            means = [lru_cache(maxsize=10_000)(leaf.means) for leaf in leaves]
            places = [[at for at, token in enumerate(cut) if known(token.term)] for known in means]
            for first, last in stretches(places, width):
                for leaf, group in zip(leaves, places, strict=True):
                    within = group[bisect_right(group, first - 1) : bisect_right(group, last)]
                    yield from ((cut[at].start, _end(leaf, cut[at])) for at in within)


def stretches(places: Sequence[Sequence[int]], width: int) -> Iterator[Range]:
    """(first, last) of each shortest stretch with a place of every group, at most ``width`` apart.

    Args:
        places: Of each group where it stands, in order. One place may serve several groups.
    """
    before = -1
    for end in sorted({place for group in places for place in group}):
        latest = [bisect_right(group, end) - 1 for group in places]
        if min(latest, default=-1) < 0:
            continue
        first = min(group[at] for group, at in zip(places, latest, strict=True))
        if end - first <= width and first != before:
            before = first
            yield first, end


def _end(leaf: Leaf, token: Token) -> int:
    """Where the hit of a leaf in a token ends: for a single ideograph, after that."""
    covered = leaf.covered()
    return token.end if covered is None else min(token.end, token.start + covered)


def _tokens_from(text: str, start: int, at: int) -> Iterator[Token]:
    """Tokens of the text from the term ``at`` of the raw token that begins at ``start`` on."""
    for match in islice(RAW_TOKEN.finditer(text, start, MAX_TEXT), MOST_PARTS):
        begin = match.start()
        for place in places_of(match[0])[at:]:
            yield Token(place.term, begin + place.start, begin + place.end)
        at = 0


def _units(tree: query.Query) -> Iterator[query.Query]:
    """Words and sequences that make a text match; nothing from under a NOT."""
    if isinstance(tree, query.Sequence):
        yield tree
    elif isinstance(tree, Leaf):
        if not isinstance(tree, Value):
            yield tree
    elif isinstance(tree, query.AndMaybe):
        yield from _units(tree.a)
        yield from filter(_is_run, _units(tree.b))
    elif isinstance(tree, query.AndNot):
        yield from _units(tree.a)
    elif isinstance(tree, query.And | query.Or):
        for sub in tree.subqueries:
            yield from _units(sub)


def _is_run(unit: query.Query) -> bool:
    """A run of characters as it was typed: its forms alone are marked up to where they differ."""
    return isinstance(unit, query.Sequence) and all(is_cjk(leaf.text) for leaf in leaves_of(unit))


def _merged(found: list[Range]) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
