"""More like this: the words by which a record differs from most others, and what has many of them."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Protocol

from desktop.core.searching import IndexRecord
from desktop.search.cjk import is_cjk
from desktop.search.fold import terms
from desktop.search.leaves import ExactWord, Leaf, WordForms, WordPrefix
from desktop.search.nodes import Likeness

# Words that are asked for, and those of a record that are weighed.
_WORDS, _WEIGHED = 25, 400
# Code points of a long text that are looked at: what it is about is said early.
_LOOKED_AT = 20_000
# A word that more than this share of the records has tells nothing; nor does a very short one.
_COMMON = 0.2
_SHORTEST = 3
_KEPT_KINDS = ("a:", "n:")


class Records(Protocol):
    """The records of keys, from the archive."""

    def __call__(self, keys: Sequence[str], /) -> Mapping[str, IndexRecord]: ...


class Words(Protocol):
    """The vocabulary of the index."""

    def meant(self, leaf: Leaf) -> dict[str, int]:
        """The terms that a leaf stands for, with the number of records that have each."""


def likeness(beginning: str, words: Words, records: Records, count: int) -> Likeness | None:
    """What resembles the record whose id begins so; None where there is none, or more than one.

    Args:
        count: How many records there are.
    """
    keys = [key for kind in _KEPT_KINDS for key in words.meant(WordPrefix("key", kind + beginning))]
    found = records(keys[:2])
    if len(found) != 1:
        return None
    (record,) = found.values()
    text = " ".join([record.title, record.claim, record.note, record.text[:_LOOKED_AT]])
    often = Counter(term for term in terms(text) if _tells(term))
    weights = {
        term: times * math.log(count / known)
        for term, times in often.most_common(_WEIGHED)
        if 0 < (known := words.meant(ExactWord("text", term)).get(term, 0)) <= max(2, _COMMON * count)
    }
    ranked = sorted(weights, key=lambda term: (-weights[term], term))
    best = islice((term for term in ranked if _stands_elsewhere(term, words)), _WORDS)
    return Likeness(record.key, record.title, tuple(best))


def _stands_elsewhere(term: str, words: Words) -> bool:
    """Whether more than one record has the word, in any form."""
    return sum(words.meant(WordForms("text", term)).values()) > 1


def _tells(term: str) -> bool:
    """Whether a term may say what a text is about: no kana alone, no short word."""
    if is_cjk(term):
        return len(term) > 1 and term[0] > "\u33ff"
    return len(term) >= _SHORTEST and not term.isdecimal()
