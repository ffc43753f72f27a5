"""The captures of the open article, and what is done with them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.errors import NotFound
from desktop.core.records import Capture, Changes
from desktop.store import articles, captures
from desktop.store.archive import Archive
from desktop.ui.desk.tools import Tools

if TYPE_CHECKING:
    from desktop.ui.captures.dialog import CapturesDialog


class CapturesDesk(QObject):
    """At most one dialog at a time; it follows the archive while it is open.

    Signals:
        mark_wanted: Article id, annotation id.
    """

    mark_wanted = Signal(str, str)

    def __init__(self, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._window = tools, tools.session, window
        self._shown = ""
        self.dialog: CapturesDialog | None = None
        self._session.changed.connect(self._changed)
        self._session.stirred.connect(self._refresh)
        self._session.closed.connect(self._close)

    def open(self, article_id: str) -> None:
        """Show the captures of this article."""
        if self._count(article_id) < 2:
            self._tools.messages.tell(
                "This article has one capture. Import its page again later, and the two can be compared."
            )
            return
        if self.dialog is None:
            from desktop.ui.captures.dialog import CapturesDialog  # not needed to start

            self.dialog = CapturesDialog(self._tools.theme, self._window)
            self._connect(self.dialog)
        self._shown = article_id
        self.dialog.set_writable(self._session.writable)
        self._refresh()
        self.dialog.show()
        self.dialog.activateWindow()

    def _count(self, article_id: str) -> int:
        return captures.count_of(self._session.archive, article_id)

    def _connect(self, dialog: "CapturesDialog") -> None:
        from desktop.operations import captures as operations

        run = self._tools.run
        dialog.compare_requested.connect(self._compare)
        dialog.read_requested.connect(lambda one: run(operations.read_capture, one))
        dialog.confirm_requested.connect(
            lambda places: run(operations.confirm_marks, dialog.new.currentData(), places)
        )
        dialog.mark_chosen.connect(lambda one: self.mark_wanted.emit(self._shown, one))
        dialog.finished.connect(self._forget)

    def _compare(self, old: str, new: str) -> None:
        from desktop.operations.captures import compare_captures

        self._session.read(
            lambda archive: compare_captures(archive, old, new), self._compared, slot="comparing captures"
        )

    def _compared(self, compared: object) -> None:
        if self.dialog is not None and self._shown:
            self.dialog.show_comparison(compared)  # type: ignore[arg-type]

    def _changed(self, changes: Changes) -> None:
        if self._shown in changes.articles or changes.annotations:
            self._refresh()

    def _refresh(self) -> None:
        if self.dialog is None or not self._shown:
            return
        self._session.read(
            partial(_read, article_id=self._shown), self._show, slot="captures", on_failed=self._failed
        )

    def _show(self, found: tuple[str, list[Capture], str]) -> None:
        if self.dialog is not None and self._shown:
            self.dialog.set_captures(*found)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._close()
        else:
            self._tools.messages.fail(error)

    def _forget(self) -> None:
        self._shown = ""

    def _close(self) -> None:
        self._shown = ""
        if self.dialog is not None:
            self.dialog.reject()


def _read(archive: Archive, article_id: str) -> tuple[str, list[Capture], str]:
    article = articles.article(archive, article_id)
    found = captures.captures_of(archive, article_id)
    return article.metadata.title or "Untitled", found, article.current_capture or ""
