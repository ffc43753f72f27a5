"""Triggers that write every changed row, before and after, into ``history_rows``.

An insert records the whole row, a deletion too, an update only the columns that changed; so a
conflict is a matter of columns, and recolouring 50,000 marks costs a few megabytes. ``pk`` is
the key before the change, as a JSON array. Changes made by other programs outside an operation
are recorded under step 0.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Stamped by operations and by undo alike, so that a merge sees an undone row as newer.
UNTRACKED = frozenset({"updated_at"})


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    key: int


def columns(connection: sqlite3.Connection, table: str) -> list[Column]:
    """The stored columns of a table; ``key`` is the place in the primary key, from 1, or 0."""
    rows = connection.execute(f"PRAGMA table_xinfo({quoted(table)})")
    return [Column(row[1], row[2].upper(), row[5]) for row in rows if row[6] == 0]


def key_columns(table_columns: Iterable[Column]) -> list[Column]:
    return sorted((column for column in table_columns if column.key), key=lambda column: column.key)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def install(connection: sqlite3.Connection, tables: Iterable[str]) -> None:
    """Generate the triggers of all tables; those of an older schema must be dropped before."""
    for table in tables:
        for statement in _triggers(table, columns(connection, table)):
            connection.execute(statement)


def _triggers(table: str, table_columns: list[Column]) -> Iterator[str]:
    tracked = [column for column in table_columns if column.name not in UNTRACKED]
    yield _trigger(table, "insert", "", _key("new", table_columns), "NULL", _row("new", table_columns))
    yield _trigger(
        table,
        "update",
        f" WHEN {' OR '.join(map(_differs, tracked))}",
        _key("old", table_columns),
        _changed("old", tracked),
        _changed("new", tracked),
    )
    yield _trigger(table, "delete", "", _key("old", table_columns), _row("old", table_columns), "NULL")


def _trigger(table: str, event: str, when: str, key: str, before: str, after: str) -> str:
    return (
        f"CREATE TRIGGER history_{table}_{event} AFTER {event.upper()} ON {table}{when} BEGIN "
        "INSERT INTO history_rows (step, tbl, pk, before, after) "
        f"VALUES (ifnull((SELECT step FROM history_now), 0), '{table}', {key}, {before}, {after}); END"
    )


def _key(row: str, table_columns: list[Column]) -> str:
    return f"json_array({', '.join(_value(row, column) for column in key_columns(table_columns))})"


def _row(row: str, table_columns: list[Column]) -> str:
    pairs = (f"'{column.name}', {_value(row, column)}" for column in table_columns)
    return f"json_object({', '.join(pairs)})"


def _changed(row: str, tracked: list[Column]) -> str:
    selects = (f"SELECT '{c.name}' k, {_value(row, c)} v WHERE {_differs(c)}" for c in tracked)
    return f"(SELECT json_group_object(k, v) FROM ({' UNION ALL '.join(selects)}))"


def _differs(column: Column) -> str:
    # BINARY, because a NOCASE column would not see "Tag" become "tag".
    name = quoted(column.name)
    return f"old.{name} IS NOT new.{name} COLLATE BINARY"


def _value(row: str, column: Column) -> str:
    """JSON knows neither bytes nor exact reals: a BLOB raises, a REAL keeps 15 digits."""
    value = f"{row}.{quoted(column.name)}"
    if column.type == "BLOB":
        return f"iif({value} IS NULL, NULL, hex({value}))"
    if column.type == "REAL":
        return f"iif({value} IS NULL, NULL, quote({value}))"
    return value


def decoded(value: object, column_type: str) -> object:
    """The inverse of how the triggers write a value."""
    if value is None:
        return None
    if column_type == "BLOB":
        return bytes.fromhex(str(value))
    return float(str(value)) if column_type == "REAL" else value
