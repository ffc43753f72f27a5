"""The tree model of the places; articles can be dropped on collections and tags."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, Qt, Signal

from desktop.ui.library.model import ARTICLES_MIME, dragged_articles
from desktop.ui.library.places import Node, Place
from desktop.ui.painted import ITEM, Index
from desktop.ui.wording import counted

_TAKES_ARTICLES = ("collection", "tag", "trash")


@dataclass(frozen=True)
class _Line:
    """A node's place in the model. Indexes carry its number: Python objects do not live in them."""

    node: Node
    number: int
    parent: int
    row: int
    depth: int
    children: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NavRow:
    """What the delegate paints."""

    node: Node
    depth: int


class NavigationModel(QAbstractItemModel):
    """Sections at the top, their places below.

    Signals:
        articles_dropped: On this place, these article ids.
    """

    articles_dropped = Signal(object, list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []
        self._top: tuple[int, ...] = ()

    def set_nodes(self, nodes: tuple[Node, ...]) -> bool:
        """Show these; when only counts differ nothing moves and False is returned."""
        lines: list[_Line] = []
        top = _grow(nodes, -1, 0, lines)
        if [_shape(line) for line in lines] == [_shape(line) for line in self._lines]:
            before, self._lines = self._lines, lines
            for old, line in zip(before, lines, strict=True):
                if _told(old.node) != _told(line.node):
                    self.dataChanged.emit(self._index(line), self._index(line))
            return False
        self.beginResetModel()
        self._lines, self._top = lines, top
        self.endResetModel()
        return True

    def node(self, index: Index) -> Node | None:
        return self._lines[index.internalId()].node if index.isValid() else None

    def index_of(self, place: Place) -> QModelIndex:
        """Invalid when there is no such place."""
        line = next((one for one in self._lines if one.node.place == place), None)
        return self._index(line) if line is not None else QModelIndex()

    def indexes(self) -> Iterator[QModelIndex]:
        """Every line, parents before children."""
        return (self._index(line) for line in self._lines)

    def _index(self, line: _Line) -> QModelIndex:
        return self.createIndex(line.row, 0, line.number)

    def _below(self, parent: Index) -> tuple[int, ...]:
        return self._lines[parent.internalId()].children if parent.isValid() else self._top

    def index(self, row: int, column: int = 0, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self._below(parent)
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or (number := self._lines[index.internalId()].parent) < 0:
            return QModelIndex()
        return self._index(self._lines[number])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._below(parent)) if parent.column() <= 0 else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.internalId()]
        if role == ITEM:
            return NavRow(line.node, line.depth)
        if role == Qt.ItemDataRole.DisplayRole:
            return line.node.label
        if role == Qt.ItemDataRole.ToolTipRole:
            new = f"{line.node.new:,} new since you last looked" if line.node.new else ""
            return "\n".join(filter(None, (line.node.text, new, line.node.hint))) or None
        return spoken(line.node) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        node = self.node(index)
        if node is None:
            return flag.NoItemFlags
        if not node.place.reachable:
            return flag.ItemIsEnabled
        drops = flag.ItemIsDropEnabled if node.place.kind in _TAKES_ARTICLES else flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable | drops

    def mimeTypes(self) -> list[str]:
        return [ARTICLES_MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: Index
    ) -> bool:
        node = self.node(parent)
        return node is not None and node.place.kind in _TAKES_ARTICLES and data.hasFormat(ARTICLES_MIME)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        node = self.node(parent)
        assert node is not None
        self.articles_dropped.emit(node.place, dragged_articles(data))
        return True


def _grow(nodes: tuple[Node, ...], parent: int, depth: int, lines: list[_Line]) -> tuple[int, ...]:
    """Give every node its number, parents before children; sections do not indent what is below."""
    numbers = []
    for row, node in enumerate(nodes):
        number = len(lines)
        lines.append(_Line(node, number, parent, row, depth, ()))
        inner = depth if node.place.kind == "section" else depth + 1
        children = _grow(node.children, number, inner, lines)
        lines[number] = _Line(node, number, parent, row, depth, children)
        numbers.append(number)
    return tuple(numbers)


def _shape(line: _Line) -> tuple[object, ...]:
    """What must be equal for indexes to stay valid."""
    return line.node.place, line.node.label, line.parent, line.row


def _told(node: Node) -> tuple[object, ...]:
    """What is painted again when it changes."""
    return node.count, node.dot, node.new, node.hint


def spoken(node: Node) -> str:
    """A line as a screen reader says it."""
    facts = [node.label]
    if node.count is not None:
        facts.append(counted(node.count, "item", "items"))
    if node.new:
        facts.append(f"{node.new:,} new")
    return ", ".join([*facts, *filter(None, [node.hint])])
