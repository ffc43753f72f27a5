"""The tag manager: the whole tree, and what can be done with one tag or several."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.core.records import Tag
from desktop.ui.completing import Choice, CompletingEdit
from desktop.ui.tags.completion import Counts, TagIndex, tag_choices, tidy_path
from desktop.ui.tags.details import TagDetails
from desktop.ui.tags.model import TagTreeModel
from desktop.ui.tags.tree import TagTree
from desktop.ui.theme import Theme
from desktop.ui.wording import counted


class TagManager(QDialog):
    """Not modal; asks for changes and shows what the archive answers.

    Signals:
        create_requested: A path.
        rename_requested: Tag id, name.
        move_requested: Tag id, id of the new parent or empty for the top.
        merge_requested: Id of the tag that is kept, ids of those it absorbs.
        delete_requested: Tag ids.
        colour_requested: Tag id, colour or empty for none.
        description_requested: Tag id, text.
        pin_requested: Tag id, digit 1 to 9, or 0 for none.
        open_requested: Show what carries this tag.
    """

    create_requested = Signal(str)
    rename_requested = Signal(str, str)
    move_requested = Signal(str, str)
    merge_requested = Signal(str, list)
    delete_requested = Signal(list)
    colour_requested = Signal(str, str)
    description_requested = Signal(str, str)
    pin_requested = Signal(str, int)
    open_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tags"))
        self.resize(680, 560)
        self._index = TagIndex()
        self.model = TagTreeModel(self)
        self.tree = TagTree(theme, self.model, self)
        self.details = TagDetails(theme, self)
        self._make_bar(theme)
        self._lay_out()
        self._connect()
        self._show_chosen()

    def set_tags(self, tags: Sequence[Tag], counts: Counts, pinned: Mapping[int, str]) -> None:
        """All tags in tree order, {tag id: (articles, annotations)}, and tag ids by digit."""
        self._index = TagIndex(tags, counts)
        self.model.set_tags(tags, counts, pinned)
        self.count.setText(counted(len(tags), self.tr("tag"), self.tr("tags")))
        self._show_chosen()

    def choose(self, tag_id: str) -> None:
        self.tree.choose(tag_id)

    def _make_bar(self, theme: Theme) -> None:
        tr = self.tr
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Find a tag"))
        self.search.setAccessibleName(tr("Find a tag"))
        self.search.setClearButtonEnabled(True)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.new_path = QLineEdit(self)
        self.new_path.setPlaceholderText(tr("New tag, e.g. defence/drones"))
        self.new_path.setAccessibleName(tr("New tag"))
        self.merge_into = CompletingEdit(theme, self._merge_targets, self, preselect=True)
        self.merge_into.setPlaceholderText(tr("Merge into …"))
        self.merge_into.setAccessibleName(tr("Merge the chosen tags into"))
        self.merge_into.setToolTip(tr("Everything tagged with the chosen tags gets this tag instead"))
        self.delete = QPushButton(tr("Delete"), self)
        self.delete.setToolTip(tr("Delete the chosen tags; what carries them stays (Delete)"))
        self.delete.setAutoDefault(False)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.count)
        left, right = QWidget(self), QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        for widget in (self.tree, self.new_path):
            column.addWidget(widget)
        side = QVBoxLayout(right)
        side.setContentsMargins(12, 0, 0, 0)
        side.addWidget(self.details)
        side.addStretch()
        side.addWidget(self.merge_into)
        side.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignRight)
        halves = QSplitter(self)
        halves.addWidget(left)
        halves.addWidget(right)
        halves.setSizes([380, 280])
        halves.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addWidget(halves, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.tree.set_filter)
        self.new_path.returnPressed.connect(self._create)
        self.merge_into.returnPressed.connect(self._merge)
        self.merge_into.choice_taken.connect(self._merge)
        self.delete.clicked.connect(self._delete)
        self.model.rename_wanted.connect(self.rename_requested)
        self.model.move_wanted.connect(self._move)
        self.tree.selectionModel().selectionChanged.connect(self._show_chosen)
        self.tree.doubleClicked.connect(lambda _index: self._open())
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._open_menu)
        details = self.details
        details.rename_wanted.connect(self.rename_requested)
        details.colour_wanted.connect(self.colour_requested)
        details.description_wanted.connect(self.description_requested)
        details.pin_wanted.connect(self.pin_requested)

    def _show_chosen(self) -> None:
        chosen = self.tree.chosen()
        node = self.model.node(chosen[0]) if len(chosen) == 1 else None
        self.details.show_node(node, len(chosen), none_yet=not self.model.rowCount())
        self.merge_into.setEnabled(bool(chosen))
        self.delete.setEnabled(bool(chosen))

    def _create(self) -> None:
        path = tidy_path(self.new_path.text())
        known = self._index.find(path)
        if known is not None:
            self.tree.choose(known.id)
        elif path:
            self.create_requested.emit(path)
        self.new_path.clear()

    def _merge_targets(self, typed: str) -> list[Choice]:
        """Every tag but the chosen ones and what stands below them; nothing new is made here."""
        chosen = set(self.tree.chosen())
        below = [
            tag.path for tag in self.model.tags() if any(self.model.is_within(tag.id, one) for one in chosen)
        ]
        choices = tag_choices(self._index, typed, without=below, create="")
        return [choice for choice in choices if self._index.find(choice.value) is not None]

    def _merge(self) -> None:
        target, chosen = self._index.find(self.merge_into.text()), self.tree.chosen()
        if target is None or not chosen or any(self.model.is_within(target.id, one) for one in chosen):
            return
        self.merge_into.clear()
        self.merge_requested.emit(target.id, chosen)

    def _delete(self) -> None:
        chosen = self.tree.chosen()
        if chosen:
            self.delete_requested.emit(chosen)

    def _move(self, tag_ids: list[str], parent: str) -> None:
        for tag_id in tag_ids:
            self.move_requested.emit(tag_id, parent)

    def _open(self) -> None:
        chosen = self.tree.chosen()
        if len(chosen) == 1:
            self.open_requested.emit(chosen[0])

    def menu(self) -> QMenu:
        """What can be done with the chosen tags."""
        menu, chosen, tr = QMenu(self), self.tree.chosen(), self.tr
        single = len(chosen) == 1
        show = menu.addAction(tr("Show articles and marks\tReturn"), self._open)
        rename = menu.addAction(tr("Rename\tF2"), lambda: self.tree.edit(self.tree.currentIndex()))
        menu.addSeparator()
        menu.addAction(tr("Merge into …"), self.merge_into.setFocus)
        top = menu.addAction(tr("Move to the top"), lambda: self._move(chosen, ""))
        menu.addSeparator()
        menu.addAction(tr("Delete\tDel"), self._delete)
        for action in (show, rename):
            action.setEnabled(single)
        nodes = [self.model.node(one) for one in chosen]
        top.setEnabled(any(node is not None and node.tag.parent_id for node in nodes))
        return menu

    def _open_menu(self, point: QPoint) -> None:
        if self.tree.chosen():
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.tree.viewport().mapToGlobal(point))

    # Qt's own names from here on.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        in_tree = self.tree.hasFocus()
        if in_tree and event.key() == Qt.Key.Key_Delete:
            self._delete()
        elif in_tree and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        event.accept()
