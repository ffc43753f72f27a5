"""Did you mean: other queries for one that finds nothing, or words that hardly anybody wrote.

A proposal is a word of the archive itself: near to what was typed, on another keyboard layout, or a name as
it is spelt in another script. It never replaces the answer.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from rapidfuzz.distance import OSA

from desktop.core.searching import Proposal
from desktop.search import nodes, stems
from desktop.search.cjk import contains_cjk
from desktop.search.fold import parts
from desktop.search.layouts import typed_elsewhere
from desktop.search.leaves import Leaf, SimilarWord, WordForms, WordPrefix
from desktop.search.names import NameSpelling
from desktop.search.nodes import Manner, Node, Word
from desktop.search.weights import FIELDS

# Where better words are looked for; what is asked for may also be known from notes and claims.
_FIELDS = ("text", "title")
_MOST = 3
_MOST_WORDS = 8
_SHORTEST = 4
# A word that stands in more records is none of the slips.
_RARE = 5
# A rare word is taken for a slip when another one, an edit away, stands in so many times as many records.
_TIMES = 20
# An edit more has to be made up for by so many times as many records.
_AN_EDIT = 10
_ONLY_RUSSIAN, _ONLY_UKRAINIAN = re.compile("[ыэъ]"), re.compile("[іїєґ]")


class Words(Protocol):
    """The vocabulary of the index."""

    def meant(self, leaf: Leaf) -> dict[str, int]:
        """The terms that a leaf stands for, with the number of records that have each."""


def proposals(line: str, node: Node | None, words: Words, total: int) -> tuple[Proposal, ...]:
    """Better queries, the best first; none where the words are known.

    Args:
        node: The line as it was read.
        total: How many records it finds.
    """
    asked = list(_asked(node))[:_MOST_WORDS]
    if not asked:
        return ()
    if not total and (swapped := _on_another_layout(line, asked, words)):
        return (swapped,)
    choices = [(word, list(_better(word, words, total))) for word in asked]
    doubtful = [(word, better) for word, better in choices if better]
    if not doubtful:
        return ()
    found = [_proposal(line, [(word, better[0]) for word, better in doubtful])]
    if len(doubtful) == 1:
        word, better = doubtful[0]
        found += [_proposal(line, [(word, other)]) for other in better[1:_MOST]]
    return tuple(found)


def _asked(node: Node | None) -> Iterator[Word]:
    """The words that are looked for in any of their forms; a word that is not finished yet is no slip."""
    if isinstance(node, nodes.All | nodes.Any):
        for part in node.parts:
            yield from _asked(part)
    elif (
        isinstance(node, Word)
        and node.manner in (Manner.FORMS, Manner.TYPING)
        and not contains_cjk(node.text)
    ):
        yield node


def _on_another_layout(line: str, asked: Sequence[Word], words: Words) -> Proposal | None:
    if any(_known(part, words) for word in asked for part in parts(word.text)):
        return None
    for other in typed_elsewhere(line):
        found = parts(other)
        if found and all(len(part) > 1 and _known(part, words) for part in found):
            return Proposal(other, other.strip(), "layout")
    return None


def _known(word: str, words: Words) -> int:
    """In how many records a word stands, in any form, counted for each form."""
    return sum(count for field in FIELDS for count in words.meant(WordForms(field, word)).values())


def _better(word: Word, words: Words, total: int) -> Iterator[tuple[str, str]]:
    """(word, reason), the best first."""
    folded = parts(word.text)
    if len(folded) != 1 or len(folded[0]) < _SHORTEST:
        return
    known = _known(folded[0], words)
    if known > _RARE or (known and total > _RARE):
        return
    if word.manner is Manner.TYPING and _counted(words, lambda field: WordPrefix(field, folded[0])):
        return
    if not known:
        yield from ((other, "script") for other in _spelt_elsewhere(folded[0], words))
    for other in _near(folded[0], known, word.language, words):
        yield other, "spelling"


def _near(word: str, known: int, language: str | None, words: Words) -> list[str]:
    """Words within an edit or two that stand in many more records."""
    counts = _counted(words, lambda field: SimilarWord(field, word))
    scored = {
        other: count / _AN_EDIT ** OSA.distance(word, other)
        for other, count in counts.items()
        if not stems.related(word, other) and count >= known * _TIMES and _may_be(other, language)
    }
    best = sorted(scored, key=lambda other: (-scored[other], other))
    return _one_of_each(best)


def _spelt_elsewhere(word: str, words: Words) -> list[str]:
    counts = _counted(words, lambda field: NameSpelling(field, word))
    return _one_of_each(sorted(counts, key=lambda other: (-counts[other], other)))[:1]


def _counted(words: Words, leaf: Callable[[str], Leaf]) -> dict[str, int]:
    total: dict[str, int] = {}
    for field in _FIELDS:
        for term, count in words.meant(leaf(field)).items():
            total[term] = total.get(term, 0) + count
    return total


def _one_of_each(words: Iterable[str]) -> list[str]:
    """The first of every word's forms."""
    kept: list[str] = []
    for word in words:
        if len(kept) == _MOST:
            break
        if not any(stems.related(word, other) for other in kept):
            kept.append(word)
    return kept


def _may_be(word: str, language: str | None) -> bool:
    """Whether a word can be of the language that the query is in."""
    foreign = {"uk": _ONLY_RUSSIAN, "ru": _ONLY_UKRAINIAN}.get(language or "")
    return foreign is None or not foreign.search(word)


def _proposal(line: str, changes: Sequence[tuple[Word, tuple[str, str]]]) -> Proposal:
    for word, (other, _) in changes:
        shown = other.capitalize() if word.text[:1].isupper() else other
        line = re.sub(rf"(?<!\w){re.escape(word.text)}(?!\w)", lambda _, shown=shown: shown, line, count=1)  # type: ignore[misc]
    reasons = [reason for _, (_, reason) in changes]
    return Proposal(line, " ".join(other for _, (other, _) in changes), reasons[0])
