"""Whoosh's readers over our files: see ``codec``."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.codec.whoosh3 import STORED_COLUMN
from whoosh.columns import EmptyColumnReader
from whoosh.filedb.structfile import BufferFile
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_uint

from desktop.search.postings import Postings
from desktop.search.segmentfile import LENGTHS, SegmentFile, field_length

Term = tuple[str, bytes]


class PerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths, columns and stored fields."""

    def __init__(self, file: SegmentFile, segment: base.Segment) -> None:
        self._file, self._segment = file, segment

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return int(self._segment.doc_count_all())

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> list[int]:
        return list(self._segment.deleted_docs())

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
