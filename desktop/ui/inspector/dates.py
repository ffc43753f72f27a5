"""Dates as people type them, kept as ISO 8601 of the precision that was given."""

import re
from datetime import date

_MONTHS = {
    month: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "січ лют бер кві тра чер лип сер вер жов лис гру",
    )
    for number, month in enumerate(names.split(), 1)
} | {"май": 5}
_TIME = re.compile(r"[T ,]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$")
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
_MONTH_FIRST = re.compile(r"(\d{1,2})\.(\d{4})$")
_WORDED = re.compile(r"(?:(\d{1,2})\.?\s+)?([^\W\d]{3,})\.?\s+(\d{4})(?:\s*(?:г|р)\.?)?$")
_AMERICAN = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2}),?\s+(\d{4})$")
_JAPANESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?$")


def tolerant_date(text: str) -> str | None:
    """A year, month, day, or day and time as ISO 8601; None for nothing.

    ``14.03.2026``, ``14 марта 2026``, ``2026年3月`` and ``2026-3-14 9:20`` are all understood; days
    come before months, as everywhere outside the United States.

    Raises:
        ValueError: It is not a date, or no such day exists.
    """
    text = " ".join(text.split())
    if not text:
        return None
    clock = _TIME.search(text)
    day = _day(text[: clock.start()] if clock else text)
    if clock is None:
        return day
    hour, minute, zone = int(clock[1]), int(clock[2]), clock[3] or ""
    if len(day) != 10 or hour > 23 or minute > 59:
        raise ValueError(text)
    return f"{day}T{hour:02}:{minute:02}{zone}"


def _day(text: str) -> str:
    if found := _ISO.match(text) or _JAPANESE.match(text):
        return _iso(found[1], found[2], found[3])
    if found := _DAY_FIRST.match(text):
        return _iso(found[3], found[2], found[1])
    if found := _MONTH_FIRST.match(text):
        return _iso(found[2], found[1], None)
    if found := _AMERICAN.match(text):
        return _iso(found[3], _month(found[1]), found[2])
    if found := _WORDED.match(text):
        return _iso(found[3], _month(found[2]), found[1])
    raise ValueError(text)


def _month(name: str) -> str:
    number = _MONTHS.get(name[:3].casefold())
    if number is None:
        raise ValueError(name)
    return str(number)


def _iso(year: str, month: str | None, day: str | None) -> str:
    date(int(year), int(month or 1), int(day or 1))  # raises ValueError when there is no such day
    parts = [year] + [f"{int(part):02}" for part in (month, day) if part]
    return "-".join(parts)
