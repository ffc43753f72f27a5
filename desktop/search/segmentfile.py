"""The file of one segment: which arrays it is made of, and by which names they are found again.

For each field that is searched its postings, for each field of words how long it is in each document,
and columns: what Whoosh keeps for each document in a form of its own.
"""

from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

from desktop.search.arrayfile import ArrayFile, ArrayFileWriter
from desktop.search.postings import EMPTY, Postings, Vocabulary

EXTENSION = ".seg"
# How many terms each of Whoosh's length bytes stands for.
LENGTHS: NDArray[np.int64] = np.array([byte_to_length(byte) for byte in range(256)], np.int64)

# The arrays of a field's postings that are there for fields of words only.
_OF_WORDS = ("counts", "place_starts", "places")


def write_postings(file: ArrayFileWriter, field: str, postings: Postings) -> None:
    file.put(f"{field}/terms", postings.terms.joined)
    file.put(f"{field}/term_starts", postings.terms.starts)
    file.put(f"{field}/starts", postings.starts)
    file.put(f"{field}/ids", postings.ids)
    for name in _OF_WORDS:
        values = getattr(postings, name)
        if values is not None:
            file.put(f"{field}/{name}", values)


def write_lengths(file: ArrayFileWriter, field: str, lengths: NDArray[np.uint8]) -> None:
    file.put(f"{field}/lengths", lengths)


def write_column(file: ArrayFileWriter, name: str, data: bytes) -> None:
    file.put_bytes(f"{name}/column", data)


class SegmentFile:
    """Reads such a file where it lies.

    Raises:
        ArrayFileDamaged, OSError: It is not whole, or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._file = ArrayFile(path)
        self._postings: dict[str, Postings] = {}

    def fields(self) -> list[str]:
        """The fields that have postings, sorted."""
        return self._having("starts")

    def columns(self) -> list[str]:
        return self._having("column")

    def postings(self, field: str) -> Postings:
        """Of a field; ``EMPTY`` when it has none."""
        if field not in self._postings:
            self._postings[field] = self._read(field) if f"{field}/starts" in self._file else EMPTY
        return self._postings[field]

    def lengths(self, field: str) -> NDArray[np.uint8] | None:
        """For each document the byte in which Whoosh keeps a length; None where it is no field of words."""
        name = f"{field}/lengths"
        return self._file.get(name) if name in self._file else None

    def column(self, name: str) -> NDArray[np.uint8] | None:
        """A column's bytes."""
        return self._file.get(f"{name}/column") if f"{name}/column" in self._file else None

    def let_go(self) -> None:
        """See ``ArrayFile.let_go``."""
        self._file.let_go()

    def _having(self, part: str) -> list[str]:
        names = (name.rpartition("/") for name in self._file.names())
        return sorted(field for field, _, kind in names if kind == part)

    def _read(self, field: str) -> Postings:
        def array(name: str) -> NDArray[np.unsignedinteger]:
            return cast(NDArray[np.unsignedinteger], self._file.get(f"{field}/{name}"))

        words = [array(name) if f"{field}/{name}" in self._file else None for name in _OF_WORDS]
        vocabulary = Vocabulary(array("terms"), array("term_starts"))
        return Postings(vocabulary, array("starts"), array("ids"), *words)


def field_length(file: SegmentFile, field: str) -> int:
    """How many terms a field has in all documents together: exact, whatever was merged before."""
    postings = file.postings(field)
    if file.lengths(field) is None or postings.counts is None:
        return 0
    if postings.places is not None:
        return len(postings.places)
    return int(postings.counts.sum(dtype=np.int64))
