"""Above the list of a saved or frozen search: why these articles are here, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.ui.segments import Segment, Segments
from desktop.ui.theme import Theme


class FolderBar(QFrame):
    """A sentence, a warning where one is due, and a row of small buttons; hidden when there is nothing.

    Signals:
        asked: The button of this name was pressed.
        part_chosen: Of a comparison, show ``then``, ``new`` or ``gone``.
    """

    asked = Signal(str)
    part_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sentence, self._hint, self._facts = _words("text"), _words("hint"), _words("muted")
        self._buttons: list[QToolButton] = []
        self.parts: Segments | None = None
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 12, 8)
        self._column.setSpacing(4)
        for widget in (self._sentence, self._hint, self._facts):
            self._column.addWidget(widget)
        self._column.addLayout(self._row)
        self.setVisible(False)
        theme.changed.connect(self._tint)
        self._tint()

    def show_search(self, sentence: str, hint: str, facts: str, buttons: dict[str, tuple[str, str]]) -> None:
        """Say why the articles are here.

        Args:
            facts: Muted, e.g. when it was frozen.
            buttons: Words and tooltip by name.
        """
        for label, words in ((self._sentence, sentence), (self._hint, hint), (self._facts, facts)):
            label.setText(words)
            label.setVisible(bool(words))
        self._show_buttons(buttons)
        self.show_parts(())
        self.setVisible(True)

    def show_parts(self, parts: tuple[tuple[str, str], ...], chosen: str = "") -> None:
        """The parts of a comparison as (name, words), to choose one of; none takes them away."""
        if self.parts is not None:
            self._column.removeWidget(self.parts)
            self.parts.deleteLater()
            self.parts = None
        if parts:
            self.parts = Segments(self._theme, [Segment(name, words) for name, words in parts], self)
            self.parts.set_value(chosen)
            self.parts.value_chosen.connect(self.part_chosen)
            self._column.insertWidget(3, self.parts)

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    @property
    def hint(self) -> str:
        return self._hint.text()

    @property
    def facts(self) -> str:
        return self._facts.text()

    def button(self, name: str) -> QToolButton:
        return next(one for one in self._buttons if one.objectName() == name)

    def _show_buttons(self, buttons: dict[str, tuple[str, str]]) -> None:
        for old in self._buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        while self._row.count():
            self._row.takeAt(0)
        self._buttons = []
        for name, (words, tooltip) in buttons.items():
            button = QToolButton(self)
            button.setObjectName(name)
            button.setText(words)
            button.setToolTip(tooltip)
            button.setProperty("role", "link")
            button.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
            self._buttons.append(button)
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._tint()

    def _tint(self) -> None:
        self._hint.setStyleSheet(f"color: {self._theme.ink('disputed').name()}")
        accent = self._theme.color("accent").name()
        for button in self._buttons:
            button.setStyleSheet(
                f"QToolButton {{ color: {accent}; padding: 2px 0; border: none; font-size: 12px }}"
                " QToolButton:hover, QToolButton:focus { text-decoration: underline }"
            )


def _words(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setVisible(False)
    if role == "muted":
        label.setProperty("role", "muted")
    return label
