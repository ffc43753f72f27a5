"""Processes that build segments of the index side by side, for the one that commits them.

Each has a reading connection of its own to the archive and is told the keys of a batch; what it made
lies in the index's folder, and a few words about it come back. One that dies or falls silent is
replaced, and its batch is left to whoever asked: nothing is lost with it.
"""

import contextlib
import logging
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from desktop.core.errors import PressmarkError
from desktop.core.searching import IndexSource
from desktop.search.building import Part, Tell, parts_of
from desktop.store.archive import open_archive
from desktop.store.indexing import ArchiveIndexSource

logger = logging.getLogger(__name__)

# More would take the processor and the disk from the person, and memory.
_MOST = 2
# Batches that are begun beside those in work, so that nobody waits for a slower one's turn.
_AHEAD = 1
# How often the caller is told, and may stop, while nothing else happens.
_TELL_SECONDS = 0.2
# A builder that says nothing for so long hangs. The longest text takes some seconds.
_SILENCE_SECONDS = 60.0


# Opens what is indexed, in another process: it is pickled on its way there.
Opening = Callable[[], contextlib.AbstractContextManager[IndexSource]]


def of_archive(path: Path | str) -> Opening:
    """The records of an archive, through a reading connection of one's own."""
    return partial(_open_archive, str(path))


@contextlib.contextmanager
def _open_archive(path: str) -> Iterator[IndexSource]:
    with open_archive(path, read_only=True) as archive:
        yield ArchiveIndexSource(archive)


class BuilderPool:
    """Implements ``search.building.Builders``; processes exist while something is built."""

    def __init__(self, opening: Opening, workers: int | None = None) -> None:
        self._opening, self._workers = opening, workers

    @contextlib.contextmanager
    def build(
        self, folder: Path, batches: Iterator[Sequence[str]], tell: Tell
    ) -> Iterator[Iterator[Part | None]]:
        """See ``Builders.build``."""
        work = _Work(self._opening, folder, batches, tell, self._workers or how_many())
        try:
            yield work.parts()
        finally:
            work.end()


def how_many() -> int:
    """Two; one on a machine with a single core, or while it runs on its battery."""
    import psutil  # for the child only

    with contextlib.suppress(psutil.Error, OSError, AttributeError, NotImplementedError):
        battery = psutil.sensors_battery()
        if battery is not None and battery.power_plugged is False:
            return 1
    return min(_MOST, os.cpu_count() or 1)


@dataclass
class _Task:
    """A batch in work.

    Attributes:
        parts: Made and not given out yet; None at the end when its process failed.
        read, given: How many of its keys were read, and belong to parts that were given out.
        finished: No further part will come.
    """

    keys: Sequence[str]
    parts: deque[Part | None] = field(default_factory=deque)
    read: int = 0
    given: int = 0
    finished: bool = False

    def give(self) -> Part | None:
        part = self.parts.popleft()
        self.given += part.done if part else 0
        return part

    def fail(self) -> None:
        self.parts.append(None)
        self.finished = True


@dataclass
class _Builder:
    process: BaseProcess
    pipe: Connection
    heard: float = 0.0
    task: _Task | None = None


class _Work:
    """Hands out batches, listens, and gives what was made in the order of the batches."""

    def __init__(
        self, opening: Opening, folder: Path, batches: Iterator[Sequence[str]], tell: Tell, workers: int
    ) -> None:
        self._opening, self._folder, self._batches, self._tell = opening, folder, batches, tell
        self._workers = workers
        self._builders: list[_Builder] = []
        self._tasks: deque[_Task] = deque()

    def parts(self) -> Iterator[Part | None]:
        self._hand_out()
        while self._tasks:
            first = self._tasks[0]
            if first.parts:
                yield first.give()
            elif first.finished:
                self._tasks.popleft()
                self._hand_out()
            else:
                self._listen()

    def end(self) -> None:
        """End all processes. They may be killed at any moment; the drafts they leave are swept away."""
        for builder in list(self._builders):
            self._bury(builder)

    def _hand_out(self) -> None:
        """Give everybody something to do, as long as not too much waits for its turn."""
        while len(self._tasks) < self._workers + _AHEAD and self._at_work() < self._workers:
            keys = next(self._batches, None)
            if keys is None:
                return
            task = _Task(keys)
            self._tasks.append(task)
            self._begin(task)

    def _at_work(self) -> int:
        return sum(builder.task is not None for builder in self._builders)

    def _begin(self, task: _Task) -> None:
        try:
            builder = next((one for one in self._builders if one.task is None), None) or self._start()
        except OSError as error:  # no memory, or too many processes
            logger.info("A process for building the index could not be started: %s", error)
            return task.fail()
        builder.task, builder.heard = task, time.monotonic()
        try:
            builder.pipe.send((self._folder, task.keys))
        except OSError:
            self._lose(builder)

    def _start(self) -> _Builder:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        with theirs:
            process = context.Process(
                target=build_batches, args=(self._opening, theirs), name="pressmark-builder", daemon=True
            )
            try:
                process.start()
            except OSError:
                ours.close()
                raise
        builder = _Builder(process, ours)
        self._builders.append(builder)
        return builder

    def _listen(self) -> None:
        """Wait a little for news, and pass on how far everybody is."""
        busy = [builder for builder in self._builders if builder.task is not None]
        ready = wait([builder.pipe for builder in busy], _TELL_SECONDS)
        for builder in busy:
            if builder.pipe in ready:
                self._hear(builder)
            elif time.monotonic() - builder.heard > _SILENCE_SECONDS:
                self._lose(builder)
        self._tell(sum(task.read - task.given for task in self._tasks))

    def _hear(self, builder: _Builder) -> None:
        task = builder.task
        assert task is not None
        try:
            news = builder.pipe.recv()
        except (EOFError, OSError):
            self._lose(builder)
            return
        builder.heard = time.monotonic()
        if isinstance(news, int):
            task.read = news
        elif isinstance(news, Part):
            task.parts.append(news)
            task.read = task.given + sum(part.done for part in task.parts if part)
        else:
            task.finished, builder.task = True, None
            self._hand_out()

    def _lose(self, builder: _Builder) -> None:
        """Somebody died or fell silent: what is left of the batch is not theirs any more."""
        logger.info("A process that builds the index ended by itself or hung; its part is done again.")
        if builder.task is not None:
            builder.task.fail()
        self._bury(builder)

    def _bury(self, builder: _Builder) -> None:
        self._builders.remove(builder)
        builder.process.kill()
        builder.process.join()
        builder.process.close()
        builder.pipe.close()


def build_batches(opening: Opening, pipe: Connection) -> None:
    """The builder's process: a batch after the other until the pipe ends.

    Whatever fails ends it: whoever asked does the batch again, and meets the same error where it can be
    told. For each batch come the number of keys read, now and then, its parts, and None at the end. Its
    priority is that of whoever asked.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for whoever asked
    # What the system or the archive refuses is told by whoever asked, not in a trace of this process.
    with contextlib.suppress(EOFError, OSError, PressmarkError), opening() as source:
        while True:
            folder, keys = pipe.recv()
            for part in parts_of(source, folder, keys, pipe.send):
                pipe.send(part)
            pipe.send(None)
