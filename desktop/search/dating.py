"""Dates as people write them in a query line."""

import re

_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?\Z")
_DOTTED = re.compile(r"(?:(?:(?P<day>\d{1,2})\.)?(?P<month>\d{1,2})\.)(?P<year>\d{4})\Z")


def date_value(text: str) -> tuple[str | None, str | None] | None:
    """(first, last) of a date or a range; None when it is neither."""
    first, dots, last = text.partition("..")
    if not dots:
        last = first
    ends = [_iso(end.strip()) if end.strip() else None for end in (first, last)]
    bad = any(end == "" for end in ends) or ends == [None, None]
    return None if bad else (ends[0], ends[1])


def _iso(text: str) -> str:
    """A year, month or day as ISO 8601; empty when it is none."""
    match = _DATE.match(text) or _DOTTED.match(text)
    if match is None or not 1 <= int(match["month"] or 1) <= 12 or not 1 <= int(match["day"] or 1) <= 31:
        return ""
    rest = (int(part) for part in (match["month"], match["day"]) if part)
    return "-".join([match["year"], *(f"{part:02d}" for part in rest)])
