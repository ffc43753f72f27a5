"""Asking for the addresses of pages to fetch."""

import re
from urllib.parse import urlsplit

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ui.notes import NoteEdit
from desktop.ui.wording import counted

MOST = 200
_BARE = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")


def page_addresses(text: str) -> tuple[list[str], list[str]]:
    """The addresses in a text, each once, and the lines that are none; ``https`` where none is said."""
    found: dict[str, None] = {}
    others: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        address = f"https://{line}" if _BARE.fullmatch(line) else line
        if is_address(address):
            found[address] = None
        else:
            others.append(line)
    return list(found), others


def is_address(text: str) -> bool:
    """One ``http`` or ``https`` address and nothing else."""
    try:
        parts = urlsplit(text)
        known = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    return known and parts.scheme in ("http", "https") and not re.search(r"\s", text)


def bare_addresses(text: str) -> list[str]:
    """The addresses where a text is nothing but whole addresses, line by line; else none."""
    lines = text.split()
    return list(dict.fromkeys(lines)) if 0 < len(lines) <= MOST and all(map(is_address, lines)) else []


class AddressDialog(QDialog):
    """Nothing is fetched before the button is pressed.

    Signals:
        fetch_requested: Addresses, in order.
    """

    fetch_requested = Signal(list)

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import from an address"))
        self.setMinimumWidth(560)
        tr = self.tr
        self.lines = NoteEdit(self, least=2, most=10)
        self.lines.setPlaceholderText("https://")
        self.lines.setAccessibleName(tr("Addresses of pages, one a line"))
        self.lines.installEventFilter(self)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setProperty("role", "muted")
        self.fetch = QPushButton(tr("Fetch"), self)
        self.fetch.setProperty("primary", True)
        self.fetch.setDefault(True)
        self.cancel = QPushButton(tr("Cancel"), self)
        self.cancel.setAutoDefault(False)
        self._lay_out()
        self.lines.textChanged.connect(self._check)
        self.fetch.clicked.connect(self._accept)
        self.cancel.clicked.connect(self.close)
        self.lines.setPlainText(text)
        self.lines.selectAll()
        self._check()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Addresses of pages, one a line"), self)
        title.setProperty("role", "title")
        title.setBuddy(self.lines)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.fetch)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(self.lines)
        column.addLayout(foot)

    def _check(self) -> None:
        found, others = page_addresses(self.lines.toPlainText())
        if others:
            told = self.tr("“{line}” is not the address of a page.").format(line=others[0][:60])
        elif len(found) > MOST:
            told = self.tr("At most {count} at once.").format(count=MOST)
        elif found:
            told = counted(len(found), self.tr("page"), self.tr("pages")) + self.tr(
                ". This computer asks its server for it; nothing else is sent."
            )
        else:
            told = self.tr("The page is fetched once, kept as it came, and read like a saved one.")
        self.told.setText(told)
        self.fetch.setEnabled(bool(found) and not others and len(found) <= MOST)

    def _accept(self) -> None:
        if self.fetch.isEnabled():
            self.fetch_requested.emit(page_addresses(self.lines.toPlainText())[0])
            self.close()

    # Qt's own names from here on.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter fetches; Shift+Enter begins another line."""
        if watched is self.lines and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shifted:
                self._accept()
                return True
        return super().eventFilter(watched, event)
