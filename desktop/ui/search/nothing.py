"""The place of the results when there are none: what was asked, and what to try instead."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.paint import rounded
from desktop.ui.search import narrowing
from desktop.ui.search.notes import Link
from desktop.ui.theme import Theme
from desktop.ui.wording import counted

if TYPE_CHECKING:
    from desktop.core.searching import SearchResult

_LEFT, _WIDTH = 48, 560


class NothingFound(QScrollArea):
    """Signals: query_wanted, a wider query line that a link offers."""

    query_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.links: list[Link] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_result(self, result: "SearchResult") -> None:
        """Say that nothing was found for this."""
        body = QWidget()
        body.setObjectName("page")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(body)
        column.setContentsMargins(_LEFT, 56, 24, 24)
        column.setSpacing(8)
        title = _words(f"Nothing for “{result.query}”")
        title.setFont(self._theme.font(20, 700, serif=True))
        title.setStyleSheet("font-size: 20px;")
        column.addWidget(title)
        column.addSpacing(6)
        self.links = [self._link(words, query) for words, query in wider(result.query)]
        for link in self.links:
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        for tip in advice(result):
            column.addWidget(Tip(self._theme, tip))
        column.addStretch(1)
        self.setWidget(body)

    def _link(self, words: str, query: str) -> Link:
        link = Link(words)
        link.clicked.connect(lambda: self.query_wanted.emit(query))
        return link


class Tip(QLabel):
    """A sentence with a dot before it."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(words)
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMaximumWidth(_WIDTH)
        self.setContentsMargins(18, 0, 0, 0)
        self.setProperty("role", "muted")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            rounded(painter, QRectF(2, 6, 5, 5), self._theme.color("accent"), None, 2.5)


def wider(query: str) -> list[tuple[str, str]]:
    """Queries that ask for less, in words: without one of the conditions, or without all of them."""
    held = narrowing.clauses(query)
    found = [(f"Search without {one}", line) for one in held[:4] if (line := narrowing.without(query, one))]
    bare = narrowing.bare(query)
    if len(held) > 1 and bare:
        found.append((f"Search for {bare} alone", bare))
    return found


def advice(result: "SearchResult") -> list[str]:
    """What a person could try after a search without hits."""
    tips = [result.hint] if result.hint else []
    if result.indexed < result.records:
        behind = result.records - result.indexed
        tips.append(
            f"The index is still being built: {counted(behind, 'record is', 'records are')} missing yet."
        )
    query = result.query
    if len(narrowing.bare(query).split()) > 1:
        tips.append("Use fewer words, or put OR between them: without it all of them must occur.")
    if '"' in query or "«" in query:
        tips.append("Between quotation marks only these very words count; without, all forms of them do.")
    if "*" not in query:
        tips.append("Write the beginning of a word and a star, e.g. паром*, to find every continuation.")
    return [*tips, "A tilde finds slips of the pen: Зеленский~ also finds Зеленський."]


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setMaximumWidth(_WIDTH)
    return label
