"""The terms of one field in one segment, and where each of them stands, as flat arrays.

The terms of a prefix are neighbours, and so are their documents: a prefix is one slice of ``ids``, and
its totals are differences of two starts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import overload

import numpy as np
from numpy.typing import NDArray

from desktop.search.arrayfile import Array

# After every byte that UTF-8 has.
_LAST = b"\xff"
# Terms between two that a look-up keeps at hand.
_STRIDE = 16
_LINE_FEED = 10
# To find a term costs as much as to split so many.
_DEARER = 200


class Vocabulary(Sequence[bytes]):
    """Sorted terms in UTF-8, joined by line feeds, so that stretches are split and scanned in C.

    Args:
        joined: All terms, each followed by a line feed.
        starts: Where each begins, and the end of the last: one more than there are terms.
    """

    def __init__(self, joined: Array, starts: Array) -> None:
        self.joined, self.starts = joined, starts
        self._joined, self._starts = joined.data.cast("B"), starts.data
        self._size = len(starts) - 1

    @classmethod
    def of(cls, terms: Sequence[bytes]) -> "Vocabulary":
        """Of sorted terms; none has a line feed in it."""
        return cls.of_text(b"".join(term + b"\n" for term in terms))

    @classmethod
    def of_text(cls, text: bytes) -> "Vocabulary":
        """Of sorted terms as ``text()`` gives them, a line feed after each."""
        joined = np.frombuffer(text, np.uint8)
        starts = np.zeros(text.count(b"\n") + 1, np.int64)
        starts[1:] = np.flatnonzero(joined == _LINE_FEED) + 1
        return cls(joined, smallest(starts))

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> list[bytes]: ...
    def __getitem__(self, at: int | slice) -> bytes | list[bytes]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(self._size))]
        if not 0 <= at < self._size:
            raise IndexError(at)
        return bytes(self._joined[self._starts[at] : self._starts[at + 1] - 1])

    def find(self, term: bytes) -> int:
        """The number of a term; -1 when it is not there."""
        at = self._place(term)
        return at if at < self._size and self[at] == term else -1

    def find_all(self, terms: Sequence[bytes]) -> list[int]:
        """The numbers of those of these terms that are there."""
        if len(terms) * _DEARER < self._size:
            return [number for number in map(self.find, terms) if number >= 0]
        numbers = dict(zip(self.text().split(b"\n"), range(self._size), strict=False))
        return [numbers[term] for term in terms if term in numbers]

    def range(self, prefix: bytes) -> tuple[int, int]:
        """(first, end) of the terms that begin so."""
        return self._place(prefix), self._place(prefix + _LAST)

    def between(self, first: bytes, end: bytes) -> tuple[int, int]:
        """(first, end) of the terms from ``first`` on and before ``end``."""
        return self._place(first), self._place(end)

    def _place(self, term: bytes) -> int:
        """Where a term stands or would stand: first among every so many terms, then among those between."""
        mile = bisect_right(self._milestones, term)
        if not mile:
            return 0
        first = (mile - 1) * _STRIDE
        between = self.text(first, min(first + _STRIDE, self._size)).split(b"\n")[:-1]
        return first + bisect_left(between, term)

    @cached_property
    def _milestones(self) -> list[bytes]:
        """Every so manieth term; Python compares them much quicker than it asks for terms one by one."""
        return [self[at] for at in range(0, self._size, _STRIDE)]

    def text(self, first: int = 0, end: int | None = None) -> bytes:
        """The terms from ``first`` to before ``end`` as they are stored, a line feed after each."""
        end = self._size if end is None else end
        return bytes(self._joined[self._starts[first] : self._starts[end]]) if end > first else b""

    def terms(self, first: int = 0, end: int | None = None) -> list[str]:
        """The terms from ``first`` to before ``end``."""
        return self.text(first, end).decode().split("\n")[:-1]

    def numbers_at(self, places: Sequence[int]) -> list[int]:
        """Of places within ``text()``, the numbers of the terms that stand there."""
        return [int(one) for one in np.searchsorted(self._starts, places, side="right") - 1]


@dataclass(frozen=True)
class Postings:
    """Where every term of a field stands in a segment.

    Documents are numbered from 0 within the segment; deleted ones are still here. The numeric types are
    the smallest that hold the values: widen them before calculating.

    Attributes:
        terms: In the order of their bytes.
        starts: For each term where its documents begin in ``ids``, and the end of the last.
        ids: Documents, ascending within a term.
        counts: How often the term stands in each; None for a field of values.
        place_starts: For each term where its places begin, and the end of the last; None with ``places``.
        places: Positions within the field, ascending within a document, as many as its count; None for
            a field of values.
    """

    terms: Vocabulary
    starts: NDArray[np.unsignedinteger]
    ids: NDArray[np.unsignedinteger]
    counts: NDArray[np.unsignedinteger] | None = None
    place_starts: NDArray[np.unsignedinteger] | None = None
    places: NDArray[np.unsignedinteger] | None = None

    @classmethod
    def of(cls, found: Mapping[str, Mapping[int, Sequence[int]]]) -> "Postings":
        """From terms with their documents and the positions in each: for small segments and tests."""
        terms = sorted(found, key=str.encode)
        listed = [sorted(found[term].items()) for term in terms]
        return cls(
            Vocabulary.of([term.encode() for term in terms]),
            _sums(len(documents) for documents in listed),
            _small(number for documents in listed for number, _ in documents),
            _small(len(places) for documents in listed for _, places in documents),
            _sums(sum(len(places) for _, places in documents) for documents in listed),
            _small(place for documents in listed for _, places in documents for place in sorted(places)),
        )

    def slice(self, term: int) -> slice:
        """Where the documents of a term stand in ``ids`` and ``counts``."""
        return slice(int(self.starts[term]), int(self.starts[term + 1]))

    def documents(self, term: int) -> NDArray[np.unsignedinteger]:
        return self.ids[self.slice(term)]

    @cached_property
    def frequencies(self) -> NDArray[np.int64]:
        """In how many documents each term stands, deleted ones included."""
        starts = self.starts.astype(np.int64)
        return starts[1:] - starts[:-1]


def smallest(values: Array) -> NDArray[np.unsignedinteger]:
    """The same numbers, none negative, in the smallest unsigned type of 8, 16, 32 or 64 bits."""
    return values.astype(np.min_scalar_type(int(values.max()) if len(values) else 0), copy=False)


def stretches(firsts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each first as many numbers as its count says, going up by one, all in one array."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(firsts - ends + counts, counts) + np.arange(total)


def _sums(counts: Iterable[int]) -> NDArray[np.unsignedinteger]:
    return smallest(np.fromiter(accumulate(counts, initial=0), np.int64))


def _small(values: Iterable[int]) -> NDArray[np.unsignedinteger]:
    return smallest(np.fromiter(values, np.int64))


EMPTY = Postings.of({})
