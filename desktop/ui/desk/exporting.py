"""Handing articles on: what, in which form, where to; the writing runs beside everything else."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.core.errors import Cancelled
from desktop.core.progress import Progress
from desktop.core.selection import ExportReport, Selection
from desktop.store import articles
from desktop.store.archive import Archive
from desktop.ui.desk.library import LibraryDesk
from desktop.ui.desk.searching import SearchDesk
from desktop.ui.desk.tools import Tools
from desktop.ui.exporting.choices import ExportChoice, ExportScope
from desktop.ui.wording import counted


class ExportDesk(QObject):
    """Asks, exports, and tells where it went."""

    def __init__(self, tools: Tools, library: LibraryDesk, searching: SearchDesk, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._window = tools, tools.session, window
        self._library, self._searching = library, searching
        tools.actions["export"].triggered.connect(partial(self.ask, False))
        tools.actions["export_articles"].triggered.connect(partial(self.ask, True))

    def ask(self, chosen: bool, *_: object) -> None:
        """Let the person choose; what is chosen or searched for is proposed first."""
        from desktop.operations.exporting import FORMATS  # the exporters are seldom needed
        from desktop.ui.exporting.dialog import ExportDialog

        scopes = self.scopes(chosen=chosen)
        choice = ExportDialog.ask(self._window, list(FORMATS.values()), scopes)
        if choice is not None:
            self.export(choice)

    def export(self, choice: ExportChoice) -> None:
        """Write it beside everything else."""

        def work(archive: Archive, progress: Progress) -> ExportReport:
            from desktop.operations.exporting import export

            return export(archive, choice.format, choice.selection, choice.path, progress)

        self._session.beside(work, "Exporting", self._exported, self._failed, read_only=True)

    def scopes(self, *, chosen: bool) -> list[ExportScope]:
        """What could be meant, the likeliest first."""
        count, name = articles.count(self._session.archive), f"{self._session.title} export"
        every = ExportScope("Everything", Selection(), count, name)
        some = [*self._found(), *self._place()]
        picked = self._chosen()
        return (
            [*picked, *some, every] if chosen or self._library.chosen_count > 1 else [*some, every, *picked]
        )

    def _chosen(self) -> list[ExportScope]:
        ids = self._library.chosen
        if not ids:
            return []
        rows = articles.article_rows(self._session.archive, ids[:1])
        title = "The article that is open" if len(ids) == 1 else "The chosen articles"
        name = rows[0].title if rows and len(ids) == 1 else ""
        return [ExportScope(title, Selection(articles=tuple(ids)), len(ids), name)]

    def _found(self) -> list[ExportScope]:
        query = self._searching.field.query
        answer = self._searching.answer
        if not query or answer is None or not answer.result.total:
            return []
        title = f"What the search “{query}” finds"
        return [ExportScope(title, Selection(query=query), answer.result.articles, query)]

    def _place(self) -> list[ExportScope]:
        place = self._library.navigation.place
        node = self._library.places.node(self._library.places.index_of(place))
        if node is None or place.kind not in ("collection", "tag", "search", "frozen"):
            return []
        if place.kind == "search":
            title = f"What the saved search “{node.label}” finds"
            return [ExportScope(title, Selection(query=node.text), node.count, node.label)]
        if place.kind == "frozen":
            title = f"What the frozen search “{node.label}” found"
            return [ExportScope(title, Selection(frozen=place.id), None, node.label)]
        selection = Selection(collection=place.id) if place.kind == "collection" else Selection(tag=place.id)
        return [ExportScope(f"The {place.kind} “{node.text}”", selection, None, node.label)]

    def _exported(self, report: ExportReport) -> None:
        what = counted(report.articles, "article", "articles")
        marks = counted(report.annotations, "mark", "marks")
        path = Path(report.path)
        folder = QUrl.fromLocalFile(str(path.parent))
        words = f"Exported {what} with {marks} to {path.name}."
        if report.warnings:
            words += f" {report.warnings[0]}"
        self._tools.messages.tell(words, "Show in folder", lambda: QDesktopServices.openUrl(folder))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._tools.messages.tell("The export was stopped. No file was written.")
        else:
            self._tools.messages.fail(error)
