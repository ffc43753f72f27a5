"""Tables of Lua as data: only literals are read, nothing is run."""

import re
from typing import Any

_TOKEN = re.compile(
    r"""(?P<space>(?:\s+|--\[\[.*?\]\]|--[^\n]*)+)
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<long>\[(?P<level>=*)\[.*?\](?P=level)\])
    |(?P<number>-?(?:0x[0-9a-fA-F]+|\d+\.?\d*(?:[eE][+-]?\d+)?))
    |(?P<name>[A-Za-z_]\w*)
    |(?P<mark>[{}\[\]=,;])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(\d{1,3}|x[0-9a-fA-F]{2}|z\s*|\r?\n|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "a": "", "b": "", "f": "\n", "v": "\n", "\n": "\n", "\r\n": "\n"}
_DEEPEST = 60


def table(text: str) -> dict[Any, Any]:
    """The table that a chunk returns; what has no key is counted from 1.

    Raises:
        ValueError: It is not a table of literals.
    """
    tokens = _tokens(text)
    reader = _Reader(tokens)
    if reader.peek() == ("name", "return"):
        reader.take()
    value = reader.value(0)
    if not isinstance(value, dict):
        raise ValueError("not a table")
    return value


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"unexpected {text[at]!r} at {at}")
        kind = "string" if match.lastgroup == "level" else match.lastgroup or ""
        at = match.end()
        if match["long"]:
            skipped = 2 + len(match["level"])
            found.append(("string", match["long"][skipped:-skipped].removeprefix("\n")))
        elif kind == "string":
            found.append(("string", _unescaped(match["string"][1:-1])))
        elif kind != "space":
            found.append((kind, match[0]))
    return found


def _unescaped(text: str) -> str:
    """Escapes as characters; those by number are bytes of UTF-8."""
    if "\\" not in text:
        return text
    data = bytearray()
    at = 0
    for match in _ESCAPE.finditer(text):
        data += text[at : match.start()].encode("utf-8", "replace") + _escaped(match[1])
        at = match.end()
    return (bytes(data) + text[at:].encode("utf-8", "replace")).decode("utf-8", "replace")


def _escaped(code: str) -> bytes:
    if code.isdigit():
        return bytes([min(int(code), 255)])
    if code[0] == "x" and len(code) == 3:
        return bytes([int(code[1:], 16)])
    if code[0] == "z":
        return b""
    return _ESCAPED.get(code, code).encode()


class _Reader:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens, self._at = tokens, 0

    def peek(self, ahead: int = 0) -> tuple[str, str]:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else ("end", "")

    def take(self, wanted: str = "") -> tuple[str, str]:
        token = self.peek()
        if wanted and token[1] != wanted:
            raise ValueError(f"{wanted} expected, not {token[1] or 'the end'}")
        self._at += 1
        return token

    def value(self, depth: int) -> Any:
        kind, text = self.take()
        if kind == "string":
            return text
        if kind == "number":
            return float(text) if "." in text or ("e" in text.lower() and "x" not in text) else int(text, 0)
        if kind == "name" and text in ("true", "false", "nil"):
            return {"true": True, "false": False, "nil": None}[text]
        if text == "{" and kind == "mark" and depth < _DEEPEST:
            return self._table(depth + 1)
        raise ValueError(f"a value expected, not {text or 'the end'}")

    def _table(self, depth: int) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        count = 0
        while self.peek() != ("mark", "}"):
            if self.peek() == ("mark", "["):
                self.take()
                key = self.value(depth)
                self.take("]")
                self.take("=")
            elif self.peek()[0] == "name" and self.peek(1) == ("mark", "="):
                key = self.take()[1]
                self.take("=")
            else:
                key = count = count + 1
            found[key if isinstance(key, str | int | float) else str(key)] = self.value(depth)
            if self.peek() in (("mark", ","), ("mark", ";")):
                self.take()
            elif self.peek() != ("mark", "}"):
                raise ValueError(f"a comma expected, not {self.peek()[1] or 'the end'}")
        self.take("}")
        return found
