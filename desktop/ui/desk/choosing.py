"""Files that hold several articles: what is in them, and which of it is imported."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.core.errors import Cancelled
from desktop.core.extraction import Entry, Options
from desktop.core.progress import Progress
from desktop.ui.desk.tools import Tools

_SEVERAL = (".warc", ".warc.gz", ".wacz", ".epub", ".mbox", ".mbx", ".zip")
Import = Callable[[Sequence[Path], Options], None]


def may_hold_several(path: Path) -> bool:
    """By its name; what is in it is found by looking."""
    return path.name.lower().endswith(_SEVERAL) and path.is_file()


class ChoosingDesk(QObject):
    """Lists a file away from the window, then asks.

    Args:
        start: Imports the file as it was chosen.
    """

    def __init__(self, tools: Tools, start: Import, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._window = tools, tools.session, window
        self._start = start

    def look_into(self, path: Path) -> None:
        """List what is in a file, with progress and cancel in the status bar."""

        def work(progress: Progress) -> list[Entry]:
            from desktop.operations.extracting import entries  # the parsers are slow to load

            return entries(path, progress)

        self._session.free.submit(
            work,
            partial(self._listed, self._session.path, path),
            partial(self._failed, self._session.path, path),
            title=f"Looking into {path.name}",
        )

    def _listed(self, archive: Path, path: Path, entries: list[Entry]) -> None:
        if not self._is_still(archive):
            return
        if len(entries) < 2:
            self._start([path], Options())
            return
        from desktop.ui.importing.chooser import PartsChooser

        is_book = path.suffix.lower() == ".epub"
        chooser = PartsChooser(self._tools.theme, path.name, entries, is_book=is_book, parent=self._window)
        chooser.chosen.connect(partial(self._chosen, archive, path))
        chooser.show()

    def _chosen(self, archive: Path, path: Path, options: Options) -> None:
        if self._is_still(archive):
            self._start([path], options)

    def _failed(self, archive: Path, path: Path, error: Exception) -> None:
        """A file that cannot be listed is imported, so that the report says why it cannot be read."""
        if isinstance(error, Cancelled):
            self._tools.messages.tell("The import was stopped. Nothing was imported.")
        elif self._is_still(archive):
            self._start([path], Options())

    def _is_still(self, archive: Path) -> bool:
        """Another archive may have been opened meanwhile: nothing goes into the wrong one."""
        return self._session.is_open and self._session.path == archive
