"""Words of a page, from the characters that PDFium finds on it."""

import ctypes
import functools
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

import pypdfium2.raw as pdfium

from desktop.importing.pdf.frames import Box, Frame, Sheet
from desktop.importing.pdf.words import FIRST_BACKWARD, Letter, Style, Word, is_backward, is_wide, make_word

MOST_CHARACTERS = 200_000
"""On one page; a poster has a tenth of it."""

_ITALIC, _FORCE_BOLD = 1 << 6, 1 << 18  # font flags, ISO 32000-1 table 123
_BOLD_NAMES = ("bold", "black", "heavy", "demi", "-bd", ",bd")
_ITALIC_NAMES = ("italic", "oblique", "kursiv", "slanted")
_SPACE_GAP = 0.28  # of the size: parts words even where no space is drawn
_WIDE_GAP = 0.9
_JUMP = 1.0
_TWICE = 0.12  # of the size: the same letter this near is drawn twice to look bold
_MOSTLY_SHOWN = 0.2  # of the characters: a box that shows fewer of them was set by mistake
_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf076": "❖",
    "\uf0a8": "◆",
    "\uf02d": "-",
}
_NOTHING = (
    "\u200b\u00ad\ufeff\ufffe\uffff\u2060\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_HYPHENS = "\x02\ufffe"  # how PDFium gives a hyphen at the end of a line
UNMAPPED = "\ufffd"
SLANTED = -1


@dataclass(slots=True)
class Glyph:
    """A character of the page with its place on the page that is shown."""

    number: int
    text: str
    box: Box
    object: int
    spaced: bool
    drawn: bool


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page by the direction in which they are read.

    Attributes:
        upright: (frame, words in the order in which they were drawn), the fullest frame first.
        slanted: Words at an angle: stamps, watermarks.
        glyphs: How many characters the page has.
        unmapped: How many of them mean nothing that could be found out.
    """

    upright: list[tuple[Frame, list[Word]]]
    slanted: list[Word]
    glyphs: int
    unmapped: int


def read_words(text_page: Any, sheet: Sheet, fonts: "Fonts") -> PageWords:
    """The words of a page; what lies outside of it is left out."""
    objects = _Objects(text_page, sheet, fonts)
    glyphs = _undoubled(_visible(list(_glyphs(text_page, sheet, objects)), sheet))
    turned = _by_turn(glyphs, objects)
    slanted = turned.pop(SLANTED, [])
    frames = sorted(turned.items(), key=lambda item: -len(item[1]))
    return PageWords(
        [(sheet.frame(turn), list(_words(some, sheet.frame(turn), objects))) for turn, some in frames],
        list(_slanted_words(slanted, objects)),
        len(glyphs),
        sum(glyph.text == UNMAPPED for glyph in glyphs),
    )


def _by_turn(glyphs: list[Glyph], objects: "_Objects") -> dict[int, list[Glyph]]:
    turned: dict[int, list[Glyph]] = {}
    downward = _downward(glyphs)
    for address, some in groupby(glyphs, key=attrgetter("object")):
        group = list(some)
        turn, _ = objects.look(group[0])
        turned.setdefault(90 if turn == 0 and address in downward else turn, []).extend(group)
    return turned


def _prototype(name: str, result: Any, *arguments: Any) -> Any:
    """The function without the bindings' wrapping of pointers, which costs more than the call."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_pointer = ctypes.c_void_p
_object_of = _prototype("FPDFText_GetTextObject", _pointer, _pointer, ctypes.c_int)
_font_of = _prototype("FPDFTextObj_GetFont", _pointer, _pointer)
_unicode_of = _prototype("FPDFText_GetUnicode", ctypes.c_uint, _pointer, ctypes.c_int)
_loose_box = _prototype("FPDFText_GetLooseCharBox", ctypes.c_int, _pointer, ctypes.c_int, _pointer)
_is_generated = _prototype("FPDFText_IsGenerated", ctypes.c_int, _pointer, ctypes.c_int)
_map_error = _prototype("FPDFText_HasUnicodeMapError", ctypes.c_int, _pointer, ctypes.c_int)


@dataclass
class Fonts:
    """What is known of a document's fonts: (bold, italic) by their names and flags."""

    looks: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    meaningless: dict[tuple[int, int], bool] = field(default_factory=dict)

    def look(self, text_page: Any, number: int, font: int) -> tuple[bool, bool]:
        if font not in self.looks:
            self.looks[font] = _look(text_page, number)
        return self.looks[font]

    def means_nothing(self, handle: int, number: int, font: int, code: int) -> bool:
        """Whether a code has no known meaning; PDFium then gives the code itself."""
        key = (font, code)
        if key not in self.meaningless:
            self.meaningless[key] = bool(_map_error(handle, number))
        return self.meaningless[key]


def _look(text_page: Any, number: int) -> tuple[bool, bool]:
    flags = ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(text_page, number, None, 0, flags)
    buffer = ctypes.create_string_buffer(max(size, 1))
    pdfium.FPDFText_GetFontInfo(text_page, number, buffer, size, flags)
    name = buffer.value.decode("utf-8", "replace").lower()
    bold = any(part in name for part in _BOLD_NAMES) or bool(flags.value & _FORCE_BOLD)
    italic = any(part in name for part in _ITALIC_NAMES) or bool(flags.value & _ITALIC)
    return bold, italic


class _Objects:
    """The text objects of a page: their direction and their font, asked once each."""

    def __init__(self, text_page: Any, sheet: Sheet, fonts: Fonts) -> None:
        self.text_page = text_page
        self.sheet = sheet
        self.fonts = fonts
        self._font: dict[int, int] = {}
        self._looks: dict[int, tuple[int, Style]] = {}
        self._styles: dict[tuple[int, float], Style] = {}

    def font(self, address: int) -> int:
        if address not in self._font:
            self._font[address] = _font_of(address) or 0
        return self._font[address]

    def look(self, glyph: Glyph) -> tuple[int, Style]:
        """How an object is turned (degrees clockwise, or ``SLANTED``), and its style."""
        if glyph.object not in self._looks:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(self.text_page, glyph.number, matrix)
            drawn = pdfium.FPDFText_GetFontSize(self.text_page, glyph.number)
            sign = -1 if drawn < 0 else 1
            turn = self.sheet.turn(matrix.a * sign, matrix.b * sign)
            size = abs(drawn) * math.hypot(matrix.c, matrix.d)
            self._looks[glyph.object] = (SLANTED if turn is None else turn, self._style(glyph, size))
        return self._looks[glyph.object]

    def _style(self, glyph: Glyph, size: float) -> Style:
        font = self.font(glyph.object)
        key = (font, round(size * 2) / 2 if 1 <= size < 1000 else 1.0)
        if key not in self._styles:
            self._styles[key] = Style(key[1], *self.fonts.look(self.text_page, glyph.number, font))
        return self._styles[key]


def _glyphs(text_page: Any, sheet: Sheet, objects: _Objects) -> Iterator[Glyph]:
    """The characters of the page, and whether white space stands before each."""
    handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value or 0
    count = min(pdfium.FPDFText_CountChars(text_page), MOST_CHARACTERS)
    unturned, x, y = sheet.rotation == 0, sheet.box[0], sheet.box[3]
    rect = pdfium.FS_RECTF()
    place = ctypes.byref(rect)
    spaced, drawn = True, True
    high = 0
    for number in range(count):
        code = _unicode_of(handle, number)
        if code in (0x20, 0xA0, 0xD, 0xA, 9, 0x3000):
            spaced = True
            drawn = drawn or not _is_generated(handle, number)
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        address = _object_of(handle, number)
        if not address:
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        text = chr(code) if 0x20 < code < 0x7F else _text(code, handle, number, address, objects)
        if text == " ":
            spaced = drawn = True
        if text in ("", " "):
            continue
        _loose_box(handle, number, place)
        if unturned:
            box = (rect.left - x, y - rect.top, rect.right - x, y - rect.bottom)
        else:
            box = sheet.shown(rect.left, rect.bottom, rect.right, rect.top)
        yield Glyph(number, text, box, address, spaced, drawn)
        spaced = drawn = False


def _visible(glyphs: list[Glyph], sheet: Sheet) -> list[Glyph]:
    """Those inside the part of the page that is shown; all where that leaves next to nothing of them."""
    width, height = sheet.size
    inside = [
        one
        for one in glyphs
        if one.box[2] > 0 and one.box[3] > 0 and one.box[0] < width and one.box[1] < height
    ]
    return inside if len(inside) >= _MOSTLY_SHOWN * len(glyphs) else glyphs


def _text(code: int, handle: int, number: int, address: int, objects: _Objects) -> str:
    """What a character means; white space as one space, and nothing for what is not seen."""
    sign = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else UNMAPPED
    if sign in _HYPHENS:
        return "-"
    if objects.fonts.means_nothing(handle, number, objects.font(address), code):
        return UNMAPPED
    return plain_text(sign)


@functools.lru_cache(4096)
def plain_text(sign: str) -> str:
    """A character as its letters: ligatures taken apart, signs without a shape left out."""
    if sign.isspace():
        return " "
    if sign in _NOTHING:
        return ""
    code = ord(sign)
    if 0xFB00 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC:
        return unicodedata.normalize("NFKC", sign).strip()
    if 0xE000 <= code <= 0xF8FF:
        return _BULLETS.get(sign, UNMAPPED)
    if unicodedata.category(sign) in ("Cc", "Cn", "Cs"):
        return UNMAPPED if code else ""
    return unicodedata.normalize("NFC", sign)


def _undoubled(glyphs: list[Glyph]) -> list[Glyph]:
    """Without letters that are drawn twice, a hair apart, to look bold."""
    kept: list[Glyph] = []
    last = before = ""
    for glyph in glyphs:
        text = glyph.text
        if text in (last, before) and any(_same_place(glyph, other) for other in kept[-2:]):
            continue
        kept.append(glyph)
        before, last = last, text
    return kept


def _same_place(one: Glyph, other: Glyph) -> bool:
    """The same letter of another object; signs of one object share a place where they are a ligature."""
    if one.text != other.text or one.object == other.object:
        return False
    near = _TWICE * min(max(one.box[2] - one.box[0], one.box[3] - one.box[1]), 40)
    return abs(one.box[0] - other.box[0]) <= near and abs(one.box[1] - other.box[1]) <= near


def _downward(glyphs: list[Glyph]) -> set[int]:
    """The text objects whose upright letters follow each other downwards, as in vertical Japanese."""
    votes: dict[int, int] = {}
    strangers = 0
    wide = [glyph for glyph in glyphs if glyph.text >= "\u1100" and is_wide(glyph.text[0])]
    for before, after in pairwise(wide):
        vote = _step(before.box, after.box)
        if before.object == after.object:
            votes[after.object] = votes.get(after.object, 0) + vote
        else:
            strangers += vote
    if not any(vote > 0 for vote in votes.values()) and strangers <= 0:
        return set()
    return {glyph.object for glyph in wide if votes.get(glyph.object, 0) + (strangers > 0) * 0.5 > 0}


def _step(before: Box, after: Box) -> int:
    """1 for a step down by about a letter, -1 for one to the right, 0 for any other."""
    across = (after[0] + after[2] - before[0] - before[2]) / 2
    down = (after[1] + after[3] - before[1] - before[3]) / 2
    size = max(before[3] - before[1], before[2] - before[0], 1)
    if abs(across) < 0.3 * size and 0.4 * size < down < 2.5 * size:
        return 1
    return -1 if abs(down) < 0.3 * size and 0 < across < 2.5 * size else 0


def _words(glyphs: list[Glyph], frame: Frame, objects: _Objects) -> Iterator[Word]:
    """Words in the order of drawing; a change of line, of size or of look parts them, too."""
    group: list[tuple[Glyph, Box]] = []
    style = now = Style(1.0)
    spaced = True
    known = near = 0.0
    for glyph in glyphs:
        box = glyph.box if frame.turn == 0 else frame.upright(glyph.box)
        if glyph.object != known:
            known, now = glyph.object, objects.look(glyph)[1]
        if not group:
            style, near = now, _SPACE_GAP * now.size
        elif glyph.spaced or now is not style or not _adjoins(group[-1][1], box, near):
            parted, gap = _parted(group[-1], (glyph, box), style.size)
            if parted or now is not style:
                yield from _word(group, style, spaced)
                group, spaced, style, near = [], gap, now, _SPACE_GAP * now.size
        group.append((glyph, box))
    if group:
        yield from _word(group, style, spaced)


def _adjoins(one: Box, other: Box, near: float) -> bool:
    """Whether a character plainly follows another one in its line."""
    return one[1] == other[1] and -near < other[0] - one[2] < near


def _slanted_words(glyphs: list[Glyph], objects: _Objects) -> Iterator[Word]:
    """Words at an angle: only white space parts them."""
    group: list[tuple[Glyph, Box]] = []
    for glyph in glyphs:
        if group and glyph.spaced:
            yield from _word(group, objects.look(group[0][0])[1], True)
            group = []
        group.append((glyph, glyph.box))
    if group:
        yield from _word(group, objects.look(group[0][0])[1], True)


def _parted(before: tuple[Glyph, Box], after: tuple[Glyph, Box], size: float) -> tuple[bool, bool]:
    """Whether a word ends between two characters, and whether white space does it."""
    (_, one), (glyph, other) = before, after
    if one == other:
        return False, False
    size = max(size, 1.0)
    if abs((one[1] + one[3]) - (other[1] + other[3])) > 0.7 * size:  # another line
        return True, True
    gap = (one[0] - other[2]) if other[0] < one[0] and is_backward(glyph.text[0]) else other[0] - one[2]
    if abs(gap) > _JUMP * size:
        return True, True
    if is_wide(before[0].text[-1]) and is_wide(glyph.text[0]):
        space = (glyph.spaced and glyph.drawn) or gap > _WIDE_GAP * size
    else:
        space = glyph.spaced or gap > _SPACE_GAP * size
    return space, space


def _word(group: list[tuple[Glyph, Box]], style: Style, spaced: bool) -> Iterator[Word]:
    top = min([box[1] for _, box in group])
    bottom = max([box[3] for _, box in group])
    backward = sum(is_backward(glyph.text[0]) for glyph, _ in group if glyph.text >= FIRST_BACKWARD)
    letters = _letters_backward(group) if backward * 2 > len(group) else _letters(group)
    word = make_word(letters, top, bottom, style, spaced)
    if word is not None:
        yield word


def _letters(group: list[tuple[Glyph, Box]]) -> list[Letter]:
    return [(glyph.text, glyph.number, box[0], box[2]) for glyph, box in group]


def _letters_backward(group: list[tuple[Glyph, Box]]) -> list[Letter]:
    """From the rightmost to the leftmost; signs of one glyph, which PDFium has turned round, back again."""
    order = sorted(range(len(group)), key=lambda index: (-group[index][1][2], -index))
    return [
        (group[index][0].text, group[index][0].number, group[index][1][2], group[index][1][0])
        for index in order
    ]
