"""The parts of a file as a list with check boxes: the model, how a row looks, and the keys."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QItemSelectionModel, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.core.extraction import Entry
from desktop.core.sortkeys import name_key
from desktop.ui.checks import SIDE, draw_check
from desktop.ui.paint import line, rounded, text_width
from desktop.ui.painted import ITEM, Index, Look, Painted, prepare
from desktop.ui.theme import Theme

_ROW = 44
_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class PartsModel(QAbstractListModel):
    """Entries, which of them are checked, and those that the filter lets through.

    Signals:
        checks_changed: Other parts are chosen than before.
    """

    checks_changed = Signal()

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = list(entries)
        self._checked = [entry.suggested for entry in self._entries]
        self._words = [name_key(f"{entry.title} {entry.detail}") for entry in self._entries]
        self._shown = list(range(len(self._entries)))

    def chosen(self) -> list[Entry]:
        """The checked ones, whether they are shown or not."""
        return [entry for entry, on in zip(self._entries, self._checked, strict=True) if on]

    @property
    def is_as_suggested(self) -> bool:
        return all(on == one.suggested for one, on in zip(self._entries, self._checked, strict=True))

    @property
    def total(self) -> int:
        return len(self._entries)

    def set_filter(self, text: str) -> None:
        """Show those in which each word stands; checks stay as they are."""
        words = name_key(text).split()
        self.beginResetModel()
        self._shown = [
            number for number, known in enumerate(self._words) if all(word in known for word in words)
        ]
        self.endResetModel()

    def check(self, rows: Iterable[int], on: bool) -> None:
        """Check or clear rows that are shown."""
        for row in rows:
            self._checked[self._shown[row]] = on
        self._tell()

    def check_shown(self, on: bool) -> None:
        self.check(range(len(self._shown)), on)

    def check_suggested(self) -> None:
        """Those that look like articles, of all parts."""
        self._checked = [entry.suggested for entry in self._entries]
        self._tell()

    def toggle(self, rows: Sequence[int]) -> None:
        """Check them all, unless all are checked already."""
        self.check(rows, not all(self._checked[self._shown[row]] for row in rows))

    def _tell(self) -> None:
        if self._shown:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._shown) - 1, 0), [Qt.ItemDataRole.CheckStateRole]
            )
        self.checks_changed.emit()

    # Qt's own names from here on.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag  # not checkable by Qt itself, whose own box stands elsewhere
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number = self._shown[index.row()]
        entry = self._entries[number]
        if role == ITEM:
            return entry, self._checked[number]
        if role == Qt.ItemDataRole.CheckStateRole:
            return _ON if self._checked[number] else _OFF
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(filter(None, (entry.title, entry.detail)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (entry.title, entry.detail)))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.check([index.row()], Qt.CheckState(value) is _ON)
        return True


class PartDelegate(Painted):
    """A check box, the title over where it is, and the size."""

    def height(self, _item: Any, _width: int) -> int:
        return _ROW

    def draw(self, painter: QPainter, box: QRectF, item: Any, look: Look) -> None:
        entry, on = item
        theme = self.theme
        if look.chosen or look.hovered:
            ground = theme.color("chosen" if look.chosen else "hover")
            rounded(painter, box.adjusted(4, 1, -4, -1), ground)
        check = QRectF(box.x() + 14, box.center().y() - SIDE / 2, SIDE, SIDE)
        draw_check(painter, theme, check, _ON if on else _OFF, focused=look.focused)
        size = file_size(entry.size)
        wide = text_width(size, theme.font(12))
        if size:
            at = QRectF(box.right() - 16 - wide, box.y(), wide + 1, box.height())
            line(painter, at, size, theme.font(12), theme.color("muted"))
        left, room = box.x() + 42, box.width() - 42 - 32 - wide
        title = QRectF(left, box.y() + 5, room, 18)
        under = QRectF(left, box.y() + 23, room, 16)
        if not entry.detail:
            title.moveTop(box.y() + 13)
        ink = theme.color("text" if on or entry.suggested else "muted")
        line(painter, title, entry.title, theme.font(13), ink)
        line(painter, under, entry.detail, theme.font(11), theme.color("muted"))


class PartsView(QListView):
    """A click or Space checks; Shift and Ctrl choose several rows for one Space.

    Signals:
        accepted: Enter was pressed.
    """

    accepted = Signal()

    def __init__(self, theme: Theme, model: PartsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = model
        prepare(self)
        self.setModel(model)
        self.setItemDelegate(PartDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setStyleSheet("QListView { background: palette(base); border-radius: 6px; }")

    def go_down(self) -> None:
        """From the filter into the list."""
        self.setFocus()
        if not self.selectedIndexes() and self._parts.rowCount():
            first = self._parts.index(0, 0)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # Qt's own names from here on.

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self._parts.toggle([index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Space:
            self._parts.toggle(sorted(index.row() for index in self.selectedIndexes()))
        else:
            super().keyPressEvent(event)


def file_size(size: int) -> str:
    """``12 KB``; nothing where it is not known."""
    for unit, least in (("MB", 1_000_000), ("KB", 1_000)):
        if size >= least:
            return f"{size / least:,.1f} {unit}" if size < 10 * least else f"{round(size / least):,} {unit}"
    return f"{size} B" if size else ""
