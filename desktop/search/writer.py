"""Writing the index: one lock, bounded segments, and commits that are whole or not there at all.

Whoosh never flushes to the disk and does not notice damage, so a commit here also syncs its files and
notes their sizes and checksums, together with how far the archive was followed, in the same table of
contents that makes the commit visible.
"""

import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from whoosh import index
from whoosh.index import LockError
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from desktop.core.searching import IndexHead, IndexRecord
from desktop.search.schema import VERSION, document_of, make_schema
from desktop.search.storage import Codec, Storage

# Postings held in memory before Whoosh sorts them out to disk; a batch is meant to stay below.
_POSTINGS_MB = 192
# Segments up to each size are merged once there are so many of them: commits stay short, and no
# large segment is ever rewritten for a small one.
_TIERS = (16, 128, 1024)
_TOO_MANY = 8
# A segment with a larger share of deleted records is rewritten.
_DEAD_SHARE = 0.3


class IndexBusy(Exception):
    """Another process is writing this index."""


class IndexDamaged(Exception):
    """The index cannot be read or is not what its last commit wrote: it has to be made again."""


@dataclass(frozen=True)
class IndexState:
    """What a commit says of itself.

    Attributes:
        applied: The archive at the moment that the index reflects; None before the first commit.
        building_after: While a full build is under way, the last key that it has indexed.
        records: Live records in the index.
        files: Size and CRC-32 of every segment file.
    """

    applied: IndexHead | None = None
    building_after: str | None = None
    records: int = 0
    version: str = field(default_factory=lambda: VERSION)
    files: dict[str, tuple[int, int]] = field(default_factory=dict)


# The attribute of the Whoosh schema that carries the state: it is written with each commit.
_STATE = "pressmark_state"


def read_state(schema: Any) -> IndexState:
    """The state in a table of contents.

    Raises:
        IndexDamaged: There is none, or another version of the program wrote it.
    """
    state = getattr(schema, _STATE, None)
    if not isinstance(state, IndexState) or state.version != VERSION:
        raise IndexDamaged("made by another version")
    return state


def open_index(folder: Path, *, checksums: bool = False) -> index.FileIndex:
    """Open for reading or writing.

    Args:
        checksums: Read every file whole and compare; otherwise only sizes are compared.

    Raises:
        IndexDamaged: Missing, unreadable, or not what was committed.
    """
    storage = Storage(folder)
    try:
        opened = index.FileIndex(storage)
        state = read_state(opened.schema)
    except IndexDamaged:
        raise
    except Exception as error:  # unpickling damaged bytes can raise anything
        storage.close_files()
        raise IndexDamaged(repr(error)) from error
    check_files(folder, state, checksums=checksums)
    return opened


def check_files(folder: Path, state: IndexState, *, checksums: bool) -> None:
    """Raises ``IndexDamaged`` where a committed file is missing or differs."""
    for name, (size, crc) in state.files.items():
        path = folder / name
        try:
            same = path.stat().st_size == size and (not checksums or _crc(path) == crc)
        except OSError as error:
            raise IndexDamaged(repr(error)) from error
        if not same:
            raise IndexDamaged(f"{name} is not as committed")


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
    """

    def __init__(self, opened: index.FileIndex) -> None:
        try:
            self._writer = _SyncedWriter(
                opened,
                limitmb=_POSTINGS_MB,
                codec=Codec(),
            )
        except LockError as error:
            raise IndexBusy from error
        self._open = True

    def __enter__(self) -> "BatchWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._open:
            self._open = False
            self._writer.cancel()

    def remove(self, keys: Iterable[str]) -> None:
        """Forget these records; unknown keys do not matter."""
        wanted = [key.encode() for key in keys]
        with self._writer.reader() as reader:
            for key in wanted:
                if ("key", key) in reader:
                    for number in reader.postings("key", key).all_ids():
                        self._writer.delete_document(number)

    def add(self, records: Iterable[IndexRecord]) -> None:
        """Put in records that are not there, or have just been removed."""
        for record in records:
            self._writer.add_document(**document_of(record))

    def commit(self, state: IndexState) -> None:
        """Make everything visible at once, durably."""
        self._open = False
        self._writer.state = state
        self._writer.commit(mergetype=_merge_small)


class _SyncedWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer, with files synced and noted before the table of contents names them."""

    state: IndexState

    def _commit_toc(self, segments: list[Any]) -> None:
        folder = Path(self.storage.folder)
        known = read_state(self.schema).files
        names = {segment.segment_id() for segment in segments}
        files = {
            path.name: known.get(path.name) or _synced(path)
            for path in sorted(folder.iterdir())
            if path.name.partition(".")[0] in names
        }
        live = sum(segment.doc_count_all() - segment.deleted_count() for segment in segments)
        setattr(self.schema, _STATE, replace(self.state, files=files, records=live))
        super()._commit_toc(segments)
        _sync_folder(folder)


def _synced(path: Path) -> tuple[int, int]:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    return path.stat().st_size, _crc(path)


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            crc = zlib.crc32(block, crc)
    return crc


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _merge_small(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """The merge policy: rewrite what is mostly dead, and the small ones where there are many."""
    merged = [segment for segment in segments if _mostly_dead(segment)]
    rest = [segment for segment in segments if not _mostly_dead(segment)]
    below = 0
    for limit in _TIERS:
        tier = [segment for segment in rest if below < segment.doc_count_all() <= limit]
        if len(tier) >= _TOO_MANY:
            merged += tier
            rest = [segment for segment in rest if segment not in tier]
        below = limit
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        try:
            writer.add_reader(reader)
        finally:
            reader.close()
    return rest


def _mostly_dead(segment: Any) -> bool:
    return bool(segment.deleted_count() > _DEAD_SHARE * segment.doc_count_all())
