"""Builds and asks every engine, each in a process of its own, and prints two tables.

``--text real`` needs ``../shared/data``. The memory is the largest resident set of any process that took
part. Questions are asked in turn, ``REPEATS`` times each, after one round that warms the system's cache.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.engines.corpus import corpus_of
from tests.bench.engines.engine import Engine, Unsupported
from tests.bench.engines.questions import KINDS, questions
from tests.bench.figures import machine
from tests.bench.memory import MemoryWatch

REPEATS = 5
# A question that takes longer is not asked again.
_PATIENCE = 3.0


def _ours() -> Engine:
    from tests.bench.engines.ours import Ours

    return Ours()


def _fts5() -> Engine:
    from tests.bench.engines.fts5 import Fts5

    return Fts5()


def _fts5_plain() -> Engine:
    from tests.bench.engines.fts5 import Fts5Plain

    return Fts5Plain()


def _stock() -> Engine:
    from tests.bench.engines.stock import StockWhoosh

    return StockWhoosh()


def _tantivy() -> Engine:
    from tests.bench.engines.tantivy_index import Tantivy

    return Tantivy()


def _xapian() -> Engine:
    from tests.bench.engines.xapian_index import Xapian

    return Xapian()


ENGINES: dict[str, Callable[[], Engine]] = {
    "pressmark": _ours,
    "fts5": _fts5,
    "fts5-plain": _fts5_plain,
    "tantivy": _tantivy,
    "xapian": _xapian,
    "whoosh": _stock,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.engines", description=__doc__)
    parser.add_argument("engines", nargs="*", choices=[[], *ENGINES], help=f"of {', '.join(ENGINES)}")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--text", choices=("synthetic", "real"), default="synthetic")
    parser.add_argument("--keep", type=Path, help="keep the indexes in this folder, and use those there")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        return _step(*given.step, corpus_of(given.articles, given.text))
    corpus_of(given.articles, given.text)
    with tempfile.TemporaryDirectory(prefix="pressmark-engines-") as temporary:
        place = given.keep or Path(temporary)
        found = {name: _measured(name, place / name, given) for name in given.engines or ENGINES}
    sys.stdout.write(f"{machine()}; {given.articles:,} articles, {given.text} text\n\n")
    sys.stdout.write(_tables({name: one for name, one in found.items() if one}))
    return 0


def _measured(name: str, folder: Path, given: argparse.Namespace) -> dict[str, dict[str, float]]:
    """What one engine comes to; empty where it is not installed or has failed."""
    figures: dict[str, dict[str, float]] = {}
    steps = ("ask",) if folder.exists() else ("build", "ask")
    folder.mkdir(parents=True, exist_ok=True)
    for step in steps:
        sys.stderr.write(f"{name}: {step} …\n")
        command = [sys.executable, "-m", "tests.bench.engines", "--step", step, name, str(folder)]
        command += ["--articles", str(given.articles), "--text", given.text]
        answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
        if answer.returncode:
            sys.stderr.write(f"{name} is left out.\n")
            return {}
        figures |= json.loads(answer.stdout)
    return figures


def _step(step: str, name: str, folder: str, corpus: Path) -> int:
    engine = ENGINES[name]()
    figures = _build(engine, corpus, Path(folder)) if step == "build" else _ask(engine, corpus, Path(folder))
    sys.stdout.write(json.dumps(figures))
    return 0


def _build(engine: Engine, corpus: Path, folder: Path) -> dict[str, dict[str, float]]:
    engine.prepare(corpus, folder)
    with MemoryWatch(every=0.05) as memory:
        began = time.perf_counter()
        engine.build(corpus, folder)
        spent = time.perf_counter() - began
        engine.settle(corpus, folder)
        settled = time.perf_counter() - began - spent
    return {
        "build": {
            "s": spent,
            "later": settled,
            "MB": engine.size(corpus, folder) / 1e6,
            "RSS MB": max(memory.most.values()),
        }
    }


def _ask(engine: Engine, corpus: Path, folder: Path) -> dict[str, dict[str, float]]:
    began = time.perf_counter()
    engine.open(corpus, folder)
    figures = {"open": {"ms": (time.perf_counter() - began) * 1000}}
    asked = questions(corpus)
    for kind in KINDS:
        spent, totals = [], []
        for question in (one for one in asked if one.kind == kind):
            try:
                totals.append(engine.ask(question))
            except Unsupported:
                break
            spent += list(_times(lambda question=question: engine.ask(question)))  # type: ignore[misc]
        if spent:
            spent.sort()
            figures[kind] = {
                "p50": statistics.median(spent),
                "p95": spent[int(len(spent) * 0.95)],
                "total": statistics.fmean(totals),
            }
    return figures


def _times(ask: Callable[[], int]) -> Iterator[float]:
    """Milliseconds."""
    for _ in range(REPEATS):
        began = time.perf_counter()
        ask()
        spent = time.perf_counter() - began
        yield spent * 1000
        if spent > _PATIENCE:
            return


def _tables(found: dict[str, dict[str, dict[str, float]]]) -> str:
    build = [("engine", "build", "and when idle", "index", "largest process")]
    for name, figures in found.items():
        if one := figures.get("build"):
            build.append(
                (
                    name,
                    f"{one['s']:.1f} s",
                    f"{one['later']:.1f} s",
                    f"{one['MB']:.1f} MB",
                    f"{one['RSS MB']:.0f} MB",
                )
            )
    asked = [("question: p50 / p95 ms (mean total)", *found)]
    for kind in KINDS:
        cells = [figures.get(kind) for figures in found.values()]
        told = [f"{c['p50']:.2f} / {c['p95']:.2f} ({c['total']:.0f})" if c else "" for c in cells]
        asked.append((kind, *told))
    return f"{_table(build)}\n\n{_table(asked)}\n"


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [f"| {' | '.join(map(str.ljust, row, widths))} |" for row in rows]
    lines.insert(1, f"|{'|'.join('-' * (width + 2) for width in widths)}|")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
