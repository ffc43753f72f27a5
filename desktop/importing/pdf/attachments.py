"""Files that are embedded in a PDF: a portfolio's documents, what is attached to it or to its pages."""

import ctypes
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.importing.reading import Member

MOST = 200
_LARGEST = 64 * 1024 * 1024
_LARGEST_TOGETHER = 200 * 1024 * 1024
_READABLE = frozenset(
    ".pdf .docx .odt .rtf .epub .eml .mbox .html .htm .xhtml .mht .mhtml .txt .md .zip .warc .wacz".split()
)


class Embedded(NamedTuple):
    """An embedded file; without bytes where it cannot be read, or is too large."""

    name: str
    data: bytes


def read_embedded(raw: Any, document: pypdfium2.PdfDocument) -> Embedded:
    """A file by PDFium's handle; its bytes only where Pressmark could read them."""
    attachment = pypdfium2.PdfAttachment(raw, document)
    name = _name(attachment)
    readable = PurePosixPath(name.lower()).suffix in _READABLE
    return Embedded(name, _data(attachment) if readable else b"")


def attached_files(
    document: pypdfium2.PdfDocument, on_pages: Iterable[Embedded] = ()
) -> tuple[list[Member], list[str]]:
    """The embedded files that can be read, and the names of the others.

    Args:
        on_pages: Those that are attached to pages.
    """
    members: list[Member] = []
    others: list[str] = []
    total = 0
    for name, data in chain(_attachments(document), on_pages):
        total += len(data)
        if not data or total > _LARGEST_TOGETHER:
            others.append(name)
        elif all(data != member.data for member in members):
            members.append(Member(data, name))
    return members, list(dict.fromkeys(others))


def _attachments(document: pypdfium2.PdfDocument) -> Iterator[Embedded]:
    count = pdfium.FPDFDoc_GetAttachmentCount(document)
    for index in range(min(count, MOST)):
        if raw := pdfium.FPDFDoc_GetAttachment(document, index):
            yield read_embedded(raw, document)


def _name(attachment: pypdfium2.PdfAttachment) -> str:
    try:
        name = str(attachment.get_name())
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        name = ""
    return name.replace("\\", "/").rpartition("/")[2].replace("\0", "").strip() or "attachment"


def _data(attachment: Any) -> bytes:
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(attachment, None, 0, size) and not size.value:
        return b""
    if not 0 < size.value <= _LARGEST:
        return b""
    buffer = (ctypes.c_char * size.value)()
    read = pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, size)
    return bytes(buffer) if read and size.value == len(buffer) else b""
