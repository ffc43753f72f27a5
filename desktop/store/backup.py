"""A copy of the whole archive that opens anywhere."""

import sqlite3
from pathlib import Path

from desktop.core import errors
from desktop.store.archive import Archive
from desktop.store.connection import uri_of
from desktop.store.replacing import replacing


def backup(archive: Archive, target: Path | str) -> Path:
    """Copy the archive as it is at this moment, while others may write.

    VACUUM INTO reads one snapshot; the backup API would start anew at every foreign commit. The
    copy is not in WAL mode, so that it opens in folders and on media that cannot be written.
    An existing file at ``target`` is replaced once the copy is whole.

    Raises:
        ExportFailed: ``target`` is the archive itself or one in use, or cannot be written.
        DiskFull
    """
    target = Path(target).absolute()
    if target.exists() and target.samefile(archive.path):
        raise errors.ExportFailed(target, "an archive cannot be copied onto itself")
    with replacing(target) as fresh:
        _copy(archive, fresh)
        _settle(fresh)
    return target


def _copy(archive: Archive, fresh: Path) -> None:
    """``query_only`` would forbid the copy, too; that the file was opened to be read still holds."""
    archive.run("PRAGMA query_only=off")
    try:
        archive.connection.execute("VACUUM INTO ?", [uri_of(fresh)])
    finally:
        archive.run(f"PRAGMA query_only={'on' if archive.read_only else 'off'}")


def _settle(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=delete")
    finally:
        connection.close()
