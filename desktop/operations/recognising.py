"""Recognising the words of an article whose pages are pictures."""

from desktop.core.extraction import Options
from desktop.core.progress import Progress
from desktop.core.records import Changes
from desktop.importing import ocr
from desktop.importing.isolate import ExtractionPool
from desktop.operations.rereading import reread
from desktop.store import articles
from desktop.store.archive import Archive


def languages_available() -> tuple[str, ...]:
    """What Tesseract can recognise here, as it names languages; empty where it is not installed."""
    return ocr.languages()


def suggested_languages(archive: Archive, article_id: str) -> str:
    """What to try for an article, e.g. ``rus+eng``; empty where nothing can be recognised."""
    language = articles.article(archive, article_id).metadata.language
    return ocr.default_languages(ocr.languages(), language)


def recognise(
    archive: Archive,
    article_id: str,
    languages: str,
    progress: Progress,
    pool: ExtractionPool | None = None,
) -> Changes:
    """Read the article's original again, with the words of its pictured pages.

    The text becomes a further capture, and the current one, in one step of the history; marks are
    looked for in it. ``progress`` counts the pages.

    Args:
        languages: As Tesseract names them, e.g. ``rus+eng``.

    Raises:
        NotFound, ImportFailed (``no_tesseract`` among its reasons), ArchiveError, Cancelled
    """
    return reread(archive, article_id, Options(recognise=languages), progress, pool)
