"""The life of the child process that draws the pages of one PDF: no Qt, no network, bounded memory.

Marks and notes of the file were imported as marks, which Pressmark draws itself: they are left out
where there are words for them to lie on. Everything else that was put on a page is drawn: stamps,
typewritten text, what is filled into forms.
"""

import signal
from collections import OrderedDict
from collections.abc import Iterable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from desktop.importing.worker import forbid_network, limit_memory

LARGEST = 2048  # pixels of a tile's side
_MOST_ANNOTATIONS = 5000
_OPEN_PAGES = 4  # a page that is open draws its next tile without being parsed again


class Tile(NamedTuple):
    """A rectangle of a page at some size, in pixels.

    Attributes:
        page: Counted from 0.
        width, height: Of the whole page.
        left, top: Of the rectangle.
        columns, rows: Its own size, ``LARGEST`` at most.
    """

    page: int
    width: int
    height: int
    left: int
    top: int
    columns: int
    rows: int


class Sheets:
    """The pages of a PDF in memory.

    Raises:
        pypdfium2.PdfiumError: It is damaged, or locked with a password.
    """

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._pdf = pypdfium2.PdfDocument(data)
        self._pdf.init_forms()
        self._pages: OrderedDict[int, Any] = OrderedDict()

    def draw(self, tile: Tile) -> Any:
        """Blue, green, red and an unused byte for each pixel, row by row, as a buffer."""
        from pypdfium2 import PdfBitmap, raw

        columns, rows = min(tile.columns, LARGEST), min(tile.rows, LARGEST)
        bitmap = PdfBitmap.new_native(columns, rows, raw.FPDFBitmap_BGRx)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, columns, rows)
        page = self._page(tile.page)
        place = (bitmap, page, -tile.left, -tile.top, tile.width, tile.height, 0, raw.FPDF_ANNOT)
        raw.FPDF_RenderPageBitmap(*place)
        if self._pdf.formenv:
            raw.FPDF_FFLDraw(self._pdf.formenv, *place)
        return bitmap.buffer

    def _page(self, number: int) -> Any:
        page = self._pages.pop(number, None)
        if page is None:
            page = self._pdf[number]
            hide_marks(page)
        self._pages[number] = page
        if len(self._pages) > _OPEN_PAGES:
            self._pages.popitem(last=False)[1].close()
        return page


def hide_marks(page: Any) -> None:
    """Leave out, from now on, what became marks of the article; the file itself is not changed."""
    from pypdfium2 import raw

    count = min(raw.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)
    if not count or not page.get_textpage().count_chars():
        return
    hidden = (
        raw.FPDF_ANNOT_HIGHLIGHT,
        raw.FPDF_ANNOT_UNDERLINE,
        raw.FPDF_ANNOT_SQUIGGLY,
        raw.FPDF_ANNOT_STRIKEOUT,
        raw.FPDF_ANNOT_TEXT,
        raw.FPDF_ANNOT_POPUP,
    )
    for number in range(count):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if annotation:
            if raw.FPDFAnnot_GetSubtype(annotation) in hidden:
                flags = raw.FPDFAnnot_GetFlags(annotation)
                raw.FPDFAnnot_SetFlags(annotation, flags | raw.FPDF_ANNOT_FLAG_HIDDEN)
            raw.FPDFPage_CloseAnnot(annotation)


def serve(pipe: "Connection[Any, Any]", megabytes: int) -> None:
    """Take a PDF from the pipe, then draw the tiles that are asked for until it closes.

    Every answer is a reason why not, or empty; the pixels follow the latter, save the first, which is
    about the PDF as a whole. Nothing is pickled on its way back: what a page can do to this process
    must not reach the other one.
    """
    # Ctrl+C in a terminal reaches the whole group; the parent decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(megabytes, yielding=False)
    forbid_network()
    try:
        sheets = Sheets(pipe.recv_bytes())
    except (EOFError, OSError):
        return
    except MemoryError:
        pipe.send_bytes(b"memory")
        return
    except Exception as error:  # noqa: BLE001 - whatever PDFium has against it
        pipe.send_bytes(b"encrypted" if "password" in str(error).casefold() else b"malformed")
        return
    pipe.send_bytes(b"")
    for tile in _questions(pipe):
        _answer(pipe, sheets, tile)


def _questions(pipe: "Connection[Any, Any]") -> Iterable[Tile]:
    while True:
        try:
            yield pipe.recv()
        except (EOFError, OSError):
            return


def _answer(pipe: "Connection[Any, Any]", sheets: Sheets, tile: Tile) -> None:
    try:
        pixels = sheets.draw(tile)
    except MemoryError:
        pipe.send_bytes(b"memory")
    except Exception:  # noqa: BLE001 - a fault of one page must not cost the others
        pipe.send_bytes(b"malformed")
    else:
        pipe.send_bytes(b"")
        pipe.send_bytes(pixels)
