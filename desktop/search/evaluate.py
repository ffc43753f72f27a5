"""Running a query tree over the segments: which documents match, and how well.

Whoosh's own matchers go document by document and get some trees wrong (a phrase inside AND NOT, limits
with nested boosts). Here every node gives all its documents at once, so totals are exact and
facets need no second run. Scores are BM25F (see ``weights``).
"""

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any

from whoosh import query

from desktop.search import weights
from desktop.search.codec import LENGTHS
from desktop.search.leaves import Anywhere, ExactWord, Leaf, Value, leaves_of
from desktop.search.segments import Posting, Segment

# Of one segment: document number to score, live documents only.
Scores = dict[int, float]
# One for each segment, in their order.
Matches = list[Scores]

_KEPT_COUNTS = 400


class Evaluator:
    """Evaluates trees over a fixed set of segments; keeps what the last words stood for."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self._documents = sum(segment.size - len(segment.deleted) for segment in segments)
        self._known: OrderedDict[tuple[str, Leaf], Scores] = OrderedDict()
        self._average: dict[str, float] = {}
        self._nodes: dict[type, Callable[[Any], Matches]] = {
            query.And: self._and,
            query.Or: self._or,
            query.Not: self._not,
            query.AndNot: self._and_not,
            query.AndMaybe: self._and_maybe,
            query.Every: self._every,
            Anywhere: self._anywhere,
        }

    def matches(self, tree: query.Query) -> Matches:
        """All live documents that match, with their scores."""
        if isinstance(tree, Value):
            return self._value(tree)
        if isinstance(tree, Leaf | query.Sequence):
            return self._anywhere(Anywhere([tree]))
        if tree is query.NullQuery:
            return [{} for _ in self.segments]
        return self._nodes[type(tree)](tree)

    def _every(self, _: query.Every) -> Matches:
        return [dict.fromkeys(segment.documents(), 0.0) for segment in self.segments]

    def _and(self, tree: query.And) -> Matches:
        return self._combine([self.matches(sub) for sub in tree.subqueries], _intersection)

    def _or(self, tree: query.Or) -> Matches:
        return self._combine([self.matches(sub) for sub in tree.subqueries], _union)

    def _not(self, tree: query.Not) -> Matches:
        return self._combine([self._every(query.Every()), self.matches(tree.query)], _difference)

    def _and_not(self, tree: query.AndNot) -> Matches:
        return self._combine([self.matches(tree.a), self.matches(tree.b)], _difference)

    def _and_maybe(self, tree: query.AndMaybe) -> Matches:
        return self._combine([self.matches(tree.a), self.matches(tree.b)], _with_bonus)

    def _combine(self, parts: list[Matches], join: Callable[[list[Scores]], Scores]) -> Matches:
        return [join([part[number] for part in parts]) for number in range(len(self.segments))]

    def _value(self, leaf: Value) -> Matches:
        found = []
        for segment in self.segments:
            numbers: set[int] = set()
            for value in filter(leaf.accepts, segment.names(leaf.fieldname)):
                numbers.update(segment.posting(leaf.fieldname, value).documents)
            found.append(dict.fromkeys(numbers - segment.deleted, 0.0))
        return found

    def _anywhere(self, tree: Anywhere) -> Matches:
        """BM25F: counts of all fields, weighted and normalised by length, before saturation."""
        units = tree.subqueries
        counts = [self._counts(unit) for unit in units]
        weight = tree.boost * sum(map(self._idf, zip(*map(leaves_of, units), strict=True)))
        k1 = tree.saturation
        scored = []
        for number, segment in enumerate(self.segments):
            shares: Scores = {}
            for unit, found in zip(units, counts, strict=True):
                self._add_shares(shares, segment, unit, found[number])
            scored.append({at: weight * share * (k1 + 1) / (share + k1) for at, share in shares.items()})
        return scored

    def _add_shares(self, shares: Scores, segment: Segment, unit: query.Query, found: Scores) -> None:
        if not found:
            return
        field = leaves_of(unit)[0].fieldname
        lengths, slope = LENGTHS[segment.lengths(field)].tolist(), weights.B / self._average_length(field)
        for number, count in found.items():
            share = unit.boost * count / (1 - weights.B + slope * lengths[number])
            shares[number] = shares.get(number, 0.0) + share

    def _counts(self, unit: query.Query) -> Matches:
        """How often a leaf, or a sequence of leaves, stands in each document."""
        if isinstance(unit, Leaf):
            return [self._leaf_counts(segment, unit) for segment in self.segments]
        groups = [[self._group(segment, leaf) for leaf in leaves_of(unit)] for segment in self.segments]
        return [_adjacent(segment, group) for segment, group in zip(self.segments, groups, strict=True)]

    def _leaf_counts(self, segment: Segment, leaf: Leaf) -> Scores:
        key = (segment.id, leaf)
        if key not in self._known:
            self._known[key] = _counts(segment, self._group(segment, leaf))
            if len(self._known) > _KEPT_COUNTS:
                self._known.popitem(last=False)
        return self._known[key]

    def _group(self, segment: Segment, leaf: Leaf) -> list[Posting]:
        return [segment.posting(leaf.fieldname, term) for term in expand(segment, leaf)]

    def _idf(self, leaves: Iterable[Leaf]) -> float:
        """Of one word, by the documents that have it in any of the fields."""
        counts = zip(*map(self._counts, leaves), strict=True)
        documents = sum(len(set().union(*found)) for found in counts)
        return weights.idf(self._documents, documents)

    def _average_length(self, field: str) -> float:
        if field not in self._average:
            total = sum(segment.total_length(field) for segment in self.segments)
            documents = sum(segment.size for segment in self.segments)
            self._average[field] = max(total / max(documents, 1), 1.0)
        return self._average[field]


def expand(segment: Segment, leaf: Leaf) -> list[str]:
    """The terms of a segment that a leaf stands for."""
    if isinstance(leaf, ExactWord):
        return [leaf.text]
    return [
        term
        for prefix in leaf.prefixes()
        for term in segment.slice(leaf.fieldname, prefix, leaf.most)
        if leaf.accepts(term)
    ]


def _counts(segment: Segment, group: list[Posting]) -> Scores:
    """How often the terms of a group stand in each live document, together."""
    if not group:
        return {}
    counts: Scores = dict(zip(group[0].documents, group[0].counts, strict=True))
    for posting in group[1:]:
        for number, count in zip(posting.documents, posting.counts, strict=True):
            counts[number] = counts.get(number, 0.0) + count
    for number in segment.deleted & counts.keys():
        del counts[number]
    return counts


def _adjacent(segment: Segment, groups: list[list[Posting]]) -> Scores:
    """How often the groups stand one after the other in each live document."""
    sets = [{number for posting in group for number in posting.documents} for group in groups]
    shared = set.intersection(*sets) - segment.deleted
    if not shared:
        return {}
    starts: dict[int, set[int]] = {}
    for at, group in enumerate(groups):
        shifted = _starts(group, shared, at)
        starts = shifted if at == 0 else {n: starts[n] & shifted[n] for n in starts}
        shared = {number for number, places in starts.items() if places}
        starts = {number: starts[number] for number in shared}
    return {number: float(len(places)) for number, places in starts.items()}


def _starts(group: list[Posting], wanted: set[int], at: int) -> dict[int, set[int]]:
    """For each wanted document where a sequence would start whose part ``at`` is this group."""
    starts: defaultdict[int, set[int]] = defaultdict(set)
    for posting in group:
        if wanted.isdisjoint(posting.documents):
            continue
        for number, places in zip(posting.documents, posting.places, strict=True):
            if number in wanted:
                starts[number].update(place - at for place in array("I", places))
    return starts


def _intersection(parts: list[Scores]) -> Scores:
    ordered = sorted(parts, key=len)
    shared = reduce(lambda kept, part: kept & part.keys(), ordered[1:], set(ordered[0]))
    return {number: sum(part[number] for part in parts) for number in shared}


def _union(parts: list[Scores]) -> Scores:
    first, *rest = sorted(parts, key=len, reverse=True)
    total = dict(first)
    for part in rest:
        for number, score in part.items():
            total[number] = total.get(number, 0.0) + score
    return total


def _difference(parts: list[Scores]) -> Scores:
    kept, without = parts
    return {number: score for number, score in kept.items() if number not in without}


def _with_bonus(parts: list[Scores]) -> Scores:
    kept, bonus = parts
    return {number: score + bonus.get(number, 0.0) for number, score in kept.items()}
