"""Reading files without keeping them: what an import would see."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction
from desktop.core.progress import Progress
from desktop.importing.isolate import ExtractionPool
from desktop.importing.sources import find_sources


def extract_paths(
    paths: Iterable[Path | str], progress: Progress
) -> Iterator[tuple[str, Extraction | ImportFailed]]:
    """Every source under the paths with what was read from it, or why it was not.

    Parsing happens in a child process with limits, as in an import.
    """
    with ExtractionPool() as pool:
        for done, source in enumerate(find_sources(paths, progress)):
            progress.report(done, 0, source.name)
            try:
                yield source.name, pool.extract(source)
            except ImportFailed as failure:
                yield source.name, failure
