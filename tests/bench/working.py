"""What a person at the window feels while files are imported and an archive is indexed."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from desktop.search.fold import terms
from desktop.store.archive import create_archive
from desktop.store.articles import count
from tests.bench.archives import archive_of
from tests.bench.corpus import articles, write_files
from tests.bench.figures import Figure
from tests.bench.memory import MemoryWatch
from tests.bench.watching import Heartbeat, wait_for
from tests.bench.windows import window_on

FILES, ARTICLES = 1_000, 20_000
PATIENCE = 1800  # seconds
FLOOR = "fold and count the same words"


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    yield from _importing(folder, FILES // divisor)
    yield from _indexing(folder, ARTICLES // divisor)


def _importing(folder: Path, files: int) -> Iterator[Figure]:
    sources = folder / "sources"
    sources.mkdir()
    paths = write_files(sources, articles(files))
    archive = folder / "empty.pressmark"
    create_archive(archive).close()
    with window_on(archive, folder) as window, MemoryWatch() as memory:
        heart = Heartbeat()
        began = time.perf_counter()
        window.files.import_paths(paths)
        wait_for(lambda: count(window.session.archive) == files and window.loaded, PATIENCE)
        imported = time.perf_counter() - began
        wait_for(lambda: window.indexer.ready, PATIENCE)
        heart.stop()
    yield Figure(f"import {files:,} files in the window", imported, "s")
    yield Figure("worst stall while importing and indexing", heart.worst, "ms", limit=100)
    yield Figure("memory of the largest process meanwhile", max(memory.most.values()), "MB", limit=600)


def _indexing(folder: Path, number: int) -> Iterator[Figure]:
    path = archive_of(number, folder)
    with window_on(path, folder) as window, MemoryWatch() as memory:
        heart = Heartbeat()
        began = time.perf_counter()
        wait_for(lambda: window.indexer.ready, PATIENCE)
        indexed = time.perf_counter() - began
        heart.stop()
    yield Figure(f"index {number:,} articles behind the window", indexed, "s", _floor(number), FLOOR)
    yield Figure("worst stall while indexing", heart.worst, "ms", limit=100)
    for name, most in sorted(memory.most.items()):
        yield Figure(f"memory while indexing: {name}", most, "MB", limit=600)


def _floor(number: int) -> float:
    """Seconds for as many articles, measured on a twentieth of them."""
    some = [made.document.text for made in articles(max(1, number // 20))]
    began = time.perf_counter()
    for text in some:
        Counter(terms(text))
    return (time.perf_counter() - began) * number / len(some)
