"""The preferences: few, in force at once, no button to press."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QSpinBox, QWidget

from desktop.ui.settings.store import APPEARANCES, READER_SIZES

_NAMES = {"system": "As the system has it", "light": "Light", "dark": "Dark"}


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

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Preferences")
        self.appearance = QComboBox()
        for name in APPEARANCES:
            self.appearance.addItem(_NAMES[name], name)
        self.appearance.setCurrentIndex(APPEARANCES.index(choices.appearance))
        self.size_ = QSpinBox()
        self.size_.setRange(*READER_SIZES)
        self.size_.setSuffix(" px")
        self.size_.setValue(choices.size)
        self.bar = QCheckBox("Show the marking bar beside selected words")
        self.bar.setChecked(choices.selection_bar)
        form = QFormLayout(self)
        form.setContentsMargins(24, 24, 24, 24)
        form.setVerticalSpacing(12)
        form.addRow("&Colours", self.appearance)
        form.addRow("&Text of articles", self.size_)
        form.addRow("", self.bar)
        self.appearance.currentIndexChanged.connect(lambda at: choices.set_appearance(APPEARANCES[at]))
        self.size_.valueChanged.connect(choices.set_size)
        self.bar.toggled.connect(choices.set_selection_bar)
