"""Keeping the index in step with the archive: catching up, building, mending, and starting anew.

The archive is the truth. The index says in its own commit how far it has followed, so whatever
happens between two commits happens again. A segment that is damaged is dropped and its records are
indexed again, while the others go on answering; where nothing can be trusted the whole index is put
aside and built again, in batches that are searchable as they come.
"""

import itertools
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from whoosh import index
from whoosh.util.filelock import FileLock

from desktop.core.progress import Progress
from desktop.core.searching import IndexSource
from desktop.search.batches import Batch, Run, of_build, of_marks
from desktop.search.building import Builders
from desktop.search.writer import (
    IndexBusy,
    IndexDamaged,
    IndexState,
    create_index,
    open_index,
    read_state,
)

logger = logging.getLogger(__name__)

# Records in a batch; the text in a segment is bounded besides.
BATCH = 12_500
# The first batches of a build are small and grow, so that something is found after a second.
_FIRST_BATCH, _GROWTH = 200, 4
# From so many records on it is worth starting processes for them.
_MANY = 2_000
# Marks read at a time.
_MOST_MARKS = 100_000


@dataclass(frozen=True)
class Following:
    """What ``catch_up`` came to.

    Attributes:
        state: Of the index's last commit.
        total: Live records in the archive.
        busy: Another process is writing this index; nothing was done.
    """

    state: IndexState
    total: int
    busy: bool = False

    @property
    def complete(self) -> bool:
        return not self.busy and self.state.building_after is None


def catch_up(
    source: IndexSource,
    folder: Path,
    progress: Progress | None = None,
    *,
    batch: int = BATCH,
    checksums: bool = False,
    builders: Builders | None = None,
) -> Following:
    """Bring the index up to the archive's newest mark, from wherever it is.

    Missing, damaged and stale indexes are built from the first record on; an interrupted build goes on
    where it stopped. Every commit is complete in itself, so this may be killed at any time.

    Args:
        checksums: Also compare every file with its checksum before trusting it.
        builders: Build beside this process where there is much to do.

    Raises:
        Cancelled: The person stopped it; what was committed is kept.
    """
    progress = progress or Progress()
    try:
        with _lock(folder):
            return _catch_up(source, folder, progress, batch, builders, checksums=checksums)
    except IndexBusy:
        return Following(_state_or_none(folder), source.count(), busy=True)


def rebuild(
    source: IndexSource,
    folder: Path,
    progress: Progress | None = None,
    *,
    builders: Builders | None = None,
) -> Following:
    """Put the index aside, whatever its state, and build it anew.

    Raises:
        Cancelled: The person stopped it; ``catch_up`` goes on where it stopped.
    """
    try:
        with _lock(folder):
            _put_aside(folder)
            return _catch_up(source, folder, progress or Progress(), BATCH, builders, checksums=False)
    except IndexBusy:
        return Following(_state_or_none(folder), source.count(), busy=True)


def _catch_up(
    source: IndexSource,
    folder: Path,
    progress: Progress,
    batch: int,
    builders: Builders | None,
    *,
    checksums: bool,
) -> Following:
    run = Run(source, _trusted(source, folder, checksums=checksums), progress, builders)
    if run.state.building_after is not None:
        _build(run, batch)
    _follow(run, batch)
    return Following(run.state, source.count())


def is_stale(state: IndexState, source: IndexSource) -> bool:
    """Whether the index follows another archive, or a later or different past of this one."""
    applied, head = state.applied, source.head()
    if applied is None or applied.archive_id != head.archive_id or applied.seq > head.seq:
        return True
    # Before the first step there is no chain to compare.
    return (source.chain_at(applied.step) or "") != applied.chain


def _put_aside(folder: Path) -> None:
    """Take an index out of the way; readers that have it open may go on reading it."""
    remove_leftovers(folder)
    if folder.exists():
        taken = {path.name for path in folder.parent.iterdir()}
        names = (f"{folder.name}.old{number}" for number in itertools.count())
        try:
            folder.rename(folder.with_name(next(name for name in names if name not in taken)))
        except OSError as error:  # Windows, while a reader has it open
            raise IndexBusy from error
    remove_leftovers(folder)


def remove_leftovers(folder: Path) -> None:
    """Delete indexes that were put aside; what another process still reads is left for next time."""
    for aside in folder.parent.glob(f"{folder.name}.old*"):
        shutil.rmtree(aside, ignore_errors=True)


def _trusted(source: IndexSource, folder: Path, *, checksums: bool) -> index.FileIndex:
    try:
        opened = open_index(folder, checksums=checksums)
        if not is_stale(read_state(opened.schema), source):
            return opened
        logger.info("The index follows another state of the archive; building it anew.")
    except IndexDamaged as damage:
        if folder.exists():
            logger.info("The index cannot be used (%s); building it anew.", damage)
    _put_aside(folder)
    opened = create_index(folder)
    _commit(opened, [], [], IndexState(applied=source.head(), building_after=""))
    return opened


def _build(run: Run, batch: int) -> None:
    """Index every record by key. Marks made meanwhile lie after ``applied`` and follow later.

    The first batches are small, so that something can be found after the first second or two.
    """
    records = run.state.records
    run.begin(records, max(run.source.count(), records))
    batches = _batches_of_keys(run, batch)
    for one in batches:
        if run.state.records + len(one.keys) >= _MANY:
            run.apply_all(itertools.chain([one], batches))
        else:
            run.apply(one)


def _batches_of_keys(run: Run, batch: int) -> Iterator[Batch]:
    """What is still to be built, in order of the keys; each is settled when it is asked for."""
    after = run.state.building_after
    while after is not None:
        size = min(batch, max(_FIRST_BATCH, run.state.records * _GROWTH))
        found = run.source.keys(after, size + 1)
        keys = found[:size]
        after = keys[-1] if len(found) > size else None
        yield of_build(keys, after)


def _follow(run: Run, batch: int) -> None:
    """Apply the marks after the applied one, oldest first."""
    while True:
        # The head is read first: what it says was true when these marks had been made.
        applied, head = run.state.applied, run.source.head()
        marks = _marks(run.source, applied.seq if applied else 0)
        if not marks:
            return
        total = run.source.count()
        run.begin(max(total - len(marks), 0), total)
        batches = (of_marks(marks[at : at + batch], head) for at in range(0, len(marks), batch))
        if len(marks) >= _MANY:
            run.apply_all(batches)
        else:
            for one in batches:
                run.apply(one)


def _marks(source: IndexSource, after: int) -> list[tuple[str, int]]:
    """The keys that were marked since, each once and with its last mark, in the order of these."""
    found: dict[str, int] = {}
    for change in source.changes(after, _MOST_MARKS):
        found.pop(change.key, None)
        found[change.key] = change.seq
    return list(found.items())


def _state_or_none(folder: Path) -> IndexState:
    try:
        return read_state(open_index(folder).schema)
    except IndexDamaged:
        return IndexState()


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """One writer for each index, whatever it does; the system frees the lock of one that dies."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(str(folder.with_name(f"{folder.name}.lock")))
    if not lock.acquire():
        raise IndexBusy
    try:
        yield
    finally:
        lock.release()
