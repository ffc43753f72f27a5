"""Rows of compared sentences, or of marks, for a list view."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from desktop.ui.captures.delegates import FATES
from desktop.ui.captures.rows import FoldRow, MarkRow, PassageRow
from desktop.ui.painted import ITEM, Index
from desktop.ui.wording import counted


class RowsModel(QAbstractListModel):
    """Holds rows as they are painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Any] = []

    def set_rows(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    # Qt's own names from here on.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ITEM:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, MarkRow):
            return "\n".join(dict.fromkeys(words for words in (row.old, row.new) if words))
        return None


def spoken(row: object) -> str:
    """A row in words, for who does not see it."""
    if isinstance(row, FoldRow):
        return f"{counted(row.count, 'sentence', 'sentences')} unchanged"
    if isinstance(row, PassageRow):
        return ": ".join(part for part in (str(row.kind), row.old, row.new) if part)
    if isinstance(row, MarkRow):
        fate = "confirmed" if row.confirmed else FATES[row.fate][2]
        return ": ".join(part for part in (fate, row.old, row.new if row.new != row.old else "") if part)
    return ""
