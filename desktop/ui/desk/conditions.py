"""The conditions of the query in the search field, or of a saved search."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.errors import IndexFailed
from desktop.operations import saved_searches
from desktop.store import searches
from desktop.ui.desk.folders import FolderDesk, FolderThread
from desktop.ui.desk.places import ask_name
from desktop.ui.desk.searching import names_of
from desktop.ui.desk.tools import Tools
from desktop.ui.wording import counted

if TYPE_CHECKING:
    from desktop.ui.conditions.dialog import ConditionsDialog


class ConditionsDesk(QObject):
    """At most one editor at a time; what it asks is answered by the folders' thread.

    Signals:
        search_wanted: Show what this query finds.
    """

    search_wanted = Signal(str)

    def __init__(self, tools: Tools, folders: FolderDesk, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._window, self._folders = tools, tools.session, window, folders
        self._dialog: ConditionsDialog | None = None
        self._search_id = ""
        self._session.closed.connect(self.close)

    @property
    def dialog(self) -> "ConditionsDialog | None":
        return self._dialog

    def open(self, query: str) -> None:
        """Edit a query that has no name."""
        self._open(query, "")

    def open_search(self, search_id: str) -> None:
        """Edit a saved search; without an id begin a new one."""
        if not search_id:
            self.open("")
            return
        known = searches.saved_search(self._session.archive, search_id)
        self._open(known.query, known.name, known.id)

    def close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()

    def _open(self, query: str, name: str, search_id: str = "") -> None:
        from desktop.ui.conditions.dialog import ConditionsDialog  # the grammar is not needed to start

        if self._dialog is None:
            self._dialog = ConditionsDialog(self._tools.theme, self._window)
            self._dialog.asked.connect(self._ask)
            self._dialog.search_wanted.connect(self._search)
            self._dialog.save_wanted.connect(self._save)
        self._search_id = search_id
        self._session.read(names_of, self._dialog.set_names, slot="names of conditions")
        self._dialog.edit(query, name, saved=bool(search_id), writable=self._session.writable)

    def _ask(self, query: str) -> None:
        if self._session.is_open:
            self._folders.ask(partial(_answer, query), self._show, slot="conditions")

    def _show(self, answer: tuple[str, str, str, str]) -> None:
        if self._dialog is not None:
            self._dialog.show_answer(*answer)

    def _search(self, query: str) -> None:
        if query:
            self.search_wanted.emit(query)

    def _save(self, query: str) -> None:
        if not query:
            self._tools.messages.tell("Add a condition first; then the search can be kept.")
        elif self._search_id:
            self._tools.run(saved_searches.edit_search, self._search_id, query, words="Changed the search")
            self.close()
        else:
            self.close()
            ask_name(self._tools, "Keep this search as", query, partial(self._keep, query))

    def _keep(self, query: str, name: str) -> None:
        self._tools.run(saved_searches.save_search, name, query, words=f"Kept the search “{name}”")


def _answer(query: str, thread: FolderThread) -> tuple[str, str, str, str]:
    """In the folders' thread: the query, how it is understood, what is odd about it, what it finds."""
    from desktop.operations.folders import reading_of

    understood, hint = reading_of(thread.archive, query)
    if not query:
        return query, understood, hint, ""
    try:
        found = thread.search.found(query)
    except IndexFailed:
        return query, understood, hint, "The search index is not there yet"
    marks = sum(1 for key in found.keys if key.startswith("n:"))
    parts = (
        counted(len(found.articles), "article", "articles"),
        counted(marks, "mark", "marks") if marks else "",
    )
    return query, understood, hint, ", ".join(filter(None, parts)) + " found"
