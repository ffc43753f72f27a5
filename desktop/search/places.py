"""Words that stand together: one after the other, or near one another, in all documents at once.

Every occurrence gets a key: where its document begins in one long line of all documents that come
into question, and its position there. So "the next word" is the next key, in every document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.search.expanding import Stretch, occurrences
from desktop.search.postings import Postings
from desktop.search.sets import NONE, Documents, distinct, flags, intersection, union

Keys = NDArray[np.int64]

# A line of keys up to so many times as long as their number is laid down as flags; a longer one is searched.
_SPARSE = 64


class Counts(NamedTuple):
    """How often something stands in each of some documents."""

    documents: Documents
    counts: NDArray[Any]


NOWHERE = Counts(NONE, NONE)


@dataclass(frozen=True)
class Group:
    """The terms of one leaf in the vocabulary of its field; one part of a sequence."""

    postings: Postings
    stretches: Sequence[Stretch]

    def documents(self, size: int) -> Documents:
        """That have any of the terms."""
        found = [self.postings.ids[part] for part in occurrences(self.postings, self.stretches)]
        if all(end == first + 1 for first, end in self.stretches):
            return union(found, size)
        if sum(map(len, found)) * 16 < size:
            return distinct(np.concatenate(found))
        return np.flatnonzero(flags(size, *found))

    def counts(self, size: int) -> Counts:
        """How often the terms stand in each document, together."""
        parts = occurrences(self.postings, self.stretches)
        if not parts:
            return NOWHERE
        all_counts = self.postings.counts
        if all_counts is None:
            found = self.documents(size)
            return Counts(found, np.ones(len(found), np.uint8))
        if len(parts) == 1 and self.stretches[0][1] == self.stretches[0][0] + 1:
            return Counts(self.postings.ids[parts[0]], all_counts[parts[0]])
        documents = np.concatenate([self.postings.ids[part] for part in parts])
        counts = np.concatenate([all_counts[part] for part in parts])
        if len(documents) * 16 < size:
            return _summed(documents, counts)
        row = np.bincount(documents, counts, minlength=size)
        found = np.flatnonzero(row)
        return Counts(found, row[found])


def _summed(documents: Documents, counts: NDArray[Any]) -> Counts:
    """The counts of repeated documents added up, for few of them."""
    order = np.argsort(documents, kind="stable")
    documents, counts = documents[order], counts[order].astype(np.float64)
    starts = np.flatnonzero(np.concatenate(([True], documents[1:] != documents[:-1])))
    return Counts(documents[starts], np.add.reduceat(counts, starts))


def adjacent(groups: Sequence[Group], size: int) -> Counts:
    """How often the groups stand one directly after the other."""
    line = _Line(groups, size, gap=len(groups))
    if not len(line.documents):
        return NOWHERE
    order = sorted(range(len(groups)), key=line.occurrences)
    starts = line.keys(order[0]) - order[0]
    for at in order[1:]:
        if not len(starts):
            return NOWHERE
        starts = starts[line.stands(at, starts + at)]
    return line.counts(starts)


def ordered(groups: Sequence[Group], slop: int, size: int) -> Counts:
    """How often the groups follow one another, each at most ``slop`` positions after the one before."""
    line = _Line(groups, size, gap=slop + 1)
    if not len(line.documents):
        return NOWHERE
    reached = line.keys(0)
    for at in range(1, len(groups)):
        keys = line.keys(at)
        before = np.searchsorted(reached, keys) - 1
        near = before >= 0
        near[near] = keys[near] - reached[before[near]] <= slop
        reached = keys[near]
    return line.counts(reached)


def near(groups: Sequence[Group], width: int, size: int) -> Counts:
    """How many shortest stretches have every group in any order, from first to last at most ``width``."""
    line = _Line(groups, size, gap=width + 1)
    if not len(line.documents):
        return NOWHERE
    ends = distinct(np.concatenate([line.keys(at) for at in range(len(groups))]))
    starts = ends
    for at in range(len(groups)):
        keys = line.keys(at)
        latest = np.searchsorted(keys, ends, side="right") - 1
        starts = np.where(latest >= 0, np.minimum(starts, keys[np.maximum(latest, 0)]), -width - 1)
    return line.counts(distinct(starts[ends - starts <= width]))


class _Line:
    """The documents that have all groups, one after the other in one line of keys.

    Args:
        gap: Keys between two documents that stand for no position.
    """

    def __init__(self, groups: Sequence[Group], size: int, gap: int) -> None:
        self._groups, self._size = groups, size
        self.documents = intersection([group.documents(size) for group in groups], size)
        if not len(self.documents):
            return
        self._parts = [self._occurrences(group) for group in groups]
        lengths = np.zeros(len(self.documents), np.int64)
        for part in (part for parts in self._parts for part in parts):
            part.stretch(lengths)
        ends = np.cumsum(lengths + (1 + gap))
        self._length = int(ends[-1]) + gap
        self._begins = ends - (lengths + 1)

    def _occurrences(self, group: Group) -> "list[_Occurrences]":
        return [_Occurrences(group.postings, one, self.documents, self._size) for one in group.stretches]

    def occurrences(self, group: int) -> int:
        """How often the terms of a group stand in the documents."""
        return sum(part.total for part in self._parts[group])

    def keys(self, group: int) -> Keys:
        """Where any term of a group stands, in order."""
        parts = [part.keys(self._begins) for part in self._parts[group]]
        alone = len(parts) == 1 and self._parts[group][0].sorted
        return parts[0] if alone else distinct(np.concatenate(parts))

    def stands(self, group: int, keys: Keys) -> NDArray[np.bool_]:
        """For each of the keys whether a term of the group stands there."""
        if self._length > _SPARSE * (len(keys) + self.occurrences(group)):
            known = self.keys(group)
            places = np.searchsorted(known, keys)
            places[places == len(known)] = 0
            return np.asarray(known[places] == keys)
        row = np.zeros(self._length, np.bool_)
        for part in self._parts[group]:
            row[part.keys(self._begins)] = True
        return row[keys]

    def counts(self, keys: Keys) -> Counts:
        """How many of the keys belong to each document."""
        if not len(keys):
            return NOWHERE
        ranks = np.searchsorted(self._begins, keys, side="right") - 1
        counts = np.bincount(ranks, minlength=len(self.documents))
        found = np.flatnonzero(counts)
        return Counts(self.documents[found], counts[found])


class _Occurrences:
    """Of neighbouring terms in the wanted documents.

    Attributes:
        sorted: There is one term only, so its keys come in order.
        total: How many there are.
    """

    def __init__(self, postings: Postings, stretch: Stretch, wanted: Documents, size: int) -> None:
        assert postings.counts is not None and postings.place_starts is not None
        assert postings.places is not None
        (own,) = occurrences(postings, [stretch])
        self.sorted = stretch[1] == stretch[0] + 1
        documents, counts = postings.ids[own], postings.counts[own]
        self._ranks, kept = _shared(wanted, documents, size, self.sorted)
        ends = np.cumsum(counts, dtype=np.int64)
        if len(kept) < len(ends):
            ends, counts = ends[kept], counts[kept]
            self._whole = False
        else:
            self._whole = True
        first = int(postings.place_starts[stretch[0]])
        self._places = postings.places[first : int(postings.place_starts[stretch[1]])]
        self._ends, self._counts = ends, counts.astype(np.int64)
        self.total = int(self._counts.sum())

    def stretch(self, lengths: NDArray[np.int64]) -> None:
        """Make each document's length reach the last place of these terms."""
        last = self._places[self._ends - 1].astype(np.int64) + 1
        if self.sorted:
            lengths[self._ranks] = np.maximum(lengths[self._ranks], last)
        else:
            np.maximum.at(lengths, self._ranks, last)

    def keys(self, begins: NDArray[np.int64]) -> Keys:
        places = self._places if self._whole else self._places[self._own()]
        return np.asarray(np.repeat(begins[self._ranks], self._counts) + places)

    def _own(self) -> NDArray[np.int64]:
        """Where the places of the wanted documents stand among all."""
        before = np.cumsum(self._counts) - self._counts
        own = np.repeat(self._ends - self._counts - before, self._counts)
        return np.asarray(own + np.arange(self.total))


def _shared(
    wanted: Documents, documents: Documents, size: int, ordered: bool
) -> tuple[NDArray[Any], NDArray[Any]]:
    """(ranks in ``wanted``, places in ``documents``) of what is in both, in the order of ``documents``."""
    if ordered and len(wanted) * 16 < len(documents):
        places = np.searchsorted(documents, wanted.astype(documents.dtype, copy=False))
        places[places == len(documents)] = 0
        ranks = np.flatnonzero(documents[places] == wanted)
        return ranks, places[ranks]
    if len(documents) * 16 < size:
        ranks = np.searchsorted(wanted, documents.astype(wanted.dtype, copy=False))
        ranks[ranks == len(wanted)] = 0
        own = np.flatnonzero(wanted[ranks] == documents)
        return ranks[own], own
    rank_of = np.full(size, -1, np.int64)
    rank_of[wanted] = np.arange(len(wanted))
    ranks = rank_of[documents]
    own = np.flatnonzero(ranks >= 0)
    return ranks[own], own
