"""The small bar beside a selection: H Q C N T, each with its glyph and its key printed."""

from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGraphicsDropShadowEffect, QHBoxLayout, QWidget

from desktop.ui import paint
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS, KINDS

CELL, HEIGHT = 52, 36
KEYS = {"highlight": "H", "quote": "Q", "claim": "C", "note": "N", "tag": "T"}


def place_bar(lines: list[QRect], size: QSize, bounds: QRect, gap: int = 6) -> QPoint | None:
    """Where a bar of ``size`` goes beside the selected ``lines``, all within ``bounds``.

    Above the first selected line in view, else below the last one; None where neither has room.
    The bar never covers a selected line and never leaves ``bounds``.
    """
    seen = [one for one in lines if one.intersects(bounds)]
    if not seen or size.width() > bounds.width():
        return None
    first = min(seen, key=lambda one: one.top())
    last = max(seen, key=lambda one: one.bottom())
    for line, y in ((first, first.top() - gap - size.height()), (last, last.bottom() + 1 + gap)):
        x = max(bounds.left(), min(line.center().x() - size.width() // 2, bounds.right() + 1 - size.width()))
        spot = QRect(QPoint(x, y), size)
        if bounds.contains(spot) and not any(spot.intersects(one) for one in seen):
            return spot.topLeft()
    return None


class MarkBar(QWidget):
    """Five buttons that never take the focus, so that the selection stays.

    Signals:
        chosen: A kind of mark, or ``tag``.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._floating = True
        self.setFixedSize(len(KEYS) * CELL + 8, HEIGHT)
        self.setAccessibleName(self.tr("Mark the selection"))
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(0)
        titles = {
            "highlight": self.tr("Highlight"),
            "quote": self.tr("Quote"),
            "claim": self.tr("Claim"),
            "note": self.tr("Note"),
            "tag": self.tr("Tag"),
        }
        for name, key in KEYS.items():
            button = MarkButton(theme, name, key, titles[name], self)
            button.clicked.connect(partial(self._choose, name))
            row.addWidget(button)
        self.set_floating(floating=True)

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.chosen.emit(name)

    def set_floating(self, *, floating: bool) -> None:
        """Floating it has a frame and a shadow; docked it lies flat in the header."""
        self._floating = floating
        shadow = QGraphicsDropShadowEffect(self, blurRadius=16)
        shadow.setOffset(0, 3)
        shadow.setColor(QColor(0, 0, 0, 150 if self._theme.dark else 48))
        self.setGraphicsEffect(shadow if floating else None)  # type: ignore[arg-type]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._floating:
            edge = self._theme.color("strong-line")
            paint.rounded(painter, QRectF(self.rect()), self._theme.color("raised"), edge, 8)
        for number in range(1, len(KEYS)):
            painter.fillRect(QRectF(4 + number * CELL, 10, 1, 16), self._theme.color("line"))
        painter.end()


class MarkButton(QAbstractButton):
    """A glyph and a key."""

    def __init__(self, theme: Theme, name: str, key: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._key = key
        self.setFixedSize(CELL, HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        self.setToolTip(f"{title}  {key}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            inner = QRectF(self.rect()).adjusted(3, 4, -2, -4)
            paint.rounded(painter, inner, self._theme.color("hover"), None, 5)
        token = self._name if self._name in KINDS else "muted"
        self._theme.draw_icon(painter, GLYPHS.get(self._name, "tag"), 10, 10, 16, token)
        font = self._theme.font(11, 600)
        paint.line(painter, QRectF(32, 0, 18, HEIGHT), self._key, font, self._theme.color("muted"))
        painter.end()
