"""Paints the cards of the list; layouts are kept until the card or the width changes."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.inspector.cards import Card
from desktop.ui.inspector.layout import CardLayout
from desktop.ui.inspector.model import CARD
from desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


class CardDelegate(QStyledItemDelegate):
    """One card a row; the row that is being edited is only as high as its editor.

    Attributes:
        inset: (card id, height of the editor laid over it) while a card is being edited.
        can_act: Cards may ask for changes.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._layouts: dict[str, tuple[Card, int, CardLayout]] = {}
        self.inset: tuple[str, int] | None = None
        self.can_act = True

    def layout_of(self, card: Card, width: int) -> CardLayout:
        kept = self._layouts.get(card.id)
        if kept is not None and kept[:2] == (card, width):
            return kept[2]
        layout = CardLayout(card, width, self._theme)
        self._layouts[card.id] = (card, width, layout)
        return layout

    def forget(self) -> None:
        """Another article: its layouts are of no use any more."""
        self._layouts.clear()

    def action_at(self, view: QAbstractItemView, index: QModelIndex, point: QPointF) -> str | None:
        card: Card = index.data(CARD)
        box = QRectF(view.visualRect(index))
        return self.layout_of(card, view.viewport().width()).action_at(box, point)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: Card = index.data(CARD)
        if self.inset is not None and self.inset[0] == card.id:
            return
        state = option.state
        box: QRectF = QRectF(option.rect)
        layout = self.layout_of(card, round(box.width()))
        painter.save()
        layout.paint(
            painter,
            box,
            focused=bool(state & QStyle.StateFlag.State_Selected),
            hovered=bool(state & QStyle.StateFlag.State_MouseOver),
        )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 300
        card: Card = index.data(CARD)
        if self.inset is not None and self.inset[0] == card.id:
            return QSize(width, self.inset[1])
        return QSize(width, self.layout_of(card, width).height)
