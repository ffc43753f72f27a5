"""One folding for index, query and snippet: text to terms, with the way back to code points.

Terms are surface forms: nothing is stemmed here. A *raw token* is cut from the text as it stands and
folded by itself, so the code points of every term are known without mapping whole texts.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from desktop.search.cjk import CHARACTERS, contains_cjk, is_cjk, run_terms
from desktop.search.plain import plain_tokens

# Raise it whenever a text would give other terms than before: indexes made with another are rebuilt.
FOLD_VERSION = 1

# Longer texts are indexed up to here (code points); it bounds the memory of the index builder.
MAX_TEXT = 20_000_000
# Longer "words" are data, not language: their start is kept.
MAX_TERM = 64

# What may stand inside a token besides word characters: combining marks, soft hyphens and joiners.
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_MARKS = "\u0300-\u036f\u0483-\u0487\u3099\u309a"
_APOSTROPHES = "'’ʼ`′"
_INSIDE = rf"[\w{_MARKS}{_INVISIBLE}]"
# 1 200 000, 1 200 000 (no-break), 1,200,000: one number. Two groups of three digits need no more.
_GROUPS = r"(?:[ \u00a0\u2009\u202f,]\d{3})+(?!\d)"
# Either way a token begins with a word character: to say so first lets the search run over all others.
_NUMBER = rf"(?<=\d)(?<!\d\d)\d{{0,2}}{_GROUPS}"
_WORD = rf"{_INSIDE}*(?:[{_APOSTROPHES}](?=\w){_INSIDE}+)*"
RAW_TOKEN = re.compile(rf"\w(?:{_NUMBER}|{_WORD})")

_DROPPED = re.compile(f"[{_INVISIBLE}\u0300\u0301\u0483-\u0487]")
_CYRILLIC_APOSTROPHE = re.compile(rf"(?<=[\u0400-\u052f])[{_APOSTROPHES}](?=[\u0400-\u052f])")
_GROUPED = re.compile(rf"\d{{1,3}}{_GROUPS}\Z")
_GROUPED_LINE = re.compile(rf"^\d{{1,3}}{_GROUPS}$", re.MULTILINE)
_LETTERS = (("ё", "е"), ("ß", "ss"), ("ς", "σ"), ("i\u0307", "i"))
_PART = re.compile(rf"[{CHARACTERS}]+|[^\W{CHARACTERS}][\w{_MARKS}]*?(?=[{CHARACTERS}]|[^\w{_MARKS}]|\Z)")
_CLUSTER = re.compile(rf".[{_MARKS}{_INVISIBLE}\uff9e\uff9f]*", re.DOTALL)


class Token(NamedTuple):
    """A term and the code points of the original text that it was made from."""

    term: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """The terms of a text in order; their index is their position."""
    found: list[str] = []
    for raw in raw_tokens(text):
        found.extend(terms_of(raw))
    return found


def raw_tokens(text: str) -> list[str]:
    """The raw tokens of a text in order."""
    plain = plain_tokens(text[:MAX_TEXT])
    return RAW_TOKEN.findall(text, 0, MAX_TEXT) if plain is None else plain


def terms_of_each(raw: list[str]) -> Iterator[Sequence[str]]:
    """The terms of each raw token, as ``terms_of`` gives them; for very many at once."""
    folded = _fold_all(raw)
    simple = not contains_cjk("\n".join(folded))
    for each in folded:
        if each.isalnum() and (simple or each.isascii() or not contains_cjk(each)):
            yield (each[:MAX_TERM],)
        else:
            yield [term for part in _PART.findall(each) for term in _terms_of_part(part)]


def _terms_of_part(part: str) -> Sequence[str]:
    return run_terms(part) if is_cjk(part) else (part[:MAX_TERM],)


def _fold_all(raw: list[str]) -> list[str]:
    """Each folded by itself, but in one go: no rule of folding looks past the end of a line."""
    folded = _folded("\n".join(raw))
    folded = _GROUPED_LINE.sub(lambda found: re.sub(r"\D", "", found[0]), folded)
    each = folded.split("\n")
    return each if len(each) == len(raw) else [fold(one) for one in raw]


def tokens(text: str) -> Iterator[Token]:
    """The same terms with their places, in code points of ``text``."""
    for match in RAW_TOKEN.finditer(text, 0, MAX_TEXT):
        start = match.start()
        for term, begin, end in places_of(match[0]):
            yield Token(term, start + begin, start + end)


def parts(text: str) -> list[str]:
    """Words and whole runs of Chinese, Japanese or Korean, folded: for query words."""
    return [part[:MAX_TERM] for raw in RAW_TOKEN.findall(text) for part in _PART.findall(fold(raw))]


def fold(raw: str) -> str:
    """NFKC, lower case, ё as е, ß as ss; Ukrainian apostrophes and stress marks dropped.

    The breve of й, the dots of ї and the voicing of kana are letters of their own and stay.
    """
    folded = _folded(raw)
    return re.sub(r"\D", "", folded) if _GROUPED.match(folded) else folded


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).lower()
    for letter, other in _LETTERS:
        folded = folded.replace(letter, other)
    folded = _CYRILLIC_APOSTROPHE.sub("", _DROPPED.sub("", folded))
    return unicodedata.normalize("NFC", folded)


def fold_value(value: str) -> str:
    """A name, path or code, folded for comparing: single spaces, no case."""
    return " ".join(fold(value).split())


@lru_cache(maxsize=200_000)
def terms_of(raw: str) -> tuple[str, ...]:
    """The terms of one raw token."""
    folded = fold(raw)
    if folded.isalnum() and not contains_cjk(folded):
        return (folded[:MAX_TERM],)
    return tuple(term for term, _, _ in _split(folded))


def _split(folded: str) -> Iterator[Token]:
    for match in _PART.finditer(folded):
        start = match.start()
        if is_cjk(match[0]):
            for at, term in enumerate(run_terms(match[0])):
                yield Token(term, start + at, start + at + len(term))
        else:
            yield Token(match[0][:MAX_TERM], start, match.end())


@lru_cache(maxsize=50_000)
def places_of(raw: str) -> tuple[Token, ...]:
    """The terms of one raw token, with code points counted from its start."""
    folded = fold(raw)
    found = tuple(_split(folded))
    if len(found) == 1:
        return (Token(found[0].term, 0, len(raw)),)
    edges = _edges(raw, folded)
    return tuple(Token(term, edges[start][0], edges[end - 1][1]) for term, start, end in found)


def _edges(raw: str, folded: str) -> list[tuple[int, int]]:
    """For each code point of ``folded`` the (start, end) in ``raw`` that it came from."""
    if len(raw) == len(folded):
        return [(at, at + 1) for at in range(len(raw))]
    edges = [(cluster.start(), cluster.end()) for cluster in _CLUSTER.finditer(raw) for _ in fold(cluster[0])]
    if len(edges) == len(folded):
        return edges
    # A rare folding across clusters (an apostrophe, composed jamo): everything maps to the whole.
    return [(0, len(raw))] * len(folded)
