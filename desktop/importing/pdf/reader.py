"""PDF: text in the order of reading, where each word stands, and what others marked in it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.core.pages import PageMap
from desktop.importing.material import Material
from desktop.importing.pdf.attachments import attached_files
from desktop.importing.pdf.blocks import Woven, page_lines, woven_blocks
from desktop.importing.pdf.facts import read_facts, without_title
from desktop.importing.pdf.hyphens import Hyphens
from desktop.importing.pdf.lines import Row
from desktop.importing.pdf.opening import opened
from desktop.importing.pdf.pages import PageText, columns_of, read_pages
from desktop.importing.pdf.paragraphs import Habits, joined, mark_feet, paragraphs_of
from desktop.importing.pdf.placing import Words, linked, marks_of
from desktop.importing.reading import Part, Reading

EXTRACTOR = "pdf/1"

NO_TEXT = (
    "It has no text, only pictures of its pages: it can be read as pages, and its words recognised where "
    "Tesseract is installed."
)
SOME_WITHOUT = "Without text, to be read as pictures only: {pages}."
UNMAPPED = "Some of its characters cannot be told from the file; they are shown as \ufffd."
DAMAGED = "Damaged, and left empty: {pages}."
FILES_LEFT = "Embedded files that Pressmark cannot read were left in it: {names}."


def read(material: Material) -> Iterable[Part]:
    """The article, and then the files that are embedded in it.

    Raises:
        ImportFailed: ``encrypted``, ``malformed``, ``too_many`` pages.
    """
    with opened(material.data, material.name) as document:
        pages = read_pages(document, material.progress)
        woven = woven_text(columns_of(pages))
        members, others = attached_files(document)
        reading = _reading(document, material, pages, woven)
        files = (FILES_LEFT.format(names=_listed(others)),) if others else ()
        yield replace(reading, warnings=(*reading.warnings, *files))
    yield from members


def _reading(document, material: Material, pages: Sequence[PageText], woven: list[Woven]) -> Reading:  # type: ignore[no-untyped-def]
    blocks = [one.block for one in woven]
    metadata, guessed = read_facts(document, material.data, blocks, _on_first_page(woven), material.name)
    title = without_title(blocks, metadata.title)
    if title is not None:
        del woven[title], blocks[title]
    lines = page_lines(woven)
    words = Words(blocks, lines)
    return Reading(
        linked(blocks, (link for page in pages for link in page.annotations.links), words),
        metadata,
        EXTRACTOR,
        (*_warnings(pages, blocks), *guessed),
        pages=PageMap(tuple(page.sheet.size for page in pages), tuple(lines)),
        marks=marks_of((one for page in pages for one in page.annotations.comments), words),
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


def _on_first_page(woven: Sequence[Woven]) -> int:
    """How many blocks begin on the first page that has words."""
    starts = [one.stretches[0].row.page if one.stretches else -1 for one in woven]
    first = min((page for page in starts if page >= 0), default=0)
    return sum(page in (first, -1) for page in starts)


def _warnings(pages: Sequence[PageText], blocks: Sequence[object]) -> Iterable[str]:
    if not blocks:
        yield NO_TEXT
        return
    wordless = [str(page.number + 1) for page in pages if page.wordless and page.pictured]
    if wordless:
        yield SOME_WITHOUT.format(pages=f"page {_listed(wordless)}")
    if any(page.unmapped and not page.wordless for page in pages):
        yield UNMAPPED
    if damaged := [str(page.number + 1) for page in pages if page.damaged]:
        yield DAMAGED.format(pages=f"page {_listed(damaged)}")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:12])
    return f"{shown} and {len(names) - 12} more" if len(names) > 12 else shown
