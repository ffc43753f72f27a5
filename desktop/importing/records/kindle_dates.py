"""Dates as Kindle writes them, in the words of the device's language.

They have the name of a month in full, so names are compared whole: a weekday may begin like a month
(``martes``, ``mardi``). The device writes its own clock's time without a zone.
"""

import re
from datetime import datetime

from desktop.importing.records import values

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada "
    "grudnia",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
}
_NUMBERS = {name: number for names in _MONTHS.values() for number, name in enumerate(names.split(), 1)}
_NUMBERS |= {name[:3]: number for number, name in enumerate(_MONTHS["en"].split(), 1)} | {"setiembre": 9}
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
    names = (_NUMBERS.get(word.casefold()) for word in re.findall(r"[^\W\d_]+", text))
    month = next((number for number in names if number), None)
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
