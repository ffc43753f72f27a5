"""Reading one segment of the index: vocabulary, postings, values and lengths, cached as far as it helps.

A segment never changes after its commit, except that records are marked as deleted; so what is
read here stays true for as long as the segment lives. This and ``writer`` are the only modules
that know how Whoosh keeps postings: another codec is put in here.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import islice
from typing import Any, Generic, NamedTuple, TypeVar

from whoosh.codec.whoosh3 import LENGTHS_COLUMN, W3LeafMatcher
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.util.numeric import byte_to_length

T = TypeVar("T")

# Postings and terms a segment keeps for the next query (as-you-type asks nearly the same again).
_KEPT = 150_000


class Posting(NamedTuple):
    """Where one term stands in a segment.

    Attributes:
        documents: Numbers in the segment, ascending, deleted ones included.
        counts: How often in each.
        places: For each the positions, encoded as the field's format does.
    """

    documents: tuple[int, ...]
    counts: tuple[float, ...]
    places: tuple[bytes, ...]


class Identity(NamedTuple):
    """Of a document in a segment."""

    key: str
    article_id: str


class Segment:
    """A view of one Whoosh segment; not shared between threads."""

    def __init__(self, storage: Any, schema: Any, segment: Any) -> None:
        self.id: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self.deleted: frozenset[int] = frozenset(segment.deleted_docs())
        self._schema = schema
        self._reader = SegmentReader(storage, schema, segment)
        self._postings: _Cache[Posting] = _Cache(lambda posting: len(posting.documents))
        self._slices: _Cache[list[str]] = _Cache(len)
        self._names: dict[str, list[str]] = {}
        self._values: dict[str, dict[str, frozenset[int]]] = {}
        self._identities: list[Identity] | None = None
        self._lengths: dict[str, array[int]] = {}

    def close(self) -> None:
        self._reader.close()

    @property
    def live(self) -> int:
        return self.size - len(self.deleted)

    def documents(self) -> Iterator[int]:
        """All live documents."""
        return (number for number in range(self.size) if number not in self.deleted)

    def field_length(self, field: str) -> int:
        """How many terms all documents together have in a field."""
        return int(self._reader.field_length(field))

    def lengths(self, field: str) -> "array[int]":
        """How many terms each document has in a field (rounded as Whoosh stores it)."""
        if field not in self._lengths:
            self._lengths[field] = self._read_lengths(field)
        return self._lengths[field]

    def slice(self, field: str, prefix: str, most: int | None = None) -> list[str]:
        """The first terms of a field that begin with ``prefix``, in order; all where ``most`` is None."""
        return self._slices.get((field, prefix, most), lambda: list(islice(self._terms(field, prefix), most)))

    def posting(self, field: str, term: str) -> Posting:
        """Where a term stands; empty when it does not occur."""
        return self._postings.get((field, term), lambda: self._read_posting(field, term.encode()))

    def names(self, field: str) -> list[str]:
        """Every value of a value field."""
        if field not in self._names:
            self._names[field] = list(self._terms(field, ""))
        return self._names[field]

    def values(self, field: str) -> dict[str, frozenset[int]]:
        """Every value of a value field with the documents that have it, deleted ones included."""
        if field not in self._values:
            self._values[field] = {
                term: frozenset(self.posting(field, term).documents) for term in self.names(field)
            }
        return self._values[field]

    def identities(self) -> list[Identity]:
        """The key and the article of each document, by its number."""
        if self._identities is None:
            column = self._reader.column_reader("ids")
            pairs = (bytes(column[number]).decode().split("\t") for number in range(self.size))
            self._identities = [Identity(key, article) for key, article in pairs]
        return self._identities

    def _terms(self, field: str, prefix: str) -> Iterator[str]:
        if field not in self._schema:
            return
        start = prefix.encode()
        for name, term in self._reader.terms_from(field, start):
            if name != field or not term.startswith(start):
                return
            yield term.decode()

    def _read_posting(self, field: str, term: bytes) -> Posting:
        try:
            # Past the reader, which would wrap the matcher to leave out deleted documents.
            matcher = self._reader._terms.matcher(field, term, self._schema[field].format)
        except TermNotFound:
            return Posting((), (), ())
        documents: list[int] = []
        counts: list[float] = []
        places: list[bytes] = []
        for block in _blocks(matcher):
            documents += block[0]
            counts += block[1]
            places += block[2] or ()
        return Posting(tuple(documents), tuple(counts), tuple(places))

    def _read_lengths(self, field: str) -> "array[int]":
        perdoc = self._reader._perdoc
        name = f"_{field}_len"
        if not perdoc.has_column(name):
            return array("I", bytes(4 * self.size))
        column = perdoc.column_reader(name, LENGTHS_COLUMN)
        return array("I", (byte_to_length(column[number]) for number in range(self.size)))


class _Cache(Generic[T]):
    """What was read last, up to ``_KEPT`` postings or terms in all."""

    def __init__(self, cost: Callable[[T], int]) -> None:
        self._cost = cost
        self._held = 0
        self._items: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, read: Callable[[], T]) -> T:
        if key in self._items:
            self._items.move_to_end(key)
            return self._items[key]
        value = self._items[key] = read()
        self._held += self._cost(value) + 8
        while self._held > _KEPT and len(self._items) > 1:
            self._held -= self._cost(self._items.popitem(last=False)[1]) + 8
        return value


def _blocks(matcher: Any) -> Iterator[tuple[Iterable[int], Iterable[float], Iterable[bytes] | None]]:
    """Documents, counts and encoded positions, a block at a time where the codec has blocks.

    Whoosh's matcher goes from posting to posting in four calls; its blocks are read whole here
    through its private methods, which version 2.7.4 will not change any more.
    """
    if not isinstance(matcher, W3LeafMatcher):
        while matcher.is_active():
            yield (matcher.id(),), (matcher.weight(),), (matcher.value(),)
            matcher.next()
        return
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        yield matcher._ids, matcher._weights, matcher._data[2]
        matcher._next_block()
