"""Which words are forms of one another: stems by script and language, applied when asking.

The index knows surface forms only. A query word and a word of the vocabulary belong together when
they share a stem; ``prefixes`` tells where in the sorted vocabulary such words can be. Stems of
different languages never meet, because each carries its language's code.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from desktop.search import languages, russian, ukrainian

# Shorter words are particles and codes: their "forms" would be other words.
SHORTEST = 3
_SHORT = {"go", "do", "ox"}
# Which languages a word can be in when nothing is known of the archive.
USUAL = frozenset({"en", "ja", "ru", "uk"})

_CYRILLIC = re.compile(r"[\u0400-\u052f]+\Z")
_UKRAINIAN_ONLY = re.compile("[іїєґ]")
_RUSSIAN_ONLY = re.compile("[ыэъ]")
# Frequent words that only one of the two languages has, where its letters do not tell.
_ONLY_RUSSIAN = set(
    "и что как кто когда если или его чем это этот эта эти был было быть она они также после из при "
    "какой какая какие каком какое сколько почему который которая которые кого кому с со о об".split()
)
_ONLY_UKRAINIAN = set(
    "та що як хто коли якщо або чи це було бути вона вони також чому яка яке яким яких з зі щоб".split()
)


@lru_cache(maxsize=200_000)
def stems(word: str, known: frozenset[str] = USUAL) -> frozenset[str]:
    """The stems of a folded word, each after its language's code; empty: only itself.

    A Cyrillic word without a letter of just one language is taken as Russian and as Ukrainian.

    Args:
        known: ISO 639-1 codes of the languages that the archive's texts are in.
    """
    if len(word) < SHORTEST and word not in _SHORT:
        return frozenset()
    if _CYRILLIC.match(word):
        return _cyrillic(word)
    if word.isascii() and not word.isalpha():
        return frozenset()
    return languages.stems(word, known)


def _cyrillic(word: str) -> frozenset[str]:
    found: set[str] = set()
    if not _UKRAINIAN_ONLY.search(word):
        found.update("ru" + stem for stem in russian.stems(word))
    if not _RUSSIAN_ONLY.search(word):
        found.update("uk" + stem for stem in ukrainian.stems(word))
    return frozenset(found)


def language(words: Iterable[str]) -> str | None:
    """The code of the language that the folded Cyrillic words of a query are in, where they tell."""
    words = list(words)
    is_russian = any(_RUSSIAN_ONLY.search(word) or word in _ONLY_RUSSIAN for word in words)
    is_ukrainian = any(_UKRAINIAN_ONLY.search(word) or word in _ONLY_UKRAINIAN for word in words)
    return None if is_russian == is_ukrainian else "ru" if is_russian else "uk"


def of_language(found: frozenset[str], code: str | None) -> frozenset[str]:
    """Without the stems of the other one of Russian and Ukrainian, if any stem is left then."""
    other = {"ru": "uk", "uk": "ru"}.get(code or "")
    return frozenset(stem for stem in found if stem[:2] != other) or found


def related(word: str, other: str, known: frozenset[str] = USUAL) -> bool:
    """Whether two folded words are the same or forms of one another."""
    return word == other or not stems(word, known).isdisjoint(stems(other, known))


def prefixes(word: str, found: frozenset[str] | None = None) -> tuple[str, ...]:
    """Beginnings that every form of ``word`` has one of; none contains another.

    Args:
        found: Its stems, where not all of them are meant.
    """
    beginnings = {word}
    for stem in stems(word) if found is None else found:
        beginnings |= _BEGINNINGS.get(stem[:2], languages.beginnings)(stem[2:])
    return outermost(beginnings)


_BEGINNINGS = {
    "en": languages.english_beginnings,
    "ru": russian.beginnings,
    "uk": ukrainian.beginnings,
}


def outermost(beginnings: Iterable[str]) -> tuple[str, ...]:
    """Those that none of the others begins, sorted."""
    kept: list[str] = []
    for beginning in sorted(set(beginnings)):
        if not kept or not beginning.startswith(kept[-1]):
            kept.append(beginning)
    return tuple(kept)
