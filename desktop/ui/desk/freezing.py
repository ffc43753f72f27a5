"""Freezing a search under a name, and saving the list of a frozen one."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.progress import Progress
from desktop.core.records import Changes
from desktop.core.times import now
from desktop.operations import frozen
from desktop.store.archive import Archive
from desktop.ui.desk.folders import FolderDesk, FolderThread
from desktop.ui.desk.places import ask_name
from desktop.ui.desk.tools import Tools
from desktop.ui.wording import counted

if TYPE_CHECKING:
    from desktop.operations.frozen import Asked


class Freezer(QObject):
    """Asks for a name; the search is asked in its own thread, the answer kept by the archive's."""

    def __init__(self, tools: Tools, folders: FolderDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tools, self._session, self._folders = tools, tools.session, folders

    def freeze(self, query: str, name: str = "") -> None:
        """Keep what a query finds now; ``name`` is proposed, with the day behind it."""
        if not query:
            self._tools.messages.tell("Type a search first; then what it finds can be frozen.")
            return
        ask_name(self._tools, "Freeze as", f"{name or query}, {now()[:10]}", partial(self._ask, query))

    def save_list(self, frozen_id: str, name: str) -> None:
        """Ask for a file and write the list as a table."""
        window = self.parent()
        while window is not None and not isinstance(window, QWidget):
            window = window.parent()
        proposed = f"{name.replace('/', '–')}.csv"
        path, _ = QFileDialog.getSaveFileName(window, "Save the list", proposed, "Tables (*.csv)")
        if path:
            self.write_list(frozen_id, Path(path))

    def write_list(self, frozen_id: str, path: Path) -> None:
        def work(archive: Archive, _progress: Progress) -> None:
            from desktop.operations.frozen_tables import save_list  # the exporters are seldom needed

            save_list(archive, frozen_id, path)

        self._session.beside(work, "Saving the list", lambda _: self._saved(path), read_only=True)

    def _ask(self, query: str, name: str) -> None:
        def look(thread: FolderThread) -> "Asked":
            return frozen.ask(thread.archive, thread.search, query)

        self._folders.ask_whole(look, partial(self._keep, name))

    def _keep(self, name: str, asked: "Asked") -> None:
        found = counted(len(asked.found.articles), "article", "articles")
        marks = counted(len(asked.found.marks), "mark", "marks")

        def tell(changes: Changes) -> None:
            if changes:
                self._tools.tell_undoable(f"Froze “{name}”: {found}, {marks}")

        self._session.run(frozen.freeze, name, asked, on_done=tell)

    def _saved(self, path: Path) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        self._tools.messages.tell(
            f"Saved the list as {path.name}.", "Show in folder", lambda: QDesktopServices.openUrl(folder)
        )
