"""The real window for tests: opened on an archive, waited for, and closed; a heartbeat beside it."""

import time

import pytest
from PySide6.QtCore import QTimer

from desktop.app import application
from desktop.paths import data_dir
from desktop.ui.session import Session
from desktop.ui.settings.store import Settings
from desktop.ui.theme import Theme
from desktop.ui.window import MainWindow

SLOW = 20_000  # milliseconds that a child process may take to start on a busy machine


class Heartbeat:
    """Measures how long the event loop was away.

    Attributes:
        longest: Of all pauses between two beats so far, in milliseconds.
        beats: How many there were.
    """

    def __init__(self, every: int = 5):
        self.longest, self.beats, self._last = 0.0, 0, time.perf_counter()
        self._timer = QTimer(interval=every)
        self._timer.timeout.connect(self._beat)

    def __enter__(self):
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()
        return self

    def __exit__(self, *_):
        self._beat()
        self._timer.stop()

    def _beat(self):
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self.beats += 1
        self._last = now


@pytest.fixture
def open_window(qtbot):
    """Makes windows, one after the other or side by side; all are closed at the end."""
    windows = []

    def make(path=None, *, indexed=False, dwelling=False):
        theme = Theme(application())
        window = MainWindow(Settings(data_dir() / "settings.ini"), theme, Session())
        windows.append(window)
        qtbot.addWidget(window)
        if not indexed:  # most tests need no index, and a child process costs a second
            window.session.opened.disconnect(window.indexer._later.start)
        if not dwelling:  # else a read state might change while a test waits for its own change
            window.reading._dwell.setInterval(3_600_000)
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        if path is not None:
            window.files.open(path)
            settled(qtbot, window)
        return window

    yield make
    for window in windows:
        window.close()


def settled(qtbot, window):
    """Wait until what was asked for has been read and shown."""
    qtbot.waitUntil(lambda: window.loaded and not window.searching.waiting, timeout=SLOW)
