"""Lanes: the free lane runs functions side by side, the archive lane one after the other.

A lane hands each job to a worker thread and brings its answer back to the GUI thread, where the
lane lives. Answers of jobs that were dropped, or replaced in their slot, are never delivered.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from desktop.core.errors import Cancelled
from desktop.core.progress import Progress
from desktop.jobs.job import Job, OnDone, OnFailed


class Closable(Protocol):
    """What an archive lane opens in its thread and closes there at the end."""

    def close(self) -> None: ...


R = TypeVar("R", bound=Closable)


class Lane(QObject):
    """What both lanes share.

    Signals, each with the ``Job``, in the GUI thread:
        started, advanced: It was accepted; it has told how far it is.
        ended: It was delivered, failed, was cancelled or dropped.
        failed: It failed and nobody was named to be told.
    """

    started = Signal(object)
    advanced = Signal(object)
    ended = Signal(object)
    failed = Signal(object)
    _reported = Signal(int, int, int, str)
    _answered = Signal(int, object, object)

    def __init__(self, name: str, workers: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix=name)
        self._jobs: dict[int, Job] = {}
        self._closed = False
        self._reported.connect(self._advance)
        self._answered.connect(self._answer)

    @property
    def jobs(self) -> list[Job]:
        """Those that have not ended, oldest first."""
        return list(self._jobs.values())

    def drop(self, job: Job) -> None:
        """Forget a job: it is asked to stop and its answer will not be delivered."""
        job.cancel()
        if job.future is not None:
            job.future.cancel()
        if self._jobs.pop(job.number, None) is not None:
            self.ended.emit(job)

    def settle(self, job: Job, seconds: float) -> None:
        """Wait so long for a job, in the GUI thread; if it has ended by then its answer is delivered."""
        if job.future is not None:
            wait([job.future], seconds)
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def close(self) -> None:
        """Wait until the threads have ended; nothing is delivered after."""
        if self._closed:
            return
        self._closed = True
        for job in self.jobs:
            self._leave(job)
        self._release()
        self._executor.shutdown(wait=True)

    def _submit(
        self,
        work: Callable[[Progress], Any],
        on_done: OnDone | None,
        on_failed: OnFailed | None,
        title: str,
        slot: str,
    ) -> Job:
        for earlier in self.jobs if slot else ():
            if earlier.slot == slot:
                self.drop(earlier)
        job = Job(title, slot, on_done, on_failed, self._reported.emit)
        self._jobs[job.number] = job
        self.started.emit(job)
        job.future = self._executor.submit(self._run, job, work)
        return job

    def _run(self, job: Job, work: Callable[[Progress], Any]) -> None:
        """In the worker's thread. Whatever goes wrong is somebody's answer."""
        try:
            job.progress.check()
            value = work(job.progress)
        except Exception as error:  # noqa: BLE001
            self._answered.emit(job.number, None, error)
        else:
            self._answered.emit(job.number, value, None)

    def _leave(self, job: Job) -> None:
        """At the end: what nobody waits for any more need not be done."""
        self.drop(job)

    def _release(self) -> None:
        """Before the threads end."""

    def _advance(self, number: int, done: int, total: int, what: str) -> None:
        if job := self._jobs.get(number):
            job.done, job.total, job.what = done, total, what
            self.advanced.emit(job)

    def _answer(self, number: int, value: object, error: Exception | None) -> None:
        job = self._jobs.pop(number, None)
        if job is None:
            return
        try:
            self._hand_over(job, value, error)
        finally:
            self.ended.emit(job)

    def _hand_over(self, job: Job, value: object, error: Exception | None) -> None:
        if error is None:
            job.deliver(value)
        elif job.has_listener:
            job.fail(error)
        else:
            job.error = error
            if not isinstance(error, Cancelled):
                self.failed.emit(job)


class FreeLane(Lane):
    """For work that needs nothing but its arguments, or opens what it needs by itself."""

    def __init__(self, name: str = "free", workers: int = 2, parent: QObject | None = None) -> None:
        super().__init__(name, workers, parent)

    def submit(
        self,
        work: Callable[[Progress], Any],
        on_done: OnDone | None = None,
        on_failed: OnFailed | None = None,
        *,
        title: str = "",
        slot: str = "",
    ) -> Job:
        """Run ``work(progress)``; the answer reaches ``on_done`` or ``on_failed`` in the GUI thread."""
        return self._submit(work, on_done, on_failed, title, slot)


class ArchiveLane(Lane, Generic[R]):
    """One thread that opens its own resource and hands it to each job in turn.

    SQLite connections belong to their thread; a pool that exchanged its threads would be refused.

    Args:
        opener: Called in the thread before the first job, and again after it failed.
    """

    def __init__(self, opener: Callable[[], R], name: str = "archive", parent: QObject | None = None) -> None:
        super().__init__(name, 1, parent)
        self._opener = opener
        self._resource: R | None = None

    def submit(
        self,
        work: Callable[[R, Progress], Any],
        on_done: OnDone | None = None,
        on_failed: OnFailed | None = None,
        *,
        title: str = "",
        slot: str = "",
    ) -> Job:
        """Run ``work(resource, progress)`` after all jobs before it."""

        def with_resource(progress: Progress) -> Any:
            return work(self._open(), progress)

        return self._submit(with_resource, on_done, on_failed, title, slot)

    def _open(self) -> R:
        if self._resource is None:
            self._resource = self._opener()
        return self._resource

    def _leave(self, job: Job) -> None:
        """A change that a person has asked for is made, though the window is closing already.

        Only long jobs, which have a title and can be told to stop, are.
        """
        if job.title:
            job.cancel()
        self._jobs.pop(job.number, None)
        self.ended.emit(job)

    def _release(self) -> None:
        self._executor.submit(self._close_resource)

    def _close_resource(self) -> None:
        if self._resource is not None:
            self._resource.close()
            self._resource = None
