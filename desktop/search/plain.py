"""Cutting plain text into raw tokens, faster than a regular expression does.

A text that fits into an alphabet of 256 characters is cut in two steps: every byte that is no part of a
word becomes a space, and the text is split at spaces. What needs a closer look (soft hyphens, combining
marks, digits in groups) is left to ``fold.RAW_TOKEN``, which says what is right.
"""

import re

# Of those in ``fold``, these are in the alphabets below.
APOSTROPHES = "'’`"
_SOFT_HYPHEN = b"\xad"
_BETWEEN_GROUPS = b" \xa0,"
# In a text of which only digits, what may stand between groups of them, and others are left.
_GROUP = re.compile(rb"0 000(?!0)")
# In a text of which only words, apostrophes and others are left: apostrophes that are in no word.
_LOOSE = (b"' ", b" '", b"''")


class _Alphabet:
    """One of the encodings of a byte for each character; those of the bytes above are the same in all."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        characters = [bytes([byte]).decode(encoding, "replace") for byte in range(256)]
        word = bytes(byte for byte in range(256) if re.match(r"\w", characters[byte]))
        mark = bytes(characters.index(one) for one in APOSTROPHES if one in characters)
        self._table = bytes(byte if byte in word + mark else ord(" ") for byte in range(256))
        self._digits = _kinds({b"0123456789": b"0", _BETWEEN_GROUPS: b" "}, b"a")
        self._marks = _kinds({word: b"a", mark: b"'"}, b" ")
        self._loose = re.compile(b"[%b](?:(?<![%b][%b])|(?![%b]))" % _escaped(mark, word, mark, word))

    def tokens(self, data: bytes) -> list[str] | None:
        """The raw tokens of an encoded text; None where a closer look is needed."""
        if _SOFT_HYPHEN in data or _GROUP.search(data.translate(self._digits)):
            return None
        kinds = data.translate(self._marks).join((b" ", b" "))
        if any(loose in kinds for loose in _LOOSE):
            data = self._loose.sub(b" ", data)
        return data.translate(self._table).decode(self.encoding).split()


def _kinds(kinds: dict[bytes, bytes], other: bytes) -> bytes:
    """A table that turns bytes into one for their kind."""
    table = bytearray(other * 256)
    for members, kind in kinds.items():
        for byte in members:
            table[byte] = kind[0]
    return bytes(table)


def _escaped(*sets: bytes) -> tuple[bytes, ...]:
    return tuple(map(re.escape, sets))


_ALPHABETS = tuple(map(_Alphabet, ("latin-1", "cp1251", "cp1252")))


def plain_tokens(text: str) -> list[str] | None:
    """The raw tokens of a text in order; None when it is not plain enough."""
    for alphabet in _ALPHABETS:
        try:
            data = text.encode(alphabet.encoding)
        except UnicodeEncodeError:
            continue
        return alphabet.tokens(data)
    return None
