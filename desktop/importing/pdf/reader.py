"""PDF: text in the order of reading, where each word stands, and what others marked in it."""

from collections.abc import Iterable, Iterator, Sequence

import pypdfium2

from desktop.core.pages import PageMap
from desktop.importing.material import Material
from desktop.importing.pdf.blocks import Woven, page_lines, woven_blocks
from desktop.importing.pdf.hyphens import Hyphens
from desktop.importing.pdf.lines import Row
from desktop.importing.pdf.opening import opened
from desktop.importing.pdf.pages import PageText, columns_of, read_pages
from desktop.importing.pdf.paragraphs import Habits, joined, mark_feet, paragraphs_of
from desktop.importing.reading import Part, Reading
from desktop.core.document import Metadata

EXTRACTOR = "pdf/1"


def read(material: Material) -> Iterable[Part]:
    """The article, and then the files that are embedded in it.

    Raises:
        ImportFailed: ``encrypted``, ``malformed``, ``too_many`` pages.
    """
    with opened(material.data, material.name) as document:
        pages = read_pages(document, material.progress)
        woven = woven_text(columns_of(pages))
        yield Reading(
            [one.block for one in woven],
            Metadata(),
            EXTRACTOR,
            pages=PageMap(tuple(page.sheet.size for page in pages), tuple(page_lines(woven))),
        )


def woven_text(columns: Sequence[Sequence[Sequence[Row]]]) -> list[Woven]:
    """The blocks of a document, from the lines of each column of each page."""
    every = [rows for page in columns for rows in page]
    habits = Habits.of(every)
    paragraphs = []
    for page in columns:
        found = [one for rows in page for one in paragraphs_of(rows, habits)]
        mark_feet(found, habits)
        paragraphs.append(found)
    hyphens = Hyphens(row.text for rows in every for row in rows)
    return woven_blocks(joined(paragraphs), habits, hyphens)
