"""Small painting words that every delegate shares; all lengths in logical pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from desktop.core.offsets import Utf16Map
from desktop.ui.theme import Theme


def reads_leftwards(text: str) -> bool:
    """Its first letter is of a right-to-left script."""
    kinds = (bidirectional(char) for char in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def text_width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def line(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """One line, centred in height and elided at its end; returns the width it took."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    if shown != text and reads_leftwards(shown):
        shown += "\u200f"  # the dots belong to the end of the words, which is at the left
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(box, int(align | Qt.AlignmentFlag.AlignVCenter), shown)
    return metrics.horizontalAdvance(shown)


@dataclass(frozen=True)
class Paragraph:
    """Wrapped text that has been laid out; measure it without a painter, then paint it."""

    layout: QTextLayout
    lines: int
    step: float
    cut: str
    width: float

    @property
    def height(self) -> float:
        return self.lines * self.step

    def draw(self, painter: QPainter, x: float, y: float, color: QColor) -> None:
        painter.setPen(color)
        for number in range(self.lines):
            if self.cut and number == self.lines - 1:
                box = QRectF(x, y + number * self.step, self.width, self.step)
                line(painter, box, self.cut, self.layout.font(), color, _side(self.layout.text()))
            else:
                self.layout.lineAt(number).draw(painter, QPointF(x, y))


def paragraph(
    text: str,
    width: float,
    font: QFont,
    *,
    lines: int = 99,
    leading: float = 1.4,
    hits: Sequence[tuple[int, int]] = (),
    hit_ground: QColor | None = None,
) -> Paragraph:
    """Lay out wrapped text; the last allowed line is elided. A line separator (U+2028) breaks a line.

    Args:
        hits: (start, end) in code points, shown bold on ``hit_ground``.
    """
    layout = QTextLayout(text.replace("\n", " "), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # addresses have no spaces
    option.setAlignment(_side(text))
    layout.setTextOption(option)
    layout.setFormats(_hit_formats(text, hits, hit_ground))
    step = round(font.pixelSize() * leading)
    layout.beginLayout()
    while (row := layout.createLine()).isValid():
        row.setLineWidth(width)
        number = layout.lineCount() - 1
        row.setPosition(QPointF(0, number * step + (step - row.height()) / 2))
    layout.endLayout()
    shown = min(lines, layout.lineCount())
    cut = ""
    if layout.lineCount() > shown:
        cut = (
            layout.text()
            .encode("utf-16-le")[layout.lineAt(shown - 1).textStart() * 2 :]
            .decode("utf-16-le", "ignore")
            .replace("\u2028", " ")
        )
    return Paragraph(layout, shown, step, cut, width)


def _side(text: str) -> Qt.AlignmentFlag:
    """Where lines begin: at the right in right-to-left scripts."""
    return Qt.AlignmentFlag.AlignRight if reads_leftwards(text) else Qt.AlignmentFlag.AlignLeft


def _hit_formats(
    text: str, hits: Sequence[tuple[int, int]], ground: QColor | None
) -> list[QTextLayout.FormatRange]:
    if not hits:
        return []
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    if ground is not None:
        bold.setBackground(QBrush(ground))
    units, formats = Utf16Map(text), []
    for start, end in hits:
        span = QTextLayout.FormatRange()
        span.start = units.to_units(start)
        span.length = units.to_units(end) - span.start
        span.format = bold
        formats.append(span)
    return formats


def rounded(
    painter: QPainter, box: QRectF, fill: QColor | None = None, edge: QColor | None = None, radius: float = 6
) -> None:
    """Filled, hairlined, or both; the hairline sits on whole device pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QBrush(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, 1) if edge is not None else QPen(Qt.PenStyle.NoPen))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if edge is not None else box, radius, radius)
    painter.restore()


def chip_width(theme: Theme, label: str, *, glyph: str = "", dot: str = "") -> float:
    return round(16 + text_width(label, theme.font(11, 600)) + (16 if glyph else 0) + (12 if dot else 0))


def chip(
    painter: QPainter,
    theme: Theme,
    x: float,
    y: float,
    label: str,
    *,
    token: str = "",
    glyph: str = "",
    dot: str = "",
    max_width: float = 10_000,
) -> float:
    """A pill of 20 pixels' height; returns its width.

    Args:
        token: Tints body and words; without it the body is neutral.
        dot: A token for a coloured dot before the words, as tags have it.
        max_width: A longer label is elided.
    """
    width = min(max_width, chip_width(theme, label, glyph=glyph, dot=dot))
    body = theme.chip_fill(token) if token else theme.color("text", 0.09 if theme.dark else 0.06)
    rounded(painter, QRectF(x, y, width, 20), body, None, 10)
    at = x + 8
    if dot:
        rounded(painter, QRectF(at - 1, y + 6.5, 7, 7), theme.color(dot), None, 3.5)
        at += 11
    if glyph:
        theme.draw_icon(painter, glyph, at - 2, y + 4, 12, token or "muted")
        at += 14
    line(
        painter,
        QRectF(at, y, x + width - 7 - at, 20),
        label,
        theme.font(11, 600),
        theme.ink(token) if token else theme.color("text"),
    )
    return width


def badge(
    painter: QPainter, theme: Theme, right: float, y: float, glyph: str, count: int, token: str
) -> float:
    """A tinted glyph with its number, its right edge at ``right``; returns the next right edge."""
    label, font = str(count), theme.font(11, 600)
    width = text_width(label, font)
    line(painter, QRectF(right - width, y, width + 1, 16), label, font, theme.ink(token))
    theme.draw_icon(painter, glyph, right - width - 15, y + 2, 12, token)
    return right - width - 23
