"""Which words are forms of one another: stems by script and language, applied when asking.

The index knows surface forms only. A query word and a word of the vocabulary belong together when
they share a stem; ``prefixes`` tells where in the sorted vocabulary such words can be. Stems of
different languages never meet, because each carries its language's letter.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

import Stemmer

from desktop.search import ukrainian

# Shorter words are particles and codes: their "forms" would be other words.
SHORTEST = 3

_CYRILLIC = re.compile(r"[\u0400-\u052f]+\Z")
_LATIN = re.compile(r"[a-z\u00df-\u024f]+\Z")
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
# Zero-ending forms whose vowel falls out before an ending: отец - отца, рынок - рынка.
_RUSSIAN_FLEETING = re.compile(r"(?<=.{2})(?:(?P<soft>[^аеиоуыэюя])ец|(?P<hard>[^аеиоуыэюя])[ое]к)\Z")

_russian: Callable[[str], str] = Stemmer.Stemmer("russian", 0).stemWord
_english: Callable[[str], str] = Stemmer.Stemmer("english", 0).stemWord


@lru_cache(maxsize=200_000)
def stems(word: str) -> frozenset[str]:
    """The stems of a folded word, each with a letter for its language; empty: only itself.

    A Cyrillic word without a letter of just one language is taken as Russian and as Ukrainian.
    """
    if len(word) < SHORTEST:
        return frozenset()
    if _LATIN.match(word):
        return frozenset({"e" + _english(word)})
    if not _CYRILLIC.match(word):
        return frozenset()
    found: set[str] = set()
    if not _UKRAINIAN_ONLY.search(word):
        found |= {"r" + stem for stem in _russian_stems(word)}
    if not _RUSSIAN_ONLY.search(word):
        found |= {"u" + stem for stem in ukrainian.stems(word)}
    return frozenset(found)


def language(words: Iterable[str]) -> str | None:
    """The letter of the language that the folded Cyrillic words of a query are in, where they tell."""
    words = list(words)
    is_russian = any(_RUSSIAN_ONLY.search(word) or word in _ONLY_RUSSIAN for word in words)
    is_ukrainian = any(_UKRAINIAN_ONLY.search(word) or word in _ONLY_UKRAINIAN for word in words)
    return None if is_russian == is_ukrainian else "r" if is_russian else "u"


def of_language(found: frozenset[str], letter: str | None) -> frozenset[str]:
    """Without the stems of the other one of Russian and Ukrainian, if any stem is left then."""
    kept = frozenset(stem for stem in found if letter is None or stem[0] in ("e", letter))
    return kept or found


def _russian_stems(word: str) -> set[str]:
    stem = _russian(word)
    match = _RUSSIAN_FLEETING.search(stem)
    if match is None:
        return {stem}
    letter = "ц" if match["soft"] else "к"
    return {stem, stem[: match.start()] + (match["soft"] or match["hard"]) + letter}


def related(word: str, other: str) -> bool:
    """Whether two folded words are the same or forms of one another."""
    return word == other or not stems(word).isdisjoint(stems(other))


def prefixes(word: str, found: frozenset[str] | None = None) -> tuple[str, ...]:
    """Beginnings that every form of ``word`` has one of; none contains another.

    Args:
        found: Its stems, where not all of them are meant.
    """
    roots = {word}
    for stem in stems(word) if found is None else found:
        root = stem[1:].removeprefix(ukrainian.VERB)
        roots |= {root} | (_closed(root) if stem[0] == "u" else set())
    return _outermost(_beginning(root) for root in roots if root)


def _beginning(root: str) -> str:
    # Snowball may change a stem's last letter (happi - happy), and ours may drop a vowel before it.
    return root[: max(2, len(root) - 1)]


def _closed(root: str) -> set[str]:
    """A Ukrainian root as it may look before no ending: школ - шкіл, дн - день."""
    if len(root) == 2:
        return {f"{root[0]}е{root[1]}"}
    at = max(root.rfind("о"), root.rfind("е"))
    return {f"{root[:at]}і{root[at + 1 :]}"} if at >= max(1, len(root) - 3) else set()


def _outermost(beginnings: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for beginning in sorted(set(beginnings)):
        if not kept or not beginning.startswith(kept[-1]):
            kept.append(beginning)
    return tuple(kept)
