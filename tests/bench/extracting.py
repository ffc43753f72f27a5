"""How fast pages are read by two processes, beside bare trafilatura in two processes on the same pages.

The pages are the team's real ones where they are there (``PRESSMARK_SHARED``, or ``../shared`` beside the
checkout), else made-up ones. Both readings are warmed up, take turns, and the faster turn of each counts.
"""

import gzip
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from desktop.core.extraction import Extraction, ImportStatus
from desktop.core.progress import Progress
from desktop.importing.isolate import ExtractionPool
from desktop.importing.sources import Source
from desktop.operations.importing import import_paths
from desktop.store.archive import create_archive
from tests.bench.corpus import articles
from tests.bench.figures import Figure
from tests.bench.material import fill

PAGES, FILES, TURNS, WORKERS = 1_000, 5_000, 2, 2
FLOOR = "bare trafilatura, two processes"


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    # First, while this process has done nothing else: the peak is that of its whole life.
    yield Figure(
        "memory of the main process, 5,000 articles of six kinds",
        _memory(folder, FILES // divisor),
        "MB",
        limit=400,
    )
    pages = list(_pages(folder, PAGES // divisor))
    ours, bare = _in_turns(pages)
    yield Figure("read 1,000 pages", ours, "s", bare, FLOOR, 1.25, of_floor=True)


def _memory(folder: Path, count: int) -> float:
    files = folder / "files"
    files.mkdir()
    fill(files, count)
    with create_archive(folder / "many.pressmark") as archive:
        report = import_paths(archive, [files], Progress())
    assert report.count(ImportStatus.ADDED) == count
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _pages(folder: Path, count: int) -> Iterator[bytes]:
    real = sorted(_shared().glob("data/extraction/*/html/*.html.gz"))
    if real:
        for path in islice(cycle(real), count):
            yield gzip.decompress(path.read_bytes())
        return
    for one in articles(count):
        yield one.as_html().encode()


def _shared() -> Path:
    return Path(os.environ.get("PRESSMARK_SHARED") or Path(__file__).parents[3] / "shared")


def _in_turns(pages: list[bytes]) -> tuple[float, float]:
    """Seconds of ours and of the bare reading."""
    sources = [Source(f"{number}.html", data=page) for number, page in enumerate(pages)]
    with (
        ExtractionPool(WORKERS) as pool,
        ProcessPoolExecutor(WORKERS, get_context("spawn")) as bare,
    ):
        _read(pool, sources[:8])
        list(bare.map(_bare, pages[:8]))
        ours = [
            (_timed(lambda: _read(pool, sources)), _timed(lambda: _map(bare, pages))) for _ in range(TURNS)
        ]
    return min(one for one, _ in ours), min(other for _, other in ours)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _read(pool: ExtractionPool, sources: list[Source]) -> None:
    answers = [answer for _, answer in pool.extract_all(sources, Progress()) if answer is not None]
    assert sum(isinstance(answer, Extraction) for answer in answers) > 0.9 * len(sources)


def _map(bare: "ProcessPoolExecutor", pages: list[bytes]) -> None:
    assert sum(bare.map(_bare, pages)) > 0.9 * len(pages)


def _bare(page: bytes) -> bool:
    import logging

    from trafilatura import bare_extraction

    logging.disable(logging.CRITICAL)
    return bare_extraction(page, with_metadata=True) is not None
