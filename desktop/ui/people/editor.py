"""One person or organisation: name, aliases in any script, note, and merging with another record."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.core.records import Person
from desktop.core.sortkeys import name_key
from desktop.ui.chips import FlowLayout, TagChip
from desktop.ui.completing import CompletingEdit
from desktop.ui.notes import NoteEdit
from desktop.ui.people.completion import suggest_people
from desktop.ui.segments import Segment, Segments
from desktop.ui.theme import Theme
from desktop.ui.wording import counted
from desktop.ui.words import name_of

KINDS = ("person", "organisation")


class PersonDialog(QDialog):
    """Not modal. Name, kind and note are asked for on Save; aliases and merging at once.

    Signals:
        edit_requested: Person id, {name, kind, note} as far as changed.
        alias_added, alias_removed: Person id, alias.
        merge_requested: Id of the person that is kept, ids of those it absorbs.
        words_requested: Show everything this person said.
    """

    edit_requested = Signal(str, dict)
    alias_added = Signal(str, str)
    alias_removed = Signal(str, str)
    merge_requested = Signal(str, list)
    words_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._person = Person("", "")
        self._people: tuple[Person, ...] = ()
        self._chips: list[TagChip] = []
        self.resize(440, 480)
        self._make_fields()
        self._lay_out()
        self._connect()

    def show_person(self, person: Person, people: Iterable[Person], quotes: int) -> None:
        """Show a record, or what became of it; a name or note being typed for the same one stays.

        Args:
            people: All of them, for merging.
            quotes: How many marks name this one as the speaker.
        """
        typed = self._changes() if person.id == self._person.id else {}
        self._person = person
        self._people = tuple(one for one in people if one.id != person.id)
        self.setWindowTitle(person.name)
        self.name.setText(typed.get("name", person.name))
        self.kind.set_value(typed.get("kind", person.kind))
        self.note.set_text(typed.get("note", person.note))
        self._show_aliases(person.aliases)
        self.merge.set_suggest(suggest_people(self._people))
        self.words.setText(counted(quotes, self.tr("mark"), self.tr("marks")))
        self.words.setEnabled(quotes > 0)

    def save(self) -> None:
        """Ask for what changed, and close."""
        self._add_alias()
        changes = self._changes()
        if changes:
            self.edit_requested.emit(self._person.id, changes)
        self.accept()

    def _make_fields(self) -> None:
        theme, tr = self._theme, self.tr
        self.name, self.alias = QLineEdit(self), QLineEdit(self)
        self.kind = Segments(theme, [Segment(kind, name_of(kind)) for kind in KINDS], self)
        self.alias.setPlaceholderText(tr("Another spelling, in any script"))
        self.aliases = QWidget(self)
        self._flow = FlowLayout(self.aliases)
        self.note = NoteEdit(self, least=3)
        self.merge = CompletingEdit(theme, lambda _: [], self)
        self.merge.setPlaceholderText(tr("Somebody who is the same"))
        self.merge_button = QPushButton(tr("Merge"), self)
        self.merge_button.setToolTip(tr("That record's words, names and notes come here; it can be undone"))
        self.words = QPushButton(self)
        self.words.setToolTip(tr("Show everything they said"))
        self.save_button, self.cancel_button = QPushButton(tr("Save"), self), QPushButton(tr("Cancel"), self)
        self.save_button.setProperty("primary", True)
        self.save_button.setToolTip(tr("Save (Ctrl+Enter)"))
        self.cancel_button.setToolTip(tr("Cancel (Escape)"))
        for button in (self.merge_button, self.words, self.save_button, self.cancel_button):
            button.setAutoDefault(False)
        self.merge_button.setEnabled(False)

    def _lay_out(self) -> None:
        column, tr = QVBoxLayout(self), self.tr
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(4)
        for title, *widgets in (
            (tr("Name"), self.name),
            (tr("Kind"), self.kind),
            (tr("Also called"), self.aliases, self.alias),
            (tr("Note"), self.note),
        ):
            self._section(column, str(title), [one for one in widgets if isinstance(one, QWidget)])
        row = QHBoxLayout()
        row.addWidget(self.merge, 1)
        row.addWidget(self.merge_button)
        self._section(column, tr("Merge in"), [])
        self.merge.setAccessibleName(tr("Merge in"))
        column.addLayout(row)
        column.addStretch()
        foot = QHBoxLayout()
        foot.addWidget(self.words)
        foot.addStretch()
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        column.addLayout(foot)

    def _section(self, column: QVBoxLayout, title: str, widgets: list[QWidget]) -> None:
        label = QLabel(title, self)
        label.setProperty("role", "section")
        column.addSpacing(6)
        column.addWidget(label)
        for widget in widgets:
            column.addWidget(widget)
        if widgets:
            label.setBuddy(widgets[-1])
            widgets[-1].setAccessibleName(title)

    def _connect(self) -> None:
        self.alias.returnPressed.connect(self._add_alias)
        self.merge.textChanged.connect(self._check_merge)
        self.merge.returnPressed.connect(self._merge)
        self.merge_button.clicked.connect(self._merge)
        self.words.clicked.connect(lambda: self.words_requested.emit(self._person.id))
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.reject)
        self.name.textChanged.connect(lambda text: self.save_button.setEnabled(bool(text.strip())))

    def _changes(self) -> dict[str, str]:
        """Fields that say something else than the record; an emptied name does not count."""
        now = {
            "name": " ".join(self.name.text().split()) or self._person.name,
            "kind": self.kind.value() or self._person.kind,
            "note": self.note.toPlainText().strip(),
        }
        kept = {"name": self._person.name, "kind": self._person.kind, "note": self._person.note.strip()}
        return {field: value for field, value in now.items() if value != kept[field]}

    def _show_aliases(self, aliases: tuple[str, ...]) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [TagChip(self._theme, alias, "muted", self.aliases) for alias in aliases]
        for chip in self._chips:
            chip.setAccessibleName(self.tr("Alias {name}").format(name=chip.path))
            chip.removal_requested.connect(self._remove_alias)
            self._flow.addWidget(chip)
            chip.show()
        self.aliases.setVisible(bool(aliases))

    def _add_alias(self) -> None:
        alias = " ".join(self.alias.text().split())
        self.alias.clear()
        known = {name_key(one) for one in (self._person.name, *self._person.aliases)}
        if alias and name_key(alias) not in known:
            self.alias_added.emit(self._person.id, alias)

    def _remove_alias(self, alias: str) -> None:
        self.alias_removed.emit(self._person.id, alias)

    def _other(self) -> Person | None:
        """Whoever the merge field names, by name or alias."""
        wanted = name_key(self.merge.text())
        for person in self._people:
            if wanted and wanted in {name_key(one) for one in (person.name, *person.aliases)}:
                return person
        return None

    def _check_merge(self) -> None:
        self.merge_button.setEnabled(self._other() is not None)

    def _merge(self) -> None:
        other = self._other()
        if other is not None:
            self.merge.clear()
            self.merge_requested.emit(self._person.id, [other.id])

    # Qt's own names from here on.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.reject()
        event.accept()
