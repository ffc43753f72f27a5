"""A page by its address: fetched because a person asked, kept like any other import."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from desktop.core.document import BlockKind
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Entry, Extraction, ImportReport, Options
from desktop.core.progress import Progress
from desktop.importing.fetching import fetch, fetch_pictures, is_address
from desktop.importing.isolate import ExtractionPool
from desktop.importing.sources import Source
from desktop.operations.importing import OnLine, asked, import_answers
from desktop.store.archive import Archive

__all__ = ["entries_at", "extract_address", "fetch_address", "is_address"]

Answer = Extraction | ImportFailed

_AS_FOUND = Options()
_SHORT = 1_500
"""Code points; a page that tells that another one is not there needs no more."""
_GONE = re.compile(
    r"\b(?:404|410)\b|not found|no longer (?:available|exists)|does(?:n.t| not) exist|page (?:is )?missing|"
    r"(?:не|нет)\s+(?:найден|существует|знайден|існує)|нет такой страницы|страниц\w* удален|"
    r"сторінк\w* (?:не|видален)|見つかりません|見つかりませんでした|存在しません",
    re.IGNORECASE,
)
_GUARDED = re.compile(
    r"\b(?:401|403)\b|access denied|forbidden|just a moment|attention required|captcha|"
    r"are you (?:a )?(?:human|robot)|(?:log|sign)[ -]?in\b|доступ (?:запрещ|заборон)|"
    r"проверка браузера|вы не робот|авторизац|^(?:вход|войти|увійти|вхід)\b|ログイン|アクセスが拒否",
    re.IGNORECASE,
)
_LOGIN_PATH = re.compile(r"/(?:log-?in|sign-?in|auth|sso|passport|captcha|consent)\b", re.IGNORECASE)


def fetch_address(
    archive: Archive | Path,
    address: str,
    progress: Progress,
    *,
    tags: Sequence[str] = (),
    collection: str | None = None,
    options: Options = _AS_FOUND,
    on_line: OnLine | None = None,
    pool: ExtractionPool | None = None,
) -> ImportReport:
    """Fetch a page with the pictures of its article, and keep it.

    An error page is never kept, and a page much shorter than the copy in the archive stays behind it.

    Args: As ``import_paths`` has them.

    Returns:
        The report; a page that cannot be had is a line of it.

    Raises:
        ArchiveError: The archive cannot be written.
    """
    with nullcontext(pool) if pool else ExtractionPool(workers=1) as extractors:
        answers = _answers(address, options, extractors, progress)
        return import_answers(
            archive, answers, progress, tags=tags, collection=collection, on_line=on_line, label="Fetch page"
        )


def entries_at(address: str, progress: Progress) -> list[Entry]:
    """What a person can choose from in a file at an address; empty where it is one article.

    Raises:
        ImportFailed, Cancelled
    """
    source = fetch(address, progress)
    with ExtractionPool(workers=1) as pool:
        return pool.entries(source, progress)


def extract_address(
    address: str, progress: Progress, options: Options = _AS_FOUND
) -> Iterator[tuple[str, Answer]]:
    """What would be kept, as ``extract_paths`` gives it."""
    with ExtractionPool(workers=1) as pool:
        for source, answer in _answers(address, options, pool, progress):
            if isinstance(answer, ImportFailed):
                yield answer.source, answer
            elif answer is not None:
                yield f"{source.name}/{answer.name}" if answer.name else source.name, answer


def _answers(
    address: str, options: Options, pool: ExtractionPool, progress: Progress
) -> Iterator[tuple[Source, Answer | None]]:
    """The articles at an address, as ``ExtractionPool.extract_all`` gives them."""
    source = Source(address)
    try:
        source = asked(fetch(address, progress), options)
        for answer in _read(source, pool, progress):
            yield source, answer
    except ImportFailed as failure:
        yield source, ImportFailed(source.name, failure.reason, failure.detail)
    yield source, None


def _read(source: Source, pool: ExtractionPool, progress: Progress) -> Iterator[Answer]:
    page = None
    with closing(pool.extract_each(source, progress)) as answers:
        for answer in answers:
            if isinstance(answer, Extraction) and _is_page(answer):
                page = answer  # there is one of these, and nothing beside it
            else:
                yield answer
    if page is not None:
        check_article(source, page)
        yield _with_pictures(source, page, pool, progress)


def _is_page(extraction: Extraction) -> bool:
    return extraction.extractor.startswith("html/") and not extraction.name


def _with_pictures(source: Source, page: Extraction, pool: ExtractionPool, progress: Progress) -> Extraction:
    """The same page, read with the pictures that its blocks name."""
    named = (block.src for block in page.document.blocks if block.kind is BlockKind.IMAGE and block.src)
    files = fetch_pictures(named, source.address or source.name, progress)
    if not files:
        return page
    try:
        return pool.extract(replace(source, files=files), progress)
    except ImportFailed:
        return page  # the words are what was asked for


def check_article(source: Source, page: Extraction) -> None:
    """Refuse what only tells that the page is not there, or wants a login first.

    Raises:
        ImportFailed: ``not_there``, ``guarded``.
    """
    text, title = page.document.text, page.document.metadata.title or ""
    if len(text) > _SHORT:
        return
    told = title if len(text) > 300 else f"{title}\n{text}"
    if _GONE.search(told):
        raise ImportFailed(source.name, "not_there", title)
    reached = urlsplit(source.address or "").path
    if _GUARDED.search(title) or (source.address != source.name and _LOGIN_PATH.search(reached)):
        raise ImportFailed(source.name, "guarded", title)
