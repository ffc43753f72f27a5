"""ZIP files of sources: read as the folder would be that was packed into them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from desktop.core.errors import ImportFailed
from desktop.core.extraction import Entry
from desktop.importing import jsonl
from desktop.importing.formats import Format
from desktop.importing.magic import sealed_format
from desktop.importing.material import DEEPEST, Material
from desktop.importing.reading import Member, Part, Reading
from desktop.importing.sources import is_page, is_wanted
from desktop.importing.web.page import member_look_up, read_packed
from desktop.importing.web.singlefile import page_in
from desktop.importing.zips import LARGEST_SUM, SafeZip

_LINES = (".jsonl", ".ndjson")


def read(material: Material) -> Iterator[Part]:
    """Yield the members in their order; ZIPs within are read as folders of it.

    What a folder's import leaves out (styles, the files of saved pages) is left out here, too. A page
    that SingleFileZ saved is one article.

    Raises:
        ImportFailed: ``malformed``, ``encrypted``, ``too_many``, ``nothing_inside``.
    """
    files = SafeZip(material.data, material.name)
    if (page := page_in(files)) is not None:
        yield read_packed(page, material)
        return
    names = wanted_members(files.names)
    if not names and not files.refused:
        raise ImportFailed(material.name, "nothing_inside", f"{len(files.names)} files")
    asked = material.options.parts
    chosen = names if asked is None else [name for name in names if name in asked]
    walk = _Walk(material)
    yield from walk.parts(files, chosen, "", material.depth)
    if asked is None:
        yield from walk.refused(files, "")


def entries(material: Material) -> list[Entry]:
    """The members, for a person to choose from; none where all of it is one page."""
    files = SafeZip(material.data, material.name)
    if page_in(files) is not None:
        return []
    return [
        Entry(name, PurePosixPath(name).name, _folder(name), files.size(name))
        for name in wanted_members(files.names)
    ]


def wanted_members(names: list[str]) -> list[str]:
    """Those that an import of the folder would read."""
    pages: dict[str, set[str]] = {}
    for name in names:
        if is_page(name):
            pages.setdefault(_folder(name), set()).add(PurePosixPath(name).stem)
    return [name for name in names if _is_wanted(PurePosixPath(name), pages)]


def _is_wanted(path: PurePosixPath, pages: dict[str, set[str]]) -> bool:
    above = list(path.parents)[:-1]  # without the top itself
    folders = all(is_wanted(one.name, True, pages.get(_folder(str(one)), set())) for one in above)
    return folders and is_wanted(path.name, False, set())


def _is_packed(name: str) -> bool:
    """A package may be hollow, when it holds packages of blanks; what is inside is looked at in turn."""
    return name.lower().endswith(".zip")


def _inside(name: str) -> PurePosixPath:
    """The path without what leads out of the archive."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return PurePosixPath(*(part for part in parts if part not in ("/", "..")))


def _folder(name: str) -> str:
    folder = str(PurePosixPath(name).parent)
    return "" if folder == "." else folder


@dataclass
class _Walk:
    """One walk through a ZIP and those within it, which share what may be unpacked."""

    material: Material
    unpacked: int = 0

    def parts(self, files: SafeZip, names: list[str], prefix: str, depth: int) -> Iterator[Part]:
        for name in names:
            try:
                yield from self._member(files, name, prefix, depth)
            except ImportFailed as failure:
                if self.unpacked > LARGEST_SUM:
                    raise
                yield ImportFailed(f"{self.material.name}/{prefix}{name}", failure.reason, failure.detail)

    def refused(self, files: SafeZip, prefix: str) -> Iterator[ImportFailed]:
        """A line for each that would have been read, had it been an ordinary file."""
        wanted = {name: reason for name, reason in files.refused.items() if _is_wanted(_inside(name), {})}
        for name, reason in wanted.items():
            yield ImportFailed(f"{self.material.name}/{prefix}{name}", reason)

    def _member(self, files: SafeZip, name: str, prefix: str, depth: int) -> Iterator[Part]:
        if files.is_bomb(name) and not _is_packed(name):
            raise ImportFailed(name, "hostile", f"{files.size(name)} bytes of next to nothing")
        data = files.read(name)
        self.unpacked += len(data)
        if self.unpacked > LARGEST_SUM:
            raise ImportFailed(self.material.name, "too_large", f"more than {LARGEST_SUM} bytes unpacked")
        if name.lower().endswith(_LINES):
            yield from self._lines(data, f"{prefix}{name}")
        elif _is_zip(data, name):
            if depth + 1 >= DEEPEST:
                raise ImportFailed(name, "too_deep", f"{depth + 1} containers")
            inner = SafeZip(data, name)
            if page_in(inner) is not None:
                yield Member(data, f"{prefix}{name}")
                return
            yield from self.parts(inner, wanted_members(inner.names), f"{prefix}{name}/", depth + 1)
            yield from self.refused(inner, f"{prefix}{name}/")
        else:
            yield Member(data, f"{prefix}{name}", beside=member_look_up(files, _folder(name)))

    def _lines(self, data: bytes, name: str) -> Iterator[Part]:
        for number, line in enumerate(data.splitlines(), start=1):
            if not (line := line.strip(b"\xef\xbb\xbf \t")):
                continue
            label = f"{name}:{number}"
            try:
                reading: Reading = jsonl.read(replace(self.material, data=line, name=label))
                yield replace(reading, name=label, data=line, media_type="application/json")
            except ImportFailed as failure:
                yield ImportFailed(f"{self.material.name}/{label}", failure.reason, failure.detail)


def _is_zip(data: bytes, name: str) -> bool:
    try:
        return data.startswith(b"PK") and sealed_format(data, name) is Format.ZIP
    except ImportFailed:  # a package that holds no text: its reader will say so
        return False
