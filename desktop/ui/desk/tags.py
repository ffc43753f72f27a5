"""The tag manager, and what it asks for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.operations import tagging
from desktop.store import tags
from desktop.ui.desk.tools import Tools
from desktop.ui.library.places import Place

if TYPE_CHECKING:
    from desktop.ui.tags.manager import TagManager

DIGITS = range(1, 10)


class TagsDesk(QObject):
    """At most one manager at a time; it follows the archive while it is open.

    Signals:
        place_wanted: Go to the place of a tag.
    """

    place_wanted = Signal(object)

    def __init__(self, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._session, self._window = tools, tools.session, window
        self._manager: TagManager | None = None
        tools.actions["manage_tags"].triggered.connect(self.open)
        self._session.changed.connect(self.refresh)
        self._session.stirred.connect(self.refresh)
        self._session.closed.connect(self.close)

    def open(self) -> None:
        from desktop.ui.tags.manager import TagManager  # not needed to start

        if self._manager is None:
            self._manager = TagManager(self._tools.theme, self._window)
            self._connect(self._manager)
        self.refresh()
        self._manager.show()
        self._manager.raise_()

    def close(self) -> None:
        if self._manager is not None:
            self._manager.close()

    def refresh(self, *_: object) -> None:
        """Show the archive's tags as they are now."""
        if self._manager is not None and self._session.is_open:
            archive = self._session.archive
            pinned = {digit: ids[0] for digit in DIGITS if (ids := tags.at_pin(archive, digit))}
            self._manager.set_tags(tags.all_tags(archive), tags.tag_counts(archive), pinned)

    def _connect(self, manager: "TagManager") -> None:
        run = self._run
        manager.create_requested.connect(lambda path: run(tagging.create_tag, path))
        manager.rename_requested.connect(lambda one, name: run(tagging.rename_tag, one, name))
        manager.move_requested.connect(lambda one, parent: run(tagging.move_tag, one, parent or None))
        manager.merge_requested.connect(lambda keep, others: run(tagging.merge_tags, keep, others))
        manager.delete_requested.connect(self._delete)
        manager.colour_requested.connect(lambda one, colour: run(tagging.set_tag_colour, one, colour or None))
        manager.description_requested.connect(lambda one, text: run(tagging.describe_tag, one, text))
        manager.pin_requested.connect(lambda one, digit: run(tagging.pin_tag, one, digit or None))
        manager.open_requested.connect(lambda one: self.place_wanted.emit(Place("tag", one)))

    def _run(self, operation: Any, *args: Any) -> None:
        if self._session.writable:
            self._session.run(operation, *args)
        else:
            self._tools.messages.tell("This archive is open read-only: nothing was changed.")

    def _delete(self, ids: Sequence[str]) -> None:
        for tag_id in ids:
            self._run(tagging.delete_tag, tag_id)
