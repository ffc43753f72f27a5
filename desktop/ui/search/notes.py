"""What there is to say about an answer: did you mean, and how far the index is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

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
    """A line of better queries above the rows; no room where there are none.

    Signals:
        query_wanted: A proposal was taken: this query line.
    """

    query_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposals: Sequence[Proposal] = ()
        self.links: list[Link] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 16, 6)
        self._row.setSpacing(8)
        self.hide()

    @property
    def best(self) -> "Proposal | None":
        return self._proposals[0] if self._proposals else None

    def take_best(self) -> bool:
        """Search for the first proposal; False where there is none."""
        if self.best is None:
            return False
        self.query_wanted.emit(self.best.query)
        return True

    def show_proposals(self, proposals: "Sequence[Proposal]") -> None:
        if tuple(proposals[:_MOST]) == tuple(self._proposals):
            return
        self._proposals, self.links = tuple(proposals[:_MOST]), []
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        before = ""
        for one in self._proposals:
            intro, why = _REASONS.get(one.reason, _REASONS["spelling"])
            if intro != before:
                self._row.addWidget(_muted(intro))
            before = intro
            link = Link(_short(one.words or one.query))
            link.setToolTip(f"{why}: {one.query}")
            link.setAccessibleName(f"{intro}: {one.query}")
            link.clicked.connect(lambda _=False, query=one.query: self.query_wanted.emit(query))
            self.links.append(link)
            self._row.addWidget(link)
        if self._proposals:
            self._row.addWidget(_muted("Alt+Enter takes the first"))
        self._row.addStretch(1)
        self.setVisible(bool(self._proposals))


def behind_words(result: "SearchResult") -> str:
    """How far the index is, and what that means; empty where it is not behind."""
    if result.indexed >= result.records:
        return ""
    if not result.indexed:
        return (
            f"The index of {counted(result.records, 'record', 'records')} is being built; more will be found"
        )
    return f"{thousands(result.indexed)} of {thousands(result.records)} records indexed; more may be found"


def _muted(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "muted")
    return label


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
