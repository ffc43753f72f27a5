"""The index follows the archive in a child process; the window watches how far it is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.operations.following import IndexStatus
    from desktop.operations.indexing import IndexProcess

_LATER = 300  # milliseconds after opening: the window is to be there first


class Indexer(QObject):
    """Starts and stops with the archive, and is poked after each change.

    Signals:
        moved: (records in the index, records in the archive, why some are left out for good)
        caught_up: The index has reached the archive: searches may have other answers.
        gave_up: The index cannot be written, for a while or for good; why, in a sentence, once.
    """

    moved = Signal(int, int, str)
    caught_up = Signal()
    gave_up = Signal(str)
    _heard = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._process: IndexProcess | None = None
        self._told = ""
        self._heard.connect(self._take)
        self._later = QTimer(self, singleShot=True, interval=_LATER)
        self._later.timeout.connect(self._begin)
        session.opened.connect(self._later.start)
        session.closed.connect(self.stop)
        session.changed.connect(self.poke)
        session.stirred.connect(self.poke)

    @property
    def ready(self) -> bool:
        """The index has reached the archive."""
        return self._process is not None and self._process.status.phase == "ready"

    def _begin(self) -> None:
        """On a busy machine a further process would keep the list and the first article waiting."""
        if self._session.busy:
            self._later.start()
        else:
            self.start()

    def start(self) -> None:
        """Follow the archive that is open now."""
        from desktop.operations.indexing import IndexProcess  # multiprocessing is not needed sooner

        self.stop()
        self._process = IndexProcess(self._session.path, self._heard.emit)
        self._process.start()

    def stop(self) -> None:
        """End the child and wait for that."""
        self._later.stop()
        if self._process is not None:
            process, self._process = self._process, None
            process.stop()

    def poke(self, *_: object) -> None:
        if self._process is not None:
            self._process.poke()

    def check(self) -> None:
        """A search met damage in an index that was said to be ready."""
        if self._process is not None and self.ready:
            self._process.check()

    def _take(self, status: "IndexStatus") -> None:
        """A late word of a process that was stopped is not passed on."""
        if self._process is None:
            return
        if status.phase in ("building", "ready"):
            self.moved.emit(status.indexed, status.total, status.detail)
        if status.phase == "ready":
            self._told = ""
            self.caught_up.emit()
        elif status.phase == "failed" and status.detail != self._told:
            self._told = status.detail
            self.gave_up.emit(status.detail)
