"""Every setting, declared once. Nobody else calls QSettings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

T = TypeVar("T", str, int, bool, list[str], QByteArray)

RECENT_LIMIT = 8


@dataclass(frozen=True)
class Setting(Generic[T]):
    """A key in the file, the type it is read as, and what holds while it is not set."""

    key: str
    kind: type[T]
    default: T


GEOMETRY = Setting("window/geometry", QByteArray, QByteArray())
MAXIMIZED = Setting("window/maximized", bool, False)
SHOW_NAVIGATION = Setting("window/navigation", bool, True)
SHOW_INSPECTOR = Setting("window/inspector", bool, True)
SHOW_LIST = Setting("window/list", bool, True)
COLUMN_WIDTHS: Setting[list[str]] = Setting("window/widths", list, [])
APPEARANCE = Setting("looks/appearance", str, "system")
READER_SIZE = Setting("reader/size", int, 18)
SELECTION_BAR = Setting("reader/selection_bar", bool, True)
SORT = Setting("library/sort", str, "added")
SORT_DESCENDING = Setting("library/descending", bool, True)
SEARCH_SORT = Setting("search/sort", str, "relevance")
OTHER_SCRIPTS = Setting("search/other_scripts", bool, True)
LAST_ARCHIVE = Setting("archive/last", str, "")
RECENT_ARCHIVES: Setting[list[str]] = Setting("archive/recent", list, [])
LAST_FOLDER = Setting("archive/folder", str, "")

ALL = (
    GEOMETRY,
    MAXIMIZED,
    SHOW_NAVIGATION,
    SHOW_INSPECTOR,
    SHOW_LIST,
    COLUMN_WIDTHS,
    APPEARANCE,
    READER_SIZE,
    SELECTION_BAR,
    SORT,
    SORT_DESCENDING,
    SEARCH_SORT,
    OTHER_SCRIPTS,
    LAST_ARCHIVE,
    RECENT_ARCHIVES,
    LAST_FOLDER,
)
APPEARANCES = ("system", "light", "dark")
READER_SIZES = (14, 28)  # pixels, least and most


class Settings:
    """The declared settings over one ini file; a value that cannot be read is the default."""

    def __init__(self, path: Path) -> None:
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    def get(self, setting: Setting[T]) -> T:
        raw = self._file.value(setting.key)
        if raw is None:
            return setting.default
        return _read(setting, raw)

    def set(self, setting: Setting[T], value: T) -> None:
        self._file.setValue(setting.key, value)

    def save(self) -> None:
        """Write to the file now; Qt would do so some moments later."""
        self._file.sync()

    def remember_archive(self, path: Path) -> None:
        """Make it the last one and the first of the recent ones."""
        name = str(path)
        others = [one for one in self.get(RECENT_ARCHIVES) if one != name]
        self.set(RECENT_ARCHIVES, [name, *others][:RECENT_LIMIT])
        self.set(LAST_ARCHIVE, name)

    def forget_archive(self, path: str) -> None:
        self.set(RECENT_ARCHIVES, [one for one in self.get(RECENT_ARCHIVES) if one != path])


def _read(setting: Setting[T], raw: object) -> T:
    """An ini file holds text: bring it back to its type."""
    if setting.kind is bool:
        return str(raw).lower() in ("true", "1")
    if setting.kind is list:
        return [str(one) for one in raw] if isinstance(raw, list) else [str(raw)]
    if setting.kind is int:
        try:
            return int(str(raw))
        except ValueError:
            return setting.default
    return raw if isinstance(raw, setting.kind) else setting.default
