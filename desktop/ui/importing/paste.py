"""Looking at a pasted text before it becomes an article."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.wording import counted


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is to be imported; a title of None lets the importer find one."""

    text: str
    title: str | None = None


class PasteDialog(QDialog):
    """An optional title and the text, which can still be corrected."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Paste an article"))
        self.resize(560, 480)
        self.title = QLineEdit(self)
        self.title.setPlaceholderText(self.tr("Title (found in the text if left empty)"))
        self.title.setAccessibleName(self.tr("Title"))
        self.text = QPlainTextEdit(text, self)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text"))
        self.length = QLabel(self)
        self.length.setProperty("role", "muted")
        self.add = QPushButton(self.tr("Add article"), self)
        self.add.setProperty("primary", True)
        self.add.setToolTip(self.tr("Add article (Ctrl+Enter)"))
        self.add.setDefault(True)
        self.add.clicked.connect(self.accept)
        back = QPushButton(self.tr("Cancel"), self)
        back.clicked.connect(self.reject)
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        row.addWidget(self.length, 1)
        row.addWidget(back)
        row.addWidget(self.add)
        column.addWidget(self.title)
        column.addWidget(self.text, 1)
        column.addLayout(row)
        self.text.textChanged.connect(self._count)
        self._count()

    @classmethod
    def ask(cls, parent: QWidget | None, text: str) -> Pasted | None:
        """None when the person gave up."""
        dialog = cls(text, parent)
        return dialog.pasted() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def pasted(self) -> Pasted:
        return Pasted(self.text.toPlainText(), self.title.text().strip() or None)

    def _count(self) -> None:
        words = len(self.text.toPlainText().split())
        self.length.setText(counted(words, self.tr("word"), self.tr("words")))
        self.add.setEnabled(bool(words))

    # Qt's own names from here on.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.add.isEnabled():
            self.accept()
        else:
            super().keyPressEvent(event)
