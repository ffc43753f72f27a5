"""Keeping the index in step with the archive: catching up, building, and starting anew when it must.

The archive is the truth. The index says in its own commit how far it has followed, so whatever
happens between two commits happens again. Where it cannot be trusted it is put aside and built
again, in batches that are searchable as they come.
"""

import gc
import itertools
import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from whoosh import index
from whoosh.util.filelock import FileLock

from desktop.core.progress import Progress
from desktop.core.searching import IndexRecord, IndexSource
from desktop.search.writer import (
    BatchWriter,
    IndexBusy,
    IndexDamaged,
    IndexState,
    create_index,
    open_index,
    read_state,
)

logger = logging.getLogger(__name__)

# Records in a commit, and the code points of their texts: what bounds a builder's memory.
BATCH = 2000
_BATCH_TEXT = 8_000_000
_FIRST_BATCH = 200
# Records read from the archive at a time.
_READ = 200
# Records between two reports.
_TELL_EVERY = 25


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
) -> Following:
    """Bring the index up to the archive's newest mark, from wherever it is.

    Missing, damaged and stale indexes are built from the first record on; an interrupted build goes on
    where it stopped. Every commit is complete in itself, so this may be killed at any time.

    Args:
        checksums: Also compare every file with its checksum before trusting it.

    Raises:
        Cancelled: The person stopped it; what was committed is kept.
    """
    progress = progress or Progress()
    try:
        with _lock(folder):
            return _catch_up(source, folder, progress, batch, checksums)
    except IndexBusy:
        return Following(_state_or_none(folder), source.count(), busy=True)


def rebuild(source: IndexSource, folder: Path, progress: Progress | None = None) -> Following:
    """Put the index aside, whatever its state, and build it anew.

    Raises:
        Cancelled: The person stopped it; ``catch_up`` goes on where it stopped.
    """
    try:
        with _lock(folder):
            _put_aside(folder)
            return _catch_up(source, folder, progress or Progress(), BATCH, checksums=False)
    except IndexBusy:
        return Following(_state_or_none(folder), source.count(), busy=True)


def _catch_up(
    source: IndexSource, folder: Path, progress: Progress, batch: int, checksums: bool
) -> Following:
    opened = _trusted(source, folder, checksums=checksums)
    if read_state(opened.schema).building_after is not None:
        _build(source, opened, progress, batch)
    _follow(source, opened, progress, batch)
    return Following(read_state(opened.schema), source.count())


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


def _build(source: IndexSource, opened: index.FileIndex, progress: Progress, batch: int) -> None:
    """Index every record by key. Marks made meanwhile lie after ``applied`` and follow later.

    The first batches are small, so that something can be found after the first seconds.
    """
    state = read_state(opened.schema)
    while (after := state.building_after) is not None:
        size = min(batch, max(_FIRST_BATCH, state.records))
        records, last = _next_records(source, after, size)
        watch = _Watch(progress, state.records, max(source.count(), state.records + len(records)))
        state = _commit(opened, [], records, replace(state, building_after=last), watch)


def _next_records(source: IndexSource, after: str, batch: int) -> tuple[list[IndexRecord], str | None]:
    """Records after a key, and the last key read; None when there are no more."""
    records: list[IndexRecord] = []
    text, last = 0, after
    while len(records) < batch and text < _BATCH_TEXT:
        keys = source.keys(last, min(_READ, batch))
        if not keys:
            return records, None
        found = source.records(keys)
        records += [found[key] for key in keys if key in found]
        text += sum(len(record.text) for record in found.values())
        last = keys[-1]
    return records, last


def _follow(source: IndexSource, opened: index.FileIndex, progress: Progress, batch: int) -> None:
    """Apply the marks after the applied one, oldest first."""
    state = read_state(opened.schema)
    while state.applied is not None:
        # The head is read first: what it says was true when these marks had been made.
        head = source.head()
        keys, records, seq = _next_changes(source, state.applied.seq, batch)
        if not keys:
            return
        state = replace(state, applied=replace(head, seq=seq))
        kept = state.records - len(keys)
        watch = _Watch(progress, max(kept, 0), max(source.count(), kept + len(records)))
        state = _commit(opened, keys, list(records.values()), state, watch)


def _next_changes(
    source: IndexSource, after: int, batch: int
) -> tuple[list[str], dict[str, IndexRecord], int]:
    """The keys of the next marks, their live records, and the last mark's number."""
    keys: dict[str, None] = {}
    records: dict[str, IndexRecord] = {}
    while len(keys) < batch and sum(len(record.text) for record in records.values()) < _BATCH_TEXT:
        changes = source.changes(after, min(_READ, batch))
        if not changes:
            break
        chunk = dict.fromkeys(change.key for change in changes)
        for key in chunk:
            records.pop(key, None)
        records |= source.records(list(chunk))
        keys |= chunk
        after = changes[-1].seq
    return list(keys), records, after


def _commit(
    opened: index.FileIndex,
    removed: Sequence[str],
    added: Sequence[IndexRecord],
    state: IndexState,
    watch: "_Watch | None" = None,
) -> IndexState:
    """One commit. Cancelling while records are added leaves the index as it was."""
    with BatchWriter(opened) as writer:
        writer.remove(removed)
        writer.add(added if watch is None else watch.over(added))
        writer.commit(state)
    if len(added) > _FIRST_BATCH // 2:
        # Whoosh's writers are cycles that hold a batch's postings: they must not pile up.
        gc.collect()
    return read_state(opened.schema)


@dataclass(frozen=True)
class _Watch:
    """Tells how far it is, in records of the archive, and notices that it should stop."""

    progress: Progress
    done: int
    total: int

    def over(self, records: Sequence[IndexRecord]) -> Iterator[IndexRecord]:
        for number, record in enumerate(records):
            if number % _TELL_EVERY == 0:
                self.progress.check()
                self.progress.report(self.done + number, self.total, "index")
            yield record
        self.progress.report(self.done + len(records), self.total, "index")


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
