"""Reading files without keeping them: what an import would see."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from desktop.core.errors import ImportFailed
from desktop.core.extraction import Entry, Extraction, Options
from desktop.core.progress import Progress
from desktop.importing.isolate import ExtractionPool
from desktop.importing.sources import Source, find_sources

_AS_FOUND = Options()


def extract_paths(
    paths: Iterable[Path | str], progress: Progress, options: Options = _AS_FOUND
) -> Iterator[tuple[str, Extraction | ImportFailed]]:
    """Every source under the paths with what was read from it, or why it was not.

    Parsing happens in a child process with limits, as in an import.
    """
    with ExtractionPool() as pool:
        for done, source in enumerate(find_sources(paths, progress)):
            progress.report(done, 0, source.name)
            try:
                for answer in pool.extract_each(replace(source, options=options), progress):
                    yield _name_of(source, answer), answer
            except ImportFailed as failure:
                yield source.name, failure


def entries(path: Path | str, progress: Progress | None = None) -> list[Entry]:
    """What a person can choose from in a file; empty where it is one article.

    Raises:
        ImportFailed, Cancelled
    """
    progress = progress or Progress()
    with ExtractionPool(workers=1) as pool:
        return [
            entry for source in find_sources([path], progress) for entry in pool.entries(source, progress)
        ]


def _name_of(source: Source, answer: Extraction | ImportFailed) -> str:
    if isinstance(answer, ImportFailed):
        return answer.source
    return f"{source.name}/{answer.name}" if answer.name else source.name
