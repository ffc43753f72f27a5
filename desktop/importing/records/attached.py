"""Files that a catalogue names: they are read when they lie beside it."""

import hashlib
import mimetypes
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from desktop.importing.material import Material
from desktop.importing.reading import Member
from desktop.importing.records.record import Attached, Record

MISSING = "The attached file “{name}” is not beside the catalogue, so it was not imported."
MOST_FILES = 50  # of one record


def with_files(record: Record, material: Material) -> Iterator[Member | Record]:
    """The record's files that are there, then the record, told which ones are not.

    The files come first: where one of them is in the archive already, its article is the one that the
    record is about.
    """
    key = record.key or "record-" + hashlib.sha256(record.data).hexdigest()[:16]
    missing, found = [], 0
    for file in record.files[:MOST_FILES]:
        if (member := _member(file, record, key, material)) is not None:
            found += 1
            yield member
        elif not _is_address(file.path):
            missing.append(MISSING.format(name=_called(file)))
    yield replace(record, key=key if found else record.key, warnings=(*record.warnings, *missing))


def _member(file: Attached, record: Record, key: str, material: Material) -> Member | None:
    for path in _places(file.path):
        data = material.beside(path)
        if data:
            return Member(
                data,
                path,
                address=record.metadata.url,
                media_type=file.media_type or mimetypes.guess_type(path)[0],
                beside=_beside(material, path),
                metadata=record.metadata,
                tags=record.tags,
                collections=record.collections,
                key=key,
                captured_at=record.captured_at,
            )
    return None


def _called(file: Attached) -> str:
    """Its name, after its title where it has one of its own."""
    name = PurePosixPath(_plain(file.path)).name
    return f"{file.title} ({name})" if file.title and file.title != name else name


def _beside(material: Material, path: str) -> Callable[[str], bytes | None]:
    folder = PurePosixPath(path).parent
    return lambda relative: material.beside(str(folder / relative))


def _places(path: str) -> list[str]:
    """Where it may lie: at its path, and beside the catalogue itself where that path is another machine's."""
    if _is_address(path):
        return []
    plain = _plain(path)
    relative = plain.lstrip("/")
    names = [relative, unquote(relative), PurePosixPath(plain).name, unquote(PurePosixPath(plain).name)]
    return list(dict.fromkeys(name for name in names if name and ".." not in PurePosixPath(name).parts))


def _plain(path: str) -> str:
    """A path in POSIX form, without the scheme of a file's address."""
    plain = path.strip().replace("\\", "/")
    for scheme in ("file://localhost", "file://", "file:", "internal-pdf://", "attachments:", "storage:"):
        if plain.lower().startswith(scheme):
            plain = plain[len(scheme) :]
    return plain[2:] if plain[1:2] == ":" else plain


def _is_address(path: str) -> bool:
    return urlsplit(path.strip()[:200]).scheme.lower() in ("http", "https", "ftp")
