"""BagIt bags (RFC 8493): folders whose files are listed with their checksums.

Only the payload is imported, each file against its checksum when it is read. Tag files are no
articles; what ``fetch.txt`` names is never fetched.
"""

import os
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

DECLARATION = "bagit.txt"
_VERSION = re.compile(r"BagIt-Version: ?(\d+\.\d+)\s*")
_ENCODING = re.compile(r"Tag-File-Character-Encoding: ?(\S+)\s*")
_MANIFEST = re.compile(r"manifest-(md5|sha1|sha224|sha256|sha384|sha512)\.txt")
_STRENGTH = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_LINE = re.compile(r"([0-9A-Fa-f]{32,128})\s+\*?(.+)")
_LARGEST = 64 * 1024 * 1024


class BrokenBag(ValueError):
    """The bag as a whole cannot be trusted; its words are for the report."""


@dataclass(frozen=True)
class Bag:
    """The payload of a bag.

    Attributes:
        files: Paths from the bag's folder, in POSIX form as the disk spells them, with the strongest
            checksum that is listed: algorithm and lower-case hex.
        missing: Listed, and not there.
        unlisted: In the payload, and in no manifest.
    """

    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()


def read_bag(folder: Path) -> Bag:
    """What the bag in ``folder`` lists and holds.

    Raises:
        BrokenBag: Its declaration or a manifest is wrong, or a listed path leads out of it.
        OSError
    """
    version, encoding = _declaration(folder)
    listed: dict[str, tuple[str, str]] = {}
    names = [path.name for path in folder.iterdir()]
    manifests = [name for name in sorted(names, key=_strength) if _MANIFEST.fullmatch(name)]
    if not manifests:
        raise BrokenBag("it has no manifest")
    for name in manifests:
        algorithm = name.removeprefix("manifest-").removesuffix(".txt")
        entries = _entries(_text(folder / name, encoding), version)
        listed |= {path: (algorithm, digest) for path, digest in entries.items()}
    return _held(folder, listed)


def _strength(name: str) -> int:
    found = _MANIFEST.fullmatch(name)
    return _STRENGTH.index(found[1]) if found else -1


def _declaration(folder: Path) -> tuple[tuple[int, ...], str]:
    lines = _text(folder / DECLARATION, "utf-8-sig")
    version, encoding = _VERSION.search(lines), _ENCODING.search(lines)
    if version is None or encoding is None:
        raise BrokenBag("bagit.txt does not declare a version and an encoding")
    return tuple(map(int, version[1].split("."))), encoding[1]


def _text(path: Path, encoding: str) -> str:
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise BrokenBag(f"{path.name} is too large")
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise BrokenBag(f"{path.name} is not in {encoding}") from error


def _entries(text: str, version: tuple[int, ...]) -> dict[str, str]:
    """Paths with their checksums, as a manifest lists them."""
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None:
            raise BrokenBag(f"a manifest has the line “{line[:60]}”")
        path = _path(match[2], version)
        digest = match[1].lower()
        twice = path in found
        if twice and (found[path] != digest or version >= (1, 0)):
            raise BrokenBag(f"{path} is listed twice")
        found[path] = digest
    return found


def _path(written: str, version: tuple[int, ...]) -> str:
    path = written.removeprefix("./").replace("\\", "/") if version < (1, 0) else written
    if version >= (1, 0):  # RFC 8493, 2.1.3: line ends and the percent sign are encoded
        path = re.sub("%(0[AaDd]|25)", lambda match: unquote(match[0]), path)
    parts = path.split("/")
    if parts[0] != "data" or ".." in parts or len(parts) < 2:
        raise BrokenBag(f"a manifest names {written[:60]}, which is not in the payload")
    return path


def _held(folder: Path, listed: dict[str, tuple[str, str]]) -> Bag:
    """The listed files as the disk spells them: file systems differ in how they compose letters."""
    spelt = {unicodedata.normalize("NFC", path): path for path in listed}
    files: dict[str, tuple[str, str]] = {}
    unlisted = []
    for path in _payload(folder):
        key = path if path in listed else spelt.get(unicodedata.normalize("NFC", path), "")
        if key:
            files[path] = listed[key]
        else:
            unlisted.append(path)
    there = {unicodedata.normalize("NFC", path) for path in files}
    missing = tuple(path for path in listed if unicodedata.normalize("NFC", path) not in there)
    return Bag(files, missing, tuple(unlisted))


def _payload(folder: Path) -> list[str]:
    found = []
    for root, folders, names in os.walk(folder / "data"):
        folders.sort()
        found += [Path(root, name).relative_to(folder).as_posix() for name in sorted(names)]
    return found
