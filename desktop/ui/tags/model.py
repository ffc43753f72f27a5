"""The tree of tags as a Qt model; drops ask for a move and change nothing by themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.core.records import Tag
from desktop.core.sortkeys import name_key
from desktop.ui.tags.completion import Counts

NODE = Qt.ItemDataRole.UserRole
PATH_KEY = Qt.ItemDataRole.UserRole + 1
MIME = "application/x-pressmark-tags"
Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class Node:
    """One tag in the tree.

    Attributes:
        digit: The key it is pinned to, 1 to 9; 0 for none.
        children, parent, row: Places in the model, by number.
    """

    tag: Tag
    articles: int = 0
    annotations: int = 0
    digit: int = 0
    parent: int = -1
    row: int = 0
    children: list[int] = field(default_factory=list)


class TagTreeModel(QAbstractItemModel):
    """Signals: rename_wanted (tag id, name), move_wanted (tag ids, parent id or empty for the top)."""

    rename_wanted = Signal(str, str)
    move_wanted = Signal(list, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: list[Node] = []
        self._roots: list[int] = []
        self._by_id: dict[str, int] = {}

    def set_tags(self, tags: Iterable[Tag], counts: Counts, pinned: Mapping[int, str]) -> None:
        """Take all tags in tree order.

        Args:
            pinned: Tag ids by digit.
        """
        digits = {tag_id: digit for digit, tag_id in pinned.items()}
        self.beginResetModel()
        self._nodes = [Node(tag, *counts.get(tag.id, (0, 0)), digit=digits.get(tag.id, 0)) for tag in tags]
        self._by_id = {node.tag.id: number for number, node in enumerate(self._nodes)}
        self._roots = []
        for number, node in enumerate(self._nodes):
            node.parent = self._by_id.get(node.tag.parent_id or "", -1)
            siblings = self._roots if node.parent < 0 else self._nodes[node.parent].children
            node.row = len(siblings)
            siblings.append(number)
        self.endResetModel()

    def node(self, tag_id: str) -> Node | None:
        number = self._by_id.get(tag_id)
        return None if number is None else self._nodes[number]

    def index_of(self, tag_id: str) -> QModelIndex:
        number = self._by_id.get(tag_id)
        return QModelIndex() if number is None else self.createIndex(self._nodes[number].row, 0, number)

    def tags(self) -> list[Tag]:
        return [node.tag for node in self._nodes]

    def is_within(self, tag_id: str, ancestor: str) -> bool:
        """The tag is ``ancestor`` or stands below it."""
        at = self._by_id.get(tag_id, -1)
        while at >= 0:
            if self._nodes[at].tag.id == ancestor:
                return True
            at = self._nodes[at].parent
        return False

    def _children(self, parent: Index) -> list[int]:
        if not parent.isValid():
            return self._roots
        return self._nodes[parent.internalId()].children if parent.column() == 0 else []

    # Qt's own names from here on.

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self._children(parent)
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008
        if not index.isValid():
            return QModelIndex()
        above = self._nodes[index.internalId()].parent
        return QModelIndex() if above < 0 else self.createIndex(self._nodes[above].row, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._children(parent))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self._nodes[index.internalId()]
        if role == NODE:
            return node
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return node.tag.name
        if role == PATH_KEY:
            return name_key(node.tag.path)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (node.tag.path, node.tag.description) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{name}, {articles} articles, {marks} marks").format(
                name=node.tag.path, articles=node.articles, marks=node.annotations
            )
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the name; the archive answers with new tags, so nothing changes here."""
        if role == Qt.ItemDataRole.EditRole and index.isValid():
            node, name = self._nodes[index.internalId()], " ".join(str(value).split())
            if name and name != node.tag.name:
                self.rename_wanted.emit(node.tag.id, name)
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        can = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable
        return can | flag.ItemIsDragEnabled | flag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = [self._nodes[index.internalId()].tag.id for index in indexes]
        data.setData(MIME, "\n".join(ids).encode())
        return data

    def canDropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,  # noqa: ARG002
        row: int,  # noqa: ARG002
        column: int,  # noqa: ARG002
        parent: Index,
    ) -> bool:
        """Not into itself, and not to where it is already."""
        if not data.hasFormat(MIME):
            return False
        target = self._nodes[parent.internalId()].tag.id if parent.isValid() else ""
        return any(self._may_move(tag_id, target) for tag_id in _ids(data))

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for the move. False, else the view would remove the rows by itself."""
        if self.canDropMimeData(data, action, row, column, parent):
            target = self._nodes[parent.internalId()].tag.id if parent.isValid() else ""
            self.move_wanted.emit([one for one in _ids(data) if self._may_move(one, target)], target)
        return False

    def _may_move(self, tag_id: str, target: str) -> bool:
        node = self.node(tag_id)
        return (
            node is not None and (node.tag.parent_id or "") != target and not self.is_within(target, tag_id)
        )


def _ids(data: QMimeData) -> list[str]:
    return bytes(data.data(MIME).data()).decode().splitlines()
