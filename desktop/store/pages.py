"""The page maps of captures that were read from pages."""

from desktop.core.errors import ArchiveDamaged
from desktop.core.pages import PageMap
from desktop.store.archive import Archive


def add_pages(archive: Archive, capture_id: str, pages: PageMap) -> None:
    archive.run("INSERT INTO capture_pages (capture_id, pages) VALUES (?, ?)", (capture_id, pages.pack()))


def has_pages(archive: Archive, capture_id: str) -> bool:
    return archive.value("SELECT 1 FROM capture_pages WHERE capture_id = ?", (capture_id,)) is not None


def read_pages(archive: Archive, capture_id: str) -> PageMap | None:
    """The map; None where the capture has no pages.

    Raises:
        ArchiveDamaged: It cannot be read.
    """
    packed: bytes | None = archive.value(
        "SELECT pages FROM capture_pages WHERE capture_id = ?", (capture_id,)
    )
    try:
        return None if packed is None else PageMap.unpack(packed)
    except ValueError as error:
        raise ArchiveDamaged(archive.path, f"pages of capture {capture_id}: {error}") from error
