"""Our Whoosh codec: a segment is one file of arrays, and Whoosh's own searcher reads it as any other.

The product writes segments with ``builder`` and reads them with ``segments``, array by array. What
is here lets Whoosh's writers, readers, parser, matchers and spans work on the very same files, so
that they can be used beside ours and tell whether ours are right. Vectors are not kept, terms have no
line feed in them, and weights are whole numbers: how often a term stands in a document.
"""

from collections import defaultdict
from io import BytesIO
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.codec.whoosh3 import STORED_COLUMN
from whoosh.filedb.structfile import StructFile
from whoosh.index import _DEF_INDEX_NAME as INDEX_NAME
from whoosh.util.numeric import length_to_byte

from desktop.search.arrayfile import ArrayFileWriter
from desktop.search.postings import Postings, Vocabulary, smallest
from desktop.search.reading import PerDocumentReader, TermsReader
from desktop.search.segmentfile import (
    EXTENSION,
    SegmentFile,
    write_column,
    write_lengths,
    write_postings,
)


class ArraySegment(base.Segment):  # type: ignore[misc]
    """What a commit says of a segment. Pickled by name in every table of contents."""

    def __init__(self, indexname: str = INDEX_NAME, documents: int = 0) -> None:
        super().__init__(indexname)
        self._documents = documents
        # One bit for each document, set for deleted ones; packed, because it is part of every commit.
        self._dead: bytes = b""

    @classmethod
    def named_anew(cls, documents: int) -> "ArraySegment":
        return cls(documents=documents)

    def path(self, folder: Path) -> Path:
        return folder / str(self.make_filename(EXTENSION))

    def draft(self, folder: Path) -> Path:
        """The name of its file before it is committed: no commit of another segment removes it."""
        return folder / f"draft_{self.make_filename(EXTENSION)}"

    def dead(self) -> NDArray[np.bool_] | None:
        """True for each document that is deleted; None when none is."""
        if not self._dead:
            return None
        packed = np.frombuffer(self._dead, np.uint8)
        return np.unpackbits(packed, count=self._documents, bitorder="little").astype(bool)

    def bury(self, dead: NDArray[np.bool_]) -> None:
        """Let these be the documents that are deleted."""
        self._dead = np.packbits(dead, bitorder="little").tobytes() if dead.any() else b""

    def codec(self) -> "Codec":
        return Codec()

    def should_assemble(self) -> bool:
        return False

    def set_doc_count(self, documents: int) -> None:
        self._documents = documents

    def doc_count_all(self) -> int:
        return self._documents

    def deleted_count(self) -> int:
        return int.from_bytes(self._dead, "little").bit_count()

    def deleted_docs(self) -> list[int]:
        dead = self.dead()
        return [] if dead is None else [int(number) for number in np.flatnonzero(dead)]

    def is_deleted(self, number: int) -> bool:
        return bool(self._dead) and bool(self._dead[number >> 3] >> (number & 7) & 1)

    def delete_document(self, number: int, delete: bool = True) -> None:
        dead = self.dead()
        if dead is None:
            dead = np.zeros(self._documents, bool)
        dead[number] = delete
        self.bury(dead)


class Codec(base.Codec):  # type: ignore[misc]
    """Segments of one file each."""

    # Whoosh's writer need not read the lengths back while it writes postings.
    length_stats = False

    def __init__(self) -> None:
        # Both writers of a segment write into the one file: the second to close ends it.
        self._files: WeakKeyDictionary[ArraySegment, _SharedFile] = WeakKeyDictionary()

    def new_segment(self, _storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(indexname)

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> "PerDocumentWriter":
        return PerDocumentWriter(self._shared(storage, segment))

    def field_writer(self, storage: Any, segment: ArraySegment) -> "FieldWriter":
        return FieldWriter(self._shared(storage, segment))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> PerDocumentReader:
        return PerDocumentReader(SegmentFile(segment.path(Path(storage.folder))), segment)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> TermsReader:
        return TermsReader(SegmentFile(segment.path(Path(storage.folder))))

    def _shared(self, storage: Any, segment: ArraySegment) -> "_SharedFile":
        if segment not in self._files:
            self._files[segment] = _SharedFile(segment.path(Path(storage.folder)))
        shared = self._files[segment]
        shared.users += 1
        return shared


class _SharedFile:
    """A file of arrays that ends when all of its users have closed it."""

    def __init__(self, path: Path) -> None:
        self.writer = ArrayFileWriter(path.open("wb"))
        self.users = 0

    def close(self) -> None:
        self.users -= 1
        if not self.users:
            self.writer.close()


class PerDocumentWriter(base.PerDocWriterWithColumns):  # type: ignore[misc]
    """Lengths, columns and stored fields, document after document."""

    def __init__(self, file: _SharedFile) -> None:
        super().__init__()
        self._file = file
        self._docnum = -1
        self._columns: dict[str, tuple[BytesIO, Any]] = {}
        self._lengths: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._stored: dict[str, Any] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        self._docnum = docnum
        self._stored = {}

    def add_field(self, fieldname: str, _fieldobj: Any, value: Any, length: int | None) -> None:
        if value is not None:
            self._stored[fieldname] = value
        if length:
            self._lengths[fieldname][self._docnum] = length_to_byte(length)

    def finish_doc(self) -> None:
        if self._stored:
            self.add_column_value("_stored", STORED_COLUMN, self._stored)

    def close(self) -> None:
        size = self._docnum + 1
        for name, lengths in self._lengths.items():
            stored = np.zeros(size, np.uint8)
            stored[list(lengths)] = list(lengths.values())
            write_lengths(self._file.writer, name, stored)
        for name, (file, writer) in self._columns.items():
            writer.finish(size)
            write_column(self._file.writer, name, file.getvalue())
        self._file.close()
        self.is_closed = True

    def _has_column(self, fieldname: str) -> bool:
        return fieldname in self._columns

    def _create_column(self, fieldname: str, column: Any) -> None:
        file = BytesIO()
        self._columns[fieldname] = file, column.writer(StructFile(file))

    def _get_column(self, fieldname: str) -> Any:
        return self._columns[fieldname][1]


class FieldWriter(base.FieldWriter):  # type: ignore[misc]
    """Postings, one after the other, in the order of their terms."""

    def __init__(self, file: _SharedFile) -> None:
        self._file = file
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        self._name, self._format = fieldname, fieldobj.format
        if self._format.supports("characters"):
            raise ValueError(f"{fieldname}: of places only positions are kept")
        self._terms: list[bytes] = []
        self._starts: list[int] = []
        self._place_starts: list[int] = []
        self._ids: list[int] = []
        self._counts: list[float] = []
        self._places: list[int] = []

    def start_term(self, text: bytes) -> None:
        if b"\n" in text:
            raise ValueError(f"{self._name}: a term with a line feed")
        self._terms.append(text)
        self._starts.append(len(self._ids))
        self._place_starts.append(len(self._places))

    def add(self, docnum: int, weight: float, vbytes: bytes, _length: int | None) -> None:
        self._ids.append(docnum)
        self._counts.append(weight)
        if self._format.supports("positions"):
            self._places.extend(self._format.decode_positions(vbytes))

    def finish_term(self) -> None:
        """Nothing is left to be done."""

    def finish_field(self) -> None:
        starts, ids = _small([*self._starts, len(self._ids)]), _small(self._ids)
        postings = Postings(Vocabulary.of(self._terms), starts, ids)
        if self._format.posting_size != 0:  # more than that a term is there
            counts = _small([int(count) for count in self._counts])
            if not np.array_equal(counts, self._counts):
                raise ValueError(f"{self._name}: weights that are no whole numbers")
            postings = Postings(postings.terms, starts, ids, counts)
        if self._format.supports("positions"):
            place_starts, places = _small([*self._place_starts, len(self._places)]), _small(self._places)
            postings = Postings(postings.terms, starts, ids, postings.counts, place_starts, places)
        write_postings(self._file.writer, self._name, postings)

    def close(self) -> None:
        self._file.close()
        self.is_closed = True


def _small(values: list[int]) -> NDArray[np.unsignedinteger]:
    return smallest(np.array(values, np.int64))
