"""Places, sorting, filtering and bulk work in the library."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from desktop.core.records import ArticleRow, Changes, ReadState
from desktop.operations import library, tagging
from desktop.store import articles
from desktop.store.articles import ArticleFilter, ArticleSort
from desktop.ui.desk.choices import collection_entries, creation
from desktop.ui.desk.folder_places import FOLDERS, FolderPlaces
from desktop.ui.desk.folders import FolderDesk
from desktop.ui.desk.places import PlaceWishes, place_menu
from desktop.ui.desk.tools import Tools
from desktop.ui.library.census import narrowed, take_census, with_counts
from desktop.ui.library.model import ArticleModel
from desktop.ui.library.navigation import NavigationModel
from desktop.ui.library.places import ALL, Node, Place
from desktop.ui.library.tree import NavigationView
from desktop.ui.library.view import LibraryPane
from desktop.ui.settings.store import SORT, SORT_DESCENDING
from desktop.ui.wording import counted, language_name, thousands

if TYPE_CHECKING:
    from desktop.operations.folders import FolderCount

_SOON = 150  # milliseconds; many small changes are one reading
SORTS = (
    (ArticleSort.ADDED, True, "Added, newest first"),
    (ArticleSort.ADDED, False, "Added, oldest first"),
    (ArticleSort.PUBLISHED, True, "Date, newest first"),
    (ArticleSort.PUBLISHED, False, "Date, oldest first"),
    (ArticleSort.TITLE, False, "Title"),
    (ArticleSort.PUBLISHER, False, "Outlet"),
    (ArticleSort.LANGUAGE, False, "Language"),
    (ArticleSort.ANNOTATIONS, True, "Most marks first"),
)
_FILTERED = "Nothing matches the filter. Choose “Show all” in the filter above."
_NOTHING = {
    "all": "No articles here: what there was lies in the trash.",
    "unread": "Everything has been read.",
    "trash": "The trash is empty.",
    "collection": "This collection is empty. Drag articles here, or press Ctrl+D on them.",
    "tag": "No article carries this tag now.",
    "person": "This person speaks in no article now.",
}


class LibraryDesk(QObject):
    """Keeps the navigation and the list in step with the archive.

    Signals:
        article_wanted: Show this article (empty: none).
        search_wanted: Show the hits of this query.
        conditions_wanted: Edit the conditions of the saved search with this id, or of a new one.
        counted: How many articles there are in all; they may all be new.
        person_wanted: Edit the record with this id.
    """

    article_wanted = Signal(str)
    search_wanted = Signal(str)
    conditions_wanted = Signal(str)
    counted = Signal(int)
    person_wanted = Signal(str)

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools, self._session = tools, tools.session
        self.model = ArticleModel(self._read_rows, self)
        self.pane = LibraryPane(tools.theme, self.model)
        self.places = NavigationModel(self)
        self.navigation = NavigationView(tools.theme, self.places)
        self.column = _padded(self.navigation)
        self.folders = FolderDesk(tools, self)
        self.opened = FolderPlaces(tools, self.folders, self.model, self.pane.folder_bar, self)
        self._nodes: tuple[Node, ...] = ()
        self._filter, self._found = ArticleFilter(), False
        self._wanted: str | None = None
        self._languages: dict[str, int] = {}
        self.wishes = PlaceWishes(
            self.person_wanted.emit, self.search_wanted.emit, self.conditions_wanted.emit, self.opened.freezer
        )
        self._menus()
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._read_places)
        self._connect()

    # What the window asks

    @property
    def chosen(self) -> list[str]:
        """The ids of the selected articles."""
        return self.pane.chosen if self._session.is_open else []

    @property
    def chosen_count(self) -> int:
        return self.pane.chosen_count if self._session.is_open else 0

    @property
    def in_trash(self) -> bool:
        return self.navigation.place.kind == "trash"

    def reload(self) -> None:
        """Read everything again: another archive, or others have written."""
        self._read_spine()
        self._read_places()

    def clear(self) -> None:
        """No archive."""
        self._found, self._filter, self._nodes = False, ArticleFilter(), ()
        self.opened.enter(ALL)
        self.pane.show_spine([])
        self.model.forget()
        self.navigation.show_nodes(())
        self.pane.describe("", "")

    def show_found(self, ids: Sequence[str], of: int, note: str) -> None:
        """List exactly these, in this order, until another place is gone to.

        Args:
            of: How many were found; some of them may not be listed yet.
        """
        self._found = True
        self.opened.enter(ALL)  # these are hits, whatever place is chosen
        self.pane.show_spine(list(ids))
        listed = f"{thousands(len(ids))} of " if len(ids) < of else ""
        self.pane.describe(listed + counted(of, "article", "articles"), note)

    def leave_found(self) -> None:
        """Back to the place that was there before."""
        if self._found:
            self._found = False
            self._read_spine()

    def choose(self, article_id: str) -> None:
        """Make it the current one, going to all articles if it is elsewhere."""
        if self.pane.choose(article_id):
            return
        self._wanted = article_id
        self._found, self._filter = False, ArticleFilter()
        self.navigation.go_to(ALL)
        self._read_spine()

    def go_to(self, place: Place) -> None:
        self.navigation.go_to(place)

    # Reading

    def _read_rows(self, ids: Sequence[str]) -> None:
        if self._session.is_open:
            self._session.glance(
                partial(articles.article_rows, ids=ids), self.model.take, on_failed=self._no_rows
            )

    def _no_rows(self, error: Exception) -> None:
        """They stay empty until something changes, instead of failing again and again."""
        self.model.take(())
        self._tools.messages.fail(error)

    @property
    def _sort(self) -> tuple[ArticleSort, bool]:
        settings = self._tools.settings
        try:
            return ArticleSort(settings.get(SORT)), settings.get(SORT_DESCENDING)
        except ValueError:
            return ArticleSort.ADDED, True

    def _read_spine(self) -> None:
        if not self._session.is_open or self._found:
            return
        place = self.navigation.place
        if place.kind in FOLDERS:
            self.opened.read(place, self._filter, self._sort, partial(self._show_folder, place))
            return
        self.opened.enter(place)
        chosen = narrowed(place, self._filter)
        sort, descending = self._sort
        self._session.read(
            lambda archive: articles.article_ids(archive, chosen, sort, descending),
            self._show_spine,
            slot="spine",
        )

    def _show_spine(self, ids: list[str]) -> None:
        if self._found:
            return
        kind = self.navigation.place.kind
        if kind not in FOLDERS:
            self._fill(ids, _NOTHING.get(kind, ""))

    def _show_folder(self, place: Place, ids: list[str], nothing: str) -> None:
        if not self._found and self.navigation.place == place:
            self._fill(ids, nothing)

    def _fill(self, ids: list[str], nothing: str) -> None:
        self.pane.view.nothing = _FILTERED if self._is_filtered else nothing
        self.pane.show_spine(ids)
        self._describe(len(ids))
        if self._wanted is not None:
            self.pane.choose(self._wanted)
            self._wanted = None
        elif self.pane.current is None and ids:
            self.pane.choose(ids[0])

    def _read_places(self) -> None:
        if self._session.is_open:
            self._session.read(take_census, self._show_places, slot="places")

    def _show_places(self, census: tuple[tuple[Node, ...], dict[str, int]]) -> None:
        nodes, self._languages = census
        self._nodes = nodes
        self._show_counts(self.folders.counts)
        self._fill_filter_menu()
        self.counted.emit((nodes[0].count or 0) + (nodes[-1].count or 0))

    def _show_counts(self, counts: "dict[str, FolderCount]") -> None:
        self.navigation.show_nodes(with_counts(self._nodes, counts))

    def _moved(self) -> None:
        """The index has moved on: a saved search that is open may find something else."""
        if self.navigation.place.kind == "search":
            self._read_spine()

    @property
    def _is_filtered(self) -> bool:
        return self._filter.read_state is not None or self._filter.language is not None

    def _describe(self, number: int) -> None:
        sort = next((words for one, down, words in SORTS if (one, down) == self._sort), "")
        facts = [sort.lower() if sort else ""]
        if self._filter.read_state:
            facts.insert(0, str(self._filter.read_state))
        if self._filter.language:
            facts.insert(0, language_name(self._filter.language))
        self.pane.describe(counted(number, "article", "articles"), " · ".join(filter(None, facts)))

    def _changed(self, changes: Changes) -> None:
        """Rows always; the spine only where an operation can have moved something."""
        if changes.articles:
            self.model.refresh(changes.articles)
        if self._touches(changes):
            self._read_spine()
        self._soon.start()

    def _touches(self, changes: Changes) -> bool:
        """Whether the list may be another one now; what searches find comes with the index."""
        match self.navigation.place.kind:
            case "search":
                return bool(changes.searches)
            case "frozen":
                return bool(changes.searches or changes.articles)
        return bool(changes.articles or changes.collections or changes.tags)

    # Signals

    def _connect(self) -> None:
        self._session.changed.connect(self._changed)
        self._session.stirred.connect(self.reload)
        self.folders.counted.connect(self._show_counts)
        self.folders.moved.connect(self._moved)
        self.opened.again.connect(self._read_spine)
        self.opened.conditions_wanted.connect(self.conditions_wanted)
        self.opened.hits_wanted.connect(self.search_wanted)
        self.pane.article_chosen.connect(self.article_wanted)
        self.pane.menu_requested.connect(self._menu)
        self.navigation.place_chosen.connect(self._go)
        self.navigation.menu_requested.connect(self._place_menu)
        self.places.articles_dropped.connect(self._dropped)
        actions = self._tools.actions
        actions.add_local(self.pane)
        actions["toggle_read"].triggered.connect(self._toggle_read)
        actions["trash"].triggered.connect(self._trash)
        actions["restore"].triggered.connect(lambda: self._do(library.restore, "Put back", self.chosen))
        actions["collect"].triggered.connect(self._collect)
        actions["empty_trash"].triggered.connect(self._empty_trash)
        actions["next_article"].triggered.connect(lambda: self.pane.step(1))
        actions["previous_article"].triggered.connect(lambda: self.pane.step(-1))

    def _go(self, _place: Place) -> None:
        self._found = False
        self._read_spine()

    def _dropped(self, place: Place, ids: list[str]) -> None:
        node = self.places.node(self.places.index_of(place))
        if node is None:
            return
        if place.kind == "trash":
            self._do(library.trash, "Moved to the trash", ids)
        elif place.kind == "tag":
            self._tools.run(tagging.tag_articles, ids, node.text, words=f"Tagged with {node.text}")
        elif place.kind == "collection":
            self._tools.run(library.add_to_collection, place.id, ids, words=f"Added to {node.text}")

    # Bulk work

    def _do(self, operation: Any, words: str, ids: list[str], *args: Any) -> None:
        if ids:
            self._tools.run(
                operation, ids, *args, words=f"{words}: {counted(len(ids), 'article', 'articles')}"
            )

    def _toggle_read(self) -> None:
        """All to read, unless all are read already."""
        if ids := self.chosen:
            self._session.glance(partial(articles.article_rows, ids=ids), partial(self._turn_read, ids))

    def _turn_read(self, ids: list[str], rows: list[ArticleRow]) -> None:
        if rows:
            done = all(row.read_state is ReadState.READ for row in rows)
            self._tools.run(library.set_read_state, ids, ReadState.UNREAD if done else ReadState.READ)

    def _trash(self) -> None:
        if self.in_trash:
            self._tools.messages.tell(
                "These are in the trash already. “Empty the trash” removes them for good."
            )
        else:
            self._do(library.trash, "Moved to the trash", self.chosen)

    def _empty_trash(self) -> None:
        number = articles.count(self._session.archive, ArticleFilter(trashed=True))
        if not number:
            self._tools.messages.tell("The trash is empty.")
            return
        words = f"Remove {counted(number, 'article', 'articles')} for good? This cannot be undone."
        self._tools.messages.tell(words, "Remove for good", self._purge)

    def _purge(self) -> None:
        self._session.run(
            library.empty_trash, on_done=lambda _: self._tools.messages.tell("The trash has been emptied.")
        )

    def _collect(self) -> None:
        ids = self.chosen
        if not ids:
            return
        self._tools.palette.open(
            collection_entries(self._session.archive, partial(self._add_to, ids)),
            "Add to a collection",
            create=creation("Make the collection", partial(self._add_to_path, ids), "folder"),
            hint="Type a name; a slash nests it: River/Council",
        )

    def _add_to(self, ids: list[str], collection_id: str, path: str) -> None:
        self._tools.run(library.add_to_collection, collection_id, ids, words=f"Added to {path}")

    def _add_to_path(self, ids: list[str], path: str) -> None:
        self._tools.run(library.collect, ids, path, words=f"Added to {path}")

    # Menus

    def _menus(self) -> None:
        self._sort_menu, self._filter_menu = QMenu(self.pane), QMenu(self.pane)
        group = QActionGroup(self)
        for sort, descending, words in SORTS:
            action = self._sort_menu.addAction(words)
            action.setCheckable(True)
            action.setChecked((sort, descending) == self._sort)
            action.triggered.connect(partial(self._sort_by, sort, descending))
            group.addAction(action)
        self.pane.set_menus(self._sort_menu, self._filter_menu)
        self._fill_filter_menu()

    def _sort_by(self, sort: ArticleSort, descending: bool, *_: object) -> None:
        self._tools.settings.set(SORT, str(sort))
        self._tools.settings.set(SORT_DESCENDING, descending)
        self._found = False
        self._read_spine()

    def _fill_filter_menu(self) -> None:
        menu = self._filter_menu
        menu.clear()
        every = menu.addAction("Show all")
        every.triggered.connect(lambda: self._filter_by(read_state=None, language=None))
        menu.addSeparator()
        for state in ReadState:
            action = _checkable(menu, str(state).capitalize(), self._filter.read_state is state)
            action.triggered.connect(partial(self._toggle_filter, "read_state", state))
        menu.addSeparator()
        for code, number in list(self._languages.items())[:12]:
            words = f"{language_name(code)}  ({number:,})"
            action = _checkable(menu, words, self._filter.language == code)
            action.triggered.connect(partial(self._toggle_filter, "language", code))

    def _toggle_filter(self, name: str, value: object, *_: object) -> None:
        self._filter_by(**{name: None if getattr(self._filter, name) == value else value})

    def _filter_by(self, **fields: Any) -> None:
        self._filter = replace(self._filter, **fields)
        self._found = False
        self._fill_filter_menu()
        self._read_spine()

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self.pane)
        names: tuple[str, ...] = ("toggle_read", "tag", "collect", "edit_details", "export_articles", "")
        self._tools.actions.fill(menu, (*names, "restore" if self.in_trash else "trash"))
        if self.navigation.place.kind == "collection":
            menu.addAction("Take out of this collection").triggered.connect(self._take_out)
        menu.exec(at)

    def _take_out(self) -> None:
        place = self.navigation.place
        self._tools.run(
            library.remove_from_collection, place.id, self.chosen, words="Taken out of the collection"
        )

    def _place_menu(self, place: Place, at: QPoint) -> None:
        node = self.places.node(self.places.index_of(place))
        menu = place_menu(self._tools, place, node, self.wishes)
        if not menu.isEmpty():
            menu.exec(at)


def _padded(tree: QWidget) -> QFrame:
    """The navigation with a little air; a tree view keeps its own margins to itself."""
    frame = QFrame()
    frame.setObjectName("navigation")
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 4, 0, 8)
    column.addWidget(tree)
    return frame


def _checkable(menu: QMenu, words: str, on: bool) -> QAction:
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(on)
    return action
