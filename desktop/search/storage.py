"""Whoosh's files on disk, mapped instead of copied into memory.

Whoosh 2.7.4 maps a segment's file and then copies every part of it into memory; here the parts are
read where they lie, so that opening an index costs milliseconds whatever its size.
"""

import weakref
from pathlib import Path
from typing import Any, BinaryIO

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile


class Storage(FileStorage):  # type: ignore[misc]
    """An index folder, able to close what Whoosh left open when reading a damaged file failed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._opened: weakref.WeakSet[BinaryIO] = weakref.WeakSet()

    def open_file(self, name: str, **options: Any) -> Any:
        opened = super().open_file(name, **options)
        self._opened.add(opened.file)
        return opened

    def close_files(self) -> None:
        for file in list(self._opened):
            file.close()


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own format, with larger and uncompressed blocks, in mapped segments."""

    def __init__(self) -> None:
        super().__init__(blocklimit=1024, compression=0)

    def new_segment(self, _storage: Any, indexname: str) -> "MappedSegment":
        return MappedSegment(self, indexname)


class MappedSegment(W3Segment):  # type: ignore[misc]
    """A segment whose parts are read in place. Pickled by name in every table of contents."""

    def open_compound_file(self, storage: Any) -> "_MappedParts":
        return _MappedParts(storage.open_file(self.make_filename(self.COMPOUND_EXT)))


class _MappedParts(CompoundStorage):  # type: ignore[misc]
    def open_file(self, name: str, *_: Any, **__: Any) -> StructFile:
        offset, length = self.range(name)
        return _MappedFile(memoryview(self._source)[offset : offset + length], name)


class _MappedFile(StructFile):  # type: ignore[misc]
    """Whoosh's structured reading over a part of a mapped file."""

    def __init__(self, view: memoryview, name: str) -> None:
        self._view = view
        super().__init__(_Reader(view), name=name)

    def get(self, position: int, length: int) -> bytes:
        return self._view[position : position + length].tobytes()

    def close(self) -> None:
        super().close()
        self._view.release()


class _Reader:
    """The few methods of a binary file that Whoosh and pickle use, without a copy of the bytes."""

    def __init__(self, view: memoryview) -> None:
        self._view, self._at = view, 0

    def read(self, size: int = -1) -> bytes:
        end = len(self._view) if size < 0 else self._at + size
        data = self._view[self._at : end].tobytes()
        self._at += len(data)
        return data

    def peek(self, _: int) -> bytes:
        """A little of what follows: pickle then needs one call for a block's short header."""
        return self._view[self._at : self._at + 64].tobytes()

    def readline(self) -> bytes:
        at = self._at
        while (piece := self._view[at : at + 80].tobytes()) and b"\n" not in piece:
            at += len(piece)
        return self.read(at + piece.find(b"\n") + 1 - self._at if piece else -1)

    def seek(self, position: int, whence: int = 0) -> int:
        self._at = position + (0, self._at, len(self._view))[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        """Nothing of its own to close."""
