"""Reading an article's kept original once more, otherwise than it was read at first."""

import re
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

from desktop.core.document import Metadata
from desktop.core.errors import ArchiveError, ArchiveMissing, ImportFailed, NotFound
from desktop.core.extraction import Extraction, Options
from desktop.core.progress import Progress
from desktop.core.records import Capture, Changes
from desktop.importing.isolate import ExtractionPool
from desktop.importing.sources import Form, Source
from desktop.operations.keeping import Keeper
from desktop.operations.mark_fates import MarkFates, fates_of_marks
from desktop.store import articles, captures, originals, pictures
from desktop.store.archive import Archive, open_archive
from desktop.store.history import operation

BEGINNING = 600
_NOT_BY_ITSELF = ("unknown_format", "binary")
_ADDRESS = re.compile(r"https?://\S+$")  # of a fetched page, or of one in a web archive
_GUESSES = frozenset(field.name for field in fields(Metadata)) - {"date_is_guess", "language_confidence"}


@dataclass(frozen=True, slots=True)
class Preview:
    """What reading an original again would give.

    Attributes:
        beginning: Of the text, at most ``BEGINNING`` code points of it.
        length: Of the text, in code points.
        encoding: What the bytes were decoded as; None for binary formats.
        same: The text is the one that is read now.
    """

    title: str
    beginning: str
    length: int
    encoding: str | None
    fates: MarkFates
    same: bool
    warnings: tuple[str, ...] = ()


class Rereader:
    """Looks at one archive's originals, read this way and that; belongs to the thread that made it.

    Its child process is kept from one look to the next.
    """

    def __init__(self, path: Path) -> None:
        self._archive = open_archive(path, read_only=True)
        self._pool = ExtractionPool(workers=1)

    def preview(self, article_id: str, options: Options, progress: Progress) -> Preview:
        """Read it without keeping anything; raises as ``read_again``."""
        extraction = read_again(self._archive, article_id, options, progress, self._pool)
        text, known = extraction.document.text, captures.current_capture(self._archive, article_id)
        return Preview(
            extraction.document.metadata.title or "",
            text[:BEGINNING],
            len(text),
            extraction.encoding,
            fates_of_marks(self._archive, article_id, text),
            (text, extraction.document.layout_json()) == (known.text, known.layout),
            extraction.warnings,
        )

    def close(self) -> None:
        self._pool.close()
        self._archive.close()


def reread(
    archive: Archive,
    article_id: str,
    options: Options,
    progress: Progress,
    pool: ExtractionPool | None = None,
) -> Changes:
    """Read the original of the capture that is current as ``options`` ask, and make of it a further one.

    It becomes the current one, and is one step of the history. Marks stay on their capture and are
    looked for in the new text (``fates_of_marks``). Facts that the first reading found are found
    anew; those that a person corrected are kept. Where the text comes out as it was, nothing
    changes.

    Raises:
        NotFound: There is no such article, or it has no text.
        ImportFailed: ``no_original``, ``not_alone``, or why the bytes cannot be read that way.
        ArchiveError: The archive cannot be written, or the original is damaged.
        Cancelled
    """
    with _pool(pool) as extractors:
        known = captures.current_capture(archive, article_id)
        extraction = read_again(archive, article_id, options, progress, extractors)
        document = extraction.document
        if (document.text, document.layout_json()) == (known.text, known.layout):
            return Changes()
        found_before = _found_before(archive, known, extraction, progress, extractors)
    with operation(archive, label_of(options)) as step:
        metadata = articles.article(archive, article_id).metadata
        Keeper(archive).read_again(article_id, extraction, _uncorrected(metadata, found_before))
    return step.changes


def read_again(
    archive: Archive, article_id: str, options: Options, progress: Progress, pool: ExtractionPool
) -> Extraction:
    """What ``reread`` would keep; nothing is kept.

    Raises:
        NotFound, ImportFailed, ArchiveError, Cancelled
    """
    capture = captures.current_capture(archive, article_id)
    source = _source(archive, capture, options)
    try:
        answers = list(pool.extract_each(source, progress))
    except ImportFailed as failure:
        if failure.reason in _NOT_BY_ITSELF:
            raise ImportFailed(source.name, "not_alone", failure.reason) from failure
        raise
    for answer in answers:
        if isinstance(answer, Extraction) and _is_again(answer, capture):
            return answer
    failures = [answer for answer in answers if isinstance(answer, ImportFailed)]
    raise next(iter(failures), ImportFailed(source.name, "not_alone"))


def label_of(options: Options) -> str:
    """The step in words: ``Read again as KOI8-R``."""
    if options.recognise:
        return "Recognise the words of the pages"
    how = f" as {options.encoding.upper()}" if options.encoding else ""
    return f"Read again{how}, the whole page" if options.whole else f"Read again{how}"


def _pool(pool: ExtractionPool | None) -> "ExtractionPool | nullcontext[ExtractionPool]":
    return ExtractionPool(workers=1) if pool is None else nullcontext(pool)


def _source(archive: Archive, capture: Capture, options: Options) -> Source:
    """The kept bytes, as they came.

    Raises:
        ImportFailed: ``no_original``.
    """
    if capture.original is None:
        raise ImportFailed(capture.source, "no_original")
    try:
        info = originals.original_info(archive, capture.original)
        data = originals.read_original(archive, capture.original)
    except (NotFound, ArchiveMissing) as error:
        raise ImportFailed(capture.source, "no_original", str(error)) from error
    if info.filename == "clipboard.html":
        options = replace(options, whole=True)  # somebody chose just this piece of a page
    return Source(
        info.filename or capture.source,
        data=data,
        form=Form.RECORD if capture.extractor.startswith("jsonl/") else Form.FILE,
        address=found[0] if (found := _ADDRESS.search(capture.source)) else None,
        options=options,
        files=tuple(_files_beside(archive, capture)),
    )


def _files_beside(archive: Archive, capture: Capture) -> Iterator[tuple[str, bytes]]:
    """The pictures that were found beside the page, under the names that its blocks give them."""
    for src, original in pictures.picture_originals(archive, capture.id).items():
        with suppress(NotFound, ArchiveError):
            yield src, originals.read_original(archive, original)


def _is_again(extraction: Extraction, capture: Capture) -> bool:
    """Whether it is the article of the capture, read by the same reader.

    A record out of another program's list, or a chapter, is kept by itself, where it may look like
    something else.
    """
    reader, before = (re.split(r"[/+]", one)[0] for one in (extraction.extractor, capture.extractor))
    return reader == before and (not extraction.name or capture.source.endswith(f"/{extraction.name}"))


def _found_before(
    archive: Archive, capture: Capture, now: Extraction, progress: Progress, pool: ExtractionPool
) -> Metadata | None:
    """What the first reading found, where it read other characters than the new one."""
    if capture.encoding is None or now.encoding == capture.encoding:
        return None
    try:
        options = Options(encoding=capture.encoding)
        return read_again(archive, capture.article_id, options, progress, pool).document.metadata
    except ImportFailed:
        return None


def _uncorrected(known: Metadata, found: Metadata | None) -> Metadata:
    """Without the facts that are just as the first reading found them: it misread the characters."""
    if found is None:
        return known
    empty = Metadata()
    same = {name for name in _GUESSES if getattr(known, name) == getattr(found, name)}
    return replace(known, **{name: getattr(empty, name) for name in same})
