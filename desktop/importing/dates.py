"""Dates as pages and papers write them, to ISO 8601; time and zone are kept where given."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    "ru": "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр",
    "uk": "січ лют берез квіт трав черв лип серп верес жовт листопад груд",
    "be": "студз лют сакав красав ма чэрв ліп жнів верас кастр лістап снеж",
    "bg": "януар февруар март април май юни юли август септемвр октомвр ноемвр декемвр",
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janv févr mars avr mai juin juil août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "pl": "stycz lut mar kwie maj czerw lip sierp wrześ paźdz listop grud",
    "cs": "led únor břez dub květ červen červenec srp září říj listop prosin",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
}
_STEMS = sorted(
    ((stem, number) for names in _MONTHS.values() for number, stem in enumerate(names.split(), 1)),
    key=lambda pair: -len(pair[0]),
)
_ZONE = (
    r"(?P<zone>Z\b|JST|KST|MSK|МСК|[ECMP][SD]T\b|CES?T\b|EES?T\b|(?:GMT|UTC)\s?[+-]\d\d?(?::?\d\d)?|"
    r"[+-]\d\d:?\d\d|[+-]\d\d|UTC|GMT)?"
)
_TIME = (
    r"(?:\s*[（(][^\W\d]{1,4}[)）])?(?:[\s,T.|@•·/–-]{0,6}?(?:at\s+|um\s+|à\s+|alle\s+(?:ore\s+)?|в\s+|о\s+|об\s+|klo\s+|kl\.?\s+|às\s+)?"
    r"(?P<hour>[01]?\d|2[0-3])[:時h시]\s?(?P<minute>[0-5]\d)[分분]?(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?:uhr\s*)?\(?" + _ZONE + ")?"
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
_SLASHED = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\d/])" + _TIME, re.IGNORECASE
)
_CJK_DAY = (
    r"\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일](?:\s*[（(][^\W\d]{1,3}[)）])?"
    r"\s*(?P<afternoon>午前|午後|上午|下午|오전|오후)?"
)
_CJK = re.compile(r"(?P<year>(?:19|20)\d\d)" + _CJK_DAY + _TIME)
_ERA = re.compile(r"(?P<era>令和|平成|昭和)\s?(?P<reign>元|\d{1,2})" + _CJK_DAY + _TIME)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_NUMERALS = re.compile("[〇一二三四五六七八九十]{1,4}(?=[年月日])")
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?:\s+(?:de|of))?\s+(?P<name>[^\W\d_]{3,12})\.?,?(?:\s+de)?\s+"
    r"(?P<year>(?:19|20)\d\d)(?!\d)(?:\s*(?:года|року|г\.?|р\.?))?" + _TIME,
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"\b(?P<name>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)" + _TIME,
    re.IGNORECASE,
)
_PATTERNS = (_ISO, _CJK, _ERA, _DAY_FIRST, _MONTH_FIRST, _DOTTED, _ISO_SLASH, _SLASHED)
_ZONES = {
    "Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00", "JST": "+09:00", "KST": "+09:00", "MSK": "+03:00",
    "МСК": "+03:00", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00",
    "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00", "CET": "+01:00", "CEST": "+02:00", "EET": "+02:00",
    "EEST": "+03:00",
}  # fmt: skip
_HALF_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF1A: ":", 0xFF0F: "/", 0x2212: "-"}
_CLOCK_AHEAD = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?:\s*[,|•·]\s*|\s+)$")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?)?")


def parse_date(text: str, *, month_first: bool = False) -> str | None:
    """The first date in a short text as ISO 8601 (a month, a date, or date and time), or None.

    Args:
        month_first: Read 3/5/2024 as the fifth of March where nothing in the text decides.
    """
    text = _plain_digits(text.strip()[:200])
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        return _iso(year, month, day, (hour, minute, second), zone)
    found = [match for pattern in _PATTERNS if (match := pattern.search(text))]
    for match in sorted(found, key=lambda match: match.start()):
        if iso := _from_match(match, month_first):
            return iso
    return _mail_date(text) or _unix_time(text)


def before_date(text: str) -> str:
    """The words in front of the first date in a line; all of it where none stands there."""
    found = (match for pattern in _PATTERNS if (match := pattern.search(text.translate(_HALF_WIDTH))))
    starts = [match.start() for match in found if _from_match(match)]
    return text[: min(starts)].rstrip(" ,|·—–-") if starts else text


def is_date_line(line: str) -> bool:
    """Whether a line says when it was published, and nothing else."""
    if len(line) > 60 or not any(char.isdigit() for char in line):
        return False
    text = _plain_digits(line)
    best = max((match[0] for pattern in _PATTERNS if (match := pattern.search(text))), key=len, default="")
    rest = re.sub(r"[\W\d_]+", "", text.replace(best, "", 1))
    return bool(best) and len(rest) <= 14 and parse_date(best) is not None


def _plain_digits(text: str) -> str:
    """Full-width digits, and Chinese numerals in front of year, month and day, as ASCII."""
    text = text.translate(_HALF_WIDTH)
    return _NUMERALS.sub(lambda match: _number(match[0]), text) if "月" in text else text


def _number(numerals: str) -> str:
    """二〇二四 to 2024, 十二 to 12, 三十一 to 31."""
    digits = "〇一二三四五六七八九"
    tens, ten, ones = numerals.partition("十")
    if not ten:
        return "".join(str(digits.index(char)) for char in numerals)
    return str(10 * (digits.find(tens) if tens else 1) + max(digits.find(ones) if ones else 0, 0))


def _from_match(match: re.Match[str], month_first: bool = False) -> str | None:
    parts = match.groupdict()
    month = parts.get("month") or _month(parts.get("name") or "")
    if not month:
        return None
    day = parts.get("day")
    if match.re is _SLASHED and day:
        day, month = _day_and_month(day, month, month_first or bool(_AMERICAN.search(match[0])))
    year = parts.get("year") or _reign_year(parts.get("era") or "", parts.get("reign") or "")
    clock = (_hour(parts), parts.get("minute"), parts.get("second"))
    if clock[0] is None and (ahead := _CLOCK_AHEAD.search(match.string, 0, match.start())):
        clock = (ahead[1], ahead[2], None)
    return _iso(year, month, day, clock, parts.get("zone"))


_AMERICAN = re.compile(r"[ECMP][SD]T|[ap]\.?m", re.IGNORECASE)


def _day_and_month(first: str, second: str, month_first: bool) -> tuple[str, str]:
    swapped = int(second) > 12 or (month_first and int(first) <= 12)
    return (second, first) if swapped else (first, second)


def _reign_year(era: str, reign: str) -> str:
    return str(_ERAS[era] + (1 if reign == "元" else int(reign)))


def _hour(parts: dict[str, str | None]) -> str | None:
    """Of 24: half an hour past midnight is 12:30 a.m."""
    hour, half = parts.get("hour"), (parts.get("half") or parts.get("afternoon") or "").lower()
    if hour and half:
        return str(int(hour) % 12 + (12 if half.startswith("p") or half in ("午後", "下午", "오후") else 0))
    return hour


def _month(name: str) -> str | None:
    name = name.lower()
    if name in ("мая", "май", "маю"):
        return "5"
    full = (number for stem, number in _STEMS if len(stem) > 2 and name.startswith(stem))
    short = (number for stem, number in _STEMS if len(name) > 2 and stem.startswith(name))
    number = next(full, None) or next(short, None)
    return str(number) if number else None


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
    signed = zone[3:].strip() if zone[:3].upper() in ("GMT", "UTC") else zone
    hours, _, minutes = signed[1:].partition(":") if ":" in signed else (signed[1:3], "", signed[3:])
    return f"{signed[0]}{int(hours):02}:{minutes or '00'}" if int(hours) <= 14 else ""


def _mail_date(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError):
        return None


def _unix_time(text: str) -> str | None:
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
