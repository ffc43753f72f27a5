"""How soon the window can be used with 100,000 articles, beside a bare window of PySide6."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.archives import KEPT, archive_of
from tests.bench.figures import Figure

ARTICLES = 100_000
STARTS = 7
FLOOR = "a bare PySide6 window"


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    count = ARTICLES // divisor
    archive = str(archive_of(count, folder))
    _start("tests.bench.bare_window"), _start("tests.bench.started_window", archive)  # files into the cache
    bare, ours = [], []
    for _ in range(STARTS):  # in turn, so that a busy moment of the machine meets both
        bare.append(_start("tests.bench.bare_window"))
        ours.append(_start("tests.bench.started_window", archive))
    yield Figure(
        f"start until usable, {count:,} articles",
        statistics.median(ours),
        "ms",
        statistics.median(bare),
        FLOOR,
        limit=2.5,
        of_floor=True,
    )


def _start(module: str, *arguments: str) -> float:
    """Milliseconds from asking for the process until it says that it is there.

    Modules are compiled once, as an installation has them: where writing bytecode is forbidden, the
    compiler would be measured.
    """
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(KEPT / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    answer = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return (float(answer.stdout.split()[-1]) - began) * 1000
