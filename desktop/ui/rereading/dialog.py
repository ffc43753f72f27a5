"""Choosing how an article's original is to be read, with a look at what would come of it."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.extraction import Options
from desktop.operations.rereading import Preview
from desktop.ui.checks import Check
from desktop.ui.rereading.encodings import Encoding, label_of, matching
from desktop.ui.theme import Theme
from desktop.ui.wording import counted

_PAUSE = 120  # milliseconds that a choice rests before it is looked at
_CHOICE = Qt.ItemDataRole.UserRole


class RereadDialog(QDialog):
    """Beside the window, which stays usable. It asks for previews and shows what it is given.

    Signals:
        preview_requested: ``Options`` that were chosen and not looked at yet.
        apply_requested: ``Options`` to keep the article by.
    """

    preview_requested = Signal(object)
    apply_requested = Signal(object)

    def __init__(self, theme: Theme, title: str, *, decoded: bool, parent: QWidget | None = None) -> None:
        """``decoded`` tells that the original is text in some encoding, and not a binary format."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Read again"))
        self.resize(820, 560)
        self._theme = theme
        self._known: dict[Options, Preview | str] = {}
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(self._look)
        self._make_choice(decoded)
        self._make_preview(title)
        self._lay_out(decoded)
        self._fill("")
        self._connect()
        theme.changed.connect(self._show)

    def options(self) -> Options:
        """What is chosen now."""
        item = self.encodings.currentItem()
        codec = item.data(_CHOICE).codec if item is not None else None
        return Options(encoding=codec, whole=self.whole.isChecked())

    def choose(self, codec: str | None, *, whole: bool = False) -> None:
        self.filter.clear()
        for row in range(self.encodings.count()):
            if self.encodings.item(row).data(_CHOICE).codec == codec:
                self.encodings.setCurrentRow(row)
        self.whole.setChecked(whole)

    def show_preview(self, options: Options, preview: Preview) -> None:
        self._known[options] = preview
        self._show()

    def show_failure(self, options: Options, words: str) -> None:
        """Why it cannot be read that way."""
        self._known[options] = words
        self._show()

    def _make_choice(self, decoded: bool) -> None:
        tr = self.tr
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(tr("Find an encoding"))
        self.filter.setAccessibleName(tr("Find an encoding"))
        self.filter.setClearButtonEnabled(True)
        self.filter.installEventFilter(self)
        self.encodings = QListWidget(self)
        self.encodings.setAccessibleName(tr("Encoding"))
        self.encodings.setUniformItemSizes(True)
        self.encodings.setStyleSheet(
            "QListWidget { background: palette(base); border-radius: 6px; padding: 4px; outline: none; }"
            " QListWidget::item { padding: 4px 8px; border-radius: 5px; color: palette(text); }"
            " QListWidget::item:selected { background: palette(highlight); color: palette(text); }"
        )
        self.whole = Check(self._theme, tr("The whole page instead of the article"), self)
        self.whole.setToolTip(tr("Every word of the page: also menus, comments and related articles"))
        for widget in (self.filter, self.encodings):
            widget.setVisible(decoded)

    def _make_preview(self, title: str) -> None:
        self.title = QLabel(title, self)
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("How it would begin"))
        font = QFont(self._theme.font(15, serif=True))
        self.text.setFont(font)
        self.facts, self.fate = QLabel(self), QLabel(self)
        for label in (self.facts, self.fate):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.facts.setProperty("role", "muted")
        self.apply = QPushButton(self.tr("Read again"), self)
        self.apply.setProperty("primary", True)
        self.apply.setDefault(True)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setAutoDefault(False)

    def _lay_out(self, decoded: bool) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.filter)
        left.addWidget(self.encodings, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.title)
        right.addWidget(self.text, 1)
        right.addWidget(self.facts)
        right.addWidget(self.fate)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        if decoded:
            middle.addLayout(left, 2)
        middle.addLayout(right, 3)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.whole)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._fill)
        self.encodings.currentItemChanged.connect(self._chosen)
        self.encodings.itemActivated.connect(self._accept)
        self.whole.toggled.connect(self._chosen)
        self.apply.clicked.connect(self._accept)
        self.cancel.clicked.connect(self.close)

    def _fill(self, text: str) -> None:
        """List what the filter finds; the choice stays while it is among them."""
        before = self.options().encoding
        self.encodings.blockSignals(True)
        self.encodings.clear()
        for one in matching(text):
            self.encodings.addItem(_item(one))
        rows = [self.encodings.item(row).data(_CHOICE).codec for row in range(self.encodings.count())]
        self.encodings.setCurrentRow(rows.index(before) if before in rows else 0)
        self.encodings.blockSignals(False)
        self._chosen()

    def _chosen(self, *_: object) -> None:
        self._show()
        self._later.start()

    def _look(self) -> None:
        options = self.options()
        if options not in self._known:
            self.preview_requested.emit(options)
        self._show()

    def _show(self) -> None:
        known = self._known.get(self.options())
        self.apply.setEnabled(isinstance(known, Preview) and not known.same)
        ink = self._theme.ink("refuted").name()
        self.fate.setStyleSheet(f"color: {ink}" if isinstance(known, str) else "")
        if isinstance(known, Preview):
            self.text.setPlainText(known.beginning + ("…" if known.length > len(known.beginning) else ""))
            self.facts.setText(self._facts(known))
            self.fate.setText(self.tr("It is read this way now.") if known.same else known.fates.in_words())
        else:
            self.text.setPlainText("")
            self.facts.setText("" if known else self.tr("Reading it this way…"))
            self.fate.setText(known or "")

    def _facts(self, preview: Preview) -> str:
        parts = [preview.title, counted(preview.length, self.tr("character"), self.tr("characters"))]
        if preview.encoding:
            parts.append(label_of(preview.encoding))
        return "  ·  ".join(part for part in parts if part)

    def _accept(self, *_: object) -> None:
        if self.apply.isEnabled():
            self.apply_requested.emit(self.options())
            self.close()

    # Qt's own names from here on.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk through the list while one types."""
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = self.encodings.currentRow() + step
                self.encodings.setCurrentRow(max(0, min(row, self.encodings.count() - 1)))
                return True
        return super().eventFilter(watched, event)


def _item(one: Encoding) -> QListWidgetItem:
    item = QListWidgetItem(f"{one.label}  ·  {one.words}" if one.words else one.label)
    item.setData(_CHOICE, one)
    return item
