"""Stored keys for sorting and for equality of names.

SQLite knows case and order for ASCII only, and a Python collation in the schema would make the
archive unreadable elsewhere. So keys are computed here and stored in columns of their own.
"""

import re
import unicodedata

SORT_KEY_VERSION = 1

_CYRILLIC = "абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюя"
_CYRILLIC_RANK = {letter: chr(0x430 + rank) for rank, letter in enumerate(_CYRILLIC)}
_LEADING = "«»„“”\"'‘’—–-… ([{「『"
_APOSTROPHES = str.maketrans("", "", "’ʼ'")
_DIGITS = re.compile(r"\d+")


def name_key(name: str) -> str:
    """Two names with the same key are the same name: NFKC, casefolded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def sort_key(text: str) -> str:
    """A key whose BINARY order is the order a reader expects.

    Russian and Ukrainian letters stand in one joint alphabet, Latin letters sort without their
    accents, katakana with hiragana, numbers by size (so chapter 2 stands before chapter 10), and
    leading quotation marks do not count. Kanji keep code-point order: their reading is unknown.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = folded.lstrip(_LEADING).translate(_APOSTROPHES)
    primary = _DIGITS.sub(_number, "".join(map(_letter, bare)))
    return f"{primary}\x01{folded}"


def _letter(char: str) -> str:
    if char in _CYRILLIC_RANK:
        return _CYRILLIC_RANK[char]
    if 0x30A1 <= ord(char) <= 0x30F6:
        char = chr(ord(char) - 0x60)
    parts = unicodedata.normalize("NFD", char)
    if len(parts) == 1:
        return char
    return "".join(part for part in parts if not unicodedata.combining(part))


def _number(match: re.Match[str]) -> str:
    digits = match[0].lstrip("0")
    return chr(0x30 + min(len(digits), 60)) + digits
