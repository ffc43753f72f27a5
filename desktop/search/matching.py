"""Which documents of a segment match a tree of Whoosh's queries and our own leaves.

Whoosh's matchers go from document to document; here every node gives all its documents at once, as
a sorted array. So totals are exact, and a filter or a phrase may stand anywhere in a tree. Deleted
documents are still among them.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh import query

from desktop.search.expanding import Expander
from desktop.search.leaves import Anywhere, AtLeast, Leaf, OfArticles, leaves_of
from desktop.search.places import NOWHERE, Counts, Group, adjacent, near, ordered
from desktop.search.postings import Postings
from desktop.search.sets import NONE, Documents, complement, difference, flags, intersection, members, union


class Segment(Protocol):
    """What is asked of a segment; see ``segments.Segment``.

    Attributes:
        size: Documents, deleted ones included.
        live: Which of them are not deleted; None where none is.
    """

    @property
    def id(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def live(self) -> NDArray[np.bool_] | None: ...
    def postings(self, field: str) -> Postings: ...
    def lengths(self, field: str) -> NDArray[np.uint8]: ...
    def total_length(self, field: str) -> int: ...
    def ordinals(self, field: str) -> NDArray[Any]: ...
    def keys(self, numbers: NDArray[Any]) -> list[str]: ...
    def articles(self, numbers: NDArray[Any]) -> list[str]: ...
    def article_numbers(self) -> NDArray[np.int64]: ...


class UnknownQuery(TypeError):
    """A kind of node that nobody told this module of."""


class Matching:
    """Runs trees over one segment, and remembers of the present question what each node found.

    Args:
        articles: The numbers of the articles that have a record which matches, in any segment.
    """

    def __init__(
        self,
        segment: Segment,
        expander: Expander,
        articles: Callable[[query.Query], NDArray[np.int64]],
    ) -> None:
        self.segment, self._expander, self._articles = segment, expander, articles
        self._documents: dict[int, Documents] = {}
        self._counts: dict[int, Counts] = {}
        self._groups: dict[int, Group] = {}
        self._words: dict[int, list[query.Term]] = {}

    def documents(self, tree: query.Query) -> Documents:
        """All that match. The tree must outlive this object: its nodes are known by their identity."""
        known = self._documents.get(id(tree))
        if known is None:
            known = self._documents[id(tree)] = self._matching(tree)
        return known

    def counts(self, unit: query.Query) -> Counts:
        """How often a leaf, a phrase or a sequence of leaves stands in each document that has it."""
        known = self._counts.get(id(unit))
        if known is None:
            known = self._counts[id(unit)] = self._count(unit)
        return known

    def words(self, phrase: query.Phrase) -> list[query.Term]:
        """The words of a phrase of Whoosh's as queries, always the same ones."""
        known = self._words.get(id(phrase))
        if known is None:
            terms = [query.Term(phrase.fieldname, word) for word in phrase.words]
            known = self._words[id(phrase)] = terms
        return known

    def live(self, tree: query.Query) -> Documents:
        """As ``documents``, without the deleted ones."""
        found, live = self.documents(tree), self.segment.live
        return found if live is None else found[live[found]]

    def _matching(self, tree: query.Query) -> Documents:
        for kind in type(tree).__mro__:
            if kind in _NODES:
                return _NODES[kind](self, tree)
        raise UnknownQuery(repr(tree))

    def _all(self, subqueries: Sequence[query.Query]) -> Documents:
        wanted = [sub for sub in subqueries if not isinstance(sub, query.Not)]
        unwanted = [sub.query for sub in subqueries if isinstance(sub, query.Not)]
        found = self._intersection(wanted) if wanted else np.arange(self.segment.size)
        for sub in unwanted:
            found = difference(found, self.documents(sub), self.segment.size)
        return found

    def _intersection(self, subqueries: Sequence[query.Query]) -> Documents:
        parts: list[Documents] = []
        for sub in subqueries:
            parts.append(self.documents(sub))
            if not len(parts[-1]):
                return NONE
        return intersection(parts, self.segment.size)

    def _and(self, tree: query.And) -> Documents:
        return self._all(tree.subqueries) if tree.subqueries else NONE

    def _anywhere(self, tree: Anywhere) -> Documents:
        """Most segments have only some of the fields: articles have no claims, marks no titles."""
        units = [unit for unit in tree.subqueries if self._has(leaves_of(unit)[0].fieldname)]
        return union([self.documents(unit) for unit in units], self.segment.size)

    def _has(self, field: str) -> bool:
        return len(self.segment.postings(field).terms) > 0

    def _any(self, tree: query.CompoundQuery) -> Documents:
        return union([self.documents(sub) for sub in tree.subqueries], self.segment.size)

    def _at_least(self, tree: AtLeast) -> Documents:
        found = np.zeros(self.segment.size, np.int64)
        for sub in tree.subqueries:
            found[self.documents(sub)] += 1
        return np.flatnonzero(found >= tree.least)

    def _not(self, tree: query.Not) -> Documents:
        return complement(self.documents(tree.query), self.segment.size)

    def _and_not(self, tree: query.AndNot) -> Documents:
        found = self.documents(tree.a)
        return difference(found, self.documents(tree.b), self.segment.size) if len(found) else NONE

    def _first(self, tree: query.AndMaybe) -> Documents:
        return self.documents(tree.a)

    def _require(self, tree: query.Require) -> Documents:
        return self._intersection([tree.a, tree.b])

    def _every(self, tree: query.Every) -> Documents:
        if not tree.fieldname or tree.fieldname == "*":
            return np.arange(self.segment.size)
        return np.flatnonzero(flags(self.segment.size, self.segment.postings(tree.fieldname).ids))

    def _child(self, tree: query.ConstantScoreQuery) -> Documents:
        return self.documents(tree.child)

    def _nothing(self, _: query.Query) -> Documents:
        return NONE

    def _term(self, tree: query.Term | query.MultiTerm) -> Documents:
        group = self._group(tree)
        return group.documents(self.segment.size) if group.stretches else NONE

    def _sequence(self, tree: query.Query) -> Documents:
        return self.counts(tree).documents

    def _of_articles(self, tree: OfArticles) -> Documents:
        return members(self.segment.article_numbers(), self._articles(tree.tree))

    def _count(self, unit: query.Query) -> Counts:
        if isinstance(unit, query.Phrase):
            return self._together(unit, self.words(unit))
        if isinstance(unit, query.Sequence):
            return self._together(unit, leaves_of(unit))
        return self._group(unit).counts(self.segment.size)

    def _together(self, unit: query.Query, parts: Sequence[query.Query]) -> Counts:
        """Adjacent where ``slop`` is 1; not ``ordered`` it counts the words beside those of the sequence."""
        size, groups = self.segment.size, []
        for part in parts:
            groups.append(self._group(part))
            if not groups[-1].stretches:
                return NOWHERE
        if len(groups) == 1:
            return groups[0].counts(size)
        if not getattr(unit, "ordered", True):
            return near(groups, len(groups) - 1 + unit.slop, size)
        return adjacent(groups, size) if unit.slop == 1 else ordered(groups, unit.slop, size)

    def _group(self, leaf: query.Query) -> Group:
        known = self._groups.get(id(leaf))
        if known is None:
            postings = self.segment.postings(leaf.fieldname)
            known = self._groups[id(leaf)] = Group(postings, self._expander.expand(leaf, postings))
        return known


_NODES: dict[type, Callable[[Matching, Any], Documents]] = {
    query.And: Matching._and,
    query.Or: Matching._any,
    query.DisjunctionMax: Matching._any,
    AtLeast: Matching._at_least,
    Anywhere: Matching._anywhere,
    query.Not: Matching._not,
    query.AndNot: Matching._and_not,
    query.AndMaybe: Matching._first,
    query.Require: Matching._require,
    query.Every: Matching._every,
    query.ConstantScoreQuery: Matching._child,
    type(query.NullQuery): Matching._nothing,
    query.Term: Matching._term,
    query.MultiTerm: Matching._term,
    Leaf: Matching._term,
    query.Phrase: Matching._sequence,
    query.Sequence: Matching._sequence,
    OfArticles: Matching._of_articles,
}
