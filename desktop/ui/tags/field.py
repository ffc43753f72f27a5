"""A field of tags: chips one can take off, and a line to add more, with completion."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.core.sortkeys import name_key
from desktop.ui.chips import FlowLayout, TagChip
from desktop.ui.completing import Choice, CompletingEdit
from desktop.ui.paint import rounded
from desktop.ui.tags.completion import TagIndex, tag_choices, tidy_path
from desktop.ui.theme import Theme


class TagField(QWidget):
    """Paths of tags in the order they were added.

    Enter adds what is chosen in the list or, where nothing is, what was typed; a comma adds what was
    typed; Backspace in the empty line takes the last tag off.

    Signals:
        paths_changed: A person added or took off a tag.
        entered: Enter in the empty line: nothing more to add.
    """

    paths_changed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._index = TagIndex()
        self._chips: list[TagChip] = []
        self._flow = FlowLayout(self, fill_last=True)
        self._flow.setContentsMargins(5, 4, 5, 4)
        self.line = CompletingEdit(theme, self._suggest, self, preselect=True)
        self._dress_line()
        self._flow.addWidget(self.line)
        self.setFocusProxy(self.line)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def paths(self) -> list[str]:
        return [chip.path for chip in self._chips]

    def set_index(self, index: TagIndex) -> None:
        self._index = index

    def set_paths(self, paths: Iterable[str]) -> None:
        """Show exactly these, without a signal."""
        while self._chips:
            self._drop(self._chips[-1])
        for path in paths:
            self._put(path)

    def take_typed(self) -> None:
        """Add what stands in the line, if anything."""
        self.add(self.line.text())

    def add(self, path: str) -> None:
        self.line.clear()
        self.line.choices.hide()
        known = self._index.find(path)
        path = known.path if known is not None else tidy_path(path)
        if path and name_key(path) not in {name_key(chip.path) for chip in self._chips}:
            self._put(path)
            self.paths_changed.emit()

    def remove(self, path: str) -> None:
        for chip in self._chips:
            if chip.path == path:
                self._drop(chip)
                self.line.setFocus(Qt.FocusReason.OtherFocusReason)
                self.paths_changed.emit()
                return

    def _dress_line(self) -> None:
        self.line.setFrame(False)
        self.line.setStyleSheet(
            "QLineEdit { background: transparent; border: none; padding: 0 2px; font-size: 13px; }"
        )
        self.line.setPlaceholderText(self.tr("Add a tag"))
        self.line.setAccessibleName(self.tr("Tags"))
        self.line.setMinimumWidth(72)
        self.line.anchor = self
        self.line.setFixedHeight(22)
        self.line.choice_taken.connect(self.add)
        self.line.returnPressed.connect(self._on_return)
        self.line.textEdited.connect(self._on_typed)
        self.line.installEventFilter(self)

    def _suggest(self, typed: str) -> list[Choice]:
        create = self.tr("New tag “{path}”")
        return tag_choices(self._index, typed, without=self.paths(), create=create)

    def _put(self, path: str) -> None:
        tag = self._index.find(path)
        token = f"colour.{tag.colour}" if tag is not None and tag.colour else "muted"
        chip = TagChip(self._theme, path, token, self)
        chip.removal_requested.connect(self.remove)
        self._flow.insert_widget(len(self._chips), chip)
        self._chips.append(chip)
        chip.show()
        self.updateGeometry()

    def _drop(self, chip: TagChip) -> None:
        self._chips.remove(chip)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self.updateGeometry()

    def _on_typed(self, text: str) -> None:
        if text.endswith((",", ";", "、")):
            self.add(text[:-1])

    def _on_return(self) -> None:
        if self.line.text().strip():
            self.take_typed()
        else:
            self.entered.emit()

    def _takes_last_off(self, event: QEvent) -> bool:
        """Backspace in the empty line; a held key stops there, so that no tag goes by accident."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Backspace:
            return False
        if self.line.text() or not self._chips or event.isAutoRepeat():
            return False
        self.remove(self._chips[-1].path)
        return True

    # Qt's own names from here on.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if event.type() == QEvent.Type.KeyPress and self._takes_last_off(event):
            return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(30, self._flow.heightForWidth(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = "focus" if self.line.hasFocus() else "strong-line"
        rounded(painter, QRectF(self.rect()), self._theme.color("raised"), self._theme.color(edge), 6)
        painter.end()
