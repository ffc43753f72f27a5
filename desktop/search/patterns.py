"""Leaves for words with stars and question marks, and for regular expressions.

Each has a ``pattern`` that a whole term must match, and the beginning that all its terms share, so
that a sorted vocabulary need not be gone through from end to end.
"""

import re
import unicodedata
import warnings
from functools import cached_property

from desktop.search.fold import fold, fold_value
from desktop.search.leaves import Leaf, Value

# What a backtracking matcher may try for one term, at worst: three stars over the longest term.
_MOST_WAYS = 64**3
_SIGNS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[^)]*?[:=!>]|[*+?]|\{\d*,?\d*\}|[()|]|.", re.DOTALL)
_LITERAL = re.compile(r"\^?([^\W_]*)")
# A letter by its number or name, or what a group matched.
_BY_NUMBER = re.compile(r"\\[xuUN0-9]")
_PLAIN_LETTER = re.compile("[0-9A-Za-zА-яЁёЄІЇєіїҐґ]")
_FIXED = re.compile(r"\{\d+\}")


class PatternWord(Leaf):
    """Words that match a pattern from end to end.

    Attributes:
        beginning: What all of them begin with.
        literal: What all of them have in them somewhere; a vocabulary is quickly gone through for it.
        is_literal: Whatever has it in it matches.
    """

    pattern: re.Pattern[str]
    beginning: str
    literal = ""
    is_literal = False

    def prefixes(self) -> tuple[str, ...]:
        return (self.beginning,)

    def accepts(self, term: str) -> bool:
        return self.pattern.fullmatch(term) is not None


class WildWord(PatternWord):
    """Words with any letters for a star and one letter for a question mark; ``text`` is folded."""

    def __init__(self, fieldname: str, text: str, boost: float = 1.0) -> None:
        super().__init__(fieldname, text, boost)
        self.pattern = re.compile(wild_pattern(text))
        pieces = re.split(r"[*?]", text)
        self.beginning, self.literal = pieces[0], max(pieces, key=len)
        self.is_literal = text == f"*{self.literal}*"


class RegexWord(PatternWord):
    """Words that a regular expression matches, capitals and small letters alike.

    Raises:
        ValueError: ``objection`` has something to say about it.
    """

    def __init__(self, fieldname: str, text: str, boost: float = 1.0) -> None:
        super().__init__(fieldname, text, boost)
        if reason := objection(text):
            raise ValueError(reason)
        self.pattern = _compiled(text)
        self.beginning, self.literal = _beginning(text), _literal(text)


class AnyValue(Value):
    """Whatever value there is."""

    def __init__(self, fieldname: str) -> None:
        super().__init__(fieldname, "")

    def accepts(self, term: str) -> bool:
        return bool(term)


class WildValue(Value):
    """Values, or steps of a path, or words of a name, that match a pattern with stars."""

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?:.*[\s/])?{wild_pattern(self.text)}(?:[\s/].*)?")

    def accepts(self, term: str) -> bool:
        return self._pattern.fullmatch(fold_value(term)) is not None


def wild_pattern(text: str) -> str:
    """The regular expression of a folded text with stars; what stands between two is taken once for
    all where it is found first, so it never tries twice.
    """
    first, *others = (_letters(piece) for piece in re.split(r"\*+", text))
    if not others:
        return first
    *middle, last = others
    return "".join([first, *(f"(?>.*?{piece})" for piece in middle if piece), f".*{last}"])


def _letters(piece: str) -> str:
    return "".join("." if char == "?" else re.escape(char) for char in piece)


def objection(text: str) -> str:
    """Why a regular expression cannot be used, in a few words; empty where it can.

    One that would go on trying for long is refused: a repeated group whose inside varies, or too many
    parts that vary in length. Terms are short, so what is left is quick.
    """
    try:
        _compiled(text)
        _compiled(f"(?:{text})")  # flags for the whole have no place in a part
    except (re.error, RecursionError, OverflowError) as error:
        return f"is no regular expression ({error})"
    return "" if _ways(text) <= _MOST_WAYS else "could take too long"


def _ways(text: str) -> int:
    """How many ways there are at worst to match a term; beyond ``_MOST_WAYS`` for no end of them."""
    ways, varies = 1, [False]
    closed = False  # whether the sign before was the end of a group that varies
    for sign in _SIGNS.findall(text):
        repeated = sign in "*+" or sign[0] == "{"
        if repeated and closed:
            return _MOST_WAYS + 1
        repeated = repeated and not _FIXED.fullmatch(sign)
        ways *= 64 if repeated else 2 if sign in "?|" else 1
        closed = False
        if sign[0] == "(":
            varies.append(False)
        elif sign == ")":
            closed = varies.pop() if len(varies) > 1 else False
            varies[-1] |= closed
        elif repeated or sign in "?|":
            varies[-1] = True
    return ways


def _compiled(text: str) -> re.Pattern[str]:
    """As the index folds: ё is е, and capitals are small letters."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of sets that Python may read otherwise some day
        return re.compile(_composed(text), re.IGNORECASE)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("ё", "е").replace("Ё", "Е")


def _beginning(text: str) -> str:
    """The letters that every match begins with, folded."""
    text = _composed(text)
    match = _LITERAL.match(text)
    if match is None or _has_branches(text):
        return ""
    letters = match[1][:-1] if text[match.end() : match.end() + 1] in ("*", "?", "{") else match[1]
    return fold(letters)


def _literal(text: str) -> str:
    """The longest row of letters that every match has in it, folded; only where folding is plain."""
    if _has_branches(text) or _BY_NUMBER.search(text):
        return ""
    rows, depth = [""], 0
    for sign in _SIGNS.findall(_composed(text)):
        depth += (sign[0] == "(") - (sign == ")")
        if not depth and _PLAIN_LETTER.fullmatch(sign):
            rows[-1] += sign
            continue
        if sign in "*?" or sign[0] == "{":  # the letter before it may be missing
            rows[-1] = rows[-1][:-1]
        rows.append("")
    return fold(max(rows, key=len))


def _has_branches(text: str) -> bool:
    """Whether the whole expression is one or another."""
    depth = 0
    for sign in _SIGNS.findall(text):
        depth += (sign[0] == "(") - (sign == ")")
        if sign == "|" and not depth:
            return True
    return False
