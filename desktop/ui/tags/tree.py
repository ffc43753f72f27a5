"""The tree of tags on screen: rows painted, expansion and selection kept over changes."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from desktop.core.sortkeys import name_key
from desktop.ui.paint import line, rounded, text_width
from desktop.ui.tags.model import NODE, PATH_KEY, Node, TagTreeModel
from desktop.ui.theme import Theme

ROW = 28
_FEW = 80  # tags that are all unfolded at first
Index = QModelIndex | QPersistentModelIndex


class TagRow(QStyledItemDelegate):
    """Dot, name, the digit it is pinned to, and how often it is used."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        node: Node = index.data(NODE)
        theme, box, state = self._theme, QRectF(option.rect), option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            ground = box.adjusted(0, 1, -8, -1)
            rounded(painter, ground, theme.color("chosen" if chosen else "hover"), None, 6)
        token = f"colour.{node.tag.colour}" if node.tag.colour else "muted"
        rounded(painter, QRectF(box.x() + 7, box.y() + 9.5, 9, 9), theme.color(token), None, 4.5)
        right = self._paint_counts(painter, box, node)
        name = QRectF(box.x() + 26, box.y(), right - box.x() - 34, box.height())
        line(painter, name, node.tag.name, theme.font(13, 600 if chosen else 400), theme.color("text"))

    def _paint_counts(self, painter: QPainter, box: QRectF, node: Node) -> float:
        """At the right; returns where they begin."""
        theme, right, font = self._theme, box.right() - 18, self._theme.font(11)
        total = node.articles + node.annotations
        if total:
            width = text_width(f"{total:,}", font)
            place = QRectF(right - width, box.y(), width + 1, box.height())
            line(painter, place, f"{total:,}", font, theme.color("muted"))
            right -= width + 10
        if node.digit:
            cap = QRectF(right - 18, box.y() + 5, 18, 18)
            rounded(painter, cap, theme.color("raised"), theme.color("strong-line"), 4)
            center = Qt.AlignmentFlag.AlignHCenter
            line(painter, cap, str(node.digit), theme.font(11, 600), theme.color("text"), center)
            right -= 28
        return right

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, ROW)


class TagTree(QTreeView):
    """Filtered by any part of the path; the ancestors of what matches stay in sight."""

    def __init__(self, theme: Theme, model: TagTreeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tags, self._theme = model, theme
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(model)
        self._filter.setFilterRole(PATH_KEY)
        self._filter.setRecursiveFilteringEnabled(True)
        self._open: set[str] | None = None  # nothing has been shown yet
        self._chosen: list[str] = []
        self.setModel(self._filter)
        self.setItemDelegate(TagRow(theme, self))
        self.setStyleSheet("QTreeView { selection-background-color: transparent; }")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Tags"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        theme.changed.connect(self.viewport().update)

    def chosen(self) -> list[str]:
        """Ids of the selected tags, in the order of the tree."""
        rows = self.selectionModel().selectedRows()
        nodes: list[Node] = [
            index.data(NODE) for index in sorted(rows, key=lambda one: self.visualRect(one).y())
        ]
        return [node.tag.id for node in nodes]

    def choose(self, tag_id: str) -> None:
        index = self._filter.mapFromSource(self.tags.index_of(tag_id))
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def set_filter(self, text: str) -> None:
        self._filter.setFilterFixedString(name_key(text))
        if text.strip():
            self.expandAll()

    def _remember(self) -> None:
        self._chosen = self.chosen()
        if not self.tags.tags():
            return
        self._open = {
            tag.id
            for tag in self.tags.tags()
            if self.isExpanded(self._filter.mapFromSource(self.tags.index_of(tag.id)))
        }

    def _recall(self) -> None:
        if self._open is None and len(self.tags.tags()) <= _FEW:
            self.expandAll()
        for tag_id in self._open or ():
            self.setExpanded(self._filter.mapFromSource(self.tags.index_of(tag_id)), True)
        flags = self.selectionModel().SelectionFlag
        for tag_id in self._chosen:
            index = self._filter.mapFromSource(self.tags.index_of(tag_id))
            if index.isValid():
                self.selectionModel().select(index, flags.Select | flags.Rows)
                self.selectionModel().setCurrentIndex(index, flags.NoUpdate)

    # Qt's own names from here on.

    def drawBranches(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A chevron of our icon set, where there is something to open."""
        if self.model().hasChildren(index):
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            place = QPointF(rect.right() - 12, rect.center().y() - 6)
            self._theme.draw_icon(painter, name, place.x(), place.y(), 12)
