"""Conditions: the tree, how it is understood, how much it finds, and the line that it is."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.operations.conditions import Group, Row, read_conditions, write_conditions
from desktop.ui.conditions.editor import KEYS, ConditionsEditor
from desktop.ui.conditions.row import Names
from desktop.ui.theme import Theme

_PAUSE = 150  # milliseconds after the last key before the archive is asked


class ConditionsDialog(QDialog):
    """Not modal. Tree and line are the same query: whichever is edited, the other follows.

    Signals:
        asked: How is this query understood, and how much does it find?
        search_wanted: Show what this query finds.
        save_wanted: Keep this query: in the saved search that is edited, or under a new name.
    """

    asked = Signal(str)
    search_wanted = Signal(str)
    save_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.resize(QSize(780, 560))
        self.editor = ConditionsEditor(theme, self)
        self.sentence, self.hint, self.count = _label(), _label(), _label()
        self.count.setProperty("role", "muted")
        self.line = QLineEdit(self)
        self.line.setAccessibleName("The query line")
        self.line.setPlaceholderText("The same as a query line")
        self.keys = _label()
        self.keys.setText(KEYS)
        self.keys.setProperty("role", "muted")
        self.keys.setFont(theme.font(11))
        self.save = QPushButton("Save", self)
        self.search = QPushButton("Search", self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._connect()
        self._tint()

    @property
    def query(self) -> str:
        return self.line.text().strip()

    def edit(self, query: str, title: str = "", *, saved: bool = False, writable: bool = True) -> None:
        """Edit a query; ``title`` names the saved search that it belongs to."""
        self.setWindowTitle(f"Conditions – {title}" if title else "Conditions")
        self.save.setText("Save" if saved else "Keep as…")
        self.save.setToolTip("Change the saved search" if saved else "Keep this search under a name")
        self.save.setEnabled(writable)
        conditions = read_conditions(query)
        self.line.setText(query)
        self.line.setCursorPosition(0)
        self.editor.set_conditions(conditions if conditions.parts else Group(parts=(Row(),)))
        self._ask()
        self.show()
        self.activateWindow()
        self.editor.widgets[max(self.editor.widgets)].focus_first()

    def set_names(self, names: Names) -> None:
        self.editor.set_names(names)

    def show_answer(self, query: str, understood: str, hint: str, found: str) -> None:
        """How it was understood, and how much it finds; late answers are for another query."""
        if query == self.query:
            self.sentence.setText(understood)
            self.hint.setText(hint)
            self.hint.setVisible(bool(hint))
            self.count.setText(found)

    def _lay_out(self) -> None:
        for button in (self.save, self.search):
            button.setAutoDefault(False)
        self.search.setProperty("primary", True)
        self.search.setToolTip("Show what is found")
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.count, 1)
        below.addWidget(self.save)
        below.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.editor, 1)
        column.addWidget(self.keys)
        column.addWidget(self.sentence)
        column.addWidget(self.hint)
        column.addWidget(self.line)
        column.addLayout(below)

    def _connect(self) -> None:
        self.editor.changed.connect(self._tree_changed)
        self.line.textEdited.connect(self._line_edited)
        self._pause.timeout.connect(self._ask)
        self.search.clicked.connect(lambda: self.search_wanted.emit(self.query))
        self.save.clicked.connect(lambda: self.save_wanted.emit(self.query))
        self._theme.changed.connect(self._tint)

    def _tree_changed(self, conditions: Group) -> None:
        self.line.setText(write_conditions(conditions))
        self.line.setCursorPosition(0)
        self._pause.start()

    def _line_edited(self, line: str) -> None:
        self.editor.set_conditions(read_conditions(line))
        self._pause.start()

    def _ask(self) -> None:
        self._pause.stop()
        self.asked.emit(self.query)

    def _tint(self) -> None:
        self.hint.setStyleSheet(f"color: {self._theme.ink('disputed').name()}")
        self.hint.setVisible(bool(self.hint.text()))

    # Qt's own names from here on.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        event.accept()


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
