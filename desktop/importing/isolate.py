"""Child processes that take foreign bytes apart, so that no file can hurt the program.

A crash, a loop without end or a memory bomb costs the source that caused it one line of the
report; its process is replaced and the others go on.
"""

import contextlib
import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import LifoQueue
from types import TracebackType
from typing import Any

import psutil

from desktop.core.errors import Cancelled, ImportFailed
from desktop.core.extraction import Extraction
from desktop.core.progress import Progress
from desktop.importing import worker
from desktop.importing.sources import Form, Source

SECONDS = 60
MEGABYTES = 1500
_START_SECONDS = 60
_GLANCE = 0.25
_RETRIED = ("timeout", "memory", "crash")

Serve = Callable[[Any, int], None]

_spawn = multiprocessing.get_context("spawn")
_starting = threading.Lock()


class ExtractionPool:
    """A few child processes, started when first needed and ended by ``close``.

    Safe to use from several threads. Waiting for a child releases the interpreter lock.

    Args:
        workers: Processes at most.
        seconds: For one source; then its process is ended.
        megabytes: Of memory for one process.
        serve: What runs in a child; ``worker.serve`` unless a test wants to see one misbehave.
    """

    def __init__(
        self,
        workers: int = 2,
        seconds: float = SECONDS,
        megabytes: int = MEGABYTES,
        serve: Serve = worker.serve,
    ) -> None:
        self._serve = serve
        self._workers = workers
        self._seconds = seconds
        self._megabytes = megabytes
        self._idle: LifoQueue[_Child | None] = LifoQueue()
        for _ in range(workers):
            self._idle.put(None)

    def __enter__(self) -> "ExtractionPool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def extract(self, source: Source, progress: Progress | None = None) -> Extraction:
        """Take one source apart in a child.

        A page on which the search for its article never ended is read once more, plainly.

        Raises:
            ImportFailed: With its reason; among them ``timeout``, ``memory``, ``crash``.
            Cancelled: ``progress`` was cancelled meanwhile.
        """
        try:
            return self._asked(source, plain=False, progress=progress or Progress())
        except ImportFailed as failure:
            if failure.reason not in _RETRIED or source.form is Form.RECORD or source.failure:
                raise
            try:
                return self._asked(source, plain=True, progress=progress or Progress())
            except ImportFailed:
                raise failure from None

    def extract_all(
        self,
        sources: Iterable[Source],
        progress: Progress,
        on_wait: Callable[[], None] = lambda: None,
    ) -> Generator[tuple[Source, Extraction | ImportFailed], None, None]:
        """Take sources apart, in order, a few ahead of whoever reads the answers.

        Args:
            on_wait: Called now and then while the next answer is not there yet.

        Raises:
            Cancelled: Within a moment of the wish; answers already given stay given.
        """

        def patient() -> None:
            progress.check()
            on_wait()

        abandoned = Progress()  # whatever ends this loop, an error of its reader included, ends the threads
        ahead = 2 * self._workers + 1
        threads = ThreadPoolExecutor(self._workers, thread_name_prefix="extract")
        waiting: deque[tuple[Source, Future[Extraction]]] = deque()
        try:
            for source in sources:
                waiting.append((source, threads.submit(self.extract, source, abandoned)))
                if len(waiting) >= ahead:
                    yield _answer(*waiting.popleft(), patient)
            while waiting:
                yield _answer(*waiting.popleft(), patient)
        finally:
            abandoned.cancel()
            threads.shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """End every idle child; call when no extraction is running."""
        for child in [self._idle.get() for _ in range(self._workers)]:
            if child is not None:
                child.end()
            self._idle.put(None)

    def _asked(self, source: Source, *, plain: bool, progress: Progress) -> Extraction:
        child = self._idle.get()
        try:
            if child is None or not child.alive:
                child = _Child(self._serve, self._megabytes)
            answer = child.ask(source, plain, self._seconds, progress)
        except BaseException:
            if child is not None:
                child.end()
            child = None
            raise
        finally:
            self._idle.put(child)
        if isinstance(answer, ImportFailed):
            raise answer
        return answer


def _answer(
    source: Source, future: Future[Extraction], on_wait: Callable[[], None]
) -> tuple[Source, Extraction | ImportFailed]:
    while not wait_for([future], timeout=_GLANCE).done:
        on_wait()
    try:
        return source, future.result()
    except ImportFailed as failure:
        return source, failure


class _Child:
    """One process and the pipe to it."""

    def __init__(self, serve: Serve, megabytes: int) -> None:
        self._megabytes = megabytes
        self._pipe: Connection[Any, Any]
        self._pipe, theirs = _spawn.Pipe()
        with _starting:  # starting processes from two threads at once is not promised to work
            self._process: BaseProcess = _spawn.Process(
                target=serve, args=(theirs, megabytes), name="pressmark-extract", daemon=True
            )
            self._process.start()
        theirs.close()
        self._started = False

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def ask(
        self, source: Source, plain: bool, seconds: float, progress: Progress
    ) -> Extraction | ImportFailed:
        """The child's answer.

        Raises:
            ImportFailed: It gave none; the child is of no more use.
            Cancelled: The child is of no more use.
        """
        try:
            if not self._started:
                self._wait(source, _START_SECONDS, progress)
                self._pipe.recv()
                self._started = True
            self._pipe.send((source, plain))
            self._wait(source, seconds, progress)
            answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise ImportFailed(source.name, "crash", self._last_words(str(error))) from error
        if isinstance(answer, ImportFailed) and answer.reason == "memory":
            raise answer  # what is left of its memory is in pieces
        assert isinstance(answer, Extraction | ImportFailed)
        return answer

    def _wait(self, source: Source, seconds: float, progress: Progress) -> None:
        """Until the pipe has something to read; the process is looked at meanwhile."""
        end = time.monotonic() + seconds
        while not wait([self._pipe], timeout=_GLANCE):
            if progress.cancelled:
                raise Cancelled
            if time.monotonic() > end:
                raise ImportFailed(source.name, "timeout", f"{seconds:g} s")
            if (used := self._memory()) > self._megabytes:
                raise ImportFailed(source.name, "memory", f"{used} MB")

    def _memory(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss) // (1024 * 1024)
        except psutil.Error:
            return 0

    def _last_words(self, detail: str) -> str:
        self._process.join(5)
        return f"exit code {self._process.exitcode} {detail}".strip()

    def end(self) -> None:
        """Close the pipe, which an idle child takes as its end; stop one that does not."""
        with contextlib.suppress(OSError):
            self._pipe.close()
        if self._started and self._process.is_alive():
            self._process.join(0.5)
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._process.close()
