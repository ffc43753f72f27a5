"""The window goes first: what Python does by itself is arranged around the event loop."""

import gc
import sys

from PySide6.QtCore import QObject, QTimer

SWITCH = 0.001  # seconds that a lane computes on while the window waits for its turn; Python's own are 5 ms
_LOOK = 100  # milliseconds; what comes together meanwhile is collected within a frame
_OLDEST, _PASSES = 2, 10  # the oldest generation; collections of the younger ones between two looks at it


class Collector(QObject):
    """Collects cyclic garbage in the GUI thread, and nowhere else, while it lives.

    Python by itself collects in whatever thread happens to allocate. A Qt object must not end in a
    lane's thread: its timers cannot be stopped from there, and the program may crash.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._kept = self._passes = 0  # objects after the last full collection; younger ones at the last look
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """As much as Python would have: the oldest generation that has had enough of the younger ones."""
        thresholds = gc.get_threshold()
        due = [age for age, number in enumerate(gc.get_count()) if number > thresholds[age]]
        if due:
            self._collect(due[-1])

    def _collect(self, age: int) -> None:
        if age == _OLDEST and not self._has_grown():
            age -= 1
        gc.collect(age)
        if age == _OLDEST:
            self._kept, self._passes = len(gc.get_objects(_OLDEST)), 0

    def _has_grown(self) -> bool:
        """Whether a quarter of the oldest generation is new, which is Python's own rule too.

        Going through all objects takes long with a book open, and most are there to stay.
        """
        passes = gc.get_count()[_OLDEST]
        self._passes = min(self._passes, passes)  # somebody else may have collected everything
        if passes - self._passes < _PASSES:
            return False
        self._passes = passes
        return len(gc.get_objects(_OLDEST)) > self._kept * 1.25

    def end(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()


def put_window_first(parent: QObject) -> Collector:
    """Let the calling thread, which is the GUI thread, wait for no other longer than it must."""
    sys.setswitchinterval(SWITCH)
    return Collector(parent)
