"""Web archives with their list of pages in one package (WACZ)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.core.extraction import Entry
from desktop.importing.material import Material
from desktop.importing.reading import Member, Part
from desktop.importing.sources import MAX_CONTAINER_BYTES
from desktop.importing.web import warc
from desktop.importing.web.webarchive import WebArchive
from desktop.importing.zips import SafeZip

_RECORDS = re.compile(r"(?:^|/)archive/[^/]+\.w?arc(?:\.gz)?$", re.IGNORECASE)
_LISTS = re.compile(r"(?:^|/)pages/[^/]+\.jsonl$", re.IGNORECASE)
_PACKAGES = re.compile(r"\.wacz$", re.IGNORECASE)
_MOST_LINES = 200_000


@dataclass
class _Package:
    archive: WebArchive
    titles: dict[str, str] = field(default_factory=dict)
    inner: list[str] = field(default_factory=list)

    def suggested(self) -> set[str]:
        """Those that the list names; where it names none that is here, those that look like articles."""
        named = {record.key for record in self.archive.pages if record.url in self.titles}
        return named or {record.key for record in self.archive.pages if self.archive.is_article(record)}


def read(material: Material) -> Iterator[Part]:
    """Yield the pages that the package lists, and what is in packages within it.

    Raises:
        ImportFailed: ``no_pages``, ``malformed``, ``encrypted``, ``too_large``.
    """
    package, files = _opened(material)
    for name in package.inner:
        yield Member(files.read(name), name)
    if package.archive.pages:
        records = warc.chosen(package.archive, material.options.parts, package.suggested())
        yield from warc.parts(package.archive, records)


def entries(material: Material) -> list[Entry]:
    """The pages, for a person to choose from."""
    package, _ = _opened(material)
    return warc.listed(package.archive, package.suggested(), package.titles)


def _opened(material: Material) -> tuple[_Package, SafeZip]:
    files = SafeZip(material.data, material.name)
    package = _Package(WebArchive(material.name))
    package.inner = [name for name in files.names if _PACKAGES.search(name)]
    for name in files.names:
        if _RECORDS.search(name):
            package.archive.add(files.read(name, MAX_CONTAINER_BYTES), material.progress)
        elif _LISTS.search(name):
            package.titles |= _titles(files.read(name))
    if not package.inner:
        warc.require_pages(package.archive)
    return package, files


def _titles(lines: bytes) -> dict[str, str]:
    """Addresses and titles of a list of pages; lines that are no pages are passed over."""
    found: dict[str, str] = {}
    for line in lines.splitlines()[:_MOST_LINES]:
        try:
            page = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(page, dict) and isinstance(page.get("url"), str):
            title = page.get("title")
            found[page["url"]] = " ".join(title.split())[:300] if isinstance(title, str) else ""
    return found
