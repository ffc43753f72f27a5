"""How fast an archive is indexed, and with how much memory, beside folding and counting its words."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from desktop.operations.indexing import index_now
from desktop.search.fold import terms
from tests.bench.archives import archive_of
from tests.bench.corpus import articles
from tests.bench.figures import Figure
from tests.bench.watching import MemoryWatch

ARTICLES = 20_000
FLOOR = "fold and count the same words"


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    count = ARTICLES // divisor
    path = archive_of(count, folder)
    with MemoryWatch() as memory:
        began = time.perf_counter()
        index_now(path)
        spent = time.perf_counter() - began
    yield Figure(f"index {count:,} articles", spent, "s", _floor(count), FLOOR)
    yield Figure("memory of the largest process meanwhile", max(memory.most.values()), "MB", limit=600)


def _floor(count: int) -> float:
    """Seconds for as many articles, measured on some of them."""
    some = [made.document.text for made in articles(count // 20)]
    began = time.perf_counter()
    for text in some:
        Counter(terms(text))
    return (time.perf_counter() - began) * 20
