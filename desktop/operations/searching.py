"""Searching an archive: the index where there is one, the records themselves until then."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop import paths
from desktop.core.searching import IndexRecord, SearchResult
from desktop.search.follower import is_stale
from desktop.search.scan import scan
from desktop.search.searcher import Searcher
from desktop.search.writer import IndexDamaged
from desktop.store import annotations
from desktop.store.archive import Archive
from desktop.store.indexing import ArchiveIndexSource

# Records read at a time where there is no index.
_READ = 100


class ArchiveSearch:
    """Searches one open archive, from the thread that opened it; notices new commits by itself."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._source = ArchiveIndexSource(archive)
        self._searcher = Searcher(paths.index_dir(archive.id))

    def close(self) -> None:
        self._searcher.close()

    def __enter__(self) -> "ArchiveSearch":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def search(
        self,
        query: str,
        limit: int = 50,
        offset: int = 0,
        *,
        as_you_type: bool = False,
        facets: bool = False,
    ) -> SearchResult:
        """Answer a query line; never raises for what is in it, nor for the state of the index.

        Args:
            as_you_type: The last word may be unfinished.
            facets: Also count kinds, tags, speakers, outlets, languages and years among all matches.

        ``indexed`` of the result below ``records`` means that the index is still behind; 0 that there is
        none that can be used and the records were read one by one: whoever keeps an ``IndexProcess``
        then calls its ``check``.
        """
        try:
            result = self._from_index(query, limit, offset, as_you_type=as_you_type, facets=facets)
        except IndexDamaged:
            self._searcher.close()
            result = scan(query, self._all_records(), limit=offset + limit)
            result = replace(result, hits=result.hits[offset:])
        return replace(result, records=self._source.count())

    def _from_index(self, query: str, limit: int, offset: int, **options: bool) -> SearchResult:
        """Raises ``IndexDamaged`` where the index is missing, unreadable or of another past."""
        if is_stale(self._searcher.state(), self._source):
            raise IndexDamaged("follows another state of the archive")
        return self._searcher.search(
            query, records=self._source.records, spans=self._spans, limit=limit, offset=offset, **options
        )

    def _spans(self, annotation_ids: Sequence[str]) -> dict[str, tuple[tuple[int, int], ...]]:
        found = annotations.annotations(self._archive, annotation_ids)
        return {one.id: tuple((span.start, span.end) for span in one.spans if span.placed) for one in found}

    def _all_records(self) -> Iterator[IndexRecord]:
        after = ""
        while keys := self._source.keys(after, _READ):
            found = self._source.records(keys)
            yield from (found[key] for key in keys if key in found)
            after = keys[-1]
