"""The window goes first: what Python does by itself is arranged around the event loop."""

import gc
import sys

from PySide6.QtCore import QObject, QTimer

SWITCH = 0.001  # seconds that a lane computes on while the window waits for its turn; Python's own are 5 ms
_LOOK = 100  # milliseconds; what comes together meanwhile is collected within a frame


class Collector(QObject):
    """Collects cyclic garbage in the GUI thread, and nowhere else, while it lives.

    Python by itself collects in whatever thread happens to allocate. A Qt object must not end in a
    lane's thread: its timers cannot be stopped from there, and the program may crash.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """As much as Python would have: the oldest generation that has had enough of the younger ones."""
        thresholds = gc.get_threshold()
        due = [age for age, number in enumerate(gc.get_count()) if number > thresholds[age]]
        if due:
            gc.collect(due[-1])

    def end(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()


def put_window_first(parent: QObject) -> Collector:
    """Let the calling thread, which is the GUI thread, wait for no other longer than it must."""
    sys.setswitchinterval(SWITCH)
    return Collector(parent)
