"""Sentences for people: quiet ones for what is expected, a report to copy for faults of our own."""

import logging
import platform
import traceback
from collections.abc import Callable

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import __version__
from desktop.core.errors import Cancelled, PressmarkError
from desktop.core.sentences import sentence
from desktop.ui.notice import Notice

_log = logging.getLogger(__name__)


class Messages:
    """Speaks through the notice of one window.

    Attributes:
        faults: The reports made so far, newest last.
    """

    def __init__(self, notice: Notice, window: QWidget) -> None:
        self._notice, self._window = notice, window
        self.faults: list[str] = []

    @property
    def told(self) -> list[str]:
        """Every sentence so far, newest last."""
        return self._notice.told

    def tell(self, words: str, label: str = "", act: Callable[[], object] | None = None) -> None:
        """Something happened, and perhaps there is something to do about it."""
        self._notice.tell(words, label, act)

    def fail(self, error: Exception) -> None:
        """Something went wrong: in a sentence if it was expected, with a report if it is our fault."""
        if isinstance(error, Cancelled):
            self.tell("Stopped. What was finished before is kept.")
        elif isinstance(error, (PressmarkError, OSError)):
            self.tell(sentence(error))
        elif isinstance(error, ValueError):
            self.tell(f"That could not be done: {error}. Nothing was changed.")
        else:
            self.fault(error)

    def fault(self, error: BaseException) -> None:
        """A fault of our own: keep it and offer the report."""
        _log.error("unexpected error", exc_info=error)
        report = report_of(error)
        self.faults.append(report)
        self.tell(sentence(error), "Report", lambda: FaultDialog(report, self._window).show())


def report_of(error: BaseException) -> str:
    """What a developer needs, and nothing of the person's articles beyond the traceback."""
    lines = [
        f"Pressmark {__version__}",
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}",
        platform.platform(),
        "",
    ]
    return "\n".join(lines) + "".join(traceback.format_exception(error))


class FaultDialog(QDialog):
    """The report, with a button to copy it; the program goes on."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Something went wrong inside Pressmark")
        self.resize(680, 420)
        words = QLabel(
            "What was saved before is safe. Please copy this report and send it to the developers; "
            "it names the place in the program, not your articles."
        )
        words.setWordWrap(True)
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Report")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton("Copy the report")
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        for widget in (words, self.text, buttons):
            column.addWidget(widget)
