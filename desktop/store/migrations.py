"""The steps by which an archive's schema came to be, and the upgrade of older archives.

Migrations are raw SQL: ``table.transform()`` would drop triggers and lose WITHOUT ROWID. Each
runs without our triggers, which are generated anew from the tables afterwards. A migration is
never edited once released.
"""

import sqlite3
from collections.abc import Iterator

from sqlite_utils import Database, Migrations

from desktop.store import marks, recording
from desktop.store.schema import FIRST, MIGRATIONS_TABLE, SECOND, THIRD, TRACKED
from desktop.store.versions import SCHEMA_VERSION, user_version

MIGRATIONS = Migrations("pressmark")


@MIGRATIONS()
def m0001_first(db: Database) -> None:
    """All tables of the first archives."""
    run_script(db, FIRST)


@MIGRATIONS()
def m0002_pictures_and_pages(db: Database) -> None:
    """Pictures, page maps, identifiers, and captures that are not the article's own text."""
    run_script(db, SECOND)


@MIGRATIONS()
def m0003_frozen_searches(db: Database) -> None:
    """Frozen searches, and what was seen of saved ones."""
    run_script(db, THIRD)


def migrate(
    connection: sqlite3.Connection, migrations: Migrations = MIGRATIONS, version: int = SCHEMA_VERSION
) -> None:
    """Apply what is pending and generate the triggers, all in one transaction.

    An upgrade that another process made meanwhile is not made twice. Errors leave the archive as
    it was.
    """
    db = Database(connection, execute_plugins=False)
    db.execute("BEGIN EXCLUSIVE")
    try:
        if user_version(connection) < version:
            drop_triggers(connection)
            if not db["_sqlite_migrations"].exists():
                run_script(db, MIGRATIONS_TABLE)
            migrations.apply(db)
            install_triggers(connection)
            db.execute(f"PRAGMA user_version={version}")
        db.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def install_triggers(connection: sqlite3.Connection) -> None:
    recording.install(connection, TRACKED)
    marks.install(connection)


def drop_triggers(connection: sqlite3.Connection) -> None:
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')


def run_script(db: Database, script: str) -> None:
    """Run several statements within the open transaction (``executescript`` would commit it)."""
    for statement in _statements(script):
        db.execute(statement)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
