"""Which languages a word may be of, judged by the texts in which it stands.

A stemmer tried on words of another language joins what has nothing in common: the German one takes
``forest`` for a form of ``for``. A word that texts of other languages have, and none of this one, is not
of it.
"""

from collections.abc import Sequence

import numpy as np

from desktop.search.fold import parts
from desktop.search.languages import SNOWBALL, plain
from desktop.search.matching import Segment
from desktop.search.stems import USUAL

_FIELD = "text"
# Records in other languages from which on a word is one of theirs; fewer may be quotations or slips.
_ENOUGH = 2
# Of a frequent word so many records of a segment tell enough, taken evenly: those of one language often
# lie together.
_LOOKED_AT = 20_000


def spoken(text: str, segments: Sequence[Segment], known: frozenset[str]) -> frozenset[str]:
    """The languages of ``known`` that the words of a query word may be of.

    Args:
        text: As it was typed.
        known: ISO 639-1 codes of the languages that the archive has texts in.
    """
    if not (known & SNOWBALL.keys()) - USUAL:
        return known
    words = {spelling for part in parts(text) for spelling in (part, plain(part))}
    found = _records_by_language(sorted(words), segments)
    if sum(found.values()) < _ENOUGH:
        return known
    return frozenset(code for code in known if code not in SNOWBALL or code in found)


def language_of(value: str) -> str:
    """The ISO 639-1 code of a language as records have it: pt-br, pt."""
    return value.partition("-")[0].lower()


def _records_by_language(words: Sequence[str], segments: Sequence[Segment]) -> dict[str, int]:
    """In how many records, by language, any of the words stands; a record may be counted for each."""
    found: dict[str, int] = {}
    for segment in segments:
        postings, codes = segment.postings(_FIELD), segment.postings("lang").terms
        numbers = [number for word in words if (number := postings.terms.find(word.encode())) >= 0]
        for number in numbers:
            documents = postings.documents(number)
            languages = segment.ordinals("lang")[documents[:: len(documents) // _LOOKED_AT + 1]]
            for each, count in zip(*np.unique(languages, return_counts=True), strict=True):
                if each < len(codes):
                    code = language_of(codes[int(each)].decode())
                    found[code] = found.get(code, 0) + int(count)
    return found
