"""Writing a whole file beside its place, then moving it there."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.core import errors
from desktop.core.ids import new_id
from desktop.store.connection import connect, log_of, translated


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path to write to; when all went well it takes the place of ``target``, else it vanishes.

    Raises:
        ExportFailed: The folder cannot be made or written; ``target`` is an archive in use.
        DiskFull
    """
    fresh = target.with_name(f".pressmark-{new_id()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _fold_log(target)
        with translated(target):
            yield fresh
        _fold_log(target)
        fresh.replace(target)
    except OSError as error:
        raise errors.ExportFailed(target, str(error)) from error
    except errors.ArchiveReadOnly as error:
        raise errors.ExportFailed(target, error.detail) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _fold_log(target: Path) -> None:
    """See that no log lies beside the place: SQLite would apply it to whatever stands there next.

    Raises:
        ExportFailed: Somebody has the archive open, whose next change would be lost.
    """
    if not log_of(target).exists():
        return
    try:
        connect(target, "rw", alone=True).close()
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise errors.ExportFailed(target, "it is an archive in use") from error
    if log_of(target).exists():
        raise errors.ExportFailed(target, f"{log_of(target).name} lies beside it")
