"""Whoosh's files on disk: closed when they are damaged, and on the disk before they get their name."""

import os
import weakref
from pathlib import Path
from typing import Any, BinaryIO

from whoosh.filedb.filestore import FileStorage


class Storage(FileStorage):  # type: ignore[misc]
    """An index folder, able to close what Whoosh left open when reading a damaged file failed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._opened: weakref.WeakSet[BinaryIO] = weakref.WeakSet()

    def open_file(self, name: str, **options: Any) -> Any:
        opened = super().open_file(name, **options)
        self._opened.add(opened.file)
        return opened

    def close_files(self) -> None:
        for file in list(self._opened):
            file.close()

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """A table of contents is written under another name first; here it is about to be seen."""
        sync(Path(self.folder) / oldname)
        super().rename_file(oldname, newname, safe=safe)


def sync(path: Path) -> None:
    """Have the system write a file out."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the system write out which files a folder has, where that is a thing of its own."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
