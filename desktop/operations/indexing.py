"""Keeping an archive's index in step, in a child process or, for the command line, right here.

Whoosh is loaded where an index is written: the window, which starts the child, never waits for it.
"""

import contextlib
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import paths
from desktop.core.progress import Progress
from desktop.operations.following import (
    IndexPhase,
    IndexStatus,
    failure_told,
    follow_archive,
    left_out_words,
)
from desktop.store.archive import open_archive
from desktop.store.indexing import ArchiveIndexSource

if TYPE_CHECKING:
    from desktop.search.follower import Following

logger = logging.getLogger(__name__)

# How long another process's work on the index is waited for before trying again.
_BUSY_SECONDS = 0.2
_GAVE_UP = (
    "The search index could not be kept up to date: its process stopped several times. Articles and marks "
    "are safe. Open the archive again, or build the index anew with “pressmark reindex”."
)
# A child that dies so often within so many seconds is not started again.
_MOST_DEATHS, _DEATHS_WITHIN = 3, 60.0
# How long a child may take to stop by itself. It may be killed at any moment: commits are atomic.
_STOP_SECONDS = 2.0


def index_now(archive_path: Path | str, progress: Progress | None = None) -> IndexStatus:
    """Bring the index up to date and return when it is; where a window is at it already, wait for it.

    Raises:
        Cancelled, ArchiveError; DiskFull where the index has no room, with the index's folder
    """
    from desktop.search.follower import catch_up

    return _until_done(archive_path, progress or Progress(), catch_up)


def reindex(archive_path: Path | str, progress: Progress | None = None) -> IndexStatus:
    """Throw the index away and build it anew.

    Raises:
        Cancelled, ArchiveError; DiskFull where the index has no room, with the index's folder
    """
    from desktop.search.follower import rebuild

    return _until_done(archive_path, progress or Progress(), rebuild)


def _until_done(
    archive_path: Path | str, progress: Progress, follow: "Callable[..., Following]"
) -> IndexStatus:
    from desktop.operations.builders import BuilderPool, of_archive
    from desktop.search.tidying import Tidying

    builders = BuilderPool(of_archive(archive_path))
    with open_archive(archive_path, read_only=True) as archive:
        source, folder = ArchiveIndexSource(archive), paths.index_dir(archive.id)
        with failure_told(folder):
            while (result := follow(source, folder, progress, builders=builders)).busy:
                progress.check()
                time.sleep(_BUSY_SECONDS)
            # What a window's follower does when it is idle: a search costs by the number of segments.
            tidying = Tidying(source, folder, lambda: progress.cancelled, again=0)
            while tidying.merge():
                progress.check()
    state = result.state
    return IndexStatus(IndexPhase.READY, state.records, result.total, left_out_words(len(state.left_out)))


class IndexProcess:
    """A child process of low priority that follows one archive; started again when it dies.

    Args:
        on_status: Called with each new status, in a thread of this object's own.
    """

    def __init__(
        self, archive_path: Path | str, on_status: Callable[[IndexStatus], None] | None = None
    ) -> None:
        self._path = str(archive_path)
        self._on_status = on_status
        self._status = IndexStatus(IndexPhase.STOPPED)
        self._pipe: Connection | None = None
        self._watcher: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()

    @property
    def status(self) -> IndexStatus:
        return self._status

    def start(self) -> None:
        """Begin to follow; does nothing while it does already."""
        if self._watcher is not None and self._watcher.is_alive():
            return
        self._stopping.clear()
        self._watcher = threading.Thread(target=self._watch, name="index-watcher", daemon=True)
        self._watcher.start()

    def poke(self) -> None:
        """Something has changed: look at once instead of within a second."""
        self._send("poke")

    def check(self) -> None:
        """A search met damage: compare the index with its checksums and mend it."""
        self._send("check")

    def stop(self) -> None:
        """End the child and wait for that. What is half done is done again next time."""
        self._stopping.set()
        self._send("stop")
        if self._watcher is not None:
            self._watcher.join()
            self._watcher = None

    def _send(self, message: str) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._pipe is not None:
                self._pipe.send(message)

    def _watch(self) -> None:
        deaths: list[float] = []
        while not self._stopping.is_set():
            if self._run_child():
                break
            deaths = [at for at in deaths if at > time.monotonic() - _DEATHS_WITHIN] + [time.monotonic()]
            if len(deaths) >= _MOST_DEATHS:
                self._tell(replace(self._status, phase=IndexPhase.FAILED, detail=_GAVE_UP))
                return
            logger.info("The index process ended by itself; starting it again.")
        if self._status.phase is not IndexPhase.FAILED:
            self._tell(replace(self._status, phase=IndexPhase.STOPPED))

    def _run_child(self) -> bool:
        """Start a child and pass on what it says until it ends; True when it meant to end."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        child = context.Process(target=follow_archive, args=(self._path, theirs), name="pressmark-index")
        self._tell(replace(self._status, phase=IndexPhase.STARTING))
        try:
            child.start()
        except OSError as error:  # no memory or too many processes: as good as one that died
            logger.info("The index process could not be started: %s", error)
            ours.close()
            return False
        finally:
            theirs.close()
        with self._lock:
            self._pipe = ours
        try:
            self._listen(ours)
            child.join(_STOP_SECONDS)
        finally:
            if child.is_alive():
                child.kill()
            child.join()
            meant = child.exitcode == 0
            child.close()
            with self._lock:
                self._pipe = None
            ours.close()
        return meant

    def _listen(self, pipe: Connection) -> None:
        """Until the child closes its end, or stopping has taken too long."""
        until: float | None = None
        while until is None or time.monotonic() < until:
            try:
                if pipe.poll(0.1):
                    self._tell(pipe.recv())
            except (EOFError, OSError):
                return
            if self._stopping.is_set() and until is None:
                self._send("stop")
                until = time.monotonic() + _STOP_SECONDS

    def _tell(self, status: IndexStatus) -> None:
        if status != self._status:
            self._status = status
            if self._on_status is not None:
                self._on_status(status)
