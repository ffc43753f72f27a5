"""The lines of an import report as a table model."""

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.core.extraction import ImportLine, ImportReport, ImportStatus
from desktop.core.sortkeys import name_key, sort_key
from desktop.ui.theme import Theme
from desktop.ui.wording import counted
from desktop.ui.words import name_of

LINE = Qt.ItemDataRole.UserRole
STATUS, SOURCE, TITLE, MARKS, REASON = range(5)
GLYPHS = {
    ImportStatus.ADDED: ("circle-check", "supported"),
    ImportStatus.CAPTURE: ("refresh-cw", "quote"),
    ImportStatus.DUPLICATE: ("file-text", "open"),
    ImportStatus.FAILED: ("circle-x", "refuted"),
}
Index = QModelIndex | QPersistentModelIndex


_CONTAINER = re.compile(
    r"\.(?:zip|epub|warc|warc\.gz|wacz|mbox|mbx|eml|mht|mhtml|qdpx|jsonl|json|csv|rdf|bib|ris|txt|html|xml)(?=/)",
    re.IGNORECASE,
)


def short_source(source: str) -> str:
    """The file and the part of it: ``letters.zip › 2026/march.txt``; an address without its scheme."""
    scheme, _, address = source.partition("://")
    if scheme in ("http", "https"):
        return address
    path = source.replace("\\", "/")
    if found := _CONTAINER.search(path):
        return f"{path[: found.end()].rpartition('/')[2]} › {path[found.end() + 1 :]}"
    return path.rpartition("/")[2]


def reason(line: ImportLine) -> str:
    """Why it failed, or what to know about it."""
    return " ".join(part for part in (line.error, *line.warnings) if part)


class LinesModel(QAbstractTableModel):
    """Status, source, title, marks, reason; filtered by status and words, sorted by any column."""

    def __init__(self, theme: Theme, report: ImportReport, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._all = list(report.lines)
        self._shown = list(self._all)
        self._statuses: frozenset[ImportStatus] = frozenset()
        self._words: list[str] = []
        self._sorted: tuple[int, bool] | None = None

    def lines(self) -> list[ImportLine]:
        """What is shown, in its order."""
        return list(self._shown)

    def set_filter(self, statuses: Sequence[ImportStatus], words: str) -> None:
        """No status means all; every word must stand somewhere in the line."""
        self._statuses, self._words = frozenset(statuses), name_key(words).split()
        self._refresh()

    def _refresh(self) -> None:
        self.beginResetModel()
        self._shown = [line for line in self._all if self._passes(line)]
        if self._sorted is not None:
            column, descending = self._sorted
            self._shown.sort(key=lambda line: self._order(line, column), reverse=descending)
        self.endResetModel()

    def _passes(self, line: ImportLine) -> bool:
        if self._statuses and line.status not in self._statuses:
            return False
        text = name_key(f"{line.source} {line.title} {reason(line)}") if self._words else ""
        return all(word in text for word in self._words)

    def _cell(self, line: ImportLine, column: int) -> str:
        marks = f"{line.marks:,}" if line.marks else ""
        return (name_of(line.status), short_source(line.source), line.title, marks, reason(line))[column]

    def _order(self, line: ImportLine, column: int) -> tuple[int, str]:
        return (line.marks, "") if column == MARKS else (0, sort_key(self._cell(line, column)))

    # Qt's own names from here on.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        tr = self.tr
        return (tr("Status"), tr("Source"), tr("Title"), tr("Marks"), tr("Reason"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(line, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == STATUS:
            return self._theme.icon(*GLYPHS[line.status])
        if role == Qt.ItemDataRole.ToolTipRole:
            marks = counted(line.marks, "mark", "marks") if line.marks else ""
            parts = (line.source, line.title, marks, reason(line), line.detail)
            return "\n".join(part for part in parts if part)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = None if column < 0 else (column, order is Qt.SortOrder.DescendingOrder)
        if self._sorted is None:
            self._shown = list(self._all)
        self._refresh()
