"""Searching an archive: the index where there is one, the records themselves until then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from desktop import paths
from desktop.core.errors import IndexFailed
from desktop.core.searching import Found, IndexRecord, SearchHit, SearchResult, SearchWishes
from desktop.search.follower import is_stale
from desktop.search.hits import HitPlaces
from desktop.search.names import names_of_people
from desktop.search.scan import scan
from desktop.search.searcher import Searcher
from desktop.search.writer import IndexDamaged
from desktop.store import annotations, people
from desktop.store.archive import Archive
from desktop.store.indexing import ArchiveIndexSource

# Records read at a time where there is no index, and hits kept of them for an answer by article.
_READ = 100
_SCANNED = 2000
_PLAIN = SearchWishes()


class ArchiveSearch:
    """Searches one open archive, from the thread that opened it; notices new commits by itself."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._source = ArchiveIndexSource(archive)
        self._searcher = Searcher(paths.index_dir(archive.id))
        self._known_names: Mapping[str, Sequence[str]] = {}
        self._known_count = 0
        self._known_at: tuple[int, int] | None = None

    def close(self) -> None:
        self._searcher.close()

    def __enter__(self) -> "ArchiveSearch":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def search(self, query: str, wishes: SearchWishes = _PLAIN) -> SearchResult:
        """Answer a query line; never raises for what is in it, nor for the state of the index.

        ``indexed`` of the result below ``records`` means that the index is still behind; 0 that there is
        none that can be used and the records were read one by one, without order, filters or counts:
        whoever keeps an ``IndexProcess`` then calls its ``check``.
        """
        try:
            self._check_past()
            result = self._searcher.search(
                query, wishes, records=self._source.records, spans=self._spans, names=self._names()
            )
        except IndexDamaged:
            self._searcher.close()
            result = self._scanned(query, wishes)
        return replace(result, records=self._count())

    def found(self, query: str, *, other_scripts: bool = True) -> Found:
        """Everything in the index that a query line finds, without order or passages.

        Raises:
            IndexFailed: There is no index that can be used; what can be read in a moment instead
                would be taken for everything.
        """
        try:
            self._check_past()
            return self._searcher.found(
                query, records=self._source.records, names=self._names(), other_scripts=other_scripts
            )
        except IndexDamaged as error:
            self._searcher.close()
            raise IndexFailed(paths.index_dir(self._archive.id), str(error)) from error

    def moment(self) -> tuple[str, int]:
        """Where the index is: a later answer may differ only when this does."""
        try:
            state = self._searcher.state()
        except IndexDamaged:
            return "", -1
        return state.version, state.applied.seq if state.applied else -1

    def places(self, query: str, wishes: SearchWishes = _PLAIN) -> HitPlaces:
        """Where the hits of a query line stand in any title or text."""
        places = partial(
            self._searcher.places, query, wishes, records=self._source.records, names=self._names()
        )
        try:
            return places()
        except IndexDamaged:  # without it nothing is like anything
            self._searcher.close()
            return places()

    def has_followed(self) -> bool:
        """Whether the index holds all that the archive does: every change up to the newest one."""
        try:
            state = self._searcher.state()
        except IndexDamaged:
            return False
        if state.building_after is not None or is_stale(state, self._source):
            return False
        return state.applied is not None and state.applied.seq == self._source.head().seq

    def _names(self) -> Mapping[str, Sequence[str]]:
        self._look_again()
        return self._known_names

    def _count(self) -> int:
        self._look_again()
        return self._known_count

    def _look_again(self) -> None:
        """Read anew what the archive says of its people and its size, when anything has been written."""
        moment = (self._archive.data_version(), self._archive.db.conn.total_changes)
        if moment != self._known_at:
            known = people.all_people(self._archive)
            self._known_names = names_of_people((one.name, *one.aliases) for one in known if one.aliases)
            self._known_count = self._source.count()
            self._known_at = moment

    def _check_past(self) -> None:
        """Raises ``IndexDamaged`` where the index is missing, unreadable or of another past."""
        if is_stale(self._searcher.state(), self._source):
            raise IndexDamaged("follows another state of the archive")

    def _scanned(self, query: str, wishes: SearchWishes) -> SearchResult:
        end = wishes.offset + wishes.limit
        if not wishes.grouped:
            result = scan(query, self._all_records(), limit=end)
            return replace(result, hits=result.hits[wishes.offset :])
        result = scan(query, self._all_records(), limit=max(end, _SCANNED))
        groups: dict[str, list[SearchHit]] = {}
        for hit in result.hits:  # texts come before all marks
            groups.setdefault(hit.article_id, []).append(hit)
        listed = dict(list(groups.items())[wishes.offset : end])
        hits = tuple(
            hit
            for group in listed.values()
            for hit in group[: wishes.marks + (group[0].annotation_id is None)]
        )
        return replace(result, hits=hits, hits_of={one: len(group) for one, group in listed.items()})

    def _spans(self, annotation_ids: Sequence[str]) -> dict[str, tuple[tuple[int, int], ...]]:
        found = annotations.annotations(self._archive, annotation_ids)
        return {one.id: tuple((span.start, span.end) for span in one.spans if span.placed) for one in found}

    def _all_records(self) -> Iterator[IndexRecord]:
        after = ""
        while keys := self._source.keys(after, _READ):
            found = self._source.records(keys)
            yield from (found[key] for key in keys if key in found)
            after = keys[-1]
