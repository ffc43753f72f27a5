"""The dialog for a person or organisation, and what it asks for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.errors import NotFound
from desktop.core.records import Changes
from desktop.operations import people as operations
from desktop.store import people
from desktop.ui.desk.choices import people_entries
from desktop.ui.desk.tools import Tools
from desktop.ui.library.places import Place

if TYPE_CHECKING:
    from desktop.ui.people.editor import PersonDialog


class PeopleDesk(QObject):
    """At most one dialog at a time; it follows the archive while it is open.

    Signals:
        place_wanted: Go to the place of a person.
    """

    place_wanted = Signal(object)

    def __init__(self, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._window = tools, tools.session, window
        self._shown = ""
        self.dialog: PersonDialog | None = None
        tools.actions["edit_person"].triggered.connect(self.ask)
        self._session.changed.connect(self._changed)
        self._session.stirred.connect(self._refresh)
        self._session.closed.connect(self._close)

    def ask(self) -> None:
        """Offer everybody; whoever is chosen is edited."""
        entries = people_entries(self._session.archive, self.edit)
        if entries:
            self._tools.palette.open(entries, "Edit a person", hint="↑↓ choose     ⏎ edit")
        else:
            self._tools.messages.tell("Nobody speaks here yet. Mark a quote and give it a speaker first.")

    def edit(self, person_id: str) -> None:
        """Show this person's record."""
        if not self._session.writable:
            self._tools.messages.tell("This archive is open read-only: nothing can be changed.")
            return
        if self.dialog is None:
            from desktop.ui.people.editor import PersonDialog  # not needed to start

            self.dialog = PersonDialog(self._tools.theme, self._window)
            self._connect(self.dialog)
        self._shown = person_id
        self._refresh()
        self.dialog.show()
        self.dialog.activateWindow()
        self.dialog.name.setFocus()

    def _changed(self, changes: Changes) -> None:
        if changes.people or changes.annotations:
            self._refresh()

    def _refresh(self) -> None:
        """The record as it is now; one that is gone takes the dialog along."""
        if self.dialog is None or not self._shown:
            return
        archive = self._session.archive
        try:
            shown = people.person(archive, self._shown)
        except NotFound:
            self._close()
            return
        quotes = people.people_counts(archive).get(shown.id, 0)
        self.dialog.show_person(shown, people.all_people(archive), quotes)

    def _close(self) -> None:
        self._shown = ""
        if self.dialog is not None:
            self.dialog.reject()

    def _connect(self, dialog: "PersonDialog") -> None:
        run = self._tools.run
        dialog.edit_requested.connect(lambda one, fields: run(operations.edit_person, one, **fields))
        dialog.alias_added.connect(lambda one, alias: run(operations.add_alias, one, alias))
        dialog.alias_removed.connect(lambda one, alias: run(operations.remove_alias, one, alias))
        dialog.merge_requested.connect(lambda one, ids: run(operations.merge_people, one, ids))
        dialog.words_requested.connect(lambda one: self.place_wanted.emit(Place("person", one)))
