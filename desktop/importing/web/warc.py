"""Web archives: every page in them that may be an article."""

import re
import time
from collections.abc import Collection, Iterator
from html import unescape

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Entry
from desktop.importing.encoding import declared_in_markup, decode
from desktop.importing.material import Material
from desktop.importing.reading import Member, Part
from desktop.importing.web.webarchive import Record, WebArchive

_TITLE = re.compile(r"<title\b[^>]{0,300}>(.{1,2000}?)</title", re.IGNORECASE | re.DOTALL)
_HEAD = 64 * 1024
_TITLE_SECONDS = 6.0


def read(material: Material) -> Iterator[Part]:
    """Yield the pages, each with the pictures that were recorded beside it.

    Raises:
        ImportFailed: ``no_pages``, ``malformed``, ``too_many``.
    """
    archive = _opened(material)
    yield from parts(archive, chosen(archive, material.options.parts))


def entries(material: Material) -> list[Entry]:
    """The pages, for a person to choose from."""
    archive = _opened(material)
    return listed(archive, {record.key for record in archive.pages if archive.is_article(record)})


def _opened(material: Material) -> WebArchive:
    archive = WebArchive(material.name)
    archive.add(material.data, material.progress)
    require_pages(archive)
    return archive


def require_pages(archive: WebArchive) -> None:
    """Raise ``ImportFailed`` where there is nothing to read: ``malformed`` or ``no_pages``."""
    if not archive.pages:
        damage = "; ".join(archive.damage[:3])
        raise ImportFailed(archive.name, "malformed" if damage else "no_pages", damage)


def chosen(
    archive: WebArchive, keys: Collection[str] | None, suggested: Collection[str] = ()
) -> list[Record]:
    """The pages that were asked for; else those that look like articles, or all where none does.

    Args:
        suggested: Keys of those that the archive itself names as pages.
    """
    if keys is not None:
        return [record for record in archive.pages if record.key in keys]
    if suggested:
        return [record for record in archive.pages if record.key in suggested]
    return [record for record in archive.pages if archive.is_article(record)] or archive.pages


def parts(archive: WebArchive, records: list[Record]) -> Iterator[Part]:
    """The pages; one that cannot be read is a failure of its own."""
    for record in records:
        try:
            body = archive.body(record)
        except ImportFailed as failure:
            yield failure
            continue
        yield Member(
            body,
            record.url,
            address=record.url,
            charset=record.charset,
            media_type=record.media_type,
            beside=archive.look_up,
            metadata=None if "html" in record.media_type else Metadata(url=record.url),
            captured_at=record.date,
        )
    if archive.damage:
        yield ImportFailed(archive.name, "damaged_in_part", "; ".join(archive.damage[:3]))


def listed(
    archive: WebArchive, suggested: Collection[str], titles: dict[str, str] | None = None
) -> list[Entry]:
    """The pages with their titles, as far as these are known or quickly found."""
    known = titles or {}
    found = []
    end = time.monotonic() + _TITLE_SECONDS
    for record in archive.pages:
        title = known.get(record.url) or (_title_of(archive, record) if time.monotonic() < end else "")
        detail = " · ".join(filter(None, (record.url, record.date[:16].replace("T", " "))))
        found.append(Entry(record.key, title or record.url, detail, record.length, record.key in suggested))
    return found


def _title_of(archive: WebArchive, record: Record) -> str:
    if "html" not in record.media_type:
        return ""
    try:
        head = archive.body(record)[:_HEAD]
    except ImportFailed:
        return ""
    match = _TITLE.search(decode(head, record.charset or declared_in_markup(head)).text)
    return " ".join(unescape(match[1]).split())[:300] if match else ""
