"""The smallest pieces of a page that are handled whole: words, or what stands for them in CJK."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from itertools import groupby, pairwise

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Style:
    """How a word looks.

    Attributes:
        size: Height of its line in points, as the font has it.
    """

    size: float
    bold: bool = False
    italic: bool = False


@dataclass(slots=True, eq=False)
class Word:
    """Characters of one line and one style, without white space.

    Attributes:
        text: In NFC; several code points may stand for one character of the page.
        edges: Where each code point begins, and where the last one ends: tenths of a point along
            the line, falling where the script runs from right to left.
        top, bottom: Across the line, in points.
        char: The number of its first character on its page; -1 where it has none.
        chars: The numbers of all, where they do not simply follow the first.
        spaced: White space parts it from the word before it on the page.
    """

    text: str
    edges: "array[int]"
    top: float
    bottom: float
    style: Style
    char: int
    chars: tuple[int, ...] | None = None
    spaced: bool = True
    left: float = 0.0
    right: float = 0.0

    def __post_init__(self) -> None:
        self.left = min(self.edges) / TENTHS
        self.right = max(self.edges) / TENTHS

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def backwards(self) -> bool:
        """Its letters follow each other from right to left."""
        return self.edges[-1] < self.edges[0]

    def number(self, index: int) -> int:
        """The number on the page of a code point's character."""
        if self.chars is not None:
            return self.chars[index]
        return self.char + index if self.char >= 0 else -1

    def cut(self, start: int, end: int) -> "Word":
        """A part of it."""
        numbers = None if self.chars is None else self.chars[start:end]
        return Word(
            self.text[start:end],
            self.edges[start : end + 1],
            self.top,
            self.bottom,
            self.style,
            self.number(start),
            numbers,
            self.spaced if start == 0 else False,
        )


SIMPLE = "[!-~А-яЁёЄІЇєіїҐґ«»–—…]"
"""Characters of which none changes another: words of them need no composing."""

_SIMPLE = re.compile(f"{SIMPLE}+")
Letter = tuple[str, int, float, float]  # text, number on the page, beginning and end along the line


def make_word(letters: list[Letter], top: float, bottom: float, style: Style, spaced: bool) -> Word | None:
    """A word of letters in reading order; None where nothing readable is left of them.

    Letters that share one place (a ligature, a syllable of several signs) part it evenly; signs that
    compose become one code point.
    """
    text = "".join([letter[0] for letter in letters])
    if _SIMPLE.fullmatch(text) and len(text) == len(letters) and letters:
        return _plain_word(text, letters, top, bottom, style, spaced)
    whole = _composed(letters)
    texts: list[str] = []
    edges: list[int] = []
    numbers: list[int] = []
    for text, number, start, end in whole:
        step = (end - start) / len(text)
        for index, sign in enumerate(text):
            texts.append(sign)
            edges.append(round((start + step * index) * TENTHS))
            numbers.append(number)
    if not texts:
        return None
    edges.append(round(whole[-1][3] * TENTHS))
    follow = numbers[0] < 0 or all(after == before + 1 for before, after in pairwise(numbers))
    return Word(
        "".join(texts),
        array("i", edges),
        top,
        bottom,
        style,
        numbers[0],
        None if follow else tuple(numbers),
        spaced,
    )


def _plain_word(
    text: str, letters: list[Letter], top: float, bottom: float, style: Style, spaced: bool
) -> Word:
    """The same for letters that are code points already and need no composing."""
    letters = _parted(letters)
    edges = array("i", [round(letter[2] * TENTHS) for letter in letters])
    edges.append(round(letters[-1][3] * TENTHS))
    numbers = [letter[1] for letter in letters]
    follow = numbers[0] < 0 or numbers[-1] - numbers[0] == len(numbers) - 1 == len(set(numbers)) - 1
    chars = None if follow else tuple(numbers)
    return Word(text, edges, top, bottom, style, numbers[0], chars, spaced)


def _composed(letters: list[Letter]) -> list[Letter]:
    text = "".join(letter[0] for letter in letters)
    if len(text) == len(letters) and unicodedata.is_normalized("NFC", text):
        return _parted(letters)
    groups: list[list[Letter]] = []
    for letter in letters:
        if not letter[0]:
            continue
        if groups and _belongs("".join(one[0] for one in groups[-1]), letter[0]):
            groups[-1].append(letter)
        else:
            groups.append([letter])
    return _parted([_one(group) for group in groups])


def _belongs(before: str, sign: str) -> bool:
    """Whether the sign changes what stands before it."""
    if unicodedata.combining(sign[0]):
        return True
    apart = unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", sign)
    return unicodedata.normalize("NFC", before + sign) != apart


def _one(group: list[Letter]) -> Letter:
    text = unicodedata.normalize("NFC", "".join(letter[0] for letter in group))
    return text, group[0][1], group[0][2], group[0][3]


def _parted(letters: list[Letter]) -> list[Letter]:
    """Letters that stand on one place, next to each other instead."""
    if all(before[2] != after[2] or before[3] != after[3] for before, after in pairwise(letters)):
        return letters
    parted: list[Letter] = []
    for (start, end), same in groupby(letters, key=lambda letter: (letter[2], letter[3])):
        group = list(same)
        step = (end - start) / len(group)
        for index, (text, number, _, _) in enumerate(group):
            parted.append((text, number, start + step * index, start + step * (index + 1)))
    return parted


_WIDE = (
    (0x1100, 0x11FF),
    (0x2E80, 0x9FFF),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
)
_WIDE_ENDS = [end for _, end in _WIDE]


def is_wide(char: str) -> bool:
    """Whether it is written without spaces and fills a square: kana, han and their punctuation."""
    code = ord(char)
    if code < 0x2E80 or 0xAC00 <= code <= 0xD7FF:
        return False
    at = bisect_left(_WIDE_ENDS, code)
    return (at < len(_WIDE) and _WIDE[at][0] <= code) or 0x20000 <= code <= 0x3FFFF


FIRST_BACKWARD = "\u0590"


def is_backward(char: str) -> bool:
    """Whether it is a letter of a script from right to left."""
    code = ord(char)
    return 0x590 <= code <= 0x8FF or 0xFB1D <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFE
