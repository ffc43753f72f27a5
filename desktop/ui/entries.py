"""What the command palette lists: entries, how words find them, and the model of those found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.painted import ITEM, Index

_LIMIT = 60  # rows; nobody scrolls further, they type another letter


@dataclass(frozen=True)
class Entry:
    """A line of the palette.

    Attributes:
        label: What is searched and shown.
        group: The heading that it stands under.
        run: What choosing it does.
        keys: Its shortcut as printed.
        note: Small words at the right, e.g. a count.
        sign: ``>`` for commands, ``#`` tags, ``@`` people; typed first, it narrows to these.
        dot: A token for a coloured dot instead of an icon.
    """

    label: str
    group: str
    run: Callable[[], object]
    icon: str = ""
    keys: str = ""
    note: str = ""
    sign: str = ">"
    dot: str = ""


@dataclass(frozen=True)
class Found:
    """An entry with the stretches of its label that matched, in code points."""

    entry: Entry
    hits: tuple[tuple[int, int], ...] = ()


def find(entries: Iterable[Entry], text: str) -> list[Found]:
    """Entries in which each word of ``text`` stands, best first, groups kept together.

    A group stands where its best entry stands; a word's beginning counts more than its inside.
    """
    sign, words = _split(text)
    found = []
    for order, entry in enumerate(entries):
        if sign and entry.sign != sign:
            continue
        match = _match(entry.label.casefold(), words)
        if match is not None:
            rank, hits = match
            found.append((rank, order, Found(entry, hits)))
    found.sort(key=lambda item: item[:2])
    groups: dict[str, list[Found]] = {}
    for _, _, one in found[:_LIMIT]:
        groups.setdefault(one.entry.group, []).append(one)
    return [one for group in groups.values() for one in group]


def _split(text: str) -> tuple[str, list[str]]:
    text = text.strip().casefold()
    if text[:1] in (">", "#", "@"):
        return text[0], text[1:].split()
    return "", text.split()


def _match(label: str, words: Sequence[str]) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    rank, hits = 0, []
    for word in words:
        at = _place(label, word)
        if at < 0:
            return None
        rank += 0 if at == 0 else 1 if not label[at - 1].isalnum() else 2
        hits.append((at, at + len(word)))
    return rank, tuple(sorted(hits))


def _place(label: str, word: str) -> int:
    """Where a word stands, at a word's beginning if it does so anywhere; -1 if nowhere."""
    first = at = label.find(word)
    while at > 0 and label[at - 1].isalnum():
        at = label.find(word, at + 1)
    return first if at < 0 else at


class EntryModel(QAbstractListModel):
    """Headings (plain text) and found entries in one list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | Found] = []

    def show(self, found: Sequence[Found]) -> None:
        self.beginResetModel()
        self._rows, group = [], ""
        for one in found:
            if one.entry.group != group:
                group = one.entry.group
                self._rows.append(group)
            self._rows.append(one)
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        row = self._rows[index.row()] if index.isValid() else None
        return row.entry if isinstance(row, Found) else None

    def next_entry(self, row: int, step: int) -> QModelIndex:
        """The nearest entry from ``row`` in steps of ±1, headings skipped; wraps around."""
        for distance in range(len(self._rows)):
            at = (row + step * distance) % len(self._rows)
            if isinstance(self._rows[at], Found):
                return self.index(at, 0)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.entry(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ITEM:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(row)
        return None


def _spoken(row: str | Found) -> str:
    if isinstance(row, str):
        return row
    return ", ".join(filter(None, (row.entry.label, row.entry.keys, row.entry.note)))
