"""Whoosh's files on disk: closed when they are damaged, and on the disk before they get their name.

A table of contents ends in a seal, its CRC-32, which Whoosh does not read: a single flipped bit in it
could otherwise pass for another state of the index, and damaged bytes would be unpickled. A copy lies
beside it: it is small, and without it all segments would be worthless.
"""

import os
import shutil
import weakref
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from whoosh.filedb.filestore import FileStorage

_CONTENTS = ".toc"
_COPY = ".copy"
_SEAL = 4


class SealBroken(ValueError):
    """A table of contents is not as it was written, or another program wrote it."""


class Storage(FileStorage):  # type: ignore[misc]
    """An index folder, able to close what Whoosh left open when reading a damaged file failed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._opened: weakref.WeakSet[BinaryIO] = weakref.WeakSet()

    def open_file(self, name: str, **options: Any) -> Any:
        if name.endswith(_CONTENTS):
            check_seal(Path(self.folder) / name)
        opened = super().open_file(name, **options)
        self._opened.add(opened.file)
        return opened

    def close_files(self) -> None:
        for file in list(self._opened):
            file.close()

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """A table of contents is written under another name first; here it is about to be seen."""
        path = Path(self.folder) / oldname
        with path.open("rb+") as file:
            file.write(zlib.crc32(file.read()).to_bytes(_SEAL, "little"))
            file.flush()
            os.fsync(file.fileno())
        copy = path.with_name(copy_of(newname))
        shutil.copyfile(path, copy)
        super().rename_file(oldname, newname, safe=safe)
        for older in copy.parent.glob(f"*{_CONTENTS}{_COPY}"):
            if older != copy:
                with suppress(OSError):
                    older.unlink()


def check_seal(path: Path) -> None:
    """Raises ``SealBroken`` where a table of contents does not bear its own checksum, or ``OSError``."""
    data = path.read_bytes()
    if zlib.crc32(data[:-_SEAL]).to_bytes(_SEAL, "little") != data[-_SEAL:]:
        raise SealBroken(path.name)


def copy_of(contents: str) -> str:
    """The name of the copy of a table of contents."""
    return contents + _COPY


def restore_contents(folder: Path) -> bool:
    """Put copies in the place of tables of contents that are damaged or gone; False where there is none.

    A copy may be of an earlier commit, which says so itself.

    Raises:
        OSError
    """
    restored = False
    for copy in sorted(folder.glob(f"*{_CONTENTS}{_COPY}")):
        contents = copy.with_name(copy.name.removesuffix(_COPY))
        if not _is_sealed(contents) and _is_sealed(copy):
            if contents.is_dir():
                shutil.rmtree(contents)
            shutil.copyfile(copy, contents)
            restored = True
    return restored


def _is_sealed(path: Path) -> bool:
    try:
        check_seal(path)
    except (OSError, SealBroken):
        return False
    return True


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
