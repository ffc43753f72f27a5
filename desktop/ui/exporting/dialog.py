"""What to hand on, in which form, and where to."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.exporting.choices import ExportChoice, ExportFormat, ExportScope
from desktop.ui.notes import CalmCombo
from desktop.ui.wording import counted

# Who can open it, by the format's name.
_READERS = {
    "jsonld": QT_TRANSLATE_NOOP(
        "Readers", "Annotation programs and developers: every mark with its exact place"
    ),
    "csv": QT_TRANSLATE_NOOP("Readers", "Excel, LibreOffice, R, Datasette: one row a mark"),
    "markdown": QT_TRANSLATE_NOOP(
        "Readers", "Any text editor, Obsidian, Zettlr: one page to read and cut from"
    ),
    "html": QT_TRANSLATE_NOOP(
        "Readers", "Any browser, offline: the articles with their marks, to filter and read"
    ),
    "pressmark": QT_TRANSLATE_NOOP(
        "Readers", "A colleague with Pressmark: the articles, their files and all marks"
    ),
    "xlsx": QT_TRANSLATE_NOOP("Readers", "Excel and LibreOffice: sheets of marks, quotes and claims"),
    "docx": QT_TRANSLATE_NOOP("Readers", "Word and LibreOffice: the articles with marks and comments"),
}


class ExportDialog(QDialog):
    """Remembers format and folder until the program ends."""

    _last_format: ClassVar[str] = ""
    _last_folder: ClassVar[str] = ""

    def __init__(
        self,
        formats: Sequence[ExportFormat],
        scopes: Sequence[ExportScope],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(520)
        self._formats, self._scopes = tuple(formats), tuple(scopes)
        self._named_by_person = False
        self._make_scope()
        self._make_path()
        self._make_formats()
        self._lay_out()
        self._propose_path()

    @classmethod
    def ask(
        cls, parent: QWidget | None, formats: Sequence[ExportFormat], scopes: Sequence[ExportScope]
    ) -> ExportChoice | None:
        """Let the person choose; None when they gave up. The first scope is proposed."""
        dialog = cls(formats, scopes, parent)
        return dialog.choice() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def choice(self) -> ExportChoice:
        return ExportChoice(self._format().name, self._scope().selection, self._path())

    def choose_format(self, name: str) -> None:
        for button, one in zip(self._buttons.buttons(), self._formats, strict=True):
            if one.name == name:
                button.setChecked(True)

    def _make_scope(self) -> None:
        self.scope = CalmCombo(self)
        self.scope.setAccessibleName(self.tr("What"))
        for scope in self._scopes:
            count = ""
            if scope.articles is not None:
                count = f" ({counted(scope.articles, self.tr('article'), self.tr('articles'))})"
            self.scope.addItem(scope.title + count)
        self.scope.currentIndexChanged.connect(self._propose_path)

    def _make_formats(self) -> None:
        self._buttons = QButtonGroup(self)
        for number, one in enumerate(self._formats):
            button = QRadioButton(one.title, self)
            button.setAccessibleDescription(_reader(one))
            button.setChecked(number == 0)
            self._buttons.addButton(button, number)
        self.choose_format(type(self)._last_format)
        self._buttons.idToggled.connect(self._propose_path)

    def _make_path(self) -> None:
        self.path = QLineEdit(self)
        self.path.setAccessibleName(self.tr("File"))
        self.path.textEdited.connect(self._path_edited)
        self.path.textChanged.connect(self._check)
        self.hint = QLabel(self)
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        self.export = QPushButton(self.tr("Export"), self)
        self.export.setProperty("primary", True)
        self.export.setDefault(True)
        self.export.clicked.connect(self._accept)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(6)
        column.addWidget(self._section(self.tr("What"), self.scope))
        column.addWidget(self.scope)
        column.addSpacing(10)
        column.addWidget(self._section(self.tr("Form"), None))
        column.addWidget(self._format_list(), 1)
        column.addSpacing(6)
        column.addWidget(self._section(self.tr("File"), self.path))
        row = QHBoxLayout()
        browse = QPushButton(self.tr("Browse…"), self)
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row.addWidget(self.path, 1)
        row.addWidget(browse)
        column.addLayout(row)
        column.addWidget(self.hint)
        buttons = QHBoxLayout()
        back = QPushButton(self.tr("Cancel"), self)
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        buttons.addStretch()
        buttons.addWidget(back)
        buttons.addWidget(self.export)
        column.addSpacing(6)
        column.addLayout(buttons)

    def _format_list(self) -> QScrollArea:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(1)
        for button, one in zip(self._buttons.buttons(), self._formats, strict=True):
            column.addWidget(button)
            about = QLabel(_reader(one), page)
            about.setProperty("role", "muted")
            about.setWordWrap(True)
            about.setIndent(24)
            column.addWidget(about)
            column.addSpacing(6)
        area = QScrollArea(self)
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(min(page.sizeHint().height(), 360))
        return area

    def _section(self, text: str, buddy: QWidget | None) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "section")
        if buddy is not None:
            label.setBuddy(buddy)
        return label

    def _format(self) -> ExportFormat:
        return self._formats[max(0, self._buttons.checkedId())]

    def _scope(self) -> ExportScope:
        return self._scopes[max(0, self.scope.currentIndex())]

    def _path(self) -> Path:
        """With the format's extension, whatever was typed."""
        path, extension = Path(self.path.text().strip()).expanduser(), self._format().extension
        return (
            path if path.name.lower().endswith(extension.lower()) else path.with_name(path.name + extension)
        )

    def _path_edited(self, _text: str) -> None:
        self._named_by_person = True

    def _propose_path(self) -> None:
        """A name from what is chosen; a name that was typed only changes its extension."""
        extension = self._format().extension
        if self._named_by_person:
            path = Path(self.path.text())
            known = {one.extension for one in self._formats}
            stem = path.with_suffix("") if path.suffix in known else path
            self.path.setText(str(stem) + extension)
            return
        folder = Path(type(self)._last_folder or Path.home())
        self.path.setText(str(folder / (_file_name(self._scope().name or "Pressmark") + extension)))

    def _browse(self) -> None:
        extension = self._format().extension
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export to"),
            str(self._path()),
            f"{self._format().title} (*{extension})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self._named_by_person = True
            self.path.setText(name)

    def _check(self) -> None:
        """Say what stands in the way, or what will happen."""
        text = self.path.text().strip()
        path = self._path() if Path(text).name else None
        problem = ""
        if path is None:
            problem = self.tr("Give the file a name.")
        elif not path.parent.is_dir():
            problem = self.tr("There is no folder {folder}.").format(folder=path.parent)
        elif path.is_dir():
            problem = self.tr("{name} is a folder.").format(name=path.name)
        self.export.setEnabled(not problem)
        replaced = path is not None and not problem and path.exists()
        self.hint.setText(problem or (self.tr("The file exists and will be replaced.") if replaced else ""))

    def _accept(self) -> None:
        type(self)._last_format = self._format().name
        type(self)._last_folder = str(self._path().parent)
        self.accept()


def _reader(one: ExportFormat) -> str:
    sentence = _READERS.get(one.name, "")
    return QCoreApplication.translate("Readers", str(sentence)) if sentence else f"*{one.extension}"


def _file_name(name: str) -> str:
    """Without characters that some system forbids in names."""
    kept = "".join("-" if char in '/\\:*?"<>|' or ord(char) < 32 else char for char in name)
    return kept.strip(" .")[:80] or "Pressmark"
