"""The lines of an import report as a table model."""

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
from desktop.ui.words import name_of

LINE = Qt.ItemDataRole.UserRole
STATUS, SOURCE, TITLE, REASON = range(4)
GLYPHS = {
    ImportStatus.ADDED: ("circle-check", "supported"),
    ImportStatus.CAPTURE: ("refresh-cw", "quote"),
    ImportStatus.DUPLICATE: ("file-text", "open"),
    ImportStatus.FAILED: ("circle-x", "refuted"),
}
Index = QModelIndex | QPersistentModelIndex


def reason(line: ImportLine) -> str:
    """Why it failed, or what to know about it."""
    return " ".join(part for part in (line.error, *line.warnings) if part)


class LinesModel(QAbstractTableModel):
    """Status, source, title, reason; filtered by status and words, sorted by any column."""

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
            self._shown.sort(key=lambda line: sort_key(self._cell(line, column)), reverse=descending)
        self.endResetModel()

    def _passes(self, line: ImportLine) -> bool:
        if self._statuses and line.status not in self._statuses:
            return False
        text = name_key(f"{line.source} {line.title} {reason(line)}") if self._words else ""
        return all(word in text for word in self._words)

    def _cell(self, line: ImportLine, column: int) -> str:
        return (name_of(line.status), line.source, line.title, reason(line))[column]

    # Qt's own names from here on.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        titles = (self.tr("Status"), self.tr("Source"), self.tr("Title"), self.tr("Reason"))
        return titles[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._shown[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            text = self._cell(line, index.column())
            return text.replace("\\", "/").rpartition("/")[2] if index.column() == SOURCE else text
        if role == Qt.ItemDataRole.DecorationRole and index.column() == STATUS:
            return self._theme.icon(*GLYPHS[line.status])
        if role == Qt.ItemDataRole.ToolTipRole:
            parts = (line.source, line.title, reason(line), line.detail)
            return "\n".join(part for part in parts if part)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = None if column < 0 else (column, order is Qt.SortOrder.DescendingOrder)
        if self._sorted is None:
            self._shown = list(self._all)
        self._refresh()
