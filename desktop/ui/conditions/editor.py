"""The tree of conditions, edited by mouse and by keyboard."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.operations.conditions import Group, How, Row
from desktop.ui.completing import hide_choices
from desktop.ui.conditions import edits
from desktop.ui.conditions.edits import Part, Path
from desktop.ui.conditions.group import GroupPanel
from desktop.ui.conditions.row import Names, RowEditor
from desktop.ui.theme import Theme

KEYS = "Ctrl+Enter condition   Ctrl+Shift+Enter group   Alt+Delete remove   Alt+arrows move, deeper or higher"


class ConditionsEditor(QScrollArea):
    """Shows a tree and gives the tree that it became.

    Signals:
        changed: The conditions are other ones now.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names: Names = {}
        self.conditions = Group()
        self.widgets: dict[Path, RowEditor | GroupPanel] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().valueChanged.connect(lambda _: hide_choices(self))
        self._make_keys()
        self._build()

    def set_names(self, names: Names) -> None:
        """What the archive knows, for completion."""
        self._names = names
        self._build()

    def set_conditions(self, conditions: Group) -> None:
        """Show others; a person did not make them, so nobody is told."""
        if conditions != self.conditions:
            self.conditions = conditions
            self._build()

    @property
    def focused(self) -> Path:
        """Where the keyboard is; the last condition where it is elsewhere."""
        widget = QApplication.focusWidget()
        places = {id(one): path for path, one in self.widgets.items()}
        while widget is not None:
            if id(widget) in places:
                return places[id(widget)]
            widget = widget.parentWidget()
        return max(self.widgets, default=())

    def add(self, part: Part) -> None:
        """Behind the focused condition, or at the end of the focused group."""
        here = self.focused
        at = edits.part_at(self.conditions, here)
        place = (*here, len(at.parts)) if isinstance(at, Group) else (*here[:-1], here[-1] + 1)
        self._change(edits.insert(self.conditions, place, part), self._first_row(place, part))

    def remove_at(self, path: Path) -> None:
        if path:
            self._change(edits.remove(self.conditions, path), self._neighbour(path))

    def _neighbour(self, path: Path) -> Path:
        """Where to go on when a part is gone: beside it, or where its group goes too, before that."""
        group = edits.part_at(self.conditions, path[:-1])
        if isinstance(group, Group) and len(group.parts) > 1:
            return (*path[:-1], max(0, path[-1] - 1))
        before = [one for one in self.widgets if one < path and path[: len(one)] != one]
        return max(before, default=())

    def _make_keys(self) -> None:
        for keys, act in (
            ("Ctrl+Return", lambda: self.add(Row())),
            ("Ctrl+Enter", lambda: self.add(Row())),
            ("Ctrl+Shift+Return", lambda: self.add(_new_group())),
            ("Alt+Delete", lambda: self.remove_at(self.focused)),
            ("Alt+Right", lambda: self._shift(edits.indented)),
            ("Alt+Left", lambda: self._shift(edits.outdented)),
            ("Alt+Up", lambda: self._shift(partial(edits.moved, by=-1))),
            ("Alt+Down", lambda: self._shift(partial(edits.moved, by=1))),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=_WITHIN)
            shortcut.activated.connect(act)

    def _shift(self, how: Callable[[Group, Path], tuple[Group, Path]]) -> None:
        if path := self.focused:
            self._change(*how(self.conditions, path))

    def _change(self, conditions: Group, focus: Path) -> None:
        """Another structure: laid out anew, the keyboard where the person is working."""
        if conditions == self.conditions:
            return
        self.conditions = conditions
        self._build()
        widget = self.widgets.get(focus) or self.widgets[max(self.widgets)]
        widget.focus_first()
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget))
        self.changed.emit(conditions)

    def _first_row(self, place: Path, part: Part) -> Path:
        return (*place, 0) if isinstance(part, Group) and part.parts else place

    def _row_edited(self, path: Path, row: Row) -> None:
        """The widgets stay: somebody is typing in them."""
        self.conditions = edits.put(self.conditions, path, row)
        self.changed.emit(self.conditions)

    def _how_chosen(self, path: Path, how: How) -> None:
        group = edits.part_at(self.conditions, path)
        if isinstance(group, Group):
            self._change(edits.put(self.conditions, path, Group(how, group.parts)), path)

    def _append(self, path: Path, part: Part) -> None:
        group = edits.part_at(self.conditions, path)
        if isinstance(group, Group):
            place = (*path, len(group.parts))
            self._change(edits.insert(self.conditions, place, part), self._first_row(place, part))

    # Laying out

    def _build(self) -> None:
        scrolled = self.verticalScrollBar().value()
        self.widgets = {}
        sheet = QWidget()
        sheet.setObjectName("conditions")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self._panel(self.conditions, ()))
        column.addStretch(1)
        if (before := self.takeWidget()) is not None:
            before.hide()
            before.deleteLater()  # what asked for the change may be in it
        self.setWidget(sheet)
        self.verticalScrollBar().setValue(scrolled)

    def _panel(self, group: Group, path: Path) -> GroupPanel:
        panel = GroupPanel(self._theme, group, root=not path)
        self.widgets[path] = panel
        panel.how_chosen.connect(partial(self._how_chosen, path))
        panel.row_wanted.connect(partial(self._append, path, Row()))
        panel.group_wanted.connect(partial(self._append, path, _new_group()))
        panel.removal_wanted.connect(partial(self.remove_at, path))
        for number, part in enumerate(group.parts):
            inner = (*path, number)
            panel.add(self._panel(part, inner) if isinstance(part, Group) else self._row(part, inner))
        return panel

    def _row(self, row: Row, path: Path) -> RowEditor:
        editor = RowEditor(self._theme, row, self._names)
        self.widgets[path] = editor
        editor.edited.connect(partial(self._row_edited, path))
        editor.removal_wanted.connect(partial(self.remove_at, path))
        return editor


_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


def _new_group() -> Group:
    return Group(How.ANY, (Row(),))
