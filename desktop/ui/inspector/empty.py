"""What the column says when there is nothing to list: which keys make a mark."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.paint import line, paragraph, rounded
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS
from desktop.ui.words import name_of

KEYS = (("H", "highlight"), ("Q", "quote"), ("C", "claim"), ("N", "note"))


class EmptyState(QWidget):
    """Painted, not pressed: the keys act in the reader."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._article_open = theme, False
        self.set_article_open(is_open=False)
        theme.changed.connect(self.update)

    def set_article_open(self, *, is_open: bool) -> None:
        self._article_open = is_open
        self.setAccessibleName(f"{self._title()}. {self._hint()}")
        self.update()

    def _title(self) -> str:
        return self.tr("No marks yet") if self._article_open else self.tr("No article open")

    def _hint(self) -> str:
        if self._article_open:
            return self.tr("Select words, then H, Q, C or N.")
        return self.tr("Choose an article. Then select words in it, and press H, Q, C or N.")

    # Qt's own names from here on.

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        x, room = 24.0, self.width() - 48.0
        y = max(24.0, self.height() * 0.18)
        title = QRectF(x, y, room, 22)
        line(painter, title, self._title(), theme.font(14, 600), theme.color("text"))
        hint = paragraph(self._hint(), room, theme.font(13), leading=1.5)
        hint.draw(painter, x, y + 28, theme.color("muted"))
        y += 28 + hint.height + 16
        for key, kind in KEYS:
            self._paint_key(painter, x, y, key, kind)
            y += 32
        painter.end()

    def _paint_key(self, painter: QPainter, x: float, y: float, key: str, kind: str) -> None:
        theme = self._theme
        cap = QRectF(x, y, 24, 24)
        rounded(painter, cap, theme.color("raised"), theme.color("strong-line"), 5)
        center = Qt.AlignmentFlag.AlignHCenter
        line(painter, cap, key, theme.font(12, 600), theme.color("text"), center)
        theme.draw_icon(painter, GLYPHS[kind], x + 36, y + 4, 16, kind)
        place = QRectF(x + 60, y, self.width() - x - 72, 24)
        line(painter, place, name_of(kind), theme.font(13), theme.color("text"))
