"""PDF: text in the order of reading, where each word stands, and what others marked in it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from statistics import mean

import pypdfium2

from desktop.core.errors import ImportFailed
from desktop.core.pages import PageMap
from desktop.importing import ocr
from desktop.importing.material import Material
from desktop.importing.pdf.annotations import Comment
from desktop.importing.pdf.attachments import attached_files
from desktop.importing.pdf.blocks import Woven, page_lines, woven_blocks
from desktop.importing.pdf.facts import read_facts, repeated_title
from desktop.importing.pdf.hyphens import Hyphens
from desktop.importing.pdf.lines import Row
from desktop.importing.pdf.opening import opened
from desktop.importing.pdf.pages import PageText, columns_of, read_pages
from desktop.importing.pdf.paragraphs import Habits, joined, mark_feet, paragraphs_of
from desktop.importing.pdf.placing import Words, linked, marks_of
from desktop.importing.reading import Part, Reading

EXTRACTOR = "pdf/1"
RECOGNISER = "pdf+tesseract/1"

NO_TEXT = (
    "It has no text, only pictures of its pages: it can be read as pages, and its words can be recognised "
    "where Tesseract is installed."
)
SOME_WITHOUT = "Without text, to be read as pictures only: {pages}."
UNMAPPED = "Some of its characters cannot be told from the file; they are shown as \ufffd."
MENDED = "Its Cyrillic letters were stored under Latin names, and were put right: look at the first lines."
DAMAGED = "Damaged, and left empty: {pages}."
RECOGNISED = (
    "The words of {count} were recognised in pictures, {confidence:.0f} % sure on average: compare them "
    "with the page before you quote them."
)
UNSURE = "Hardly legible, so that words may be wrong: {pages}."
UNRECOGNISED = "Nothing could be recognised on {pages} ({why})."
FILES_LEFT = "Embedded files that Pressmark cannot read were left in it: {names}."

_UNSURE = 70.0  # hundredths


def read(material: Material) -> Iterable[Part]:
    """The article, and then the files that are embedded in it.

    Raises:
        ImportFailed: ``encrypted``, ``malformed``, ``too_many`` pages; ``no_tesseract``.
    """
    languages = material.options.recognise
    if languages and not ocr.can_recognise(languages):
        raise ImportFailed(material.name, "no_tesseract", languages)
    with opened(material.data, material.name) as document:
        pages = read_pages(document, material.progress, languages)
        woven = woven_text(columns_of(pages))
        members, others = attached_files(
            document, chain.from_iterable(page.annotations.files for page in pages)
        )
        reading = _reading(document, material, pages, woven)
        files = (FILES_LEFT.format(names=_listed(others)),) if others else ()
        yield replace(reading, warnings=(*reading.warnings, *files))
    yield from members


def _reading(
    document: pypdfium2.PdfDocument, material: Material, pages: Sequence[PageText], woven: list[Woven]
) -> Reading:
    blocks = [one.block for one in woven]
    metadata, guessed = read_facts(document, material.data, blocks[: _on_first_page(woven)], material.name)
    comments = [one for page in pages for one in page.annotations.comments]
    title = repeated_title(blocks, metadata.title)
    if title is not None and not _is_marked(title, Words(blocks, page_lines(woven)), comments):
        del woven[title], blocks[title]
    lines = page_lines(woven)
    words = Words(blocks, lines)
    return Reading(
        linked(blocks, (link for page in pages for link in page.annotations.links), words),
        metadata,
        RECOGNISER if any(page.confidence is not None for page in pages) else EXTRACTOR,
        (*_warnings(pages, blocks), *guessed),
        pages=PageMap(tuple(page.sheet.size for page in pages), tuple(lines)),
        marks=marks_of(comments, words),
    )


def _is_marked(number: int, words: Words, comments: Sequence[Comment]) -> bool:
    """Whether somebody marked a block: then it has to stay where the mark can stand on it."""
    return any(place[0] == number for one in marks_of(comments, words) for place in one.places)


def woven_text(columns: Sequence[Sequence[Sequence[Row]]]) -> list[Woven]:
    """The blocks of a document, from the lines of each column of each page."""
    every = [rows for page in columns for rows in page]
    habits = Habits.of(every)
    paragraphs = []
    for page in columns:
        found = [paragraphs_of(rows, habits) for rows in page]
        for column in found:
            mark_feet(column, habits)
        paragraphs.append([one for column in found for one in column])
    hyphens = Hyphens(row.text for rows in every for row in rows)
    return woven_blocks(joined(paragraphs), habits, hyphens)


def _on_first_page(woven: Sequence[Woven]) -> int:
    """How many blocks begin on the first page that has words."""
    starts = [one.stretches[0].row.page if one.stretches else -1 for one in woven]
    first = min((page for page in starts if page >= 0), default=0)
    return sum(page in (first, -1) for page in starts)


def _warnings(pages: Sequence[PageText], blocks: Sequence[object]) -> Iterable[str]:
    if not blocks and not any(page.unrecognised for page in pages):
        yield NO_TEXT
        return
    yield from _recognising(pages)
    if wordless := _numbers(page for page in pages if _only_pictured(page)):
        yield SOME_WITHOUT.format(pages=wordless)
    if any(page.unmapped and not page.wordless for page in pages):
        yield UNMAPPED
    if any(page.mended for page in pages):
        yield MENDED
    if damaged := _numbers(page for page in pages if page.damaged):
        yield DAMAGED.format(pages=damaged)


def _only_pictured(page: PageText) -> bool:
    return page.wordless and page.pictured and page.confidence is None and not page.unrecognised


def _recognising(pages: Sequence[PageText]) -> Iterable[str]:
    done = [page for page in pages if page.confidence]
    if done:
        count = "1 page" if len(done) == 1 else f"{len(done)} pages"
        yield RECOGNISED.format(count=count, confidence=mean(page.confidence or 0 for page in done))
    if unsure := _numbers(page for page in done if (page.confidence or 0) < _UNSURE):
        yield UNSURE.format(pages=unsure)
    failed = [page for page in pages if page.unrecognised or page.confidence == 0]
    if failed:
        yield UNRECOGNISED.format(pages=_numbers(failed), why=failed[0].unrecognised or "no words were found")


def _numbers(pages: Iterable[PageText]) -> str:
    """The pages as people count them; empty without any."""
    numbers = [str(page.number + 1) for page in pages]
    return f"page {_listed(numbers)}" if numbers else ""


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:12])
    return f"{shown} and {len(names) - 12} more" if len(names) > 12 else shown
