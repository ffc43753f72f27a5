"""The tag manager, and what it asks for."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.records import Changes
from desktop.operations import tagging
from desktop.store import tags
from desktop.ui.actions import PINS
from desktop.ui.desk.tools import Tools
from desktop.ui.library.places import Place

if TYPE_CHECKING:
    from desktop.ui.tags.manager import TagManager


class TagsDesk(QObject):
    """At most one manager at a time; it follows the archive while it is open.

    Signals:
        place_wanted: Go to the place of a tag.
        pin_used: The digit of this tag's path was pressed.
    """

    place_wanted = Signal(object)
    pin_used = Signal(str)

    def __init__(self, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._window = tools, tools.session, window
        self._manager: TagManager | None = None
        self.pinned: dict[int, str] = {}  # paths by digit
        for digit in PINS:
            tools.actions[f"pin_{digit}"].triggered.connect(partial(self._use, digit))
        tools.actions["manage_tags"].triggered.connect(self.open)
        self._session.changed.connect(self.refresh)
        self._session.stirred.connect(self.refresh)
        self._session.opened.connect(self.refresh)
        self._session.closed.connect(self.close)

    def open(self) -> None:
        from desktop.ui.tags.manager import TagManager  # not needed to start

        if self._manager is None:
            self._manager = TagManager(self._tools.theme, self._window)
            self._connect(self._manager)
        self.refresh()
        self._manager.show()
        self._manager.activateWindow()

    def close(self) -> None:
        if self._manager is not None:
            self._manager.close()

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the archive's tags as they are now."""
        if not self._session.is_open:
            return
        archive = self._session.archive
        if changes is None or changes.tags:
            self._read_pins()
        if self._manager is not None:
            ids = {digit: found[0] for digit in PINS if (found := tags.at_pin(archive, digit))}
            self._manager.set_tags(tags.all_tags(archive), tags.tag_counts(archive), ids)

    def _read_pins(self) -> None:
        archive = self._session.archive
        ids = {digit: found[0] for digit in PINS if (found := tags.at_pin(archive, digit))}
        self.pinned = {digit: tags.tag(archive, tag_id).path for digit, tag_id in ids.items()}
        for digit in PINS:
            action = self._tools.actions[f"pin_{digit}"]
            path = self.pinned.get(digit)
            action.setText(
                f"Tag with {path}".replace("&", "&&") if path else f"Tag with the tag pinned to {digit}"
            )
            action.setVisible(path is not None)

    def _use(self, digit: int, *_: object) -> None:
        if path := self.pinned.get(digit):
            self.pin_used.emit(path)

    def _connect(self, manager: "TagManager") -> None:
        run = self._tools.run
        manager.create_requested.connect(lambda path: run(tagging.create_tag, path))
        manager.rename_requested.connect(lambda one, name: run(tagging.rename_tag, one, name))
        manager.move_requested.connect(lambda one, parent: run(tagging.move_tag, one, parent or None))
        manager.merge_requested.connect(lambda keep, others: run(tagging.merge_tags, keep, others))
        manager.delete_requested.connect(self._delete)
        manager.colour_requested.connect(lambda one, colour: run(tagging.set_tag_colour, one, colour or None))
        manager.description_requested.connect(lambda one, text: run(tagging.describe_tag, one, text))
        manager.pin_requested.connect(lambda one, digit: run(tagging.pin_tag, one, digit or None))
        manager.open_requested.connect(lambda one: self.place_wanted.emit(Place("tag", one)))

    def _delete(self, ids: Sequence[str]) -> None:
        for tag_id in ids:
            self._tools.run(tagging.delete_tag, tag_id)
