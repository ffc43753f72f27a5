"""Opening a PDF with PDFium, within limits."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.core.errors import ImportFailed
from desktop.importing.pdf.frames import Sheet

MOST_PAGES = 5000
_LARGEST_SIDE = 20_000.0  # points


@contextmanager
def opened(data: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    """The document; one that is locked only against changes opens with the empty password.

    Raises:
        ImportFailed: ``encrypted``, ``malformed``, ``too_many`` pages.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # PDFium may tell the error of the document before; a locked one says so in its trailer.
        refused = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        locked = refused and b"/Encrypt" in data
        raise ImportFailed(name, "encrypted" if locked else "malformed", str(error)) from error
    with document:
        if len(document) > MOST_PAGES:
            raise ImportFailed(name, "too_many", f"{len(document)} pages")
        if not len(document):
            raise ImportFailed(name, "malformed", "no pages")
        yield document


def sheet_of(page: pypdfium2.PdfPage) -> Sheet:
    """What of a page is shown, and how it is turned."""
    left, bottom, right, top = (max(min(side, _LARGEST_SIDE), -_LARGEST_SIDE) for side in page.get_bbox())
    if right - left < 1 or top - bottom < 1:
        left, bottom, right, top = 0.0, 0.0, 612.0, 792.0
    rotation = max(pdfium.FPDFPage_GetRotation(page), 0) * 90
    return Sheet((left, bottom, right, top), rotation)


def catalog_language(document: pypdfium2.PdfDocument) -> str:
    """What the document says its language is; empty where it does not."""
    size = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    if size <= 2 or size > 400:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return bytes(memoryview(buffer))[: size - 2].decode("utf-16-le", "replace")
