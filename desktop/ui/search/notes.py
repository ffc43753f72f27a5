"""What there is to say about an answer above its rows: did you mean, and how far the index is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.wording import counted, thousands

if TYPE_CHECKING:
    from desktop.core.searching import Proposal, SearchResult

_MOST = 3  # proposals side by side
_LONGEST = 40  # characters of a proposal's label
_REASONS = {
    "spelling": ("Did you mean", "A spelling that the archive knows"),
    "layout": ("Typed on another keyboard layout?", "The same keys on another keyboard layout"),
    "script": ("Written in another script?", "The same name in another script"),
}


class Link(QPushButton):
    """Words that can be clicked, or reached with Tab."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class SearchNotes(QFrame):
    """One line for better queries, one for an index that is behind; no room where there is neither.

    Signals:
        query_wanted: A proposal was taken: this query line.
        top_wanted: Show what came to stand above.
    """

    query_wanted = Signal(str)
    top_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._proposals: Sequence[Proposal] = ()
        self.links: list[Link] = []
        self._better, self._behind = QWidget(), QWidget()
        self._better_row = _row(self._better)
        behind = _row(self._behind)
        self._glyph, self._words, self.above = QLabel(), QLabel(), Link("")
        self._words.setProperty("role", "muted")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        for widget in (self._glyph, self._words, self.above):
            behind.addWidget(widget)
        behind.addStretch(1)
        self.above.clicked.connect(self.top_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(0)
        column.addWidget(self._better)
        column.addWidget(self._behind)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    @property
    def words(self) -> str:
        """What is told about the index."""
        return self._words.text() if not self._behind.isHidden() else ""

    @property
    def best(self) -> "Proposal | None":
        return self._proposals[0] if self._proposals else None

    def show_result(self, result: "SearchResult | None", above: int = 0) -> None:
        """Tell about this answer; ``above``: how many rows of it came to stand over what is in sight."""
        self._show_proposals(result.proposals if result is not None else ())
        behind = result is not None and result.indexed < result.records
        if result is not None and behind:
            self._words.setText(behind_words(result))
        self.above.setText(f"{counted(above, 'new row', 'new rows')} above")
        self.above.setVisible(bool(above))
        self._glyph.setVisible(behind)
        self._words.setVisible(behind)
        self._behind.setVisible(behind or bool(above))
        self.setVisible(behind or bool(above) or bool(self._proposals))

    def take_best(self) -> bool:
        """Search for the first proposal; False where there is none."""
        if self.best is None:
            return False
        self.query_wanted.emit(self.best.query)
        return True

    def _show_proposals(self, proposals: "Sequence[Proposal]") -> None:
        if tuple(proposals[:_MOST]) == tuple(self._proposals):
            return
        self._proposals, self.links = tuple(proposals[:_MOST]), []
        while (item := self._better_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        before = ""
        for one in self._proposals:
            intro, why = _REASONS.get(one.reason, _REASONS["spelling"])
            if intro != before:
                self._better_row.addWidget(_muted(intro))
            before = intro
            link = Link(_short(one.words or one.query))
            link.setToolTip(f"{why}: {one.query}")
            link.setAccessibleName(f"{intro}: {one.query}")
            link.clicked.connect(lambda _=False, query=one.query: self.query_wanted.emit(query))
            self.links.append(link)
            self._better_row.addWidget(link)
        if self._proposals:
            self._better_row.addWidget(_muted("Alt+Enter takes the first"))
        self._better_row.addStretch(1)
        self._better.setVisible(bool(self._proposals))

    def _tint(self) -> None:
        self._glyph.setPixmap(self._theme.pixmap("refresh-cw", "muted", 14, self.devicePixelRatioF()))


def behind_words(result: "SearchResult") -> str:
    """How far the index is, and what that means."""
    if not result.indexed:
        return (
            f"The index of {counted(result.records, 'record', 'records')} is being built; more will be found."
        )
    return f"{thousands(result.indexed)} of {thousands(result.records)} records indexed; more may be found."


def _row(holder: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 2, 0, 2)
    row.setSpacing(8)
    return row


def _muted(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "muted")
    return label


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
