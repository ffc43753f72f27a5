"""SQLite connections as the archive needs them, and SQLite's errors in our own classes."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from desktop.core import errors

BUSY_SECONDS = 10.0
_JOURNAL_LIMIT = 64 * 1024 * 1024

# Primary result codes (https://sqlite.org/rescode.html); extended ones end in the same byte.
_ERRORS: dict[int, type[errors.ArchiveError]] = {
    sqlite3.SQLITE_BUSY: errors.ArchiveBusy,
    sqlite3.SQLITE_LOCKED: errors.ArchiveBusy,
    sqlite3.SQLITE_PERM: errors.ArchiveReadOnly,
    sqlite3.SQLITE_READONLY: errors.ArchiveReadOnly,
    sqlite3.SQLITE_CANTOPEN: errors.ArchiveReadOnly,
    sqlite3.SQLITE_CORRUPT: errors.ArchiveDamaged,
    sqlite3.SQLITE_NOTADB: errors.NotAnArchive,
    sqlite3.SQLITE_FULL: errors.DiskFull,
    sqlite3.SQLITE_IOERR: errors.ArchiveError,
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors about the world, SQLite's above all, into ``ArchiveError``; our own faults pass through."""
    try:
        yield
    except sqlite3.Error as error:
        if kind := _kind(error):
            name = getattr(error, "sqlite_errorname", type(error).__name__)
            raise kind(path, f"{name}: {error}") from error
        raise
    except UnicodeEncodeError as error:
        raise errors.NotText(error.object) from error
    except UnicodeDecodeError as error:
        raise errors.ArchiveDamaged(path, str(error)) from error
    except OSError as error:
        kind = errors.DiskFull if error.errno == errno.ENOSPC else errors.ArchiveError
        raise kind(path, error.strerror or str(error)) from error


def _kind(error: sqlite3.Error) -> type[errors.ArchiveError] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # The only error that Python raises of itself about the file's content.
        return errors.ArchiveDamaged if "decode to UTF-8" in str(error) else None
    return _ERRORS.get(code & 0xFF)


def connect(path: Path, mode: str, *, immutable: bool = False, alone: bool = False) -> sqlite3.Connection:
    """A connection of this thread in ``mode`` (``rw`` or ``ro``), never making a file.

    ``recursive_triggers`` lets REPLACE fire the triggers of the row it removes; FULL costs one
    fsync a step and keeps every acknowledged one through a power cut. ``alone`` fails at once
    as busy where any other connection lives; it must be said before the first read.
    """
    uri = f"{uri_of(path)}?mode={mode}{'&immutable=1' if immutable else ''}"
    timeout = 0.0 if alone else BUSY_SECONDS
    connection = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None, cached_statements=512)
    if alone:
        connection.execute("PRAGMA locking_mode=exclusive")
    try:
        configure(connection)
        if mode == "ro":
            connection.execute("PRAGMA query_only=on")
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()  # fails here rather than later
    except BaseException:
        connection.close()
        raise
    return connection


def uri_of(path: Path) -> str:
    """As SQLite takes it, whatever characters, or bytes that are none, the name has."""
    return f"file:{quote(os.fsencode(path))}"


def log_of(path: Path) -> Path:
    """The write-ahead log beside an archive."""
    return path.with_name(path.name + "-wal")


def configure(connection: sqlite3.Connection) -> None:
    """The settings that SQLite keeps per connection, not in the file."""
    for pragma in (
        "foreign_keys=on",
        "recursive_triggers=on",
        "synchronous=full",
        "cell_size_check=on",
        f"journal_size_limit={_JOURNAL_LIMIT}",
    ):
        connection.execute(f"PRAGMA {pragma}")
