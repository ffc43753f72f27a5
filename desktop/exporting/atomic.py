"""Files that are either whole or not there: a temporary name in the same folder, then a rename."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from desktop.core.errors import ExportFailed


@contextmanager
def replacing(target: Path, *, bom: bool = False) -> Iterator[IO[str]]:
    """A UTF-8 text file that takes ``target``'s place when the block ends well.

    Line endings are written as given. Whatever goes wrong, an exception or a cancelled job
    included, what stood at ``target`` before is untouched and no temporary file is left.

    Raises:
        ExportFailed: The folder or the disk would not take it.
    """
    with staged(target) as temporary:
        encoding = "utf-8-sig" if bom else "utf-8"
        with temporary.open("x", encoding=encoding, errors="replace", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A free temporary path beside ``target``; what is written there takes its place at the end.

    A link is followed, so that the file it points to is replaced and the link stays.
    """
    final = Path(os.path.realpath(target))
    temporary = final.with_name(f".pressmark-{secrets.token_hex(6)}.tmp")
    try:
        if final.is_dir():
            raise IsADirectoryError(0, "it is a folder", str(final))
        yield temporary
        temporary.replace(final)
        _sync_folder(final.parent)
    except OSError as error:
        raise ExportFailed(target, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
