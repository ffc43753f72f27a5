"""Undoing recorded rows: each is inverted by a statement that carries its own conflict check."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.core.errors import UndoConflict
from desktop.core.times import now
from desktop.store.recording import UNTRACKED, Column, columns, decoded, key_columns, quoted

if TYPE_CHECKING:
    from desktop.store.archive import Archive, Row

# Captures hang on an article: its insertion is undone by moving it to the trash.
TRASH_ON_UNDO = frozenset({"articles"})
_AT_ONCE = 10_000

Image = dict[str, Any]
Statement = tuple[str, list[object]]


def invert(archive: "Archive", label: str, first: int, last: int) -> int:
    """Invert the recorded rows from the last to the first; returns how many changes that took.

    What was done to an article in the step that made it stays with it in the trash, whence it may
    be restored: without its current capture it would be empty.

    Raises:
        UndoConflict: A row is not as the step left it, or its record was pruned.
    """
    inverter, seen, inverted = _Inverter(archive.connection), 0, 0
    born = _born(archive, first, last)
    for seq, table, pk, before, after in _backwards(archive, first, last):
        seen += 1
        if before is not None and (table, pk) in born:
            continue
        try:
            sql, values = inverter.statement(table, pk, _image(before), _image(after))
            changed = archive.run(sql, values)
        except (LookupError, sqlite3.IntegrityError) as error:
            raise UndoConflict(label, f"{table} {pk}: {error}") from error
        if changed != 1:
            raise UndoConflict(label, f"{table} {pk} was changed since (row {seq})")
        inverted += 1
    if seen != last - first + 1:
        raise UndoConflict(label, "its record was pruned")
    return inverted


def _born(archive: "Archive", first: int, last: int) -> set[tuple[str, str]]:
    """What the step made that its undo moves to the trash."""
    tables = ", ".join(f"'{table}'" for table in TRASH_ON_UNDO)
    rows = archive.rows(
        "SELECT tbl, pk FROM history_rows WHERE seq BETWEEN ? AND ? AND before IS NULL "
        f"AND tbl IN ({tables})",
        (first, last),
    )
    return {(table, pk) for table, pk in rows}


def _backwards(archive: "Archive", first: int, last: int) -> Iterator["Row"]:
    at = last + 1
    while at > first:
        rows = archive.rows(
            "SELECT seq, tbl, pk, before, after FROM history_rows WHERE seq < ? AND seq >= ? "
            f"ORDER BY seq DESC LIMIT {_AT_ONCE}",
            (at, first),
        )
        if not rows:
            return
        yield from rows
        at = rows[-1][0]


def _image(text: str | None) -> Image | None:
    # Decoded here and not by SQL, which cuts a text at NUL.
    return None if text is None else json.loads(text)


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    types: dict[str, str]
    keys: list[str]

    @classmethod
    def read(cls, connection: sqlite3.Connection, name: str) -> "_Table":
        found: list[Column] = columns(connection, name)
        return cls(name, {c.name: c.type for c in found}, [c.name for c in key_columns(found)])

    def decode(self, column: str, image: Image) -> object:
        return decoded(image[column], self.types[column])

    def same(self, names: list[str]) -> str:
        return "".join(f" AND {quoted(name)} IS ? COLLATE BINARY" for name in names)

    def key(self) -> str:
        return " AND ".join(f"{quoted(name)} = ?" for name in self.keys)


class _Inverter:
    """Builds the inverse statements; knows the tables and the moment of this undo."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._tables: dict[str, _Table] = {}
        self._now = now()

    def statement(self, name: str, pk: str, before: Image | None, after: Image | None) -> Statement:
        table = self._table(name)
        if unknown := ((before or {}).keys() | (after or {}).keys()) - table.types.keys():
            raise LookupError(f"columns are gone: {', '.join(sorted(unknown))}")
        if before is not None and after is not None:
            return self._back(table, json.loads(pk), before, after)
        if before is not None:
            return self._insert(table, before)
        assert after is not None
        return self._trash(table, after) if name in TRASH_ON_UNDO else self._delete(table, after)

    def _table(self, name: str) -> _Table:
        if name not in self._tables:
            self._tables[name] = _Table.read(self._connection, name)
        return self._tables[name]

    def _trash(self, table: _Table, after: Image) -> Statement:
        sql = f"UPDATE {table.name} SET trashed_at = ?, updated_at = ? WHERE id = ? AND trashed_at IS NULL"
        return sql, [self._now, self._now, after["id"]]

    def _delete(self, table: _Table, after: Image) -> Statement:
        rest = [name for name in after if name not in UNTRACKED and name not in table.keys]
        sql = f"DELETE FROM {table.name} WHERE {table.key()}{table.same(rest)}"
        return sql, [table.decode(name, after) for name in (*table.keys, *rest)]

    def _insert(self, table: _Table, before: Image) -> Statement:
        names = ", ".join(map(quoted, before))
        sql = f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(before))})"
        return sql, [self._now if n == "updated_at" else table.decode(n, before) for n in before]

    def _back(self, table: _Table, pk: list[Any], before: Image, after: Image) -> Statement:
        """Set the changed columns back, wherever the row's key is now."""
        names = list(before)
        stamp = ["updated_at"] if "updated_at" in table.types else []
        sets = ", ".join(f"{quoted(name)} = ?" for name in names + stamp)
        key = dict(zip(table.keys, pk, strict=True))
        key |= {name: after[name] for name in table.keys if name in after}
        values = [table.decode(name, before) for name in names] + [self._now for _ in stamp]
        values += [table.decode(name, key) for name in table.keys]
        values += [table.decode(name, after) for name in names]
        return f"UPDATE {table.name} SET {sets} WHERE {table.key()}{table.same(names)}", values
