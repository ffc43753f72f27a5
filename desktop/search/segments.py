"""Reading one segment of the index: postings, lengths and values as arrays, mapped and not copied.

A segment never changes after its commit, except that records are marked as deleted; so what is
read here stays true for as long as the segment lives.
"""

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desktop.search.codec import ArraySegment, field_length
from desktop.search.postings import Postings, smallest
from desktop.search.segmentfile import SegmentFile


class Posting(NamedTuple):
    """Where one term stands in a segment.

    Attributes:
        documents: Numbers in the segment, ascending, deleted ones included.
        counts: How often in each.
        places: For each the positions, as plain 32-bit numbers.
    """

    documents: tuple[int, ...]
    counts: tuple[float, ...]
    places: tuple[bytes, ...]


class Identity(NamedTuple):
    """Of a document in a segment."""

    key: str
    article_id: str


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
        self._values: dict[str, dict[str, frozenset[int]]] = {}
        self._identities: list[Identity] | None = None
        self.follow(segment)

    def follow(self, segment: ArraySegment) -> None:
        """Take up which documents are deleted by now, from a later commit."""
        dead = segment.dead()
        self.live: NDArray[np.bool_] | None = None if dead is None else ~dead

    def close(self) -> None:
        """Arrays that were given out stay valid; the file is let go with the last of them."""
        self._ordinals.clear()
        self._numbers.clear()

    def postings(self, field: str) -> Postings:
        """Of a field; ``EMPTY`` when no document has it."""
        return self._file.postings(field)

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """For each document Whoosh's byte for how many terms it has in a field: see ``codec.LENGTHS``."""
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

    def keys(self, numbers: NDArray[np.integer[Any]]) -> list[str]:
        """The records' keys."""
        terms = self.postings("key").terms
        return [terms[number].decode() for number in self.ordinals("key")[numbers].tolist()]

    def articles(self, numbers: NDArray[np.integer[Any]]) -> list[str]:
        """The ids of the records' articles."""
        terms = self.postings("article").terms
        found = self.ordinals("article")[numbers].tolist()
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

    # What follows gives the same in sets and lists.

    @property
    def deleted(self) -> frozenset[int]:
        return frozenset() if self.live is None else frozenset(np.flatnonzero(~self.live).tolist())

    def documents(self) -> Iterator[int]:
        """All live documents."""
        return iter(range(self.size) if self.live is None else np.flatnonzero(self.live).tolist())

    def slice(self, field: str, prefix: str, most: int | None = None) -> list[str]:
        """The first terms of a field that begin with ``prefix``, in order; all where ``most`` is None."""
        terms = self.postings(field).terms
        first, end = terms.range(prefix.encode())
        return terms.terms(first, end if most is None else min(end, first + most))

    def posting(self, field: str, term: str) -> Posting:
        """Where a term stands; empty when it does not occur."""
        postings = self.postings(field)
        number = postings.terms.find(term.encode())
        if number < 0:
            return Posting((), (), ())
        documents = tuple(postings.documents(number).tolist())
        if postings.counts is None or postings.places is None or postings.place_starts is None:
            return Posting(documents, (1.0,) * len(documents), (b"",) * len(documents))
        counts = postings.counts[postings.slice(number)].astype(np.int64)
        first, end = postings.place_starts[number : number + 2].tolist()
        places = np.split(postings.places[first:end].astype(np.uint32), np.cumsum(counts)[:-1])
        encoded = tuple(array("I", each.tolist()).tobytes() for each in places)
        return Posting(documents, tuple(counts.astype(float).tolist()), encoded)

    def names(self, field: str) -> list[str]:
        """Every value of a value field."""
        return self.postings(field).terms.terms()

    def values(self, field: str) -> dict[str, frozenset[int]]:
        """Every value of a value field with the documents that have it, deleted ones included."""
        if field not in self._values:
            postings = self.postings(field)
            self._values[field] = {
                term: frozenset(postings.documents(number).tolist())
                for number, term in enumerate(postings.terms.terms())
            }
        return self._values[field]

    def identities(self) -> list[Identity]:
        """The key and the article of each document, by its number."""
        if self._identities is None:
            numbers = np.arange(self.size)
            self._identities = list(map(Identity, self.keys(numbers), self.articles(numbers)))
        return self._identities


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
