"""All pages of a document: their words in columns, without what only serves the page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.core.progress import Progress
from desktop.importing import ocr
from desktop.importing.pdf.annotations import Annotations, read_annotations
from desktop.importing.pdf.characters import PageWords, read_words
from desktop.importing.pdf.columns import regions
from desktop.importing.pdf.fields import words_of
from desktop.importing.pdf.frames import Frame, Sheet
from desktop.importing.pdf.furniture import without_furniture, without_stamps
from desktop.importing.pdf.lines import Row, Segment, row_in_order, rows_of, segments_of
from desktop.importing.pdf.mending import mend
from desktop.importing.pdf.opening import sheet_of
from desktop.importing.pdf.recognised import recognise_page
from desktop.importing.pdf.words import Word

_FEW = 0.5  # of a page's characters without meaning: then it is as good as a picture


@dataclass
class PageText:
    """What was read from one page.

    Attributes:
        upright: The stretches of its lines by their direction, the fullest one first.
        slanted: What stands at an angle.
        glyphs: How many characters it has, and how many of them mean nothing (``unmapped``).
        mended: Its letters were Cyrillic under Latin names.
        pictured: It shows something, if no words.
        confidence: Of the words that were recognised in its picture, in hundredths.
        unrecognised: Why that failed.
    """

    number: int
    sheet: Sheet
    upright: list[tuple[Frame, list[Segment]]] = field(default_factory=list)
    slanted: list[Word] = field(default_factory=list)
    glyphs: int = 0
    unmapped: int = 0
    damaged: bool = False
    pictured: bool = False
    mended: bool = False
    annotations: Annotations = field(default_factory=Annotations)
    confidence: float | None = None
    unrecognised: str = ""

    @property
    def wordless(self) -> bool:
        """No words, or none that mean anything."""
        return self.unmapped >= _FEW * self.glyphs


def read_page(document: pypdfium2.PdfDocument, number: int, languages: str | None = None) -> PageText:
    """The words of one page; a damaged page is an empty one.

    Args:
        languages: In which to recognise words where there is only a picture; None to leave it.
    """
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return PageText(number, Sheet((0.0, 0.0, 612.0, 792.0), 0), damaged=True)
    try:
        sheet = sheet_of(page)
        try:
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            return PageText(number, sheet, damaged=True)
        try:
            annotations = read_annotations(document, page, number, sheet)
            words = read_words(text_page, sheet)
            found = _page_text(number, sheet, words, annotations)
        finally:
            text_page.close()
        found.pictured = pdfium.FPDFPage_CountObjects(page) > 0
        if languages and found.wordless and found.pictured:
            _recognise(page, found, languages)
        return found
    finally:
        page.close()


def _recognise(page: pypdfium2.PdfPage, text: PageText, languages: str) -> None:
    """Put recognised words in the place of those that the page does not have."""
    try:
        frame, found = recognise_page(page, text.sheet, languages)
    except (ocr.RecognisingFailed, pypdfium2.PdfiumError) as error:
        text.unrecognised = str(error) or "no answer"
        return
    text.upright, text.slanted = [(frame, found.lines)], []
    text.confidence = found.confidence


def _page_text(number: int, sheet: Sheet, words: PageWords, annotations: Annotations) -> PageText:
    mended = mend([word for _, some in words.upright for word in some])
    upright = [(frame, [*some]) for frame, some in words.upright]
    if filled := list(words_of(annotations.fields)):
        level = next((some for frame, some in upright if frame.turn == 0), None)
        if level is None:
            upright.append((sheet.frame(0), filled))
        else:
            level += filled
    return PageText(
        number,
        sheet,
        [(frame, segments_of(some)) for frame, some in upright],
        words.slanted,
        words.glyphs + sum(len(word.text) for word in filled),
        words.unmapped,
        mended=mended,
        annotations=annotations,
    )


def read_pages(
    document: pypdfium2.PdfDocument, progress: Progress, languages: str | None = None
) -> list[PageText]:
    """Every page in turn."""
    pages = []
    for number in range(len(document)):
        progress.check()
        pages.append(read_page(document, number, languages))
        progress.report(number + 1, len(document), "")
    return pages


def columns_of(pages: Sequence[PageText]) -> list[list[list[Row]]]:
    """The columns of each page in the order of reading, each as its lines.

    What is turned stands after the upright text of its page, what is slanted comes last.
    """
    columns: list[list[list[Row]]] = [[] for _ in pages]
    for rank in range(max((len(page.upright) for page in pages), default=0)):
        ranked = [page for page in pages if len(page.upright) > rank]
        places = [(page.number, *page.upright[rank]) for page in ranked]
        kept = without_furniture(places)
        for (number, frame, _), segments in zip(places, kept, strict=True):
            columns[number] += [rows_of(region, number, frame) for region in regions(segments)]
    stamps = without_stamps([(page.number, _words(page.slanted)) for page in pages if page.slanted])
    for page in pages:
        if page.slanted and _words(page.slanted) not in stamps:
            columns[page.number].append([row_in_order(page.slanted, page.number, page.sheet.frame(0))])
    return columns


def _words(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
