"""The index beside the archive, record by record: what it lacks, has wrongly, or should not have.

A commit is looked at as it is, in slices of keys. What the archive changed after the moment that this
commit reflects is only behind; whatever else differs is wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from desktop.core.searching import IndexRecord, IndexSource
from desktop.search.fold import terms
from desktop.search.schema import WORD_FIELDS, digest_of, values_of, words_of
from desktop.search.segments import Segment
from desktop.search.writer import IndexState, open_index, open_segments, read_state

# Records compared at a time.
SLICE = 500
# Marks looked at to tell what is only behind.
_MOST_MARKS = 1_000_000
_AFTER_ALL = b"\xff"


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that the index does not have as the archive has it.

    Attributes:
        what: ``missing``, ``differs`` (other facts or words), ``twice`` or ``surplus`` (not in the archive).
    """

    key: str
    what: str


@dataclass(frozen=True, slots=True)
class Slice:
    """What the comparison of some records came to.

    Attributes:
        upto: The last key that was compared; None at the end.
        compared: Records of the archive that were looked at.
        behind: How many of them changed after the index's commit: no difference. Nor are those that are
            known to be left out.
        records: Those that the index has as the archive has them.
    """

    upto: str | None
    compared: int
    behind: int
    differences: tuple[Difference, ...]
    records: tuple[IndexRecord, ...]


class Comparison:
    """Compares one commit of an index, whatever happens to the index meanwhile. Of one thread.

    Raises:
        IndexDamaged, OSError: There is no index, or none that can be read.
    """

    def __init__(self, source: IndexSource, folder: Path) -> None:
        self._source = source
        opened = open_index(folder)
        self.state: IndexState = read_state(opened.schema)
        self._segments: Sequence[Segment] = open_segments(opened)

    def close(self) -> None:
        for segment in self._segments:
            segment.close()

    def __enter__(self) -> "Comparison":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def after(self, key: str) -> Slice:
        """Compare the next records, those whose keys follow ``key``."""
        keys = self._source.keys(key, SLICE)
        upto = keys[-1] if len(keys) == SLICE else None
        records = self._source.records(keys)
        indexed = self._indexed(key, upto)
        found = list(_differences(records, indexed))
        behind = self._behind(found) if found else set()
        wrong = {one.key for one in found}
        return Slice(
            upto,
            len(records),
            len(behind & (records.keys() - self.state.left_out.keys())),
            tuple(one for one in found if one.key not in behind),
            tuple(record for key, record in records.items() if key not in wrong),
        )

    def lost_words(self, record: IndexRecord) -> list[str]:
        """The words and values of a record that do not lead to it, or not to where they stand in it."""
        for segment in self._segments:
            for number in _documents(segment, "key", record.key):
                if _is_live(segment, number):
                    return list(_lost(segment, number, record))
        return []

    def slices(self) -> Iterator[Slice]:
        """All records, a slice after the other."""
        after: str | None = ""
        while after is not None:
            found = self.after(after)
            yield found
            after = found.upto

    def _indexed(self, after: str, upto: str | None) -> dict[str, list[int]]:
        """The digests that the index has for each key of a stretch."""
        first = f"{after}\0".encode()
        end = _AFTER_ALL if upto is None else f"{upto}\0".encode()
        found: dict[str, list[int]] = {}
        for segment in self._segments:
            for key, digest in _entries(segment, first, end):
                found.setdefault(key, []).append(digest)
        return found

    def _behind(self, found: Sequence[Difference]) -> set[str]:
        """Keys that are not as they should be, but will be once the index has caught up."""
        applied, building = self.state.applied, self.state.building_after
        after = applied.seq if applied else 0
        marked = {change.key for change in self._source.changes(after, _MOST_MARKS)}
        unbuilt = {
            one.key for one in found if building is not None and one.key > building and one.what == "missing"
        }
        return {one.key for one in found} & (marked | unbuilt | self.state.left_out.keys())


def _differences(records: dict[str, IndexRecord], indexed: dict[str, list[int]]) -> Iterator[Difference]:
    for key in sorted(records.keys() | indexed.keys()):
        digests = indexed.get(key, [])
        if key not in records:
            yield Difference(key, "surplus")
        elif not digests:
            yield Difference(key, "missing")
        elif len(digests) > 1:
            yield Difference(key, "twice")
        elif digests[0] != digest_of(records[key]):
            yield Difference(key, "differs")


def _entries(segment: Segment, first: bytes, end: bytes) -> Iterator[tuple[str, int]]:
    """The key and the digest of each live document whose key is from ``first`` on and before ``end``."""
    postings, digests = segment.postings("key"), segment.digests()
    low, high = postings.terms.between(first, end)
    for at, key in enumerate(postings.terms.terms(low, high), low):
        for number in postings.documents(at).tolist():
            if _is_live(segment, number):
                yield key, int(digests[number])


def _is_live(segment: Segment, number: int) -> bool:
    return segment.live is None or bool(segment.live[number])


def _documents(segment: Segment, field: str, term: str) -> list[int]:
    postings = segment.postings(field)
    number = postings.terms.find(term.encode())
    return [] if number < 0 else postings.documents(number).tolist()


def _lost(segment: Segment, document: int, record: IndexRecord) -> Iterator[str]:
    words, values = words_of(record), values_of(record)
    for field in WORD_FIELDS:
        places: dict[str, list[int]] = {}
        for place, term in enumerate(terms(words[field])):
            places.setdefault(term, []).append(place)
        yield from (term for term in places if _places(segment, field, term, document) != places[term])
    for field in values:
        yield from (value for value in values[field] if document not in _documents(segment, field, value))


def _places(segment: Segment, field: str, term: str, document: int) -> list[int]:
    """Where a term stands in a document, as the index has it."""
    postings = segment.postings(field)
    number = postings.terms.find(term.encode())
    if number < 0 or postings.counts is None or postings.places is None or postings.place_starts is None:
        return []
    documents, counts = postings.documents(number), postings.counts[postings.slice(number)]
    at = int(np.searchsorted(documents, document))
    if at == len(documents) or documents[at] != document:
        return []
    first = int(postings.place_starts[number]) + int(counts[:at].sum(dtype=np.int64))
    places: list[int] = postings.places[first : first + int(counts[at])].tolist()
    return places
