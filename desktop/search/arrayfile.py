"""A file of named arrays, written once and then mapped: nothing is decoded or copied when it is opened.

Layout: the arrays one after the other, each beginning at a multiple of eight bytes; then a table of
contents in JSON (name: type, offset, items); then the table's length in eight bytes, little-endian.
Numbers are little-endian whatever the machine.
"""

import json
import mmap
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_ALIGNED = 8
_LENGTH = 8


class ArrayFileDamaged(Exception):
    """Not a whole file of arrays."""


class ArrayFileWriter:
    """Writes arrays in the order in which they come; the file is whole after ``close``."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._contents: dict[str, tuple[str, int, int]] = {}
        self._at = 0

    def put(self, name: str, values: Array) -> None:
        """Store an array of one dimension under a name that was not used before."""
        assert name not in self._contents, name
        stored = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"), copy=False)
        self._contents[name] = (stored.dtype.str, self._at, len(stored))
        self._write(stored.data.cast("B") if len(stored) else b"")

    def put_bytes(self, name: str, data: bytes) -> None:
        """Store bytes; they are read back as an array of ``uint8``."""
        self.put(name, np.frombuffer(data, np.uint8))

    def close(self) -> None:
        contents = json.dumps(self._contents, separators=(",", ":")).encode()
        self._file.write(contents + len(contents).to_bytes(_LENGTH, "little"))
        self._file.close()

    def _write(self, data: "bytes | memoryview") -> None:
        padding = -len(data) % _ALIGNED
        self._file.write(data)
        self._file.write(bytes(padding))
        self._at += len(data) + padding


class ArrayFile:
    """Reads such a file in place. Arrays stay valid after ``close``; none of them can be written to.

    Raises:
        ArrayFileDamaged: The end is missing or makes no sense.
        OSError: The file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self._contents = self._read_contents()
        except (ValueError, TypeError, KeyError) as error:
            raise ArrayFileDamaged(f"{path.name}: {error!r}") from error

    def __contains__(self, name: str) -> bool:
        return name in self._contents

    def names(self) -> list[str]:
        return list(self._contents)

    def get(self, name: str) -> Array:
        """The array of this name.

        Raises:
            KeyError: There is none.
        """
        kind, offset, items = self._contents[name]
        return np.frombuffer(self._map, np.dtype(kind), items, offset)

    def let_go(self) -> None:
        """Give back the memory of what was read, where the system can; it is read again when needed."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _read_contents(self) -> dict[str, tuple[str, int, int]]:
        length = int.from_bytes(self._map[-_LENGTH:], "little")
        end = len(self._map) - _LENGTH
        if not 0 < length <= end:
            raise ValueError("no table of contents")
        contents: dict[str, tuple[str, int, int]] = json.loads(self._map[end - length : end])
        for kind, offset, items in contents.values():
            if not 0 <= offset <= offset + items * np.dtype(kind).itemsize <= end - length:
                raise ValueError("an array outside the file")
        return contents
