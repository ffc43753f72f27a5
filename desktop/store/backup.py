"""A copy of the whole archive that opens anywhere."""

import sqlite3
from pathlib import Path

from desktop.core import errors
from desktop.core.ids import new_id
from desktop.store.archive import Archive
from desktop.store.connection import translated


def backup(archive: Archive, target: Path | str) -> Path:
    """Copy the archive as it is at this moment, while others may write.

    VACUUM INTO reads one snapshot; the backup API would start anew at every foreign commit. The
    copy is not in WAL mode, so that it opens in folders and on media that cannot be written.
    An existing file at ``target`` is replaced once the copy is whole.

    Raises:
        ExportFailed: ``target`` is the archive itself, or cannot be written.
        DiskFull
    """
    target = Path(target).absolute()
    if target.exists() and target.samefile(archive.path):
        raise errors.ExportFailed(target, "an archive cannot be copied onto itself")
    fresh = target.with_name(f".{target.name}.{new_id()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with translated(target):
            archive.db.execute("VACUUM INTO ?", [str(fresh)])
            _settle(fresh)
        fresh.replace(target)
    except OSError as error:
        raise errors.ExportFailed(target, str(error)) from error
    except errors.ArchiveReadOnly as error:
        raise errors.ExportFailed(target, error.detail) from error
    finally:
        fresh.unlink(missing_ok=True)
    return target


def _settle(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=delete")
    finally:
        connection.close()
