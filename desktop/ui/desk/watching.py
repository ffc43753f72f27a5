"""The watched folder: looked at when it stirs and now and then, its new files imported quietly."""

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.errors import Cancelled
from desktop.core.extraction import ImportReport, ImportStatus
from desktop.core.progress import Progress
from desktop.store import meta
from desktop.store.archive import Archive
from desktop.ui.desk.files import FilesDesk
from desktop.ui.desk.tools import Tools
from desktop.ui.wording import counted

if TYPE_CHECKING:
    from desktop.operations.watching import Known, Watch
    from desktop.ui.settings.watch import WatchPanel

_SOON = 1_000  # milliseconds from a stir to a look: a download stirs many times
_AGAIN = 1_000  # between two looks at what has not settled yet
_SLOW = 60_000  # where the system tells nothing, as on many network drives
_MOST_FOLDERS = 200  # that the system is asked to tell of


class WatchingDesk(QObject):
    """Off until somebody switches it on; what is wanted is kept in each archive.

    Signals:
        changed: It is on or off now, or watches another folder.
    """

    changed = Signal()

    def __init__(self, tools: Tools, files: FilesDesk, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._files = tools, tools.session, files
        self.settled = 3.0  # seconds that a file must stay as it is
        self.watch: Watch | None = None  # of the open archive, once it is read and if it was ever on
        self._known: Known | None = None
        self._busy = self._gone = False
        self._system: QFileSystemWatcher | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._slow = QTimer(self, interval=_SLOW)
        for timer in (self._soon, self._slow):
            timer.timeout.connect(self.look)
        self._session.opened.connect(self._opened)
        self._session.closing.connect(self._stop)
        self._session.closed.connect(self._forget)

    @property
    def on(self) -> bool:
        return self.watch is not None and self.watch.on and bool(self.watch.folder)

    def make_panel(self) -> "WatchPanel | None":
        """The part of the preferences that is about it; None where nothing could be kept."""
        from desktop.operations.watching import Watch
        from desktop.ui.settings.watch import WatchPanel

        if not self._session.writable:
            return None
        panel = WatchPanel(self._tools.theme, self.watch or Watch())
        panel.changed.connect(self.set_watch)
        return panel

    def set_watch(self, watch: "Watch") -> None:
        """Keep another choice and act on it."""
        from desktop.operations.watching import write_watch

        if not self._session.writable:
            return
        if self.watch is None or watch.folder != self.watch.folder:
            self._known = None
        self.watch = watch
        self._session.run(write_watch, watch, on_done=lambda _: self._start())

    def look(self) -> None:
        """See what is in the folder now; what is new and whole is imported."""
        if not self.on or self._busy or not self._session.is_open:
            return
        assert self.watch is not None
        self._busy = True
        done = partial(self._listed, self._session.path, self.watch)
        self._session.free.submit(partial(_list, self.watch.folder), done, self._cannot_list)

    # From opening to closing

    def _opened(self) -> None:
        self._session.read(_kept, partial(self._take, self._session.path), slot="watch")

    def _take(self, path: Path, kept: "tuple[Watch | None, Known | None]") -> None:
        if self._session.is_open and self._session.path == path and self.watch is None:
            self.watch, self._known = kept
            self._start()

    def _start(self) -> None:
        self._stop()
        if self.on and self._session.writable:
            self._slow.start()
            self.look()
        self._show()
        self.changed.emit()

    def _stop(self) -> None:
        self._soon.stop()
        self._slow.stop()
        self._gone = False
        if self._system is not None:
            self._system.deleteLater()
            self._system = None

    def _forget(self) -> None:
        self.watch, self._known, self._busy = None, None, False
        self._show()

    def _show(self) -> None:
        folder = Path(self.watch.folder) if self.watch is not None and self.on else None
        if folder is None or not self._session.writable:
            self._tools.status.show_watch("", "")
        elif self._gone:
            self._tools.status.show_watch(f"Waiting for {folder.name}", f"{folder} is not there now.")
        else:
            self._tools.status.show_watch(f"Watching {folder.name}", f"What comes into {folder} is imported.")

    # A look

    def _listed(self, path: Path, watch: "Watch", listing: dict[str, tuple[int, int]]) -> None:
        from desktop.operations.watching import Known, compare

        self._busy = False
        if not self._session.is_open or self._session.path != path or self.watch != watch or not self.on:
            return
        if self._gone:
            self._gone = False
            self._show()
        self._listen(listing)
        if self._known is None:
            self._leave_alone(Known(listing))
            return
        ready, self._known = compare(self._known, listing, time.monotonic(), self.settled)
        if ready:
            self._import(watch, ready)
        elif self._known.waiting:
            self._soon.start(_AGAIN)

    def _cannot_list(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, Cancelled) or not self.on or self._gone:
            return
        assert self.watch is not None
        self._gone = True
        self._show()
        self._tools.messages.tell(
            f"The watched folder {self.watch.folder} is not there or cannot be read. "
            "It is watched again as soon as it is back."
        )

    def _listen(self, listing: dict[str, tuple[int, int]]) -> None:
        """Have the system tell when something stirs in the folder or below it."""
        assert self.watch is not None
        if self._system is None:
            self._system = QFileSystemWatcher(self)
            self._system.directoryChanged.connect(self._stirred)
        folders = {self.watch.folder, *(str(Path(path).parent) for path in listing)}
        new = sorted(folders - set(self._system.directories()))[:_MOST_FOLDERS]
        if new:
            self._system.addPaths(new)

    def _stirred(self, *_: object) -> None:
        self._soon.start(_SOON)

    def _leave_alone(self, known: "Known") -> None:
        """What was there before the folder was chosen is imported only if somebody says so."""
        from desktop.operations.watching import write_seen

        self._known = known
        self._session.run(write_seen, known)
        if known.seen and self.watch is not None:
            files = counted(len(known.seen), "file is", "files are")
            words = f"{files} in {Path(self.watch.folder).name} already. What comes from now on is imported."
            self._tools.messages.tell(words, "Import these too", partial(self._import_old, self.watch))

    def _import_old(self, watch: "Watch") -> None:
        from desktop.operations.watching import Known

        if self.watch == watch and self._known is not None:
            listing = self._known.seen
            self._known = Known({}, {path: (stamp, 0.0) for path, stamp in listing.items()})
            self._import(watch, sorted(listing))

    # Importing

    def _import(self, watch: "Watch", ready: list[str]) -> None:
        if not self._session.writable or self._known is None:
            return
        self._busy = True
        work = partial(_work, watch, ready, self._known)
        done = partial(self._imported, self._session.path, watch, ready)
        name = Path(watch.folder).name
        self._session.beside(work, f"Importing from {name}", done, self._import_failed)

    def _imported(
        self, path: Path, watch: "Watch", ready: list[str], found: "tuple[ImportReport, Known]"
    ) -> None:
        from desktop.operations.watching import with_seen, write_seen

        self._busy = False
        report, known = found
        if self._session.is_open and self._session.path == path and self.watch == watch:
            if report.cancelled:  # by the person, for the archive is still open: the rest is not wanted
                known = with_seen(known, ready)
                self._session.run(write_seen, known)
            self._known = known
            self._soon.start(_SOON)  # more may have come meanwhile
        self._tell(watch, report)

    def _tell(self, watch: "Watch", report: ImportReport) -> None:
        """One quiet notice; nothing at all where everything was here already."""
        made = report.count(ImportStatus.ADDED) + report.count(ImportStatus.CAPTURE)
        failed = report.count(ImportStatus.FAILED)
        show, name = partial(self._files.show_report, report), Path(watch.folder).name
        if failed:
            self._tools.status.offer_report(f"{counted(failed, 'import', 'imports')} failed", show)
        if report.cancelled:
            self._tools.messages.tell(
                f"The import from {name} was stopped. What is left in the folder is left alone.",
                "Report" if report.lines else "",
                show,
            )
        elif made or failed:
            parts = [f"{counted(made, 'article', 'articles')} imported"] if made else []
            parts += [f"{counted(failed, 'file', 'files')} could not be imported"] if failed else []
            self._tools.messages.tell(f"{', '.join(parts)} from {name}.", "Report", show)

    def _import_failed(self, error: Exception) -> None:
        """The archive cannot be written: watching goes on when it is opened again."""
        self._busy = False
        self._stop()
        self._tools.messages.fail(error)


def _kept(archive: Archive) -> "tuple[Watch | None, Known | None]":
    """What is wanted of the folder and what was seen in it; None where nobody ever switched it on."""
    if meta.setting(archive, "watch") is None:
        return None, None  # most archives: what finds files need not be loaded for them
    from desktop.operations.watching import read_seen, read_watch  # loads what reads files

    return read_watch(archive), read_seen(archive)


def _list(folder: str, progress: Progress) -> dict[str, tuple[int, int]]:
    from desktop.operations.watching import list_folder

    return list_folder(folder, progress)


def _work(
    watch: "Watch", ready: list[str], known: "Known", archive: Archive, progress: Progress
) -> "tuple[ImportReport, Known]":
    from desktop.operations.watching import import_ready

    return import_ready(archive, watch, ready, known, progress)
