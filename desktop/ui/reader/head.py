"""The lines above an article: outlet, title, and who, when, how long, where."""

import re
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, Qt

from desktop.core.document import Document, Metadata
from desktop.core.records import Article
from desktop.ui.reader.plan import Head

WORDS_A_MINUTE = 200
CHARACTERS_A_MINUTE = 500  # of Japanese and Chinese
COUNTED = 200_000  # characters
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"\w+")
_SEPARATOR = "  ·  "


def head_of(article: Article, document: Document) -> Head:
    """What is known stands there, what is not is left out; only the title is always there."""
    known = article.metadata
    byline = (
        ", ".join(known.byline),
        date_in_words(known),
        _tr("%n min", reading_minutes(document.text)),
        host(known.url),
    )
    return Head(
        kicker=known.publisher or "",
        title=known.title or "",
        byline=_SEPARATOR.join(part for part in byline if part),
        untitled="" if known.title else _tr("Untitled"),
    )


def reading_minutes(text: str) -> int:
    """Counted; of a book estimated from its beginning, for counting would hold up the window."""
    counted = text[:COUNTED]
    others, ideographs = _IDEOGRAPH.subn(" ", counted)
    minutes = len(_WORD.findall(others)) / WORDS_A_MINUTE + ideographs / CHARACTERS_A_MINUTE
    return max(1, round(minutes * max(1.0, len(text) / COUNTED)))


def host(url: str | None) -> str:
    """The site's name, or nothing where the address has none."""
    try:
        name = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def date_in_words(known: Metadata) -> str:
    """In the article's own language; a guessed date says so."""
    words = _date_words(known.published_at or "", known.language or "en")
    return _tr("≈ {date}").format(date=words) if words and known.date_is_guess else words


def _date_words(given: str, language: str) -> str:
    if re.fullmatch(r"\d{4}", given):
        return given
    locale = QLocale(language)
    japanese = language in ("ja", "zh")
    if re.fullmatch(r"\d{4}-\d{2}", given):
        month = QDate.fromString(given, "yyyy-MM")
        return locale.toString(month, "yyyy年M月" if japanese else "MMMM yyyy")
    day = QDate.fromString(given[:10], Qt.DateFormat.ISODate)
    if not day.isValid():
        return given
    words = locale.toString(day, "yyyy年M月d日" if japanese else "d MMMM yyyy")
    time = QDateTime.fromString(given, Qt.DateFormat.ISODate)
    if len(given) > 10 and time.isValid():
        words += f"{' ' if japanese else ', '}{time.time().toString('HH:mm')}"
    return words


def _tr(text: str, count: int = -1) -> str:
    found = QCoreApplication.translate("ReaderHead", text, None, count)
    return found.replace("%n", str(count))
