"""The cards as a list model that changes as little as it can, so that nothing jumps."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.ui.inspector.cards import Card

CARD = Qt.ItemDataRole.UserRole
UNSURE = "unsure"
Index = QModelIndex | QPersistentModelIndex


class MarksModel(QAbstractListModel):
    """The cards that the filter lets through, in text order.

    Rows are inserted, removed and changed one by one where the order allows it; a reset happens
    only when cards changed places.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Card] = []
        self._shown: list[Card] = []
        self._rows: dict[str, int] = {}
        self._wanted: frozenset[str] = frozenset()
        self._kept: str | None = None

    def set_cards(self, cards: Iterable[Card]) -> None:
        self._all = list(cards)
        self._refresh()

    def set_filter(self, wanted: Iterable[str]) -> None:
        """Show these kinds, or ``UNSURE`` for marks whose place is unsure or gone; none means all."""
        self._wanted = frozenset(wanted)
        self._refresh()

    def keep(self, card_id: str | None) -> None:
        """Never filter this card away: it is being edited."""
        self._kept = card_id
        self._refresh()

    def counts(self) -> Counter[str]:
        """Cards by kind, and under ``UNSURE`` those whose place is unsure or gone."""
        found: Counter[str] = Counter(str(card.kind) for card in self._all)
        found[UNSURE] = sum(card.unsure or card.orphan for card in self._all)
        return found

    def total(self) -> int:
        return len(self._all)

    def card(self, row: int) -> Card:
        return self._shown[row]

    def row_of(self, card_id: str) -> int | None:
        return self._rows.get(card_id)

    def holds(self, card_id: str) -> bool:
        """It is here, shown or filtered away."""
        return any(card.id == card_id for card in self._all)

    def _passes(self, card: Card) -> bool:
        if not self._wanted or card.id == self._kept:
            return True
        return card.kind in self._wanted or (UNSURE in self._wanted and (card.unsure or card.orphan))

    def _refresh(self) -> None:
        new = [card for card in self._all if self._passes(card)]
        self._remove_all_but({card.id for card in new})
        if not self._merge(new):
            self.beginResetModel()
            self._take(new)
            self.endResetModel()

    def _take(self, shown: list[Card]) -> None:
        self._shown = shown
        self._rows = {card.id: row for row, card in enumerate(shown)}

    def _remove_all_but(self, ids: set[str]) -> None:
        """In runs, from the end, so that rows above keep their numbers."""
        end = len(self._shown)
        while end:
            start = end
            while start and self._shown[start - 1].id not in ids:
                start -= 1
            if start < end:
                self.beginRemoveRows(QModelIndex(), start, end - 1)
                self._take(self._shown[:start] + self._shown[end:])
                self.endRemoveRows()
            end = start - 1 if start else 0

    def _merge(self, new: Sequence[Card]) -> bool:
        """Insert and change towards ``new``; False when the remaining rows stand in another order."""
        order = [card.id for card in new if card.id in self._rows]
        if order != [card.id for card in self._shown]:
            return False
        row = 0
        while row < len(new):
            if row < len(self._shown) and self._shown[row].id == new[row].id:
                self._change(row, new[row])
                row += 1
            else:
                row = self._insert(row, new)
        return True

    def _change(self, row: int, card: Card) -> None:
        if self._shown[row] != card:
            self._shown[row] = card
            here = self.index(row, 0)
            self.dataChanged.emit(here, here)

    def _insert(self, row: int, new: Sequence[Card]) -> int:
        end = row
        while end < len(new) and new[end].id not in self._rows:
            end += 1
        self.beginInsertRows(QModelIndex(), row, end - 1)
        self._take(self._shown[:row] + list(new[row:end]) + self._shown[row:])
        self.endInsertRows()
        return end

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        card = self._shown[index.row()]
        if role == CARD:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.words
        if role == Qt.ItemDataRole.ToolTipRole:
            return card.tooltip
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.sentence
        return None
