"""PDFs as a printer driver makes them, with the map that a reader of them would give."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextLayout

from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.extraction import Original
from desktop.core.pages import PageLine, PageMap
from desktop.store import articles, captures, originals, pages
from desktop.store.archive import Archive
from desktop.store.history import operation

A4 = (595.0, 842.0)
LEFT, TOP, STEP, SIZE = 72, 72, 18, 12  # points

RUSSIAN = (
    "Вода в реке поднялась на два метра за одну ночь, и мост закрыли.",
    "Губернатор сказал: «Мы эвакуируем всех, кто остался в долине».",
    "По данным штаба, без света остаются четыре посёлка и станция.",
)
JAPANESE = ("市長は記者会見で橋を閉鎖すると述べた。", "水位は一晩で二メートル上がったという。")


@dataclass(frozen=True)
class Printed:
    """A PDF, what it says, and where."""

    data: bytes
    document: Document
    map: PageMap


def book(count: int, theme) -> Printed:
    """So many pages, every third of them Japanese; each line is numbered."""
    sheets = []
    for page in range(count):
        source = JAPANESE if page % 3 == 2 else RUSSIAN
        sheets.append([f"{page + 1}.{at + 1} {source[at % len(source)]}" for at in range(36)])
    return printed(sheets, theme)


def printed(sheets: Sequence[Sequence[str]], theme, *, title: str = "Наводнение", words=True) -> Printed:
    """Print lines of text on pages; every page is a paragraph of the document.

    Args:
        words: Without, the document and the map know nothing of them, as of a scanned page.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer)
    font, painter, lines, at = theme.font(SIZE, serif=True), QPainter(writer), [], 0
    for page, sheet in enumerate(sheets):
        if page:
            writer.newPage()
        for row, text in enumerate(sheet):
            lines.append(_line(painter, writer, font, page, row, text, at))
            at += len(text) + 1
    painter.end()
    blocks = [Block(BlockKind.PARAGRAPH, " ".join(sheet)) for sheet in sheets if words]
    document = Document(tuple(blocks), Metadata(title=title, language="ru"))
    return Printed(
        bytes(buffer.data()), document, PageMap((A4,) * len(sheets), tuple(lines if words else ()))
    )


def pictured(lines: Sequence[str], theme) -> bytes:
    """A PDF with one page, which is a picture of these lines at 200 dots an inch."""
    picture = QImage(1654, 2339, QImage.Format.Format_Grayscale8)
    picture.fill(255)
    painter = QPainter(picture)
    painter.setFont(theme.font(44, serif=True))
    for row, text in enumerate(lines):
        painter.drawText(QPointF(200, 300 + 80 * row), text)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    painter = QPainter(writer := _writer(buffer))
    painter.drawImage(QRectF(0, 0, *A4), picture)
    painter.end()
    del writer
    return bytes(buffer.data())


def _writer(buffer: QBuffer) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    size = QPageSize(QSizeF(*A4), QPageSize.Unit.Point)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    return writer


def _line(painter, writer, font, page, row, text, at) -> PageLine:
    layout = QTextLayout(text, font, writer)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(2000)
    layout.endLayout()
    top = TOP + row * STEP
    layout.draw(painter, QPointF(LEFT, top))
    edges = tuple(round((LEFT + line.cursorToX(column)[0]) * 10) for column in range(len(text) + 1))
    return PageLine(page, at, row * 100, edges, round(top * 10), round((top + line.height()) * 10))


def keep(archive: Archive, made: Printed) -> str:
    """Import it by hand; the id of the article."""
    digest = hashlib.sha256(made.data).hexdigest()
    packed = zlib.compress(made.data, 1)
    with operation(archive, "Import 1 article"):
        kept = packed if len(packed) < len(made.data) else made.data
        original = Original(digest, len(made.data), kept, "application/pdf", ".pdf", "a.pdf")
        originals.add_original(archive, original)
        article_id = articles.add_article(archive, made.document.metadata)
        capture_id = captures.add_capture(
            archive,
            article_id,
            made.document,
            original=digest,
            extractor="pdf/1",
            encoding=None,
            source="a.pdf",
        )
        pages.add_pages(archive, capture_id, made.map)
        articles.set_current_capture(archive, article_id, capture_id)
    return article_id
