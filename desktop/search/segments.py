"""Reading one segment of the index: postings, lengths and values as arrays, mapped and not copied.

A segment never changes after its commit, except that records are marked as deleted; so what is
read here stays true for as long as the segment lives.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.search.codec import ArraySegment
from desktop.search.postings import Postings, smallest
from desktop.search.segmentfile import SegmentFile, field_length


class Segment:
    """A view of one Whoosh segment; not shared between threads.

    Attributes:
        id: Its name.
        size: Documents, deleted ones included; they are numbered from 0.
        live: True for each document that is not deleted; None when none is.

    Raises:
        ArrayFileDamaged, OSError: Its file is not whole, or cannot be read.
    """

    def __init__(self, storage: Any, segment: ArraySegment) -> None:
        self.id: str = segment.segment_id()
        self.size = segment.doc_count_all()
        self._file = SegmentFile(segment.path(Path(storage.folder)))
        self._ordinals: dict[str, NDArray[np.unsignedinteger]] = {}
        self._numbers: dict[str, NDArray[np.int64]] = {}
        self._no_lengths = np.zeros(self.size, np.uint8)
        self.follow(segment)

    def follow(self, segment: ArraySegment) -> None:
        """Take up which documents are deleted by now, from a later commit."""
        dead = segment.dead()
        self.live: NDArray[np.bool_] | None = None if dead is None else ~dead

    def close(self) -> None:
        """Arrays that were given out stay valid; the file is let go with the last of them."""
        self._ordinals.clear()
        self._numbers.clear()

    def let_go(self) -> None:
        """Give back the memory of what was read so far; everything can still be read."""
        self._file.let_go()

    def documents(self) -> NDArray[np.int64]:
        """The numbers of those that are not deleted."""
        return np.arange(self.size) if self.live is None else np.flatnonzero(self.live)

    def postings(self, field: str) -> Postings:
        """Of a field; ``EMPTY`` when no document has it."""
        return self._file.postings(field)

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """For each document Whoosh's byte for how long a field is: see ``segmentfile.LENGTHS``."""
        lengths = self._file.lengths(field)
        return self._no_lengths if lengths is None else lengths

    def total_length(self, field: str) -> int:
        """How many terms all documents together have in a field, deleted ones included; exact."""
        return field_length(self._file, field)

    def ordinals(self, field: str) -> NDArray[np.unsignedinteger]:
        """For each document the number of its term in the vocabulary of a field of at most one value.

        It is the number of terms where a document has none.
        """
        if field not in self._ordinals:
            self._ordinals[field] = _ordinals(self.postings(field), self.size)
        return self._ordinals[field]

    def keys(self, numbers: Sequence[int] | NDArray[np.integer[Any]]) -> list[str]:
        """The records' keys."""
        terms = self.postings("key").terms
        found = self.ordinals("key")[np.asarray(numbers, np.int64)]
        return [terms[number].decode() for number in found.tolist()]

    def articles(self, numbers: Sequence[int] | NDArray[np.integer[Any]]) -> list[str]:
        """The ids of the records' articles."""
        terms = self.postings("article").terms
        found = self.ordinals("article")[np.asarray(numbers, np.int64)].tolist()
        keys = self.keys(numbers)
        return [
            terms[number].decode() if number < len(terms) else key[2:]
            for key, number in zip(keys, found, strict=True)
        ]

    def article_numbers(self) -> NDArray[np.int64]:
        """For each document a number that tells its article from all others."""
        return self.numbers("article_number")

    def digests(self) -> NDArray[np.int64]:
        """For each document ``schema.digest_of`` of its record."""
        return self.numbers("digest")

    def numbers(self, name: str) -> NDArray[np.int64]:
        """A column of numbers; 0 where a document has none."""
        if name not in self._numbers:
            self._numbers[name] = numbers_of_column(self._file.column(name), self.size)
        return self._numbers[name]


def _ordinals(postings: Postings, size: int) -> NDArray[np.unsignedinteger]:
    terms = len(postings.terms)
    ordinals = smallest(np.full(size, terms, np.int64))
    ordinals[postings.ids] = np.repeat(np.arange(terms, dtype=ordinals.dtype), postings.frequencies)
    return ordinals


def numbers_of_column(data: NDArray[np.uint8] | None, size: int) -> NDArray[np.int64]:
    """A column of numbers as Whoosh writes them: big-endian, those at the end left out where they are 0."""
    numbers = np.zeros(size, np.int64)
    if data is not None:
        stored = data.view(">i8")
        numbers[: len(stored)] = stored
    return numbers
