"""Pages by their address: fetched only when the person says so, one after the other, into one report."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.core.errors import Cancelled, ImportFailed
from desktop.core.extraction import ImportLine, ImportReport, ImportStatus
from desktop.core.progress import Progress
from desktop.core.sentences import sentence
from desktop.store.archive import Archive
from desktop.ui.desk.tools import Tools
from desktop.ui.session import OnFailed
from desktop.ui.wording import counted

Told = Callable[[Path, ImportReport], None]


class AddressesDesk(QObject):
    """Asks for addresses, and fetches.

    Args:
        told: Takes the report, and the path of the archive that was open.
        failed: Takes what went wrong beyond single pages.
    """

    def __init__(self, tools: Tools, told: Told, failed: OnFailed, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._window = tools, tools.session, window
        self._told, self._failed = told, failed
        tools.actions["import_address"].triggered.connect(self.ask)

    def ask(self) -> None:
        """Let the person type or paste addresses; one that was copied is there already."""
        from desktop.ui.importing.addresses import AddressDialog, bare_addresses

        if not self._session.writable:
            return
        copied = bare_addresses(QGuiApplication.clipboard().text())
        dialog = AddressDialog("\n".join(copied), self._window)
        dialog.fetch_requested.connect(self.fetch)
        dialog.show()

    def offer(self, text: str) -> bool:
        """Offer to fetch what was pasted; False where it is no address."""
        from desktop.ui.importing.addresses import bare_addresses

        found = bare_addresses(text)
        if not found:
            return False
        words = (
            f"Fetch the page {_short(found[0])}?"
            if len(found) == 1
            else f"Fetch these {counted(len(found), 'page', 'pages')}?"
        )
        self._tools.messages.tell(words, "Fetch", partial(self.fetch, found))
        return True

    def fetch(self, addresses: Sequence[str]) -> None:
        """Fetch pages beside everything else; each has its line in the report."""
        if not self._session.writable:
            return
        done = partial(self._told, self._session.path)
        title = "Fetching a page" if len(addresses) == 1 else "Fetching pages"
        self._session.beside(partial(_fetch_all, list(addresses)), title, done, self._failed)


class _Within(Progress):
    """The progress of one page among several: it stops with the whole, whose count it leaves alone."""

    def __init__(self, whole: Progress) -> None:
        super().__init__()
        self._whole = whole

    @property
    def cancelled(self) -> bool:
        return self._whole.cancelled


def _fetch_all(addresses: Sequence[str], archive: Archive, progress: Progress) -> ImportReport:
    """One report; after a cancel that of what was fetched before."""
    from desktop.operations.fetching import fetch_address  # slow to load, and seldom used

    whole = ImportReport()
    for done, address in enumerate(addresses):
        progress.report(done, len(addresses), address)
        try:
            report = fetch_address(archive, address, _Within(progress))
        except ImportFailed as failure:
            failed = ImportLine(address, ImportStatus.FAILED, error=sentence(failure), detail=failure.detail)
            report = ImportReport([failed])
        except Cancelled:
            report = ImportReport(cancelled=True)
        whole.lines += report.lines
        if report.cancelled or progress.cancelled:
            whole.cancelled = True
            return whole
    progress.report(len(addresses), len(addresses), "")
    return whole


def _short(address: str) -> str:
    return address if len(address) <= 80 else f"{address[:79]}…"
