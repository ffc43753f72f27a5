"""Typing in any script: QTest's own ``keyClicks`` knows Latin-1 only and aborts on the rest."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


def type_words(widget: QWidget, words: str) -> None:
    """Send each character as a key press and release, as a keyboard with that layout would."""
    for char in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, char)
            QApplication.sendEvent(widget, event)


def type_over(field: QWidget, words: str) -> None:
    """Replace what stands in a field."""
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]
    type_words(field, words)
