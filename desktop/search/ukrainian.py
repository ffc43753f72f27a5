"""A light stemmer for Ukrainian, for which Snowball has none.

It takes off inflectional endings, longest first, and leaves derivation alone. A form may have
several possible stems, and two forms belong together when they share one:

- as a noun or adjective, and as a verb (marked ``~``), because endings such as -ала serve both;
- where the language changes the stem: шкіл - школа, руці - рука, українець - українця.

The rules are the regular ones of the declension and conjugation tables; there is no word list.
"""

import re
from functools import lru_cache

VERB = "~"

_VOWELS = "аеєиіїоуюя"
_CONSONANT = f"[^{_VOWELS}ьй]"

# Nouns of all four declensions, adjectives and pronouns, hard and soft.
_NOMINAL = (
    "ами ями ові еві єві ого його ього ому йому ьому ими іми ої ьої ій ів їв ей ею єю ою ьою ам ям ах ях "
    "ом ем єм им ім їм их іх їх ий їй ії ія ію ією іям іях іями ая яя ую юю еє ее а я о е є у ю и і ї ь й"
)
# Infinitive, present, imperative, past and adverbial participle, by theme vowel.
_VERBAL = (
    "ати яти ити іти їти ути ювати увати "
    "аю яю ую юю у ю аєш яєш уєш юєш еш єш иш їш ає яє ує ює е є ить їть аємо яємо уємо юємо емо ємо имо їмо "
    "аєте яєте уєте юєте ете єте ите їте ають яють ують юють уть ють ать ять "
    "уй юй уйте юйте ай яй айте яйте "
    "ав яв ив ів їв ув ував ював ала яла ила іла їла ула увала ювала ало яло ило іло їло уло увало ювало "
    "али яли или іли їли ули ували ювали учи ючи ачи ячи аючи яючи уючи юючи авши ивши івши ували"
)
_SHORTEST_NOUN, _SHORTEST_VERB = 2, 3


def _longest_first(endings: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(set(endings.split()), key=len, reverse=True)) + r")\Z")


_NOUN_ENDING = _longest_first(_NOMINAL)
_VERB_ENDING = _longest_first(_VERBAL)
_REFLEXIVE = re.compile(rf"(?<=[{_VOWELS}ьйвмшл])(?:ся|сь)\Z")
_FLEETING = re.compile(rf"(?P<head>.*[{_VOWELS}].*{_CONSONANT})ь?[еоє](?P<last>{_CONSONANT})\Z")
_SHORT_FLEETING = re.compile(rf"(?P<head>{_CONSONANT}+)[еє](?P<last>{_CONSONANT})\Z")
_CLOSED_I = re.compile(rf"(?P<head>.*)[ії](?P<tail>{_CONSONANT}{{1,2}})\Z")
_DOUBLED = re.compile(rf"({_CONSONANT})\1\Z")
_BEFORE_I = {"ц": "к", "з": "г", "с": "х"}


@lru_cache(maxsize=200_000)
def stems(word: str) -> frozenset[str]:
    """The possible stems of a folded word."""
    bare = _REFLEXIVE.sub("", word) if len(word) > 5 else word
    found = _noun_stems(word)
    if bare != word:
        found |= _noun_stems(bare)
    verb = _VERB_ENDING.search(bare, _SHORTEST_VERB)
    if verb is not None:
        found.add(VERB + bare[: verb.start()])
    return frozenset(found)


def _noun_stems(word: str) -> set[str]:
    match = _NOUN_ENDING.search(word, _SHORTEST_NOUN)
    if match is None:
        return {_tidy(word)} | _opened(word)
    stem, ending = word[: match.start()], match[0]
    found = {_tidy(stem)}
    if ending in ("ь", "й"):
        found |= _opened(stem, soft=ending == "ь")
    elif ending in ("ові", "еві", "єві"):
        found.add(word[:-1])
    elif ending in ("ів", "їв"):
        found |= _opened(word)
    elif ending == "і" and stem[-1] in _BEFORE_I:
        found.add(stem[:-1] + _BEFORE_I[stem[-1]])
    return found


def _tidy(stem: str) -> str:
    """Without the second of two consonants (стаття - статей) or a vowel left over (музе-єм)."""
    stem = _DOUBLED.sub(r"\1", stem)
    return stem[:-1] if len(stem) > 3 and stem[-1] in _VOWELS else stem


def _opened(stem: str, *, soft: bool = False) -> set[str]:
    """What a form without an ending looks like before one: і turns to о or е, е and о fall out."""
    found = set()
    if match := _CLOSED_I.match(stem):
        found |= {f"{match['head']}{vowel}{match['tail']}" for vowel in "ое"}
    if match := _FLEETING.match(stem) or (_SHORT_FLEETING.match(stem) if soft else None):
        found.add(match["head"] + match["last"])
    return found


def beginnings(stem: str) -> set[str]:
    """Every form with this stem begins with one of these."""
    root = stem.removeprefix(VERB)
    return {each[: max(2, len(each) - 1)] for each in {root} | _closed(root)}


def _closed(root: str) -> set[str]:
    """A root as it may look before no ending: школ - шкіл, дн - день."""
    if len(root) == 2:
        return {f"{root[0]}е{root[1]}"}
    at = max(root.rfind("о"), root.rfind("е"))
    return {f"{root[:at]}і{root[at + 1 :]}"} if at >= max(1, len(root) - 3) else set()
