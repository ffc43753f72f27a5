"""What there is to import: files, the files of folders, the lines of ``.jsonl`` files.

Nothing is parsed here. What cannot be had (no permission, a pipe, a dangling link) becomes a source
with its failure, so that the report has a line for it.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath

from desktop.core.errors import ImportFailed
from desktop.core.extraction import Options
from desktop.core.progress import Progress
from desktop.core.sortkeys import sort_key
from desktop.importing.bags import DECLARATION, BrokenBag, read_bag

MAX_BYTES = 64 * 1024 * 1024
"""A larger file is refused: a text of this size is no article, and reading it costs gigabytes."""

MAX_CONTAINER_BYTES = 320 * 1024 * 1024
"""Web archives and ZIPs hold many articles; each of these is bounded when it is taken out."""

_CONTAINERS = (".warc", ".warc.gz", ".arc", ".arc.gz", ".wacz", ".zip")
_CONTAINER_STARTS = (b"PK\x03\x04", b"\x1f\x8b\x08", b"WARC/", b"filedesc://")

# What pages bring along. Inside a folder these are left out without a word; named one by one they
# are tried like any other file.
_ASSET_SUFFIXES = """.css .js .mjs .map .jpg .jpeg .png .gif .webp .avif .svg .ico .bmp .tif .tiff .heic .woff
.woff2 .ttf .otf .eot .mp3 .mp4 .m4a .m4v .ogg .oga .ogv .wav .flac .avi .mkv .mov .webm .swf .db .ini .lnk
.url .tmp .part .crdownload .pressmark .pressmark-wal .pressmark-shm .pressmark-journal"""
_ASSETS = frozenset(_ASSET_SUFFIXES.split())
_COMPANIONS = ("_files", ".files", "-files", "_file", "_файлы", "_ファイル", "-Dateien", "_fichiers")
_LEFT_OUT = {"__MACOSX", "$RECYCLE.BIN", "System Volume Information", "lost+found"}


class Form(StrEnum):
    """How the bytes of a source are to be read.

    ``RECORD``: a JSON object with title, text, url, date, language. ``CLIP``: one with the text and
    the html of a clipboard and a title. ``FILE``: as their content tells.
    """

    FILE = "file"
    RECORD = "record"
    CLIP = "clip"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to import.

    Attributes:
        name: For people and for the record; always storable as UTF-8.
        path: Where its bytes are; may hold undecodable bytes as Python keeps them.
        data: The bytes themselves, where they are no whole file (a line of ``.jsonl``).
        form: How to read the bytes.
        failure: Reason and detail where it was clear beforehand that it cannot be read.
        digest: Algorithm and hex of the checksum that its bytes must have.
        address, charset: Where a page was fetched from, and what that server said of its characters.
        options: What the person asks of reading it.
        files: What was fetched beside it, by address.
    """

    name: str
    path: str | None = None
    data: bytes | None = None
    form: Form = Form.FILE
    failure: tuple[str, str] | None = None
    digest: tuple[str, str] | None = None
    address: str | None = None
    charset: str | None = None
    options: Options = field(default_factory=Options)
    files: tuple[tuple[str, bytes], ...] = ()


def find_sources(paths: Iterable[Path | str], progress: Progress) -> Iterator[Source]:
    """Every source under the paths: files as given, folders in depth, sorted by name.

    Left out of folders: hidden files, the ``page_files`` companions of saved pages, pictures and
    styles. A folder is entered once, however many links lead to it.

    Raises:
        Cancelled: Between two files.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from _find(os.fspath(path), seen, progress)


def shown_name(path: str) -> str:
    """A path as text that can be stored and shown; bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _find(path: str, seen: set[tuple[int, int]], progress: Progress) -> Iterator[Source]:
    waiting = [path]
    while waiting:
        progress.check()
        path = waiting.pop()
        try:
            facts = Path(path).stat()
        except (OSError, ValueError) as error:
            yield failed_source(path, error)
            continue
        if not stat.S_ISDIR(facts.st_mode):
            yield from _file_sources(path, facts.st_mode, progress)
        elif (facts.st_dev, facts.st_ino) not in seen:
            seen.add((facts.st_dev, facts.st_ino))
            if Path(path, DECLARATION).is_file():
                yield from _bag_sources(path, progress)
                continue
            try:
                waiting.extend(reversed(_listing(path)))
            except OSError as error:
                yield failed_source(path, error)


def _bag_sources(folder: str, progress: Progress) -> Iterator[Source]:
    """The payload of a BagIt bag, each file to be held to its checksum when it is read."""
    try:
        bag = read_bag(Path(folder))
    except (BrokenBag, OSError) as error:
        yield Source(shown_name(folder), folder, failure=("broken_bag", str(error)))
        return
    for path, digest in bag.files.items():
        progress.check()
        if is_wanted(PurePath(path).name, False, set()):
            full = str(Path(folder, path))
            yield Source(shown_name(full), full, digest=digest)
    for path in bag.missing:
        yield Source(shown_name(str(Path(folder, path))), failure=("missing", "listed in the bag"))
    for path in bag.unlisted:
        yield Source(shown_name(str(Path(folder, path))), failure=("fixity", "in no manifest of its bag"))


def _listing(folder: str) -> list[str]:
    with os.scandir(folder) as entries:
        found = [(entry.name, _is_folder(entry)) for entry in entries]
    stems = {PurePath(name).stem for name, is_folder in found if not is_folder and is_page(name)}
    kept = [name for name, is_folder in found if is_wanted(name, is_folder, stems)]
    return [str(Path(folder, name)) for name in sorted(kept, key=_order)]


def _order(name: str) -> tuple[str, str]:
    return sort_key(shown_name(name)), name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def is_page(name: str) -> bool:
    """Whether it is named as a web page, which may have a folder of companions."""
    return name.lower().endswith((".html", ".htm", ".xhtml", ".shtml"))


def is_wanted(name: str, is_folder: bool, pages: set[str]) -> bool:
    """Whether an import of a folder looks at this file or folder in it.

    Args:
        pages: The stems of the web pages beside it, whose companions are left out.
    """
    if name.startswith((".", "~$")) or name in _LEFT_OUT:
        return False
    if is_folder:
        return not any(name.endswith(tail) and name.removesuffix(tail) in pages for tail in _COMPANIONS)
    return PurePath(name).suffix.lower() not in _ASSETS


def _file_sources(path: str, mode: int, progress: Progress) -> Iterator[Source]:
    if not stat.S_ISREG(mode):
        yield Source(shown_name(path), path, failure=("not_a_file", ""))
    elif path.lower().endswith((".jsonl", ".ndjson")):
        yield from _lines(path, progress)
    else:
        yield Source(shown_name(path), path)


def _lines(path: str, progress: Progress) -> Iterator[Source]:
    name = shown_name(path)
    try:
        with Path(path).open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(MAX_BYTES + 1), b""), start=1):
                progress.check()
                line = line.strip(b"\xef\xbb\xbf \t\r\n")
                if len(line) > MAX_BYTES:
                    yield Source(f"{name}:{number}", failure=("too_large", f"{MAX_BYTES}"))
                    return
                if line:
                    yield Source(f"{name}:{number}", data=line, form=Form.RECORD)
    except OSError as error:
        yield failed_source(path, error)


def failed_source(path: str, error: Exception) -> Source:
    """The source of a path that cannot even be looked at."""
    return Source(shown_name(path), path, failure=_reason(error))


def _reason(error: Exception) -> tuple[str, str]:
    if isinstance(error, PermissionError):
        return "no_permission", str(error.strerror)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "missing", str(error.strerror)
    return "disk", str(error)


def read_source(source: Source) -> bytes:
    """The source's bytes, read so that they were all there at one moment.

    Raises:
        ImportFailed: ``missing``, ``no_permission``, ``disk``, ``not_a_file``, ``too_large``,
            ``changed`` (it was written to during both of two readings), ``fixity``.
    """
    data = _read(source)
    if source.digest is not None:
        algorithm, expected = source.digest
        if hashlib.new(algorithm, data, usedforsecurity=False).hexdigest() != expected:
            raise ImportFailed(source.name, "fixity", f"not its {algorithm} {expected}")
    return data


def _read(source: Source) -> bytes:
    if source.failure:
        raise ImportFailed(source.name, *source.failure)
    if source.data is not None:
        return source.data
    assert source.path is not None
    try:
        for _ in range(2):
            if (data := _read_steady(source.name, source.path)) is not None:
                return data
    except (OSError, ValueError) as error:
        raise ImportFailed(source.name, *_reason(error)) from error
    raise ImportFailed(source.name, "changed")


def _read_steady(name: str, path: str) -> bytes | None:
    """The bytes, or None when the file was another one after reading than before."""
    before = Path(path).stat()
    if not stat.S_ISREG(before.st_mode):
        raise ImportFailed(name, "not_a_file")
    limit = MAX_BYTES if before.st_size <= MAX_BYTES else _limit_for(path)
    if before.st_size > limit:
        raise ImportFailed(name, "too_large", f"{before.st_size} > {limit}")
    data = read_bytes(path, limit)
    after = Path(path).stat()
    same = (before.st_size, before.st_mtime_ns, before.st_ino) == (
        after.st_size,
        after.st_mtime_ns,
        after.st_ino,
    )
    return data if same and len(data) == before.st_size else None


def _limit_for(path: str) -> int:
    """What a file may weigh, by its name and its first bytes."""
    if not path.lower().endswith(_CONTAINERS):
        return MAX_BYTES
    return MAX_CONTAINER_BYTES if read_bytes(path, 16).startswith(_CONTAINER_STARTS) else MAX_BYTES


def read_bytes(path: str, limit: int = MAX_BYTES) -> bytes:
    """At most one byte over the limit; never waits on something that turned into a pipe."""
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(opened, "rb") as file:
        return file.read(limit + 1)
