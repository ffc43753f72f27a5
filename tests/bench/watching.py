"""Watching the window's heart and the processes' memory while something goes on."""

import threading
import time
from collections.abc import Callable

import psutil
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


class MemoryWatch:
    """The most memory that any one process took, this one and its children, sampled in a thread.

    Attributes:
        most: Megabytes of the largest resident set, by what the process is.
    """

    def __init__(self, every: float = 0.25) -> None:
        self.most: dict[str, float] = {}
        self._every = every
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory-watch", daemon=True)

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        this = psutil.Process()
        while not self._done.wait(self._every):
            self._sample("window", this)
            for child in this.children(recursive=True):
                self._sample("child", child)

    def _sample(self, name: str, process: psutil.Process) -> None:
        try:
            megabytes = process.memory_info().rss / 2**20
        except psutil.Error:
            return
        self.most[name] = max(self.most.get(name, 0.0), megabytes)
