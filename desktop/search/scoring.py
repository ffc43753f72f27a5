"""How well documents match: BM25F, for all wanted documents at once.

Whoosh's own nodes get the scores that Whoosh gives, ours those of ``weights``. A word of ours that stands in
several fields, forms or spellings is one word: their counts are added up, weighted and measured by the
length of each field, before the sum is saturated.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import query

from desktop.search import weights
from desktop.search.leaves import Anywhere, Leaf, OfArticles, Value, leaves_of
from desktop.search.matching import Matching, Segment, UnknownQuery
from desktop.search.segmentfile import LENGTHS
from desktop.search.sets import Documents, among, spread, union

Scores = NDArray[np.float64]

# Whoosh's own.
_B, _K1 = 0.75, 1.2


class Statistics:
    """What scores need to know of all segments together; deleted documents count, as with Whoosh."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.documents = sum(segment.size for segment in segments)
        self._norms: dict[tuple[str, float, float], Scores] = {}

    def idf(self, documents: int) -> float:
        """Of something that stands in so many documents, as Whoosh has it."""
        return math.log(max(self.documents, 1) / (documents + 1)) + 1

    def norms(self, field: str, least: float = 0.0, pull: float = _B) -> Scores:
        """By the byte of its length, by how much a field is longer than the average.

        Args:
            least: The average is taken to be at least this: most records have no note at all.
            pull: BM25's b.
        """
        known = self._norms.get((field, least, pull))
        if known is None:
            total = sum(segment.total_length(field) for segment in self._segments)
            average = max(total / max(self.documents, 1), least) or 1.0
            known = self._norms[field, least, pull] = np.asarray(
                (1 - pull) + pull * LENGTHS / average, np.float64
            )
        return known


class Scoring:
    """Scores trees whose documents ``Matching`` has found, one for each segment."""

    def __init__(self, matchings: Sequence[Matching], statistics: Statistics) -> None:
        self._matchings, self._statistics = matchings, statistics
        self._idfs: dict[int, float] = {}

    def scores(self, tree: query.Query, number: int, documents: Documents) -> Scores:
        """Of documents of a segment that match the tree."""
        found = _Run(self, self._matchings[number], self._statistics).score(tree, documents)
        return np.array(np.broadcast_to(found, len(documents)))

    def idf(self, unit: query.Query) -> float:
        """Of a term, a leaf or a word in several fields."""
        known = self._idfs.get(id(unit))
        if known is None:
            known = self._idfs[id(unit)] = self._idf(unit)
        return known

    def _idf(self, unit: query.Query) -> float:
        if not isinstance(unit, Anywhere | Leaf | query.Sequence):
            return self._statistics.idf(self._found([unit]))
        spellings = unit.subqueries if isinstance(unit, Anywhere) else [unit]
        units = [leaves_of(one) for one in spellings]
        if len({len(one) for one in units}) > 1:  # spellings with other numbers of words
            return self._rarity(spellings)
        return sum(map(self._rarity, zip(*units, strict=True)))

    def _rarity(self, units: Sequence[query.Query]) -> float:
        return weights.idf(self._statistics.documents, self._found(units))

    def _found(self, units: Sequence[query.Query]) -> int:
        """How many documents have any of the units."""
        return sum(
            len(union([matching.documents(unit) for unit in units], matching.segment.size))
            for matching in self._matchings
        )


class _Run:
    """Scores in one segment. Methods return an array, or one number for all the documents."""

    def __init__(self, whole: Scoring, matching: Matching, statistics: Statistics) -> None:
        self._whole, self._matching, self._statistics = whole, matching, statistics
        self._segment = matching.segment

    def score(self, tree: query.Query, documents: Documents) -> Scores | float:
        for kind in type(tree).__mro__:
            if kind in _NODES:
                return _NODES[kind](self, tree, documents)
        raise UnknownQuery(repr(tree))

    def _where(self, tree: query.Query, documents: Documents) -> Scores | float:
        """Of documents that need not match; 0 where they do not."""
        if isinstance(tree, Anywhere | Leaf | query.Term):
            return self.score(tree, documents)
        matched = among(documents, self._matching.documents(tree), self._segment.size)
        scores = np.zeros(len(documents))
        scores[matched] = self.score(tree, documents[matched])
        return scores

    def _and(self, tree: query.And, documents: Documents) -> Scores | float:
        scored = [sub for sub in tree.subqueries if not isinstance(sub, query.Not)]
        return float(tree.boost) * sum(self.score(sub, documents) for sub in scored)

    def _or(self, tree: query.Or, documents: Documents) -> Scores | float:
        return float(tree.boost) * sum(self._where(sub, documents) for sub in tree.subqueries)

    def _best(self, tree: query.DisjunctionMax, documents: Documents) -> Scores | float:
        scores: Scores | float = 0.0
        for sub in tree.subqueries:
            scores = np.maximum(scores, self._where(sub, documents))
        return scores * float(tree.boost)

    def _nothing(self, _: query.Query, __: Documents) -> float:
        return 0.0

    def _first(self, tree: query.AndNot | query.Require, documents: Documents) -> Scores | float:
        return self.score(tree.a, documents)

    def _and_maybe(self, tree: query.AndMaybe, documents: Documents) -> Scores | float:
        return self.score(tree.a, documents) + self._where(tree.b, documents)

    def _constant(self, tree: query.ConstantScoreQuery, _: Documents) -> float:
        return float(tree.score)

    def _same(self, tree: query.Query, _: Documents) -> float:
        return float(tree.boost)

    def _term(self, tree: query.Term, documents: Documents) -> Scores | float:
        found, counts = self._matching.counts(tree)
        if not len(found):
            return 0.0
        norms = self._statistics.norms(tree.fieldname)[self._segment.lengths(tree.fieldname)[documents]]
        shares = spread(documents, found, counts, self._segment.size) / norms
        return float(tree.boost) * self._whole.idf(tree) * _saturated(shares)

    def _phrase(self, tree: query.Phrase, documents: Documents) -> Scores | float:
        """As its words one by one."""
        words = self._matching.words(tree)
        return float(tree.boost) * sum(self._term(word, documents) for word in words)

    def _sequence(self, tree: query.Sequence, documents: Documents) -> Scores | float:
        if all(isinstance(sub, Leaf) for sub in tree.subqueries):
            return self._word(tree, [tree], 1.0, documents)
        return float(tree.boost) * sum(self.score(sub, documents) for sub in tree.subqueries)

    def _anywhere(self, tree: Anywhere, documents: Documents) -> Scores | float:
        return self._word(tree, tree.subqueries, tree.boost, documents)

    def _leaf(self, tree: Leaf, documents: Documents) -> Scores | float:
        return self._word(tree, [tree], 1.0, documents)

    def _word(
        self, tree: query.Query, units: Sequence[query.Query], boost: float, documents: Documents
    ) -> Scores | float:
        """Of leaves and sequences of leaves that count as one word."""
        shares: Scores | float = 0.0
        for unit in units:
            shares = shares + self._share(unit, documents)
        if isinstance(shares, float):
            return 0.0
        saturation = tree.saturation if isinstance(tree, Anywhere) else weights.K1
        return boost * self._whole.idf(tree) * _saturated(shares, saturation)

    def _share(self, unit: query.Query, documents: Documents) -> Scores | float:
        """How often a unit stands in each document, by its weight and the length of its field."""
        field = leaves_of(unit)[0].fieldname
        if not len(self._segment.postings(field).terms):
            return 0.0
        found, counts = self._matching.counts(unit)
        if not len(found):
            return 0.0
        lengths, norms = self._segment.lengths(field), self._statistics.norms(field, 1.0, weights.B)
        if len(found) <= len(documents):
            shares = unit.boost * counts / norms[lengths[found]]
            return spread(documents, found, shares, self._segment.size)
        return (
            float(unit.boost)
            * spread(documents, found, counts, self._segment.size)
            / norms[lengths[documents]]
        )


def _saturated(shares: Scores, k1: float = _K1) -> Scores:
    return shares * (k1 + 1) / (shares + k1)


_NODES: dict[type, Callable[[_Run, Any, Documents], Scores | float]] = {
    query.And: _Run._and,
    query.Or: _Run._or,
    query.DisjunctionMax: _Run._best,
    query.AndNot: _Run._first,
    query.Require: _Run._first,
    query.AndMaybe: _Run._and_maybe,
    query.ConstantScoreQuery: _Run._constant,
    query.Every: _Run._same,
    query.MultiTerm: _Run._same,
    query.Term: _Run._term,
    query.Phrase: _Run._phrase,
    query.Sequence: _Run._sequence,
    query.Not: _Run._nothing,
    type(query.NullQuery): _Run._nothing,
    Anywhere: _Run._anywhere,
    Leaf: _Run._leaf,
    Value: _Run._nothing,
    OfArticles: _Run._nothing,
}
