"""The command palette, and the same pop-up for every short choice: a tag, a collection, a name."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.entries import Entry, EntryModel, Found, find
from desktop.ui.paint import line, rounded, text_width
from desktop.ui.painted import Look, Painted, hairline, prepare
from desktop.ui.theme import Theme

_SIZE = (600, 456)
Create = Callable[[str], Entry]


class Palette(QWidget):
    """Shades the window and lists entries under a field; type, choose, Enter.

    The focus goes back to where it was when it closes.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._entries: Sequence[Entry] = ()
        self._create: Create | None = None
        self._before: QWidget | None = None
        self._build(window)
        window.installEventFilter(self)
        theme.changed.connect(self._lift)
        self.hide()

    def open(
        self,
        entries: Sequence[Entry],
        placeholder: str,
        *,
        text: str = "",
        hint: str = "",
        create: Create | None = None,
    ) -> None:
        """Show it.

        Args:
            create: Makes the entry for words that are nobody's label, e.g. a new tag.
            hint: The line at the bottom.
        """
        self._entries, self._create = entries, create
        self._before = self.window().focusWidget()
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self._foot.setText(hint or "↑↓ choose     ⏎ run     Esc close")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.setText(text)
        self.field.selectAll()
        self._search(text)

    def close_palette(self) -> None:
        """Hide it and give the focus back."""
        if self.isVisible():
            self.hide()
            if self._before is not None and self._before.isVisible():
                self._before.setFocus()

    def accept(self) -> None:
        """Run the chosen entry."""
        entry = self.model.entry(self.view.currentIndex())
        if entry is not None:
            self.close_palette()
            entry.run()

    def _build(self, window: QWidget) -> None:
        self._popup = QFrame(self)
        self._popup.setObjectName("popup")
        self.field = QLineEdit()
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self._glass = QLabel()
        self.model = EntryModel(self)
        self.view = QListView()
        self.view.setAccessibleName("Commands")
        prepare(self.view)
        self.view.setItemDelegate(EntryDelegate(self._theme, self.view))
        self.view.setModel(self.model)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.clicked.connect(self._click)
        self._foot = QLabel()
        self._foot.setProperty("role", "muted")
        column = QVBoxLayout(self._popup)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 14)
        head.setSpacing(12)
        head.addWidget(self._glass)
        head.addWidget(self.field, 1)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self.view, 1)
        column.addWidget(hairline())
        column.addWidget(self._foot)
        self._foot.setContentsMargins(20, 10, 20, 10)
        self.setGeometry(window.rect())
        self._lift()

    def _lift(self) -> None:
        self._glass.setPixmap(self._theme.pixmap("search", "accent", 20, self.devicePixelRatioF()))
        shadow = QGraphicsDropShadowEffect(self._popup)
        shadow.setBlurRadius(48)
        shadow.setOffset(0, 16)
        shadow.setColor(QColor(0, 0, 0, 130 if self._theme.dark else 60))
        self._popup.setGraphicsEffect(shadow)

    def _place(self) -> None:
        window = self.window().rect()
        self.setGeometry(window)
        width, height = min(_SIZE[0], window.width() - 32), min(_SIZE[1], window.height() - 96)
        self._popup.setGeometry((window.width() - width) // 2, min(112, window.height() // 8), width, height)

    def _search(self, text: str) -> None:
        found = find(self._entries, text)
        name = text.strip()
        if self._create and name and not any(one.entry.label.casefold() == name.casefold() for one in found):
            found.append(Found(self._create(name)))
        self.model.show(found)
        self.view.setCurrentIndex(self.model.next_entry(0, 1))
        self.view.scrollToTop()

    def _move(self, step: int) -> None:
        self.view.setCurrentIndex(self.model.next_entry(self.view.currentIndex().row() + step, step))

    def _click(self, index: QModelIndex) -> None:
        self.view.setCurrentIndex(index)
        self.accept()

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            down = key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
            self._move(1 if down else -1)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._complete()
        else:
            return False
        return True

    def _complete(self) -> None:
        entry = self.model.entry(self.view.currentIndex())
        if entry is not None and self._create is not None:
            self.field.setText(entry.label)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # while it is open, no key is a command of the window
                return True
            if event.type() is QEvent.Type.KeyPress:
                return self._key(event)
        if watched is self.parentWidget() and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._popup.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            shade = QColor(0, 0, 0, 110) if self._theme.dark else self._theme.color("text", 0.18)
            painter.fillRect(event.rect(), shade)


class EntryDelegate(Painted):
    """Headings of 32 and entries of 36 pixels' height."""

    def height(self, item: Any, _width: int) -> int:
        return 32 if isinstance(item, str) else 36

    def draw(self, painter: QPainter, box: QRectF, item: Any, look: Look) -> None:
        if isinstance(item, str):
            below = QRectF(20, box.bottom() - 24, box.width() - 40, 20)
            line(painter, below, item, self.theme.font(11, 600), self.theme.color("muted"))
            return
        if look.chosen or look.hovered:
            ground = self.theme.color("chosen" if look.chosen else "hover")
            rounded(painter, box.adjusted(8, 1, -8, -1), ground)
        entry = item.entry
        if entry.dot:
            rounded(painter, QRectF(24, box.y() + 14, 9, 9), self.theme.color(entry.dot), None, 4.5)
        elif entry.icon:
            token = "accent" if look.chosen else "muted"
            self.theme.draw_icon(painter, entry.icon, 20, box.y() + 10, 16, token)
        right = self._tail(painter, box, entry)
        self._label(painter, QRectF(48, box.y(), right - 60, box.height()), item)

    def _tail(self, painter: QPainter, box: QRectF, entry: Entry) -> float:
        """Keys as key caps, or the note; returns where they begin."""
        right, small = box.right() - 20, self.theme.font(11, 600)
        for key in reversed(entry.keys.split("+") if entry.keys else []):
            width = max(20.0, text_width(key, small) + 12)
            cap = QRectF(right - width, box.y() + 8, width, 20)
            rounded(painter, cap, self.theme.color("sunken"), self.theme.color("strong-line"), 5)
            line(painter, cap, key, small, self.theme.color("muted"), Qt.AlignmentFlag.AlignHCenter)
            right -= width + 4
        if entry.note:
            width = text_width(entry.note, self.theme.font(12))
            note = QRectF(right - width - 1, box.y(), width + 1, box.height())
            line(painter, note, entry.note, self.theme.font(12), self.theme.color("muted"))
            right -= width + 8
        return right

    def _label(self, painter: QPainter, box: QRectF, found: Found) -> None:
        label, at = found.entry.label, 0
        for start, end in (*found.hits, (len(label), len(label))):
            for piece, hit in ((label[at : max(at, start)], False), (label[max(at, start) : end], True)):
                token, weight = ("accent", 600) if hit else ("text", 400)
                used = line(painter, box, piece, self.theme.font(13, weight), self.theme.color(token))
                box.setLeft(min(box.left() + used, box.right()))
            at = max(at, end)
