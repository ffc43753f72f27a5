"""Files: archives to open, articles to import, sets to export."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop.core.errors import Cancelled, PressmarkError
from desktop.core.extraction import ImportLine, ImportReport, ImportStatus, Options
from desktop.core.progress import Progress
from desktop.core.sentences import sentence
from desktop.paths import data_dir
from desktop.store.archive import Archive, create_archive
from desktop.ui.desk.addresses import AddressesDesk
from desktop.ui.desk.choosing import ChoosingDesk, may_hold_several
from desktop.ui.desk.tools import Tools
from desktop.ui.importing.formats import file_filters
from desktop.ui.settings.store import LAST_FOLDER, RECENT_ARCHIVES
from desktop.ui.wording import counted

SUFFIX = ".pressmark"
_AS_FOUND = Options()
_ARCHIVES = f"Pressmark archives (*{SUFFIX})"


class FilesDesk(QObject):
    """Asks for files and hands them to the session.

    Signals:
        imported: The id of an article that an import made; the last one.
        comparison_wanted: The id of an article that an import captured anew.
        reported: There is a report of an import, or none any more.
    """

    imported = Signal(str)
    comparison_wanted = Signal(str)
    reported = Signal()

    def __init__(self, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._window = tools, tools.session, window
        self._choosing = ChoosingDesk(tools, self.import_paths, window)
        self._addresses = AddressesDesk(tools, self.tell_imported, self._import_failed, window)
        self._report: ImportReport | None = None  # of the last import into the archive that is open
        self.recent = QMenu("Open &recent", window)
        self.recent.aboutToShow.connect(self._fill_recent)
        actions = tools.actions
        actions["new_archive"].triggered.connect(self.ask_new)
        actions["open_archive"].triggered.connect(self.ask_open)
        actions["open_sample"].triggered.connect(self.open_sample)
        actions["import_files"].triggered.connect(self.ask_files)
        actions["import_folder"].triggered.connect(self.ask_folder)
        actions["paste_text"].triggered.connect(self.paste)
        actions["import_report"].triggered.connect(self._show_last_report)
        self._session.opened.connect(self._opened)
        self._session.open_failed.connect(self._open_failed)
        self._session.closed.connect(lambda: self._keep_report(None))

    # Archives

    def open(self, path: Path) -> None:
        self._session.open(path)

    def create(self, path: Path) -> None:
        """Make an archive and open it."""
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)

        def make(_progress: Progress) -> Path:
            create_archive(path).close()
            return path

        self._session.free.submit(make, self.open, self._tools.messages.fail)

    def open_sample(self) -> None:
        """Make the sample archive, unless it is there already, and open it."""
        path = data_dir() / f"Sample{SUFFIX}"
        if path.exists():
            self.open(path)
            return

        def make(progress: Progress) -> Path:
            from desktop.operations.samples import make_sample_archive  # slow to load, and seldom used

            path.parent.mkdir(parents=True, exist_ok=True)
            return make_sample_archive(path, progress)

        self._session.free.submit(make, self.open, self._tools.messages.fail, title="Making the sample")

    def ask_new(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, "New archive", self._folder(), _ARCHIVES)
        if name:
            self._remember_folder(Path(name))
            self.create(Path(name))

    def ask_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self._window, "Open archive", self._folder(), _ARCHIVES)
        if name:
            self._remember_folder(Path(name))
            self.open(Path(name))

    def _opened(self) -> None:
        self._tools.settings.remember_archive(self._session.path)
        self._tools.settings.save()

    def _open_failed(self, path: Path, error: Exception) -> None:
        self._tools.settings.forget_archive(str(path))
        if isinstance(error, PressmarkError):
            self._tools.messages.tell(sentence(error))
        else:
            self._tools.messages.fail(error)

    def _fill_recent(self) -> None:
        self.recent.clear()
        for name in self._tools.settings.get(RECENT_ARCHIVES):
            action = self.recent.addAction(Path(name).stem)
            action.setToolTip(name)
            action.triggered.connect(partial(self._open_recent, name))
        self.recent.setEnabled(bool(self.recent.actions()))

    def _open_recent(self, name: str, *_: object) -> None:
        self.open(Path(name))

    # Importing

    def ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            "Import articles",
            self._folder(),
            file_filters(),
        )
        if names:
            self._remember_folder(Path(names[0]))
            self.offer([Path(name) for name in names])

    def ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, "Import a folder", self._folder())
        if name:
            self._remember_folder(Path(name))
            self.import_paths([Path(name)])

    def drop(self, data: QMimeData) -> bool:
        """Import dropped files, open a dropped archive, or offer a dropped address; else False."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if len(paths) == 1 and paths[0].suffix == SUFFIX:
            self.open(paths[0])
        elif paths:
            self.offer(paths)
        else:
            return self._may_fetch("\n".join(url.toString() for url in data.urls()))
        return True

    def offer(self, paths: Sequence[Path]) -> None:
        """Import; of one file that may hold several articles let the person choose them first."""
        if not self._may_write():
            return
        if len(paths) == 1 and may_hold_several(paths[0]):
            self._choosing.look_into(paths[0])
        else:
            self.import_paths(paths)

    def import_paths(self, paths: Sequence[Path], options: Options = _AS_FOUND) -> None:
        """Import files and folders beside everything else; a report at the end."""
        if not self._may_write():
            return

        def work(archive: Archive, progress: Progress) -> ImportReport:
            from desktop.operations import import_report  # noqa: F401 - for the window's thread, at the end
            from desktop.operations.importing import import_paths  # the parsers are slow to load

            return import_paths(archive, list(paths), progress, options=options)

        done = partial(self.tell_imported, self._session.path)
        self._session.beside(work, "Importing", done, self._import_failed)

    def paste(self) -> None:
        """Make an article of what was copied."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None and data.hasUrls() and self.drop(data):
            return
        text = data.text() if data is not None else ""
        if self._may_fetch(text):
            return
        if not text.strip():
            self._tools.messages.tell(
                "The clipboard holds no text. Copy an article first, then paste it here."
            )
            return
        if self._may_write():
            html = data.html() if data is not None and data.hasHtml() else None
            self._session.run(_import_text, text, html, on_done=self._pasted)

    def _may_fetch(self, text: str) -> bool:
        """A bare address is no text: its page is offered."""
        return self._session.writable and self._addresses.offer(text)

    def _pasted(self, line: ImportLine) -> None:
        self._session.look()
        if line.status is ImportStatus.FAILED:
            self._tools.messages.tell(line.error)
            return
        words = {
            ImportStatus.ADDED: f"Added “{line.title}”",
            ImportStatus.DUPLICATE: f"This text is here already: “{line.title}”.",
        }.get(line.status, f"A new capture of “{line.title}” was added")
        if line.status is ImportStatus.DUPLICATE:
            self._tools.messages.tell(words)
        else:
            self._tools.tell_undoable(words)
        if line.article:
            self.imported.emit(line.article)

    def tell_imported(self, path: Path, report: ImportReport) -> None:
        """Say what an import did to the archive at ``path``, and show what it made."""
        from desktop.operations.import_report import summary  # loaded with the first import only

        words = summary(report)
        show = partial(self.show_report, report)
        failed = report.count(ImportStatus.FAILED)
        if failed:
            self._tools.status.offer_report(f"{counted(failed, 'import', 'imports')} failed", show)
        label, act = "Report" if report.lines else "", show
        if len(report.lines) == 1 and report.lines[0].status is ImportStatus.CAPTURE:
            label, act = "Compare", partial(self.comparison_wanted.emit, report.lines[0].article)
        self._tools.messages.tell(words, label, act)
        if not (self._session.is_open and self._session.path == path):
            return  # another archive is open by now
        self._keep_report(report)
        made = [line.article for line in report.lines if line.article and line.status is ImportStatus.ADDED]
        if made:
            self.imported.emit(made[-1])  # the newest stands first in the list

    def _import_failed(self, error: Exception) -> None:
        self._session.look()
        if isinstance(error, Cancelled):
            self._tools.messages.tell("The import was stopped. What was imported before is kept.")
        else:
            self._tools.messages.fail(error)

    def show_report(self, report: ImportReport) -> None:
        """Every line of the import; it can be saved."""
        from desktop.ui.importing.report import ImportReportDialog

        dialog = ImportReportDialog(self._tools.theme, report, self._window)
        dialog.open_article_requested.connect(self.imported)
        dialog.compare_requested.connect(self.comparison_wanted)
        dialog.show()

    @property
    def has_report(self) -> bool:
        """An import has been done since the archive was opened."""
        return self._report is not None

    def _show_last_report(self) -> None:
        if self._report is not None:
            self.show_report(self._report)

    def _keep_report(self, report: ImportReport | None) -> None:
        self._report = report if report is not None and report.lines else None
        self.reported.emit()

    # Words and folders

    def _may_write(self) -> bool:
        if not self._session.is_open:
            self._tools.messages.tell("Open or make an archive first; then articles can be imported.")
        elif not self._session.writable:
            self._tools.messages.tell("This archive is open read-only: nothing can be imported into it.")
        return self._session.writable

    def _folder(self) -> str:
        return self._tools.settings.get(LAST_FOLDER) or str(Path.home())

    def _remember_folder(self, path: Path) -> None:
        self._tools.settings.set(LAST_FOLDER, str(path.parent))


def _import_text(archive: Archive, text: str, html: str | None) -> ImportLine:
    from desktop.operations.importing import import_text  # the parsers are slow to load

    return import_text(archive, text, html)
