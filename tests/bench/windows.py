"""The real window, shown offscreen, driven while its event loop runs."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

from desktop.app import application
from desktop.jobs.precedence import put_window_first
from desktop.ui.session import Session
from desktop.ui.settings.store import Settings
from desktop.ui.theme import Theme
from desktop.ui.window import MainWindow
from tests.bench.watching import wait_for

SIZE = (1440, 900)


@contextmanager
def window_on(archive: Path, folder: Path) -> Iterator[MainWindow]:
    """The window, loaded, on an archive; settings of its own in ``folder``."""
    theme = Theme(application(), dark=False)
    window = MainWindow(Settings(folder / "settings.ini"), theme, Session())
    window.resize(*SIZE)
    window.show()
    gc.freeze()
    collector = put_window_first(window)
    window.files.open(archive)
    wait_for(lambda: window.loaded, 60)
    try:
        yield window
    finally:
        collector.end()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Painted(QObject):
    """Notes when a widget is next painted while ``ready`` holds.

    Attributes:
        at: ``time.perf_counter`` after that painting; None before it.
    """

    def __init__(self, widget: QWidget, ready: Callable[[], bool]) -> None:
        super().__init__(widget)
        self.at: float | None = None
        self._ready = ready
        self._painting = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.at is None and self._ready() and not self._painting:
            self._painting = True
            watched.event(event)  # paint now, so that the moment after it is known
            self._painting = False
            self.at = time.perf_counter()
            return True
        return False
