"""How a row of the results is painted: heading, passage, mark, and the way to more."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from desktop.ui.paint import (
    Paragraph,
    chip,
    chip_width,
    line,
    paragraph,
    reads_leftwards,
    rounded,
    text_width,
)
from desktop.ui.painted import Look
from desktop.ui.search.results import ArticleHead, HitRow, MoreRow, Row, more_words
from desktop.ui.search.tall_list import Tall
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS
from desktop.ui.wording import counted

LEFT = 48  # where titles, passages and boxes begin
WIDEST = 920  # pixels; longer lines are hard to follow
_KEPT = 200  # paragraphs that have been laid out
_LINES = 6  # of a passage; it has some 280 characters


class ResultDelegate(Tall):
    """A heading with its facts beside or below it, passages as text, marks as boxes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._laid_out: dict[tuple[int, int, bool], tuple[Row, Paragraph]] = {}

    def guess(self, item: object, width: int) -> int:
        if isinstance(item, ArticleHead):
            return 48
        if not isinstance(item, HitRow):
            return 36
        text = item.hit.snippet.text
        wide = 15 if text and ord(text[0]) > 0x2E7F else 7.8  # pixels of a character
        lines = min(_LINES, 1 + int(len(text) * wide / max(self._body(width) - 52, 80)))
        return self._top(item) + lines * 22 + self._below(item)

    def height(self, item: Row, width: int) -> int:
        if isinstance(item, ArticleHead):
            title = self._title(item, width)
            below = 20 if item.facts and not self._beside(item, title) else 0
            return round(18 + title.height + 6 + below)
        if isinstance(item, MoreRow):
            return 36
        return round(self._top(item) + self._passage(item, width).height + self._below(item))

    def draw(self, painter: QPainter, box: QRectF, item: Row, look: Look) -> None:
        if isinstance(item, ArticleHead):
            self._draw_head(painter, box, item, look)
        elif isinstance(item, MoreRow):
            self._draw_more(painter, box, item, look)
        elif item.hit.annotation_id is None:
            self._draw_passage(painter, box, item, look)
        else:
            self._draw_mark(painter, box, item, look)

    # Headings

    def _draw_head(self, painter: QPainter, box: QRectF, item: ArticleHead, look: Look) -> None:
        theme, y, width = self.theme, box.y() + 18, round(box.width())
        theme.draw_icon(painter, "file-text", 20, y + 4, 16, "accent" if look.chosen else "muted")
        right, count = LEFT + self._body(width), counted(item.hits, "hit", "hits")
        taken = text_width(count, theme.font(12))
        where = QRectF(right - taken, y, taken + 1, 24)
        line(painter, where, count, theme.font(12), theme.color("muted"))
        title = self._title(item, width)
        token = "accent" if look.chosen or look.hovered else "text"
        title.draw(painter, LEFT, y, theme.color(token))
        if self._beside(item, title):
            at = LEFT + _used(title) + 12
            place = QRectF(at, y + 1, right - taken - 16 - at, 24)
        else:
            place = QRectF(LEFT, y + title.height, right - LEFT, 20)
        line(painter, place, item.facts, theme.font(12), theme.color("muted"))

    def _title(self, item: ArticleHead, width: int) -> Paragraph:
        room = self._body(width) - text_width(counted(item.hits, "hit", "hits"), self.theme.font(12)) - 16
        return self._kept(
            item,
            width,
            lambda: paragraph(
                item.title,
                max(room, 80),
                self.theme.font(16, 700, serif=True),
                lines=2,
                leading=1.5,
                hits=item.title_hits,
                hit_ground=self._ground(),
            ),
        )

    def _beside(self, item: ArticleHead, title: Paragraph) -> bool:
        """Whether the facts fit beside the title."""
        if title.lines > 1 or reads_leftwards(item.title):
            return False
        return _used(title) + 12 + text_width(item.facts, self.theme.font(12)) <= title.width

    # Hits

    def _draw_passage(self, painter: QPainter, box: QRectF, item: HitRow, look: Look) -> None:
        body = QRectF(LEFT - 10, box.y(), self._body(round(box.width())) + 10, box.height() - 4)
        if look.chosen or look.hovered:
            edge = self.theme.color("accent") if look.chosen else None
            rounded(painter, body, self.theme.color("chosen" if look.chosen else "hover"), edge, 8)
        passage = self._passage(item, round(box.width()))
        passage.draw(painter, LEFT, box.y() + self._top(item), self.theme.color("text"))

    def _draw_mark(self, painter: QPainter, box: QRectF, item: HitRow, look: Look) -> None:
        theme, kind = self.theme, item.hit.kind
        body = QRectF(LEFT, box.y(), self._body(round(box.width())), box.height() - 6)
        ground = "chosen" if look.chosen else "hover" if look.hovered else "raised"
        rounded(painter, body, theme.color(ground), theme.color("accent" if look.chosen else "line"), 8)
        glyph = GLYPHS.get(kind, "file-text")
        theme.draw_icon(painter, glyph, body.x() + 12, body.y() + 12, 14, kind if kind in GLYPHS else "muted")
        room = body.width() - 52
        if item.verdict:
            width = chip_width(theme, item.verdict, glyph=GLYPHS[item.verdict])
            room -= width
            at = body.right() - width - 10
            token = item.verdict
            chip(painter, theme, at, body.y() + 9, token, token=token, glyph=GLYPHS[token])
        name = QRectF(body.x() + 36, body.y() + 9, room, 20)
        line(painter, name, item.speaker or kind.capitalize(), theme.font(12, 600), theme.color("text"))
        passage = self._passage(item, round(box.width()))
        passage.draw(painter, body.x() + 36, body.y() + self._top(item), theme.color("text"))

    def _draw_more(self, painter: QPainter, box: QRectF, item: MoreRow, look: Look) -> None:
        theme = self.theme
        if look.chosen or look.hovered:
            body = QRectF(LEFT - 10, box.y(), self._body(round(box.width())) + 10, box.height() - 6)
            rounded(painter, body, theme.color("chosen" if look.chosen else "hover"), None, 8)
        theme.draw_icon(painter, "chevron-down", LEFT + 12, box.y() + 8, 14, "accent")
        where = QRectF(LEFT + 36, box.y(), self._body(round(box.width())) - 52, box.height() - 6)
        line(painter, where, more_words(item), theme.font(12, 600), theme.color("accent"))

    # Measures

    def _top(self, item: HitRow) -> int:
        """Where the words begin: in a mark below the speaker's line."""
        return 4 if item.hit.annotation_id is None else 32

    def _below(self, item: HitRow) -> int:
        return 10 if item.hit.annotation_id is None else 16

    def _body(self, width: int) -> float:
        return min(width - LEFT - 24, float(WIDEST))

    def _passage(self, item: HitRow, width: int) -> Paragraph:
        snippet, inset = item.hit.snippet, 0 if item.hit.annotation_id is None else 52
        return self._kept(
            item,
            width,
            lambda: paragraph(
                snippet.text,
                max(self._body(width) - inset, 80),
                self.theme.font(15, serif=True),
                lines=_LINES,
                leading=1.45,
                hits=snippet.matches,
                hit_ground=self._ground(),
            ),
        )

    def _ground(self) -> QColor:
        return self.theme.color("text", 0.13 if self.theme.dark else 0.1)

    def _kept(self, item: Row, width: int, make: Callable[[], Paragraph]) -> Paragraph:
        """A row is laid out once for measuring and for every painting; some hundred rows are kept."""
        key = (id(item), width, self.theme.dark)
        known = self._laid_out.get(key)
        if known is not None and known[0] is item:
            return known[1]
        if len(self._laid_out) >= _KEPT:
            self._laid_out.clear()
        made = make()
        self._laid_out[key] = item, made
        return made


def _used(title: Paragraph) -> float:
    """The width that the first line takes."""
    return title.width if title.cut else title.layout.lineAt(0).naturalTextWidth()
