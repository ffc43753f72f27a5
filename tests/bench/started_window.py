"""Pressmark itself, started on the archive that is named as a person starts it.

Prints the moment (``time.monotonic``) at which the list and the first article are there, then leaves.
"""

import runpy
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import app

EVERY = 4  # milliseconds between two looks

make_application = app.application


def watched_application() -> QApplication:
    made = make_application()
    made.clock = QTimer(interval=EVERY)  # type: ignore[attr-defined]
    made.clock.timeout.connect(look)
    made.clock.start()
    return made


def look() -> None:
    for window in QApplication.topLevelWidgets():
        if getattr(window, "loaded", False):
            window.repaint()
            sys.stdout.write(f"{time.monotonic()}\n")
            sys.stdout.flush()
            QApplication.instance().clock.stop()
            window.close()


if __name__ == "__main__":
    app.application = watched_application
    sys.argv = ["pressmark", *sys.argv[1:]]
    runpy.run_module("desktop", run_name="__main__")
