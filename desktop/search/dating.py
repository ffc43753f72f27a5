"""Dates as people write them in a query line: ``2026-03``, ``март``, ``last week``, ``令和8年``.

A date is understood as a stretch from one ISO 8601 prefix (year, month or day) to another. The longest
unit is kept, because an article dated ``2026`` belongs to the year and to none of its months.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from desktop.search.fold import fold_value


class Dates(NamedTuple):
    """From the beginning of ``first`` to the end of ``last``, ISO 8601 prefixes; None is open."""

    first: str | None
    last: str | None


class Stretch(NamedTuple):
    """Dates with both ends."""

    first: str
    last: str


_LONGEST = 60  # characters; no date is longer

_RANGE = re.compile(r"\s*(?:\.{2,}|[–—〜~]|(?<=\d{4})-(?=\d{4}\Z))\s*")
_COMPARED = re.compile(r"(>=|<=|≥|≤|>|<)\s*(?=\S)")
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DOTTED = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})\.?")
_DECADE = re.compile(r"(\d{3})0(?:s|'s|-?е|-?х|-?ті|年代)")
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})")
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_JAPANESE_YEAR = rf"(?:(?P<year>\d{{4}})|(?P<era>{'|'.join(_ERAS)})(?P<of_era>\d{{1,2}}|元))年"
_JAPANESE = re.compile(
    rf"(?:{_JAPANESE_YEAR}の?)?(?:(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日)?"
    r"|第?(?P<quarter>[1-4])四半期|(?P<season>[春夏秋冬]))?"
)
# Endings that the names of the months take.
_RU, _UK = "(?:ь|я|ю|е|ем|а|у|ом)?", "(?:ень|н[яюі]|нем)?"
_MONTHS = (
    rf"jan(?:uary)?|январ{_RU}|янв|січ{_UK}",
    rf"feb(?:ruary)?|феврал{_RU}|фев|лют(?:ий|ого|ому|им|ім)?",
    rf"mar(?:ch)?|март{_RU}|мар|берез{_UK}",
    rf"apr(?:il)?|апрел{_RU}|апр|квіт{_UK}",
    rf"may|ма(?:й|я|ю|е|ем)|трав{_UK}",
    rf"june?|июн{_RU}|черв{_UK}",
    rf"july?|июл{_RU}|лип{_UK}",
    rf"aug(?:ust)?|август{_RU}|авг|серп{_UK}",
    rf"sept?(?:ember)?|сентябр{_RU}|сент?|верес{_UK}",
    rf"oct(?:ober)?|октябр{_RU}|окт|жовт{_UK}",
    rf"nov(?:ember)?|ноябр{_RU}|ноя|листопад(?:а|у|ом|і)?",
    rf"dec(?:ember)?|декабр{_RU}|дек|груд{_UK}",
)
# The first month of each.
_SEASONS = {
    3: r"spring|весн(?:а|ы|ой|у|е|и|ою|і)|春|навесні",
    6: r"summer|лет(?:о|а|ом|у|е)|літ(?:о|а|ом|у|і)|влітку|夏",
    9: r"autumn|fall|осен(?:ь|и|ью)|осін(?:ь|ню)|восени|秋",
    12: r"winter|зим(?:а|ы|ой|у|е|и|ою|і)|взимку|冬",
}
_AGO = {
    0: r"today|сегодня|сьогодні|今日|本日",
    1: r"yesterday|вчера|вчора|учора|昨日",
    2: r"day before yesterday|позавчера|позавчора|一昨日|おととい",
}
_UNITS = {
    "day": r"days?|d|день|дня|дней|дні|днів|日間?",
    "week": r"weeks?|w|недел(?:я|и|ь|ю|е)|тиж(?:день|ня|ні|нів|ні)|週間?",
    "month": r"months?|m|месяц(?:а|ев|е)?|місяц(?:ь|я|і|ів)|[かヶカケ]?月間?",
    "quarter": r"quarters?|квартал(?:а|ов|е|у|и|ів|і)?|四半期",
    "year": r"years?|y|год(?:а|у|ов)?|лет|рік|рок(?:у|и|ів)|році|年間?",
}
_THIS = r"this|current|эт(?:от|а|у|ого|ой|ом)|текущ\w{2,3}|це[йї]|ця|цю|цього|цьому|поточн\w{1,3}|今|本"
_BEFORE = r"last|previous|прошл\w{2,3}|минул\w{1,3}|先|昨|去|前"
_LATELY = r"last|past|за|последн\w{2,3}|останн\w{1,3}|過去|直近"
_FILLERS = frozenset("в во у in on of the за г год года году р рік року році st nd rd th го е".split())
_QUARTER = re.compile(r"q([1-4])|([1-4])q")
_QUARTER_WORD = re.compile(r"quarter|квартал[аеуі]?")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _whole(patterns: Iterable[str]) -> list[re.Pattern[str]]:
    return [re.compile(rf"(?:{pattern})\Z") for pattern in patterns]


_MONTH_PATTERNS = dict(enumerate(_whole(_MONTHS), 1))
_SEASON_PATTERNS = dict(zip(_SEASONS, _whole(_SEASONS.values()), strict=True))
_AGO_PATTERNS = dict(zip(_AGO, _whole(_AGO.values()), strict=True))
_UNIT_PATTERNS = dict(zip(_UNITS, _whole(_UNITS.values()), strict=True))
_ANY_UNIT = "|".join(_UNITS.values())
_THIS_UNIT = re.compile(rf"(?:{_THIS})\s*(?P<unit>{_ANY_UNIT})\Z")
_BEFORE_UNIT = re.compile(rf"(?:{_BEFORE})\s*(?P<unit>{_ANY_UNIT})\Z")
_LATE_UNITS = re.compile(rf"(?:(?:{_LATELY})\s*)*(?P<count>\d{{1,4}})\s*(?P<unit>{_ANY_UNIT})\Z")
_LATE_UNIT = re.compile(rf"(?:{_LATELY})\s*(?P<unit>{_ANY_UNIT})\Z")


def dates(text: str, today: date) -> Dates | None:
    """The stretch of days that a date, a comparison or a range names; None where it is none of them.

    Args:
        today: What ``yesterday`` is counted from. A month or season without a year is the most recent
            one that has begun by then.
    """
    plain = fold_value(text[: _LONGEST + 1])
    if not plain or len(plain) > _LONGEST:
        return None
    try:
        if sign := _COMPARED.match(plain):
            return _compared(sign[1], _one(plain[sign.end() :], today))
        ends = _RANGE.split(plain)
        if len(ends) > 1:
            return _between(ends, today)
        return Dates(*found) if (found := _one(plain, today)) else None
    except (ValueError, OverflowError):  # no such day, or one beyond the calendar
        return None


def first_day(prefix: str) -> date:
    """The first day of a year, month or day."""
    year, month, day = (*map(int, prefix.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(prefix: str) -> date:
    """The last day of a year, month or day."""
    year, month = (*map(int, prefix.split("-")), 12)[:2]
    return date(year, month, int(prefix[8:]) if len(prefix) > 7 else monthrange(year, month)[1])


def in_words(found: Dates) -> str:
    """The stretch with its first and last day, as a person would say it."""
    first = found.first and first_day(found.first).isoformat()
    last = found.last and last_day(found.last).isoformat()
    if first and first == last:
        return first
    if first and last:
        return f"from {first} to {last}"
    return f"{first} or later" if first else f"{last} or earlier"


def _between(ends: list[str], today: date) -> Dates | None:
    """A range; a month without a year at its beginning belongs to the end's."""
    if len(ends) != 2 or ends == ["", ""]:
        return None
    end = _one(ends[1], today) if ends[1] else None
    relative = any(pattern.match(ends[0]) for pattern in _AGO_PATTERNS.values())
    by = last_day(end.last) if end and not relative else today
    begin = _one(ends[0], by) if ends[0] else None
    if (ends[0] and begin is None) or (ends[1] and end is None):
        return None
    if begin and end and first_day(begin.first) > last_day(end.last):
        begin, end = end, begin
    return Dates(begin and begin.first, end and end.last)


def _compared(sign: str, found: Stretch | None) -> Dates | None:
    if found is None:
        return None
    if sign in (">=", "≥"):
        return Dates(found.first, None)
    if sign in ("<=", "≤"):
        return Dates(None, found.last)
    return Dates(_next(found.last, 1), None) if sign == ">" else Dates(None, _next(found.first, -1))


def _next(prefix: str, by: int) -> str:
    """The year, month or day after (1) or before (-1) one."""
    if len(prefix) == 4:
        return _dated(int(prefix) + by).first
    if len(prefix) == 7:
        return _month(int(prefix[:4]), int(prefix[5:]) + by)
    return (date.fromisoformat(prefix) + timedelta(days=by)).isoformat()


def _one(text: str, today: date) -> Stretch | None:
    """One date of any kind."""
    readers = (_numbers, _japanese, _named, _relative)
    return next((found for reader in readers if (found := reader(text, today)) is not None), None)


def _numbers(text: str, today: date) -> Stretch | None:
    if match := _ISO.fullmatch(text):
        return _dated(*match.groups())
    if match := _DOTTED.fullmatch(text):
        return _dated(match[3], match[2], match[1])
    if match := _DAY_AND_MONTH.fullmatch(text):
        return _recent(int(match[2]), int(match[1]), today)
    if match := _DECADE.fullmatch(text):
        return Stretch(f"{match[1]}0", f"{match[1]}9")
    if match := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return _days(monday, monday + timedelta(days=6))
    return None


def _japanese(text: str, today: date) -> Stretch | None:
    """A year of either calendar with its month and day, quarter or season; or these alone."""
    match = _JAPANESE.fullmatch(text.replace(" ", ""))
    if match is None or not match[0]:
        return None
    year = match["year"]
    if match["era"]:
        year = str(_ERAS[match["era"]] + (1 if match["of_era"] == "元" else int(match["of_era"])))
    season = _season_named(match["season"] or "")
    begin = season or (int(match["quarter"]) * 3 - 2 if match["quarter"] else None)
    if begin is not None:
        return _three_months(begin, int(year) if year else None, today)
    if year is None:
        return _recent(int(match["month"]), int(match["day"]) if match["day"] else None, today)
    return _dated(year, match["month"], match["day"])


def _relative(text: str, today: date) -> Stretch | None:
    """``yesterday``, ``this week``, ``last month``, ``last 7 days``."""
    for ago, name in _AGO_PATTERNS.items():
        if name.match(text):
            return _days(today - timedelta(days=ago))
    if match := _THIS_UNIT.match(text):
        return _unit(_unit_of(match["unit"]), today)
    if match := _BEFORE_UNIT.match(text):
        return _unit(_unit_of(match["unit"]), today, 1)
    if text in ("昨年", "去年", "一昨年"):
        return _unit("year", today, 2 if text == "一昨年" else 1)
    if match := _LATE_UNITS.match(text):
        return _lately(int(match["count"]), _unit_of(match["unit"]), today)
    match = _LATE_UNIT.match(text)
    return _lately(1, _unit_of(match["unit"]), today) if match else None


def _named(text: str, today: date) -> Stretch | None:
    """A month, a season or a quarter by name, with a day or a year or without."""
    roles: dict[str, int] = {}
    for token in re.split(r"[\s,\-]+", text):
        role, value = _role(token.strip("."))
        if not role or role in roles:
            return None
        if role != "filler":
            roles[role] = value
    if "quarter word" in roles:  # "1 квартал": the number is the quarter's
        roles["quarter"] = roles.pop("number", 0)
        del roles["quarter word"]
    return _put_together(roles, today)


def _role(token: str) -> tuple[str, int]:
    """What a word is in a date, with its value; an empty role for any other word."""
    bare = re.sub(r"(?<=\d)(?:st|nd|rd|th|г|р|го|е)\Z", "", token)
    if bare.isdecimal():
        return ("year" if len(bare) == 4 else "number" if len(bare) < 3 else ""), int(bare)
    if match := _QUARTER.fullmatch(token):
        return "quarter", int(match[1] or match[2])
    if token in _ROMAN:
        return "number", _ROMAN[token]
    if _QUARTER_WORD.fullmatch(token):
        return "quarter word", 0
    if month := _month_named(token):
        return "month", month
    if begin := _season_named(token):
        return "season", begin
    return ("filler" if not token or token in _FILLERS else ""), 0


def _put_together(roles: dict[str, int], today: date) -> Stretch | None:
    year, day = roles.pop("year", None), roles.pop("number", None)
    if len(roles) != 1 or (day is not None and "month" not in roles):
        return None
    (role, value) = roles.popitem()
    if role == "month":
        return _recent(value, day, today) if year is None else _dated(year, value, day)
    begin = value if role == "season" else value * 3 - 2
    return _three_months(begin, year, today) if 1 <= begin <= 12 else None


def _month_named(token: str) -> int | None:
    return next((number for number, name in _MONTH_PATTERNS.items() if name.match(token)), None)


def _season_named(token: str) -> int | None:
    return next((begin for begin, name in _SEASON_PATTERNS.items() if name.match(token)), None)


def _unit_of(word: str) -> str:
    return next(unit for unit, name in _UNIT_PATTERNS.items() if name.match(word))


def _dated(year: str | int, month: str | int | None = None, day: str | int | None = None) -> Stretch:
    """Raises ``ValueError`` where there is no such day."""
    found = date(int(year), int(month or 1), int(day or 1))
    prefix = found.isoformat()[: 10 if day else 7 if month else 4]
    return Stretch(prefix, prefix)


def _month(year: int, month: int) -> str:
    """A month as ISO 8601; months below 1 and above 12 belong to other years."""
    years, month = divmod(month - 1, 12)
    return _dated(year + years, month + 1).first


def _recent(month: int, day: int | None, today: date) -> Stretch:
    """The last one that has begun."""
    begun = (month, day or 1) <= (today.month, today.day)
    year = today.year if begun else today.year - 1
    if (month, day) == (2, 29):
        year = next(y for y in range(year, year - 9, -1) if monthrange(y, 2)[1] == 29)
    return _dated(year, month, day)


def _three_months(begin: int, year: int | None, today: date) -> Stretch:
    """A season or quarter by its first month; the last one that has begun where no year is said."""
    if year is None:
        year = today.year if begin <= today.month else today.year - 1
    return Stretch(_month(year, begin), _month(year, begin + 2))


def _days(first: date, last: date | None = None) -> Stretch:
    return Stretch(first.isoformat(), (last or first).isoformat())


def _unit(unit: str, today: date, ago: int = 0) -> Stretch:
    """The day, week (from Monday), month, quarter or year of ``today``, or so many before it."""
    if unit == "year":
        return _dated(today.year - ago)
    if unit == "month":
        month = _month(today.year, today.month - ago)
        return Stretch(month, month)
    if unit == "quarter":
        begin = today.month - (today.month - 1) % 3 - 3 * ago
        return Stretch(_month(today.year, begin), _month(today.year, begin + 2))
    first = today - timedelta(days=ago if unit == "day" else today.weekday() + 7 * ago)
    return _days(first, first + timedelta(days=0 if unit == "day" else 6))


def _lately(count: int, unit: str, today: date) -> Stretch | None:
    """So many days, weeks, months or years up to today, which is the last of them."""
    if not count:
        return None
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    if months is None:
        return _days(today - timedelta(days=count * (7 if unit == "week" else 1) - 1), today)
    prefix = _month(today.year, today.month - count * months)
    begin = min(today.day, last_day(prefix).day)
    return _days(first_day(f"{prefix}-{begin:02d}") + timedelta(days=1), today)
