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
_ONLY_UKRAINIAN = "їєґ"
_ONLY_RUSSIAN = "ыэъё"
_KAZAKH = set("әғқңөұүһ")
_SERBIAN = set("јљњћђџ")
_RUSSIAN = """и что это как был была было будет его её их для от при о об не мы если после между с со из
без также уже ещё когда потому к по или чем кто где"""
_UKRAINIAN = """та що це як або він вона був була було буде його її їх для від при про до не ми якщо після між
з із й без також вже ще коли тому щодо проти чи хто де і у"""
_RUSSIAN_WORDS = frozenset(_RUSSIAN.split())
_UKRAINIAN_WORDS = frozenset(_UKRAINIAN.split())
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
    # Kana among as many Latin letters is a Japanese text with names in it.
    if scripts["kana"] and scripts["kana"] + scripts["han"] >= 0.3 * total:
        return "ja", _sure(total, 0.995)
    if script == "hangul":
        return "ko", _sure(total, share)
    if script == "han":
        return _han(sample, total)
    if script == "cyrillic":
        return _cyrillic(sample, counts, total)
    return _second_opinion(sample, total)


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
    return answer.language, _sure(total, confidence if answer.reliable else 0.6 * confidence)


@functools.cache
def _eldc() -> Any:
    import eldc

    eldc.init()
    return eldc
