"""Reading the open article's original again: another encoding, or the whole page."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.core.errors import Cancelled, PressmarkError
from desktop.core.extraction import Options
from desktop.core.progress import Progress
from desktop.core.records import Changes
from desktop.core.sentences import sentence
from desktop.jobs.lanes import ArchiveLane
from desktop.store import articles, captures
from desktop.store.archive import Archive
from desktop.ui.desk.reading import ReadingDesk
from desktop.ui.desk.tools import Tools

if TYPE_CHECKING:
    from desktop.operations.mark_fates import MarkFates
    from desktop.operations.rereading import Preview, Rereader
    from desktop.ui.rereading.dialog import RereadDialog


class RereadingDesk(QObject):
    """At most one dialog at a time, with a lane of its own while it is open.

    A look that is running is never broken off for the next one, which would cost its process.
    """

    def __init__(self, tools: Tools, reading: ReadingDesk, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._window = tools, tools.session, window
        self._reading = reading
        self._lane: ArchiveLane[Rereader] | None = None
        self._ending: list[ArchiveLane[Rereader]] = []
        self._wanted: Options | None = None
        self._article = ""
        self.dialog: RereadDialog | None = None
        tools.actions["reread"].triggered.connect(self.ask)
        reading.inspector.reread_requested.connect(self.ask)
        self._session.closing.connect(self._end)

    def ask(self) -> None:
        """Let the person choose how the open article is read."""
        article_id = self._reading.article_id
        if article_id is None or not self._session.is_open:
            return
        if not self._session.writable:
            self._tools.messages.tell("This archive is open read-only: nothing can be read again into it.")
            return
        self.close()
        self._session.glance(partial(_known, article_id=article_id), partial(self._open, article_id))

    def close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()

    def _open(self, article_id: str, known: tuple[str, bool]) -> None:
        from desktop.operations.rereading import Rereader  # slow to load: only when it is asked for
        from desktop.ui.rereading.dialog import RereadDialog

        title, decoded = known
        self._article, self._wanted = article_id, None
        self._lane = ArchiveLane(partial(Rereader, self._session.path), "rereading", self)
        dialog = RereadDialog(self._tools.theme, title, decoded=decoded, parent=self._window)
        self.dialog = dialog
        dialog.preview_requested.connect(self._look)
        dialog.apply_requested.connect(partial(self.reread, article_id))
        dialog.finished.connect(self._closed)
        self._look(dialog.options())
        dialog.show()

    def _closed(self, *_: object) -> None:
        """The process behind it takes a moment to end, which nobody waits for."""
        lane, self._lane, self.dialog = self._lane, None, None
        if lane is not None:
            self._ending.append(lane)
            for job in lane.jobs:
                lane.drop(job)
            end = partial(self._ended, lane)
            lane.submit(lambda rereader, _: rereader.close(), end, end)

    def _ended(self, lane: "ArchiveLane[Rereader]", _: object = None) -> None:
        if lane in self._ending:
            self._ending.remove(lane)
            lane.close()
            lane.deleteLater()

    def _end(self) -> None:
        """The archive closes."""
        self.close()
        for lane in list(self._ending):
            self._ended(lane)

    def _look(self, options: Options) -> None:
        self._wanted = options
        if self._lane is None or self._lane.jobs:
            return
        article_id = self._article
        self._lane.submit(
            lambda rereader, progress: rereader.preview(article_id, options, progress),
            partial(self._show, options),
            partial(self._show_failure, options),
            title="Reading it again",  # a job with a title is broken off when its lane closes
        )

    def _show(self, options: Options, preview: "Preview") -> None:
        if self.dialog is not None:
            self.dialog.show_preview(options, preview)
        self._look_on(options)

    def _show_failure(self, options: Options, error: Exception) -> None:
        if self.dialog is not None and not isinstance(error, Cancelled):
            self.dialog.show_failure(options, sentence(error))
        self._look_on(options)

    def _look_on(self, done: Options) -> None:
        """What was chosen while the last look was running."""
        if self._wanted is not None and self._wanted != done:
            self._look(self._wanted)

    # Keeping

    def reread(self, article_id: str, options: Options) -> None:
        """Keep the article as these options read it."""

        def work(archive: Archive, progress: Progress) -> tuple[Changes, "MarkFates"]:
            from desktop.operations.mark_fates import fates_of_marks
            from desktop.operations.rereading import reread

            return reread(archive, article_id, options, progress), fates_of_marks(archive, article_id)

        self._session.beside(work, "Reading again", self._reread, self._failed)

    def _reread(self, found: tuple[Changes, "MarkFates"]) -> None:
        changes, fates = found
        if not changes:
            self._tools.messages.tell("It reads just as before: nothing was changed.")
        else:
            words = f"{changes.label}. {fates.in_words()}" if fates.total else f"{changes.label}."
            self._tools.messages.tell(words, "Undo", self._tools.actions["undo"].trigger)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._tools.messages.tell("Reading again was stopped. Nothing was changed.")
        elif isinstance(error, PressmarkError):
            self._tools.messages.tell(sentence(error))
        else:
            self._tools.messages.fail(error)


def _known(archive: Archive, article_id: str) -> tuple[str, bool]:
    """The article's title, and whether its original is text in some encoding."""
    capture = captures.current_capture(archive, article_id)
    title = articles.article(archive, article_id).metadata.title
    return title or "Untitled", capture.encoding is not None
