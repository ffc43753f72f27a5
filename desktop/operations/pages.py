"""The pages of an article as they are drawn beside its text."""

from desktop.core.errors import ArchiveDamaged, NotFound
from desktop.core.pages import PageMap
from desktop.importing.pdf.rendering import LARGEST, Drawn, NotDrawn, OnAnswer, PageRenderer, Tile
from desktop.store import captures, originals, pages
from desktop.store.archive import Archive

__all__ = [
    "LARGEST",
    "Drawn",
    "NotDrawn",
    "OnAnswer",
    "PageRenderer",
    "Tile",
    "read_map",
    "read_pdf",
]


def read_pdf(archive: Archive, capture_id: str) -> bytes:
    """The file that a capture was made from, for a ``PageRenderer``.

    Raises:
        NotFound: There is no such capture, or its file was not kept.
        ArchiveError
    """
    original = captures.capture(archive, capture_id).original
    if original is None:
        raise NotFound("original of the capture", capture_id)
    return originals.read_original(archive, original)


def read_map(archive: Archive, capture_id: str) -> PageMap:
    """Where its words stand; takes some tenths of a second for a book.

    Raises:
        NotFound: It has no pages.
        ArchiveError
    """
    found = pages.read_pages(archive, capture_id)
    if found is None:
        raise NotFound("set of pages for the capture", capture_id)
    if any(not 0 <= line.page < len(found.sizes) for line in found.lines):
        raise ArchiveDamaged(
            archive.path, f"pages of capture {capture_id}: words on a page that is not there"
        )
    found.lines_of(found.page_of(0))  # what it looks words up by is made here, and not in the window
    return found
