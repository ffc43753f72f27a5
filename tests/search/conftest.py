"""An archive in memory that the index can follow."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from desktop.core.searching import IndexChange, IndexHead, IndexRecord, SearchWishes
from desktop.search.follower import catch_up
from desktop.search.searcher import Searcher


@dataclass
class MemorySource:
    """An ``IndexSource`` with the promises of the archive's: one mark a record, steps in a chain."""

    archive_id: str = "archive-1"
    live: dict[str, IndexRecord] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    seq: int = 0
    chain: list[str] = field(default_factory=lambda: ["start"])

    def put(self, *records: IndexRecord) -> None:
        self.step(*(f"put {record.key}" for record in records))
        for record in records:
            self.live[record.key] = record
            self.mark(record.key)

    def edit(self, key: str, **changes) -> None:
        self.put(replace(self.live[key], **changes))

    def remove(self, *keys: str) -> None:
        self.step(*(f"remove {key}" for key in keys))
        for key in keys:
            del self.live[key]
            self.mark(key)

    def mark(self, key: str) -> None:
        self.seq += 1
        self.marks[key] = self.seq

    def step(self, *what: str) -> None:
        self.chain.append(f"{hash((self.chain[-1], what))}")

    def head(self) -> IndexHead:
        return IndexHead(self.archive_id, self.seq, len(self.chain) - 1, self.chain[-1])

    def chain_at(self, step: int) -> str | None:
        return self.chain[step] if step < len(self.chain) else None

    def changes(self, after: int, limit: int) -> list[IndexChange]:
        later = sorted((seq, key) for key, seq in self.marks.items() if seq > after)
        return [IndexChange(seq, key) for seq, key in later[:limit]]

    def keys(self, after: str, limit: int) -> list[str]:
        return sorted(key for key in self.live if key > after)[:limit]

    def count(self) -> int:
        return len(self.live)

    def records(self, keys: Sequence[str]) -> dict[str, IndexRecord]:
        return {key: self.live[key] for key in keys if key in self.live}


class Finder:
    """An archive with its index, asked in one line."""

    def __init__(self, source: MemorySource, folder) -> None:
        self.source, self.folder = source, folder
        self.searcher = Searcher(folder)
        self.spans: dict[str, tuple[tuple[int, int], ...]] = {}

    def put(self, **records: str | IndexRecord) -> None:
        """Articles by id, as texts or whole records."""
        self.source.put(
            *(
                record if isinstance(record, IndexRecord) else article(name, record)
                for name, record in records.items()
            )
        )
        catch_up(self.source, self.folder)

    def ask(self, query: str, *, names: dict[str, tuple[str, ...]] | None = None, **wishes):
        return self.searcher.search(
            query,
            SearchWishes(**wishes),
            names=names or {},
            records=self.source.records,
            spans=lambda ids: {key: self.spans[key] for key in ids if key in self.spans},
        )

    def found(self, query: str, **options):
        """All of it; reading a record is refused unless ``records`` are given."""
        return self.searcher.found(query, **{"records": _unread, **options})

    def find(self, query: str, **options) -> set[str]:
        """The ids of what was found."""
        return {hit.key[2:] for hit in self.ask(query, **options).hits}


def _unread(keys):
    raise AssertionError(f"read {keys}")


def article(name: str, text: str = "", **facts) -> IndexRecord:
    return IndexRecord(
        key=f"a:{name}", kind="article", article_id=name, title=facts.pop("title", ""), text=text, **facts
    )


def mark(name: str, article_id: str, kind: str, text: str, **facts) -> IndexRecord:
    return IndexRecord(
        key=f"n:{name}",
        kind=kind,
        article_id=article_id,
        annotation_id=name,
        title=facts.pop("title", ""),
        text=text,
        **facts,
    )


@pytest.fixture
def source():
    return MemorySource()


@pytest.fixture
def finder(source, tmp_path):
    finder = Finder(source, tmp_path / "index")
    yield finder
    finder.searcher.close()
