"""Annotations of a page as they stand in the file: marks, notes and links, not yet on any words."""

import ctypes
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.importing.colours import nearest_colour
from desktop.importing.pdf.attachments import Embedded, read_embedded
from desktop.importing.pdf.facts import pdf_moment
from desktop.importing.pdf.fields import Field
from desktop.importing.pdf.frames import Box, Sheet

MOST = 5000
"""Annotations of one page that are looked at."""

_MOST_QUADS = 2000
_MOST_FILES = 20
_LONGEST = 200_000  # bytes of one value
MARKS = {
    pdfium.FPDF_ANNOT_HIGHLIGHT: "",
    pdfium.FPDF_ANNOT_UNDERLINE: "",
    pdfium.FPDF_ANNOT_SQUIGGLY: "",
    pdfium.FPDF_ANNOT_STRIKEOUT: "Struck out.",
}
_NOTES = (pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT)
_DRAWN = (
    pdfium.FPDF_ANNOT_LINE, pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_POLYGON,
    pdfium.FPDF_ANNOT_POLYLINE, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_CARET, pdfium.FPDF_ANNOT_INK,
    pdfium.FPDF_ANNOT_FILEATTACHMENT, pdfium.FPDF_ANNOT_REDACT,
)  # fmt: skip
_TAGS = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)


@dataclass
class Comment:
    """What somebody marked or wrote on a page.

    Attributes:
        places: On the page shown: of each quadrilateral, else of the whole.
        marks: It marks the words under it; otherwise it is a note beside words.
        text: What was written; replies follow, each with its author and date.
    """

    page: int
    places: list[Box]
    marks: bool
    text: str
    creator: str = ""
    created_at: str = ""
    colour: str | None = None
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page that leads to an address."""

    page: int
    place: Box
    href: str


@dataclass
class Annotations:
    comments: list[Comment] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    files: list[Embedded] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)


def read_annotations(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, number: int, sheet: Sheet
) -> Annotations:
    """The marks, notes and web links of one page."""
    found = Annotations()
    by_index: dict[int, Comment] = {}
    replies: list[tuple[int, Comment]] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST)):
        handle = pdfium.FPDFPage_GetAnnot(page, index)
        if not handle:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(handle)
            if kind == pdfium.FPDF_ANNOT_LINK:
                found.links += _links(document, handle, number, sheet)
                continue
            if kind == pdfium.FPDF_ANNOT_WIDGET:
                found.fields += _field(handle, sheet)
                continue
            if kind == pdfium.FPDF_ANNOT_FILEATTACHMENT and len(found.files) < _MOST_FILES:
                found.files += _file(document, handle)
            comment = _comment(handle, kind, number, sheet)
            if comment and comment.text not in [name for name, _ in found.files]:
                answered = _answered(page, handle)
                if answered is None or answered == index:
                    by_index[index] = comment
                else:
                    replies.append((answered, comment))
                    by_index.setdefault(index, comment)
        finally:
            pdfium.FPDFPage_CloseAnnot(handle)
    found.comments = _with_replies(by_index, replies)
    return found


def _with_replies(comments: dict[int, Comment], replies: list[tuple[int, Comment]]) -> list[Comment]:
    """The comments, each with the replies to it and to these appended."""
    parents = {id(reply): answered for answered, reply in replies}
    for _, reply in replies:
        root = _root(comments, parents, reply)
        if root is reply:
            del parents[id(reply)]  # what it answers is not there
        elif reply.text:
            who = ", ".join(part for part in (reply.creator, reply.created_at[:10]) if part)
            said = f"{who}: {reply.text}" if who else reply.text
            root.text = f"{root.text}\n\n{said}" if root.text else said
    return [comment for comment in comments.values() if id(comment) not in parents]


def _root(comments: dict[int, Comment], parents: dict[int, int], reply: Comment) -> Comment:
    now, seen = reply, set()
    while id(now) in parents and id(now) not in seen:
        seen.add(id(now))
        above = comments.get(parents[id(now)])
        if above is None:
            return now
        now = above
    return reply if id(now) in parents else now


def _comment(handle: Any, kind: int, number: int, sheet: Sheet) -> Comment | None:
    """The mark or note; None for what is neither, and for drawings without words."""
    marks = kind in MARKS
    if not marks and kind not in _NOTES and kind not in _DRAWN:
        return None
    text = _written(handle)
    answers = bool(pdfium.FPDFAnnot_HasKey(handle, b"IRT"))
    if not marks and not text and not answers:
        return None
    places = (_quads(handle, sheet) if marks else []) or _rect(handle, sheet)
    created = pdf_moment(_string(handle, "CreationDate")) or pdf_moment(_string(handle, "M"))
    struck = kind == pdfium.FPDF_ANNOT_STRIKEOUT
    return Comment(
        number, places, marks, text, _string(handle, "T").strip(), created, _colour(handle), struck
    )


def _written(handle: Any) -> str:
    """What the annotation says: its contents, else their rich form, else what its pop-up holds."""
    if text := _string(handle, "Contents").strip():
        return text
    if rich := html.unescape(_TAGS.sub("", _string(handle, "RC"))).strip():
        return rich
    popup = pdfium.FPDFAnnot_GetLinkedAnnot(handle, b"Popup")
    if not popup:
        return ""
    try:
        return _string(popup, "Contents").strip()
    finally:
        pdfium.FPDFPage_CloseAnnot(popup)


def _answered(page: pypdfium2.PdfPage, handle: Any) -> int | None:
    """The number of the annotation to which this one replies."""
    if not pdfium.FPDFAnnot_HasKey(handle, b"IRT"):
        return None
    other = pdfium.FPDFAnnot_GetLinkedAnnot(handle, b"IRT")
    if not other:
        return None
    try:
        index = pdfium.FPDFPage_GetAnnotIndex(page, other)
        return index if index >= 0 else None
    finally:
        pdfium.FPDFPage_CloseAnnot(other)


def _string(handle: Any, key: str) -> str:
    return _utf16(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(handle, key.encode(), buffer, size))


def _utf16(call: Callable[[Any, int], int]) -> str:
    size = call(None, 0)
    if size <= 2 or size > _LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    call(ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    text = bytes(memoryview(buffer))[: size - 2].decode("utf-16-le", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _field(handle: Any, sheet: Sheet) -> list[Field]:
    """A text or choice field that is filled and shown."""
    hidden = pdfium.FPDFAnnot_GetFlags(handle) & (
        pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
    )
    if hidden or _string(handle, "FT") not in ("Tx", "Ch") or not (text := _string(handle, "V").strip()):
        return []
    return [Field(place, text) for place in _rect(handle, sheet)]


def _file(document: pypdfium2.PdfDocument, handle: Any) -> list[Embedded]:
    raw = pdfium.FPDFAnnot_GetFileAttachment(handle)
    return [read_embedded(raw, document)] if raw else []


def _colour(handle: Any) -> str | None:
    """The nearest of the archive's colours. PDFium tells it only of what has no appearance of its own."""
    pdfium.FPDFAnnot_SetAP(handle, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None)
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFAnnot_HasKey(handle, b"C"):
        return None
    if not pdfium.FPDFAnnot_GetColor(handle, pdfium.FPDFANNOT_COLORTYPE_Color, *parts):
        return None
    red, green, blue = (part.value for part in parts[:3])
    return nearest_colour(red, green, blue)


def _quads(handle: Any, sheet: Sheet) -> list[Box]:
    points = pdfium.FS_QUADPOINTSF()
    found = []
    for index in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(handle), _MOST_QUADS)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(handle, index, points):
            across = (points.x1, points.x2, points.x3, points.x4)
            up = (points.y1, points.y2, points.y3, points.y4)
            found.append(sheet.shown(min(across), min(up), max(across), max(up)))
    return [box for box in found if box[2] > box[0] and box[3] > box[1]]


def _rect(handle: Any, sheet: Sheet) -> list[Box]:
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(handle, rect):
        return []
    left, right = sorted((rect.left, rect.right))
    bottom, top = sorted((rect.bottom, rect.top))
    return [sheet.shown(left, bottom, right, top)]


def _links(document: pypdfium2.PdfDocument, handle: Any, number: int, sheet: Sheet) -> Iterator[Link]:
    link = pdfium.FPDFAnnot_GetLink(handle)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < size < 8000:
        return
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    href = buffer.value.decode("utf-8", "replace").strip()
    if _ADDRESS.fullmatch(href):
        for place in _quads(handle, sheet) or _rect(handle, sheet):
            yield Link(number, place, href)
