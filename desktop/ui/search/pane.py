"""The place of the results: a heading, the list, and what to try when nothing was found."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from desktop.ui.paint import Paragraph, chip, chip_width, line, paragraph, rounded, text_width
from desktop.ui.painted import Look, Painted, hairline, prepare
from desktop.ui.search.facets import FacetPane
from desktop.ui.search.results import Answer, ArticleHead, HitRow, ResultModel, Row
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS
from desktop.ui.wording import counted

if TYPE_CHECKING:
    from desktop.core.searching import SearchHit, SearchResult

_LEFT = 48  # where the hits' boxes begin
_ROOM = 900  # from this width on the facets stand beside the hits
_WIDEST = 920  # pixels; longer lines are hard to follow


class ResultPane(QFrame):
    """Hits grouped under their articles.

    Signals:
        hit_chosen: The person wants to see this ``SearchHit`` in its article.
        article_chosen: The heading of this article id was chosen.
        query_wanted: A facet was chosen; the query that goes with it.
    """

    hit_chosen = Signal(object)
    article_chosen = Signal(str)
    query_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.model = ResultModel(self)
        self.view = ResultView(theme, self.model)
        self._heading, self._note = QLabel(), QLabel()
        self._heading.setProperty("role", "title")
        self._note.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(8)
        head.addWidget(self._heading)
        head.addWidget(self._note, 1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self.view, 1)
        self.facets, self._edge = FacetPane(theme), hairline("vline")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.facets)
        row.addWidget(self._edge)
        row.addLayout(column, 1)
        self._choices = False
        self.facets.query_wanted.connect(self.query_wanted)
        self.view.activated.connect(self._open)
        self.view.clicked.connect(self._open)

    def show_answer(self, answer: Answer) -> None:
        result = answer.result
        self.model.show(answer)
        where = f" in {counted(result.articles, 'article', 'articles')}" if result.articles else ""
        self._heading.setText(f"{counted(result.total, 'hit', 'hits')}{where}")
        self._note.setText("best first · Enter opens" if result.total else "")
        self.view.nothing = result if not result.total else None
        if not answer.offset:
            self.view.scrollToTop()
            self._choices = self.facets.show_facets(result.facets, result.query)
            self._fold()

    def clear(self) -> None:
        self.model.clear()
        self.view.nothing = None

    def first_hit(self) -> "SearchHit | None":
        hits = self.model.hits()
        return hits[0] if hits else None

    def focus(self) -> None:
        """Give the list the keyboard, on its first hit."""
        self.view.setFocus()
        if not self.view.currentIndex().isValid() and self.model.rowCount() > 1:
            self.view.setCurrentIndex(self.model.index(1, 0))

    def _fold(self) -> None:
        """Facets need room, and something to choose between."""
        shown = self._choices and self.width() >= _ROOM
        self.facets.setVisible(shown)
        self._edge.setVisible(shown)

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if isinstance(row, HitRow):
            self.hit_chosen.emit(row.hit)
        elif row is not None:
            self.article_chosen.emit(row.article_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()


class ResultView(QListView):
    """The list; says what to try when it is empty."""

    def __init__(self, theme: Theme, model: ResultModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.nothing: SearchResult | None = None
        prepare(self)
        self.setAccessibleName("Results")
        self.setItemDelegate(ResultDelegate(theme, self))
        self.setModel(model)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.nothing is not None:
            with QPainter(self.viewport()) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._say_nothing(painter, self.nothing)

    def _say_nothing(self, painter: QPainter, result: "SearchResult") -> None:
        theme, width, y = self._theme, min(self.viewport().width() - 2 * _LEFT, 560), 64.0
        title = paragraph(f"Nothing for “{result.query}”", width, theme.font(20, 700, serif=True), lines=2)
        title.draw(painter, _LEFT, y, theme.color("text"))
        y += title.height + 12
        for words in advice(result):
            body = paragraph(words, width - 20, theme.font(13), lines=4)
            rounded(painter, QRectF(_LEFT + 2, y + 7, 5, 5), theme.color("accent"), None, 2.5)
            body.draw(painter, _LEFT + 20, y, theme.color("muted"))
            y += body.height + 8

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands in this window."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.viewport().update()


def advice(result: "SearchResult") -> list[str]:
    """What a person could try after a search without hits."""
    tips = [result.hint] if result.hint else []
    if result.indexed < result.records:
        behind = result.records - result.indexed
        tips.append(
            f"The index is still being built: {counted(behind, 'record is', 'records are')} missing yet."
        )
    query = result.query
    if ":" in query:
        tips.append("Take out one of the fields: each one narrows the search further.")
    if len(query.split()) > 1:
        tips.append("Use fewer words, or put OR between them: without it all of them must occur.")
    if "*" not in query:
        tips.append("Write the beginning of a word and a star, e.g. паром*, to find every continuation.")
    return [*tips, "A tilde finds slips of the pen: Зеленский~ also finds Зеленський."]


class ResultDelegate(Painted):
    """A heading of 44 pixels; a hit as a box with its snippet of at most two lines."""

    def height(self, item: Row, width: int) -> int:
        if isinstance(item, ArticleHead):
            return 44
        snippet = self._snippet(item, width)
        return round(self._top(item) + snippet.height + 16)

    def draw(self, painter: QPainter, box: QRectF, item: Row, look: Look) -> None:
        if isinstance(item, ArticleHead):
            self._head(painter, box, item, look)
        else:
            self._hit(painter, box, item, look)

    def _head(self, painter: QPainter, box: QRectF, item: ArticleHead, look: Look) -> None:
        theme, y = self.theme, box.y() + 16
        right = min(box.right() - 24, float(_LEFT + _WIDEST))
        theme.draw_icon(painter, "file-text", 24, y + 4, 16, "accent" if look.chosen else "muted")
        count = counted(item.hits, "hit", "hits")
        taken = text_width(count, theme.font(12))
        line(painter, QRectF(right - taken, y, taken + 1, 24), count, theme.font(12), theme.color("muted"))
        facts = text_width(item.facts, theme.font(12))
        room = right - _LEFT - taken - 24
        token = "accent" if look.chosen or look.hovered else "text"
        title = QRectF(_LEFT, y, max(room - min(facts + 12, room / 2), 40), 24)
        used = line(painter, title, item.title, theme.font(16, 700, serif=True), theme.color(token))
        beside = QRectF(_LEFT + used + 12, y + 1, max(room - used - 12, 0), 24)
        line(painter, beside, item.facts, theme.font(12), theme.color("muted"))

    def _hit(self, painter: QPainter, box: QRectF, item: HitRow, look: Look) -> None:
        theme, kind = self.theme, item.hit.kind
        body = QRectF(_LEFT, box.y(), self._body_width(box.width()), box.height() - 6)
        ground = "chosen" if look.chosen else "hover" if look.hovered else "raised"
        rounded(painter, body, theme.color(ground), theme.color("accent" if look.chosen else "line"), 8)
        glyph = GLYPHS.get(kind, "file-text")
        theme.draw_icon(painter, glyph, body.x() + 12, body.y() + 12, 14, kind if kind in GLYPHS else "muted")
        if self._top(item) > 10:
            who = item.speaker or kind.capitalize()
            name = QRectF(body.x() + 36, body.y() + 9, body.width() - 180, 20)
            line(painter, name, who, theme.font(12, 600), theme.color("text"))
        if item.verdict:
            width = chip_width(theme, item.verdict, glyph=GLYPHS[item.verdict])
            at = body.right() - width - 10
            chip(
                painter, theme, at, body.y() + 9, item.verdict, token=item.verdict, glyph=GLYPHS[item.verdict]
            )
        snippet = self._snippet(item, round(box.width()))
        snippet.draw(painter, body.x() + 36, body.y() + self._top(item), theme.color("text"))

    def _top(self, item: HitRow) -> int:
        """Where the snippet begins: below the speaker's line, where there is one."""
        return 10 if item.hit.kind == "article" else 32

    def _body_width(self, width: float) -> float:
        return min(width - _LEFT - 24, float(_WIDEST))

    def _snippet(self, item: HitRow, width: int) -> Paragraph:
        ground = self.theme.color("text", 0.13 if self.theme.dark else 0.1)
        snippet = item.hit.snippet
        return paragraph(
            snippet.text,
            self._body_width(width) - 52,
            self.theme.font(15, serif=True),
            lines=3,
            leading=1.45,
            hits=snippet.matches,
            hit_ground=ground,
        )
