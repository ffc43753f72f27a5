"""ZIP files from strangers: nothing is unpacked to the disk, and nothing grows without bound."""

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath
from typing import IO

from desktop.core.errors import ImportFailed

MOST_MEMBERS = 20_000
LARGEST_MEMBER = 64 * 1024 * 1024
LARGEST_SUM = 512 * 1024 * 1024
_CHUNK = 256 * 1024
_LARGE = 4 * 1024 * 1024
_HOLLOW = 300


class SafeZip:
    """Members by name, read within limits.

    Names that lead out of the archive, symbolic links, folders and encrypted members are not there.

    Attributes:
        refused: Members that are not there though they are no folders, each with the reason.

    Raises:
        ImportFailed: ``malformed``, ``too_many`` members, ``encrypted`` (all of them are).
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, zlib.error) as error:
            raise ImportFailed(name, "malformed", str(error)) from error
        if len(infos) > MOST_MEMBERS:
            raise ImportFailed(name, "too_many", f"{len(infos)} members")
        files = [info for info in infos if info.filename and not info.is_dir()]
        if files and all(info.flag_bits & 1 for info in files):
            raise ImportFailed(name, "encrypted")
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self.refused: dict[str, str] = {}
        for info in files:
            member = _safe_name(info)
            if reason := _why_refused(info, member):
                self.refused[member or info.filename] = reason
            else:
                self._infos[member] = info
        self._read = 0

    @property
    def names(self) -> list[str]:
        """In the order in which the archive lists them."""
        return list(self._infos)

    def __contains__(self, member: str) -> bool:
        return member in self._infos

    def size(self, member: str) -> int:
        """In bytes, as the archive claims."""
        return self._infos[member].file_size

    def is_bomb(self, member: str) -> bool:
        """Whether it is large and holds hardly anything: text packs to a twentieth, seldom to a hundredth."""
        info = self._infos[member]
        return info.file_size > _LARGE and info.file_size > _HOLLOW * info.compress_size

    def read(self, member: str, limit: int = LARGEST_MEMBER) -> bytes:
        """The bytes of a member.

        Raises:
            KeyError: There is none of this name.
            ImportFailed: ``too_large`` (it, or all that was read), ``malformed``.
        """
        info = self._infos[member]
        try:
            with self._zip.open(info) as file:
                content = self._bounded(file, limit)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            raise ImportFailed(f"{self._name}/{member}", "malformed", str(error)) from error
        return content

    def read_each(self, wanted: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
        """The bytes of ``(name, member)`` pairs by their names, without members that cannot be read."""
        for name, member in wanted:
            with suppress(ImportFailed, KeyError):
                yield name, self.read(member)

    def _bounded(self, file: IO[bytes], limit: int) -> bytes:
        parts, size = [], 0
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            self._read += len(chunk)
            if size > limit or self._read > LARGEST_SUM:
                raise ImportFailed(
                    self._name, "too_large", f"more than {min(size, self._read)} bytes unpacked"
                )
            parts.append(chunk)
        return b"".join(parts)


def _safe_name(info: zipfile.ZipInfo) -> str:
    """The member's path in POSIX form; empty where it leads elsewhere."""
    name = _as_written(info).replace("\\", "/")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name or name[1:2] == ":":
        return ""
    return unicodedata.normalize("NFC", str(path))


def _as_written(info: zipfile.ZipInfo) -> str:
    """Without the UTF-8 flag names are cp437 by the book and in truth UTF-8 or cp866."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "cp866"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _why_refused(info: zipfile.ZipInfo, member: str) -> str:
    """A reason of ``ImportFailed``; empty for an ordinary member."""
    if not member:
        return "hostile"
    if info.flag_bits & 1:
        return "encrypted"
    return "" if stat.S_IFMT(info.external_attr >> 16) in (0, stat.S_IFREG) else "not_a_file"
