"""The index's child process: it follows one archive, says how far it is, and tidies when nothing happens."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import paths
from desktop.core.errors import Cancelled, IndexFailed, PressmarkError
from desktop.core.progress import Progress
from desktop.core.sentences import sentence
from desktop.store.archive import open_archive
from desktop.store.indexing import ArchiveIndexSource

if TYPE_CHECKING:
    from desktop.search.building import Builders
    from desktop.search.follower import Following

# How often a follower looks for new marks by itself, besides being poked.
_LOOK_SECONDS = 1.0
# How long another process's work on the index is waited for before trying again.
_BUSY_SECONDS = 0.5
# How long until the follower tries again where the index could not be written.
_FAILED_SECONDS = 10.0
# How long nothing may have happened before segments are merged, and before records are compared.
_MERGE_SECONDS, _COMPARE_SECONDS = 3.0, 60.0
# How long after all records were compared they are compared again.
_AGAIN_SECONDS = 12 * 3600.0


class IndexPhase(StrEnum):
    STARTING = "starting"
    BUILDING = "building"
    READY = "ready"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True)
class IndexStatus:
    """How far the index is.

    Attributes:
        indexed, total: Records in the index and in the archive.
        detail: A sentence for people: in the failed phase why; in the ready phase what had to be left out.
    """

    phase: IndexPhase
    indexed: int = 0
    total: int = 0
    detail: str = ""


@contextlib.contextmanager
def failure_told(folder: Path) -> Iterator[None]:
    """The disk's errors as ``IndexFailed``; those of the pipe to the parent pass through."""
    try:
        yield
    except ConnectionError:
        raise
    except OSError as error:
        raise IndexFailed(folder, error.strerror or str(error)) from error


def follow_archive(archive_path: str, pipe: Connection) -> None:
    """The child: follow until told to stop, or until the parent is gone. Ends with exit code 0 when
    it meant to; anything unexpected ends it with another one, and the parent starts it again.
    """
    from desktop.operations.builders import BuilderPool, of_archive  # Whoosh: for the child only

    _be_modest()
    try:
        with open_archive(archive_path, read_only=True) as archive:
            folder = paths.index_dir(archive.id)
            source, builders = ArchiveIndexSource(archive), BuilderPool(of_archive(archive_path))
            _Follower(source, folder, pipe, builders).run()
    except (EOFError, ConnectionError, Cancelled):
        return
    except PressmarkError as error:
        with contextlib.suppress(OSError):
            pipe.send(IndexStatus(IndexPhase.FAILED, detail=sentence(error)))


def _be_modest() -> None:
    """Leave the processor to the window; the builders inherit this."""
    import psutil  # for the child only

    with contextlib.suppress(psutil.Error, OSError):
        psutil.Process().nice(getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", 10))


class _Follower(Progress):
    """Catches up, tells how far it is, and listens."""

    def __init__(
        self, source: ArchiveIndexSource, folder: Path, pipe: Connection, builders: "Builders"
    ) -> None:
        from desktop.search.tidying import Tidying

        super().__init__(self._tell_progress)
        self._source, self._folder, self._pipe, self._builders = source, folder, pipe, builders
        self._suspicious = True
        self._applied: object = None
        self._touched = 0
        self._tidying = Tidying(source, folder, self._disturbed, _AGAIN_SECONDS)

    def run(self) -> None:
        """Until ``Cancelled`` by a message, or ``EOFError`` when the parent is gone."""
        while True:
            try:
                with failure_told(self._folder):
                    self._catch_up()
                    self._wait()
            except IndexFailed as error:  # room may be made, and permission given
                self._suspicious = True
                self._pipe.send(IndexStatus(IndexPhase.FAILED, detail=sentence(error)))
                self._hear(_FAILED_SECONDS)

    def check(self) -> None:
        self._hear(0)
        super().check()

    def _disturbed(self) -> bool:
        """Whether there is something to hear or to index: then tidying can wait."""
        return self._pipe.poll(0) or self._source.head() != self._applied

    def _news(self) -> bool:
        """Whether there is anything to do; also when the index's files are not those that were left."""
        return self._disturbed() or self._suspicious or _touched_at(self._folder) != self._touched

    def _catch_up(self) -> None:
        from desktop.search.follower import catch_up

        busy = True
        while busy:
            self.check()
            suspicious, self._suspicious = self._suspicious, False
            head = self._source.head()
            result = catch_up(self._source, self._folder, self, checksums=suspicious, builders=self._builders)
            busy = result.busy
            self._say(IndexPhase.BUILDING if busy else IndexPhase.READY, result)
            if busy:
                self._suspicious |= suspicious
                self._hear(_BUSY_SECONDS)
        self._applied, self._touched = head, _touched_at(self._folder)

    def _wait(self) -> None:
        """Until there is news. When there is none for long, the index is looked after."""
        from desktop.search.writer import IndexDamaged

        quiet, to_merge = time.monotonic(), True
        while not self._news():
            idle = time.monotonic() - quiet
            try:
                to_merge = to_merge and (idle < _MERGE_SECONDS or self._tidying.merge())
                if idle > _COMPARE_SECONDS:
                    self._tidying.compare()
            except IndexDamaged:
                self._suspicious = True
            if not self._suspicious:
                self._hear(0 if to_merge and idle > _MERGE_SECONDS else _LOOK_SECONDS)

    def _hear(self, seconds: float) -> None:
        if not self._pipe.poll(seconds):
            return
        while self._pipe.poll(0):
            message = self._pipe.recv()
            if message == "stop":
                raise Cancelled
            self._suspicious |= message == "check"

    def _say(self, phase: IndexPhase, result: "Following") -> None:
        state = result.state
        detail = left_out_words(len(state.left_out)) if phase is IndexPhase.READY else ""
        self._pipe.send(IndexStatus(phase, state.records, result.total, detail))

    def _tell_progress(self, done: int, total: int, _what: str) -> None:
        self._pipe.send(IndexStatus(IndexPhase.BUILDING, done, total))


def left_out_words(count: int) -> str:
    """What is to be said of records that cannot be indexed; empty where there is none."""
    if not count:
        return ""
    records = "1 record" if count == 1 else f"{count:,} records"
    return f"{records} could not be indexed, and cannot be found; “pressmark verify” tells which and why."


def _touched_at(folder: Path) -> int:
    """Changes when a file is put into a folder or taken from it, by whomever."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0
