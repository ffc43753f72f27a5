"""The hash chain over the history: every step's header and rows, bound to the step before.

It detects damage and casual edits: a changed or missing row, an edited label, a missing step. It
is no proof against somebody who computes it anew; it becomes evidence only where others keep the
head value (an export, a printed report).
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.store.archive import Archive, Row

HEADER = (
    "step, kind, of, batch, label, actor, at, schema_version, first_seq, last_seq, "
    "below, undo_top, redo_top, redo_below"
)
_ROW = "seq, step, tbl, pk, before, after"
_AT_ONCE = 10_000


def digest(rows: Iterable["Row"]) -> str:
    """SHA-256 over fields with their lengths, so that no two different rows look alike."""
    sha256 = hashlib.sha256()
    for row in rows:
        sha256.update(packed(row))
    return sha256.hexdigest()


def packed(fields: Iterable[object]) -> bytes:
    return b"".join(map(_packed_field, fields))


def _packed_field(field: object) -> bytes:
    if field is None:
        return b"-,"
    data = str(field).encode("utf-8", "surrogatepass")
    return b"%d:%s," % (len(data), data)


def link(previous: str, header: "Row", rows_hash: str) -> str:
    """The chain value of a step with this header (in the order of ``HEADER``)."""
    return digest([(previous,), header, (rows_hash,)])


def recorded_rows(archive: "Archive", first: int, last: int) -> Iterator["Row"]:
    """The recorded rows ``first`` to ``last`` in order, some thousands in memory at a time."""
    at = first - 1
    while at < last:
        rows = archive.rows(
            f"SELECT {_ROW} FROM history_rows WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT {_AT_ONCE}",
            (at, last),
        )
        if not rows:
            return
        yield from rows
        at = rows[-1][0]


def first_broken_step(archive: "Archive") -> int | None:
    """The first step that does not fit its recorded values, None when all do.

    Steps whose rows were pruned (none are left) keep a header that can be verified.
    """
    previous = ""
    for row in archive.rows(f"SELECT {HEADER}, rows_hash, chain FROM history ORDER BY step"):
        header, rows_hash, chain = row[:-2], row[-2], row[-1]
        first, last = header[8], header[9]
        found = digest(recorded_rows(archive, first, last))
        pruned = found == digest([]) and last >= first
        if (found != rows_hash and not pruned) or link(previous, header, rows_hash) != chain:
            return int(header[0])
        previous = chain
    return None
