"""The bytes that articles were made from, unchanged, under their SHA-256.

They lie in an ``sqlar`` table, so that ``sqlite3 Name.pressmark -Ax`` alone unpacks them.
"""

import re
import time
import zlib
from dataclasses import dataclass

from desktop.core.errors import ArchiveDamaged, ArchiveMissing, NotFound
from desktop.core.extraction import Original
from desktop.core.times import now
from desktop.store.archive import Archive

_REGULAR_FILE = 0o100644
_SHA256 = re.compile(r"[0-9a-f]{64}")
_EXTENSION = re.compile(r"(\.[a-z0-9]{1,12})?")


@dataclass(frozen=True, slots=True)
class OriginalInfo:
    """What is known of an original without reading it; ``size`` in bytes when unpacked."""

    sha256: str
    name: str
    size: int
    media_type: str
    filename: str
    added_at: str


def add_original(archive: Archive, original: Original) -> None:
    """Keep the bytes; those that are there already are kept once."""
    if not _SHA256.fullmatch(original.sha256):
        raise ValueError(f"not a SHA-256: {original.sha256}")
    # The name ends up as a path when the archive is unpacked: nothing foreign gets into it.
    extension = original.extension if _EXTENSION.fullmatch(original.extension) else ""
    name = f"originals/{original.sha256}{extension}"
    added = archive.run(
        "INSERT INTO originals (sha256, name, size, media_type, filename, added_at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (original.sha256, name, original.size, original.media_type, original.filename, now()),
    )
    if added:
        archive.run(
            "INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?, ?, ?, ?, ?)",
            (name, _REGULAR_FILE, int(time.time()), original.size, original.data),
        )


def original_info(archive: Archive, sha256: str) -> OriginalInfo:
    """What is known of an original.

    Raises:
        NotFound
    """
    row = archive.row(
        "SELECT sha256, name, size, media_type, filename, added_at FROM originals WHERE sha256 = ?", (sha256,)
    )
    if row is None:
        raise NotFound("original", sha256)
    return OriginalInfo(*row)


def read_original(archive: Archive, sha256: str) -> bytes:
    """The bytes as they were imported.

    Raises:
        NotFound
        ArchiveMissing: They are kept in a sibling file that is not there.
        ArchiveDamaged: They do not have the recorded size.
    """
    row = archive.row("SELECT name, volume FROM originals WHERE sha256 = ?", (sha256,))
    if row is None:
        raise NotFound("original", sha256)
    if row[1] is not None:
        raise ArchiveMissing(archive.path.with_name(row[1]))
    found = archive.row("SELECT sz, data FROM sqlar WHERE name = ?", (row[0],))
    if found is None:
        raise ArchiveDamaged(archive.path, f"no bytes for {row[0]}")
    return unpack(archive, row[0], *found)


def unpack(archive: Archive, name: str, size: int, data: bytes) -> bytes:
    """``sqlar`` content: as it is where the lengths agree, else zlib; never more than ``size``."""
    if len(data) == size:
        return data
    try:
        inflate = zlib.decompressobj()
        content = inflate.decompress(data, size + 1)
    except zlib.error as error:
        raise ArchiveDamaged(archive.path, f"{name}: {error}") from error
    if len(content) != size or not inflate.eof:
        raise ArchiveDamaged(archive.path, f"{name}: not {size} bytes")
    return content
