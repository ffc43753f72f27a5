"""Sentences and words of Russian, Ukrainian, English and Japanese text, by rules.

Offsets are code points. A line feed or a tab (the border of a block or a cell) always ends a
sentence. The rules follow the shape of the text, not its language, since articles mix languages.
"""

import re
from bisect import bisect_right
from functools import cache
from itertools import pairwise

_STOPS = ".!?…"
_WIDE_STOPS = "。！？．"
_CLOSERS = "»”\"'’)]）」』】"
_OPENERS = "«„“\"'‘([（「『【"
_DASHES = "—–-―"
_JAPANESE_PAIRS = {"「": "」", "『": "』", "（": "）", "【": "】"}
_LINES = re.compile(r"[^\n\t]+")
_STOP = re.compile(rf"[{_STOPS}]+[{re.escape(_CLOSERS)}]*(?=\s)|[{_WIDE_STOPS}]+[{re.escape(_CLOSERS)}]*")
_LAST_WORD = re.compile(r"[\w.’'ʼ-]*$")
_WORD_PATTERN = (
    r"[\u30a0-\u30ff\uff66-\uff9f]+|[\u3040-\u309f]+|[\u3400-\u9fff\uf900-\ufaff々〆]+"
    r"|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f々〆]"
    r"(?:[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f々〆]|[\u0300-\u036f]"
    r"|[’'ʼ.,\u00ad-](?=[^\W\u3040-\u30ff\u3400-\u9fff]))*"
)
# Shortenings that want a name, a number or a further word after them: their full stop ends nothing.
_SHORTENED = """
    mr mrs ms dr prof gen sen rep gov lt col maj capt sgt st mt rev hon pres no nos vs vol fig pp ed eds
    jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e cf al approx ca
    г гор д ул пер просп пл обл р-н им ред стр рис табл см ср напр т тт п пп ст гл акад проф доц канд
    руб коп тыс млн млрд чел кв корп тел г-н г-жа т.н т.е т.к т.о в.о и.о о св ген полк лейт кап сенат
    м вул просп пров бульв обл ім с сел смт рр р ст.ст тис грн крб див рис наприкл т.зв доц проф акад
    зб вид пан п.н кн
"""
_ABBREVIATIONS = frozenset(_SHORTENED.split())


@cache
def _word() -> re.Pattern[str]:
    """Compiled for the first words that are asked for: this costs as much as drawing a page."""
    return re.compile(_WORD_PATTERN)


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of every sentence, in order, without the spaces around them."""
    found = []
    for line in _LINES.finditer(text):
        breaks = [0, *_breaks(line[0]), len(line[0])]
        found += [_trimmed(text, line.start() + a, line.start() + b) for a, b in pairwise(breaks)]
    return [(start, end) for start, end in found if start < end]


def sentence_at(text: str, point: int) -> tuple[int, int]:
    """The sentence in which, or right after which, ``point`` stands; empty on an empty line."""
    start, end = line_at(text, point)
    inside = [(start + a, start + b) for a, b in sentences(text[start:end])]
    if not inside:
        return point, point
    at = bisect_right([a for a, _ in inside], point) - 1
    return inside[max(0, at)]


def line_at(text: str, point: int) -> tuple[int, int]:
    """The block or cell around ``point``, without its border."""
    start = max(text.rfind("\n", 0, point), text.rfind("\t", 0, point)) + 1
    ends = [end for end in (text.find("\n", point), text.find("\t", point)) if end >= 0]
    return start, min(ends, default=len(text))


def words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """(start, end) of every word; Japanese falls into runs of one script."""
    stop = len(text) if end is None else end
    return [match.span() for match in _word().finditer(text, start, stop)]


def word_at(text: str, point: int) -> tuple[int, int]:
    """The word that ``point`` is in or touches; empty where there is none."""
    touching = [(a, b) for a, b in words(text, *_nearby(text, point)) if a <= point <= b]
    return touching[-1] if touching else (point, point)


def next_word_end(text: str, point: int) -> int:
    """The end of the first word that ends after ``point``, or the end of the text."""
    for reach in (200, len(text)):
        _, high = _nearby(text, min(point + reach, len(text)))
        for _, end in words(text, _nearby(text, point)[0], high):
            if end > point:
                return end
    return len(text)


def previous_word_start(text: str, point: int) -> int:
    """The start of the last word that starts before ``point``, or 0."""
    for reach in (200, len(text)):
        low, _ = _nearby(text, max(0, point - reach))
        starts = [start for start, _ in words(text, low, _nearby(text, point)[1]) if start < point]
        if starts:
            return starts[-1]
    return 0


def next_word_start(text: str, point: int) -> int:
    """The start of the first word that starts after ``point``, or the end of the text."""
    for reach in (200, len(text)):
        _, high = _nearby(text, min(point + reach, len(text)))
        for start, _ in words(text, point, high):
            if start > point:
                return start
    return len(text)


def previous_word_end(text: str, point: int) -> int:
    """The end of the last word that ends before ``point``, or 0."""
    for reach in (200, len(text)):
        low, _ = _nearby(text, max(0, point - reach))
        ends = [end for _, end in words(text, low, point) if end < point]
        if ends:
            return ends[-1]
    return 0


def _nearby(text: str, point: int, reach: int = 100) -> tuple[int, int]:
    """A window around ``point`` that cuts no word of ordinary length."""
    low, high = max(0, point - reach), min(len(text), point + reach)
    while low > max(0, point - 2 * reach) and not text[low - 1].isspace():
        low -= 1
    while high < min(len(text), point + 2 * reach) and not text[high].isspace():
        high += 1
    return low, high


def _breaks(line: str) -> list[int]:
    quoted = _quoted(line)
    return [
        match.end()
        for match in _STOP.finditer(line)
        if match.end() < len(line) and not quoted[match.end() - 1] and _ends(line, match)
    ]


def _quoted(line: str) -> bytearray:
    """For each code point, whether it stands inside Japanese brackets that are closed later."""
    inside = bytearray(len(line))
    open_at: list[tuple[int, str]] = []
    for at, char in enumerate(line):
        if char in _JAPANESE_PAIRS:
            open_at.append((at, _JAPANESE_PAIRS[char]))
        elif open_at and char == open_at[-1][1]:
            start, _ = open_at.pop()
            inside[start:at] = b"\x01" * (at - start)
    return inside


def _ends(line: str, match: re.Match[str]) -> bool:
    stop = match[0]
    after = line[match.end() :]
    if stop[0] in _WIDE_STOPS:
        return not (stop[-1] in _CLOSERS and "\u3041" <= after[:1] <= "\u309f")
    following = after.lstrip().lstrip(_OPENERS)
    if not following:
        return False
    if following[0] in _DASHES:
        return _opens_speech(following)
    if following[0].islower():
        return False
    return not (stop[0] == "." and len(stop.rstrip(_CLOSERS)) == 1 and _shortened(line[: match.start()]))


def _opens_speech(following: str) -> bool:
    """A dash goes on with the sentence when a small letter follows it: “? — спросил он.”"""
    rest = following.lstrip(_DASHES + " \u00a0")
    return bool(rest) and not rest[0].islower()


def _shortened(before: str) -> bool:
    found = _LAST_WORD.search(before)
    word = found[0].strip("-") if found else ""
    if len(word) == 1 and word.isalpha():
        return word.isupper() or word in _ABBREVIATIONS
    if re.fullmatch(r"(?:\w\.)+\w", word):
        return word.lower() not in ("т.д", "т.п", "a.m", "p.m")
    return word.lower() in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
