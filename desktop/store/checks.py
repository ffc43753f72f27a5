"""What is looked at before an archive is trusted: its kind, its version, its schema, its pages."""

import functools
import os
import sqlite3
from pathlib import Path

from desktop.core import errors
from desktop.core.times import now
from desktop.store import versions
from desktop.store.connection import connect, log_of, translated, uri_of
from desktop.store.recording import columns
from desktop.store.schema import APPLICATION_ID
from desktop.store.versions import FINGERPRINT, Schema, fingerprint, schema_of, user_version


def check_file(path: Path) -> None:
    """Is this an archive at all?

    SQLite itself looks: were the file opened and closed here, the system would drop the locks of
    every connection that this process has to it (https://sqlite.org/howtocorrupt.html, 2.2),
    and another process would take an archive in use for one left by a crash.

    Raises:
        ArchiveMissing, NotAnArchive, ArchiveDamaged, ArchiveError
    """
    with translated(path):
        if not path.exists():
            raise errors.ArchiveMissing(path)
        if not path.is_file():
            raise errors.NotAnArchive(path, "not a file")
        if not os.access(path, os.R_OK):
            raise errors.ArchiveError(path, "no permission to read it")
        connection = connect_to_read(path)
        try:
            found = connection.execute("PRAGMA application_id").fetchone()[0]
        finally:
            connection.close()
    if found != APPLICATION_ID:
        raise errors.NotAnArchive(path, "another program's database")


def is_archive(path: Path) -> bool:
    """Whether a Pressmark archive stands there, whatever its state."""
    try:
        check_file(path)
    except (errors.ArchiveMissing, errors.NotAnArchive):
        return False
    except errors.ArchiveError:
        return True
    return True


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Read through the log where there is one; else, in a folder without permission, as immutable.

    A file in WAL mode cannot be opened there in the ordinary way, even when it was closed cleanly.
    """
    try:
        return connect(path, "ro")
    except sqlite3.OperationalError as error:
        unwritable = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
        if not unwritable or was_left_open(path):
            raise
        return connect(path, "ro", immutable=True)


def check_version(path: Path, connection: sqlite3.Connection) -> None:
    found = user_version(connection)
    if found > versions.SCHEMA_VERSION:
        raise errors.ArchiveTooNew(path, found, versions.SCHEMA_VERSION)


def check_schema(path: Path, connection: sqlite3.Connection) -> None:
    """Compare every object's text with a fresh archive's.

    Raises:
        ArchiveDamaged: One of our tables is gone, is no table, or lacks a column.
        ArchiveAltered: There are other objects, or ours read differently: a trigger of others
            would run on our first write.
    """
    found = schema_of(connection)
    if fingerprint(found) == FINGERPRINT:
        return
    expected, fresh_columns = _fresh_schema()
    if missing := sorted({key for key in expected if key[0] == "table"} - found.keys()):
        raise errors.ArchiveDamaged(path, f"missing: {missing[0][1]}")
    if differing := sorted(key for key in expected | found if found.get(key) != expected.get(key)):
        for table in fresh_columns:
            if lacking := fresh_columns[table] - _columns(connection, table):
                raise errors.ArchiveDamaged(path, f"missing: {table}.{min(lacking)}")
        raise errors.ArchiveAltered(path, ", ".join(f"{kind} {name}" for kind, name in differing[:5]))


@functools.cache
def _fresh_schema() -> tuple[Schema, dict[str, set[str]]]:
    """A fresh archive's schema, and the columns of its tables."""
    from desktop.store.migrations import migrate  # seldom needed, and what it loads is large

    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        schema = schema_of(connection)
        return schema, {name: _columns(connection, name) for kind, name in schema if kind == "table"}
    finally:
        connection.close()


def _columns(connection: sqlite3.Connection, table: str) -> set[str]:
    return {column.name for column in columns(connection, table)}


def was_left_open(path: Path) -> bool:
    log = log_of(path)
    return log.exists() and log.stat().st_size > 0


def check_after_crash(path: Path) -> None:
    """``quick_check`` when a log was left behind and nobody has the archive open.

    An exclusive lock is to be had only if no other connection lives; then the log is a crash's.

    Raises:
        ArchiveDamaged
    """
    try:
        connection = connect(path, "rw", alone=True)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return
        raise
    try:
        problems = [row[0] for row in connection.execute("PRAGMA quick_check(5)").fetchall()]
    finally:
        connection.close()
    if problems != ["ok"]:
        raise errors.ArchiveDamaged(path, "; ".join(problems))


def keep_copy(path: Path, connection: sqlite3.Connection) -> Path:
    """A copy beside the archive, named with its version and the time, before an upgrade.

    VACUUM INTO reads one snapshot, the log included; copying the file would miss the log.
    """
    stamp = now().replace(":", "").replace("-", "").replace("T", "-")[:15]
    copy = path.with_name(f"{path.stem} (version {user_version(connection)}, {stamp}){path.suffix}")
    connection.execute("VACUUM INTO ?", [uri_of(copy)])
    return copy
