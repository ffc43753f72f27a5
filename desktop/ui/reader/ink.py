"""How a mark, a hit and the selection look on their boxes: the same on the text and on pages."""

import math
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.ui import paint
from desktop.ui.reader.marks import Mark, Stretch
from desktop.ui.tokens import TINT

EDGE, LANE = 1.5, 3.0  # thickness of a mark's lower edge; distance of stacked edges
DEEPEST = 3  # lanes with a fill of their own; deeper ones keep their edge only


class Colours(Protocol):
    """What ink is mixed from; the theme, or what stands for it on white paper."""

    @property
    def dark(self) -> bool: ...
    def color(self, token: str, alpha: float = 1.0) -> QColor: ...
    def tint(self, token: str, strength: float | None = None) -> QColor: ...


class Ink:
    """Draws with one painter; boxes are on whole device pixels."""

    def __init__(self, painter: QPainter, colours: Colours, ratio: float, focused: str | None) -> None:
        self._painter, self._colours, self._ratio = painter, colours, ratio
        self._focused = focused

    def token(self, mark: Mark) -> str:
        return "accent" if mark.id == self._focused else mark.token

    def fill(self, box: QRectF, stretch: Stretch) -> None:
        mark = stretch.mark
        if not mark.sure:
            self._doubt(box, self.token(mark))
        elif stretch.lane < DEEPEST:
            strength = TINT[self._colours.dark] * (0.55 if stretch.lane else 1)
            self._painter.fillRect(box, self._colours.tint(self.token(mark), strength))

    def _doubt(self, box: QRectF, token: str) -> None:
        """An outline instead of a fill: these may not be the words that were marked."""
        pen = QPen(self._colours.color(token, 0.75), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 3])
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def edge(self, box: QRectF, stretch: Stretch) -> None:
        """Kinds differ by line as well as by colour: a band, a line, dashes, dots."""
        thick = math.ceil(EDGE * self._ratio) / self._ratio
        top = round((box.bottom() - thick + min(stretch.lane, 2) * LANE) * self._ratio) / self._ratio
        color, kind = self._colours.color(self.token(stretch.mark)), stretch.mark.kind
        if kind in ("highlight", "quote"):
            band = thick if kind == "highlight" else 0
            heavier = 0.5 if stretch.mark.id == self._focused else 0
            self._painter.fillRect(QRectF(box.x(), top - band, box.width(), thick + band + heavier), color)
            return
        dash, gap = (6.0, 3.0) if kind == "claim" else (thick, 2.5)
        pen = QPen(color, thick, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([dash / thick, gap / thick])
        self._painter.setPen(pen)
        middle = top + thick / 2
        self._painter.drawLine(QPointF(box.x(), middle), QPointF(box.right(), middle))

    def hit(self, box: QRectF, *, current: bool) -> None:
        edge = self._colours.color("accent") if current else self._colours.color("text", 0.38)
        fill = self._colours.color("accent", 0.14) if current else self._colours.color("text", 0.06)
        paint.rounded(self._painter, box, fill, edge, 3)

    def selection(self, box: QRectF) -> None:
        paint.rounded(self._painter, box, self._colours.color("selection"), None, 2)
