"""Which language a text is written in: certain letters first, a statistical second opinion after.

Kana, Hangul and the letters that Russian and Ukrainian do not share decide by themselves; only
where they are silent (Latin scripts, short headlines) is eldc asked.
"""

import functools
import re
from collections import Counter
from typing import Any

UNKNOWN = ("und", 0)

_SAMPLE = 20_000
# A Ukrainian text of so many letters has an і among them.
_TELLING = 40
_NEARLY = 0.04
_SURE, _HARDLY = 800, 400
# Written so alike, or so seldom told apart by detectors, that the declaration knows better.
_TWINS = ({"id", "ms"}, {"no", "nb", "nn", "da"}, {"sr", "hr", "bs", "sh"}, {"tl", "fil"}, {"pt", "gl"})
_ONLY_UKRAINIAN = "їєґ"
_ONLY_RUSSIAN = "ыэъё"
_KAZAKH = set("әғқңөұүһ")
_SERBIAN = set("јљњћђџ")
# Words that the other language does not have.
_RUSSIAN = """и что это как был его её их от об мы если после между с со из также уже ещё когда к по или чем
кто где сейчас они она были во этот который которые которых только может нет были лет всё""".split()
_UKRAINIAN = """та що це як він вона вони був його її їх від ми якщо після між із й також вже ще коли щодо
проти чи хто і бо який яка які яких тільки може немає були років все цього але щоб""".split()
_RUSSIAN_WORDS = frozenset(_RUSSIAN) - frozenset(_UKRAINIAN)
_UKRAINIAN_WORDS = frozenset(_UKRAINIAN) - frozenset(_RUSSIAN)
_ENGLISH_WORDS = frozenset(
    "the and of are this with from that were been have has their such which would who these there".split()
)
_READERS = ("ru", "uk", "en", "ja")
_LETTER_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> tuple[str, int]:
    """A BCP 47 primary subtag and the confidence in thousandths; ``("und", 0)`` without letters."""
    sample = text[:_SAMPLE].lower()
    counts = Counter(filter(str.isalpha, sample))
    total = sum(counts.values())
    if not total:
        return UNKNOWN
    scripts = _scripts(counts)
    script = max(scripts, key=lambda name: scripts[name])
    share = scripts[script] / total
    # Kana among Latin letters is a Japanese text with names in it; one の among many ideographs is not.
    if scripts["kana"] * 25 >= scripts["han"] and scripts["kana"] + scripts["han"] >= 0.25 * total > 0:
        return "ja", _sure(total, 0.995)
    if script == "hangul":
        return "ko", _sure(total, share)
    if script == "han":
        return _han(sample, total)
    if script == "cyrillic":
        return _cyrillic(sample, counts, total)
    return _second_opinion(sample, total)


def settle_language(declared: str | None, text: str) -> tuple[str | None, int]:
    """The language of a text that may be declared: what its letters say, unless they say little.

    A page's template often declares the language of its menu; a few words tell less than it does.

    Returns:
        The code and the confidence in thousandths; 500 for what is declared and not contradicted.
    """
    found, confidence = detect_language(text)
    if declared and any({declared, found} <= twins for twins in ({declared}, *_TWINS)):
        return declared, max(confidence, 500)
    doubtful = confidence < (_SURE if declared else _HARDLY)
    if (found, confidence) == UNKNOWN or (doubtful and (declared or found not in _READERS)):
        return declared, 500 if declared else 0
    return found, confidence


def _scripts(counts: Counter[str]) -> Counter[str]:
    scripts: Counter[str] = Counter({"kana": 0, "han": 0})
    for char, number in counts.items():
        scripts[_script(ord(char))] += number
    return scripts


def _script(code: int) -> str:
    if code < 0x250:
        return "latin"
    if 0x400 <= code < 0x530:
        return "cyrillic"
    if 0x3040 <= code < 0x3100 or 0xFF66 <= code < 0xFFA0:
        return "kana"
    if 0x4E00 <= code < 0xA000 or 0x3400 <= code < 0x4DC0 or 0x20000 <= code < 0x32000:
        return "han"
    if 0xAC00 <= code < 0xD7B0:
        return "hangul"
    return "other"


def _han(sample: str, total: int) -> tuple[str, int]:
    # Shapes that only Japanese writes; a headline of kanji alone stays a guess.
    japanese = sum(sample.count(char) for char in "円駅県区氏選挙権発売対応学会広気価済沢働込峠々")
    simplified = sum(sample.count(char) for char in "们这说为国对发会学权价东车马门见")
    if japanese > simplified:
        return "ja", min(700, _sure(total, 0.8))
    return ("zh", _sure(total, 0.9)) if total >= 12 else ("ja" if japanese else "zh", 300)


def _cyrillic(sample: str, counts: Counter[str], total: int) -> tuple[str, int]:
    ukrainian = sum(counts[char] for char in _ONLY_UKRAINIAN)
    russian = sum(counts[char] for char in _ONLY_RUSSIAN)
    both_i = counts["і"]
    # A quotation in another language does not turn the article: a tenth of the letters must be it.
    if _many(counts, _KAZAKH, total) or _many(counts, _SERBIAN, total) or counts["ў"] * 200 >= total:
        return _second_opinion(sample, total)
    words = _LETTER_WORD.findall(sample)
    ukrainian_weight = 4 * (ukrainian + both_i) + 2 * sum(word in _UKRAINIAN_WORDS for word in words)
    russian_weight = 4 * russian + 2 * sum(word in _RUSSIAN_WORDS for word in words)
    # Belarusian mixes і with ы, Bulgarian writes ъ and never ы.
    if (both_i and not ukrainian and counts["ы"]) or (counts["ъ"] * 100 > total and not counts["ы"]):
        return _second_opinion(sample, total)
    if ukrainian_weight >= 3 * russian_weight and ukrainian_weight:
        return "uk", _sure(total, 0.99)
    if russian_weight >= 3 * ukrainian_weight and russian:
        return "ru", _sure(total, 0.99)
    code, confidence = _second_opinion(sample, total)
    if code == "uk" and confidence < _SURE and total >= _TELLING and not (ukrainian or both_i):
        return "ru", min(confidence, 600)
    if code not in ("ru", "uk") and (ukrainian or russian):
        return ("uk", 500) if ukrainian_weight > russian_weight else ("ru", 500)
    return code, confidence


def _many(counts: Counter[str], letters: set[str], total: int) -> bool:
    return sum(counts[char] for char in letters) * 100 >= total


def _sure(letters: int, share: float) -> int:
    """Certain letters are certain from a sentence on; two words may be a name."""
    return round(1000 * share * letters / (letters + 4))


def _second_opinion(sample: str, total: int) -> tuple[str, int]:
    answer = _eldc().detect_details(sample[:4000])
    if answer.language == "und":
        return UNKNOWN
    scores = sorted(answer.scores.values(), reverse=True)
    margin = scores[0] - scores[1] if len(scores) > 1 else 0.2
    confidence = 0.5 + min(margin, 0.1) * 4.9
    if answer.reliable:
        return answer.language, _sure(total, confidence)
    return _expected(sample, answer.scores, answer.language), _sure(total, 0.6 * confidence)


def _expected(sample: str, scores: dict[str, float], best: str) -> str:
    """Between languages that are nearly as likely, one that the archive's readers read."""
    words = _LETTER_WORD.findall(sample)
    if sum(word in _ENGLISH_WORDS for word in words) * 10 >= len(words) > 2:
        return "en"
    near = [code for code in _READERS if scores.get(code, 0) >= scores[best] - _NEARLY]
    return max(near, key=lambda code: scores.get(code, 0), default=best)


@functools.cache
def _eldc() -> Any:
    import eldc

    eldc.init()
    return eldc
