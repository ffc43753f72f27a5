"""Quick tags at a place: type, Enter, done; Tab or a comma for another one first."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from desktop.core.records import Tag
from desktop.ui.tags.completion import Counts, TagIndex
from desktop.ui.tags.field import TagField
from desktop.ui.theme import Theme

WIDTH = 320


class TagPopup(QFrame):
    """Floats over the window beside what is to be tagged; never covers it.

    Enter takes the chosen or typed tag and is done, Tab and comma take it and stay, Escape or a
    click elsewhere gives up.

    Signals:
        tags_chosen: Paths, at least one; existing ones in the archive's own spelling.
        closed: It has gone, with or without tags; the focus should return to where it was.
    """

    tags_chosen = Signal(list)
    closed = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._place = QRect()
        self.setObjectName("popup")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Add tags"))
        self._title = QLabel(self)
        self._title.setProperty("role", "section")
        self.field = TagField(theme, self)
        hint = QLabel(self.tr("Enter: done   Tab: another   Esc: cancel"), self)
        hint.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        for widget in (self._title, self.field, hint):
            column.addWidget(widget)
        self.field.line.anchor = self
        self.field.line.installEventFilter(self)
        self.field.line.choices.clicked.connect(self._done)
        self.field.paths_changed.connect(self._fit)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.hide()

    def open_at(self, place: QRect, title: str, tags: Iterable[Tag], counts: Counts | None = None) -> None:
        """Open under ``place`` (of the window), or above it where there is no room.

        Args:
            title: What is being tagged, e.g. “3 articles”.
        """
        self._title.setText(title)
        self.field.set_index(TagIndex(tags, counts))
        self.field.set_paths([])
        self.field.line.clear()
        self._place = place
        self._fit()
        self.show()
        self.raise_()
        self.field.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.line.propose()

    def _fit(self) -> None:
        window = self._window
        width = min(WIDTH, window.width())
        layout = self.layout()
        height = layout.totalHeightForWidth(width) if layout is not None else 100
        below = self._place.bottom() + 6
        top = below if below + height <= window.height() else self._place.top() - height - 6
        corner = QPoint(max(0, min(self._place.left(), window.width() - width)), max(0, top))
        self.setGeometry(QRect(corner.x(), corner.y(), width, height))

    def _take(self) -> bool:
        """Add what is chosen or typed; False when there is neither."""
        if self.field.line.choices.current() is not None:
            self.field.line.take_current()
            return True
        typed = bool(self.field.line.text().strip())
        self.field.take_typed()
        return typed

    def _done(self) -> None:
        self.field.take_typed()
        paths = self.field.paths()
        self._close()
        if paths:
            self.tags_chosen.emit(paths)

    def _close(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isVisible() and new is not self and not self.isAncestorOf(new):
            self._close()

    # Qt's own names from here on.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab mean more here than in a field of a form."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                self._done()
                return True
            if event.key() == Qt.Key.Key_Tab:
                self._take()
                self.field.line.propose()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape arrives here once the list of suggestions is closed."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        event.accept()
