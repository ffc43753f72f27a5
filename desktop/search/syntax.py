"""The query line as a person meant it: a small tree, read without ever refusing.

    words  "exact words"  begin*  similar~  AND OR NOT -without  (brackets)
    title: text: note:   kind: tag: speaker: outlet: lang: date: read: verdict: collection:

What cannot be read as syntax is read as words, and a sentence says so.
"""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from desktop.search.stems import USUAL

# A longer line is cut, deeper brackets are ignored: both are pasted texts, not questions.
LONGEST = 2000
MOST_WORDS = 60
_DEEPEST = 20

WORDS = ("title", "text", "note")
VALUES = ("kind", "tag", "speaker", "outlet", "lang", "date", "read", "verdict", "collection")
ALIASES = {"author": "speaker", "publisher": "outlet", "source": "outlet", "language": "lang"}


class Manner(Enum):
    """How a word is meant."""

    FORMS = auto()
    PREFIX = auto()
    SIMILAR = auto()
    TYPING = auto()


@dataclass(frozen=True)
class Word:
    """One word as typed, in one field of words or (None) in all of them.

    Attributes:
        language: The code of the query's language (see ``stems.language``), None where unknown.
        languages: Codes of the languages that the archive has texts in.
        exact_bonus: What the exact form adds to the score of any form.
        others: Folded words that stand for it in other names of the same person.
        is_name: It may be a name that is spelt otherwise elsewhere.
    """

    text: str
    manner: Manner = Manner.FORMS
    field: str | None = None
    language: str | None = None
    languages: frozenset[str] = USUAL
    exact_bonus: float = 0.5
    others: tuple[str, ...] = ()
    is_name: bool = False


@dataclass(frozen=True)
class Phrase:
    """Exact words in this order."""

    text: str
    field: str | None = None


@dataclass(frozen=True)
class Filter:
    """A value of a field that is filtered by."""

    field: str
    value: str


@dataclass(frozen=True)
class Without:
    what: "Node"


@dataclass(frozen=True)
class All:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Any:
    parts: tuple["Node", ...]


Node = Word | Phrase | Filter | Without | All | Any


@dataclass
class Reading:
    """A read query line; ``node`` is None when nothing was asked."""

    node: Node | None = None
    hints: list[str] = field(default_factory=list)


_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "“”", "「": "」", "『": "』"}
_FIELD = re.compile(r"[^\W\d]{2,20}:(?=\S)")
_WORD = re.compile(r'[^\s()"«»“”„「」『』]+')
# A number with its groups parted by spaces is one word, as it is in the index.
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\w*~])")
_OPERATORS = {"AND": "and", "&&": "and", "OR": "or", "||": "or", "|": "or", "NOT": "not"}
# Only where some other letter is small: a headline in capitals is no formula.
_CYRILLIC_OPERATORS = {"И": "and", "ТА": "and", "ИЛИ": "or", "АБО": "or", "НЕ": "not"}


def read(text: str, *, typing: bool = False) -> Reading:
    """Read a query line.

    Args:
        typing: The last word may not be finished yet.
    """
    reader = _Reader(text[:LONGEST], typing=typing)
    if len(text) > LONGEST:
        reader.hint(f"Only the first {LONGEST} characters were searched for.")
    return Reading(reader.whole(), reader.hints)


class _Reader:
    """Recursive descent over the line; every method moves ``at`` on or leaves the line's end."""

    def __init__(self, text: str, *, typing: bool) -> None:
        self.text, self.at, self.depth = text, 0, 0
        self.typing = typing
        self.words = 0
        self.hints: list[str] = []
        small = any(char.islower() for char in text)
        self.operators = _OPERATORS | (_CYRILLIC_OPERATORS if small else {})

    def hint(self, sentence: str) -> None:
        if sentence not in self.hints:
            self.hints.append(sentence)

    def whole(self) -> Node | None:
        parts = []
        while not self._ended():
            part = self._either(None)
            if part is not None:
                parts.append(part)
            if self._take(")"):
                self.hint("A closing bracket without an opening one was left out.")
        return _all(parts)

    def _either(self, scope: str | None) -> Node | None:
        parts = [self._together(scope)]
        while self._operator("or"):
            parts.append(self._together(scope))
        kept = [part for part in parts if part is not None]
        if len(kept) < len(parts):
            self.hint("OR needs something on both sides; it was left out.")
        return Any(tuple(kept)) if len(kept) > 1 else (kept[0] if kept else None)

    def _together(self, scope: str | None) -> Node | None:
        parts: list[Node] = []
        while not self._ended() and self.text[self.at] != ")" and not self._peek("or"):
            if self._operator("and"):
                if not parts or self._ended():
                    self.hint("AND needs something on both sides; it was left out.")
                continue
            part = self._one(scope)
            if part is not None:
                parts.append(part)
        return _all(parts)

    def _one(self, scope: str | None) -> Node | None:
        if self._operator("not") or self._minus():
            return self._negated(scope)
        if self._take("("):
            return self._bracket(scope)
        if self.text[self.at] in _QUOTES:
            return self._quoted(scope)
        if scope is None and (match := _FIELD.match(self.text, self.at)):
            return self._field(match)
        return self._word(scope)

    def _negated(self, scope: str | None) -> Node | None:
        if self._ended() or self.text[self.at] == ")":
            self.hint("NOT needs something after it; it was left out.")
            return None
        self.depth += 1
        part = self._one(scope) if self.depth <= _DEEPEST else None
        self.depth -= 1
        return None if part is None else Without(part)

    def _bracket(self, scope: str | None) -> Node | None:
        if self.depth >= _DEEPEST:
            self.hint("Very deep brackets were left out.")
            return None
        self.depth += 1
        inner = self._either(scope)
        self.depth -= 1
        if not self._take(")"):
            self.hint("A bracket was not closed.")
        return inner

    def _quoted(self, scope: str | None) -> Node | None:
        opening = self.text[self.at]
        ends = [self.text.find(mark, self.at + 1) for mark in _QUOTES[opening]]
        end = min((end for end in ends if end >= 0), default=-1)
        if end < 0:
            if not self.typing:
                self.hint("A quotation mark was not closed; its words were searched one by one.")
            self.at += 1
            return None
        phrase = self.text[self.at + 1 : end]
        self.at = end + 1
        if scope in VALUES:
            return self._value(scope, phrase)
        return Phrase(phrase, scope) if phrase.strip() else None

    def _field(self, match: re.Match[str]) -> Node | None:
        name = match[0][:-1].lower()
        name = ALIASES.get(name, name)
        if name not in WORDS + VALUES:
            if not self.text.startswith("//", match.end()):
                self.hint(f"There is no field “{match[0][:-1]}”; it was searched as words.")
            return self._word(None)
        self.at = match.end()
        if self.text[self.at] == ")" or self.text[self.at] in "»”」』":
            return None
        return self._one(name)

    def _word(self, scope: str | None) -> Node | None:
        match = _NUMBER.match(self.text, self.at) or _WORD.match(self.text, self.at)
        if match is None:  # a closing quotation mark of some kind
            self.at += 1
            return None
        self.at = match.end()
        if self.words >= MOST_WORDS:
            self.hint(f"Only the first {MOST_WORDS} words were searched for.")
            return None
        if not any(char.isalnum() for char in match[0]):
            return None
        self.words += 1
        if scope in VALUES:
            return self._value(scope, match[0])
        return self._in_manner(match[0], scope)

    def _value(self, scope: str, value: str) -> Node | None:
        return Filter(scope, value.strip()) if value.strip() else None

    def _in_manner(self, word: str, scope: str | None) -> Word:
        if "*" in word.strip("*"):
            self.hint("Only a star at the end of a word is understood.")
        if word.endswith("*"):
            return Word(word.rstrip("*"), Manner.PREFIX, scope)
        if match := re.search(r"~\d?\Z", word):
            return Word(word[: match.start()], Manner.SIMILAR, scope)
        last = self.typing and self.at == len(self.text)
        return Word(word, Manner.TYPING if last else Manner.FORMS, scope)

    def _minus(self) -> bool:
        """A minus that begins a word; between words it is a dash."""
        if self.text[self.at] in "-−" and self.text[self.at + 1 : self.at + 2].strip():
            self.at += 1
            return True
        return False

    def _peek(self, meaning: str) -> str | None:
        match = _WORD.match(self.text, self.at)
        return match[0] if match and self.operators.get(match[0]) == meaning else None

    def _operator(self, meaning: str) -> bool:
        if self._ended() or not (word := self._peek(meaning)):
            return False
        self.at += len(word)
        return True

    def _take(self, char: str) -> bool:
        if self._ended() or self.text[self.at] != char:
            return False
        self.at += 1
        return True

    def _ended(self) -> bool:
        """Skip white space and tell whether the line is over."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at >= len(self.text)


def _all(parts: list[Node]) -> Node | None:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))]
    if len(flat) <= 1:
        return flat[0] if flat else None
    return All(tuple(flat))
