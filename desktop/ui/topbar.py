"""The bar at the top: which archive, the search field with its reading, and a few buttons."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.elided import ElidedLabel
from desktop.ui.paint import line
from desktop.ui.search.field import SearchField
from desktop.ui.theme import Theme


class TopBar(QFrame):
    """Brand, search field, tools."""

    def __init__(self, theme: Theme, field: SearchField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bars")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self.brand = Brand(theme)
        self._reading, self._hint = ElidedLabel(), ElidedLabel()
        self._reading.setTextFormat(Qt.TextFormat.PlainText)
        self._reading.setProperty("role", "muted")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._reading.setAccessibleName("How the search was understood")
        self._under = QWidget()
        under = QHBoxLayout(self._under)
        under.setContentsMargins(36, 0, 12, 0)
        under.setSpacing(12)
        under.addWidget(self._reading)
        under.addWidget(self._hint)
        under.addStretch(1)
        self._under.setFixedHeight(20)  # Japanese letters are high; always there, so that nothing below jumps
        middle = QVBoxLayout()
        middle.setSpacing(2)
        middle.addWidget(field)
        middle.addWidget(self._under)
        self._tools = QHBoxLayout()
        self._tools.setContentsMargins(4, 2, 0, 2)
        self._tools.setSpacing(4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 12, 6)
        row.setSpacing(4)
        row.addWidget(self.brand, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(middle, 1)
        row.setAlignment(middle, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._tools)
        row.setAlignment(self._tools, Qt.AlignmentFlag.AlignTop)

    def add_tool(self, action: QAction) -> QToolButton:
        """A button for a command, at the right."""
        button = QToolButton()
        button.setDefaultAction(action)
        button.setFixedSize(32, 32)
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(action.toolTip())
        self._tools.addWidget(button)
        return button

    def add_menu(self, menu: QMenu, icon: str, name: str) -> QToolButton:
        """A button that opens a menu, at the right."""
        button = QToolButton()
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFixedSize(32, 32)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setIcon(self._theme.icon(icon))
        self._theme.changed.connect(lambda: button.setIcon(self._theme.icon(icon)))
        self._tools.addWidget(button)
        return button

    def show_reading(self, understood: str, hint: str) -> None:
        """How the query was read, in plain words, and what was odd about it."""
        self._reading.setText(understood)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._hint.setStyleSheet(f"color: {self._theme.ink('disputed').name()}")

    @property
    def reading(self) -> str:
        return self._reading.text()


class Brand(QWidget):
    """The archive's name, what is in it, and its menu.

    Signals:
        clicked: The person wants the archive's menu.
    """

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._title, self._facts = theme, "Pressmark", ""
        self.setFixedSize(212, 52)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.installEventFilter(self)
        theme.changed.connect(self.update)

    def describe(self, title: str, facts: str, path: str) -> None:
        self._title, self._facts = title, facts
        self.setAccessibleName(f"Archive {title}, {facts}")
        self.setToolTip(path)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return):  # type: ignore[attr-defined]
            self.clicked.emit()
            return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, width = self._theme, self.width() - 52
        with QPainter(self) as painter:
            if self.hasFocus():
                painter.setPen(theme.color("focus"))
                painter.drawRoundedRect(QRectF(8.5, 4.5, self.width() - 12, 44), 6, 6)
            theme.draw_icon(painter, "archive", 16, 16, 20, "accent")
            title = QRectF(44, 8, width, 20)
            line(painter, title, self._title, theme.font(13, 600), theme.color("text"))
            facts = QRectF(44, 26, width, 16)
            line(painter, facts, self._facts, theme.font(11), theme.color("muted"))


class Banner(QFrame):
    """A line under the top bar for a lasting state, e.g. that the archive is read-only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("banner")
        self._icon, self._words = QLabel(), QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def say(self, words: str) -> None:
        """Show these words, or nothing."""
        self._words.setText(words)
        self.setVisible(bool(words))

    def _tint(self) -> None:
        self._icon.setPixmap(self._theme.pixmap("triangle-alert", "disputed", 16, self.devicePixelRatioF()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("surface"))
            painter.fillRect(self.rect(), self._theme.chip_fill("disputed"))
