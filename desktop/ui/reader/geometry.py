"""Where stretches of text are on the page, in document coordinates and logical pixels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextDocument, QTextLine

_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc]")
_ASCENT, _DESCENT = 0.93, 0.34  # of a box around letters, in sizes: the same for every fallback font


@dataclass(frozen=True, slots=True)
class Run:
    """One unbroken stretch on one line.

    Attributes:
        pixels: Size of the text, for boxes that fit it.
    """

    left: float
    right: float
    baseline: float
    pixels: int

    def box(self, ratio: float) -> QRectF:
        """Around the letters, on whole device pixels: crisp, and several times faster to fill."""
        edges = (
            self.left - 1,
            self.baseline - _ASCENT * self.pixels,
            self.right + 1,
            self.baseline + _DESCENT * self.pixels,
        )
        left, top, right, bottom = (round(edge * ratio) / ratio for edge in edges)
        return QRectF(left, top, right - left, bottom - top)


def runs(document: QTextDocument, start: int, end: int) -> Iterator[Run]:
    """The runs between two positions, line by line from top to bottom.

    White space at the end of a line is left out. A line of mixed direction gives several runs.
    """
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        yield from _block_runs(document, block, start - block.position(), end - block.position())
        block = block.next()


def block_box(document: QTextDocument, block: QTextBlock) -> QRectF:
    """Around all lines of a paragraph, without its margins; lays it out if need be."""
    box = document.documentLayout().blockBoundingRect(block)
    shape = block.blockFormat()
    if shape.lineHeightType() == _FIXED:  # Qt counts the last line at its natural height
        box.setHeight(block.layout().lineCount() * shape.lineHeight())
    return box


def caret(document: QTextDocument, position: int) -> Run:
    """A run without width where the text cursor stands."""
    block = document.findBlock(position)
    box = block_box(document, block)
    line = block.layout().lineForTextPosition(position - block.position())
    pixels = block.charFormat().font().pixelSize()
    if not line.isValid():
        return Run(box.left(), box.left(), box.bottom(), max(pixels, 1))
    x = box.left() + _x(line, position - block.position())
    return Run(x, x, box.top() + line.y() + line.ascent(), max(pixels, 1))


def line_top(document: QTextDocument, position: int) -> float:
    """The upper edge of the line that holds a position."""
    block = document.findBlock(position)
    box = block_box(document, block)
    line = block.layout().lineForTextPosition(position - block.position())
    return box.top() + (line.y() if line.isValid() else 0)


def _block_runs(document: QTextDocument, block: QTextBlock, start: int, end: int) -> Iterator[Run]:
    text = block.text()
    units = text if text.isascii() else _by_units(text)
    start, end = max(0, start), min(block.length() - 1, end)
    if start >= end:
        return
    box, layout = block_box(document, block), block.layout()
    mixed = _RIGHT_TO_LEFT.search(text) is not None
    pixels = block.charFormat().font().pixelSize()
    number = layout.lineForTextPosition(start).lineNumber()
    while 0 <= number < layout.lineCount():
        line = layout.lineAt(number)
        first, last = line.textStart(), line.textStart() + line.textLength()
        if first >= end:
            return
        stop = first + len(units[first : min(end, last)].rstrip())
        baseline = box.top() + line.y() + line.ascent()
        for left, right in _stretches(line, max(start, first), stop, mixed=mixed):
            yield Run(box.left() + left, box.left() + right, baseline, pixels)
        number += 1


def _by_units(text: str) -> str:
    """One character a UTF-16 unit, so that Qt's offsets can slice it; spaces stay spaces."""
    if max(text, default="") <= "\uffff":
        return text
    return "".join("xx" if char > "\uffff" else char for char in text)


def _stretches(line: QTextLine, start: int, end: int, *, mixed: bool) -> list[tuple[float, float]]:
    if start >= end:
        return []
    if not mixed:
        left, right = _x(line, start), _x(line, end)
        return [(left, right)] if right > left else []
    glyphs = [run.boundingRect() for run in line.glyphRuns(start, end - start)]
    return _joined([(box.left(), box.right()) for box in glyphs])


def _joined(edges: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for left, right in sorted(edges):
        if right <= left:
            continue
        if found and left <= found[-1][1] + 0.5:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _x(line: QTextLine, at: int) -> float:
    if at == line.textStart() and line.x() < 0:
        return line.x()  # cursorToX never answers left of 0, where hanging quotes begin
    return float(line.cursorToX(at)[0])  # type: ignore[index]
