"""How a name may be spelt in Cyrillic and Latin letters: a word as a row of sounds, each with its spellings.

Many transliterations are in use side by side (ISO 9, BGN/PCGN, the Ukrainian resolution 55 of 2010,
passports, newspapers, German and Polish habits), so a sound has all their spellings; none is chosen.
Words are folded before: there is no ё, and no apostrophe.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

LATIN, CYRILLIC = "latin", "cyrillic"


class Sound(NamedTuple):
    """The spellings of one sound; an empty one where it may be left out."""

    latin: tuple[str, ...]
    cyrillic: tuple[str, ...]

    def spellings(self, script: str) -> tuple[str, ...]:
        return self.latin if script == LATIN else self.cyrillic


def _sound(latin: str, cyrillic: str) -> Sound:
    """From words in a text; ``-`` is the empty spelling."""
    return Sound(*(tuple(one.replace("-", "") for one in text.split()) for text in (latin, cyrillic)))


_CYRILLIC = {
    "а": _sound("a", "а"),
    "б": _sound("b", "б"),
    "в": _sound("v w ff f", "в"),
    "г": _sound("g h gh", "г ґ"),
    "ґ": _sound("g", "г ґ"),
    "д": _sound("d", "д"),
    "е": _sound("e ie ye je yo io jo o", "е є э і ьо йо о"),
    "є": _sound("ye ie je e", "є е ье ьє"),
    "ж": _sound("zh j ž z g", "ж"),
    "з": _sound("z s", "з"),
    "и": _sound("i y yi ee", "и і ї ы"),
    "і": _sound("i y yi o", "і и ї о е"),
    "ї": _sound("yi ji i ï", "ї и і йи"),
    "й": _sound("- y i j", "й ї - і и"),
    "к": _sound("k c ck q", "к"),
    "л": _sound("l ll", "л лл"),
    "м": _sound("m mm", "м мм"),
    "н": _sound("n nn", "н нн"),
    "о": _sound("o", "о і е"),
    "п": _sound("p pp", "п пп"),
    "р": _sound("r rr", "р рр"),
    "с": _sound("s ss", "с сс"),
    "т": _sound("t tt", "т тт"),
    "у": _sound("u ou oo w", "у"),
    "ф": _sound("f ff ph", "ф фф"),
    "х": _sound("kh h ch x", "х г"),
    "ц": _sound("ts tz c cz z", "ц тс"),
    "ч": _sound("ch tch cz č tsch", "ч"),
    "ш": _sound("sh sch š sz ch", "ш"),
    "щ": _sound("shch sch šč szcz schtsch", "щ шч"),
    "ъ": _sound("-", "ъ -"),
    "ы": _sound("y i", "ы и і"),
    "ь": _sound("- i j y", "ь -"),
    "э": _sound("e", "э е"),
    "ю": _sound("yu iu ju u ü", "ю ьо у"),
    "я": _sound("ya ia ja a ea", "я ья ия ія иа"),
}
# Endings of surnames and towns whose vowel the languages do not share (Харьков - Харків, Киев - Київ).
_OV = _sound("ov iv ow off of ev", "ов ів ев")
_EV = _sound("ev yev iev iv yiv ew eff ov ow", "ев єв їв ів ьов йов ов иев иїв")
_EI = _sound("ey ei ej iy ii ij yi y", "ей ій ий ый")
_CYRILLIC_READING = re.compile(r"(?:ов|ів|ев|єв|їв|ей|ій)\Z|(.)\1?")
_CYRILLIC_LAST = {"ов": _OV, "ів": _OV, "ев": _EV, "єв": _EV, "їв": _EV, "ей": _EI, "ій": _EI}
# Longer spellings come first where a word is read.
_LATIN = {
    "schtsch": _CYRILLIC["щ"],
    "shch": _CYRILLIC["щ"],
    "szcz": _CYRILLIC["щ"],
    "tsch": _CYRILLIC["ч"],
    "tch": _CYRILLIC["ч"],
    "sch": _sound("sch sh sz shch š", "ш щ сх"),
    "zh": _CYRILLIC["ж"],
    "kh": _CYRILLIC["х"],
    "ts": _CYRILLIC["ц"],
    "tz": _CYRILLIC["ц"],
    "cz": _CYRILLIC["ч"],
    "ch": _sound("ch kh tch cz č tsch", "ч х ш"),
    "sh": _CYRILLIC["ш"],
    "sz": _CYRILLIC["ш"],
    "ck": _CYRILLIC["к"],
    "ph": _CYRILLIC["ф"],
    "gh": _CYRILLIC["г"],
    "ou": _sound("ou u oo", "у оу"),
    "oo": _CYRILLIC["у"],
    "ee": _sound("ee i", "и і"),
    "yu": _CYRILLIC["ю"],
    "iu": _CYRILLIC["ю"],
    "ju": _CYRILLIC["ю"],
    "ya": _CYRILLIC["я"],
    "ia": _CYRILLIC["я"],
    "ja": _CYRILLIC["я"],
    "ye": _CYRILLIC["є"],
    "ie": _sound("ie ye je e", "е є ие іє"),
    "je": _CYRILLIC["є"],
    "yo": _CYRILLIC["е"],
    "io": _CYRILLIC["е"],
    "jo": _CYRILLIC["е"],
    "yi": _CYRILLIC["ї"],
    "ji": _CYRILLIC["ї"],
    "a": _CYRILLIC["а"],
    "b": _CYRILLIC["б"],
    "c": _sound("c k ts", "к ц с"),
    "č": _CYRILLIC["ч"],
    "d": _CYRILLIC["д"],
    "e": _sound("e ie ye je", "е э є"),
    "f": _CYRILLIC["ф"],
    "g": _sound("g gh h", "г ґ дж"),
    "h": _sound("h kh g", "г х ґ"),
    "i": _sound("i y yi", "и і ї й"),
    "ï": _CYRILLIC["ї"],
    "j": _sound("j y i zh", "й ж дж х"),
    "k": _sound("k c ck", "к"),
    "l": _CYRILLIC["л"],
    "m": _CYRILLIC["м"],
    "n": _CYRILLIC["н"],
    "o": _CYRILLIC["о"],
    "p": _CYRILLIC["п"],
    "q": _CYRILLIC["к"],
    "r": _CYRILLIC["р"],
    "s": _sound("s ss z", "с сс з"),
    "š": _CYRILLIC["ш"],
    "t": _CYRILLIC["т"],
    "u": _sound("u ou oo", "у ю"),
    "ü": _CYRILLIC["ю"],
    "v": _CYRILLIC["в"],
    "w": _sound("w v u", "в у"),
    "x": _sound("x ks", "кс х"),
    "y": _sound("y i j yi", "и й ы і ї"),
    "z": _sound("z s ts tz", "з ц"),
    "ž": _CYRILLIC["ж"],
}
_LATIN_LAST = {
    "ov": _OV,
    "iv": _OV,
    "ow": _OV,
    "ev": _EV,
    "yev": _EV,
    "iev": _EV,
    "yiv": _EV,
    "ew": _EV,
} | dict.fromkeys(("ey", "ei", "ej", "iy", "ii", "ij"), _EI)
_LATIN_READING = re.compile(
    rf"(?:{'|'.join(sorted(_LATIN_LAST, key=len, reverse=True))})\Z|"
    + "|".join(sorted(_LATIN, key=lambda one: (-len(one), one)))
    + "|."
)
_DOUBLED = re.compile(r"([bcdfghklmnpqrstvwz])\1")

# Surnames in -ский, which are declined as adjectives and spelt in a dozen ways.
_ADJECTIVAL = re.compile(
    r"(?:(?<=[сц])|(?<=[сц]ь))к(?:ий|ій|ого|ому|им|ім|ый|ым|ая|ую|ой|ою|ої|а|у|і|их|ими|ие)\Z"
    r"|(?<=s)k(?:y|i|iy|yi|yy|ii|ij|yj|ey|aya|aia|aja|a)\Z|(?<=ts)k(?:y|i|iy|yi|yy|ii|ij|yj|a|aya|aia)\Z"
)
_ENDING = re.compile(
    r"(?:ами|ями|ах|ях|ам|ям|ом|ем|єм|ою|ею|ой|ей|ові|еві|єві|ым|им|[аяуюеіиыойьо])\Z|(?:[aoyei]|ii|iy|ij|yi|yj|yy|ya|ia)\Z"
)
# What may follow the last sound of a name: how it is declined there, or how its ending is spelt.
_LATIN_ENDINGS = "a|o|y|e|i|u|j|s|ii|iy|yi|yy|ij|yj|ey|ya|ia|ja|aya|aia|aja"
_CYRILLIC_ENDINGS = (
    "ами|ями|ах|ях|ам|ям|ом|ем|єм|ою|ею|ой|ей|єю|ові|еві|єві|ів|ов|ев|ым|им|ім|ий|ій|ый|ого|ому|ая|ую|ої|их|ими|ие|"
    "[аяуюеєіиыоьй]"
)
_ENDINGS = {LATIN: _LATIN_ENDINGS, CYRILLIC: _CYRILLIC_ENDINGS}
# After these a soft sign may stand in one language and not in the other.
_SOFTENED = frozenset("сцзнлтдр")
_SHORTEST_STEM = 3
_LONGEST = 30
_PREFIX = 2


class Spellings(NamedTuple):
    """How a word may be spelt in one script.

    Attributes:
        pattern: Of whole folded terms.
        prefixes: Every spelling begins with one of them.
    """

    pattern: re.Pattern[str]
    prefixes: tuple[str, ...]


def script_of(word: str) -> str | None:
    """The script of a folded word; None where it is neither, or both."""
    if re.fullmatch("[а-яєіїґ]+", word):
        return CYRILLIC
    return LATIN if re.fullmatch("[a-zčšžïü]+", word) else None


@lru_cache(maxsize=1000)
def spellings(word: str, script: str) -> Spellings | None:
    """How a folded word in any of its forms may be spelt in a script; None where it has no sounds.

    The word's own script gives its other spellings there (Зеленский - Зеленський, Zelensky - Zelenskyy).
    """
    own = script_of(word)
    if own is None or len(word) > _LONGEST:
        return None
    stems = _stems(word)
    rows = [_sounds(stem, own) for stem in stems]
    bodies = "|".join(_regex(row, script) for row in rows)
    prefixes = {prefix for row in rows for prefix in _beginnings(row, script)}
    return Spellings(re.compile(f"(?:{bodies})(?:{_ENDINGS[script]})?"), tuple(sorted(prefixes)))


def _stems(word: str) -> list[str]:
    """The word as it stands, and without what may be an ending."""
    if match := _ADJECTIVAL.search(word):
        return [word[: match.start() + 1]]
    match = _ENDING.search(word)
    if match is None or match.start() < _SHORTEST_STEM:
        return [word]
    return [word, word[: match.start()]]


def _sounds(word: str, script: str) -> list[Sound]:
    if script == CYRILLIC:
        read = (match[1] or match[0] for match in _CYRILLIC_READING.finditer(word))
        return [_CYRILLIC_LAST.get(spelt) or _CYRILLIC[spelt] for spelt in read]
    single = _DOUBLED.sub(r"\1", word)
    known = _LATIN | _LATIN_LAST
    return [known[match[0]] for match in _LATIN_READING.finditer(single) if match[0] in known]


def _regex(row: Sequence[Sound], script: str) -> str:
    return "".join(_one_of(sound.spellings(script), script) for sound in row)


def _one_of(spelt: tuple[str, ...], script: str) -> str:
    soft = "ь?" if script == CYRILLIC and spelt[0][-1:] in _SOFTENED else ""
    return f"(?:{'|'.join(sorted(spelt, key=len, reverse=True))}){soft}"


def _beginnings(row: Sequence[Sound], script: str) -> Iterable[str]:
    """What the spellings may begin with, of ``_PREFIX`` letters where the word has them."""
    known = {""}
    for sound in row:
        if all(len(one) >= _PREFIX for one in known):
            break
        known = {one + more for one, more in product(known, _with_soft(sound.spellings(script), script))}
    return {one[:_PREFIX] for one in known}


def _with_soft(spelt: tuple[str, ...], script: str) -> tuple[str, ...]:
    if script == CYRILLIC and spelt[0][-1:] in _SOFTENED:
        return (*spelt, *(f"{one}ь" for one in spelt))
    return spelt
