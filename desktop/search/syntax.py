"""The query line as a person meant it: a small tree, read without ever refusing.

    words  "exact words"  "words near"~5  =exact  begin*  w?ld  similar~1  /regex/
    AND OR NOT -without  (brackets)  field:value  field:a,b  field:(a OR b)  date:>2025

What cannot be read as syntax is read as words, and a sentence says so. ``docs/search.md`` tells the
whole language; ``core.query_fields`` has the names of fields and values.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from desktop.core.query_fields import BY_NAME, CHOICES, FieldKind
from desktop.search import signs
from desktop.search.dating import dates
from desktop.search.fold import fold_value
from desktop.search.nodes import (
    All,
    Any,
    Filter,
    Manner,
    Node,
    Period,
    Phrase,
    Regex,
    Without,
    Word,
    joined,
    opposite,
    tidied,
)
from desktop.search.rewriting import write

__all__ = [
    "LONGEST", "MOST_WORDS", "All", "Any", "Filter", "Manner", "Node", "Period", "Phrase", "Reading",
    "Regex", "Without", "Word", "read", "tidied", "write",
]  # fmt: skip

# A longer line is cut, deeper brackets are ignored: both are pasted texts, not questions.
LONGEST = 2000
MOST_WORDS = 60
_DEEPEST = 20
# Words between those of a phrase with a bare tilde, and at most.
_NEAR, _FARTHEST = 5, 1000
# A date has no more words than this.
_DATE_WORDS = 6
_MOST_EDITS = 2
_NUMERIC_DATE = re.compile(r"[<>=≤≥.…]*\d{4}")


@dataclass
class Reading:
    """A read query line; ``node`` is None when nothing was asked."""

    node: Node | None = None
    hints: list[str] = field(default_factory=list)

    def hint(self, sentence: str) -> None:
        """Say so once."""
        if sentence not in self.hints:
            self.hints.append(sentence)


def read(text: str, *, typing: bool = False) -> Reading:
    """Read a query line.

    Args:
        typing: The last word may not be finished yet.
    """
    reader = _Reader(text[:LONGEST].translate(signs.WIDTHS), typing=typing)
    if len(text) > LONGEST:
        reader.hint(f"Only the first {LONGEST} characters were searched for.")
    reader.reading.node = reader.whole()
    return reader.reading


class _Reader:
    """Recursive descent over the line; every method moves ``at`` on or leaves the line's end.

    A ``scope`` is the name of the field that a bracket or value belongs to, None outside of any.
    """

    def __init__(self, text: str, *, typing: bool) -> None:
        self.text, self.at, self.depth = text, 0, 0
        self.typing = typing
        self.words = 0
        self.reading = Reading()
        self.hint = self.reading.hint
        self.operators = signs.operators(text)

    def whole(self) -> Node | None:
        parts = []
        while not self._ended():
            part = self._either(None)
            if part is not None:
                parts.append(part)
            if self._take(")"):
                self.hint("A closing bracket without an opening one was left out.")
        return joined(All, parts)

    def _either(self, scope: str | None) -> Node | None:
        parts = [self._together(scope)]
        while self._operator("or"):
            parts.append(self._together(scope))
        kept = [part for part in parts if part is not None]
        if len(kept) < len(parts) > 1:
            self.hint("OR needs something on both sides; it was left out.")
        return joined(Any, kept)

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
        return joined(All, parts)

    def _one(self, scope: str | None) -> Node | None:
        if self._operator("not") or self._minus():
            return self._negated(scope)
        if self._take("("):
            return self._bracket(scope)
        if _is_value(scope):
            return self._values(scope or "")
        if self.text[self.at] in signs.QUOTES:
            return self._quoted(scope)
        if match := signs.REGEX.match(self.text, self.at):
            return self._regex(match, scope)
        if (match := signs.FIELD.match(self.text, self.at)) and self._is_field(match):
            return self._field(match)
        return self._word(scope)

    def _negated(self, scope: str | None) -> Node | None:
        if self._ended() or self.text[self.at] == ")":
            self.hint("NOT needs something after it; it was left out.")
            return None
        self.depth += 1
        part = self._one(scope) if self.depth <= _DEEPEST else None
        self.depth -= 1
        return None if part is None else opposite(part)

    def _bracket(self, scope: str | None) -> Node | None:
        if self.depth >= _DEEPEST:
            self.hint("Very deep brackets were left out.")
            return None
        self.depth += 1
        inner = self._either(scope)
        self.depth -= 1
        if not self._take(")") and not self.typing:
            self.hint("A bracket was not closed.")
        return inner

    def _quotation(self) -> str | None:
        """The words of a quotation that begins here; None, at its first word, where it has no end."""
        end = signs.quotation_end(self.text, self.at)
        if end < 0:
            if not self.typing:
                self.hint("A quotation mark was not closed; its words were searched one by one.")
            self.at += 1
            return None
        words = self.text[self.at + 1 : end]
        straight = self.text[self.at] == '"'
        self.at = end + 1
        return (words.replace('""', '"') if straight else words).strip()

    def _quoted(self, scope: str | None) -> Node | None:
        words = self._quotation()
        if words is None:
            return None
        near = signs.NEAR.match(self.text, self.at)
        self.at = near.end() if near else self.at
        if not any(char.isalnum() for char in words) or not self._counted():
            return None
        slop = min(int(near[1] or _NEAR), _FARTHEST) if near else None
        return Phrase(words, scope, slop)

    def _regex(self, match: re.Match[str], scope: str | None) -> Node | None:
        self.at = match.end()
        return Regex(match[1], scope) if self._counted() else None

    def _is_field(self, match: re.Match[str]) -> bool:
        name, following = match[1], self.text[match.end() : match.end() + 1]
        if fold_value(name) not in BY_NAME:
            # A colon before a space, and a wide one, is punctuation.
            if following.strip() and match[2] == ":" and not self.text.startswith("//", match.end()):
                self.hint(f"There is no field “{name}”; it was searched as words.")
            return False
        if following.strip():
            return True
        if not self.typing:
            self.hint(f"A value stands right after its field, as in “{name}:value”.")
        return self.typing and match.end() == len(self.text)

    def _field(self, match: re.Match[str]) -> Node | None:
        name = BY_NAME[fold_value(match[1])].name
        self.at = match.end()
        if self.at == len(self.text) or self.text[self.at] == ")" or self.depth >= _DEEPEST:
            return None
        self.depth += 1
        found = self._one(name)
        self.depth -= 1
        return found

    def _values(self, scope: str) -> Node | None:
        """One value or several with commas between them: any of these."""
        found = [self._value(scope)]
        while signs.COMMA.match(self.text, self.at):
            self.at += 1
            found.append(self._value(scope))
        return joined(Any, [one for one in found if one is not None])

    def _value(self, scope: str) -> Node | None:
        if self.text[self.at] in signs.QUOTES:
            value = self._quotation()
            return self._filter(scope, value) if value is not None else None
        match = signs.VALUE.match(self.text, self.at)
        if match is None:  # a comma, or a closing quotation mark of some kind
            self.at += 1
            return None
        if BY_NAME[scope].kind is FieldKind.DATES:
            start, self.at = match.start(), self._longest_date(*match.span())
            return self._filter(scope, self.text[start : self.at])
        self.at = match.end()
        return self._filter(scope, unescaped(match[0]))

    def _filter(self, scope: str, value: str) -> Node | None:
        if value.strip() == "*" and scope in CHOICES["has"]:
            self.hint(f"“{scope}:*” asks for nothing; “has:{scope}” finds what has one.")
        if not any(char.isalnum() for char in value) or not self._counted():
            return None
        return Filter(scope, value.strip())

    def _longest_date(self, start: int, end: int) -> int:
        """The end of as many words from ``start`` on as make a date: ``date:14 March 2026``."""
        best = end
        if _NUMERIC_DATE.match(self.text, start):
            return end
        for _ in range(_DATE_WORDS):
            while self.text[end : end + 1].isspace():
                end += 1
            following = signs.VALUE.match(self.text, end)
            if following is None or signs.operator(following[0], self.operators):
                break
            end = following.end()
            if dates(self.text[start:end], date.today()) is not None:
                best = end
        return best

    def _word(self, scope: str | None) -> Node | None:
        match = signs.NUMBER.match(self.text, self.at) or signs.WORD.match(self.text, self.at)
        if match is None:  # a closing quotation mark of some kind
            self.at += 1
            return None
        self.at = match.end()
        word = self._in_manner(match[0], scope)
        return word if any(char.isalnum() for char in word.text) and self._counted() else None

    def _in_manner(self, raw: str, scope: str | None) -> Word:
        word = raw.lstrip("=")
        body = _without_tilde(word)
        if _is_wild(body):
            return self._wild(unescaped(body), scope, tilde=body != word)
        if body != word:
            return Word(unescaped(body), Manner.SIMILAR, scope, self._edits(word[len(body) + 1 :]))
        if word != raw:
            return Word(unescaped(word), Manner.EXACT, scope)
        last = self.typing and self.at == len(self.text)
        return Word(unescaped(word), Manner.TYPING if last else Manner.FORMS, scope)

    def _edits(self, digit: str) -> int | None:
        if digit and int(digit) > _MOST_EDITS:
            self.hint(f"At most {_MOST_EDITS} letters of a similar word may differ.")
        return min(int(digit), _MOST_EDITS) if digit else None

    def _wild(self, word: str, scope: str | None, *, tilde: bool) -> Word:
        if tilde:
            self.hint("A word with a star cannot be a similar one, too; its tilde was left out.")
        bare = word.rstrip("*")
        inner = "*" in bare or signs.LETTER.search(word)
        return Word(word, Manner.WILD, scope) if inner else Word(bare, Manner.PREFIX, scope)

    def _counted(self) -> bool:
        """Count one more word or value; False when there were too many."""
        self.words += 1
        if self.words > MOST_WORDS:
            self.hint(f"Only the first {MOST_WORDS} words were searched for.")
        return self.words <= MOST_WORDS

    def _minus(self) -> bool:
        """A minus that begins a word; between words it is a dash."""
        if self.text[self.at] in "-−" and self.text[self.at + 1 : self.at + 2].strip():
            self.at += 1
            return True
        return False

    def _peek(self, meaning: str) -> str | None:
        match = signs.WORD.match(self.text, self.at)
        return match[0] if match and signs.operator(match[0], self.operators) == meaning else None

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


def unescaped(raw: str) -> str:
    """A word without the backslashes that take the next character as it stands."""
    return "".join(piece[-1] for piece in signs.PIECE.findall(raw))


def _is_value(scope: str | None) -> bool:
    return scope is not None and BY_NAME[scope].kind is not FieldKind.WORDS


def _without_tilde(raw: str) -> str:
    """The word before a tilde, with a digit or without, that is its sign; the whole word where none is."""
    pieces = signs.PIECE.findall(raw)
    end = len(pieces) - (len(pieces) > 1 and pieces[-1].isdecimal() and pieces[-2] == "~")
    return "".join(pieces[: end - 1]) if end and pieces[end - 1] == "~" else raw


def _is_wild(raw: str) -> bool:
    """Whether some star or inner question mark stands for other letters; in an address none does."""
    if signs.ADDRESS.match(raw):
        return False
    bare = "".join("." if len(piece) > 1 else piece for piece in signs.PIECE.findall(raw))
    return "*" in bare or signs.LETTER.search(bare) is not None
