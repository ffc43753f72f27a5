"""The open archive as the window has it: a connection to read, lanes to work in, and what changed."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.core.errors import PressmarkError
from desktop.core.progress import Progress
from desktop.core.records import Changes
from desktop.jobs.job import Job, alive
from desktop.jobs.lanes import ArchiveLane, FreeLane
from desktop.operations import undoing
from desktop.store import history, meta
from desktop.store.archive import Archive, open_archive

_POLL = 700  # milliseconds between two looks at what other windows and processes wrote
OnDone = Callable[[Any], None]
OnFailed = Callable[[Exception], None]


class Session(QObject):
    """At most one open archive. Made once; archives come and go.

    The window reads through ``archive`` for small look-ups. Operations run on the archive lane,
    one after the other; long reading runs on the reading lane, and what somebody looks at this moment
    on the glancing lane; imports and exports run beside all of them with a connection of their own,
    so that a mark never waits for an import.

    Signals:
        opened, closed: There is an archive, or no longer one.
        closing: What is still being typed must be handed in now.
        open_failed: The path, and why.
        changed: An operation of this window did these ``Changes``.
        stirred: Something else changed the archive: read everything again.
        history_changed: What can be undone and redone may be another thing now.
        failed: An operation raised this, and nobody else was to be told.
    """

    opened = Signal()
    closing = Signal()
    closed = Signal()
    open_failed = Signal(object, object)
    changed = Signal(object)
    stirred = Signal()
    history_changed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.free = FreeLane(parent=self)
        self.free.failed.connect(self._job_failed)
        self._archive: Archive | None = None
        self._writing: ArchiveLane[Archive] | None = None
        self._reading: ArchiveLane[Archive] | None = None
        self._glancing: ArchiveLane[Archive] | None = None
        self._opening: ArchiveLane[Archive] | None = None
        self._reason: PressmarkError | None = None
        self._version, self._step = 0, 0
        self._timer = QTimer(self, interval=_POLL)
        self._timer.timeout.connect(self.look)

    # The archive

    @property
    def is_open(self) -> bool:
        return self._archive is not None

    @property
    def archive(self) -> Archive:
        """The window's own connection; it cannot write. Only while one is open."""
        assert self._archive is not None, "no archive is open"
        return self._archive

    @property
    def busy(self) -> bool:
        """Something is being read or written, or waits for it."""
        lanes = (self._opening, self._reading, self._glancing, self._writing)
        return any(lane.jobs for lane in lanes if lane is not None)

    @property
    def path(self) -> Path:
        return self.archive.path

    @property
    def title(self) -> str:
        return meta.title(self.archive) or self.path.stem

    @property
    def writable(self) -> bool:
        return self.is_open and self._reason is None

    @property
    def read_only_reason(self) -> PressmarkError | None:
        """Why nothing can be changed; None when it can."""
        return self._reason

    def open(self, path: Path) -> None:
        """Open an archive in place of the present one, which stays open until this has worked.

        Upgrading or checking may take a while, so it happens in the lane that will write.
        """
        lane = ArchiveLane(partial(open_archive, path), parent=self)
        if self._opening is not None:
            self._opening.close()
        self._opening = lane
        lane.submit(_why_read_only, partial(self._take, lane, path), partial(self._refuse, lane, path))

    def close(self) -> None:
        """Wait for what is running, and let the archive go."""
        if self._archive is None:
            return
        self.closing.emit()
        self._timer.stop()
        for job in self.free.jobs:
            job.cancel()  # its report is still delivered, unless the program ends
        # Readers first, the writer last: the last one to close folds the log into the file.
        for lane in (self._glancing, self._reading):
            if lane is not None:
                lane.close()
        self._archive.close()
        if self._writing is not None:
            self._writing.close()
        self._archive = self._reading = self._glancing = self._writing = None
        self._reason = None
        self.closed.emit()

    def shut_down(self) -> None:
        """Before the program ends."""
        if self._opening is not None:
            self._opening.close()
        self.close()
        self.free.close()

    def _take(self, lane: ArchiveLane[Archive], path: Path, reason: PressmarkError | None) -> None:
        try:
            archive = open_archive(path, read_only=True)
        except PressmarkError as error:
            self._refuse(lane, path, error)
            return
        self.close()
        self._archive, self._writing, self._reason, self._opening = archive, lane, reason, None
        look = partial(open_archive, path, read_only=True)
        self._reading, self._glancing = (
            ArchiveLane(look, "reading", self),
            ArchiveLane(look, "glancing", self),
        )
        for one in (self._writing, self._reading, self._glancing):
            one.failed.connect(self._job_failed)
        self._version, self._step = archive.data_version(), self._newest()
        self._timer.start()
        self.opened.emit()

    def _refuse(self, lane: ArchiveLane[Archive], path: Path, error: Exception) -> None:
        lane.close()
        self._opening = None
        self.open_failed.emit(path, error)

    # Work

    def run(
        self,
        operation: Callable[..., Any],
        *args: Any,
        on_done: OnDone | None = None,
        on_failed: OnFailed | None = None,
        **fields: Any,
    ) -> Job:
        """Run ``operation(archive, *args, **fields)`` on the archive lane.

        Its ``Changes`` are announced before ``on_done`` hears of them.
        """
        assert self._writing is not None, "no archive is open"
        done = partial(self._ran, on_done)
        return self._writing.submit(lambda archive, _: operation(archive, *args, **fields), done, on_failed)

    def read(
        self,
        look: Callable[[Archive], Any],
        on_done: OnDone,
        *,
        slot: str = "",
        on_failed: OnFailed | None = None,
    ) -> Job:
        """Run ``look(archive)`` on the reading lane; of one ``slot`` only the newest answers."""
        assert self._reading is not None, "no archive is open"
        return self._reading.submit(lambda archive, _: look(archive), on_done, on_failed, slot=slot)

    def glance(
        self,
        look: Callable[[Archive], Any],
        on_done: OnDone,
        *,
        slot: str = "",
        on_failed: OnFailed | None = None,
        patience: float = 0,
    ) -> Job:
        """As ``read``, for what is on the screen: it never waits behind a sort of the whole library.

        Args:
            patience: Seconds to wait for the answer right here, so that it mostly is there on return.
        """
        assert self._glancing is not None, "no archive is open"
        job = self._glancing.submit(lambda archive, _: look(archive), on_done, on_failed, slot=slot)
        if patience:
            self._glancing.settle(job, patience)
        return job

    def beside(
        self,
        work: Callable[[Archive, Progress], Any],
        title: str,
        on_done: OnDone,
        on_failed: OnFailed | None = None,
        *,
        read_only: bool = False,
    ) -> Job:
        """Run a long ``work(archive, progress)`` beside the lanes, shown in the status area."""
        path = self.path

        def with_archive(progress: Progress) -> Any:
            with open_archive(path, read_only=read_only) as archive:
                return work(archive, progress)

        return self.free.submit(with_archive, partial(self._worked, on_done), on_failed, title=title)

    def _ran(self, on_done: OnDone | None, value: Any) -> None:
        if isinstance(value, Changes):
            self._announce(value)
        if on_done is not None and alive(on_done):
            on_done(value)

    def _worked(self, on_done: OnDone, value: Any) -> None:
        self.look()
        if alive(on_done):
            on_done(value)

    def _announce(self, changes: Changes) -> None:
        if not changes:
            return
        if changes.step == self._step + 1:  # else somebody wrote in between, and a look will tell
            self._step = changes.step
        self.changed.emit(changes)
        self.history_changed.emit()

    def _job_failed(self, job: Job) -> None:
        logging.getLogger(__name__).info("job %d failed: %r", job.number, job.error)
        self.failed.emit(job.error)

    # History

    def undo(self, on_done: OnDone | None = None) -> None:
        self.run(undoing.undo, on_done=on_done)

    def redo(self, on_done: OnDone | None = None) -> None:
        self.run(undoing.redo, on_done=on_done)

    @property
    def undo_label(self) -> str | None:
        return history.undo_label(self.archive)

    @property
    def redo_label(self) -> str | None:
        return history.redo_label(self.archive)

    # Others

    def look(self) -> None:
        """Find out whether another window, process or lane has written, and say so."""
        if self._archive is None:
            return
        version = self._archive.data_version()
        if version == self._version:
            return
        self._version = version
        if (newest := self._newest()) != self._step:
            self._step = newest
            self.stirred.emit()
            self.history_changed.emit()

    def _newest(self) -> int:
        newest = history.steps(self.archive, 1)
        return newest[0].step if newest else 0


def _why_read_only(archive: Archive, _progress: Progress) -> PressmarkError | None:
    return archive.reason
