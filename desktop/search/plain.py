"""Cutting plain text into raw tokens, faster than a regular expression does.

A text that fits into an alphabet of 256 characters is cut in two steps: every byte that is no part of a
word becomes a space, and the text is split at spaces. What needs a closer look (soft hyphens, combining
marks, digits in groups) is left to ``fold.RAW_TOKEN``, which says what is right.
"""

import re

# Of those in ``fold``, these are in the alphabets below.
APOSTROPHES = "'’`"
# Digits that may be one number with those before; a soft hyphen. The bytes are the same in each alphabet.
_ODD = re.compile(rb"\xad|[0-9][ \xa0,][0-9]{3}(?![0-9])")


class _Alphabet:
    """One of the encodings of a byte for each character."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        characters = [bytes([byte]).decode(encoding, "replace") for byte in range(256)]
        word = bytes(byte for byte in range(256) if re.match(r"\w", characters[byte]))
        self._apostrophes = [bytes([characters.index(one)]) for one in APOSTROPHES if one in characters]
        apostrophes = b"".join(self._apostrophes)
        self._table = bytes(byte if byte in word + apostrophes else ord(" ") for byte in range(256))
        inside, mark = re.escape(word), re.escape(apostrophes)
        self._loose = re.compile(b"[%b](?:(?<![%b][%b])|(?![%b]))" % (mark, inside, mark, inside))

    def tokens(self, data: bytes) -> list[str] | None:
        if _ODD.search(data):
            return None
        if any(one in data for one in self._apostrophes):
            data = self._loose.sub(b" ", data)
        return data.translate(self._table).decode(self.encoding).split()


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
