"""A row of the library: title; outlet, date, language and how many marks."""

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView

from desktop.core.records import ArticleRow, ReadState
from desktop.ui.library.model import ArticleModel, title_words
from desktop.ui.paint import badge, line, rounded, text_width
from desktop.ui.painted import Look, Painted
from desktop.ui.tokens import GLYPHS, KINDS
from desktop.ui.wording import short_date

ROW = 60
_LEAST = 24  # of an outlet's name; of less nothing could be read
_WIDE = 336  # from here on there is room for all four counts
_COUNTED = ("quote", "claim")  # what a narrow row keeps


class ArticleDelegate(Painted):
    """Two lines in 60 pixels. The outlet gives way, the date never."""

    def height(self, _item: Any, _width: int) -> int:
        return ROW

    def draw(self, painter: QPainter, box: QRectF, item: ArticleRow, look: Look) -> None:
        self._ground(painter, box, look)
        unread = item.read_state is ReadState.UNREAD
        if unread:
            rounded(painter, QRectF(5, box.y() + 17, 7, 7), self.theme.color("accent"), None, 3.5)
        strong = unread or look.chosen
        font = self.theme.font(13, 600 if strong else 400, italic=not item.title)
        title = QRectF(16, box.y() + 10, box.width() - 32, 20)
        line(painter, title, title_words(item), font, self.theme.color("text" if item.title else "muted"))
        self._facts(painter, QRectF(16, box.y() + 32, box.width() - 32, 18), item)

    def draw_empty(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Two quiet bars where the words will stand."""
        self._ground(painter, box, look)
        for y, share in ((14, 0.7), (36, 0.45)):
            bar = QRectF(16, box.y() + y, (box.width() - 32) * share, 10)
            rounded(painter, bar, self.theme.color("line"), None, 3)

    def _ground(self, painter: QPainter, box: QRectF, look: Look) -> None:
        if look.chosen or look.hovered:
            token = "chosen" if look.chosen else "hover"
            painter.fillRect(box.adjusted(0, 0, 0, -1), self.theme.color(token))
        if look.chosen:
            painter.fillRect(QRectF(box.x(), box.y(), 3, box.height() - 1), self.theme.color("accent"))
        hair = QRectF(16, box.bottom() - 1, box.width() - 16, 1)
        painter.fillRect(hair, self.theme.color("line"))

    def _facts(self, painter: QPainter, box: QRectF, item: ArticleRow) -> None:
        right, font, muted = box.right(), self.theme.font(12), self.theme.color("muted")
        counts = dict(zip(KINDS, (item.highlights, item.quotes, item.claims, item.notes), strict=True))
        for kind in reversed(KINDS):
            if counts[kind] and (box.width() + 32 > _WIDE or kind in _COUNTED):
                right = badge(painter, self.theme, right, box.y() + 1, GLYPHS[kind], counts[kind], kind)
        right = self._remark(painter, right, box.y(), item.id)
        date = short_date(item.published_at) or "no date"
        guess = "≈ " if item.date_is_guess and item.published_at else ""
        rest = "".join(f"  ·  {fact}" for fact in (f"{guess}{date}", item.language) if fact)
        width = text_width(rest, font)
        outlet = QRectF(box.x(), box.y(), max(0.0, right - 8 - width - box.x()), box.height())
        used = 0.0
        if outlet.width() >= _LEAST:
            used = line(painter, outlet, item.publisher or "no outlet", font, muted)
        else:
            rest = rest.removeprefix("  ·  ")
        line(painter, QRectF(box.x() + used, box.y(), width + 2, box.height()), rest, font, muted)

    def _remark(self, painter: QPainter, right: float, y: float, article_id: str) -> float:
        """What the list says of this article, at the right; returns where it begins."""
        view = self.parent()
        model = view.model() if isinstance(view, QAbstractItemView) else None
        words = model.remark(article_id) if isinstance(model, ArticleModel) else ""
        if not words:
            return right
        font = self.theme.font(12, 600)
        width = text_width(words, font)
        line(painter, QRectF(right - width, y, width + 2, 18), words, font, self.theme.color("accent"))
        return right - width - 10
