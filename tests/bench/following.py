"""The index behind its archive: how soon a change is found, and how long it takes to build and to compare."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop import paths
from desktop.operations import tagging
from desktop.operations.following import IndexPhase, IndexStatus
from desktop.operations.indexing import IndexProcess, index_now
from desktop.operations.searching import ArchiveSearch
from desktop.search.comparing import Comparison
from desktop.store import articles
from desktop.store.archive import Archive, open_archive
from desktop.store.indexing import ArchiveIndexSource
from tests.bench.archives import archive_of, fill
from tests.bench.corpus import articles as made
from tests.bench.figures import Figure

ARTICLES = 20_000
ROUNDS = 5
ADDED = 50
PATIENCE = 60  # seconds


class News:
    """What the process that follows the archive says."""

    def __init__(self) -> None:
        self._said = threading.Condition()
        self._ready = 0

    def __call__(self, status: IndexStatus) -> None:
        with self._said:
            self._ready += status.phase is IndexPhase.READY
            self._said.notify_all()

    def wait(self, until: Callable[[], bool]) -> None:
        """Look each time that something is said, and otherwise fifty times a second."""
        deadline = time.perf_counter() + PATIENCE
        with self._said:
            while not until():
                assert time.perf_counter() < deadline
                self._said.wait(0.02)

    def wait_until_ready(self) -> None:
        self.wait(lambda: self._ready > 0)


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    number = ARTICLES // divisor
    path = archive_of(number, folder)
    began = time.perf_counter()
    index_now(path)
    yield Figure(f"index of {number:,} articles, built", time.perf_counter() - began, "s")
    news = News()
    process = IndexProcess(path, news)
    process.start()
    with open_archive(path) as archive, ArchiveSearch(archive) as search:
        news.wait_until_ready()
        tag = [_found(archive, search, process, news, 0, turn) for turn in range(ROUNDS)]
        many = [_found(archive, search, process, news, ADDED, turn) for turn in range(ROUNDS)]
        yield Figure(f"a tag found, in {number:,} articles, median", statistics.median(tag), "ms", limit=1000)
        yield Figure(f"{ADDED} more articles found, median", statistics.median(many), "ms", limit=1000)
        yield Figure("the slowest of these", max(tag + many), "ms", limit=1000)
        process.stop()
        yield Figure("index and archive compared", _compared(archive), "s")


def _found(
    archive: Archive, search: ArchiveSearch, process: IndexProcess, news: News, count: int, turn: int
) -> float:
    """Milliseconds from the end of the operation until the search finds what it did."""
    fill(archive, made(count))
    tag = f"маяк{count}-{turn}"
    tagging.tag_articles(archive, articles.article_ids(archive)[turn : turn + 1], tag)
    began = time.perf_counter()
    process.poke()
    news.wait(lambda: search.search(f'tag:"{tag}"').total == 1)
    return (time.perf_counter() - began) * 1000


def _compared(archive: Archive) -> float:
    began = time.perf_counter()
    with Comparison(ArchiveIndexSource(archive), paths.index_dir(archive.id)) as comparison:
        assert not any(each.differences for each in comparison.slices())
    return time.perf_counter() - began
