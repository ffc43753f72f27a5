"""What a person at the window feels while a folder of everything is imported and indexed."""

import time
from collections.abc import Iterator
from pathlib import Path

from desktop.store.archive import create_archive
from desktop.store.articles import count
from tests.bench.figures import Figure
from tests.bench.material import fill
from tests.bench.memory import MemoryWatch
from tests.bench.watching import Heartbeat, wait_for
from tests.bench.windows import window_on

ARTICLES = 1_200
PATIENCE = 1800  # seconds


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    number = ARTICLES // divisor
    sources = folder / "sources"
    sources.mkdir()
    fill(sources, number)
    archive = folder / "empty.pressmark"
    create_archive(archive).close()
    with window_on(archive, folder) as window, MemoryWatch() as memory:
        heart = Heartbeat()
        began = time.perf_counter()
        window.files.import_paths([sources])
        wait_for(lambda: count(window.session.archive) == number and window.loaded, PATIENCE)
        imported = time.perf_counter() - began
        wait_for(lambda: window.indexer.ready, PATIENCE)
        heart.stop()
    yield Figure(f"import {number:,} articles of six kinds in the window", imported, "s")
    yield Figure("worst stall while importing them and indexing", heart.worst, "ms", limit=100)
    yield Figure("memory of the window meanwhile", memory.most["window"], "MB", limit=400)
    yield Figure("memory of the largest child meanwhile", memory.most["child"], "MB", limit=600)
