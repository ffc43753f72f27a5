"""The tokens of RTF 1.9.1: braces, control words, bytes and text."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    r"|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)"
)


class Kind(Enum):
    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    SYMBOL = auto()
    BYTES = auto()


class Token(NamedTuple):
    """One token.

    Attributes:
        word: The control word or symbol; of bytes the bytes themselves, each as one character.
        number: The control word's parameter, where it has one.
        end: Where the next token begins.
    """

    kind: Kind
    word: str
    number: int | None
    end: int


def tokens(source: str, start: int, end: int) -> Iterator[Token]:
    """The tokens from ``start`` to ``end`` of a file that was decoded byte by byte (Latin-1)."""
    at = start
    while at < end:
        match = _TOKEN.match(source, at, end)
        if match is None:  # a line end, or a backslash at the very end
            at += 1
            continue
        at = match.end()
        kind = match.lastgroup
        if kind == "text":
            yield Token(Kind.BYTES, match["text"], None, at)
        elif kind == "hex":
            yield Token(Kind.BYTES, chr(int(match["hex"], 16)), None, at)
        elif kind == "brace":
            yield Token(Kind.OPEN if match["brace"] == "{" else Kind.CLOSE, "", None, at)
        elif kind == "symbol":
            yield Token(Kind.SYMBOL, match["symbol"], None, at)
        else:
            number = int(match["number"]) if match["number"] else None
            if match["word"] == "bin":  # so many raw bytes follow
                at = min(at + max(number or 0, 0), end)
                continue
            yield Token(Kind.WORD, match["word"], number, at)
