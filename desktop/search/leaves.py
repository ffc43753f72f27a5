"""The leaves of a query tree: what one word, prefix or value stands for in the vocabulary.

They extend Whoosh's own ``MultiTerm``, so a tree of them can be run by Whoosh as well as by
``matching``. Each leaf can say of any term whether it is meant; the same test expands the query and
marks the hits in a text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from rapidfuzz.distance import OSA
from whoosh import query

from desktop.search import stems, weights
from desktop.search.cjk import is_cjk
from desktop.search.fold import fold_value
from desktop.search.languages import snowball

# Edits allowed between a misspelt word and what it may stand for, by the word's length.
_ONE_EDIT, _TWO_EDITS = 3, 7
# Shorter words have no family that could be told by their letters.
_FAMILY = 4
_CYRILLIC = re.compile(r"[\u0400-\u052f]+\Z")
# What a first letter may be mistaken for: any other one of its script.
_ALPHABETS = ("абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ", "abcdefghijklmnopqrstuvwxyz", "0123456789")


class Leaf(query.MultiTerm):  # type: ignore[misc]
    """A set of terms of one field, told by a test.

    Attributes:
        fieldname: A field of words, unless a subclass says otherwise.
        text: The folded word that was asked for.
    """

    def __init__(self, fieldname: str, text: str, boost: float = 1.0) -> None:
        super().__init__()
        self.fieldname, self.text, self.boost = fieldname, text, boost

    def prefixes(self) -> tuple[str, ...]:
        """Where in the sorted vocabulary its terms can be."""
        return (self.text,)

    def accepts(self, term: str) -> bool:
        """Whether this term, which has one of the prefixes, is one of those meant."""
        raise NotImplementedError

    def means(self, term: str) -> bool:
        """Whether any term at all is one of those meant."""
        return term.startswith(self._beginnings) and self.accepts(term)

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return self.prefixes()

    def covered(self) -> int | None:
        """How many characters of a found term are the hit; None for all."""
        return None

    def field(self) -> str:
        return self.fieldname

    def meaning(self) -> tuple[str, ...]:
        """The same for leaves that accept the same terms, whatever their fields."""
        return (type(self).__name__, self.text)

    def identity(self) -> tuple[str, ...]:
        return (*self.meaning(), self.fieldname, str(self.boost))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Leaf) and self.identity() == other.identity()

    def __hash__(self) -> int:
        return hash(self.identity())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.fieldname!r}, {self.text!r})"

    def _btexts(self, reader: Any) -> Iterator[bytes]:
        for prefix in self.prefixes():
            for term in reader.expand_prefix(self.fieldname, prefix.encode()):
                if self.accepts(term.decode()):
                    yield term


class ExactWord(Leaf):
    """This word and no other form of it."""

    def accepts(self, term: str) -> bool:
        return term == self.text


class AnyOf(Leaf):
    """One of a few terms; ``text`` is what they have in common."""

    def __init__(self, fieldname: str, text: str, terms: Iterable[str], boost: float = 1.0) -> None:
        super().__init__(fieldname, text, boost)
        self._terms = tuple(sorted(set(terms)))

    def meaning(self) -> tuple[str, ...]:
        return (*super().meaning(), *self._terms)

    def prefixes(self) -> tuple[str, ...]:
        return stems.outermost(self._terms)

    def accepts(self, term: str) -> bool:
        return term in self._terms


class WordForms(Leaf):
    """A word in any of its forms, counted as one.

    Attributes:
        language: The code of its language (see ``stems``), None where it may be any.
        languages: Codes of the languages that the archive has texts in.
    """

    def __init__(
        self,
        fieldname: str,
        text: str,
        boost: float = 1.0,
        language: str | None = None,
        languages: frozenset[str] = stems.USUAL,
    ) -> None:
        super().__init__(fieldname, text, boost)
        self.language, self.languages = language, languages
        self._stems = stems.of_language(stems.stems(text, languages), language)

    def meaning(self) -> tuple[str, ...]:
        return (*super().meaning(), self.language or "", *sorted(self.languages))

    @property
    def is_alone(self) -> bool:
        """The word has no other forms."""
        return not self._stems

    def prefixes(self) -> tuple[str, ...]:
        return stems.prefixes(self.text, self._stems) if self._stems else (self.text,)

    def accepts(self, term: str) -> bool:
        return term == self.text or not (
            self.is_alone or self._stems.isdisjoint(stems.stems(term, self.languages))
        )


class WordFamily(Leaf):
    """A word with all that is derived from it, too: for ranking, where to miss is worse than to be vague.

    In English what Snowball's stemmer joins (compute - computation); in Cyrillic what begins with most
    of the stem (протест - протестующие), because there it joins no more than inflection does.

    Attributes:
        language: As of ``WordForms``; words that can only be of another one are left out.
    """

    # Of a Cyrillic stem in quarters, and in letters at least; with a longer ending it is another word.
    _QUARTERS, _SHORTEST, _LONGEST_ENDING = 3, 5, 8

    def __init__(self, fieldname: str, text: str, boost: float = 1.0, language: str | None = None) -> None:
        super().__init__(fieldname, text, boost)
        self.language = language
        self._stem = self._root = ""
        if len(text) >= _FAMILY and text.isascii() and text.isalpha():
            self._stem = snowball("english")(text)
        elif len(text) >= _FAMILY and _CYRILLIC.match(text):
            stem = snowball("russian")(text)
            self._root = stem[: max(self._SHORTEST, -(-len(stem) * self._QUARTERS // 4))]

    def prefixes(self) -> tuple[str, ...]:
        # The stemmer may change the last letter of what it leaves: happi - happy.
        return (self._stem[: max(3, len(self._stem) - 1)] or self._root or self.text,)

    def accepts(self, term: str) -> bool:
        if self._stem:
            return snowball("english")(term) == self._stem
        if self._root and self.language and stems.language([term]) not in (None, self.language):
            return False
        if self._root:
            return term.startswith(self._root) and len(term) <= len(self._root) + self._LONGEST_ENDING
        return term == self.text

    def meaning(self) -> tuple[str, ...]:
        return (*super().meaning(), self.language or "")


class WordPrefix(Leaf):
    """All words that begin so; for a single ideograph, all places where it stands."""

    def accepts(self, term: str) -> bool:
        return term.startswith(self.text)

    def covered(self) -> int | None:
        return len(self.text) if is_cjk(self.text) else None


class WordBeginning(WordPrefix):
    """An unfinished word."""


class SimilarWord(Leaf):
    """Words within one or two edits, of which one may be in the first letter.

    Attributes:
        edits: How many there may be (letters inserted, left out, replaced, or two of them exchanged); as
            many as the word's length allows where none is said.
    """

    def __init__(self, fieldname: str, text: str, boost: float = 1.0, edits: int | None = None) -> None:
        super().__init__(fieldname, text, boost)
        self.edits = (len(text) >= _ONE_EDIT) + (len(text) >= _TWO_EDITS) if edits is None else edits

    def meaning(self) -> tuple[str, ...]:
        return (*super().meaning(), str(self.edits))

    def prefixes(self) -> tuple[str, ...]:
        """The same first letter, or another beginning that one edit makes of the first two."""
        if not self.edits or len(self.text) < 2:
            return (self.text,)
        first, second, third = self.text[0], self.text[1], self.text[2:3]
        other = {letter + kept for letter in self.letters() for kept in (first, second)}
        other |= {second + first, second + third}
        return (first, *sorted(beginning for beginning in other if beginning[0] != first))

    def letters(self) -> str:
        """What the first letter may be mistaken for: of other scripts only the one after it."""
        return next((letters for letters in _ALPHABETS if self.text[0] in letters), self.text[1:2])

    def accepts(self, term: str) -> bool:
        return bool(OSA.distance(self.text, term, score_cutoff=self.edits) <= self.edits)


class Anywhere(query.Or):  # type: ignore[misc]
    """The same words in several fields: subqueries are leaves or sequences, their boosts the fields' weights.

    Scored as one word (BM25F): a word in title and text does not count as two words.

    Attributes:
        saturation: BM25's k1.
    """

    def __init__(
        self, subqueries: list[query.Query], boost: float = 1.0, saturation: float = weights.K1
    ) -> None:
        super().__init__(subqueries, boost=boost)
        self.saturation = saturation


class AtLeast(query.Or):  # type: ignore[misc]
    """What matches at least so many of the subqueries; scored as those that it matches together."""

    def __init__(self, least: int, subqueries: list[query.Query]) -> None:
        super().__init__(subqueries)
        self.least = least


class OfArticles(query.Query):  # type: ignore[misc]
    """All records of the articles that have a record which matches ``tree``: the text and every mark.

    It joins what stands in different records, as "articles that have a quote by somebody", and counts
    nothing towards the score. To be told which records are wanted, combine it with ``kind``.
    Whoosh itself cannot run it.
    """

    def __init__(self, tree: query.Query) -> None:
        super().__init__()
        self.tree = tree
        self.boost = 1.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OfArticles) and self.tree == other.tree

    def __hash__(self) -> int:
        return hash((OfArticles, self.tree))

    def __repr__(self) -> str:
        return f"OfArticles({self.tree!r})"


def leaves_of(unit: query.Query) -> list[Leaf]:
    """The leaves of a leaf or a sequence of leaves."""
    return [unit] if isinstance(unit, Leaf) else list(unit.subqueries)


class Value(Leaf):
    """Values of a field that is filtered by; they count nothing towards the score.

    ``text`` is folded as a value; subclasses compare it with a folded value in their own way.
    """

    def __init__(self, fieldname: str, text: str) -> None:
        super().__init__(fieldname, fold_value(text), 0.0)

    def prefixes(self) -> tuple[str, ...]:
        return ("",)

    def accepts(self, term: str) -> bool:
        return fold_value(term) == self.text


class PathValue(Value):
    """A tag or collection: itself, by its path or a part of it, and everything below."""

    def __init__(self, fieldname: str, text: str) -> None:
        super().__init__(fieldname, text)
        self._steps = _steps(self.text)

    def accepts(self, term: str) -> bool:
        steps, wanted = _steps(fold_value(term)), self._steps
        return any(steps[at : at + len(wanted)] == wanted for at in range(len(steps) - len(wanted) + 1))


class NameValue(Value):
    """A person or an outlet: every word asked for stands in the name, in any form."""

    def __init__(self, fieldname: str, text: str) -> None:
        super().__init__(fieldname, text)
        self._words = _words(self.text)

    def accepts(self, term: str) -> bool:
        names = _words(fold_value(term))
        return bool(self._words) and all(
            any(word in name if is_cjk(word) else stems.related(word, name) for name in names)
            for word in self._words
        )


class LanguageValue(Value):
    """A language code, with or without its region."""

    def accepts(self, term: str) -> bool:
        return fold_value(term).partition("-")[0] == self.text.partition("-")[0]


class DateValue(Value):
    """Dates from one to another, each a year, month or day, both included; None is open."""

    def __init__(self, fieldname: str, first: str | None, last: str | None) -> None:
        super().__init__(fieldname, f"{first or ''}..{last or ''}")
        self.first, self.last = first, last

    def accepts(self, term: str) -> bool:
        return (self.first is None or term >= self.first) and (
            self.last is None or term[: len(self.last)] <= self.last
        )


def _steps(path: str) -> list[str]:
    return [step.strip() for step in path.split("/") if step.strip()]


def _words(name: str) -> list[str]:
    return [word for word in "".join(c if c.isalnum() else " " for c in name).split() if word]
