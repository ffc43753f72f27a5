"""Importing: files, folders and the clipboard into the archive."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.core.errors import ArchiveReadOnly, Cancelled, ImportFailed, NotText
from desktop.core.extraction import Extraction, ImportLine, ImportReport, ImportStatus, Options
from desktop.core.ids import new_id
from desktop.core.progress import Progress
from desktop.core.sentences import reason_sentence
from desktop.importing.clipboard import clip_source, extract_text
from desktop.importing.isolate import ExtractionPool
from desktop.importing.sources import Source, find_sources
from desktop.operations.keeping import Keeper
from desktop.store import collections, tags
from desktop.store.archive import Archive, open_archive
from desktop.store.history import operation

OnLine = Callable[[ImportLine], None]
Answer = Extraction | ImportFailed

_MOST_ARTICLES = 50
_MOST_BYTES = 8 * 1024 * 1024
_LONGEST_WAIT = 0.3
_LABEL = "Import"
_AS_FOUND = Options()


def import_paths(
    archive: Archive | Path,
    paths: Iterable[Path | str],
    progress: Progress,
    *,
    tags: Sequence[str] = (),
    collection: str | None = None,
    options: Options = _AS_FOUND,
    on_line: OnLine | None = None,
    workers: int = 2,
    pool: ExtractionPool | None = None,
) -> ImportReport:
    """Import files and folders.

    Bytes that are here already are not imported twice: the line names their article, which is
    taken from the trash if it lies there. A page of an article's address with other bytes becomes
    a further capture of it, and the current one; marks stay on the capture they were made on.
    All of it is undone and redone together.

    Args:
        archive: An open archive, or the path of one.
        tags: Paths of tags for everything imported, and for what was here already.
        collection: Path of a collection for the same.
        options: How to read them; as each is found to be where nothing is asked.
        on_line: Called with each line once what it tells is committed.
        workers: Processes that read files.
        pool: Used, and left open, instead of one of its own.

    Returns:
        The report; after a cancel (``progress``) that of what was finished before.

    Raises:
        ArchiveError: The archive cannot be written (any longer); what was committed stays.
    """
    with _opened(archive) as opened, _pool(pool, workers) as extractors:
        report = ImportReport()
        writer = _Writer(opened, tuple(tags), collection, report, on_line)
        chosen = list(paths)
        try:
            total = sum(1 for _ in find_sources(chosen, progress))
            progress.report(0, total, "")
            found = (asked(source, options) for source in find_sources(chosen, progress))
            with closing(extractors.extract_all(found, progress, writer.flush_if_due)) as answers:
                writer.add_all(answers, total, progress)
        except Cancelled:
            report.cancelled = True
        writer.flush()
        return report


def import_answers(
    archive: Archive | Path,
    answers: Iterable[tuple[Source, Answer | None]],
    progress: Progress,
    *,
    tags: Sequence[str] = (),
    collection: str | None = None,
    on_line: OnLine | None = None,
    label: str = _LABEL,
) -> ImportReport:
    """Keep what was read elsewhere: sources with their answers, None after the last one of each.

    Args, Returns, Raises: As ``import_paths``.
    """
    with _opened(archive) as opened:
        report = ImportReport()
        writer = _Writer(opened, tuple(tags), collection, report, on_line, label=label)
        try:
            writer.add_all(answers, 0, progress)
        except Cancelled:
            report.cancelled = True
        writer.flush()
        return report


def import_text(archive: Archive, text: str, html: str | None = None, title: str | None = None) -> ImportLine:
    """Import what was copied elsewhere; from HTML where there is some, for its structure.

    Raises:
        ArchiveError: The archive cannot be written.
    """
    _check_writable(archive)
    source = clip_source(text, html or "", title)
    answer: Answer
    try:
        if html and html.strip():
            with ExtractionPool(workers=1) as pool:
                answer = pool.extract(source)
        else:
            answer = extract_text(text, title)
    except ImportFailed as failure:
        answer = failure
    report = ImportReport()
    writer = _Writer(archive, (), None, report, None, label="Paste article")
    writer.add(source, answer)
    writer.flush()
    return report.lines[0]


@contextmanager
def _opened(archive: Archive | Path) -> Iterator[Archive]:
    if isinstance(archive, Archive):
        _check_writable(archive)
        yield archive
        return
    with open_archive(archive) as opened:
        _check_writable(opened)
        yield opened


def _check_writable(archive: Archive) -> None:
    """Said before the first file is read, not after the last."""
    if archive.read_only:
        raise archive.reason or ArchiveReadOnly(archive.path, "opened read-only")


@contextmanager
def _pool(pool: ExtractionPool | None, workers: int) -> Iterator[ExtractionPool]:
    if pool is not None:
        yield pool
        return
    with ExtractionPool(workers) as own:
        yield own


@dataclass
class _Writer:
    """Writes extractions in bounded steps of one batch, and reports each line after its commit."""

    archive: Archive
    tags: tuple[str, ...]
    collection: str | None
    report: ImportReport
    on_line: OnLine | None
    label: str = _LABEL
    batch: str = field(default_factory=new_id)
    waiting: list[tuple[Source, Answer]] = field(default_factory=list)
    size: int = 0
    since: float = 0.0

    def __post_init__(self) -> None:
        self.keeper = Keeper(self.archive)

    def add_all(
        self, answers: Iterable[tuple[Source, Answer | None]], total: int, progress: Progress
    ) -> None:
        """Take all answers; None ends the answers of a source."""
        done = 0
        for source, answer in answers:
            if answer is None:
                done += 1
                progress.report(done, max(total, done), source.name)
            else:
                self.add(source, answer)
                if isinstance(answer, Extraction) and answer.name:
                    progress.report(done, max(total, done + 1), f"{source.name}/{answer.name}")

    def add(self, source: Source, answer: Answer) -> None:
        """Take an answer; write when enough has come together."""
        if not self.waiting:
            self.since = time.monotonic()
        # Bytes of its own would be held twice: the original carries them.
        self.waiting.append((replace(source, data=None), answer))
        self.size += answer.weight if isinstance(answer, Extraction) else 0
        if len(self.waiting) >= _MOST_ARTICLES or self.size >= _MOST_BYTES:
            self.flush()
        else:
            self.flush_if_due()

    def flush_if_due(self) -> None:
        """Let nothing wait long unwritten while the next file is slow."""
        if self.waiting and time.monotonic() - self.since >= _LONGEST_WAIT:
            self.flush()

    def flush(self) -> None:
        """Write what waits as one step.

        Raises:
            ArchiveError: None of it was written, and no line of it is reported.
        """
        if not self.waiting:
            return
        waiting, self.waiting, self.size = self.waiting, [], 0
        try:
            lines = self._written(waiting)
        except NotText:  # one of them holds what cannot be stored; the others can
            lines = [line for one in waiting for line in self._written_alone(*one)]
        for line in lines:
            self.report.lines.append(line)
            if self.on_line is not None:
                self.on_line(line)

    def _written(self, answers: list[tuple[Source, Answer]]) -> list[ImportLine]:
        if not any(isinstance(answer, Extraction) for _, answer in answers):
            return [_failure(answer) for _, answer in answers if isinstance(answer, ImportFailed)]
        keys = dict(self.keeper.keys)
        try:
            with operation(self.archive, self.label, self.batch):
                lines = [self._line(source, answer) for source, answer in answers]
                self._file([line.article for line in lines if line.article])
        except BaseException:
            self.keeper.keys = keys  # what was rolled back is not there to be added to
            raise
        return lines

    def _written_alone(self, source: Source, answer: Answer) -> list[ImportLine]:
        try:
            return self._written([(source, answer)])
        except NotText as error:
            return [_failure(ImportFailed(source.name, "malformed", error.words[:100]))]

    def _line(self, source: Source, answer: Answer) -> ImportLine:
        return _failure(answer) if isinstance(answer, ImportFailed) else self.keeper.keep(source.name, answer)

    def _file(self, ids: list[str]) -> None:
        if not ids:
            return
        for path in self.tags:
            tags.link(self.archive, "article", ids, tags.make_tag(self.archive, path))
        if self.collection:
            made = collections.make_collection(self.archive, self.collection)
            collections.add_articles(self.archive, made, ids)


def asked(source: Source, options: Options) -> Source:
    """The source, to be read as the person asked."""
    return source if options == source.options else replace(source, options=options)


def _failure(answer: ImportFailed) -> ImportLine:
    words = reason_sentence(answer)
    return ImportLine(answer.source, ImportStatus.FAILED, error=words, detail=answer.detail)
