"""Names of months, whole: a weekday may begin like a month (``martes``, ``mardi``)."""

import re

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


def month_in(text: str) -> int | None:
    """The number of the first month that a text names."""
    names = (_NUMBERS.get(word.casefold()) for word in re.findall(r"[^\W\d_]+", text))
    return next((number for number in names if number), None)
