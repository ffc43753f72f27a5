"""One piece of background work, as the window sees it."""

import itertools
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import shiboken6
from PySide6.QtCore import QObject

from desktop.core.progress import Progress

OnDone = Callable[[Any], None]
OnFailed = Callable[[Exception], None]
Reported = Callable[[int, int, int, str], None]

_numbers = itertools.count(1)
_REPORT_EVERY = 0.04  # seconds; a person cannot read faster, and the event loop stays free


class Job:
    """A numbered job; changed only in the GUI thread, except for its progress.

    Attributes:
        number: Unique in this process.
        title: What it does, for the status area; empty for work too short to be shown.
        slot: Jobs of one slot replace each other: only the newest answer is delivered.
        done, total, what: The last report; total is 0 while unknown.
        error: Why it failed, once it has.
    """

    def __init__(
        self,
        title: str,
        slot: str,
        on_done: OnDone | None,
        on_failed: OnFailed | None,
        reported: Reported,
    ) -> None:
        self.number = next(_numbers)
        self.title, self.slot = title, slot
        self.done, self.total, self.what = 0, 0, ""
        self.error: Exception | None = None
        self.future: Future[None] | None = None
        self.progress = Progress(self._report)
        self._on_done, self._on_failed = on_done, on_failed
        self._reported, self._last = reported, 0.0

    @property
    def has_listener(self) -> bool:
        """Whether somebody is told when it fails."""
        return alive(self._on_failed)

    def cancel(self) -> None:
        """Ask it to stop; it answers with ``Cancelled`` when it does."""
        self.progress.cancel()

    def deliver(self, value: object) -> None:
        if self._on_done is not None and alive(self._on_done):
            self._on_done(value)

    def fail(self, error: Exception) -> None:
        self.error = error
        if self._on_failed is not None and alive(self._on_failed):
            self._on_failed(error)

    def _report(self, done: int, total: int, what: str) -> None:
        """Called in the worker's thread: pass on what a person could follow."""
        now = time.monotonic()
        if now - self._last >= _REPORT_EVERY or done == total:
            self._last = now
            self._reported(self.number, done, total, what)


def alive(listener: Callable[..., None] | None) -> bool:
    """False for a bound method of a widget that has gone."""
    if listener is None:
        return False
    owner = getattr(listener, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
