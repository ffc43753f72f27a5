"""Child processes that take foreign bytes apart, so that no file can hurt the program.

A crash, a loop without end or a memory bomb costs the source that caused it one line of the
report; its process is replaced and the others go on.
"""

import contextlib
import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import Empty, Full, LifoQueue, Queue
from types import TracebackType
from typing import Any

import psutil

from desktop.core.errors import Cancelled, ImportFailed
from desktop.core.extraction import Entry, Extraction
from desktop.core.progress import Progress
from desktop.importing import worker
from desktop.importing.messages import Beat, End, Message, unpacked
from desktop.importing.sources import Form, Source, is_page

SECONDS = 19
"""For one article. With the cautious second try of half as long, no file holds an import up for 30 s."""
MEGABYTES = 950
_PAGE_SECONDS = 120
_LONGEST_SECONDS = 120  # for a book that tells page by page how far it is
_START_SECONDS = 60
_WAITING = 8
_HEAVY = 8 * 1024 * 1024
"""Bytes of an answer that waits until those before it were taken."""
_GLANCE = 0.25
_RETRIED = ("timeout", "memory", "crash")

Serve = Callable[[Any, int], None]
Answer = Extraction | ImportFailed

_spawn = multiprocessing.get_context("spawn")
_starting = threading.Lock()


class ExtractionPool:
    """A few child processes, started when first needed and ended by ``close``.

    Safe to use from several threads. Waiting for a child releases the interpreter lock.

    Args:
        workers: Processes at most.
        seconds: For one article; then its process is ended.
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
        """Take a source apart that is one article; of several, the first.

        Raises:
            ImportFailed, Cancelled: As ``extract_each``.
        """
        answers = list(self.extract_each(source, progress))
        if not answers:
            raise ImportFailed(source.name, "no_text")
        if isinstance(answers[0], ImportFailed):
            raise answers[0]
        return answers[0]

    def extract_each(self, source: Source, progress: Progress | None = None) -> Generator[Answer, None, None]:
        """Take one source apart in a child: every article in it, or why a part of it is none.

        A page on which the search for its article never ended is read once more, plainly. What crashed
        is tried again, too: its process may have been ended by others.

        Raises:
            ImportFailed: The whole source, with its reason; among them ``timeout``, ``memory``, ``crash``.
            Cancelled: ``progress`` was cancelled meanwhile.
        """
        progress = progress or Progress()
        answered = False
        try:
            for answer in self._asked("extract", source, self._seconds, progress):
                answered = True
                yield answer
        except ImportFailed as failure:
            if answered:
                yield failure  # what came before it stays
                return
            if failure.reason not in _RETRIED or source.form is Form.RECORD or source.failure:
                raise
            try:
                yield from self._asked("extract", _more_plainly(source, failure), self._seconds / 2, progress)
            except ImportFailed:
                raise failure from None

    def entries(self, source: Source, progress: Progress | None = None) -> list[Entry]:
        """What a person can choose from in a source; empty where it is one article.

        Raises:
            ImportFailed, Cancelled
        """
        return list(self._asked("list", source, self._seconds, progress or Progress()))

    def extract_all(
        self,
        sources: Iterable[Source],
        progress: Progress,
        on_wait: Callable[[], None] = lambda: None,
    ) -> Generator[tuple[Source, Answer | None], None, None]:
        """Take sources apart, in order, a few ahead of whoever reads the answers.

        A source ends with None. Of a source with many articles only a few wait in memory.

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
        waiting: deque[tuple[Source, _Answers]] = deque()
        try:
            for source in sources:
                answers = _Answers(abandoned)
                threads.submit(answers.fill, self, source)
                waiting.append((source, answers))
                if len(waiting) >= ahead:
                    yield from _drained(*waiting.popleft(), patient)
            while waiting:
                yield from _drained(*waiting.popleft(), patient)
        finally:
            abandoned.cancel()
            threads.shutdown(wait=True, cancel_futures=True)

    def close(self) -> None:
        """End every idle child; call when no extraction is running."""
        for child in [self._idle.get() for _ in range(self._workers)]:
            if child is not None:
                child.end()
            self._idle.put(None)

    def _asked(self, verb: str, source: Source, seconds: float, progress: Progress) -> Iterator[Any]:
        child = self._idle.get()
        kept = False
        try:
            if child is None or not child.alive:
                child = _Child(self._serve, self._megabytes)
            yield from child.ask(verb, source, seconds, progress)
            kept = not child.worn
        except ImportFailed as failure:
            # What the child said itself came at its end; what is left of its memory may be in pieces.
            kept = child is not None and child.at_rest and failure.reason != "memory" and not child.worn
            raise
        finally:
            if child is not None and not kept:
                child.end()
            self._idle.put(child if kept else None)


def _more_plainly(source: Source, failure: ImportFailed) -> Source:
    """The source for a second try. The child refuses at once to read plainly what has no plainer way."""
    if failure.reason == "crash" and not is_page(source.name):
        return source
    return replace(source, options=replace(source.options, plain=True))


class _Answers:
    """The answers of one source on their way from its thread to the reader."""

    def __init__(self, abandoned: Progress) -> None:
        self._abandoned = abandoned
        self._queue: Queue[Answer | Exception | None] = Queue(maxsize=_WAITING)

    def fill(self, pool: ExtractionPool, source: Source) -> None:
        """Runs in a thread of the pool; ends with None, or with the error that ended it."""
        try:
            with closing(pool.extract_each(source, self._abandoned)) as answers:
                for answer in answers:
                    self._put(answer)
            self._put(None)
        except ImportFailed as failure:
            self._put(failure)
            self._put(None)
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001 - raised again in the reader's thread
            self._put(error)

    def _put(self, answer: Answer | Exception | None) -> None:
        # Where there is room it is put even when nobody waits any longer, so that the child of a source
        # with one article comes to its end and stays of use.
        while True:
            if not _is_heavy(answer) or self._queue.empty():
                with contextlib.suppress(Full):
                    self._queue.put(answer, timeout=_GLANCE)
                    return
            else:
                time.sleep(_GLANCE / 10)
            self._abandoned.check()

    def get(self, on_wait: Callable[[], None]) -> Answer | None:
        """The next one; None at the end."""
        while True:
            with contextlib.suppress(Empty):
                answer = self._queue.get(timeout=_GLANCE)
                if isinstance(answer, Exception) and not isinstance(answer, ImportFailed):
                    raise answer
                return answer
            on_wait()


def _is_heavy(answer: Answer | Exception | None) -> bool:
    return isinstance(answer, Extraction) and answer.weight > _HEAVY


def _drained(
    source: Source, answers: _Answers, on_wait: Callable[[], None]
) -> Iterator[tuple[Source, Answer | None]]:
    while (answer := answers.get(on_wait)) is not None:
        yield source, answer
    yield source, None


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
        self.at_rest = True

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    @property
    def worn(self) -> bool:
        """It holds so much memory that a fresh one serves better."""
        return self._memory() * 2 > self._megabytes

    def ask(self, verb: str, source: Source, seconds: float, progress: Progress) -> Iterator[Any]:
        """The child's answers; ``seconds`` are for each of them.

        Raises:
            ImportFailed: The source's, as the child says; or it gave none (then it is not ``at_rest``).
            Cancelled: The child is of no more use.
        """
        try:
            self.at_rest = False
            if not self._started:
                self._wait(source, _START_SECONDS, progress)
                self._heard(source)
                self._started = True
            self._pipe.send((verb, source))
            while not isinstance(message := self._next(source, seconds, progress), End):
                yield message
            self.at_rest = True
        except (EOFError, OSError) as error:
            raise ImportFailed(source.name, "crash", self._last_words(str(error))) from error
        if message.failure is not None:
            raise message.failure

    def _next(self, source: Source, seconds: float, progress: Progress) -> Any:
        """The next message that is no beat. Where pages are counted, each has its time, all together a limit,
        which is also that of making one text of them; recognising them takes long and has none.
        """
        patient = source.options.recognise is not None
        end = time.monotonic() + (_PAGE_SECONDS if patient else seconds)
        last = time.monotonic() + max(_LONGEST_SECONDS, seconds)
        while True:
            self._wait(source, end - time.monotonic(), progress)
            message = self._heard(source)
            if not isinstance(message, Beat):
                return message
            progress.report(message.done, message.total, source.name)
            if patient:
                end = time.monotonic() + _PAGE_SECONDS
            elif message.total:
                end = last if message.done >= message.total else min(time.monotonic() + seconds, last)

    def _heard(self, source: Source) -> Message:
        """What waits in the pipe. A child that says anything else than it should is not asked again."""
        try:
            return unpacked(self._pipe.recv_bytes(self._megabytes * 1024 * 1024))
        except ValueError as error:
            raise ImportFailed(source.name, "crash", str(error)) from error

    def _wait(self, source: Source, seconds: float, progress: Progress) -> None:
        """Until the pipe has something to read; the process is looked at meanwhile."""
        end = time.monotonic() + seconds
        while not wait([self._pipe], timeout=_GLANCE):
            if progress.cancelled:
                raise Cancelled
            if time.monotonic() > end:
                raise ImportFailed(source.name, "timeout", f"{seconds:.0f} s")
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
