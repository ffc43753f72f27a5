"""The search field: fields shown as tokens, completions below, what was found at its end."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QListView, QWidget

from desktop.ui.paint import line, rounded, text_width
from desktop.ui.painted import ITEM, Index, Look, Painted, prepare
from desktop.ui.search.completion import Offer, field_tokens, offers, typed_at
from desktop.ui.theme import Theme

_PAUSE = 5  # milliseconds after the last key; a newer question takes the place of an older one
WIDTH = 420  # pixels of the completions
_ROWS = 10  # that are seen at once
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)


class SearchField(QFrame):
    """Frame, glass, edit, tail and key cap in one rounded field.

    Signals:
        query_changed: The person paused typing; the text without outer spaces.
        accepted: Enter: go to what was found.
        down_requested: The down key without a completion to go to.
    """

    query_changed = Signal(str)
    accepted = Signal()
    down_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setFixedHeight(36)
        self._theme = theme
        self._values: Mapping[str, Sequence[str]] = {}
        self._asked = ""
        self.edit = TokenEdit(theme)
        self._glass, self._tail, self._cap = QLabel(), QLabel(), KeyCap(theme, "Ctrl+K")
        self._tail.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 8, 2)
        row.setSpacing(8)
        for widget in (self._glass, self.edit, self._tail, self._cap):
            row.addWidget(widget, 1 if widget is self.edit else 0)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.completions = Completions(theme, self)
        self.completions.clicked.connect(self._take)
        self.edit.textEdited.connect(self._edited)
        self.edit.textChanged.connect(lambda _: self._pause.start())
        self.edit.installEventFilter(self)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def query(self) -> str:
        return self.edit.text().strip()

    def set_query(self, query: str) -> None:
        """Show a query as if it had been typed; asked at once."""
        self.edit.setText(query)
        self.completions.hide()
        self._ask()

    def clear(self) -> None:
        self.set_query("")

    def set_values(self, values: Mapping[str, Sequence[str]]) -> None:
        """The archive's names, for completion."""
        self._values = values

    def show_tail(self, words: str) -> None:
        """How much was found."""
        self._tail.setText(words)

    def focus(self) -> None:
        self.edit.setFocus()
        self.edit.selectAll()

    def _tint(self) -> None:
        self._glass.setPixmap(self._theme.pixmap("search", "muted", 16, self.devicePixelRatioF()))

    def _ask(self) -> None:
        self._pause.stop()
        if self.query != self._asked:
            self._asked = self.query
            self.query_changed.emit(self.query)

    def _edited(self, *, everything: bool = False) -> None:
        text, cursor = self.edit.text(), self.edit.place()
        found = offers(text, cursor, self._values, everything=everything)
        self.completions.offer(found, self._below())

    def _below(self) -> QPoint:
        start = typed_at(self.edit.text(), self.edit.place()).start
        x = self.edit.x() + min(self.edit.left_of(start), self.edit.cursorRect().left())
        return self.mapTo(self.window(), QPoint(max(0, min(x, self.width() - WIDTH)), self.height() + 2))

    def _take(self, index: QModelIndex | None = None) -> None:
        """Put the chosen completion into the text; it can be undone as if it had been typed."""
        offer = (index or self.completions.currentIndex()).data(ITEM)
        if not isinstance(offer, Offer):
            return
        text, cursor = self.edit.text(), self.edit.place()
        start = typed_at(text, cursor).start
        rest = text[cursor:]
        closing = offer.text.endswith('"') and rest.startswith('"')
        ends = offer.value and not rest[closing : closing + 1].strip()
        spaces = len(rest) - len(rest.lstrip()) if ends else 0
        self.edit.replace(start, cursor + closing + spaces, offer.text + (" " if ends else ""))
        self.edit.setFocus()
        self._edited()

    def _key(self, event: QKeyEvent) -> bool:
        key, offering = event.key(), self.completions.isVisible()
        chosen = offering and self.completions.currentIndex().isValid()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if chosen:
                self._take()
            else:
                self.completions.hide()
                self._ask()
                self.accepted.emit()
        elif key == Qt.Key.Key_Tab and offering:
            self.completions.step(0)
            self._take()
        elif key == Qt.Key.Key_Escape and offering:
            self.completions.hide()
        elif key == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._edited(everything=True)
        elif key in _DOWN and not offering:
            self.down_requested.emit()
        elif key in (*_DOWN, Qt.Key.Key_Up, Qt.Key.Key_PageUp) and offering:
            self.completions.step(1 if key in _DOWN else -1)
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent):
            mine = event.key() == Qt.Key.Key_Escape and self.completions.isVisible()
            if kind is QEvent.Type.ShortcutOverride and mine:
                event.accept()
                return True
            if kind is QEvent.Type.KeyPress:
                return self._key(event)
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._focus(kind is QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def _focus(self, inside: bool) -> None:
        self.setProperty("active", inside)
        self.style().unpolish(self)
        self.style().polish(self)
        if not inside:
            self.completions.hide()


class TokenEdit(QLineEdit):
    """A line edit whose ``field:value`` tokens lie on a tint, the field's name in the accent."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setPlaceholderText("Search words, speaker:, kind:, tag:, date: …")
        self.setAccessibleName("Search")
        self.textChanged.connect(self._colour)

    def place(self) -> int:
        """Where the cursor stands, in code points."""
        before = self.text().encode("utf-16-le", "surrogatepass")[: 2 * self.cursorPosition()]
        return len(before.decode("utf-16-le", "replace"))

    def left_of(self, place: int) -> int:
        """Where the text from ``place`` on begins, in pixels, as long as nothing is scrolled away."""
        return 2 + round(text_width(self.text()[:place], self.font()))

    def replace(self, start: int, end: int, words: str) -> None:
        """Put words in the place of others, in code points; the cursor stands after them."""
        text = self.text()
        self.setSelection(_units(text[:start]), _units(text[start:end]))
        self.insert(words)

    def _colour(self) -> None:
        """Attributes keep their places when text moves, so all are sent again after each change."""
        look, tokens = QFont(self._theme.font()), list(field_tokens(self.text()))
        look.setWordSpacing(8 if tokens else 0)  # room around tokens; the text keeps single spaces
        self.setFont(look)
        accent = QTextCharFormat()
        accent.setForeground(self._theme.color("accent"))
        kind = QInputMethodEvent.AttributeType.TextFormat
        text, cursor = self.text(), self.cursorPosition()
        attributes = [
            QInputMethodEvent.Attribute(
                kind, _units(text[:start]) - cursor, _units(text[start:colon]), accent
            )
            for start, colon, _ in tokens
        ]
        QCoreApplication.sendEvent(self, QInputMethodEvent("", attributes))

    def paintEvent(self, event: QPaintEvent) -> None:
        if text_width(self.text(), self.font()) < self.width() - 8:  # a scrolled text has no tints
            with QPainter(self) as painter:
                for start, _, end in field_tokens(self.text()):
                    width = text_width(self.text()[start:end], self.font())
                    box = QRectF(self.left_of(start) - 3, (self.height() - 24) / 2, width + 6, 24)
                    rounded(painter, box, self._theme.tint("accent", 0.12))
        super().paintEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.selectAll()


def _units(text: str) -> int:
    """The length of a text as Qt counts, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class KeyCap(QWidget):
    """A key's name on a small cap, e.g. at the end of the search field."""

    def __init__(self, theme: Theme, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._keys = theme, keys.replace("+", " ")
        self.setFixedSize(round(text_width(self._keys, theme.font(11, 600))) + 14, 24)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, box = self._theme, QRectF(self.rect()).adjusted(0, 2, 0, -2)
        with QPainter(self) as painter:
            rounded(painter, box, theme.color("sunken"), theme.color("line"), 5)
            line(
                painter,
                box,
                self._keys,
                theme.font(11, 600),
                theme.color("muted"),
                Qt.AlignmentFlag.AlignHCenter,
            )


class OfferModel(QAbstractListModel):
    """The completions that are listed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offers: Sequence[Offer] = ()

    def show(self, found: Sequence[Offer]) -> None:
        self.beginResetModel()
        self._offers = found
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._offers)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        offer = self._offers[index.row()]
        if role == ITEM:
            return offer
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{offer.label}, {offer.note}" if offer.note else offer.label
        return offer.label if role == Qt.ItemDataRole.DisplayRole else None


class Completions(QListView):
    """A list under the field that never takes the focus."""

    def __init__(self, theme: Theme, field: SearchField) -> None:
        super().__init__(field)
        self._field = field
        self.setObjectName("completer")
        self.setAccessibleName("Completions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        prepare(self)
        self._offers = OfferModel(self)
        self.setModel(self._offers)
        self.setItemDelegate(OfferDelegate(theme, self))
        self.hide()

    def offer(self, found: Sequence[Offer], at: QPoint) -> None:
        """Show these under the token, or nothing."""
        self._offers.show(found)
        self.setVisible(bool(found))
        if found:
            self.setParent(self._field.window())
            self.setGeometry(at.x(), at.y(), WIDTH, min(len(found), _ROWS) * 28 + 8)
            self.show()
            self.raise_()

    def step(self, by: int) -> None:
        """Choose the next or previous one; 0 chooses the first if none is."""
        index, count = self.currentIndex(), self._offers.rowCount()
        row = index.row() + by if index.isValid() else (count - 1 if by < 0 else 0)
        self.setCurrentIndex(self._offers.index(row % count, 0))


class OfferDelegate(Painted):
    """A label, and what it means in small words."""

    def height(self, _item: Any, _width: int) -> int:
        return 28

    def draw(self, painter: QPainter, box: QRectF, item: Offer, look: Look) -> None:
        theme = self.theme
        if look.chosen or look.hovered:
            ground = theme.color("chosen" if look.chosen else "hover")
            rounded(painter, box.adjusted(4, 1, -4, -1), ground)
        inside = box.adjusted(12, 0, -12, 0)
        used = line(
            painter, inside, item.label, theme.font(13, 600 if item.note else 400), theme.color("text")
        )
        inside.setLeft(inside.left() + used + 12)
        line(painter, inside, item.note, theme.font(12), theme.color("muted"))
