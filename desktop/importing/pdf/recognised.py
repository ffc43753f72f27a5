"""Words of pictured pages, recognised, as if they had stood on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import mean, median
from typing import Any

import pypdfium2

from desktop.importing import ocr
from desktop.importing.pdf.frames import Frame, Sheet
from desktop.importing.pdf.glyphs import plain_text
from desktop.importing.pdf.lines import Segment, segment
from desktop.importing.pdf.words import Letter, Style, Word, is_wide, make_word

_DOTS_PER_INCH = 300
_MOST_PIXELS = 36_000_000
_LEAST_CONFIDENCE = 20.0  # hundredths: less is a stain that was taken for letters


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on a page.

    Attributes:
        confidence: The mean of its words', in hundredths; 0 without words.
    """

    lines: list[Segment]
    confidence: float


def recognise_page(page: pypdfium2.PdfPage, sheet: Sheet, languages: str) -> tuple[Frame, Recognised]:
    """The words on a picture of the page.

    Raises:
        ocr.RecognisingFailed
    """
    picture, scale = _picture(page)
    found = ocr.recognise(picture, languages)
    words = [word for word in found if word.confidence >= _LEAST_CONFIDENCE]
    lines = list(_lines(words, scale))
    confidence = mean(word.confidence for word in words) if words else 0.0
    return sheet.frame(0), Recognised(lines, confidence)


def _picture(page: pypdfium2.PdfPage) -> tuple[bytes, float]:
    """The page in grey as PGM, and its pixels a point."""
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap: Any = page.render(scale=scale, grayscale=True, may_draw_forms=True, draw_annots=True)
    try:
        rows = memoryview(bitmap.buffer).cast("B")
        body = b"".join(
            bytes(rows[line * bitmap.stride : line * bitmap.stride + bitmap.width])
            for line in range(bitmap.height)
        )
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + body, scale
    finally:
        bitmap.close()


def _lines(words: Sequence[ocr.FoundWord], scale: float) -> Iterator[Segment]:
    grouped = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    heights = [
        (max(word.bottom for word in line) - min(word.top for word in line)) / scale for line in grouped
    ]
    usual = median(heights) if heights else 0.0
    for line, height in zip(grouped, heights, strict=True):
        # The height of a line depends on its letters; only what is much larger is a heading.
        size = usual if height < 1.5 * usual else height
        made = [word for one in line if (word := _word(one, line, scale, size)) is not None]
        for before, after in pairwise(made):
            after.spaced = not _belongs(before.text[-1], after.text[0])
        if made:
            yield segment(made)


def _belongs(before: str, after: str) -> bool:
    """Whether no space stands between two words that Tesseract tells apart."""
    if is_wide(before) and (is_wide(after) or after in ")],.:;!?"):
        return True
    return before in "([" and is_wide(after)


def _word(found: ocr.FoundWord, line: Sequence[ocr.FoundWord], scale: float, size: float) -> Word | None:
    """Its letters share its width evenly; it is as high as its line."""
    texts = [text for char in found.text if (text := plain_text(char).strip())]
    left, right = found.left / scale, found.right / scale
    step = (right - left) / max(len(texts), 1)
    letters: list[Letter] = [
        (text, -1, left + step * index, left + step * (index + 1)) for index, text in enumerate(texts)
    ]
    top = min(word.top for word in line) / scale
    bottom = max(word.bottom for word in line) / scale
    return make_word(letters, top, bottom, Style(round(size * 2) / 2), True) if letters else None
