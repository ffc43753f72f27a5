"""The preferences: few, in force at once, no button to press."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.segments import Segment, Segments
from desktop.ui.settings.store import APPEARANCES, READER_SIZES
from desktop.ui.theme import Theme

_NAMES = {"system": "As the system", "light": "Light", "dark": "Dark"}
_BAR = {"yes": "Beside selected words", "no": "Never; the keys will do"}


class Choices(Protocol):
    """What the panel shows and changes."""

    @property
    def appearance(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def selection_bar(self) -> bool: ...
    def set_appearance(self, name: str) -> None: ...
    def set_size(self, pixels: int) -> None: ...
    def set_selection_bar(self, wanted: bool) -> None: ...


class PreferencesDialog(QDialog):
    """Beside the window, which stays usable."""

    def __init__(
        self,
        theme: Theme,
        choices: Choices,
        parent: QWidget | None = None,
        more: Sequence[tuple[str, QWidget]] = (),
    ) -> None:
        """``more``: titled rows that others keep."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Preferences")
        self.appearance = Segments(theme, [Segment(name, _NAMES[name]) for name in APPEARANCES])
        self.appearance.set_value(choices.appearance)
        self.size_ = SizeStepper(choices)
        self.bar = Segments(theme, [Segment(value, label) for value, label in _BAR.items()])
        self.bar.set_value("yes" if choices.selection_bar else "no")
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        for label, widget in (
            ("Colours", self.appearance),
            ("Text of articles", self.size_),
            ("Marking bar", self.bar),
            *more,
        ):
            widget.setAccessibleName(label)
            form.addRow(label, widget)
        self.close_button = QPushButton("Close")
        self.close_button.clicked.connect(self.close)
        self._lay_out(form)
        self.appearance.value_chosen.connect(choices.set_appearance)
        self.bar.value_chosen.connect(lambda value: choices.set_selection_bar(value == "yes"))

    def _lay_out(self, form: QFormLayout) -> None:
        title, hint = QLabel("Preferences"), QLabel("Every choice is in force at once.")
        title.setProperty("role", "title")
        hint.setProperty("role", "muted")
        foot = QHBoxLayout()
        foot.addWidget(hint, 1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(title)
        column.addLayout(form)
        column.addLayout(foot)


class SizeStepper(QWidget):
    """A size in pixels between two buttons."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._choices = choices
        self._shown = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._shown.setMinimumWidth(56)
        self.smaller, self.larger = QToolButton(), QToolButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button, text, name, by in (
            (self.smaller, "A−", "Smaller text", -1),
            (self.larger, "A+", "Larger text", 1),
        ):
            button.setText(text)
            button.setProperty("framed", True)
            button.setFixedSize(40, 30)
            button.setAutoRepeat(True)
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.clicked.connect(lambda _=False, by=by: self._step(by))
        for widget in (self.smaller, self._shown, self.larger):
            row.addWidget(widget)
        row.addStretch(1)
        self._show()

    def _step(self, by: int) -> None:
        self._choices.set_size(self._choices.size + by)
        self._show()

    def _show(self) -> None:
        size, (least, most) = self._choices.size, READER_SIZES
        self._shown.setText(f"{size} px")
        self.smaller.setEnabled(size > least)
        self.larger.setEnabled(size < most)
