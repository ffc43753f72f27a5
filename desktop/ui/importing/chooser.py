"""Choosing which parts of one file are imported: pages of a web archive, chapters, messages, files."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.core.extraction import Entry, Options
from desktop.ui.importing.parts import PartsModel, PartsView, file_size
from desktop.ui.segments import Segment, Segments
from desktop.ui.theme import Theme
from desktop.ui.wording import counted, thousands

_BOOK, _CHAPTERS = "book", "chapters"


class PartsChooser(QDialog):
    """Beside the window, which stays usable; those that look like articles are checked.

    Signals:
        chosen: The ``Options`` to import the file with.
    """

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        entries: Sequence[Entry],
        *,
        is_book: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``is_book``: the parts are chapters, and may become one article together."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Choose what to import"))
        self.resize(680, 560)
        self._theme, self._is_book = theme, is_book
        self.model = PartsModel(entries, self)
        self.view = PartsView(theme, self.model, self)
        self.view.setAccessibleName(self.tr("Parts of {name}").format(name=name))
        self._make_top(name)
        self._make_foot()
        self._lay_out()
        self._connect()
        self._show_count()
        self.filter.setFocus()

    def options(self) -> Options:
        """What is asked of the import."""
        parts = None if self.model.is_as_suggested else frozenset(one.key for one in self.model.chosen())
        return Options(parts=parts, by_chapter=self._is_book and self.whole.value() == _CHAPTERS)

    def accept_choice(self) -> None:
        if self.import_.isEnabled():
            self.chosen.emit(self.options())
            self.close()

    def _make_top(self, name: str) -> None:
        tr = self.tr
        self.title = QLabel(name, self)
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(tr("Filter by title or address"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self.whole = Segments(
            self._theme,
            [
                Segment(_BOOK, tr("One article: the book")),
                Segment(_CHAPTERS, tr("One article a chapter")),
            ],
            self,
        )
        self.whole.set_value(_BOOK)
        self.whole.setAccessibleName(tr("What becomes an article"))
        self.whole.setVisible(self._is_book)
        self.nothing = QLabel(tr("Nothing matches the filter."), self)
        self.nothing.setProperty("role", "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()

    def _make_foot(self) -> None:
        tr = self.tr
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.all, self.none = QPushButton(tr("All"), self), QPushButton(tr("None"), self)
        self.suggested = QPushButton(tr("Suggested"), self)
        self.suggested.setToolTip(tr("Those that look like articles"))
        self.import_ = QPushButton(tr("Import"), self)
        self.import_.setProperty("primary", True)
        self.import_.setDefault(True)
        self.cancel = QPushButton(tr("Cancel"), self)
        for button in (self.all, self.none, self.suggested, self.cancel):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for button in (self.all, self.none, self.suggested):
            tools.addWidget(button)
        tools.addStretch(1)
        tools.addWidget(self.count)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.import_)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for widget in (self.title, self.whole, self.filter):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addWidget(self.nothing)
        column.addLayout(tools)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.model.checks_changed.connect(self._show_count)
        self.view.accepted.connect(self.accept_choice)
        self.all.clicked.connect(lambda: self.model.check_shown(True))
        self.none.clicked.connect(lambda: self.model.check_shown(False))
        self.suggested.clicked.connect(self.model.check_suggested)
        self.import_.clicked.connect(self.accept_choice)
        self.cancel.clicked.connect(self.close)

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self.nothing.setVisible(self.model.rowCount() == 0)
        shown = bool(text.strip())
        self.all.setText(self.tr("All of these") if shown else self.tr("All"))
        self.none.setText(self.tr("None of these") if shown else self.tr("None"))

    def _show_count(self) -> None:
        chosen = self.model.chosen()
        size = file_size(sum(one.size for one in chosen))
        words = self.tr("{number} of {total} chosen").format(
            number=thousands(len(chosen)), total=thousands(self.model.total)
        )
        self.count.setText(f"{words}  ·  {size}" if size else words)
        self.import_.setEnabled(bool(chosen))
        self.import_.setText(
            self.tr("Import {parts}").format(parts=counted(len(chosen), "part", "parts"))
            if chosen
            else self.tr("Import")
        )

    # Qt's own names from here on.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.view.go_down()
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)
