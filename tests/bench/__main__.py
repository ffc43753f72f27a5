"""``python -m tests.bench [NAME…]``: every measure in a process of its own, one table of them all.

``--small`` uses a tenth of the articles, to try the measures themselves. The exit status is 1 when
a promise is not kept.
"""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import Figure, machine, table

MEASURES = (
    "starting", "opening", "books", "pages", "working", "importing", "mixed", "extracting", "searching",
    "finding", "following",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *MEASURES], help=f"of {', '.join(MEASURES)}")
    parser.add_argument("--small", action="store_true", help="a tenth of the articles")
    parser.add_argument("--here", metavar="NAME", choices=MEASURES, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if chosen.here:
        return measure_here(chosen.here, 10 if chosen.small else 1)
    figures = [figure for name in chosen.names or MEASURES for figure in measured(name, chosen.small)]
    sys.stdout.write(f"{machine()}\n\n{table(figures)}\n")
    return int(any(figure.kept is False for figure in figures))


def measured(name: str, small: bool) -> list[Figure]:
    """What one measure finds in a fresh process, so that none warms or burdens the next."""
    sys.stderr.write(f"{name} …\n")
    command = [sys.executable, "-m", "tests.bench", "--here", name, *(["--small"] if small else [])]
    answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    return [Figure.from_json(line) for line in answer.stdout.splitlines() if line.startswith("{")]


def measure_here(name: str, divisor: int) -> int:
    measure = importlib.import_module(f"tests.bench.{name}")
    with tempfile.TemporaryDirectory(prefix="pressmark-bench-") as folder:
        os.environ["PRESSMARK_DATA"] = f"{folder}/data"
        os.environ["PRESSMARK_CACHE"] = f"{folder}/cache"
        for figure in measure.measure(Path(folder), divisor):
            sys.stdout.write(figure.to_json() + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
