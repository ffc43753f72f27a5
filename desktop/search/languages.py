"""Words in Latin and other letters: which languages they can be in, and what joins their forms there.

English has rules of its own; every other language of Snowball its stemmer, and is tried where the
archive has texts in it. Letters with marks also stand for the plain ones (Müller - Muller, café -
cafe, Łódź - Lodz), in German for their two-letter spelling, too (Müller - Mueller): a name in a
foreign text seldom keeps its marks.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from functools import cache

import Stemmer

from desktop.search import english

_LATIN = re.compile(r"[a-zß-öø-\u024f\u1e00-\u1eff]+\Z")
# Letters that no decomposition makes plain.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_APOSTROPHE = re.compile("(?<=[^\\W\\d])['’ʼ`′](?=[^\\W\\d])")
# What French, Italian and Catalan shorten before a vowel.
_ELIDED = set(
    "l d j m n s t c qu jusqu lorsqu puisqu quoiqu un all dall dell nell sull coll quell bell sant".split()
)
_MARKS = re.compile("[\u0300-\u036f]")
# Snowball's algorithm of each language that is written in Latin letters, by ISO 639-1.
SNOWBALL = {
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "tr": "turkish",
}
# Scripts that tell the language, or the one of two that is meant unless texts in the other are known.
_SCRIPTS = (
    (re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]+\Z"), {"el": "greek"}),
    (re.compile(r"[\u0530-\u058f]+\Z"), {"hy": "armenian"}),
    (re.compile(r"[\u0590-\u05ff]+\Z"), {"yi": "yiddish"}),
    (re.compile(r"[\u0600-\u06ff]+\Z"), {"ar": "arabic", "fa": "persian"}),
    (re.compile(r"[\u0900-\u097f]+\Z"), {"hi": "hindi", "ne": "nepali"}),
    (re.compile(r"[\u0b80-\u0bff]+\Z"), {"ta": "tamil"}),
)


@cache
def snowball(algorithm: str) -> Callable[[str], str]:
    """The plain Snowball stemmer of this name."""
    stem_word: Callable[[str], str] = Stemmer.Stemmer(algorithm, 0).stemWord
    return stem_word


def stems(word: str, known: frozenset[str]) -> frozenset[str]:
    """The stems of a folded word that is not in Cyrillic, each after its language's code."""
    if _LATIN.match(word):
        found: set[str] = set()
        for spelling in _spellings(word):
            found.update("en" + stem for stem in english.stems(spelling))
            found.update(code + snowball(SNOWBALL[code])(spelling) for code in known if code in SNOWBALL)
        if "de" in known and (spelled := word.translate(_UMLAUTS)) != word:
            found.add("de" + snowball("german")(spelled))
        return frozenset(found)
    for script, algorithms in _SCRIPTS:
        if script.match(word):
            codes = [code for code in algorithms if code in known] or list(algorithms)[:1]
            return frozenset(code + snowball(algorithms[code])(word) for code in codes)
    return frozenset()


def plain(word: str) -> str:
    """A Latin word without the marks of its letters."""
    if word.isascii():
        return word
    return _MARKS.sub("", unicodedata.normalize("NFD", word.translate(_PLAIN)))


def without_clitics(text: str, parts: list[str]) -> str | None:
    """The word that an apostrophe ties to a shorter one: l'homme, dell'arte, Bush's.

    Args:
        text: As it was typed.
        parts: Its folded parts.

    Returns:
        None where it is no such word (don't, O'Neill).
    """
    if len(parts) != 2 or not _APOSTROPHE.search(text):
        return None
    if parts[1] == "s":
        return parts[0]
    return parts[1] if parts[0] in _ELIDED and len(parts[1]) > 1 else None


def _spellings(word: str) -> tuple[str, ...]:
    unmarked = plain(word)
    return (word,) if unmarked == word else (word, unmarked)


def _marked() -> dict[str, str]:
    """Which letters with marks stand for each plain one."""
    found: defaultdict[str, str] = defaultdict(str)
    for letter in "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿāăąćčďđęěğıłńňőřśşšťţůūűźżžș":
        found[plain(letter)] += letter
    return dict(found)


_MARKED = _marked()


def english_beginnings(stem: str) -> set[str]:
    """Every form of an English word begins with one of these, marks or none."""
    return {spelled for beginning in english.beginnings(stem) for spelled in _with_marks(beginning)}


def beginnings(stem: str) -> set[str]:
    """Every form that has this Snowball stem begins with one of these; marks, ae for ä, or none."""
    # A stemmer may change the last letters of what it leaves: activ - actif, Häuser - haus.
    kept = len(stem) - 2 if len(stem) > 4 else max(2, len(stem) - 1)
    beginning = plain(stem[:kept])
    spelled = {beginning[: at + 1] + "e" for at, letter in enumerate(beginning) if letter in "aou"}
    return _with_marks(beginning) | spelled


def _with_marks(beginning: str) -> set[str]:
    """Itself and, for each letter that can have a mark, what ends in that letter with one."""
    found = {beginning}
    for at, letter in enumerate(beginning):
        found.update(beginning[:at] + marked for marked in _MARKED.get(letter, ""))
    return found
