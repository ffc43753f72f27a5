"""The states with nothing to show, which say what to do: an empty archive, no archive, nothing found."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ui.paint import line, paragraph, rounded
from desktop.ui.theme import Theme

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_HINTS = (
    ("book-open", "Read", "Text first; how far you were is kept for each article."),
    ("flag", "Mark", "Select, then H Q C N: highlight, quote, claim, note."),
    ("search", "Find", "Any word form, in every language of the archive."),
)
_KINDS = "Web pages, PDF, Word, books, mail, reading lists, archives, and folders of these"
_CARD = (560, 288)


class EmptyArchive(QWidget):
    """A place to drop articles on, four ways to begin, three lines on what comes then.

    Signals:
        files_requested, address_requested, paste_requested, sample_requested: A button was pressed.
    """

    files_requested = Signal()
    address_requested = Signal()
    paste_requested = Signal()
    sample_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._over = theme, False
        self.setObjectName("page")
        self.setAccessibleName("This archive is empty. Drop articles here, or choose files.")
        self._buttons = QWidget(self)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for label, signal in (
            ("Choose files…", self.files_requested),
            ("From an address…", self.address_requested),
            ("Paste a text", self.paste_requested),
            ("Open the sample", self.sample_requested),
        ):
            button = QPushButton(label)
            button.setProperty("primary", signal is self.files_requested or None)
            button.setAutoDefault(True)  # Enter presses it
            button.clicked.connect(signal.emit)
            row.addWidget(button)
            if signal is self.files_requested:
                self.setFocusProxy(button)
        theme.changed.connect(self.update)

    def highlight(self, over: bool) -> None:
        """Files are being dragged over the window."""
        self._over = over
        self.update()

    def _card(self) -> QRectF:
        width = min(_CARD[0], self.width() - 48)
        return QRectF((self.width() - width) / 2, max(24.0, self.height() / 2 - 228), width, _CARD[1])

    def resizeEvent(self, _event: QResizeEvent) -> None:
        card, size = self._card(), self._buttons.sizeHint()
        left = round(card.center().x() - size.width() / 2)
        self._buttons.setGeometry(left, round(card.bottom() - 88), size.width(), size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, card = self._theme, self._card()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), theme.color("surface"))
            rounded(painter, card, theme.color("chosen" if self._over else "raised"), None, 16)
            dashes = QPen(theme.color("accent" if self._over else "strong-line"), 1.5)
            dashes.setDashPattern([6, 4])
            painter.setPen(dashes)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card, 16, 16)
            self._invite(painter, card)
            self._hints(painter, card)
            foot = QRectF(24, self.height() - 44, self.width() - 48, 20)
            words = "Nothing leaves this computer. Originals are kept unchanged."
            line(painter, foot, words, theme.font(12), theme.color("muted"), _CENTRE)

    def _invite(self, painter: QPainter, card: QRectF) -> None:
        theme, middle = self._theme, card.center().x()
        rounded(painter, QRectF(middle - 32, card.y() + 40, 64, 64), theme.color("chosen"), None, 32)
        theme.draw_icon(painter, "book-open", middle - 14, card.y() + 58, 28, "accent")
        title = QRectF(card.x(), card.y() + 120, card.width(), 36)
        line(
            painter,
            title,
            "Drop articles here",
            theme.font(24, 700, serif=True),
            theme.color("text"),
            _CENTRE,
        )
        kinds = QRectF(card.x() + 16, card.y() + 158, card.width() - 32, 20)
        words = paragraph(_KINDS, kinds.width(), theme.font(13), lines=2)
        if words.lines == 1:
            line(painter, kinds, _KINDS, theme.font(13), theme.color("muted"), _CENTRE)
        else:
            words.draw(painter, kinds.x(), kinds.y(), theme.color("muted"))

    def _hints(self, painter: QPainter, card: QRectF) -> None:
        theme, width = self._theme, (card.width() - 2 * 32) / 3
        for number, (icon, title, words) in enumerate(_HINTS):
            x, y = card.x() + number * (width + 32), card.bottom() + 36
            theme.draw_icon(painter, icon, x, y + 2, 16, "accent")
            line(painter, QRectF(x + 24, y, width, 20), title, theme.font(13, 600), theme.color("text"))
            body = paragraph(words, width, theme.font(12), lines=3)
            body.draw(painter, x, y + 26, theme.color("muted"))


class Welcome(QWidget):
    """Shown while no archive is open.

    Signals:
        new_requested, open_requested, sample_requested: A button was pressed.
    """

    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("page")
        self.setAccessibleName("No archive is open. Make a new one, open one, or open the sample.")
        column = QVBoxLayout(self)
        column.addStretch(3)
        column.addSpacing(140)
        row = QHBoxLayout()
        row.addStretch(1)
        for label, signal in (
            ("New archive…", self.new_requested),
            ("Open archive…", self.open_requested),
            ("Open the sample", self.sample_requested),
        ):
            button = QPushButton(label)
            button.setProperty("primary", signal is self.new_requested or None)
            button.setAutoDefault(True)
            button.clicked.connect(signal.emit)
            row.addWidget(button)
            if signal is self.new_requested:
                self.setFocusProxy(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(4)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, middle = self._theme, self.width() / 2
        top = self.height() * 3 / 7 - 60
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), theme.color("surface"))
            rounded(painter, QRectF(middle - 32, top - 40, 64, 64), theme.color("chosen"), None, 32)
            theme.draw_icon(painter, "archive", middle - 14, top - 22, 28, "accent")
            title = QRectF(24, top + 36, self.width() - 48, 36)
            line(
                painter,
                title,
                "No archive is open",
                theme.font(24, 700, serif=True),
                theme.color("text"),
                _CENTRE,
            )
            words = "An archive is one file on your disk: articles, marks and originals together."
            below = QRectF(24, top + 72, self.width() - 48, 20)
            line(painter, below, words, theme.font(13), theme.color("muted"), _CENTRE)
