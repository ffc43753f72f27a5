"""Keeping the index in step with the archive: catching up, building, mending, and starting anew.

The archive is the truth. The index says in its own commit how far it has followed, so whatever
happens between two commits happens again. A segment that is damaged is dropped and its records are
indexed again, while the others go on answering; where nothing can be trusted the whole index is put
aside and built again, in batches that are searchable as they come.
"""

import itertools
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from whoosh import index
from whoosh.util.filelock import FileLock

from desktop.core.progress import Progress
from desktop.core.searching import IndexSource
from desktop.search.batches import Batch, Run, of_build, of_marks, of_repair
from desktop.search.building import Builders
from desktop.search.storage import restore_contents
from desktop.search.writer import (
    BatchWriter,
    IndexBusy,
    IndexDamaged,
    IndexOutdated,
    IndexState,
    create_index,
    damaged_files,
    known_keys,
    open_index,
    read_state,
    remove,
    sweep,
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
        with locked(folder):
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
        with locked(folder):
            _put_aside(folder)
            return _catch_up(source, folder, progress or Progress(), BATCH, builders, checksums=False)
    except IndexBusy:
        return Following(_state_or_none(folder), source.count(), busy=True)


def mend(source: IndexSource, folder: Path, keys: Sequence[str]) -> bool:
    """Index these records anew, which the index had wrongly; False where another process writes it.

    Raises:
        IndexDamaged, OSError
    """
    try:
        with locked(folder):
            Run(source, open_index(folder), Progress()).apply(of_repair(keys))
            return True
    except IndexBusy:
        return False


def _catch_up(
    source: IndexSource,
    folder: Path,
    progress: Progress,
    batch: int,
    builders: Builders | None,
    *,
    checksums: bool,
) -> Following:
    try:
        return _follow_on(source, folder, progress, batch, builders, checksums=checksums)
    except IndexDamaged as damage:  # what no size tells: once more, and more thoroughly
        logger.info("The index is damaged (%s).", damage)
    try:
        return _follow_on(source, folder, progress, batch, builders, checksums=True)
    except IndexDamaged:
        _put_aside(folder)
    return _follow_on(source, folder, progress, batch, builders, checksums=False)


def _follow_on(
    source: IndexSource,
    folder: Path,
    progress: Progress,
    batch: int,
    builders: Builders | None,
    *,
    checksums: bool,
) -> Following:
    opened = _trusted(source, folder, progress, checksums=checksums)
    run = Run(source, opened, progress, builders)
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
        remove(aside)


def _trusted(source: IndexSource, folder: Path, progress: Progress, *, checksums: bool) -> index.FileIndex:
    """The index without what is damaged in it, or an empty one where it cannot be trusted at all."""
    try:
        opened = _opened(folder)
        if not is_stale(read_state(opened.schema), source):
            _drop_damaged(opened, folder, progress, checksums=checksums)
            sweep(folder, opened)
            return opened
        logger.info("The index follows another state of the archive; building it anew.")
    except IndexDamaged as damage:
        if folder.exists():
            logger.info("The index cannot be used (%s); building it anew.", damage)
    _put_aside(folder)
    opened = create_index(folder)
    with BatchWriter(opened) as writer:
        writer.commit(IndexState(applied=source.head(), building_after=""))
    return opened


def _opened(folder: Path) -> index.FileIndex:
    """Open by the table of contents, or else by its copy."""
    try:
        return open_index(folder, files=False)
    except IndexOutdated:
        raise
    except IndexDamaged:
        if not folder.is_dir() or not restore_contents(folder):
            raise
    return open_index(folder, files=False)


def _drop_damaged(opened: index.FileIndex, folder: Path, progress: Progress, *, checksums: bool) -> None:
    """Forget segments whose files are not as committed; their records are found and indexed again."""
    state = read_state(opened.schema)
    damaged = damaged_files(folder, state, checksums=checksums, check=progress.check)
    if not damaged:
        return
    logger.info("Parts of the index are damaged and made anew: %s", ", ".join(damaged))
    for name in damaged:
        remove(folder / name)  # else a folder in its place would stay in the way
    with BatchWriter(opened) as writer:
        writer.segments = [one for one in writer.segments if one.path(folder).name not in damaged]
        writer.commit(replace(state, building_after="", mending=True))


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
        if run.state.mending:
            known = known_keys(run.opened, keys)
            keys = [key for key in keys if key not in known]
        if keys or after is None:
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
def locked(folder: Path) -> Iterator[None]:
    """One writer for each index, whatever it does; the system frees the lock of one that dies.

    Raises:
        IndexBusy: There is another one.
        OSError
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    path = folder.with_name(f"{folder.name}.lock")
    if path.is_dir():
        remove(path)
    lock = FileLock(str(path))
    if not lock.acquire():
        raise IndexBusy
    try:
        yield
    finally:
        lock.release()
