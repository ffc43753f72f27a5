"""Every change is a step of the history: recorded by triggers, undone and redone from the record.

A step and its change are one transaction. Undo and redo are steps of their own, so that the
history is only ever added to, and is the log of who did what and when. The stacks of what can be
undone and redone live in columns that never change: each step stores both tops as they are after
it, and ``below``, what lies under it on the undo stack (``redo_below`` likewise for redo).
"""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from desktop.core.errors import ArchiveReadOnly, NothingToUndo, UndoConflict
from desktop.core.records import Changes
from desktop.core.times import now
from desktop.store import chain
from desktop.store.archive import Archive
from desktop.store.effects import Effects, together
from desktop.store.inversion import invert


@dataclass(slots=True)
class Step:
    """The step being recorded.

    Attributes:
        changes: What it did; known once the operation has ended, falsy where it changed nothing.
    """

    number: int
    label: str
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One line of the log.

    Attributes:
        kind: ``do``, ``undo`` or ``redo``; ``of`` is the step that was undone or redone.
        label: Of the operation; an undo bears the label of what it undid.
        actor: The user's name on the machine it was done on.
        rows: How many rows it changed.
    """

    step: int
    kind: str
    of: int | None
    batch: str | None
    label: str
    actor: str
    at: str
    rows: int


@dataclass(frozen=True, slots=True)
class _Head:
    """The newest step: where the stacks and the chain are now."""

    undo_top: int | None = None
    redo_top: int | None = None
    chain: str = ""


@contextmanager
def transaction(archive: Archive) -> Iterator[None]:
    """Write all or nothing; joins an open transaction.

    IMMEDIATE, because a transaction that reads first and writes later fails at once when another
    process has written in between, whatever the timeout.

    Raises:
        ArchiveReadOnly, ArchiveMoved, ArchiveBusy, DiskFull
    """
    if archive.connection.in_transaction:
        yield
        return
    if archive.read_only:
        raise archive.reason or ArchiveReadOnly(archive.path, "opened read-only")
    archive.check_place()
    archive.run("BEGIN IMMEDIATE")
    try:
        yield
        archive.run("COMMIT")
    except BaseException:
        archive.connection.rollback()
        raise


@contextmanager
def operation(
    archive: Archive,
    label: str,
    batch: str | None = None,
    *,
    barrier: bool = False,
    aside: bool = False,
) -> Iterator[Step]:
    """One thing a person does: one transaction and one step; an operation within joins it.

    Steps with the same ``batch`` that follow each other are undone and redone together. A
    ``barrier`` cannot be undone, nor anything before it. A step ``aside`` is what the program does
    by itself: it is in the log, but undo and redo pass over it. A step that changed no row leaves
    no trace and does not cost what could be redone.
    """
    if archive.step is not None:
        yield archive.step
        return
    with (
        transaction(archive),
        _recording(archive, "do", label, batch=batch, barrier=barrier, aside=aside) as step,
    ):
        yield step


def undo(archive: Archive) -> Changes:
    """Undo the newest step, or all of its batch; the label is that of what was undone.

    Raises:
        NothingToUndo
        UndoConflict: Its rows were changed since, outside the history. Nothing is undone then.
    """
    return _turn(archive, "undo")


def redo(archive: Archive) -> Changes:
    """Redo what was undone last; raises as ``undo``."""
    return _turn(archive, "redo")


def undo_label(archive: Archive) -> str | None:
    """What ``undo`` would undo, None where there is nothing."""
    top = _top(archive, "undo")
    return top.label if top else None


def redo_label(archive: Archive) -> str | None:
    top = _top(archive, "redo")
    return top.label if top else None


def steps(archive: Archive, limit: int = 100) -> list[HistoryStep]:
    """The newest steps, the newest first."""
    rows = archive.rows(f"{_STEPS} ORDER BY step DESC LIMIT ?", (limit,))
    return [HistoryStep(*row) for row in rows]


_STEPS = "SELECT step, kind, of, batch, label, actor, at, last_seq - first_seq + 1 FROM history"


def actor() -> str:
    """Who is at the keyboard: ``PRESSMARK_USER``, else the name the system knows."""
    try:
        return os.environ.get("PRESSMARK_USER") or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _turn(archive: Archive, kind: str) -> Changes:
    """Undo or redo one step after the other while they belong to one batch."""
    with transaction(archive):
        top = _top(archive, kind)
        if top is None:
            raise NothingToUndo
        label, batch, parts = top.label, top.batch, [_apply(archive, kind, top)]
        while batch and (top := _top(archive, kind)) and top.batch == batch:
            parts.append(_apply(archive, kind, top))
    return together(label, parts)


def _apply(archive: Archive, kind: str, target: HistoryStep) -> Changes:
    first, last = archive.rows("SELECT first_seq, last_seq FROM history WHERE step = ?", (target.step,))[0]
    with _recording(archive, kind, target.label, of=target.step, batch=target.batch) as step:
        archive.run("PRAGMA defer_foreign_keys=on")
        before = _last_seq(archive)
        inverted = invert(archive, target.label, first, last)
        if _last_seq(archive) - before != inverted:
            raise UndoConflict(target.label, "a cascade would have reached later rows")
    return step.changes


@contextmanager
def _recording(
    archive: Archive,
    kind: str,
    label: str,
    *,
    of: int | None = None,
    batch: str | None = None,
    barrier: bool = False,
    aside: bool = False,
) -> Iterator[Step]:
    """Within a transaction: let the triggers record under a new step, then seal it."""
    head = _head(archive)
    first = _last_seq(archive) + 1
    archive.run(
        "INSERT INTO history (kind, of, batch, label, actor, at, schema_version) "
        "VALUES (?, ?, ?, ?, ?, ?, (SELECT user_version FROM pragma_user_version))",
        (kind, of, batch, label, actor(), now()),
    )
    step = Step(int(archive.value("SELECT last_insert_rowid()")), label)
    archive.run("INSERT INTO history_now (one, step) VALUES (1, ?)", (step.number,))
    archive.step = step
    try:
        yield step
        archive.run("DELETE FROM history_now")
        if (last := _last_seq(archive)) < first:
            archive.run("DELETE FROM history WHERE step = ?", (step.number,))
        else:
            stacks = (None,) * 4 if barrier else _stacks(archive, head, step, kind, of)
            if aside:
                stacks = None, head.undo_top, head.redo_top, None
            _seal(archive, step, (first, last), stacks, head)
    finally:
        archive.step = None


def _seal(
    archive: Archive, step: Step, span: tuple[int, int], stacks: tuple[int | None, ...], head: _Head
) -> None:
    """Complete the header, compute the chain, and read off what the step changed."""
    archive.run(
        "UPDATE history SET first_seq = ?, last_seq = ?, below = ?, undo_top = ?, redo_top = ?, "
        "redo_below = ? WHERE step = ?",
        (*span, *stacks, step.number),
    )
    effects = Effects()

    def noted() -> Iterator[tuple[object, ...]]:
        for row in chain.recorded_rows(archive, *span):
            effects.note(row)
            yield row

    rows_hash = chain.digest(noted())
    header = archive.rows(f"SELECT {chain.HEADER} FROM history WHERE step = ?", (step.number,))[0]
    archive.run(
        "UPDATE history SET rows_hash = ?, chain = ? WHERE step = ?",
        (rows_hash, chain.link(head.chain, header, rows_hash), step.number),
    )
    step.changes = effects.changes(archive, step.label, step.number)


def _stacks(archive: Archive, head: _Head, step: Step, kind: str, of: int | None) -> tuple[int | None, ...]:
    """(below, undo_top, redo_top, redo_below) as they are after this step."""
    if kind == "do":
        return head.undo_top, step.number, None, None
    if kind == "undo":
        return None, _link(archive, "below", of), step.number, head.redo_top
    undone = _link(archive, "of", of)
    return _link(archive, "below", undone), step.number, _link(archive, "redo_below", of), None


def _link(archive: Archive, column: str, step: int | None) -> int | None:
    found: int | None = archive.value(f"SELECT {column} FROM history WHERE step = ?", (step,))
    return found


def _head(archive: Archive) -> _Head:
    """The newest sealed step's stacks and chain value."""
    row = archive.row(
        "SELECT undo_top, redo_top, chain FROM history WHERE chain IS NOT NULL ORDER BY step DESC LIMIT 1"
    )
    return _Head(*row) if row else _Head()


def _top(archive: Archive, kind: str) -> HistoryStep | None:
    head = _head(archive)
    top = head.undo_top if kind == "undo" else head.redo_top
    row = archive.row(f"{_STEPS} WHERE step = ?", (top,))
    return HistoryStep(*row) if row else None


def _last_seq(archive: Archive) -> int:
    return int(archive.value("SELECT seq FROM sqlite_sequence WHERE name = 'history_rows'") or 0)
