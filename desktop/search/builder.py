"""From records to a segment: every field is turned round whole, by one sort of its words' numbers.

Words get a number as they stand in the text, unfolded, and keep it throughout a segment; each
distinct one is then folded once. What a builder holds grows with its text, so a segment is closed
when it is ``full``.
"""

from array import array
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.core.searching import IndexRecord
from desktop.search.arrayfile import Array, ArrayFileWriter
from desktop.search.codec import ArraySegment
from desktop.search.fold import raw_tokens, terms_of_each
from desktop.search.postings import Postings, Vocabulary, smallest, stretches
from desktop.search.schema import (
    NUMBERS,
    VALUES,
    WORD_FIELDS,
    numbers_of,
    values_of,
    words_of,
)
from desktop.search.segmentfile import LENGTHS, write_column, write_lengths, write_postings

# What bounds the memory of a builder: documents, and code points of their words. Five full segments
# make one that is sealed.
SEGMENT_DOCUMENTS = 13_000
SEGMENT_TEXT = 24_000_000

# Distinct words that are folded together.
_FOLDED_AT_ONCE = 1_000

# Words that are replaced by their terms together.
_WORDS_AT_ONCE = 200_000
# Places that are sorted together, and terms, whose numbers within a block have two bytes.
_SORTED_AT_ONCE = 1_000_000
_BLOCK_TERMS = 1 << 16

_NO_WORDS: NDArray[np.uint32] = np.zeros(0, np.uint32)


class _Numbers(dict[str, int]):
    """Numbers words as they come, from 0."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


class _WordField:
    """The words of one field, document after document."""

    def __init__(self) -> None:
        self._raw = _Numbers()
        self._found = array("I")
        self._sizes = array("I")

    def add(self, text: str) -> None:
        words = raw_tokens(text) if text else ()
        self._found.extend(map(self._raw.__getitem__, words))
        self._sizes.append(len(words))

    def finish(self) -> tuple[Postings, NDArray[np.int64]]:
        """The postings, and how many terms each document has. Can be called once."""
        terms, made, counts = self._terms()
        first = np.cumsum(counts) - counts
        found = np.array(self._found, np.uint32)
        self._found = array("I")
        numbers, ends = [_NO_WORDS], [np.zeros(1, np.int64)]
        for at in range(0, len(found), _WORDS_AT_ONCE):
            raw = found[at : at + _WORDS_AT_ONCE]
            ends.append(ends[-1][-1] + np.cumsum(counts[raw]))
            numbers.append(made[stretches(first[raw], counts[raw])])
        del found
        raw_ends = np.append(0, np.cumsum(self._sizes, dtype=np.int64))
        sizes = np.diff(np.concatenate(ends)[raw_ends])
        return inverted(terms, np.concatenate(numbers), sizes), sizes

    def _terms(self) -> tuple[list[str], NDArray[np.uint32], NDArray[np.int64]]:
        """The distinct terms; the numbers of those of all raw words; and how many each raw word has."""
        terms = _Numbers()
        made, counts = array("I"), array("I")
        raw = list(self._raw)
        self._raw.clear()
        for at in range(0, len(raw), _FOLDED_AT_ONCE):
            found = list(terms_of_each(raw[at : at + _FOLDED_AT_ONCE]))
            made.extend(map(terms.__getitem__, chain.from_iterable(found)))
            counts.extend(map(len, found))
        return list(terms), np.array(made, np.uint32), np.array(counts, np.int64)


class _ValueField:
    """The values of one field, for those documents that have any."""

    def __init__(self) -> None:
        self._found: list[tuple[str, ...]] = []
        self._documents: list[int] = []

    def add(self, document: int, values: tuple[str, ...]) -> None:
        self._documents.append(document)
        self._found.append(values)

    def finish(self, documents: int) -> Postings:
        numbers = _Numbers()
        sizes = np.zeros(documents, np.int64)
        sizes[self._documents] = [len(values) for values in self._found]
        found = np.array([numbers[value] for value in chain.from_iterable(self._found)], np.uint32)
        return inverted(list(numbers), found, sizes, words=False)


class SegmentBuilder:
    """Gathers records and writes them as one segment."""

    def __init__(self) -> None:
        self.documents = 0
        self._text = 0
        self._words = {name: _WordField() for name in WORD_FIELDS}
        self._values = {name: _ValueField() for name in VALUES}
        self._numbers: dict[str, list[int]] = {name: [] for name in NUMBERS}

    @property
    def full(self) -> bool:
        return self.documents >= SEGMENT_DOCUMENTS or self._text >= SEGMENT_TEXT

    def add(self, record: IndexRecord) -> None:
        for name, text in words_of(record).items():
            self._words[name].add(text)
            self._text += len(text)
        for name, values in values_of(record).items():
            self._values[name].add(self.documents, values)
        for name, number in numbers_of(record).items():
            self._numbers[name].append(number)
        self.documents += 1

    def write(self, folder: Path) -> ArraySegment:
        """The segment with everything that was added, its file written under its draft's name.

        The builder is used up by this.
        """
        segment = ArraySegment.named_anew(self.documents)
        with segment.draft(folder).open("wb") as opened:
            file = ArrayFileWriter(opened)
            for name in WORD_FIELDS:
                postings, lengths = self._words.pop(name).finish()
                if len(postings.ids):
                    write_postings(file, name, postings)
                    write_lengths(file, name, length_bytes(lengths))
            for name in VALUES:
                postings = self._values.pop(name).finish(self.documents)
                if len(postings.ids):
                    write_postings(file, name, postings)
            for name, numbers in self._numbers.items():
                write_column(file, name, np.array(numbers, ">i8").tobytes())
            file.close()
        return segment


def build_segment(folder: Path, records: Iterable[IndexRecord]) -> ArraySegment:
    """One segment of these records, to be committed with ``BatchWriter.take``, maybe by another process."""
    builder = SegmentBuilder()
    for record in records:
        builder.add(record)
    return builder.write(folder)


def length_bytes(lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Whoosh's bytes for numbers of terms."""
    return np.minimum(np.searchsorted(LENGTHS, lengths), len(LENGTHS) - 1).astype(np.uint8)


def inverted(
    terms: list[str], numbers: NDArray[np.uint32], sizes: NDArray[np.int64], *, words: bool = True
) -> Postings:
    """Postings from what stands in each document.

    Args:
        terms: Distinct, in any order; each occurs.
        numbers: Which of them stand in the documents, one after the other.
        sizes: How many stand in each document.
        words: Keep how often and where; else each stands in a document at most once.
    """
    vocabulary, rank = _ranked(terms)
    ranks = rank[numbers]
    place_starts = np.append(0, np.cumsum(np.bincount(ranks, minlength=len(terms))))
    documents = np.repeat(smallest(np.arange(len(sizes))), sizes)
    begins = np.cumsum(sizes) - sizes
    places: Array = np.empty(len(ranks) if words else 0, np.min_scalar_type(int(sizes.max(initial=0))))
    blocks: list[tuple[Array, Array, Array]] = []
    for first, end in _blocks(place_starts):
        at = np.flatnonzero((ranks >= first) & (ranks < end))
        of_block = (ranks[at] - np.uint32(first)).astype(np.uint16)
        order = np.argsort(of_block, kind="stable")  # a radix sort, as these are of two bytes
        at, of_block = at[order], of_block[order]
        held_by = documents[at]
        if words:
            places[place_starts[first] : place_starts[end]] = at - begins[held_by]
        new = np.flatnonzero(_changes(of_block) | _changes(held_by))
        frequencies = np.bincount(of_block[new], minlength=end - first)
        blocks.append((frequencies, held_by[new], smallest(np.diff(new, append=len(at)))))
    starts = np.append(0, np.cumsum(_joined([block[0] for block in blocks])))
    ids = smallest(_joined([block[1] for block in blocks]))
    if not words:
        return Postings(vocabulary, smallest(starts), ids)
    counts = _joined([block[2] for block in blocks])
    return Postings(
        vocabulary, smallest(starts), ids, smallest(counts), smallest(place_starts), smallest(places)
    )


def _ranked(terms: list[str]) -> tuple[Vocabulary, NDArray[np.uint32]]:
    """The vocabulary of terms in any order, and for each its number there."""
    order = sorted(range(len(terms)), key=terms.__getitem__)
    rank = np.empty(len(terms), np.uint32)
    rank[order] = np.arange(len(terms), dtype=np.uint32)
    return Vocabulary.of_text("".join([f"{terms[number]}\n" for number in order]).encode()), rank


def _blocks(starts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Stretches of terms to be sorted together: first and end."""
    first = 0
    while first < len(starts) - 1:
        most = int(np.searchsorted(starts, starts[first] + _SORTED_AT_ONCE, side="right")) - 1
        end = max(first + 1, min(most, first + _BLOCK_TERMS))
        yield first, end
        first = end


def _joined(arrays: list[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)


def _changes(values: Array) -> NDArray[np.bool_]:
    """Where another value begins."""
    changed = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed
