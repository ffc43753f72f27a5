"""Saved and frozen searches in a thread of their own: their counts, what they find, what changed."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import IndexBehind
from desktop.core.progress import Progress
from desktop.core.records import Changes
from desktop.jobs.lanes import ArchiveLane
from desktop.store import searches
from desktop.store.archive import Archive, open_archive
from desktop.ui.desk.opened_searches import OpenedSearch, Wish, open_search
from desktop.ui.desk.tools import Tools

if TYPE_CHECKING:
    from desktop.operations.folders import FolderCount

_PATIENCE = 15_000  # milliseconds that an index may need to follow what was done last
OnDone = Callable[[Any], None]
OnFailed = Callable[[Exception], None]
_CALM = 1500  # milliseconds between two countings: marks follow each other quickly


class FolderThread:
    """The archive and its search, opened together in the folders' thread."""

    def __init__(self, path: Path) -> None:
        from desktop.operations.searching import ArchiveSearch  # slow to load: never in the window's thread

        self.archive = open_archive(path, read_only=True)
        self.search = ArchiveSearch(self.archive)
        self._counted: tuple[object, dict[str, FolderCount]] | None = None

    def counts(self, progress: Progress) -> "dict[str, FolderCount]":
        """As they were, while neither index nor searches have changed, nor the day: "last week" moves on."""
        from desktop.operations.folders import count_folders

        known = searches.saved_searches(self.archive)
        state = date.today(), self.search.moment(), known, searches.last_look(self.archive)
        if self._counted is None or self._counted[0] != state:
            self._counted = state, count_folders(self.archive, self.search, progress)
        return self._counted[1]

    def close(self) -> None:
        self.search.close()
        self.archive.close()


class FolderDesk(QObject):
    """Counts the saved searches whenever the index has moved, and opens one when it is asked for.

    Signals:
        counted: What the navigation tells of each, by id.
        moved: What the searches find may be something else now.
    """

    counted = Signal(object)
    moved = Signal()

    def __init__(self, tools: Tools, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools, self._session = tools, tools.session
        self._lane: ArchiveLane[FolderThread] | None = None
        self.counts: dict[str, FolderCount] = {}
        self._seen: dict[str, frozenset[str]] = {}
        self._soon = QTimer(self, singleShot=True, interval=_CALM)
        self._soon.timeout.connect(self._count)
        self._waiting: Callable[[], None] | None = None
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self._give_up)
        self._session.opened.connect(self.start)
        self._session.closing.connect(self.stop)
        self._session.changed.connect(self._changed)
        self._session.stirred.connect(self._begin)

    @property
    def waiting(self) -> bool:
        """Something is being counted or read."""
        return self._lane is not None and bool(self._lane.jobs)

    def start(self) -> None:
        """An archive was opened. The thread begins when somebody has a saved search."""
        self.stop()
        self._soon.start()

    def stop(self) -> None:
        """Before the archive closes."""
        self._soon.stop()
        self._patience.stop()
        self._waiting = None
        if self._lane is not None:
            self._lane.close()
            self._lane = None
        self.counts, self._seen = {}, {}

    def follow(self) -> None:
        """The index has reached the archive: count anew, but not again for every mark."""
        self._begin()
        self.moved.emit()
        if self._waiting is not None:
            self._waiting()

    def ask(self, look: Callable[[FolderThread], Any], on_done: OnDone, slot: str = "") -> None:
        """Run ``look`` in the thread; of one ``slot`` only the newest answers."""
        self._submit(lambda thread, _: look(thread), on_done, slot)

    def ask_whole(self, look: Callable[[FolderThread], Any], on_done: OnDone) -> None:
        """As ``ask``, for what must not miss anything: where the index is behind, it is waited for."""
        self._waiting = None
        self._patience.stop()
        self._submit(lambda thread, _: look(thread), on_done, "whole", partial(self._behind, look, on_done))

    def _behind(self, look: Callable[[FolderThread], Any], on_done: OnDone, error: Exception) -> None:
        if not isinstance(error, IndexBehind):
            self._tools.messages.fail(error)
            return
        self._waiting = partial(self.ask_whole, look, on_done)
        self._patience.start()

    def _give_up(self) -> None:
        self._waiting = None
        self._tools.messages.fail(IndexBehind())

    def look(self, wish: "Wish", on_done: Callable[["OpenedSearch"], None]) -> None:
        """Open a saved search: what it finds, and the articles in the order of the list."""
        self.ask(lambda thread: open_search(thread.archive, thread.search, wish), on_done, slot="look")

    def saw(self, opened: "OpenedSearch") -> None:
        """What a folder showed is not new any more."""
        if opened.unseen is not None:
            self._remember({opened.search.id: opened.unseen})

    def _submit(
        self,
        work: Callable[[FolderThread, Progress], Any],
        on_done: OnDone,
        slot: str,
        on_failed: OnFailed | None = None,
    ) -> None:
        if self._lane is None:
            self._lane = ArchiveLane(partial(FolderThread, self._session.path), "folders", self)
        self._lane.submit(work, on_done, on_failed or self._tools.messages.fail, slot=slot)

    def _changed(self, changes: Changes) -> None:
        """Of an operation only a new or changed search matters here: the rest comes with the index."""
        if changes.searches:
            self._count()

    def _begin(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _count(self) -> None:
        if not self._session.is_open or not searches.saved_searches(self._session.archive):
            self._take({})
            return
        self._submit(lambda thread, progress: thread.counts(progress), self._take, "counts")

    def _take(self, counts: "dict[str, FolderCount]") -> None:
        self.counts = counts
        unseen = {one: count.unseen for one, count in counts.items() if count.unseen is not None}
        if unseen:
            self._remember(unseen)
        self.counted.emit(counts)

    def _remember(self, seen: dict[str, frozenset[str]]) -> None:
        """Kept in the archive where it can be written; the same is not written again."""
        news = {one: ids for one, ids in seen.items() if self._seen.get(one) != ids}
        if not news or not self._session.writable:
            return
        self._seen |= news

        def write(archive: Archive) -> None:
            from desktop.operations.folders import look_into

            look_into(archive, news)

        self._session.run(write, on_done=lambda _: self._begin())
