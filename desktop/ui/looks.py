"""Light and dark, the size of the text, and the panel in which they are chosen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.ui.desk.tools import Tools
from desktop.ui.reader.view import ReaderView
from desktop.ui.settings.panel import PreferencesDialog
from desktop.ui.settings.store import APPEARANCE, APPEARANCES, READER_SIZE, READER_SIZES, SELECTION_BAR

_MEASURE, _LEADING = 68, 1.55  # characters a line, sizes a line


class Looks(QObject):
    """Applies what is chosen, and keeps it."""

    def __init__(self, tools: Tools, reader: ReaderView, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._reader, self._window = tools, reader, window
        self._rows: list[tuple[str, Callable[[], QWidget | None]]] = []
        actions = tools.actions
        for name in APPEARANCES:
            actions[f"appearance_{name}"].triggered.connect(partial(self._choose, name))
        actions["toggle_dark"].triggered.connect(self.toggle_dark)
        actions["larger_text"].triggered.connect(partial(self._zoom, 1))
        actions["smaller_text"].triggered.connect(partial(self._zoom, -1))
        actions["usual_text"].triggered.connect(self._usual_size)
        actions["preferences"].triggered.connect(self.ask)
        reader.typography_changed.connect(self._zoomed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        tools.theme.changed.connect(self._tint)
        self.apply()

    @property
    def appearance(self) -> str:
        chosen = self._tools.settings.get(APPEARANCE)
        return chosen if chosen in APPEARANCES else APPEARANCE.default

    @property
    def size(self) -> int:
        """Of the reader's text, in pixels."""
        least, most = READER_SIZES
        return min(max(self._tools.settings.get(READER_SIZE), least), most)

    @property
    def selection_bar(self) -> bool:
        return self._tools.settings.get(SELECTION_BAR)

    def apply(self) -> None:
        """Bring everything to what is kept."""
        self._tools.actions[f"appearance_{self.appearance}"].setChecked(True)
        if self.appearance != "system":
            self._tools.theme.set_dark(self.appearance == "dark")
        self._reader.set_typography(self.size, _MEASURE, _LEADING)
        self._reader.set_selection_bar(self.selection_bar)
        self._tint()

    def set_appearance(self, name: str) -> None:
        self._tools.settings.set(APPEARANCE, name)
        if name == "system":
            hints = QGuiApplication.styleHints()
            hints.unsetColorScheme()
            self._tools.theme.set_dark(hints.colorScheme() is Qt.ColorScheme.Dark)
        self.apply()

    def toggle_dark(self) -> None:
        self.set_appearance("light" if self._tools.theme.dark else "dark")

    def set_size(self, pixels: int) -> None:
        self._tools.settings.set(READER_SIZE, pixels)
        self._reader.set_typography(self.size, _MEASURE, _LEADING)

    def set_selection_bar(self, wanted: bool) -> None:
        self._tools.settings.set(SELECTION_BAR, wanted)
        self._reader.set_selection_bar(wanted)

    def ask(self) -> None:
        """Open the preferences; every choice is in force at once."""
        rows = [(title, widget) for title, make in self._rows if (widget := make()) is not None]
        PreferencesDialog(self._tools.theme, self, self._window, rows).show()

    def add_row(self, title: str, make: Callable[[], QWidget | None]) -> None:
        """Have the preferences show what ``make`` makes, where it makes something."""
        self._rows.append((title, make))

    def _choose(self, name: str, *_: object) -> None:
        self.set_appearance(name)

    def _zoom(self, steps: int, *_: object) -> None:
        self._reader.zoom(steps)

    def _usual_size(self) -> None:
        if not self._reader.fit_pages():
            self.set_size(READER_SIZE.default)

    def _zoomed(self, pixels: int) -> None:
        self._tools.settings.set(READER_SIZE, pixels)

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        """The theme sets the scheme itself; only a change by the system counts."""
        if self.appearance == "system":
            self._tools.theme.set_dark(scheme is Qt.ColorScheme.Dark)

    def _tint(self) -> None:
        icon = "sun" if self._tools.theme.dark else "moon"
        self._tools.actions["toggle_dark"].setIcon(self._tools.theme.icon(icon))
