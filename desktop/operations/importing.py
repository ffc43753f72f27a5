"""Importing: files, folders and the clipboard into the archive."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from desktop.core.document import Metadata
from desktop.core.errors import ArchiveReadOnly, Cancelled, ImportFailed, NotText
from desktop.core.extraction import Extraction, ImportLine, ImportReport, ImportStatus
from desktop.core.ids import new_id
from desktop.core.progress import Progress
from desktop.core.sentences import reason_sentence
from desktop.importing.clipboard import clip_source, extract_text
from desktop.importing.isolate import ExtractionPool
from desktop.importing.sources import Source, find_sources
from desktop.store import articles, captures, collections, originals, tags
from desktop.store.archive import Archive, open_archive
from desktop.store.history import operation

OnLine = Callable[[ImportLine], None]

RESTORED = "It was in the trash and is back in the library, with its marks."

_MOST_ARTICLES = 50
_MOST_BYTES = 8 * 1024 * 1024
_LONGEST_WAIT = 0.3
_LABEL = "Import"


def import_paths(
    archive: Archive | Path,
    paths: Iterable[Path | str],
    progress: Progress,
    *,
    tags: Sequence[str] = (),
    collection: str | None = None,
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
            answers = extractors.extract_all(find_sources(chosen, progress), progress, writer.flush_if_due)
            with closing(answers):
                for done, (source, answer) in enumerate(answers, start=1):
                    writer.add(source, answer)
                    progress.report(done, max(total, done), source.name)
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
    answer: Extraction | ImportFailed
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
    waiting: list[tuple[Source, Extraction | ImportFailed]] = field(default_factory=list)
    size: int = 0
    since: float = 0.0

    def add(self, source: Source, answer: Extraction | ImportFailed) -> None:
        """Take an answer; write when enough has come together."""
        if not self.waiting:
            self.since = time.monotonic()
        # Bytes of its own would be held twice: the original carries them.
        self.waiting.append((replace(source, data=None), answer))
        self.size += len(answer.original.data) if isinstance(answer, Extraction) else 0
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

    def _written(self, answers: list[tuple[Source, Extraction | ImportFailed]]) -> list[ImportLine]:
        if not any(isinstance(answer, Extraction) for _, answer in answers):
            return [self._line(source, answer) for source, answer in answers]
        with operation(self.archive, self.label, self.batch):
            lines = [self._line(source, answer) for source, answer in answers]
            self._file([line.article for line in lines if line.article])
        return lines

    def _written_alone(self, source: Source, answer: Extraction | ImportFailed) -> list[ImportLine]:
        try:
            return self._written([(source, answer)])
        except NotText as error:
            return [self._line(source, ImportFailed(source.name, "malformed", error.words[:100]))]

    def _line(self, source: Source, answer: Extraction | ImportFailed) -> ImportLine:
        if isinstance(answer, ImportFailed):
            words = reason_sentence(answer)
            return ImportLine(source.name, ImportStatus.FAILED, error=words, detail=answer.detail)
        return (
            self._duplicate(source, answer)
            or self._further_capture(source, answer)
            or self._new(source, answer)
        )

    def _duplicate(self, source: Source, extraction: Extraction) -> ImportLine | None:
        sha256 = extraction.original.sha256
        warnings: tuple[str, ...] = ()
        if (known := captures.find_by_original(self.archive, sha256)) is None:
            known = captures.find_trashed_by_original(self.archive, sha256)
            if known is None:
                return None
            articles.take_from_trash(self.archive, [known])
            warnings = (RESTORED,)
        title = articles.article(self.archive, known).metadata.title or ""
        return ImportLine(source.name, ImportStatus.DUPLICATE, known, title, warnings=warnings)

    def _further_capture(self, source: Source, extraction: Extraction) -> ImportLine | None:
        url = extraction.document.metadata.url
        if not url or not _names_an_article(url, extraction.extractor):
            return None
        if (known := captures.find_by_url(self.archive, url)) is None:
            return None
        self._capture(known, source, extraction)
        metadata = articles.article(self.archive, known).metadata
        completed = _completed(metadata, extraction.document.metadata)
        if completed != metadata:
            articles.set_metadata(self.archive, known, completed)
        title = completed.title or ""
        return ImportLine(source.name, ImportStatus.CAPTURE, known, title, warnings=extraction.warnings)

    def _new(self, source: Source, extraction: Extraction) -> ImportLine:
        metadata = extraction.document.metadata
        article = articles.add_article(self.archive, metadata)
        self._capture(article, source, extraction)
        return ImportLine(
            source.name, ImportStatus.ADDED, article, metadata.title or "", warnings=extraction.warnings
        )

    def _capture(self, article: str, source: Source, extraction: Extraction) -> None:
        originals.add_original(self.archive, extraction.original)
        capture = captures.add_capture(
            self.archive,
            article,
            extraction.document,
            original=extraction.original.sha256,
            extractor=extraction.extractor,
            encoding=extraction.encoding,
            source=source.name,
        )
        articles.set_current_capture(self.archive, article, capture)

    def _file(self, ids: list[str]) -> None:
        if not ids:
            return
        for path in self.tags:
            tags.link(self.archive, "article", ids, tags.make_tag(self.archive, path))
        if self.collection:
            made = collections.make_collection(self.archive, self.collection)
            collections.add_articles(self.archive, made, ids)


def _names_an_article(url: str, extractor: str) -> bool:
    """Whether the same address means the same article.

    Not a site's front page, which templates give as the address of everything, and not an address
    that merely stands in a text: several notes may name one source.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # a record may give anything for its address
        return False
    return not extractor.startswith("text/") and (len(parts.path) > 1 or bool(parts.query))


def _completed(known: Metadata, found: Metadata) -> Metadata:
    """What is known, kept as it is (a person may have corrected it), its gaps filled."""
    gaps = {
        name: getattr(found, name)
        for name in ("title", "byline", "publisher", "language", "url", "description")
        if not getattr(known, name) and getattr(found, name)
    }
    if "language" in gaps:
        gaps["language_confidence"] = found.language_confidence
    if not known.published_at and found.published_at:
        gaps |= {"published_at": found.published_at, "date_is_guess": found.date_is_guess}
    return replace(known, **gaps)
