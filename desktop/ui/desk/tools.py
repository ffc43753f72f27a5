"""What every part of the desk works with; made once by ``app`` and the window."""

from dataclasses import dataclass
from typing import Any

from desktop.core.records import Changes
from desktop.ui.actions import Actions
from desktop.ui.messages import Messages
from desktop.ui.palette import Palette
from desktop.ui.session import Session
from desktop.ui.settings.store import Settings
from desktop.ui.status import StatusBar
from desktop.ui.theme import Theme


@dataclass(frozen=True)
class Tools:
    """Handed to each part in its constructor."""

    settings: Settings
    theme: Theme
    session: Session
    actions: Actions
    messages: Messages
    palette: Palette
    status: StatusBar

    def run(self, operation: Any, *args: Any, words: str = "", **fields: Any) -> None:
        """Run an operation and tell what it did, with Undo.

        Args:
            words: The sentence of the notice; without one it is the operation's own name.
        """
        if not self.session.writable:
            self.messages.tell("This archive is open read-only: nothing was changed.")
            return

        def tell(changes: Changes) -> None:
            if changes:
                self.tell_undoable(words or f"Done: {changes.label}")

        self.session.run(operation, *args, on_done=tell, **fields)

    def tell_undoable(self, words: str) -> None:
        """Say what was done last, and offer to take it back."""
        self.messages.tell(f"{words}.", "Undo", self.actions["undo"].trigger)
