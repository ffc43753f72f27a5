"""The list of cards: keys, clicks, and the editor laid over the card that is being edited."""

from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.ui.completing import hide_choices
from desktop.ui.inspector.cards import Card
from desktop.ui.inspector.delegate import CardDelegate
from desktop.ui.inspector.layout import CONFIRM, GAP, SIDE
from desktop.ui.inspector.model import CARD, MarksModel
from desktop.ui.layouts import letter
from desktop.ui.theme import Theme

_BATCH = 24  # cards laid out together; a tall window shows a dozen


class MarkList(QListView):
    """Cards in text order.

    Signals:
        card_chosen: A person went to this card, by click or key.
        edit_wanted, confirm_wanted, choice_wanted: For this card.
        removal_wanted: For these cards.
    """

    card_chosen = Signal(str)
    edit_wanted = Signal(str)
    confirm_wanted = Signal(str)
    choice_wanted = Signal(str)
    removal_wanted = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.marks = MarksModel(self)
        self.cards = CardDelegate(theme, self)
        self._inset: QWidget | None = None
        self._by_program = False
        self._already_current = False
        self.setModel(self.marks)
        self.setItemDelegate(self.cards)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setBatchSize(_BATCH)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always on: were it to come and go, every card would be laid out twice.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        self.setAccessibleName(self.tr("Marks of this article"))
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self.viewport().update)

    def current_id(self) -> str | None:
        index = self.currentIndex()
        return self.marks.card(index.row()).id if index.isValid() else None

    def set_cards(self, cards: Iterable[Card]) -> None:
        """Take new cards; the chosen one stays chosen, and the first one in sight stays where it is."""
        chosen, anchor = self.current_id(), self._anchor()
        self._by_program = True
        self.marks.set_cards(cards)
        self._restore(chosen, anchor)
        self._by_program = False

    def set_filter(self, wanted: Iterable[str]) -> None:
        chosen = self.current_id()
        self._by_program = True
        self.marks.set_filter(wanted)
        self._restore(chosen, None)
        self._by_program = False

    def choose(self, card_id: str | None, *, scroll: bool = True) -> None:
        """Make this card the current one, without a signal; None or an unknown id means none."""
        row = self.marks.row_of(card_id) if card_id is not None else None
        self._by_program = True
        if row is None:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self._set_row(row)
            if scroll:
                self._reach(row)
        self._by_program = False

    def lay_over(self, card_id: str, editor: QWidget) -> None:
        """Show ``editor`` in place of this card until ``uncover``."""
        self._inset = editor
        editor.setParent(self.viewport())
        self.marks.keep(card_id)
        self.fit_inset(card_id)
        editor.show()

    def fit_inset(self, card_id: str) -> None:
        """The editor wants another height."""
        if self._inset is None:
            return
        width = self.viewport().width() - 2 * SIDE
        height = (
            self._inset.heightForWidth(width)
            if self._inset.hasHeightForWidth()
            else self._inset.sizeHint().height()
        )
        if self.cards.inset != (card_id, height + GAP):
            self.cards.inset = (card_id, height + GAP)
            self.scheduleDelayedItemsLayout()
            self.executeDelayedItemsLayout()
        self._place_inset()

    def uncover(self) -> None:
        if self._inset is None:
            return
        self._inset.hide()
        self._inset, self.cards.inset = None, None
        self.marks.keep(None)
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()

    def show_child(self, child: QWidget) -> None:
        """Scroll so that a field of the editor is in sight."""
        top = child.mapTo(self.viewport(), child.rect().topLeft()).y()
        bottom = top + child.height()
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if top < 8:
            bar.setValue(bar.value() + top - 8)
        elif bottom > room - 8:
            bar.setValue(bar.value() + bottom - room + 8)

    def _set_row(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self.marks.index(row, 0), flags.ClearAndSelect)

    def _anchor(self) -> tuple[str, int] | None:
        """The first card in sight and where its top is, in pixels of the viewport."""
        for y in range(4, self.viewport().height(), 40):
            index = self.indexAt(QPoint(self.viewport().width() // 2, y))
            if index.isValid():
                return self.marks.card(index.row()).id, self.visualRect(index).top()
        return None

    def _restore(self, chosen: str | None, anchor: tuple[str, int] | None) -> None:
        row = self.marks.row_of(chosen) if chosen is not None else None
        if row is not None and self.current_id() != chosen:
            self._set_row(row)
        elif row is None and chosen is not None:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        if self._inset is None and (anchor is None or self.marks.row_of(anchor[0]) is None):
            self._lay_out_from_top()
        else:
            self.scheduleDelayedItemsLayout()
            self.executeDelayedItemsLayout()
        if anchor is not None and (held := self.marks.row_of(anchor[0])) is not None:
            moved = self.visualRect(self.marks.index(held, 0)).top() - anchor[1]
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)
        self._place_inset()

    def _lay_out_from_top(self) -> None:
        """The first cards now, the others when the window has nothing else to do.

        Hundreds of cards take as long to measure as the article takes to show.
        """
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        self.setLayoutMode(QListView.LayoutMode.SinglePass)  # for whatever moves cards from now on

    def _reach(self, row: int) -> None:
        """Scroll to a card, be it laid out yet or not."""
        index = self.marks.index(row, 0)
        if not self.visualRect(index).isValid():
            self.doItemsLayout()
        self.scrollTo(index)

    def _place_inset(self) -> None:
        if self._inset is None or self.cards.inset is None:
            return
        row = self.marks.row_of(self.cards.inset[0])
        if row is None:
            return
        box = self.visualRect(self.marks.index(row, 0))
        self._inset.setGeometry(box.adjusted(SIDE, 0, -SIDE, -GAP))

    def _on_clicked(self, index: QModelIndex) -> None:
        """A click on the card that is current already: the reader should return to it."""
        if self._already_current:
            self.card_chosen.emit(self.marks.card(index.row()).id)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.edit_wanted.emit(self.marks.card(index.row()).id)

    def _act(self, key: int) -> bool:
        """Do what this key means for the current card; False when it means nothing."""
        card_id = self.current_id()
        if card_id is None:
            return False
        card: Card = self.currentIndex().data(CARD)
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key == Qt.Key.Key_F2 or (enter and not (card.unsure and self.cards.can_act)):
            self.edit_wanted.emit(card_id)
        elif not self.cards.can_act:
            return False
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit([card_id])
        elif enter:
            self.confirm_wanted.emit(card_id)
        elif key == Qt.Key.Key_P and (card.unsure or card.orphan):
            self.choice_wanted.emit(card_id)
        else:
            return False
        return True

    # Qt's own names from here on.

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._by_program:
            self.card_chosen.emit(self.marks.card(current.row()).id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        sign = letter(event)
        if plain and self._act(ord(sign) if len(sign) == 1 else event.key()):
            event.accept()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands of the window, not a search among the cards."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._already_current = index.isValid() and index == self.currentIndex()
        super().mousePressEvent(event)
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        action = self.cards.action_at(self, index, event.position())
        if action is not None and self.cards.can_act:
            wanted = self.confirm_wanted if action == CONFIRM else self.choice_wanted
            wanted.emit(self.marks.card(index.row()).id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab, the first card in sight is taken, so that the arrows start where one looks."""
        super().focusInEvent(event)
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        anchor = self._anchor()
        if by_tab and not self.currentIndex().isValid() and anchor is not None:
            self.choose(anchor[0])

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self._inset is not None:
            hide_choices(self._inset)
        self._place_inset()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.cards.inset is not None and event.oldSize().width() != event.size().width():
            self.fit_inset(self.cards.inset[0])

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_inset()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.marks.total() and not self.marks.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.color("muted"))
            painter.setFont(self._theme.font())
            room = QRect(SIDE, 24, self.viewport().width() - 2 * SIDE, 60)
            flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(room, flags, self.tr("No mark passes the filter."))
            painter.end()
