"""The archive file: making it, opening it, and the one object through which it is read and written."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from desktop.core import errors
from desktop.core.ids import new_id
from desktop.core.sortkeys import SORT_KEY_VERSION
from desktop.core.times import now
from desktop.store import checks, versions
from desktop.store.connection import configure, connect, log_of, translated, uri_of
from desktop.store.replacing import replacing
from desktop.store.schema import APPLICATION_ID

if TYPE_CHECKING:
    from sqlite_utils import Database

    from desktop.store.history import Step

Row = tuple[Any, ...]
Values = Sequence[Any]


class Archive:
    """An open archive; belongs to the thread that opened it.

    Attributes:
        path: The file.
        id: Its own UUID, by which the index knows it.
        connection: SQLite's own; the store's modules use the methods here where they can.
        read_only: Nothing can be written, be it wished or forced.
        reason: Why it is read-only although writing was asked for; None otherwise.
        step: The history step being recorded, None outside an operation.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        read_only: bool,
        reason: errors.ArchiveError | None = None,
    ) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only
        self.reason = reason
        self.step: Step | None = None
        self._file = _identity(path)
        self.id = str(self.value("SELECT value FROM meta WHERE key = 'archive_id'") or "")

    @cached_property
    def db(self) -> "Database":
        """The same connection as a database of sqlite-utils, for tools; loaded when it is asked for."""
        from sqlite_utils import Database

        return Database(self.connection, execute_plugins=False)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows at once, so that no cursor holds a snapshot and hinders the checkpoint."""
        with translated(self.path):
            return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> Row | None:
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first column of the first row, None where there is none."""
        found = self.row(sql, values)
        return found[0] if found else None

    def run(self, sql: str, values: Values = ()) -> int:
        """Execute one statement and return the number of rows it changed (-1 where none apply)."""
        with translated(self.path):
            return self.connection.execute(sql, values).rowcount

    def run_many(self, sql: str, values: Iterable[Values]) -> int:
        with translated(self.path):
            return self.connection.executemany(sql, values).rowcount

    def write(self, sql: str, values: Values = ()) -> int:
        """``run`` for tables that the history follows: only inside an operation."""
        self._require_step()
        return self.run(sql, values)

    def write_many(self, sql: str, values: Iterable[Values]) -> int:
        self._require_step()
        return self.run_many(sql, values)

    def _require_step(self) -> None:
        if self.step is None:
            raise RuntimeError("an archive is changed inside history.operation() only")

    def check_place(self) -> None:
        """Before a change: what is written to a file that lost its name is lost with it.

        Raises:
            ArchiveMoved
        """
        if _identity(self.path) != self._file:
            raise errors.ArchiveMoved(self.path)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several looks at one moment, though others write meanwhile; joins an open transaction."""
        if self.connection.in_transaction:
            yield
            return
        self.run("BEGIN")
        try:
            yield
        finally:
            self.connection.rollback()  # nothing was written

    def data_version(self) -> int:
        """Changes when another connection has changed the file; costs microseconds."""
        return int(self.value("PRAGMA data_version"))

    def close(self) -> None:
        """Close the connection, with the write-ahead log folded into the file where none reads.

        A reader that closes last would leave a log behind that looks like a crash's.
        """
        if not self.read_only:
            with suppress(sqlite3.Error):  # statistics and tidiness only: the next close sees to them
                for pragma in ("busy_timeout=0", "analysis_limit=400", "optimize"):
                    self.connection.execute(f"PRAGMA {pragma}")
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file bears this name now; None where there is none."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def create_archive(path: Path | str, title: str | None = None) -> Archive:
    """Make a new, empty archive and open it.

    It is built under a temporary name, so that ``path`` never holds half an archive.

    Raises:
        ArchiveExists, ArchiveReadOnly, DiskFull
    """
    path = Path(path).absolute()
    with translated(path):
        for taken in (path, log_of(path)):  # a log would be applied to what is made beside it
            if taken.exists():
                raise errors.ArchiveExists(taken)
    try:
        with replacing(path) as fresh:
            build(fresh, title if title is not None else path.stem).close()
            if path.exists():
                raise errors.ArchiveExists(path)
    except errors.ExportFailed as error:
        raise errors.ArchiveReadOnly(path, error.detail) from error
    return open_archive(path)


def build(path: Path | None, title: str) -> sqlite3.Connection:
    """A connection to a new archive, at ``path`` or in memory, with its schema and its id."""
    from desktop.store.migrations import migrate  # what it loads is large, and opening has no use for it

    place = uri_of(path) if path else ":memory:"
    connection = sqlite3.connect(place, uri=True, isolation_level=None)
    configure(connection)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    migrate(connection)
    about = {
        "archive_id": new_id(),
        "created_at": now(),
        "title": title.encode("utf-8", "replace").decode(),  # a file's name may hold other bytes
        "sort_key_version": str(SORT_KEY_VERSION),
    }
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", about.items())
    connection.execute("COMMIT")
    return connection


def open_archive(path: Path | str, read_only: bool = False) -> Archive:
    """Open an archive, upgrading an older one after keeping a copy of it.

    Where the file or its folder cannot be written, or where the schema holds objects of others,
    the archive is opened read-only and ``reason`` tells why.

    Raises:
        ArchiveMissing, NotAnArchive, ArchiveDamaged, ArchiveTooNew, ArchiveBusy
    """
    path = Path(path).absolute()
    checks.check_file(path)
    if read_only:
        try:
            return _open_to_read(path, None)
        except _Older:
            _open_to_write(path).close()
            return _open_to_read(path, None)
    try:
        return _open_to_write(path)
    except (errors.ArchiveReadOnly, errors.ArchiveAltered) as error:
        return _open_to_read(path, error)


class _Older(Exception):
    """It must be upgraded before it can be read."""


def _open_to_write(path: Path) -> Archive:
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise errors.ArchiveReadOnly(path, "no permission to write")
    with translated(path):
        if checks.was_left_open(path):
            checks.check_after_crash(path)
        connection = connect(path, "rw")
        try:
            checks.check_version(path, connection)
            if versions.user_version(connection) < versions.SCHEMA_VERSION:
                from desktop.store.migrations import migrate

                checks.keep_copy(path, connection)
                migrate(connection)
            checks.check_schema(path, connection)
            connection.execute("PRAGMA journal_mode=wal")
            return Archive(path, connection, read_only=False)
        except BaseException:
            connection.close()
            raise


def _open_to_read(path: Path, reason: errors.ArchiveError | None) -> Archive:
    with translated(path):
        connection = checks.connect_to_read(path)
        try:
            checks.check_version(path, connection)
            if versions.user_version(connection) < versions.SCHEMA_VERSION:
                raise reason or _Older
            try:
                checks.check_schema(path, connection)
            except errors.ArchiveAltered as error:
                # Nothing of others may run, whatever a view or a generated column computes.
                connection.execute("PRAGMA trusted_schema=off")
                reason = error
            return Archive(path, connection, read_only=True, reason=reason)
        except BaseException:
            connection.close()
            raise
