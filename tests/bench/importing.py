"""How fast files become articles, beside trafilatura alone on the same pages."""

import time
from collections.abc import Iterator
from pathlib import Path

import trafilatura

from desktop.core.extraction import ImportStatus
from desktop.core.progress import Progress
from desktop.operations.importing import import_paths
from desktop.store.archive import create_archive
from tests.bench.corpus import articles, write_files
from tests.bench.figures import Figure

FILES = 400
FLOOR = "trafilatura alone, this process"


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    paths = write_files(folder, articles(FILES // divisor))
    pages = [path for path in paths if path.suffix == ".html"]
    for name, chosen in (("import a page", pages), ("import a text", [*set(paths) - set(pages)])):
        floor = _bare(chosen) if chosen is pages else None
        yield Figure(name, _imported(folder / f"{chosen[0].suffix}.pressmark", chosen), "ms", floor, FLOOR)


def _bare(pages: list[Path]) -> float:
    """Milliseconds a page."""
    trafilatura.bare_extraction(pages[0].read_text("utf-8"))
    began = time.perf_counter()
    for page in pages:
        assert trafilatura.bare_extraction(page.read_text("utf-8"), with_metadata=True)
    return (time.perf_counter() - began) * 1000 / len(pages)


def _imported(path: Path, files: list[Path]) -> float:
    """Milliseconds a file, until it is durably in the archive; the child processes' start included."""
    with create_archive(path) as archive:
        began = time.perf_counter()
        report = import_paths(archive, files, Progress())
        spent = time.perf_counter() - began
    assert report.count(ImportStatus.ADDED) == len(files)
    return spent * 1000 / len(files)
