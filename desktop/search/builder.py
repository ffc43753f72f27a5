"""From records to a segment: every field is turned round whole, by one sort of its words' numbers.

Words get a number as they stand in the text, unfolded, and keep it throughout a segment; each
distinct one is then folded once. What a builder holds grows with its text, so a segment is closed
when it is ``full``.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.core.searching import IndexRecord
from desktop.search.arrayfile import ArrayFileWriter
from desktop.search.codec import LENGTHS, ArraySegment
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
from desktop.search.segmentfile import write_column, write_lengths, write_postings

# What bounds the memory of a builder: documents, and code points of their words. Five full segments
# make one that is sealed.
SEGMENT_DOCUMENTS = 13_000
SEGMENT_TEXT = 24_000_000

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
        self._found: list[NDArray[np.uint32]] = []

    def add(self, text: str) -> None:
        if not text:
            self._found.append(_NO_WORDS)
            return
        words = raw_tokens(text)
        self._found.append(np.fromiter(map(self._raw.__getitem__, words), np.uint32, len(words)))

    def finish(self) -> tuple[Postings, NDArray[np.int64]]:
        """The postings, and how many terms each document has. Can be called once."""
        terms, firsts, made = self._terms()
        sizes = np.fromiter(map(len, self._found), np.int64, len(self._found))
        raw = np.concatenate([_NO_WORDS, *self._found])
        self._found.clear()
        if len(made) == len(firsts):  # the rule: one word, one term
            return inverted(terms, made[raw], sizes), sizes
        counts = np.diff(firsts, append=len(made))
        numbers = made[stretches(firsts[raw], counts[raw])]
        ends = np.concatenate([[0], np.cumsum(counts[raw])])
        sizes = np.diff(ends[np.concatenate([[0], np.cumsum(sizes)])])
        return inverted(terms, numbers, sizes), sizes

    def _terms(self) -> tuple[list[str], NDArray[np.int64], NDArray[np.uint32]]:
        """The distinct terms; for each raw word where its terms begin in the numbers that follow."""
        terms = _Numbers()
        made: list[int] = []
        firsts: list[int] = []
        number_of = terms.__getitem__
        for found in terms_of_each(list(self._raw)):
            firsts.append(len(made))
            made.extend(map(number_of, found))
        self._raw.clear()
        return list(terms), np.array(firsts, np.int64), np.array(made, np.uint32)


class _ValueField:
    """The values of one field, document after document."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._found: list[int] = []
        self._sizes: list[int] = []

    def add(self, values: Iterable[str]) -> None:
        before = len(self._found)
        self._found.extend(self._numbers[value] for value in values)
        self._sizes.append(len(self._found) - before)

    def finish(self) -> Postings:
        found, sizes = np.array(self._found, np.uint32), np.array(self._sizes, np.int64)
        return inverted(list(self._numbers), found, sizes, words=False)


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
            self._values[name].add(values)
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
                postings = self._values.pop(name).finish()
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
    order = sorted(range(len(terms)), key=terms.__getitem__)
    rank = np.empty(len(terms), np.uint64)
    rank[order] = np.arange(len(terms), dtype=np.uint64)
    vocabulary = Vocabulary.of_text("".join([f"{terms[number]}\n" for number in order]).encode())
    keys, place_bits, document_bits = _sorted_keys(rank[numbers], sizes)
    places = smallest(keys & _mask(place_bits)) if words else None
    keys >>= place_bits
    first = np.flatnonzero(_changes(keys))
    ids = smallest(keys[first] & _mask(document_bits))
    starts = _starts((keys[first] >> document_bits).astype(np.int64), len(terms))
    if places is None:
        return Postings(vocabulary, smallest(starts), ids)
    counts = np.diff(first, append=len(keys))
    place_starts = np.append(first, len(keys))[starts]
    return Postings(vocabulary, smallest(starts), ids, smallest(counts), smallest(place_starts), places)


def _sorted_keys(
    keys: NDArray[np.uint64], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], np.uint64, np.uint64]:
    """Term, document and place in one number each, sorted; and the bits of place and document.

    Args:
        keys: The terms' ranks; used up.
    """
    place_bits = int(sizes.max(initial=0)).bit_length()
    document_bits = len(sizes).bit_length()
    assert int(keys.max(initial=0)).bit_length() + document_bits + place_bits <= 64
    keys <<= np.uint64(document_bits)
    keys |= np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
    keys <<= np.uint64(place_bits)
    places = np.arange(len(keys), dtype=np.uint32)
    places -= np.repeat((np.cumsum(sizes) - sizes).astype(np.uint32), sizes)
    keys |= places
    keys.sort()
    return keys, np.uint64(place_bits), np.uint64(document_bits)


def _mask(bits: np.uint64) -> np.uint64:
    return np.uint64((1 << int(bits)) - 1)


def _changes(values: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Where another value begins in sorted ones."""
    changed = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def _starts(sorted_numbers: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Where each number from 0 to ``size`` begins."""
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(sorted_numbers, minlength=size), out=starts[1:])
    return starts
