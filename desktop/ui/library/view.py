"""The column with the list of articles: its heading, sorting and filtering, and the rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.elided import ElidedLabel
from desktop.ui.library.delegate import ROW, ArticleDelegate
from desktop.ui.library.folder_bar import FolderBar
from desktop.ui.library.model import ArticleModel
from desktop.ui.paint import paragraph
from desktop.ui.painted import hairline, prepare
from desktop.ui.theme import Theme


@dataclass(frozen=True)
class Keep:
    """What a list keeps when its rows are exchanged.

    Attributes:
        offset: Pixels between the upper edge of the view and the current row.
    """

    current: str | None
    chosen: tuple[str, ...]
    offset: int


class ArticleView(QTableView):
    """The rows; says in words why there are none.

    A table of one column: unlike a list it looks at no row that is not to be seen.
    """

    def __init__(self, theme: Theme, model: ArticleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.nothing = ""
        prepare(self)
        self.setAccessibleName("Articles")
        self._fix_rows()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegate(ArticleDelegate(theme, self))
        self.setModel(model)

    def _fix_rows(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        for header in (rows, columns):
            header.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(ROW)
        rows.setDefaultSectionSize(ROW)
        columns.setStretchLastSection(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go through the rows, as in a list."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.model().rowCount() - 1}
        row = ends.get(Qt.Key(event.key()))
        if row is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.setCurrentIndex(self.model().index(row, 0))
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model().rowCount() == 0 and self.nothing:
            words = paragraph(self.nothing, self.viewport().width() - 48, self._theme.font(13), lines=6)
            with QPainter(self.viewport()) as painter:
                words.draw(painter, 24, 32, self._theme.color("muted"))

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, and a hundred thousand rows are not searched on a key."""


class LibraryPane(QFrame):
    """Heading and list.

    Signals:
        article_chosen: The current row changed to this article (empty: to none).
        selection_changed: Other rows are chosen.
        opened: Enter or a double click: the person wants to read on.
        menu_requested: At this global position.
    """

    article_chosen = Signal(str)
    selection_changed = Signal()
    opened = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, theme: Theme, model: ArticleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self._theme, self.model = theme, model
        self._quiet = False
        self.view = ArticleView(theme, model)
        self._build()
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.view.selectionModel().selectionChanged.connect(self._selection_changed)
        self.view.activated.connect(lambda _: self.opened.emit())
        self.view.customContextMenuRequested.connect(self._menu)
        theme.changed.connect(self._tint)

    @property
    def current(self) -> str | None:
        index = self.view.currentIndex()
        return self.model.id_at(index.row()) if index.isValid() else None

    @property
    def chosen(self) -> list[str]:
        """The ids of the selected rows, from top to bottom."""
        return [one for first, last in self._ranges() for one in self.model.spine[first : last + 1]]

    @property
    def chosen_count(self) -> int:
        return sum(last - first + 1 for first, last in self._ranges())

    def _ranges(self) -> list[tuple[int, int]]:
        """First and last rows of what is selected; a hundred thousand rows may be one range."""
        selection = self.view.selectionModel().selection()
        return sorted((one.top(), one.bottom()) for one in selection)  # type: ignore[attr-defined]

    def describe(self, heading: str, note: str) -> None:
        self._heading.setText(heading)
        self._note.setText(note)
        self._note.setToolTip(note)

    def set_menus(self, sorting: QMenu, filtering: QMenu) -> None:
        self.sort_button.setMenu(sorting)
        self.filter_button.setMenu(filtering)

    def show_spine(self, ids: list[str]) -> None:
        """Exchange the rows; what is current stays current, and stays where it was on the screen."""
        kept = self._keep()
        self._quiet = True
        moved = self.model.set_spine(ids)
        if moved:
            self._restore(kept)
        self._quiet = False
        if not moved:
            self.model.refresh()
        elif self.current != kept.current:
            self.article_chosen.emit(self.current or "")
        self.selection_changed.emit()

    def choose(self, article_id: str) -> bool:
        """Make an article the current one and scroll to it; False when it is not in the list."""
        row = self.model.row_of(article_id)
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row, 0))
        return row >= 0

    def step(self, by: int) -> None:
        """Go to the next or previous article."""
        if count := self.model.rowCount():
            current = self.view.currentIndex()
            row = current.row() + by if current.isValid() else 0
            self.view.setCurrentIndex(self.model.index(min(max(row, 0), count - 1), 0))

    def _build(self) -> None:
        self._heading, self._note = QLabel(), ElidedLabel()
        self.folder_bar = FolderBar(self._theme)
        self._heading.setProperty("role", "title")
        self._note.setProperty("role", "muted")
        self.sort_button = _menu_button("Sort the list")
        self.filter_button = _menu_button("Filter the list")
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 8, 4)
        head.setSpacing(8)
        head.addWidget(self._heading)
        head.addWidget(self._note, 1)
        head.addWidget(self.sort_button)
        head.addWidget(self.filter_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self.folder_bar)
        column.addWidget(self.view, 1)
        self._tint()

    def _tint(self) -> None:
        self.sort_button.setIcon(self._theme.icon("arrow-up-down"))
        self.filter_button.setIcon(self._theme.icon("list-filter"))

    def _keep(self) -> Keep:
        index = self.view.currentIndex()
        return Keep(
            self.current, tuple(self.chosen), self.view.visualRect(index).y() if index.isValid() else 0
        )

    def _restore(self, kept: Keep) -> None:
        if kept.current is None or (row := self.model.row_of(kept.current)) < 0:
            return
        flags = QItemSelectionModel.SelectionFlag
        selection = QItemSelection()
        chosen = set(kept.chosen)
        for first, last in _runs(row for row, one in enumerate(self.model.spine) if one in chosen):
            selection.select(self.model.index(first, 0), self.model.index(last, 0))
        selector = self.view.selectionModel()
        selector.select(selection, flags.ClearAndSelect)
        selector.setCurrentIndex(self.model.index(row, 0), flags.NoUpdate)
        bar = self.view.verticalScrollBar()
        bar.setValue(bar.value() + self.view.visualRect(self.model.index(row, 0)).y() - kept.offset)

    def _current_changed(self) -> None:
        if not self._quiet:
            self.article_chosen.emit(self.current or "")

    def _selection_changed(self) -> None:
        if not self._quiet:
            self.selection_changed.emit()

    def _menu(self, at: QPoint) -> None:
        self.menu_requested.emit(self.view.viewport().mapToGlobal(at))


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rows, in their order, as (first, last) of those that adjoin."""
    first = last = -2
    for row in rows:
        if row != last + 1:
            if first >= 0:
                yield first, last
            first = row
        last = row
    if first >= 0:
        yield first, last


def _menu_button(name: str) -> QToolButton:
    button = QToolButton()
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFixedSize(32, 32)
    return button
