"""The characters that PDFium finds on a page, with their places on the page that is shown."""

import ctypes
import functools
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from desktop.importing.pdf.frames import Box, Sheet
from desktop.importing.pdf.radicals import whole
from desktop.importing.pdf.words import SIMPLE, Letter, Style

_ITALIC, _FORCE_BOLD = 1 << 6, 1 << 18  # font flags, ISO 32000-1 table 123
_BOLD_NAMES = ("bold", "black", "heavy", "demi", "-bd", ",bd")
_ITALIC_NAMES = ("italic", "oblique", "kursiv", "slanted")
_BULLETS = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf076": "❖",
    "\uf0a8": "◆",
    "\uf02d": "-",
}
_NOTHING = "\u200b\ufeff\ufffe\uffff\u2060\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# How PDFium gives a hyphen at the end of a line; and what is called soft, but is drawn and so is seen.
_HYPHENS = "\x02\ufffe\u00ad"
UNMAPPED = "\ufffd"
SLANTED = -1
_PIECES = re.compile(rf"{SIMPLE}{{2,}}|(?s:.)")
_MOSTLY_SHOWN = 0.2  # of the characters: a box that shows fewer of them was set by mistake
_LEVEL = 0.3  # of the size: letters of one line are no further above each other
_WIDTH_OFF = 0.12  # by which a word may be wider or narrower than its letters


@dataclass(slots=True)
class Glyph:
    """A character of the page, or several of one word that plainly stand next to each other.

    Attributes:
        number: As PDFium counts; the others of a word follow it.
        box: On the page that is shown.
        object: The address of its text object.
        spaced: White space stands before it; ``drawn``: not only because there is a gap.
        widths: Of each character of a word, in shares of the size; empty for a single one.
    """

    number: int
    text: str
    box: Box
    object: int
    spaced: bool
    drawn: bool
    widths: tuple[float, ...] = ()

    def letters(self, start: float, end: float) -> list[Letter]:
        """Its letters, where it extends from ``start`` to ``end`` along its line."""
        if not self.widths:
            return [(self.text, self.number, start, end)]
        scale = (end - start) / sum(self.widths)
        letters: list[Letter] = []
        for index, (char, width) in enumerate(zip(self.text, self.widths, strict=True)):
            letters.append((char, self.number + index, start, start + width * scale))
            start += width * scale
        return letters


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


def _look(text_page: Any, number: int) -> tuple[bool, bool]:
    flags = ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(text_page, number, None, 0, flags)
    buffer = ctypes.create_string_buffer(max(size, 1))
    pdfium.FPDFText_GetFontInfo(text_page, number, buffer, size, flags)
    name = buffer.value.decode("utf-8", "replace").lower()
    bold = any(part in name for part in _BOLD_NAMES) or bool(flags.value & _FORCE_BOLD)
    italic = any(part in name for part in _ITALIC_NAMES) or bool(flags.value & _ITALIC)
    return bold, italic


class TextObjects:
    """The text objects of a page: their direction, their font and its letters, asked once each.

    Addresses stand for objects and fonts; they hold as long as the page is open.
    """

    def __init__(self, text_page: Any, sheet: Sheet) -> None:
        self.text_page = text_page
        self.sheet = sheet
        self.handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value or 0
        self._fonts: dict[int, int] = {}
        self._looks: dict[int, tuple[int, Style]] = {}
        self._styles: dict[tuple[int, float], Style] = {}
        self._faces: dict[int, tuple[bool, bool]] = {}
        self._meaningless: dict[tuple[int, int], bool] = {}
        self._widths: dict[tuple[int, float, str], float] = {}
        self._rect = pdfium.FS_RECTF()
        self._place = ctypes.byref(self._rect)

    def font(self, address: int) -> int:
        if address not in self._fonts:
            self._fonts[address] = _font_of(address) or 0
        return self._fonts[address]

    def look(self, address: int, number: int) -> tuple[int, Style]:
        """How an object is turned (degrees clockwise, or ``SLANTED``), and its style.

        Args:
            number: Of one of its characters.
        """
        if address not in self._looks:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(self.text_page, number, matrix)
            drawn = pdfium.FPDFText_GetFontSize(self.text_page, number)
            sign = -1 if drawn < 0 else 1
            turn = self.sheet.turn(matrix.a * sign, matrix.b * sign)
            size = abs(drawn) * math.hypot(matrix.c, matrix.d)
            self._looks[address] = (SLANTED if turn is None else turn, self._style(address, number, size))
        return self._looks[address]

    def _style(self, address: int, number: int, size: float) -> Style:
        font = self.font(address)
        key = (font, round(size * 2) / 2 if 1 <= size < 1000 else 1.0)
        if key not in self._styles:
            if font not in self._faces:
                self._faces[font] = _look(self.text_page, number)
            self._styles[key] = Style(key[1], *self._faces[font])
        return self._styles[key]

    def means_nothing(self, address: int, number: int, code: int) -> bool:
        """Whether a code has no known meaning; PDFium then gives the code itself."""
        key = (self.font(address), code)
        if key not in self._meaningless:
            self._meaningless[key] = bool(_map_error(self.handle, number))
        return self._meaningless[key]

    def box(self, number: int) -> Box:
        """Where a character stands on the page that is shown: as wide as it is set, as high as its line."""
        _loose_box(self.handle, number, self._place)
        rect = self._rect
        return self.sheet.shown(rect.left, rect.bottom, rect.right, rect.top)

    def width(self, address: int, number: int, char: str, size: float, *, down: bool) -> float:
        """How wide a letter is set, in shares of the size; negative where its meaning is not known."""
        key = (self.font(address), size, char)
        if key not in self._widths:
            box = self.box(number)
            extent = box[3] - box[1] if down else box[2] - box[0]
            meant = not ord(char) >= 0x7F or not self.means_nothing(address, number, ord(char))
            self._widths[key] = extent / size if meant else -1.0
        return self._widths[key]


def glyphs_of(text_page: Any, sheet: Sheet, objects: TextObjects) -> list[Glyph]:
    """What is seen of the page's characters, in the order in which they were drawn."""
    count = max(pdfium.FPDFText_CountChars(text_page), 0)
    text = whole(_codes(text_page, objects.handle, count))
    return _visible(list(_glyphs(text, objects)), sheet)


def _codes(text_page: Any, handle: int, count: int) -> str:
    """The page's characters, one code point for each; halves of a pair where PDFium counts these."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    if written == count + 1:
        text = bytes(memoryview(buffer))[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(text) == count:
            return text
    return "".join(map(_code, (_unicode_of(handle, number) for number in range(count))))


def _code(code: int) -> str:
    return chr(code) if code < 0x110000 else UNMAPPED


def _glyphs(text: str, objects: TextObjects) -> Iterator[Glyph]:
    spaced, drawn = True, True
    high = ""
    for piece in _PIECES.finditer(text):
        number, char = piece.start(), piece[0]
        if len(char) > 1 and (word := _whole(number, char, spaced, drawn, objects)) is not None:
            yield word
            spaced = drawn = False
            continue
        for at, half in enumerate(char, number):
            if "\ud800" <= half < "\udc00":
                high = half
                continue
            sign, high = _paired(high, half), ""
            if sign.isspace():
                spaced = True
                drawn = drawn or not _is_generated(objects.handle, at)
                continue
            glyph = _single(at, sign, spaced, drawn, objects)
            if glyph is not None:
                yield glyph
                spaced = drawn = False


def _paired(high: str, sign: str) -> str:
    """One character of two halves (UTF-16), where PDFium counts these."""
    return (high + sign).encode("utf-16", "surrogatepass").decode("utf-16", "replace") if high else sign


def _whole(number: int, text: str, spaced: bool, drawn: bool, objects: TextObjects) -> Glyph | None:
    """A word at once, where its letters belong to one object and stand as wide as they are; else None."""
    address = _object_of(objects.handle, number)
    last = number + len(text) - 1
    if not address or _object_of(objects.handle, last) != address:
        return None
    turn, style = objects.look(address, number)
    first, end = objects.box(number), objects.box(last)
    box = (min(first[0], end[0]), min(first[1], end[1]), max(first[2], end[2]), max(first[3], end[3]))
    level = _LEVEL * style.size
    if turn == 0 and abs(first[3] - end[3]) < level:
        extent = end[2] - first[0]
    elif turn == 90 and abs(first[0] - end[0]) < level:
        extent = end[3] - first[1]
    else:
        return None
    widths = tuple(
        [
            objects.width(address, at, char, style.size, down=turn == 90)
            for at, char in enumerate(text, number)
        ]
    )
    set_width = sum(widths) * style.size
    if min(widths) < 0 or abs(extent - set_width) > _WIDTH_OFF * set_width or set_width <= 0:
        return None
    return Glyph(number, text, box, address, spaced, drawn, widths)


def _single(number: int, sign: str, spaced: bool, drawn: bool, objects: TextObjects) -> Glyph | None:
    address = _object_of(objects.handle, number)
    text = sign if "!" <= sign <= "~" else _meaning(sign, number, address, objects) if address else ""
    return Glyph(number, text, objects.box(number), address, spaced, drawn) if text.strip() else None


def _meaning(sign: str, number: int, address: int, objects: TextObjects) -> str:
    """What a character means; nothing for what is not seen."""
    if sign in _HYPHENS:
        return "-"
    if objects.means_nothing(address, number, ord(sign)):
        return UNMAPPED
    return plain_text(sign)


def _visible(glyphs: list[Glyph], sheet: Sheet) -> list[Glyph]:
    """Those inside the part of the page that is shown; all where that leaves next to nothing of them."""
    width, height = sheet.size
    inside = [
        one
        for one in glyphs
        if one.box[2] > 0 and one.box[3] > 0 and one.box[0] < width and one.box[1] < height
    ]
    return inside if len(inside) >= _MOSTLY_SHOWN * len(glyphs) else glyphs


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
