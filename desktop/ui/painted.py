"""The delegate of every hand-painted list: one function a kind of row measures and paints it."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.theme import Theme

ITEM = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Look:
    """The state a row is painted in."""

    chosen: bool = False
    hovered: bool = False
    focused: bool = False


class Painted(QStyledItemDelegate):
    """Paints the value under ``ITEM``; subclasses say how high a row is and what stands in it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def height(self, item: Any, width: int) -> int:
        """Of the row, in logical pixels."""
        raise NotImplementedError

    def draw(self, painter: QPainter, box: QRectF, item: Any, look: Look) -> None:
        """Paint the row into ``box``; antialiasing is on."""
        raise NotImplementedError

    def draw_empty(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Paint a row whose item is not there (yet)."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(ITEM)
        flag, state = QStyle.StateFlag, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = Look(
            chosen=bool(state & flag.State_Selected),
            hovered=bool(state & flag.State_MouseOver),
            focused=bool(state & flag.State_HasFocus),
        )
        try:
            if item is None:
                self.draw_empty(painter, QRectF(option.rect), look)
            else:
                self.draw(painter, QRectF(option.rect), item, look)
        finally:
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 300
        item = index.data(ITEM)
        return QSize(width, self.height(item, width) if item is not None else 28)


def prepare(view: QAbstractItemView) -> None:
    """What all painted lists have in common."""
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalScrollBar().setSingleStep(20)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if isinstance(view, QListView):
        view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)


def hairline(name: str = "hline") -> QFrame:
    """A line of one pixel, ``hline`` or ``vline``."""
    frame = QFrame()
    frame.setObjectName(name)
    return frame
