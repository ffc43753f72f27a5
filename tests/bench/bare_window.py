"""A bare PySide6 window with a list of as many rows: the floor for starting up.

Prints the moment (``time.monotonic``) at which it was painted first, then leaves.
"""

import sys
import time

from PySide6.QtCore import QEvent, QObject, QStringListModel, QTimer
from PySide6.QtWidgets import QApplication, QListView, QMainWindow


class FirstPaint(QObject):
    """Leaves the application once the watched widget was painted and the loop is idle again."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        sys.stdout.write(f"{time.monotonic()}\n")
        QApplication.quit()


if __name__ == "__main__":
    application = QApplication([])
    window, view, watch = QMainWindow(), QListView(), FirstPaint()
    view.setModel(QStringListModel([str(row) for row in range(100)]))
    view.viewport().installEventFilter(watch)
    window.setCentralWidget(view)
    window.resize(1440, 900)
    window.show()
    application.exec()
