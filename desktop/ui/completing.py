"""Completion for one-line fields: a quiet list under the field that never takes the focus."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMoveEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.paint import line, rounded, text_width
from desktop.ui.theme import Theme

ROW, SHOWN = 28, 9
CHOICE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """One suggestion.

    Attributes:
        value: What the field takes.
        label: What is shown.
        detail: Shown muted at the right, e.g. a count or the alias that matched.
        dot: A colour token for a dot before the label.
        glyph: An icon before the label.
    """

    value: str
    label: str
    detail: str = ""
    dot: str = ""
    glyph: str = ""


Suggest = Callable[[str], Sequence[Choice]]


class ChoiceModel(QAbstractListModel):
    """The suggestions for what has been typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: list[Choice] = []

    def set_choices(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = list(choices)
        self.endResetModel()

    def choice(self, row: int) -> Choice:
        return self._choices[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role == CHOICE:
            return choice
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return choice.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (choice.label, choice.detail) if part)
        return None


class ChoiceDelegate(QStyledItemDelegate):
    """One line: dot or icon, label, and the detail at the right."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, choice, box = self._theme, index.data(CHOICE), QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, box.adjusted(4, 1, -4, -1), theme.color("chosen"), None, 5)
        x = box.x() + 12
        if choice.dot:
            rounded(painter, QRectF(x, box.y() + ROW / 2 - 4, 8, 8), theme.color(choice.dot), None, 4)
            x += 16
        elif choice.glyph:
            theme.draw_icon(painter, choice.glyph, x - 2, box.y() + 6, 16)
            x += 20
        small = theme.font(11)
        room = min(text_width(choice.detail, small), (box.right() - x) / 2) if choice.detail else 0
        if choice.detail:
            place = QRectF(box.right() - 12 - room, box.y(), room + 1, box.height())
            line(painter, place, choice.detail, small, theme.color("muted"))
        place = QRectF(x, box.y(), box.right() - x - 20 - room, box.height())
        line(painter, place, choice.label, theme.font(13), theme.color("text"))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, ROW)


class ChoiceList(QListView):
    """The floating list; it takes clicks but never the keyboard.

    It is a child of the window, not a window: a window manager can neither misplace it nor give it
    the focus.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("completer")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choices = ChoiceModel(self)
        self.setModel(self.choices)
        self.setItemDelegate(ChoiceDelegate(theme, self))
        self.entered.connect(self.setCurrentIndex)
        self.hide()

    def open_under(self, field: QWidget, choices: Sequence[Choice], *, preselect: bool) -> None:
        """Show ``choices`` below ``field``, or above it where there is more room."""
        window = field.window()
        if self.parent() is not window:
            self.setParent(window)
        self.choices.set_choices(choices)
        top = field.mapTo(window, QPoint(0, 0))
        below, above = window.height() - top.y() - field.height() - 4, top.y() - 4
        height = min(len(choices), SHOWN) * ROW + 2 * self.frameWidth() + 4
        upward = height > below and above > below
        height = min(height, max(above if upward else below, 2 * ROW))
        width = min(max(field.width(), 220), window.width())
        x = max(0, min(top.x(), window.width() - width))
        y = top.y() - height - 2 if upward else top.y() + field.height() + 2
        self.setGeometry(x, y, width, height)
        self.setCurrentIndex(self.choices.index(0, 0) if preselect else QModelIndex())
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Move the choice, around the ends."""
        count, row = self.choices.rowCount(), self.currentIndex().row()
        first = 0 if by > 0 else count - 1
        row = first if row < 0 else (row + by) % count
        self.setCurrentIndex(self.choices.index(row, 0))

    def current(self) -> Choice | None:
        index = self.currentIndex()
        return self.choices.choice(index.row()) if self.isVisible() and index.isValid() else None


class CompletingEdit(QLineEdit):
    """A line that proposes what the archive already knows.

    Down and Up walk the list, Enter or Tab takes the choice, Escape closes the list only. Unless
    ``preselect`` is set nothing is chosen by itself, so that Enter keeps exactly what was typed.

    Attributes:
        anchor: What the list hangs under; the field itself unless a frame around it says otherwise.
        goes_on: Enter and Tab, having taken the choice, go on to what they do without a list, and so
            does Escape while nothing has been typed.

    Signals:
        choice_taken: The value of a suggestion; the field shows it already.
    """

    choice_taken = Signal(str)

    def __init__(
        self, theme: Theme, suggest: Suggest, parent: QWidget | None = None, *, preselect: bool = False
    ) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self._preselect = preselect
        self.anchor: QWidget = self
        self.goes_on = False
        self.choices = ChoiceList(theme, self)
        self.choices.clicked.connect(self.take_current)
        self.destroyed.connect(self.choices.deleteLater)
        self.textEdited.connect(self._propose)

    def set_suggest(self, suggest: Suggest) -> None:
        self._suggest = suggest

    def propose(self) -> None:
        """Open the list for what stands in the field."""
        self._propose(self.text())

    def _propose(self, text: str) -> None:
        found = self._suggest(text)
        if found and self.isVisible():
            self.choices.open_under(self.anchor, found, preselect=self._preselect and bool(text.strip()))
        else:
            self.choices.hide()

    def take_current(self) -> None:
        """Put the chosen suggestion into the field, if there is one."""
        choice = self.choices.current()
        self.choices.hide()
        if choice is not None:
            self.setText(choice.value)
            self.choice_taken.emit(choice.value)

    def _key_for_list(self, key: int) -> bool:
        """Handle a key that belongs to the list; False when it is the field's."""
        is_open = self.choices.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if is_open:
                self.choices.step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.propose()
        elif is_open and key == Qt.Key.Key_Escape:
            self.choices.hide()
            return not self.goes_on or self.isModified()
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
            and self.choices.current() is not None
        ):
            self.take_current()
            return not self.goes_on
        else:
            return False
        return True

    # Qt's own names from here on.

    def event(self, event: Any) -> bool:
        """Tab is taken here, before Qt moves the focus by it."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain and self._key_for_list(event.key()):
                event.accept()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.choices.hide()
        super().focusOutEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        self.choices.hide()
        super().moveEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.choices.hide()
        super().hideEvent(event)


def hide_choices(ancestor: QWidget) -> None:
    """What ``ancestor`` holds has moved: a list under one of its fields would hang in the air."""
    for field in ancestor.findChildren(CompletingEdit):
        field.choices.hide()
