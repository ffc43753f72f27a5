"""Numbers, dates and languages as they are printed in rows and headings."""

import re
from datetime import UTC, datetime

from PySide6.QtCore import QLocale

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_LANGUAGES = {
    "en": "English",
    "ru": "Russian",
    "uk": "Ukrainian",
    "ja": "Japanese",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pl": "Polish",
    "zh": "Chinese",
    "ko": "Korean",
    "be": "Belarusian",
}


def thousands(number: int) -> str:
    """1284 as 1,284."""
    return f"{number:,}"


def counted(number: int, one: str, many: str) -> str:
    """``1 article``, ``1,284 articles``."""
    return f"{thousands(number)} {one if number == 1 else many}"


def short_date(iso: str, this_year: int | None = None) -> str:
    """``2026-03-14T09:20`` as ``14 Mar`` within this year, else ``14 Mar 2026``; empty for none."""
    match = _ISO.match(iso)
    if match is None:
        return ""
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return year
    name = _MONTHS[int(month) - 1]
    if day is None:
        return f"{name} {year}"
    here = int(year) == (this_year if this_year is not None else datetime.now(UTC).year)
    return f"{int(day)} {name}" if here else f"{int(day)} {name} {year}"


def known_languages() -> list[str]:
    """The codes of the languages that have a name here."""
    return list(_LANGUAGES)


def language_name(code: str) -> str:
    """In English; a code that nobody knows stays as it is."""
    if not code:
        return "unknown language"
    return _LANGUAGES.get(code) or _name_of_qt(code) or code


def _name_of_qt(code: str) -> str:
    language = QLocale.codeToLanguage(code)
    return "" if language is QLocale.Language.AnyLanguage else QLocale.languageToString(language)
