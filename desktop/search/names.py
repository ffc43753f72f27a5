"""Names across scripts and spellings: Зеленский, Зеленський, Zelensky, ゼレンスキー.

Two ways lead from one to another: the names that the archive's own table of people gives a person, and the
rules of ``sounds``. What is found so counts little beside the words as they were typed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import permutations

from desktop.search import stems
from desktop.search.cjk import is_cjk
from desktop.search.fold import parts
from desktop.search.leaves import Leaf
from desktop.search.sounds import CYRILLIC, LATIN, Spellings, script_of, spellings

# Measured on running texts: of capitalised words with four letters every second one sounds like some word of
# the other script, of those with six one in six, and these are mostly the same name.
_SHORTEST = 5
_SHORTEST_SMALL = 6
_SURNAME = re.compile(
    "(?:[сц]ь?к(?:ий|ій|ого|ому|им|ая|а|ой)|енк[оау]|[оеє]в(?:а|у|ым|ой)?|[иі]н(?:а|у|ым|ой)?|чук(?:а|у|ом)?|"
    "юк(?:а|у|ом)?|[оеє]вич(?:а|у|ем)?|швили|дзе|ян(?:а|у|ом)?|s[ck](?:y|i|iy|yi|yy|ii|ij)|enko|ov|ova|ev|eva|chuk|yuk)"
    r"\Z"
)
_KANA = re.compile("[\u3041-\u30ff]+\\Z")
_NO_MORE = 12  # names that stand for one word


class NameSpelling(Leaf):
    """A name as it may be spelt in either script, in any form."""

    def prefixes(self) -> tuple[str, ...]:
        return tuple(sorted({prefix for one in _known(self.text) for prefix in one.prefixes}))

    def accepts(self, term: str) -> bool:
        return _sounds_like(self.text, term)


def is_name(typed: str) -> bool:
    """Whether a word of a query looks like a name that may be spelt otherwise.

    Args:
        typed: As it was typed: a capital letter at its beginning tells much.
    """
    folded = parts(typed)
    if len(folded) != 1 or script_of(folded[0]) is None:
        return False
    if typed[:1].isupper() and not (typed.isupper() and len(typed) > 1):
        return len(folded[0]) >= _SHORTEST
    return len(folded[0]) >= _SHORTEST_SMALL and _SURNAME.search(folded[0]) is not None


def same_name(word: str, other: str) -> bool:
    """Whether two folded words may be the same name, in forms and spellings of any of the scripts."""
    if stems.related(word, other):
        return True
    return len(word) >= _SHORTEST and script_of(word) is not None and _sounds_like(word, other)


def names_of_people(people: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """For each folded word of a name what stands for it in other names of the same person.

    What has spaces in it are words that stand for it only together.

    Args:
        people: Of each person all names. One in ideographs (佐藤花子) stands for every word of the
            others, and only all of these together for it; one in kana (ゼレンスキー) is a surname, and
            so is the last word of the others.
    """
    found: dict[str, dict[str, None]] = {}
    for names in people:
        for one, other in permutations(dict.fromkeys(tuple(parts(name)) for name in names), 2):
            for word, counterpart in _pairs(one, other):
                if word != counterpart and len(counterpart) > 1:
                    found.setdefault(word, {})[counterpart] = None
    return {word: tuple(others)[:_NO_MORE] for word, others in found.items()}


def others_of(typed: str, names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What stands for the words of a query word in other names, whatever form it is in."""
    found: dict[str, None] = {}
    for word in parts(typed):
        listed = names.get(word) or _of_a_form(word, names)
        found.update(dict.fromkeys(listed))
    return tuple(found)


def _of_a_form(word: str, names: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Зеленскому is a form of a known name, too."""
    if len(word) < stems.SHORTEST or is_cjk(word):
        return ()
    known = (name for name in names if name[:2] == word[:2] and stems.related(word, name))
    return next((names[name] for name in known), ())


def _pairs(one: Sequence[str], other: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Which word of a name stands for which word of another."""
    if not one or not other:
        return
    if _is_whole(one) and len(other) > 1:
        yield one[0], other[-1] if _KANA.match(one[0]) else " ".join(other)
        return
    if _is_whole(other) and len(one) > 1:
        yield from ((word, other[0]) for word in (one[-1:] if _KANA.match(other[0]) else one))
        return
    for at, word in enumerate(one):
        if sounding := [to for to in other if same_name(word, to)]:
            yield word, sounding[0]
        elif len(one) == len(other):
            yield word, other[at]
        elif at == len(one) - 1 or len(other) == 1 == len(one):
            yield word, other[-1]


def _is_whole(name: Sequence[str]) -> bool:
    """Whether it is written without spaces, so that it may be a whole name."""
    return len(name) == 1 and is_cjk(name[0])


@lru_cache(maxsize=200)
def _known(word: str) -> tuple[Spellings, ...]:
    found = (spellings(word, script) for script in (LATIN, CYRILLIC))
    return tuple(one for one in found if one is not None)


@lru_cache(maxsize=100_000)
def _sounds_like(word: str, term: str) -> bool:
    script = script_of(term)
    known = None if script is None else spellings(word, script)
    return known is not None and known.pattern.fullmatch(term) is not None
