"""What an import did, line by line; not modal, so that one can read on meanwhile."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import PressmarkError
from desktop.core.extraction import ImportLine, ImportReport, ImportStatus
from desktop.core.sentences import sentence
from desktop.operations.import_report import report_text, save_report, summary
from desktop.ui.chips import CountChip
from desktop.ui.importing.lines import (
    GLYPHS,
    LINE,
    MARKS,
    REASON,
    SOURCE,
    STATUS,
    TITLE,
    LinesModel,
    reason,
)
from desktop.ui.theme import Theme
from desktop.ui.words import name_of


class ImportReportDialog(QDialog):
    """A table that can be filtered, copied and saved.

    Signals:
        open_article_requested: The article that a line made or already had.
        compare_requested: The article that a line is a further capture of.
    """

    open_article_requested = Signal(str)
    compare_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        report: ImportReport,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(960, 520)
        self._theme, self._report = theme, report
        self.model = LinesModel(theme, report, self)
        self._make_top()
        self._make_table()
        self._lay_out()
        theme.changed.connect(self.table.viewport().update)

    def chosen_lines(self) -> list[ImportLine]:
        """The selected ones, or all that are shown."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        lines = self.model.lines()
        return [lines[row] for row in rows] or lines

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(report_text(self._part(self.chosen_lines())))
        self.status.setText(self.tr("Copied."))

    def ask_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the report"), "import-report.txt", self.tr("Text (*.txt);;Table (*.csv)")
        )
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write what is shown; the extension says in which form."""
        try:
            save_report(self._part(self.model.lines()), path)
        except PressmarkError as error:
            self.status.setText(sentence(error))
        else:
            self.status.setText(self.tr("Saved as {name}.").format(name=path.name))

    def _part(self, lines: list[ImportLine]) -> ImportReport:
        return ImportReport(lines, cancelled=self._report.cancelled)

    def _make_top(self) -> None:
        self.summary = QLabel(summary(self._report), self)
        self.summary.setProperty("role", "title")
        self.chips: dict[ImportStatus, CountChip] = {}
        for status in ImportStatus:
            if not self._report.count(status):
                continue
            chip = CountChip(self._theme, *GLYPHS[status], self)
            chip.set_count(self._report.count(status))
            label = self.tr("Only: {status}").format(status=name_of(status))
            chip.setAccessibleName(label)
            chip.setToolTip(label)
            chip.clicked.connect(self._filter)
            self.chips[status] = chip
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Filter by file, title or reason"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)

    def _make_table(self) -> None:
        self.table = table = QTableView(self)
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Imported files"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setShowGrid(False)
        table.setStyleSheet(
            "QTableView { background: palette(base); } QTableView::item { padding: 0 8px; }"
            " QTableView::item:selected { background: palette(highlight); color: palette(text); }"
        )
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        for column, width in ((STATUS, 136), (SOURCE, 200), (TITLE, 230), (MARKS, 64)):
            table.setColumnWidth(column, width)
        table.setColumnHidden(MARKS, not any(line.marks for line in self._report.lines))
        head.setSectionResizeMode(REASON, QHeaderView.ResizeMode.Stretch)
        table.doubleClicked.connect(self._open)
        table.selectionModel().currentRowChanged.connect(self._tell)
        self.model.modelReset.connect(self._tell)
        copy = QAction(self.tr("Copy"), table)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        table.addAction(copy)

    def _lay_out(self) -> None:
        self.status = QLabel(self)
        self.status.setProperty("role", "muted")
        self.status.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.status, 1)
        self.compare = QPushButton(self.tr("Compare captures…"), self)
        self.compare.setToolTip(self.tr("What changed in this article since it was captured before"))
        self.compare.setAutoDefault(False)
        self.compare.setVisible(bool(self._report.count(ImportStatus.CAPTURE)))
        self.compare.setEnabled(False)
        self.compare.clicked.connect(self._compare)
        buttons.addWidget(self.compare)
        for text, tip, act in (
            (self.tr("Copy"), self.tr("Copy the chosen lines, or all (Ctrl+C)"), self.copy),
            (self.tr("Save…"), self.tr("Save as text or as a table"), self.ask_save),
            (self.tr("Close"), self.tr("Close (Escape)"), self.close),
        ):
            button = QPushButton(text, self)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
            buttons.addWidget(button)
        top = QHBoxLayout()
        top.addWidget(self.summary)
        top.addStretch()
        for chip in self.chips.values():
            top.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)

    def _filter(self) -> None:
        pressed = [status for status, chip in self.chips.items() if chip.isChecked()]
        self.model.set_filter(pressed, self.search.text())

    def _tell(self) -> None:
        """The whole reason of the current line, which its column may have to cut."""
        line = self._current()
        self.status.setText(reason(line) if line is not None else "")
        self.compare.setEnabled(line is not None and line.status is ImportStatus.CAPTURE)

    def _current(self) -> ImportLine | None:
        line = self.table.currentIndex().data(LINE)
        return line if isinstance(line, ImportLine) else None

    def _compare(self) -> None:
        if (line := self._current()) is not None and line.article:
            self.compare_requested.emit(line.article)

    def _open(self, index: QModelIndex) -> None:
        line: ImportLine = index.data(LINE)
        if line.article:
            self.open_article_requested.emit(line.article)

    # Qt's own names from here on.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.table.hasFocus() and self.table.currentIndex().isValid():
                self._open(self.table.currentIndex())
            return
        super().keyPressEvent(event)
