"""Files that are embedded in a PDF: a portfolio's documents, what is attached to it or to its pages."""

import ctypes
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.importing.reading import Member

MOST = 200
_LARGEST = 64 * 1024 * 1024
_LARGEST_TOGETHER = 200 * 1024 * 1024
_READABLE = frozenset(
    ".pdf .docx .odt .rtf .epub .eml .mbox .html .htm .xhtml .mht .mhtml .txt .md .zip .warc .wacz".split()
)


def attached_files(document: pypdfium2.PdfDocument) -> tuple[list[Member], list[str]]:
    """The embedded files that can be read, and the names of the others."""
    members: list[Member] = []
    others: list[str] = []
    total = 0
    for attachment in _attachments(document):
        name = _name(attachment)
        if PurePosixPath(name.lower()).suffix not in _READABLE:
            others.append(name)
            continue
        data = _data(attachment, min(_LARGEST, _LARGEST_TOGETHER - total))
        if not data:
            others.append(name)
        elif all(data != member.data for member in members):
            total += len(data)
            members.append(Member(data, name))
    return members, others


def _attachments(document: pypdfium2.PdfDocument) -> Iterator[pypdfium2.PdfAttachment]:
    count = pdfium.FPDFDoc_GetAttachmentCount(document)
    for index in range(min(count, MOST)):
        if raw := pdfium.FPDFDoc_GetAttachment(document, index):
            yield pypdfium2.PdfAttachment(raw, document)


def _name(attachment: pypdfium2.PdfAttachment) -> str:
    try:
        name = str(attachment.get_name())
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        name = ""
    return name.replace("\\", "/").rpartition("/")[2].replace("\0", "").strip() or "attachment"


def _data(attachment: Any, most: int) -> bytes:
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(attachment, None, 0, size) and not size.value:
        return b""
    if not 0 < size.value <= most:
        return b""
    buffer = (ctypes.c_char * size.value)()
    read = pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, size)
    return bytes(buffer) if read and size.value == len(buffer) else b""
