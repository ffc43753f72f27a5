"""How a long job tells how far it is, and learns that it should stop."""

import threading
from collections.abc import Callable

from desktop.core.errors import Cancelled

Report = Callable[[int, int, str], None]


class Progress:
    """Passed to every long function; safe to use from any thread.

    Args:
        on_report: Called with (done, total, what); total is 0 while unknown.
    """

    def __init__(self, on_report: Report | None = None) -> None:
        self._on_report = on_report
        self._stop = threading.Event()

    def report(self, done: int, total: int, what: str = "") -> None:
        if self._on_report is not None:
            self._on_report(done, total, what)

    def cancel(self) -> None:
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def check(self) -> None:
        """Raise ``Cancelled`` when the person has asked to stop."""
        if self.cancelled:
            raise Cancelled
