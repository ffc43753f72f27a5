"""Dates as pages and papers write them, to ISO 8601; time and zone are kept where given."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    "ru": "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр",
    "uk": "січ лют берез квіт трав черв лип серп верес жовт листопад груд",
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janv févr mars avr mai juin juil août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
_STEMS = sorted(
    ((stem, number) for names in _MONTHS.values() for number, stem in enumerate(names.split(), 1)),
    key=lambda pair: -len(pair[0]),
)
_ZONE = r"(?P<zone>Z|JST|MSK|МСК|(?:GMT|UTC)?[+-]\d\d:?\d\d|[+-]\d\d|UTC|GMT)?"
_TIME = (
    r"(?:[\s,T.|@-]{0,6}?(?:at\s+|um\s+|à\s+|в\s+|о\s+|об\s+)?(?P<hour>[01]?\d|2[0-3])[:時h]"
    r"(?P<minute>[0-5]\d)分?(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?\s*" + _ZONE + ")?"
)
_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?(?!\d)" + _TIME, re.IGNORECASE
)
_ISO_SLASH = re.compile(
    r"(?P<year>(?:19|20)\d\d)[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})(?!\d)" + _TIME, re.IGNORECASE
)
_DOTTED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})[.](?P<month>\d{1,2})[.](?P<year>(?:19|20)\d\d)(?!\d)" + _TIME, re.IGNORECASE
)
_CJK = re.compile(
    r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:\s*[（(][月火水木金土日][)）])?"
    r"\s*(?P<afternoon>午前|午後)?" + _TIME
)
_ERA = re.compile(r"(令和|平成|昭和)(元|\d{1,2})年(\d{1,2})月(\d{1,2})日")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?:\s+de)?\s+(?P<name>[^\W\d_]{3,12})\.?,?(?:\s+de)?\s+"
    r"(?P<year>(?:19|20)\d\d)(?!\d)(?:\s*(?:года|року|г\.?|р\.?))?" + _TIME,
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"\b(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)" + _TIME,
    re.IGNORECASE,
)
_PATTERNS = (_ISO, _CJK, _DAY_FIRST, _MONTH_FIRST, _DOTTED, _ISO_SLASH)
_ZONES = {"Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00", "JST": "+09:00", "MSK": "+03:00", "МСК": "+03:00"}
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?)?")


def parse_date(text: str) -> str | None:
    """The first date in a short text as ISO 8601 (a month, a date, or date and time), or None."""
    text = _half_width(text.strip()[:200])
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        return _iso(year, month, day, (hour, minute, second), zone)
    found = [match for pattern in _PATTERNS if (match := pattern.search(text))]
    for match in sorted(found, key=lambda match: match.start()):
        if iso := _from_match(match):
            return iso
    return _era(text) or _mail_date(text) or _unix_time(text)


def before_date(text: str) -> str:
    """The words in front of the first date in a line; all of it where none stands there."""
    found = (match for pattern in _PATTERNS if (match := pattern.search(_half_width(text))))
    starts = [match.start() for match in found if _from_match(match)]
    return text[: min(starts)].rstrip(" ,|·—–-") if starts else text


def is_date_line(line: str) -> bool:
    """Whether a line says when it was published, and nothing else."""
    if len(line) > 60 or not any(char.isdigit() for char in line):
        return False
    text = _half_width(line)
    best = max((match[0] for pattern in _PATTERNS if (match := pattern.search(text))), key=len, default="")
    rest = re.sub(r"[\W\d_]+", "", text.replace(best, "", 1))
    return bool(best) and len(rest) <= 14 and parse_date(best) is not None


def _half_width(text: str) -> str:
    return text.translate({0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF1A: ":", 0x2212: "-"})


def _from_match(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    month = parts.get("month") or _month(parts.get("name") or "")
    if not month:
        return None
    clock = (_hour(parts), parts.get("minute"), parts.get("second"))
    return _iso(parts["year"] or "", month, parts.get("day"), clock, parts.get("zone"))


def _hour(parts: dict[str, str | None]) -> str | None:
    """Of 24: half an hour past midnight is 12:30 a.m."""
    hour, half = parts.get("hour"), (parts.get("half") or parts.get("afternoon") or "").lower()
    if hour and half:
        return str(int(hour) % 12 + (12 if half.startswith("p") or half == "午後" else 0))
    return hour


def _month(name: str) -> str | None:
    name = name.lower()
    if name in ("мая", "май", "маю"):
        return "5"
    return next((str(number) for stem, number in _STEMS if len(stem) > 2 and name.startswith(stem)), None)


def _iso(
    year: str, month: str, day: str | None, clock: tuple[str | None, str | None, str | None], zone: str | None
) -> str | None:
    hour, minute, second = clock
    try:
        moment = datetime(
            int(year), int(month), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0)
        )
    except ValueError:
        return None
    if not day:
        return f"{moment:%Y-%m}"
    if hour is None:
        return f"{moment:%Y-%m-%d}"
    return moment.isoformat() + _offset(zone)


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if known := _ZONES.get(zone.upper()):
        return known
    sign_and_digits = zone[3:] if zone[:3].upper() in ("GMT", "UTC") else zone
    digits = sign_and_digits[1:].replace(":", "").ljust(4, "0")
    return f"{sign_and_digits[0]}{digits[:2]}:{digits[2:]}" if int(digits[:2]) <= 14 else ""


def _era(text: str) -> str | None:
    if not (match := _ERA.search(text)):
        return None
    year = _ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
    return _iso(str(year), match[3], match[4], (None, None, None), None)


def _mail_date(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _unix_time(text: str) -> str | None:
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
