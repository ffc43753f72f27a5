"""A quiet notice over the window's lower edge: what happened, and Undo. It never takes the focus."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

_STAY = 8000  # milliseconds
_ABOVE = 52  # pixels between the notice and the window's lower edge


class Notice(QFrame):
    """One at a time; a new one replaces the old. Stays while the pointer is on it.

    Attributes:
        told: Every sentence shown since the start, newest last, for the tests and for reports.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.told: list[str] = []
        self._act: Callable[[], object] | None = None
        self._over = parent
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setAccessibleName("Notice")
        self._button = QPushButton()
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.clicked.connect(self._do)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self._timer = QTimer(self, singleShot=True, interval=_STAY)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, words: str, label: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a sentence, with a button when there is something to do about it."""
        self.told.append(words)
        self._words.setText(words)
        self._act = act
        self._button.setText(label)
        self._button.setVisible(bool(label))
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def act(self) -> None:
        """What a click on its button does."""
        self._do()

    def _do(self) -> None:
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()

    def _place(self) -> None:
        room = self._over.rect()
        button = self._button.sizeHint().width() + 8 if self._button.text() else 0
        natural = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 34 + button
        width = min(natural, 640, room.width() - 48)
        height = max(self._words.heightForWidth(width - 34 - button) + 12, 40)
        self.setGeometry((room.width() - width) // 2, room.height() - _ABOVE - height, width, height)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
