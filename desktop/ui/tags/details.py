"""One tag's name, colour, description and digit; each is asked for when its field is left."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.notes import CalmCombo, NoteEdit
from desktop.ui.swatches import Swatches
from desktop.ui.tags.model import Node
from desktop.ui.theme import Theme
from desktop.ui.wording import counted


class TagDetails(QWidget):
    """Signals carry the tag's id first; an empty colour and a digit of 0 mean none."""

    rename_wanted = Signal(str, str)
    colour_wanted = Signal(str, str)
    description_wanted = Signal(str, str)
    pin_wanted = Signal(str, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._node: Node | None = None
        self._described = ""  # what the archive holds, or was asked to hold
        tr = self.tr
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.summary.setProperty("role", "muted")
        self.name = QLineEdit(self)
        self.colour = Swatches(theme, self)
        self.digit = CalmCombo(self)
        self.digit.addItem(tr("no key"), "0")
        for digit in range(1, 10):
            self.digit.addItem(str(digit), str(digit))
        self.description = NoteEdit(self, least=3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._fields: tuple[QWidget, ...] = (self.name, self.colour, self.digit, self.description)
        titles = (tr("Name"), tr("Colour"), tr("Digit that sets it in the reader"), tr("Description"))
        for title, field in zip(titles, self._fields, strict=True):
            label = QLabel(title, self)
            label.setProperty("role", "section")
            label.setBuddy(field)
            field.setAccessibleName(title)
            column.addWidget(label)
            column.addWidget(field)
            column.addSpacing(6)
        column.addWidget(self.summary)
        self.name.editingFinished.connect(self._rename)
        self.colour.colour_chosen.connect(self._recolour)
        self.digit.activated.connect(self._pin)
        self.description.installEventFilter(self)

    def show_node(self, node: Node | None, chosen: int, *, none_yet: bool = False) -> None:
        """One tag, or how many are chosen instead; where there is none yet, how to make one."""
        if self._node is not None and (node is None or node.tag.id != self._node.tag.id):
            self._describe()
        same = self._node is not None and node is not None and node.tag.id == self._node.tag.id
        typing = same and self.description.hasFocus()
        self._node = node
        for field in self._fields:
            field.setEnabled(node is not None)
        self.summary.setText(self._summary(node, chosen))
        if none_yet:
            self.summary.setText(
                self.tr("No tags yet: type one below the tree, or press T on selected words.")
            )
        self.name.setText(node.tag.name if node else "")
        self.colour.set_value(node.tag.colour if node else None)
        self._described = node.tag.description if node else ""
        self.digit.set_value(str(node.digit) if node else "0")
        if not typing:
            self.description.set_text(node.tag.description if node else "")

    def _summary(self, node: Node | None, chosen: int) -> str:
        tr = self.tr
        if node is None:
            return (
                tr("{count} tags chosen").format(count=chosen) if chosen else tr("Choose a tag in the tree.")
            )
        articles = counted(node.articles, tr("article"), tr("articles"))
        marks = counted(node.annotations, tr("mark"), tr("marks"))
        return f"{node.tag.path}\n{articles} · {marks}"

    def _rename(self) -> None:
        name = " ".join(self.name.text().split())
        if self._node is None or name == self._node.tag.name:
            return
        if name:
            self.rename_wanted.emit(self._node.tag.id, name)
        else:
            self.name.setText(self._node.tag.name)

    def _recolour(self, colour: str) -> None:
        if self._node is not None:
            self.colour_wanted.emit(self._node.tag.id, colour)

    def _pin(self) -> None:
        if self._node is not None and int(self.digit.value()) != self._node.digit:
            self.pin_wanted.emit(self._node.tag.id, int(self.digit.value()))

    def _describe(self) -> None:
        text = self.description.toPlainText().strip()
        if self._node is not None and text != self._described.strip():
            self._described = text
            self.description_wanted.emit(self._node.tag.id, text)

    # Qt's own names from here on.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.description and event.type() == QEvent.Type.FocusOut:
            self._describe()
        return super().eventFilter(watched, event)
