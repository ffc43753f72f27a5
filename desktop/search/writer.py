"""Writing the index: one lock, bounded segments, and commits that are whole or not there at all.

Whoosh never flushes to the disk and does not notice damage, so a commit here also syncs its files and
notes their sizes and checksums, together with how far the archive was followed, in the same table of
contents that makes the commit visible.
"""

import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from whoosh import index

from desktop.core.searching import IndexHead, IndexRecord
from desktop.search.arrayfile import ArrayFileDamaged
from desktop.search.builder import SegmentBuilder
from desktop.search.codec import ArraySegment
from desktop.search.merging import MergeStopped, Stop, large_merge, merge, small_merges
from desktop.search.schema import VERSION, make_schema
from desktop.search.segments import Segment
from desktop.search.storage import Storage, copy_of, sync, sync_folder


class IndexBusy(Exception):
    """Another process is writing this index."""


class IndexDamaged(Exception):
    """The index cannot be read or is not what its last commit wrote: it has to be made again."""


class IndexOutdated(IndexDamaged):
    """The index was made by another version of the program; nothing is wrong with it."""


@dataclass(frozen=True)
class IndexState:
    """What a commit says of itself.

    Attributes:
        applied: The archive at the moment that the index reflects; None before the first commit.
        building_after: While a full build is under way, the last key that it has indexed.
        mending: Records after ``building_after`` may be there already: a damaged segment was dropped.
        records: Live records in the index.
        left_out: Keys of records that could not be indexed, and why.
        files: Size and CRC-32 of every segment file.
    """

    applied: IndexHead | None = None
    building_after: str | None = None
    mending: bool = False
    records: int = 0
    left_out: dict[str, str] = field(default_factory=dict)
    version: str = field(default_factory=lambda: VERSION)
    files: dict[str, tuple[int, int]] = field(default_factory=dict)


# The attribute of the Whoosh schema that carries the state: it is written with each commit.
_STATE = "pressmark_state"


def read_state(schema: Any) -> IndexState:
    """The state in a table of contents.

    Raises:
        IndexOutdated: Another version of the program wrote it.
    """
    state = getattr(schema, _STATE, None)
    if not isinstance(state, IndexState) or state.version != VERSION:
        raise IndexOutdated("made by another version")
    return state


def open_index(folder: Path, *, files: bool = True, checksums: bool = False) -> index.FileIndex:
    """Open for reading or writing.

    Args:
        files: See whether every file of a segment is there in its size.
        checksums: Read each of them whole and compare.

    Raises:
        IndexOutdated: Of another version of the program.
        IndexDamaged: Missing, unreadable, or not what was committed.
    """
    storage = Storage(folder)
    try:
        opened = index.FileIndex(storage)
        state = read_state(opened.schema)
    except IndexDamaged:
        raise
    except (ImportError, AttributeError) as error:  # its bytes are as written, but what they name is gone
        storage.close_files()
        raise IndexOutdated("made by another version") from error
    except Exception as error:  # Whoosh and the system raise anything
        storage.close_files()
        raise IndexDamaged(repr(error)) from error
    if files and (damaged := damaged_files(folder, state, checksums=checksums)):
        raise IndexDamaged(f"not as committed: {', '.join(damaged)}")
    return opened


def open_segments(opened: index.FileIndex) -> list[Segment]:
    """The segments of the newest commit, for reading.

    Raises:
        IndexDamaged
    """
    with damage_told():
        try:
            return [Segment(opened.storage, segment) for segment in opened._read_toc().segments]
        except OSError as error:
            raise IndexDamaged(repr(error)) from error


def known_keys(opened: index.FileIndex, keys: Sequence[str]) -> set[str]:
    """Those of these keys that the newest commit has.

    Raises:
        IndexDamaged
    """
    wanted, found = [key.encode(errors="replace") for key in keys], set()
    segments = open_segments(opened)
    with damage_told():
        for segment in segments:
            postings = segment.postings("key")
            for number in postings.terms.find_all(wanted):
                documents = postings.documents(number)
                if segment.live is None or segment.live[documents].any():
                    found.add(postings.terms[number].decode())
    return found


def damaged_files(
    folder: Path, state: IndexState, *, checksums: bool, check: Callable[[], None] = lambda: None
) -> list[str]:
    """The names of committed files that are missing or differ.

    Args:
        check: Called some times a second; it may raise, which ends the search.
    """
    crc = partial(_crc, check=check) if checksums else None
    return [name for name, known in state.files.items() if not _is_whole(folder / name, known, crc)]


def _is_whole(path: Path, known: tuple[int, int], crc: Callable[[Path], int] | None) -> bool:
    size, sum_ = known
    try:
        return path.is_file() and path.stat().st_size == size and (crc is None or crc(path) == sum_)
    except OSError:
        return False


def sweep(folder: Path, opened: index.FileIndex) -> None:
    """Remove what no commit names: drafts and half-written files of processes that were killed.

    Only for whoever may write.
    """
    contents = index.TOC._filename(opened.indexname, opened.latest_generation())
    kept = {contents, copy_of(contents), *read_state(opened.schema).files}
    for path in folder.iterdir():
        if path.is_dir() or not (path.name in kept or path.name.endswith("LOCK")):
            remove(path)


def remove(path: Path) -> None:
    """Delete a file or a folder; what another process still reads may be left."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def create_index(folder: Path) -> index.FileIndex:
    """An empty index in a private folder: its files are unpickled when read, so nobody else may write."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    schema = make_schema()
    setattr(schema, _STATE, IndexState())
    return index.FileIndex.create(Storage(folder), schema)


class BatchWriter:
    """One commit: records taken out and put in, and the state that goes with them.

    Use as a context manager and call ``commit``; leaving without it changes nothing.

    Raises:
        IndexBusy: Another process holds the lock.
        IndexDamaged: What was committed before cannot be read.
    """

    def __init__(self, opened: index.FileIndex) -> None:
        self._storage = opened.storage
        self._folder = Path(opened.storage.folder)
        self._name: str = opened.indexname
        self._lock = opened.lock("WRITELOCK")
        if not self._lock.acquire():
            raise IndexBusy
        self._open = True
        # Segments whose files still have their drafts' names.
        self._drafts: list[ArraySegment] = []
        self._builder: SegmentBuilder | None = None
        try:
            with damage_told():
                self._toc = opened._read_toc()
        except BaseException:
            self._release()
            raise
        self.segments: list[ArraySegment] = list(self._toc.segments)

    def __enter__(self) -> "BatchWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for segment in self._drafts:
            segment.draft(self._folder).unlink(missing_ok=True)
        if self._open:
            self._release()

    def remove(self, keys: Iterable[str]) -> None:
        """Forget these committed records; unknown keys do not matter."""
        wanted = [key.encode(errors="replace") for key in keys]
        if wanted:
            with damage_told():
                for segment in self.segments:
                    _bury(segment, Segment(self._storage, segment), wanted)

    def add(self, records: Iterable[IndexRecord]) -> None:
        """Put in records that are not there, or have just been removed."""
        for record in records:
            self._builder = self._builder or SegmentBuilder()
            self._builder.add(record)
            if self._builder.full:
                self._finish_builder()

    def take(self, segment: ArraySegment) -> None:
        """Put in a segment that was built in this folder, here or in another process."""
        self._drafts.append(segment)

    def merge(self, chosen: Sequence[ArraySegment], stop: Stop = lambda: False) -> None:
        """Make one of several committed segments.

        Raises:
            MergeStopped: ``stop`` said so; nothing was changed.
        """
        with damage_told():
            views = [Segment(self._storage, segment) for segment in chosen]
            merged = merge(self._folder, views, stop)
        self.segments = [segment for segment in self.segments if segment not in chosen]
        self.take(merged)

    def commit(self, state: IndexState) -> None:
        """Make everything visible at once, durably. Where there are many small segments they become one."""
        self._finish_builder()
        self._name_drafts()
        for chosen in small_merges(self.segments):
            self.merge(chosen)
            self._name_drafts()
        self.segments = [segment for segment in self.segments if segment.doc_count()]
        self._write_toc(state)
        self._release()

    def _finish_builder(self) -> None:
        if self._builder is not None:
            builder, self._builder = self._builder, None
            self.take(builder.write(self._folder))

    def _name_drafts(self) -> None:
        while self._drafts:
            segment = self._drafts.pop()
            segment.draft(self._folder).replace(segment.path(self._folder))
            self.segments.append(segment)

    def _write_toc(self, state: IndexState) -> None:
        known = read_state(self._toc.schema).files
        paths = [segment.path(self._folder) for segment in self.segments]
        files = {path.name: known.get(path.name) or _synced(path) for path in paths}
        records = sum(segment.doc_count() for segment in self.segments)
        setattr(self._toc.schema, _STATE, replace(state, files=files, records=records))
        generation = self._toc.generation + 1
        index.TOC(self._toc.schema, self.segments, generation).write(self._storage, self._name)
        sync_folder(self._folder)
        index.clean_files(self._storage, self._name, generation, self.segments)

    def _release(self) -> None:
        self._open = False
        self._lock.release()


def merge_some(opened: index.FileIndex, stop: Stop = lambda: False) -> bool:
    """One of the merges that take their time, for when there is nothing else to do.

    Args:
        stop: Asked some times a second; where it says so, the merge is given up and can be begun anew.

    Returns:
        Whether something was merged: then there may be more.
    """
    with BatchWriter(opened) as writer:
        chosen = large_merge(writer.segments)
        if not chosen:
            return False
        try:
            writer.merge(chosen, stop)
        except MergeStopped:
            return False
        writer.commit(read_state(opened.schema))
    return True


@contextmanager
def damage_told() -> Iterator[None]:
    """Whatever bytes that are not as written can raise becomes ``IndexDamaged``."""
    try:
        yield
    except (ArrayFileDamaged, ValueError, IndexError, KeyError, TypeError) as error:
        raise IndexDamaged(repr(error)) from error


def _bury(segment: ArraySegment, view: Segment, keys: Sequence[bytes]) -> None:
    """Mark the documents with these keys as deleted."""
    postings = view.postings("key")
    numbers = postings.terms.find_all(keys)
    if numbers:
        dead = np.zeros(view.size, bool) if view.live is None else ~view.live
        for number in numbers:
            dead[postings.documents(number)] = True
        segment.bury(dead)


def _synced(path: Path) -> tuple[int, int]:
    sync(path)
    return path.stat().st_size, _crc(path)


def _crc(path: Path, check: Callable[[], None] = lambda: None) -> int:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            check()
            crc = zlib.crc32(block, crc)
    return crc
