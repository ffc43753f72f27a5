"""Chips as widgets: a removable tag, a toggle with a count, and the layout that wraps them."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QWidget

from desktop.ui.paint import chip_width, line, rounded, text_width
from desktop.ui.theme import Theme

ROOMY, TIGHT, BARE = range(3)  # sizes of a CountChip


class FlowLayout(QLayout):
    """Items from left to right, wrapped; with ``fill_last`` the last one takes the rest of its line."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 4, fill_last: bool = False) -> None:
        super().__init__(parent)
        self._fill_last = fill_last
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def insert_widget(self, place: int, widget: QWidget) -> None:
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def _arrange(self, box: QRect, *, apply: bool) -> int:
        """Place the items in ``box``; returns the height they need."""
        margins = self.contentsMargins()
        inner = box.marginsRemoved(margins)
        x, y, row = inner.x(), inner.y(), 0
        for item in self._items:
            fills = self._fill_last and item is self._items[-1]
            least = item.minimumSize().width() if fills else item.sizeHint().width()
            least = min(least, inner.width())
            if x > inner.x() and x + least > inner.right() + 1:
                x, y, row = inner.x(), y + row + self._gap, 0
            width = inner.right() + 1 - x if fills else least
            height = item.sizeHint().height()
            if apply:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
            x, row = x + width + self._gap, max(row, height)
        return y + row - box.y() + margins.bottom()

    # Qt's own names from here on.

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), apply=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, apply=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items]
        margins = self.contentsMargins()
        width = max((size.width() for size in sizes), default=0) + margins.left() + margins.right()
        height = max((size.height() for size in sizes), default=0) + margins.top() + margins.bottom()
        return QSize(width, height)


class TagChip(QAbstractButton):
    """A tag that can be taken off: click its cross, or Delete on it.

    Signals:
        removal_requested: For the tag's path.
    """

    removal_requested = Signal(str)
    _CROSS = 18

    def __init__(self, theme: Theme, path: str, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.path, self._token = theme, path, token
        self._over_cross = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Tag {path}").format(path=path))
        self.setToolTip(self.tr("{path} (Delete takes it off)").format(path=path))
        theme.changed.connect(self.update)

    # Qt's own names from here on.

    def sizeHint(self) -> QSize:
        return QSize(int(chip_width(self._theme, self.path, dot=self._token)) + self._CROSS - 4, 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        body = QRectF(0, 1, self.width(), 20)
        rounded(painter, body, theme.color("text", 0.09 if theme.dark else 0.06), None, 10)
        if self.hasFocus():
            rounded(painter, body, None, theme.color("focus"), 10)
        rounded(painter, QRectF(7, 7.5, 7, 7), theme.color(self._token), None, 3.5)
        room = QRectF(19, 1, self.width() - 19 - self._CROSS, 20)
        line(painter, room, self.path, theme.font(11, 600), theme.color("text"))
        glyph = "text" if self._over_cross else "muted"
        theme.draw_icon(painter, "x", self.width() - self._CROSS + 1, 5, 12, glyph)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over_cross = event.position().x() > self.width() - self._CROSS
        self.update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over_cross = False
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.position().x() > self.width() - self._CROSS and self.rect().contains(
            event.position().toPoint()
        ):
            self.removal_requested.emit(self.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_requested.emit(self.path)
        else:
            super().keyPressEvent(event)


class CountChip(QAbstractButton):
    """A tinted glyph with a number that can be pressed in: how many there are, and a filter for them."""

    def __init__(self, theme: Theme, glyph: str, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._glyph, self._token = theme, glyph, token
        self._count, self._size, self._hovered = 0, ROOMY, False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self.update)

    def set_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.updateGeometry()
            self.update()

    def count(self) -> int:
        return self._count

    def set_size(self, size: int) -> None:
        """``ROOMY``, ``TIGHT`` with narrower sides, or ``BARE`` without its number."""
        if size != self._size:
            self._size = size
            self.updateGeometry()
            self.update()

    def width_for(self, size: int) -> int:
        """In pixels."""
        if size == BARE:
            return 22
        number = text_width(str(self._count), self._theme.font(11, 600))
        return round(number + 15 + (10 if size == TIGHT else 18))

    # Qt's own names from here on.

    def sizeHint(self) -> QSize:
        return QSize(self.width_for(self._size), 22)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        body = QRectF(0, 1, self.width(), 20)
        pressed = self.isChecked()
        strength = 0.3 if pressed else 0.2 if self._hovered else None
        rounded(
            painter,
            body,
            theme.tint(self._token, strength) if strength else theme.chip_fill(self._token),
            None,
            10,
        )
        if pressed or self.hasFocus():
            rounded(painter, body, None, theme.color("focus" if self.hasFocus() else self._token), 10)
        side = 8 if self._size == ROOMY else 5
        theme.draw_icon(painter, self._glyph, side, 5, 12, self._token)
        if self._size != BARE:
            room = QRectF(side + 15, 1, self.width(), 20)
            line(painter, room, str(self._count), theme.font(11, 600), theme.ink(self._token))
        painter.end()
