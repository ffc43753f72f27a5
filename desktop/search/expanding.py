"""Which terms of a vocabulary a leaf of a query stands for.

The terms that can be meant are neighbours, so each kind of leaf looks at a few stretches of the
sorted vocabulary: a prefix or a range is one by itself, similar words and patterns are looked for in
C, and forms are judged once for every distinct word, whichever field or segment it stands in.
"""

import re
import warnings
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import compress
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA
from whoosh import query

from desktop.search.leaves import DateValue, ExactWord, Leaf, SimilarWord, WordForms, WordPrefix
from desktop.search.patterns import PatternWord
from desktop.search.postings import Postings, Vocabulary

# (first, end) of the numbers of neighbouring terms.
Stretch = tuple[int, int]

# Leaves whose verdicts on words are kept for the next question: somebody who types asks nearly the same.
_KEPT = 64
# A pattern without anything that could see past the end of a line: [^а] or \D would run through all that
# follows, again from every line, and \Z or a look ahead mean something else there.
_WITHIN_LINES = re.compile(r"(?:\\[wdb]|\\[^\w\s]|\[[^\^\\\]\s][^\\\]\s]*\]|\(\?[:>]|\((?!\?)|[^\\\[(\s])*")
# Letters of a word that another one may have instead, at its beginning.
_HEAD = 2


class Expander:
    """Finds the terms of leaves; keeps what the last leaves said of each word."""

    def __init__(self) -> None:
        self._verdicts: OrderedDict[Hashable, _Verdicts] = OrderedDict()

    def expand(self, leaf: query.Query, postings: Postings) -> list[Stretch]:
        """The terms that are meant, as stretches in order without overlaps; none is empty."""
        terms = postings.terms
        if not len(terms):
            return []
        if isinstance(leaf, ExactWord | query.Term) or (isinstance(leaf, WordForms) and leaf.is_alone):
            return _single(terms.find(_bytes(leaf.text)))
        if isinstance(leaf, WordPrefix):
            return _whole([terms.range(leaf.text.encode())])
        if isinstance(leaf, DateValue):
            return _dates(leaf, terms)
        if isinstance(leaf, SimilarWord):
            return _runs(_similar(leaf, terms))
        if isinstance(leaf, PatternWord):
            return _runs(_matching(leaf, terms))
        if isinstance(leaf, Leaf):
            return _runs(self._accepted(leaf, terms))
        return _of_whoosh(leaf, postings)

    def _accepted(self, leaf: Leaf, terms: Vocabulary) -> Iterator[int]:
        known = self._verdicts_of(leaf).__getitem__
        for first, end in _beginnings(leaf, terms):
            yield from compress(range(first, end), map(known, terms.terms(first, end)))

    def _verdicts_of(self, leaf: Leaf) -> "_Verdicts":
        key = leaf.meaning()
        if key not in self._verdicts:
            self._verdicts[key] = _Verdicts(leaf.accepts)
            if len(self._verdicts) > _KEPT:
                self._verdicts.popitem(last=False)
        self._verdicts.move_to_end(key)
        return self._verdicts[key]


class _Verdicts(dict[str, bool]):
    """What a leaf says of words, asked once for each."""

    def __init__(self, accepts: Callable[[str], bool]) -> None:
        super().__init__()
        self._accepts = accepts

    def __missing__(self, term: str) -> bool:
        verdict = self[term] = self._accepts(term)
        return verdict


def _single(number: int) -> list[Stretch]:
    return [] if number < 0 else [(number, number + 1)]


def _whole(stretches: Iterable[Stretch]) -> list[Stretch]:
    return [(first, end) for first, end in stretches if end > first]


def _runs(numbers: Iterable[int]) -> list[Stretch]:
    """Neighbours joined into stretches."""
    found: list[Stretch] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found


def _beginnings(leaf: Leaf, terms: Vocabulary) -> list[Stretch]:
    return _whole(terms.range(prefix.encode()) for prefix in leaf.prefixes())


def _dates(leaf: DateValue, terms: Vocabulary) -> list[Stretch]:
    """Dates are beginnings of ISO 8601, which sort as they follow one another."""
    first = terms.between(leaf.first.encode(), b"")[0] if leaf.first else 0
    end = terms.range(leaf.last.encode())[1] if leaf.last else len(terms)
    return _whole([(first, end)])


def _similar(leaf: SimilarWord, terms: Vocabulary) -> Iterator[int]:
    """With one edit only: what differs in its first two letters is the same after them, and looked up."""
    if leaf.edits != 1 or len(leaf.text) < _HEAD:
        yield from _near(leaf, terms, _beginnings(leaf, terms))
        return
    yield from _near(leaf, terms, [terms.range(leaf.text[:_HEAD].encode())])
    for word in sorted(_other_heads(leaf, terms)):
        number = terms.find(word.encode())
        if number >= 0:
            yield number


def _near(leaf: SimilarWord, terms: Vocabulary, stretches: Iterable[Stretch]) -> Iterator[int]:
    for first, end in stretches:
        words = terms.terms(first, end)
        near = process.extract(leaf.text, words, scorer=OSA.distance, score_cutoff=leaf.edits, limit=None)
        yield from (first + at for _, _, at in near)


def _other_heads(leaf: SimilarWord, terms: Vocabulary) -> set[str]:
    """What one edit in its first two letters makes of a word."""
    word, letters, seconds = leaf.text, leaf.letters(), list(_seconds(leaf.text[0], terms))
    first, second, third, rest = word[0], word[1], word[2:3], word[3:]
    words = {letter + tail for letter in letters for tail in (word[1:], word)}
    words |= {first + letter + tail for letter in seconds for tail in (word[2:], word[1:])}
    words |= {word[1:], first + word[2:], second + first + word[2:], first + third + second + rest}
    return words


def _seconds(first: str, terms: Vocabulary) -> Iterator[str]:
    """The letters that follow a first one in any term."""
    at, end = terms.range(first.encode())
    while at < end:
        beginning = terms[at].decode()[:_HEAD]
        if len(beginning) == _HEAD:
            yield beginning[1]
        at = terms.range(beginning.encode())[1] if len(beginning) == _HEAD else at + 1


def _matching(leaf: PatternWord, terms: Vocabulary) -> Iterator[int]:
    """Terms that a pattern matches whole."""
    for first, end in _beginnings(leaf, terms):
        if len(leaf.literal) <= len(leaf.beginning):
            yield from _scanned(leaf.pattern, terms, first, end)
            continue
        numbers = _having(leaf.literal.encode(), terms, first, end)
        if leaf.is_literal:
            yield from numbers
            continue
        words = (terms[number].decode() for number in numbers)
        yield from (number for number, word in zip(numbers, words, strict=True) if leaf.accepts(word))


def _having(literal: bytes, terms: Vocabulary, first: int, end: int) -> list[int]:
    """The terms of a stretch with some letters in them, in order."""
    before = int(terms.starts[first])
    found = re.finditer(re.escape(literal), terms.text(first, end))
    return list(dict.fromkeys(terms.numbers_at([before + match.start() for match in found])))


def _scanned(pattern: re.Pattern[str], terms: Vocabulary, first: int, end: int) -> Iterator[int]:
    """The terms of a stretch that match, found in one scan for whole lines where that can be done."""
    if not _WITHIN_LINES.fullmatch(pattern.pattern):
        words = enumerate(terms.terms(first, end), first)
        yield from (number for number, word in words if pattern.fullmatch(word))
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as for the pattern itself
        lines = re.compile(rf"^(?:{pattern.pattern})$", pattern.flags | re.MULTILINE)
    text = terms.text(first, end).decode()
    number, counted = first, 0
    for match in lines.finditer(text, 0, len(text) - 1):
        number += text.count("\n", counted, match.start())
        counted = match.start()
        yield number


def _of_whoosh(tree: query.MultiTerm, postings: Postings) -> list[Stretch]:
    """Whoosh's own kinds: a prefix and a range are stretches, the others say their terms."""
    terms = postings.terms
    if isinstance(tree, query.Prefix):
        return _whole([terms.range(_bytes(tree.text))])
    if isinstance(tree, query.TermRange):
        first = 0 if tree.start is None else terms.between(_after(tree.start, tree.startexcl), b"")[0]
        end = len(terms) if tree.end is None else terms.between(_after(tree.end, not tree.endexcl), b"")[0]
        return _whole([(first, end)])
    found = (terms.find(term) for term in tree._btexts(_Lexicon(terms)))
    return _runs(number for number in found if number >= 0)


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _after(text: str | bytes, beyond: bool) -> bytes:
    """The text itself, or what follows it at once in the order of bytes."""
    return _bytes(text) + b"\0" if beyond else _bytes(text)


class _Field:
    """What Whoosh's queries ask of a field of words."""

    def to_bytes(self, text: str | bytes) -> bytes:
        return _bytes(text)

    def from_bytes(self, term: bytes) -> str:
        return term.decode()


class _Fields:
    def __getitem__(self, name: str) -> _Field:
        return _Field()

    def __contains__(self, name: str) -> bool:
        return True


class _Lexicon:
    """One vocabulary as Whoosh's queries expect a reader."""

    schema = _Fields()

    def __init__(self, terms: Vocabulary) -> None:
        self._terms = terms

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._terms.find(term[1]) >= 0

    def lexicon(self, _: str) -> Iterator[bytes]:
        yield from self._terms

    def expand_prefix(self, _: str, prefix: str | bytes) -> list[bytes]:
        return self._terms[slice(*self._terms.range(_bytes(prefix)))]

    def terms_within(self, _: str, text: str, most: int, prefix: int = 0) -> Iterator[bytes]:
        """Terms with at most so many edits after the first ``prefix`` letters, which are the same."""
        for term in self.expand_prefix(_, text[:prefix]):
            if OSA.distance(text, term.decode(), score_cutoff=most) <= most:
                yield term


def occurrences(postings: Postings, stretches: Iterable[Stretch]) -> list[slice]:
    """Where the documents of the terms stand in ``ids`` and ``counts``, a slice for each stretch."""
    starts: Any = postings.starts
    return [slice(int(starts[first]), int(starts[end])) for first, end in stretches]
