"""Keys of the panes that mean something for the window."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.actions import Actions
from desktop.ui.layouts import latin
from desktop.ui.reader import keys
from desktop.ui.reader.view import ReaderView


class PaneKeys(QObject):
    """Watches the panes where letters are commands.

    Qt finds shortcuts by the letter of the layout; those of a Cyrillic one are found here.
    """

    def __init__(
        self,
        actions: Actions,
        reader: ReaderView,
        panes: Iterable[QWidget],
        back: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._actions, self._reader, self._back = actions, reader, back
        for pane in panes:
            self.watch(pane)

    def watch(self, pane: QWidget) -> None:
        pane.installEventFilter(self)

    def obey(self, event: QKeyEvent) -> bool:
        """Run the command of a shortcut that only the keyboard's layout kept Qt from finding."""
        meant = latin(event)
        return meant is not None and self._actions.trigger(meant)

    def _left_by_reader(self, event: QKeyEvent) -> bool:
        """What the reader has no use for itself.

        Escape goes back once there is nothing left to let go; T tags the mark or the article.
        """
        reader, meant = self._reader, keys.command(event)
        if meant is not None and reader.selection():
            return False
        if meant is keys.Command.ESCAPE and reader.focused_annotation() is None:
            self._back()
            return True
        if meant is keys.Command.TAG and self._actions["tag"].isEnabled():
            self._actions["tag"].trigger()
            return True
        return meant is None and self.obey(event)

    # Overrides of Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            in_reader = watched is self._reader.sheet
            if self._left_by_reader(event) if in_reader else self.obey(event):
                return True
        return super().eventFilter(watched, event)
