"""Our Whoosh codec: a segment is one file of arrays, and Whoosh's own searcher reads it as any other.

The product writes segments with ``builder`` and reads them with ``segments``, array by array. What
is here lets Whoosh's writers, readers, parser, matchers and spans work on the very same files, so
that they can be used beside ours and tell whether ours are right. Vectors are not kept, terms have no
line feed in them, and weights are whole numbers: how often a term stands in a document.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.codec.whoosh3 import STORED_COLUMN
from whoosh.columns import EmptyColumnReader
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.index import _DEF_INDEX_NAME as INDEX_NAME
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_uint
from whoosh.util.numeric import byte_to_length, length_to_byte

from desktop.search.arrayfile import ArrayFileWriter
from desktop.search.postings import Postings, Vocabulary, smallest
from desktop.search.segmentfile import (
    EXTENSION,
    SegmentFile,
    write_column,
    write_lengths,
    write_postings,
)

# How many terms each of Whoosh's length bytes stands for.
LENGTHS: NDArray[np.int64] = np.array([byte_to_length(byte) for byte in range(256)], np.int64)

Term = tuple[str, bytes]


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

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> "PerDocumentReader":
        return PerDocumentReader(SegmentFile(segment.path(Path(storage.folder))), segment)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> "TermsReader":
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


class PerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths, columns and stored fields."""

    def __init__(self, file: SegmentFile, segment: ArraySegment) -> None:
        self._file, self._segment = file, segment

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterable[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return self._file.column(fieldname) is not None

    def list_columns(self) -> list[str]:
        return self._file.columns()

    def column_reader(self, fieldname: str, column: Any) -> Any:
        data = self._file.column(fieldname)
        if data is None:
            return EmptyColumnReader(column.default_value(), self.doc_count_all())
        return column.reader(BufferFile(data.data), 0, len(data), self.doc_count_all())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._file.lengths(fieldname)
        return default if lengths is None else int(LENGTHS[lengths[docnum]])

    def field_length(self, fieldname: str) -> int:
        return field_length(self._file, fieldname)

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._file.lengths(fieldname)
        return 0 if lengths is None else int(LENGTHS[lengths.min()])

    def max_field_length(self, fieldname: str) -> int:
        lengths = self._file.lengths(fieldname)
        return 0 if lengths is None else int(LENGTHS[lengths.max()])

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return self.column_reader("_stored", STORED_COLUMN)[docnum] or {}


def field_length(file: SegmentFile, field: str) -> int:
    """How many terms a field has in all documents together: exact, whatever was merged before."""
    postings = file.postings(field)
    if file.lengths(field) is None or postings.counts is None:
        return 0
    if postings.places is not None:
        return len(postings.places)
    return int(postings.counts.sum(dtype=np.int64))


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """The terms of all fields, and matchers for them."""

    def __init__(self, file: SegmentFile) -> None:
        self._file = file

    def __contains__(self, term: Term) -> bool:
        return self._file.postings(term[0]).terms.find(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        return self._file.fields()

    def cursor(self, fieldname: str, fieldobj: Any) -> "FieldCursor":
        return FieldCursor(self, self._file.postings(fieldname), fieldobj)

    def terms(self) -> Iterator[Term]:
        return chain.from_iterable(map(self._of_field, self._file.fields()))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        later = (name for name in self._file.fields() if name > fieldname)
        return chain(self._of_field(fieldname, prefix), *map(self._of_field, later))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        postings, number = self._find(fieldname, text)
        return self.info(postings, number)

    def info(self, postings: Postings, number: int) -> TermInfo:
        ids = postings.documents(number)
        counts = _counts(postings, number)
        # Without the lengths of each document, only limits that are always true.
        return TermInfo(
            weight=float(counts.sum(dtype=np.int64)),
            df=len(ids),
            minlength=1,
            maxlength=int(LENGTHS[-1]),
            maxweight=float(counts.max()),
            minid=int(ids[0]),
            maxid=int(ids[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        if (fieldname, text) not in self:
            return 0.0
        postings, number = self._find(fieldname, text)
        return float(_counts(postings, number).sum(dtype=np.int64))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """0 where the term is not known: Whoosh adds up over segments without asking each first."""
        if (fieldname, text) not in self:
            return 0
        postings, number = self._find(fieldname, text)
        return len(postings.documents(number))

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> "ArrayMatcher":
        postings, number = self._find(fieldname, text)
        return ArrayMatcher(postings, number, (fieldname, text), format_, scorer)

    def _of_field(self, fieldname: str, prefix: bytes = b"") -> Iterator[Term]:
        terms = self._file.postings(fieldname).terms
        return ((fieldname, terms[number]) for number in range(bisect_left(terms, prefix), len(terms)))

    def _find(self, fieldname: str, text: bytes) -> tuple[Postings, int]:
        """A field's postings, and which of them a term has; or ``TermNotFound``."""
        postings = self._file.postings(fieldname)
        number = postings.terms.find(text)
        if number < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return postings, number


def _counts(postings: Postings, number: int) -> NDArray[np.unsignedinteger]:
    if postings.counts is None:
        return np.ones(len(postings.documents(number)), np.uint8)
    return postings.counts[postings.slice(number)]


class FieldCursor(base.FieldCursor):  # type: ignore[misc]
    """Goes through the terms of a field."""

    def __init__(self, reader: TermsReader, postings: Postings, fieldobj: Any) -> None:
        self._reader, self._postings, self._field = reader, postings, fieldobj
        self._at = 0

    def is_valid(self) -> bool:
        return self._at < len(self._postings.terms)

    def text(self) -> str | None:
        return self._field.from_bytes(self._postings.terms[self._at]) if self.is_valid() else None

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        wanted = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._at = bisect_left(self._postings.terms, wanted)
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def term_info(self) -> TermInfo | None:
        return self._reader.info(self._postings, self._at) if self.is_valid() else None


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """The documents of one term, for Whoosh's own matchers."""

    def __init__(self, postings: Postings, number: int, term: Term, format_: Any, scorer: Any) -> None:
        self._postings, self._number = postings, number
        self._term, self.format, self.scorer = term, format_, scorer
        self._ids: list[int] = postings.documents(number).tolist()
        self._counts: list[int] = _counts(postings, number).tolist()
        self._at = 0
        self._place_starts: list[int] | None = None

    def is_active(self) -> bool:
        return self._at < len(self._ids)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> "ArrayMatcher":
        other = ArrayMatcher(self._postings, self._number, self._term, self.format, self.scorer)
        other._at = self._at
        return other

    def id(self) -> int:
        # Past the end the last one stays, as with Whoosh's own: its AndNot asks once too often.
        return self._ids[min(self._at, len(self._ids) - 1)]

    def all_ids(self) -> Iterator[int]:
        return iter(self._ids[self._at :])

    def weight(self) -> float:
        return float(self._counts[self._at])

    def next(self) -> bool:
        """Whether a new block of documents begins; Whoosh then asks for its quality anew."""
        self._at += 1
        return not self.is_active()

    def skip_to(self, target: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._ids, target, self._at)

    def value(self) -> bytes:
        if self._postings.places is not None:
            return bytes(self.format.encode(self._places()))
        if self._postings.counts is not None:
            return bytes(pack_uint(self._counts[self._at]))
        return b""

    def value_as(self, astype: str) -> Any:
        if astype == "positions" and self._postings.places is not None:
            return self._places()
        if astype == "frequency":
            return self._counts[self._at]
        return self.weight() if astype == "weight" else super().value_as(astype)

    def _places(self) -> Sequence[int]:
        assert self._postings.places is not None and self._postings.place_starts is not None
        if self._place_starts is None:
            first = int(self._postings.place_starts[self._number])
            self._place_starts = [first, *(first + np.cumsum(self._counts)).tolist()]
        start, end = self._place_starts[self._at : self._at + 2]
        places: list[int] = self._postings.places[start:end].tolist()
        return places

    def block_min_length(self) -> int:
        return 1

    def block_max_length(self) -> int:
        return int(LENGTHS[-1])

    def block_max_weight(self) -> float:
        return float(max(self._counts))

    def block_min_id(self) -> int:
        return self._ids[0]

    def block_max_id(self) -> int:
        return self._ids[-1]

    def skip_to_quality(self, minquality: float) -> int:
        if self.block_quality() > minquality:
            return 0
        self._at = len(self._ids)
        return 1
