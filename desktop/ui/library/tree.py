"""The navigation column: the tree of places, painted by us."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from desktop.ui.library.navigation import NavigationModel, NavRow
from desktop.ui.library.places import ALL, Node, Place
from desktop.ui.paint import line, rounded, text_width
from desktop.ui.painted import ITEM, Index, Look, Painted
from desktop.ui.theme import Theme
from desktop.ui.wording import thousands

_INDENT = 16
_LEFT = 24  # where icons begin
_FEW = 80  # places that are all unfolded at first


class NavigationView(QTreeView):
    """All places; one of them is where the library is.

    Signals:
        place_chosen: The person went to this ``Place``.
        menu_requested: For this ``Place``, at this global position.
    """

    place_chosen = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(self, theme: Theme, model: NavigationModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._quiet = model, False
        self._folded: set[Place] = set()
        self._opened: set[Place] = set()
        self.setObjectName("navigation")
        self.setAccessibleName("Navigation")
        self.setHeaderHidden(True)
        self.setIndentation(0)  # the delegate indents, so that a row's ground spans the column
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setItemDelegate(NavigationDelegate(theme, self))
        self.setModel(model)
        self.customContextMenuRequested.connect(self._menu)
        self.collapsed.connect(lambda index: self._remember(index, True))
        self.expanded.connect(lambda index: self._remember(index, False))
        theme.changed.connect(self.viewport().update)

    @property
    def place(self) -> Place:
        node = self._model.node(self.currentIndex())
        return node.place if node is not None else ALL

    def show_nodes(self, nodes: tuple[Node, ...]) -> None:
        """Exchange the places; the current one stays, and so does what was folded."""
        here, scroll = self.place, self.verticalScrollBar().value()
        self._quiet = True
        if self._model.set_nodes(nodes):
            self._unfold()
            index = self._model.index_of(here)
            gone = not index.isValid()
            self.setCurrentIndex(self._model.index_of(ALL) if gone else index)
            self.verticalScrollBar().setValue(scroll)
            self._quiet = False
            if gone:
                self.place_chosen.emit(ALL)
        self._quiet = False

    def go_to(self, place: Place) -> None:
        """Make it the current place, as if it were clicked."""
        index = self._model.index_of(place)
        if index.isValid():
            self.setCurrentIndex(index)

    def chevron(self, index: QModelIndex) -> QRect:
        """Where the row is clicked to fold it; empty for a row without children."""
        row = index.data(ITEM)
        if row is None or not row.node.children:
            return QRect()
        box = self.visualRect(index)
        if row.node.place.kind == "section":
            return box
        return QRect(_LEFT + row.depth * _INDENT - 18, box.y(), 18, box.height())

    def _unfold(self) -> None:
        """Sections always; a tree of many places shows its first level until somebody opens it."""
        everything = sum(1 for _ in self._model.indexes()) <= _FEW
        for index in self._model.indexes():
            node = self._model.node(index)
            if node is None or not node.children or node.place in self._folded:
                continue
            if everything or node.place.kind == "section" or node.place in self._opened:
                self.setExpanded(index, True)

    def _remember(self, index: QModelIndex, folded: bool) -> None:
        node = self._model.node(index)
        if node is not None and not self._quiet:
            (self._folded.add if folded else self._folded.discard)(node.place)
            (self._opened.discard if folded else self._opened.add)(node.place)

    def _menu(self, at: QPoint) -> None:
        node = self._model.node(self.indexAt(at))
        if node is not None:
            self.menu_requested.emit(node.place, self.viewport().mapToGlobal(at))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        node = self._model.node(current)
        if node is not None and node.place.reachable and not self._quiet:
            self.place_chosen.emit(node.place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.chevron(index).contains(event.position().toPoint()):
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands in this window."""

    def drawBranches(self, painter: QPainter, rect: QRect, index: Any) -> None:
        """The delegate paints the chevrons."""

    def sizeHint(self) -> QSize:
        return QSize(208, 400)


class NavigationDelegate(Painted):
    """Section headings, hints, and places with icon or dot, name and count."""

    def height(self, item: NavRow, _width: int) -> int:
        if item.node.place == Place("section", "end"):
            return 16
        return 36 if item.node.place.kind == "section" else 28

    def draw(self, painter: QPainter, box: QRectF, item: NavRow, look: Look) -> None:
        width = self._view().viewport().width()
        box = QRectF(0, box.y(), width, box.height())
        theme, kind = self.theme, item.node.place.kind
        if kind == "section":
            below = QRectF(16, box.bottom() - 26, width - 32, 20)
            line(painter, below, item.node.label, theme.font(11, 600), theme.color("muted"))
        elif kind == "hint":
            inside = QRectF(16, box.y(), width - 32, 24)
            line(painter, inside, item.node.label, theme.font(12), theme.color("muted"))
        else:
            self._place(painter, box, item, look)

    def _place(self, painter: QPainter, box: QRectF, item: NavRow, look: Look) -> None:
        theme, node = self.theme, item.node
        if look.chosen or look.hovered:
            ground = theme.color("chosen" if look.chosen else "hover")
            ring = theme.color("focus") if look.chosen and look.focused else None
            rounded(painter, box.adjusted(8, 1, -8, -1), ground, ring)
        x = _LEFT + _INDENT * item.depth
        if node.children:
            open_ = self._view().isExpanded(self._view().indexAt(box.center().toPoint()))
            glyph = "chevron-down" if open_ else "chevron-right"
            theme.draw_icon(painter, glyph, x - 14, box.y() + 8, 12)
        if node.dot:
            rounded(painter, QRectF(x + 3, box.y() + 9.5, 9, 9), theme.color(node.dot), None, 4.5)
        elif node.icon:
            theme.draw_icon(painter, node.icon, x, box.y() + 6, 16, "accent" if look.chosen else "muted")
        taken = self._count(painter, box, node)
        label = QRectF(x + 24, box.y(), box.right() - 26 - taken - x - 24, box.height())
        line(painter, label, node.label, theme.font(13, 600 if look.chosen else 400), theme.color("text"))

    def _count(self, painter: QPainter, box: QRectF, node: Node) -> float:
        """The count at the right, before it how much of it is new, or a warning; returns the width."""
        theme = self.theme
        count = "" if node.count is None else thousands(node.count)
        taken = text_width(count, theme.font(11))
        right = QRectF(box.right() - 20 - taken, box.y(), taken + 2, box.height())
        line(painter, right, count, theme.font(11), theme.color("muted"))
        if node.hint:
            theme.draw_icon(painter, "triangle-alert", right.x() - 18, box.y() + 7, 14, "disputed")
            return taken + 18
        if node.new:
            words = f"+{thousands(node.new)}"
            width = text_width(words, theme.font(11, 600))
            place = QRectF(right.x() - 6 - width, box.y(), width + 2, box.height())
            line(painter, place, words, theme.font(11, 600), theme.color("accent"))
            return taken + width + 6
        return taken

    def _view(self) -> NavigationView:
        view = self.parent()
        assert isinstance(view, NavigationView)
        return view
