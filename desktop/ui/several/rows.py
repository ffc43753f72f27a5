"""One row of the form: whether the fact is changed, its name, and the field for it."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from desktop.ui.checks import Check
from desktop.ui.theme import Theme


class Row(QObject):
    """A line edit with a check box before it, which says that all articles get what stands in it.

    Typing checks the box; clearing the box brings back what was there. An empty field with its box
    checked clears the fact.

    Signals:
        changed: Another value, or another wish to change it.
    """

    changed = Signal()

    def __init__(self, theme: Theme, label: str, edit: QLineEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self.edit, self._was = edit, ""
        self.check = Check(theme, "", parent)
        self.check.setToolTip(self.tr("Change this in all of them"))
        self.check.setAccessibleName(self.tr("Change: {fact}").format(fact=label))
        self.label = QLabel(label, parent)
        self.label.setBuddy(edit)
        edit.setAccessibleName(label)
        edit.textChanged.connect(self._typed)
        self.check.clicked.connect(self._checked)

    def add_to(self, grid: QGridLayout) -> None:
        row = grid.rowCount()
        for column, widget in enumerate((self.check, self.label, self.edit)):
            grid.addWidget(widget, row, column)

    def load(self, text: str, *, common: bool) -> None:
        """What all of them have, or nothing where they differ."""
        self._was = text if common else ""
        self.edit.setPlaceholderText("" if common else self.tr("several values"))
        self.edit.setText(self._was)
        self.edit.setCursorPosition(0)
        self.check.setChecked(False)

    @property
    def touched(self) -> bool:
        return self.check.isChecked()

    @property
    def text(self) -> str:
        return self.edit.text().strip()

    def _typed(self, text: str) -> None:
        self.check.setChecked(text != self._was)
        self.changed.emit()

    def _checked(self, on: bool) -> None:
        if not on and self.edit.text() != self._was:
            self.edit.setText(self._was)
        self.changed.emit()
