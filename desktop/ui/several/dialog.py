"""The form in which several articles are corrected at once: only what is touched is changed."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.records import Article
from desktop.core.sortkeys import name_key
from desktop.ui.completing import Choice, CompletingEdit
from desktop.ui.inspector.dates import tolerant_date
from desktop.ui.notes import NoteEdit
from desktop.ui.segments import Segment, Segments
from desktop.ui.several.facts import Correction, Several
from desktop.ui.several.rows import Row
from desktop.ui.tags.completion import TagIndex
from desktop.ui.tags.field import TagField
from desktop.ui.theme import Theme
from desktop.ui.wording import counted, known_languages, language_name

_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_SHOWN = 12  # suggestions
_CERTAIN, _GUESS = "certain", "guess"


class SeveralDialog(QDialog):
    """Beside the window, which stays usable.

    Signals:
        apply_requested: Article ids and the ``Correction`` for them.
    """

    apply_requested = Signal(list, object)

    def __init__(self, theme: Theme, several: Several, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme, self._several = theme, several
        self.setWindowTitle(self.tr("Edit details"))
        self.setMinimumWidth(560)
        self._make_fields()
        self._make_foot()
        self._lay_out()
        self._load()
        self._connect()
        self._check()

    def correction(self) -> Correction | None:
        """What is asked for; None while a field holds what cannot be."""
        try:
            fields = self._fields()
        except ValueError:
            return None
        ids = {tag.path: tag.id for tag in self._several.tags}
        removed = tuple(ids[path] for path in self.remove_tags.paths() if path in ids)
        return Correction(
            fields,
            tuple(self.add_tags.paths()),
            removed,
            " ".join(self.collection.text().split()).strip("/"),
            self.note.toPlainText().strip(),
        )

    def _fields(self) -> dict[str, object]:
        """The touched facts.

        Raises:
            ValueError: What a field holds is no date or no language; the message says so.
        """
        fields: dict[str, object] = {}
        for name in ("publisher", "url"):
            if self.rows[name].touched:
                fields[name] = self.rows[name].text or None
        if self.rows["byline"].touched:
            names = self.rows["byline"].text.split(";")
            fields["byline"] = tuple(" ".join(one.split()) for one in names if one.strip())
        if self.rows["published_at"].touched:
            try:
                fields["published_at"] = tolerant_date(self.rows["published_at"].text)
            except ValueError:
                raise ValueError(
                    self.tr("Not a date. Write it as 2026-03-14, 2026-03 or 14.03.2026.")
                ) from None
        if "published_at" in fields or self.guess.value() != self._guess_was:
            fields["date_is_guess"] = self.guess.value() == _GUESS
        if self.rows["language"].touched:
            fields["language"] = self._language()
        return fields

    def _language(self) -> str | None:
        text = self.rows["language"].text.casefold()
        code = next((one for one in known_languages() if language_name(one).casefold() == text), text)
        if code and not _CODE.fullmatch(code):
            raise ValueError(self.tr("Not a language. Write its code, such as ru, uk, en or ja."))
        return code or None

    # Making

    def _make_fields(self) -> None:
        theme, tr, several = self._theme, self.tr, self._several
        publisher = CompletingEdit(theme, _among(several.publishers), self)
        language = CompletingEdit(theme, self._languages, self)
        byline, date, url = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        byline.setToolTip(tr("Several names are parted by semicolons"))
        self.rows = {
            "publisher": Row(theme, tr("Outlet"), publisher, self),
            "byline": Row(theme, tr("By"), byline, self),
            "published_at": Row(theme, tr("Published"), date, self),
            "language": Row(theme, tr("Language"), language, self),
            "url": Row(theme, tr("Address"), url, self),
        }
        segments = [Segment(_CERTAIN, tr("Certain")), Segment(_GUESS, tr("A guess"))]
        self.guess = Segments(theme, segments, self)
        self.guess.setAccessibleName(tr("The date is"))
        index = TagIndex(several.tags, several.counts)
        self.add_tags, self.remove_tags = TagField(theme, self), TagField(theme, self)
        self.add_tags.set_index(index)
        self.remove_tags.set_index(TagIndex(several.used_tags, several.counts))
        self.remove_tags.line.setPlaceholderText(tr("Take a tag off"))
        self.collection = CompletingEdit(theme, _among(several.collections), self)
        self.note = NoteEdit(self, least=2, most=6)

    def _make_foot(self) -> None:
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setProperty("role", "muted")
        self.apply = QPushButton(self.tr("Change"), self)
        self.apply.setProperty("primary", True)
        self.apply.setDefault(True)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setAutoDefault(False)

    def _lay_out(self) -> None:
        title = QLabel(counted(len(self._several.articles), self.tr("article"), self.tr("articles")), self)
        title.setProperty("role", "title")
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for row in self.rows.values():
            row.add_to(grid)
            if row is self.rows["published_at"]:
                self._add(grid, self.tr("The date is"), self.guess)
        for words, widget in (
            (self.tr("Add tags"), self.add_tags),
            (self.tr("Remove tags"), self.remove_tags),
            (self.tr("Add to collection"), self.collection),
            (self.tr("Add a note"), self.note),
        ):
            self._add(grid, words, widget)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(16)
        column.addWidget(title)
        column.addLayout(grid)
        column.addStretch(1)
        column.addLayout(foot)

    def _add(self, grid: QGridLayout, words: str, widget: QWidget) -> None:
        label = QLabel(words, self)
        label.setBuddy(widget)
        widget.setAccessibleName(words)
        row = grid.rowCount()
        grid.addWidget(
            label, row, 1, Qt.AlignmentFlag.AlignTop if widget is self.note else Qt.AlignmentFlag(0)
        )
        grid.addWidget(widget, row, 2)

    def _load(self) -> None:
        several = self._several
        of: dict[str, Callable[[Article], object]] = {
            "publisher": lambda one: one.metadata.publisher or "",
            "byline": lambda one: "; ".join(one.metadata.byline),
            "published_at": lambda one: (one.metadata.published_at or "").replace("T", " "),
            "language": lambda one: one.metadata.language or "",
            "url": lambda one: one.metadata.url or "",
        }
        for name, row in self.rows.items():
            value, common = several.common(of[name])
            row.load(value or "", common=common)
        guess, common = several.common(lambda one: one.metadata.date_is_guess)
        self._guess_was = (_GUESS if guess else _CERTAIN) if common else ""
        self.guess.set_value(self._guess_was)

    def _connect(self) -> None:
        for row in self.rows.values():
            row.changed.connect(self._check)
        self.rows["published_at"].changed.connect(self._date_typed)
        self.guess.value_chosen.connect(self._check)
        for field in (self.add_tags, self.remove_tags):
            field.paths_changed.connect(self._check)
        self.collection.textChanged.connect(self._check)
        self.note.textChanged.connect(self._check)
        self.apply.clicked.connect(self._accept)
        self.cancel.clicked.connect(self.close)

    # Checking and applying

    def _check(self, *_: object) -> None:
        """Say how many articles would change, or what is wrong."""
        correction, words = self.correction(), self.tr("Nothing is changed yet.")
        number = self._several.changed_by(correction) if correction else 0
        if correction is None:
            words = self._fault()
        elif correction:
            words = self.tr("{some} of {all} would change.").format(
                some=f"{number:,}", all=counted(len(self._several.articles), "article", "articles")
            )
        self.told.setText(words)
        ink = self._theme.ink("refuted").name()
        self.told.setStyleSheet(f"color: {ink}" if correction is None else "")
        self.apply.setEnabled(number > 0)

    def _date_typed(self) -> None:
        """What a person writes is certain, unless they say otherwise."""
        self.guess.set_value(_CERTAIN if self.rows["published_at"].touched else self._guess_was)
        self._check()

    def _fault(self) -> str:
        try:
            self._fields()
        except ValueError as error:
            return str(error)
        return ""

    def _accept(self) -> None:
        for field in (self.add_tags, self.remove_tags):
            field.take_typed()
        correction = self.correction()
        if correction and self.apply.isEnabled():
            self.apply_requested.emit([one.id for one in self._several.articles], correction)
            self.close()

    def _languages(self, typed: str) -> list[Choice]:
        text = typed.strip().casefold()
        codes = dict.fromkeys([*self._several.languages, *known_languages()])
        found = [one for one in codes if one and (text in one or text in language_name(one).casefold())]
        return [Choice(one, language_name(one), one) for one in found[:_SHOWN]]

    # Qt's own names from here on.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        else:
            super().keyPressEvent(event)


def _among(names: Sequence[str]) -> Callable[[str], list[Choice]]:
    """Completion from a list of names, those that begin with what is typed first."""
    keyed = [(name_key(name), name) for name in names if name]

    def suggest(typed: str) -> list[Choice]:
        text = name_key(typed)
        found = [(not key.startswith(text), name) for key, name in keyed if text in key]
        return [Choice(name, name) for _, name in sorted(found, key=lambda one: one[0])[:_SHOWN]]

    return suggest
