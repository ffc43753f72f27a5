"""Details of the chosen articles: one is corrected in the inspector, several in a form."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.operations import library
from desktop.ui.desk.library import LibraryDesk
from desktop.ui.desk.tools import Tools
from desktop.ui.several.facts import Correction, Several, read_several
from desktop.ui.wording import counted


class BulkDesk(QObject):
    """Args:
    show_one: Opens the inspector on the details of the article that is open.
    """

    def __init__(
        self, tools: Tools, library_desk: LibraryDesk, show_one: Callable[[], object], window: QWidget
    ) -> None:
        super().__init__(window)
        self._tools, self._session, self._window = tools, tools.session, window
        self._library, self._show_one = library_desk, show_one
        tools.actions["edit_details"].triggered.connect(self.ask)

    def ask(self) -> None:
        """Let the person correct the chosen articles."""
        if self._library.chosen_count < 2:
            self._show_one()
        elif not self._session.writable:
            self._tools.messages.tell("This archive is open read-only: nothing was changed.")
        else:
            look = partial(read_several, ids=self._library.chosen)
            self._session.read(look, self._open, slot="several")

    def _open(self, several: Several) -> None:
        from desktop.ui.several.dialog import SeveralDialog  # not needed to start

        dialog = SeveralDialog(self._tools.theme, several, self._window)
        dialog.apply_requested.connect(self._apply)
        dialog.show()

    def _apply(self, ids: list[str], correction: Correction) -> None:
        self._tools.run(
            library.edit_details,
            ids,
            correction.fields,
            add_tags=correction.add_tags,
            remove_tags=correction.remove_tags,
            collection=correction.collection,
            note=correction.note,
            words=f"Details changed: {counted(len(ids), 'article', 'articles')}",
        )
