"""The pages of an article as they are drawn beside its text."""

from dataclasses import dataclass

from desktop.core.errors import NotFound
from desktop.core.pages import PageMap
from desktop.importing.pdf.rendering import LARGEST, Drawn, NotDrawn, OnAnswer, PageRenderer, Tile
from desktop.store import captures, originals, pages
from desktop.store.archive import Archive

__all__ = ["LARGEST", "Drawn", "NotDrawn", "OnAnswer", "PageRenderer", "PageSource", "Tile", "read_pages"]


@dataclass(frozen=True)
class PageSource:
    """What the pages of a capture are drawn from.

    Attributes:
        capture: Its id.
        map: Where its words stand.
        data: The PDF.
    """

    capture: str
    map: PageMap
    data: bytes

    def renderer(self, on_answer: OnAnswer) -> PageRenderer:
        """Not started yet; ``on_answer`` is called in a thread of its own."""
        return PageRenderer(self.data, on_answer)


def read_pages(archive: Archive, capture_id: str) -> PageSource:
    """Takes tens of milliseconds for a book: to be read away from the window.

    Raises:
        NotFound: The capture has no pages, or its bytes were not kept.
        ArchiveError
    """
    found = pages.read_pages(archive, capture_id)
    original = captures.capture(archive, capture_id).original
    if found is None or original is None:
        raise NotFound("set of pages for", capture_id)
    return PageSource(capture_id, found, originals.read_original(archive, original))
