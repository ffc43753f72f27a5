"""The part of the preferences that is about the watched folder of the open archive."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.watching import Watch
from desktop.ui.checks import Check
from desktop.ui.theme import Theme


class WatchPanel(QWidget):
    """Signals: changed, with the ``Watch`` that is wanted now."""

    changed = Signal(object)

    def __init__(self, theme: Theme, watch: Watch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self.on = Check(theme, self.tr("Import what comes into a folder"), self)
        self.folder = QLabel(self)
        self.folder.setTextFormat(Qt.TextFormat.PlainText)
        self.folder.setWordWrap(True)
        self.folder.setProperty("role", "muted")
        self.choose = QPushButton(self.tr("Choose…"), self)
        self.choose.setToolTip(self.tr("Choose the folder"))
        self.tag, self.collection = QLineEdit(watch.tag, self), QLineEdit(watch.collection, self)
        self.tag.setPlaceholderText(self.tr("none"))
        self.collection.setPlaceholderText(self.tr("none"))
        self._lay_out()
        self._show()
        self.on.clicked.connect(self._switch)
        self.choose.clicked.connect(self.ask_folder)
        for line in (self.tag, self.collection):
            line.editingFinished.connect(self._filed)

    def ask_folder(self) -> bool:
        """Let the person choose a folder; False when they gave up."""
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Watch a folder"), self._watch.folder or str(Path.home())
        )
        if name:
            self._change(replace(self._watch, folder=name, on=True))
        return bool(name)

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignTop)
        self._filing = QWidget(self)
        form = QFormLayout(self._filing)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for words, line in ((self.tr("Tag it"), self.tag), (self.tr("Collect it in"), self.collection)):
            line.setAccessibleName(words)
            form.addRow(words, line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.on)
        column.addLayout(place)
        column.addWidget(self._filing)

    def _show(self) -> None:
        watch = self._watch
        self.on.setChecked(watch.on)
        self.folder.setText(watch.folder.replace("/", "/\u200b") or self.tr("No folder is chosen yet."))
        self.folder.setToolTip(watch.folder)
        self._filing.setEnabled(bool(watch.folder))

    def _switch(self) -> None:
        if not self._watch.folder:
            self.on.setChecked(False)
            self.ask_folder()
            return
        self._change(replace(self._watch, on=self.on.isChecked()))

    def _filed(self) -> None:
        paths = (" ".join(line.text().split()).strip("/") for line in (self.tag, self.collection))
        tag, collection = paths
        self._change(replace(self._watch, tag=tag, collection=collection))

    def _change(self, watch: Watch) -> None:
        if watch != self._watch:
            self._watch = watch
            self._show()
            self.changed.emit(watch)
