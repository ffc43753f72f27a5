"""The history folded from its beginning, compared with what the tables hold."""

import json
from collections.abc import Iterator
from typing import Any

from desktop.store.archive import Archive
from desktop.store.recording import UNTRACKED, columns, decoded, key_columns, quoted

_Known = dict[str, dict[str, Any] | None]


def differences(archive: Archive, table: str) -> Iterator[str]:
    """Keys of rows that are not as the history left them.

    Rows that the history never saw (an exported set's, or from before it was pruned) and columns
    that no step changed say nothing.
    """
    known = _fold(archive, table)
    types = {column.name: column.type for column in columns(archive.connection, table)}
    names = [name for name in types if name not in UNTRACKED]
    keys = [column.name for column in key_columns(columns(archive.connection, table))]
    for row in archive.rows(f"SELECT {', '.join(map(quoted, names))} FROM {table}"):
        found = dict(zip(names, row, strict=True))
        key = _key(found, keys)
        if key not in known:
            continue
        expected = known.pop(key)
        if expected is None or any(
            found[name] != decoded(value, types[name]) for name, value in expected.items() if name in found
        ):
            yield key
    yield from (key for key, expected in known.items() if expected is not None)


def _fold(archive: Archive, table: str) -> _Known:
    """What the history knows of each row by its key; None where it was deleted."""
    keys = [column.name for column in key_columns(columns(archive.connection, table))]
    known: _Known = {}
    at = 0
    while rows := archive.rows(
        "SELECT seq, pk, before, after FROM history_rows WHERE tbl = ? AND seq > ? ORDER BY seq LIMIT 20000",
        (table, at),
    ):
        for seq, pk, before, after in rows:
            at = seq
            key = json.loads(pk)
            if after is None:
                known[_text(key)] = None
                continue
            image = {name: value for name, value in json.loads(after).items() if name not in UNTRACKED}
            if before is not None:
                image = (known.pop(_text(key), None) or {}) | image
                key = [image.get(name, old) for name, old in zip(keys, key, strict=True)]
            known[_text(key)] = image
    return known


def _key(row: dict[str, Any], keys: list[str]) -> str:
    return _text([row[name] for name in keys])


def _text(key: list[Any]) -> str:
    return json.dumps(key, ensure_ascii=False)
