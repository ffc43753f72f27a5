"""The article itself: what is known of it, its tags and note, and where it came from."""

from collections.abc import Set as AbstractSet
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.core.records import Article, ReadState, Tag
from desktop.ui.completing import hide_choices
from desktop.ui.inspector.article_details import ArticleDetails
from desktop.ui.inspector.dates import tolerant_date
from desktop.ui.inspector.editor import PAUSE
from desktop.ui.inspector.form import set_line
from desktop.ui.notes import NoteEdit
from desktop.ui.segments import Segment, Segments
from desktop.ui.tags.completion import TagIndex
from desktop.ui.tags.field import TagField
from desktop.ui.theme import Theme
from desktop.ui.words import name_of

_PLAIN = ("title", "publisher", "language", "url", "description", "identifier", "note")
_EMPTY: dict[str, Any] = dict.fromkeys(_PLAIN) | {"byline": (), "published_at": None}


class ArticlePage(QScrollArea):
    """A field asks for its change when it is left; Escape takes back what was typed in it.

    Signals:
        edit_wanted: {field: value} as in ``core.document.Metadata``, and ``note``, ``read_state``.
        tags_wanted: Added paths, removed tag ids.
        reread_wanted: The original should be read another way.
    """

    edit_wanted = Signal(dict)
    tags_wanted = Signal(list, list)
    reread_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tags: dict[str, str] = {}
        self._saved: dict[str, Any] = {}
        self._guess = False
        self.pause = QTimer(self, singleShot=True, interval=PAUSE)
        self.pause.timeout.connect(self.save)
        self._make_fields()
        self._lay_out()
        self._connect()

    def show_article(self, article: Article, tags: list[Tag], details: ArticleDetails) -> None:
        """Fill the page with another article."""
        self._take_tags(tags, keep_typed=False)
        self._saved = _values_of(article)
        self._load(self._saved)
        self._show_rest(article, details)

    def take_news(self, article: Article, tags: list[Tag], details: ArticleDetails) -> None:
        """The same article changed elsewhere; fields with something typed and not yet saved are left."""
        shown = _shown(self._saved)
        typed = {name for name, text in shown.items() if self._text(name) != text}
        if self.read_state.value() != self._saved["read_state"]:
            typed.add("read_state")
        self._saved = _values_of(article)
        self._take_tags(tags, keep_typed=True)
        self._load(self._saved, without=typed)
        self._show_rest(article, details)

    def set_tag_index(self, index: TagIndex) -> None:
        self.tags.set_index(index)

    def set_writable(self, writable: bool) -> None:
        """Read-only fields can still be read whole and copied from."""
        for name in _shown(_EMPTY):
            getattr(self, name).setReadOnly(not writable)
        for widget in (self.read_state, self.tags, self.confirm_date, self.doubt_date, self.reread):
            widget.setEnabled(writable)

    def values(self) -> dict[str, Any]:
        """What the fields say; where nothing was typed, exactly what is kept."""
        now: dict[str, Any] = {
            "title": " ".join(self.title.toPlainText().split()) or None,
            "byline": tuple(name.strip() for name in self.byline.text().split(";") if name.strip()),
            "publisher": self.publisher.text().strip() or None,
            "published_at": self._published_at(),
            "language": self.language.text().strip().lower() or None,
            "url": self.url.text().strip() or None,
            "description": " ".join(self.description.toPlainText().split()) or None,
            "identifier": self.identifier.text().strip() or None,
            "read_state": self.read_state.value(),
            "note": self.note.toPlainText().strip(),
        }
        shown = _shown(self._saved) if self._saved else {}
        texts = {name: self._text(name) for name in shown}
        return now | {name: self._saved[name] for name in shown if texts[name] == shown[name]}

    def save(self) -> None:
        """Ask for what changed, if anything."""
        self.pause.stop()
        now = self.values()
        changed = {name: value for name, value in now.items() if value != self._saved.get(name)}
        if "published_at" in changed:
            changed["date_is_guess"] = False
        if changed:
            self._saved |= now
            self.edit_wanted.emit(changed)

    def _make_fields(self) -> None:
        theme, tr = self._theme, self.tr
        self.title = NoteEdit(self, least=1, most=5)
        self.byline, self.publisher, self.published_at = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.language, self.url, self.identifier = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.description = NoteEdit(self, least=1, most=6)
        self.identifier.setToolTip(tr("A DOI, an ISBN, or the number that a catalogue or message gave it"))
        self.byline.setToolTip(tr("Several names are parted by semicolons"))
        self.published_at.setPlaceholderText(tr("2026-03-14"))
        self.language.setPlaceholderText(tr("ru, uk, en, ja"))
        self.confirm_date = QPushButton(tr("Guessed: confirm"), self)
        self.confirm_date.setToolTip(
            tr("The date was inferred from the text or the file. Click if it is right.")
        )
        self.doubt_date = QPushButton("≈", self)
        self.doubt_date.setToolTip(tr("Call the date a guess"))
        self.doubt_date.setAccessibleName(tr("Call the date a guess"))
        self.date_error = QLabel(tr("Not a date. Write it as 2026-03-14, 2026-03 or 14.03.2026."), self)
        self.date_error.setWordWrap(True)
        self.read_state = Segments(theme, [Segment(state, name_of(state)) for state in ReadState], self)
        self.tags = TagField(theme, self)
        self.note = NoteEdit(self, least=3)
        self.reread = QPushButton(tr("Read again…"), self)
        self.reread.setToolTip(tr("Another encoding, or the whole page instead of the article"))
        self.reread.clicked.connect(self.reread_wanted)

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(self)
        page.setObjectName("inspector")
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(12, 4, 12, 16)
        self._column.setSpacing(2)
        tr = self.tr
        self._row(tr("Title"), self.title)
        self._row(tr("By"), self.byline)
        self._row(tr("Outlet"), self.publisher)
        self._row(tr("Published"), self.published_at, self.confirm_date, self.doubt_date)
        self._column.addWidget(self.date_error)
        self._row(tr("Language"), self.language)
        self._row(tr("Address"), self.url)
        self._row(tr("Summary"), self.description)
        self._row(tr("Identifier"), self.identifier)
        self._row(tr("Read"), self.read_state)
        self._row(tr("Tags"), self.tags)
        self._row(tr("Note"), self.note)
        self._column.addSpacing(12)
        self._facts = QFormLayout()
        self._facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._column.addLayout(self._facts)
        self._column.addSpacing(8)
        self._column.addWidget(self.reread, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch()
        self.setWidget(page)

    def _row(self, text: str, *widgets: QWidget) -> None:
        label = QLabel(text, self)
        label.setProperty("role", "section")
        label.setBuddy(widgets[0])
        widgets[0].setAccessibleName(text)
        self._column.addSpacing(6)
        self._column.addWidget(label)
        if len(widgets) == 1:
            self._column.addWidget(widgets[0])
            return
        line = QHBoxLayout()
        line.setSpacing(6)
        for widget in widgets:
            line.addWidget(widget)
        self._column.addLayout(line)

    def _connect(self) -> None:
        for field in (self.byline, self.publisher, self.language, self.url, self.identifier):
            field.editingFinished.connect(self.save)
        self.published_at.editingFinished.connect(self._date_left)
        self.confirm_date.clicked.connect(lambda: self.edit_wanted.emit({"date_is_guess": False}))
        self.doubt_date.clicked.connect(lambda: self.edit_wanted.emit({"date_is_guess": True}))
        self.read_state.value_chosen.connect(self.save)
        self.tags.paths_changed.connect(self._tags_changed)
        for area in (self.title, self.description, self.note):
            area.textChanged.connect(self.pause.start)
        self._theme.changed.connect(self._tint)
        self._tint()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _load(self, values: dict[str, Any], *, without: AbstractSet[str] = frozenset()) -> None:
        for name, text in _shown(values).items():
            if name in without:
                continue
            field = getattr(self, name)
            if isinstance(field, NoteEdit):
                field.set_text(text)
            else:
                set_line(field, text)
        if "read_state" not in without:
            self.read_state.set_value(values["read_state"])
        if "published_at" not in without:
            self.date_error.hide()
        if not without:
            self.pause.stop()

    def _text(self, name: str) -> str:
        field: NoteEdit | QLineEdit = getattr(self, name)
        return field.toPlainText() if isinstance(field, NoteEdit) else field.text()

    def _show_rest(self, article: Article, details: ArticleDetails) -> None:
        dated, guessed = bool(article.metadata.published_at), article.metadata.date_is_guess
        self.confirm_date.setVisible(dated and guessed)
        self.doubt_date.setVisible(dated and not guessed)
        confidence = article.metadata.language_confidence
        self.language.setToolTip(
            self.tr("Detected, {share} % sure").format(share=confidence // 10) if confidence else ""
        )
        self._show_facts(article, details)

    def _show_facts(self, article: Article, details: ArticleDetails) -> None:
        while self._facts.rowCount():
            self._facts.removeRow(0)
        tr = self.tr
        captured = _moment(details.captured_at)
        if details.captures > 1:
            captured = tr("{time} (one of {count})").format(time=captured, count=details.captures)
        read_as = ", ".join(part for part in (details.extractor, details.encoding) if part)
        facts = (
            (tr("Collections"), ", ".join(details.collections)),
            (tr("File"), details.file_name),
            (tr("From"), details.source if details.source != details.file_name else ""),
            (tr("Captured"), captured),
            (tr("Read as"), read_as),
            (tr("Added"), _moment(article.added_at)),
        )
        for name, fact in facts:
            if fact:
                self._facts.addRow(self._muted(name), self._fact(fact))

    def _muted(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", "muted")
        return label

    def _fact(self, text: str) -> QLabel:
        # Paths have no spaces to break at; an invisible one after each slash lets them wrap.
        label = QLabel(text.replace("/", "/\u200b").replace("\\", "\\\u200b"), self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setToolTip(text)
        return label

    def _take_tags(self, tags: list[Tag], *, keep_typed: bool) -> None:
        self._tags = {tag.path: tag.id for tag in tags}
        if tuple(self.tags.paths()) != tuple(self._tags):
            self.tags.set_paths(self._tags)
        if not keep_typed:
            self.tags.line.clear()

    def _tags_changed(self) -> None:
        shown = self.tags.paths()
        added = [path for path in shown if path not in self._tags]
        removed = [tag_id for path, tag_id in self._tags.items() if path not in shown]
        # The archive answers with the tags as they are; until then these count as asked for.
        self._tags = {path: self._tags.get(path, "") for path in shown}
        removed = [tag_id for tag_id in removed if tag_id]
        if added or removed:
            self.tags_wanted.emit(added, removed)

    def _published_at(self) -> str | None:
        try:
            return tolerant_date(self.published_at.text())
        except ValueError:
            saved = self._saved.get("published_at")
            return saved if isinstance(saved, str) else None

    def _date_left(self) -> None:
        text = self.published_at.text()
        try:
            if text != _readable(self._saved.get("published_at")):
                set_line(self.published_at, _readable(tolerant_date(text)))
        except ValueError:
            self.date_error.show()
            return
        self.date_error.hide()
        self.save()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        page = self.widget()
        if new is not None and page is not None and page.isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, 12)
        if old in (self.title, self.description, self.note):
            self.save()

    def _tint(self) -> None:
        ink = self._theme.ink("refuted").name()
        self.date_error.setStyleSheet(f"QLabel {{ color: {ink}; font-size: 11px; }}")

    # Qt's own names from here on.

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        hide_choices(self)

    def event(self, event: QEvent) -> bool:
        """Escape takes back what was typed, before the window hears of it."""
        override = event.type() == QEvent.Type.ShortcutOverride
        escape = override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and self.values() != self._saved:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape and self.values() != self._saved:
            self._load(self._saved)
            event.accept()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
            event.accept()
        else:
            super().keyPressEvent(event)


def _values_of(article: Article) -> dict[str, Any]:
    about = article.metadata
    return {
        "title": about.title,
        "byline": about.byline,
        "publisher": about.publisher,
        "published_at": about.published_at,
        "language": about.language,
        "url": about.url,
        "description": about.description,
        "identifier": about.identifier,
        "read_state": str(article.read_state),
        "note": article.note,
    }


def _shown(values: dict[str, Any]) -> dict[str, str]:
    """The texts of the fields for these values."""
    texts = {name: values[name] or "" for name in _PLAIN}
    return texts | {"byline": "; ".join(values["byline"]), "published_at": _readable(values["published_at"])}


def _readable(date: str | None) -> str:
    return (date or "").replace("T", " ")


def _moment(iso: str) -> str:
    """``2026-03-14T09:20:00.000Z`` as ``2026-03-14 09:20 UTC``."""
    return f"{iso[:10]} {iso[11:16]} UTC" if len(iso) >= 16 else iso
