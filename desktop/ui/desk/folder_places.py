"""What the list shows of a saved or a frozen search, and the bar above it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.store.articles import ArticleFilter, ArticleSort
from desktop.ui.desk.folders import FolderDesk, FolderThread
from desktop.ui.desk.freezing import Freezer
from desktop.ui.desk.opened_searches import OpenedFrozen, OpenedSearch, Wish, open_frozen
from desktop.ui.desk.tools import Tools
from desktop.ui.library.folder_bar import FolderBar
from desktop.ui.library.model import ArticleModel
from desktop.ui.library.places import Place

if TYPE_CHECKING:
    from desktop.operations.frozen import Comparison

FOLDERS = ("search", "frozen")
NOTHING = {
    "search": "Nothing in the archive fits this search now. What comes to fit it will appear here.",
    "unread": "The search index is not there yet. What is found will appear here.",
    "then": "This search had found nothing when it was frozen.",
    "new": "Nothing new is found since it was frozen.",
    "gone": "All that was found then is still found.",
}
_SEARCH = {
    "hits": ("Show hits", "Show the places in the texts that were found"),
    "conditions": ("Conditions…", "Change what is searched for"),
    "freeze": ("Freeze…", "Keep what is found now, to be held against later"),
}
_FROZEN = {
    "compare": ("Compare", "What is new since it was frozen, and what is gone"),
    "export": ("Save list…", "Write the list of articles and marks as a table (CSV)"),
    "hits": ("Search now", "Ask the same question again"),
}
_WRITES = ("conditions", "freeze")
Show = Callable[[list[str], str], None]


class FolderPlaces(QObject):
    """Fills list and bar for the places ``search`` and ``frozen``.

    Signals:
        hits_wanted: Ask this query in the search field.
        conditions_wanted: Edit the conditions of the saved search with this id.
        again: The list is to be read anew.
    """

    hits_wanted = Signal(str)
    conditions_wanted = Signal(str)
    again = Signal()

    def __init__(
        self,
        tools: Tools,
        folders: FolderDesk,
        model: ArticleModel,
        bar: FolderBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tools, self._folders, self._model, self._bar = tools, folders, model, bar
        self.freezer = Freezer(tools, folders, self)
        self._place: Place | None = None
        self._query, self._name = "", ""
        self._new: frozenset[str] = frozenset()  # to whoever opened it this time
        self._comparison: Comparison | None = None
        self._part = "then"
        bar.asked.connect(self._asked)
        bar.part_chosen.connect(self._choose_part)

    def enter(self, place: Place) -> None:
        """Another place was gone to."""
        self._place = place if place.kind in FOLDERS else None
        self._new, self._comparison, self._part = frozenset(), None, "then"
        self._query = self._name = ""
        if self._place is None:
            self._bar.setVisible(False)
            self._model.set_remarks({})

    def read(self, place: Place, chosen: ArticleFilter, sort: tuple[ArticleSort, bool], show: Show) -> None:
        """Read the list of a place; ``show`` gets its ids, and what to say where there are none."""
        if self._place != place:
            self.enter(place)
        wish = Wish(place.id, chosen, *sort, self._new, self._comparison, self._part)
        if place.kind == "search":
            self._folders.look(wish, partial(self._show_search, place, show))
        else:
            self._folders.ask(
                lambda thread: open_frozen(thread.archive, wish),
                partial(self._show_frozen, place, show),
                slot="look",
            )

    def compare(self) -> None:
        """Hold the frozen search that is open against what its question finds now."""
        place = self._place
        if place is None or place.kind != "frozen":
            return

        def look(thread: FolderThread) -> "Comparison":
            from desktop.operations.frozen import compare

            return compare(thread.archive, thread.search, place.id)

        self._folders.ask_whole(look, partial(self._compared, place))

    # What was read

    def _show_search(self, place: Place, show: Show, opened: OpenedSearch) -> None:
        if place != self._place:
            return
        self._query, self._name, self._new = opened.search.query, opened.search.name, opened.new
        self._show_bar(opened.understood, opened.hint, opened.facts, _SEARCH)
        self._model.set_remarks(opened.remarks)
        show(opened.ids, NOTHING["search" if opened.answered else "unread"])
        self._folders.saw(opened)

    def _show_frozen(self, place: Place, show: Show, opened: OpenedFrozen) -> None:
        if place != self._place:
            return
        self._query, self._name = opened.search.query, opened.search.name
        hint = "" if self._comparison is None or self._comparison.same_analysis else _OTHER_ANALYSIS
        self._show_bar(opened.search.understood, hint, opened.facts, _FROZEN)
        if self._comparison is not None:
            self._bar.show_parts(_parts(self._comparison), self._part)
        self._model.set_remarks(opened.remarks)
        show(opened.ids, NOTHING[self._part])

    def _compared(self, place: Place, comparison: "Comparison") -> None:
        if place == self._place:
            self._comparison, self._part = comparison, "new" if comparison.new else "gone"
            self.again.emit()

    def _choose_part(self, part: str) -> None:
        self._part = part
        self.again.emit()

    # The bar

    def _show_bar(self, sentence: str, hint: str, facts: str, buttons: dict[str, tuple[str, str]]) -> None:
        writable = self._tools.session.writable
        shown = {name: words for name, words in buttons.items() if writable or name not in _WRITES}
        self._bar.show_search(sentence, hint, facts, shown)

    def _asked(self, name: str) -> None:
        if self._place is None:
            return
        match name:
            case "hits":
                self.hits_wanted.emit(self._query)
            case "conditions":
                self.conditions_wanted.emit(self._place.id)
            case "freeze":
                self.freezer.freeze(self._query, self._name)
            case "compare":
                self.compare()
            case "export":
                self.freezer.save_list(self._place.id, self._name)


_OTHER_ANALYSIS = (
    "Words are analysed in another way now than when it was frozen: a difference may come from that alone."
)


def _parts(found: "Comparison") -> tuple[tuple[str, str], ...]:
    return (
        ("then", f"Then {len(found.then.articles):,}"),
        ("new", f"New {len(found.new):,}"),
        ("gone", f"Gone {len(found.gone):,}"),
    )
