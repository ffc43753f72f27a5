"""A group of conditions: how they hold together, and a frame around them."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.operations.conditions import Group, How
from desktop.ui.conditions.words import HOWS
from desktop.ui.notes import CalmCombo
from desktop.ui.paint import rounded
from desktop.ui.theme import Theme

_TOKENS = {How.ALL: "accent", How.ANY: "note", How.NONE: "refuted"}


class GroupPanel(QFrame):
    """The heading of a group with its buttons; what is in it is added by ``add``.

    Signals:
        how_chosen: All, any or none.
        row_wanted, group_wanted: At the end of it.
        removal_wanted: With all that is in it.
    """

    how_chosen = Signal(object)
    row_wanted = Signal()
    group_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, theme: Theme, group: Group, *, root: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._how = theme, group.how
        self.how = CalmCombo(self)
        for how, label in HOWS.items():
            self.how.addItem(label, str(how))
        self.how.set_value(str(group.how))
        self.how.setFixedWidth(104)
        self.how.setAccessibleName("How these conditions hold together")
        self.add_row = self._button("plus", "Condition", "Add a condition (Ctrl+Enter)")
        self.add_group = self._button("plus", "Group", "Add a group (Ctrl+Shift+Enter)")
        self.remove = self._button("x", "", "Remove this group (Alt+Delete)")
        self.remove.setVisible(not root)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 10, 12)
        self._column.setSpacing(8)
        self._column.addLayout(self._heading(group))
        self._connect()

    def add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def focus_first(self) -> None:
        self.how.setFocus()

    def _heading(self, group: Group) -> QHBoxLayout:
        words = QLabel("these hold" if group.parts else "nothing asked yet: add a condition", self)
        words.setProperty("role", "muted")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.how)
        line.addWidget(words)
        line.addStretch(1)
        for button in (self.add_row, self.add_group, self.remove):
            line.addWidget(button)
        return line

    def _button(self, icon: str, words: str, tooltip: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(self._theme.icon(icon))
        button.setIconSize(QSize(14, 14))
        button.setToolTip(tooltip)
        button.setAccessibleName(tooltip)
        if words:
            button.setText(words)
            button.setToolButtonStyle(button.toolButtonStyle().ToolButtonTextBesideIcon)
        return button

    def _connect(self) -> None:
        self.how.currentIndexChanged.connect(lambda _: self.how_chosen.emit(How(self.how.value())))
        self.add_row.clicked.connect(self.row_wanted)
        self.add_group.clicked.connect(self.group_wanted)
        self.remove.clicked.connect(self.removal_wanted)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised ground, and at the left a rule that tells by its colour how the parts hold together."""
        theme, box = self._theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rounded(painter, box, theme.color("raised"), theme.color("line"), 8)
            rule = QRectF(box.x() + 4, box.y() + 10, 3, box.height() - 20)
            rounded(painter, rule, theme.color(_TOKENS[self._how]), None, 1.5)
