"""Drawing the pages of a PDF in a child process, so that no file can hurt or hold up the window."""

import contextlib
import multiprocessing
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

import psutil

from desktop.core.errors import PressmarkError
from desktop.importing.pdf import drawing
from desktop.importing.pdf.drawing import LARGEST, Tile

__all__ = ["LARGEST", "Drawn", "NotDrawn", "PageRenderer", "Tile"]

SECONDS = 10
"""For one tile; a page that takes longer is given up."""
MEGABYTES = 950
IDLE = 300
"""Seconds without a wish after which the child is let go."""
_START_SECONDS = 60
_GLANCE = 0.1

Serve = Callable[[Any, int], None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tile and its pixels: blue, green, red and an unused byte each, row by row."""

    tile: Tile
    pixels: bytes


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """Why there is no picture.

    Attributes:
        page: None for the PDF as a whole.
        reason: ``encrypted``, ``malformed``, ``timeout``, ``memory`` or ``crash``.
    """

    page: int | None
    reason: str


OnAnswer = Callable[[Drawn | NotDrawn], None]


class PageRenderer:
    """Draws tiles of one PDF, those wished for last first and nothing that is no longer wished for.

    A page that crashes the child, or takes too much of its time or memory, is given up with a
    reason; the child is replaced and the other pages go on.

    Args:
        data: The PDF.
        on_answer: Called in a thread of the renderer's own.
        serve: What runs in the child; ``drawing.serve`` unless a test wants to see one misbehave.
    """

    def __init__(
        self,
        data: bytes,
        on_answer: OnAnswer,
        *,
        seconds: float = SECONDS,
        megabytes: int = MEGABYTES,
        idle: float = IDLE,
        serve: Serve = drawing.serve,
    ) -> None:
        self._data, self._on_answer = data, on_answer
        self._seconds, self._megabytes, self._idle, self._serve = seconds, megabytes, idle, serve
        self._turn = threading.Condition()
        self._wishes: list[Tile] = []
        self._begun: Tile | None = None
        self._given_up: set[int | None] = set()
        self._closed = False
        self._child: _Child | None = None
        self._thread = threading.Thread(target=self._run, name="pages", daemon=True)

    def start(self) -> None:
        """Start the child, so that it stands ready for the first wish."""
        self._thread.start()

    def want(self, tiles: Sequence[Tile]) -> None:
        """Wish for these, the first first, in place of all wishes before that are not granted yet."""
        with self._turn:
            self._wishes = [tile for tile in reversed(tiles) if tile != self._begun]
            self._turn.notify()

    @property
    def ready(self) -> bool:
        """The child has read the PDF and waits for wishes."""
        child = self._child
        return child is not None and child.ready

    def close(self) -> None:
        """End the child; returns at once, and nothing is told from now on."""
        with self._turn:
            self._closed = True
            self._turn.notify()

    @property
    def alive(self) -> bool:
        """Its thread, and with it the child, has not ended yet."""
        return self._thread.is_alive()

    def join(self, seconds: float = 2) -> None:
        """Wait until the child has ended, after ``close``."""
        if self._thread.ident is not None:
            self._thread.join(seconds)

    # In the thread

    def _run(self) -> None:
        try:
            self._ready()
            while not self._closed:
                tile = self._next()
                if tile is not None:
                    self._grant(tile)
                elif not self._closed:
                    self._let_go()
        finally:
            self._let_go()

    def _next(self) -> Tile | None:
        """The next wish; None at the end, or when there was none for long."""
        with self._turn:
            self._turn.wait_for(lambda: self._closed or self._wishes, self._idle if self._child else None)
            while self._wishes and not self._closed:
                tile = self._wishes.pop()
                if not self._given_up & {tile.page, None}:
                    self._begun = tile
                    return tile
            return None

    def _grant(self, tile: Tile) -> None:
        if not self._ready():
            return
        assert self._child is not None
        try:
            self._tell(Drawn(tile, self._child.draw(tile, self._seconds)))
        except _Failed as failure:
            self._give_up(tile.page, failure)
        finally:
            self._begun = None

    def _ready(self) -> bool:
        """There is a child that has read the PDF."""
        if self._child is not None:
            return True
        if None in self._given_up:
            return False
        try:
            self._child = _Child(self._serve, self._megabytes, lambda: self._closed)
            self._child.read(self._data)
        except _Failed as failure:
            self._give_up(None, failure)
        return self._child is not None

    def _give_up(self, page: int | None, failure: "_Failed") -> None:
        self._given_up.add(page)
        if failure.reason != "malformed" or page is None:
            self._let_go()
        self._tell(NotDrawn(page, failure.reason))

    def _tell(self, answer: Drawn | NotDrawn) -> None:
        if not self._closed:
            self._on_answer(answer)

    def _let_go(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _Failed(PressmarkError):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Child:
    """One process and the pipe to it; all its methods raise ``_Failed``."""

    def __init__(self, serve: Serve, megabytes: int, closed: Callable[[], bool]) -> None:
        self._megabytes, self._closed = megabytes, closed
        self.ready = False
        spawn = multiprocessing.get_context("spawn")
        self._pipe: Connection[Any, Any]
        self._pipe, theirs = spawn.Pipe()
        self._process: BaseProcess = spawn.Process(
            target=serve, args=(theirs, megabytes), name="pressmark-pages", daemon=True
        )
        try:
            self._process.start()
        except OSError as error:
            self._pipe.close()
            raise _Failed("crash") from error
        finally:
            theirs.close()

    def read(self, data: bytes) -> None:
        try:
            self._pipe.send_bytes(data)
        except OSError as error:
            self._answer(0.5)  # it may have said why before it ended
            raise _Failed("crash") from error
        self._answer(_START_SECONDS)
        self.ready = True

    def draw(self, tile: Tile, seconds: float) -> bytes:
        try:
            self._pipe.send(tile)
            self._answer(seconds)
            pixels = self._pipe.recv_bytes(4 * LARGEST * LARGEST)
        except (EOFError, OSError) as error:
            raise _Failed("crash") from error
        if len(pixels) != 4 * tile.columns * tile.rows:
            raise _Failed("crash")
        return pixels

    def _answer(self, seconds: float) -> None:
        """Wait for the child's word that all is well; its memory is looked at meanwhile."""
        end = time.monotonic() + seconds
        while not wait([self._pipe], timeout=_GLANCE):
            if self._closed():
                raise _Failed("closed")
            if time.monotonic() > end:
                raise _Failed("timeout")
            if self._memory() > self._megabytes:
                raise _Failed("memory")
        try:
            reason = self._pipe.recv_bytes(100).decode("ascii", "replace")
        except (EOFError, OSError) as error:
            raise _Failed("crash") from error
        if reason:
            raise _Failed(reason)

    def _memory(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss) // (1024 * 1024)
        except psutil.Error:
            return 0

    def end(self) -> None:
        """It holds nothing of worth: it is not waited for politely."""
        with contextlib.suppress(OSError):
            self._pipe.close()
        self._process.kill()
        self._process.join()
        with contextlib.suppress(ValueError):  # another thread has just been told of its end
            self._process.close()
