"""Watching the window's heart while something goes on."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

BEAT = 5  # milliseconds between two beats


class Heartbeat(QObject):
    """How late the event loop is: the longest time that it did not get round to a timer.

    Attributes:
        worst: Milliseconds by which the latest beat came too late.
        late: How many came more than 100 ms late.
    """

    def __init__(self) -> None:
        super().__init__()
        self.worst = 0.0
        self.late = 0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT)

    def restart(self) -> None:
        self.worst, self.late, self._last = 0.0, 0, time.perf_counter()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        lateness = (now - self._last) * 1000 - BEAT
        self.worst = max(self.worst, lateness)
        self.late += lateness > 100
        self._last = now


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    """Run the event loop until the condition holds.

    Raises:
        TimeoutError: It did not within so many seconds.
    """
    loop, clock = QEventLoop(), QTimer()
    clock.timeout.connect(lambda: loop.quit() if condition() else None)
    clock.start(BEAT)
    QTimer.singleShot(int(seconds * 1000), lambda: loop.exit(1))
    if not condition() and loop.exec() != 0:
        raise TimeoutError(f"not within {seconds} seconds")
