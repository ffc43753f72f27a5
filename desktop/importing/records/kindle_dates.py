"""Dates as Kindle writes them, in the words of the device's language.

The device writes its own clock's time without a zone.
"""

import re
from datetime import datetime

from desktop.importing.records import values
from desktop.importing.records.months import month_in

_IDEOGRAPHIC = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_NUMERIC = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DAY = re.compile(r"(?<![\d:])(\d{1,2})(?![\d:])")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.時时](\d\d)(?:[:.分](\d\d))?")
_AFTERNOON = re.compile(r"\d\s?p\.?\s?m\b|下午|午後|오후", re.IGNORECASE)
_MORNING = re.compile(r"\d\s?a\.?\s?m\b|上午|午前|오전", re.IGNORECASE)


def moment_in(text: str) -> str:
    """The moment that a line names, as UTC ISO 8601; empty where it names none."""
    date = _date(text)
    if date is None:
        return ""
    hour, minute, second = _clock(text)
    try:
        return values.moment(datetime(*date, hour, minute, second).isoformat())
    except ValueError:
        return ""


def _date(text: str) -> tuple[int, int, int] | None:
    if match := _IDEOGRAPHIC.search(text) or _NUMERIC.search(text):
        return int(match[1]), int(match[2]), int(match[3])
    year = _YEAR.search(text)
    month = month_in(text)
    if year is None or month is None:
        return None
    day = _DAY.search(_CLOCK.sub(" ", text.replace(year[1], " ")))
    return (int(year[1]), month, int(day[1])) if day else None


def _clock(text: str) -> tuple[int, int, int]:
    match = _CLOCK.search(text)
    if match is None:
        return 0, 0, 0
    hour = int(match[1])
    if _AFTERNOON.search(text):
        hour = hour % 12 + 12
    elif _MORNING.search(text):
        hour %= 12
    return hour, int(match[2]), int(match[3] or 0)
