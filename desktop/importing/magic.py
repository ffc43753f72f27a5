"""Formats that are known by their first bytes: documents, packages, messages, web archives."""

import re
import zlib

from desktop.core.errors import ImportFailed
from desktop.importing.formats import Format
from desktop.importing.originals import extension_of

_GZIP = b"\x1f\x8b"
_PDF = re.compile(rb"^.{0,40}%PDF-\d", re.MULTILINE | re.DOTALL)
_PDF_WITHIN = 1024  # readers accept a header this far in (ISO 32000-1, annex H)
_PACKAGED = (
    (re.compile(rb"project\.qde", re.IGNORECASE), Format.QDPX),
    (re.compile(rb"word/document\d?\.xml"), Format.DOCX),
    (re.compile(rb"META-INF/container\.xml"), Format.EPUB),
    (re.compile(rb"archive/[^\0/]{1,200}\.w?arc\b"), Format.WACZ),
)
_ODT = b"application/vnd.oasis.opendocument.text"
_NOT_TEXTS = (
    (re.compile(rb"xl/workbook"), "Excel sheet"),
    (re.compile(rb"ppt/presentation"), "PowerPoint slides"),
    (re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(?!text)"), "OpenDocument file"),
)
_HEADER = re.compile(rb"(?:[!-9;-~]{1,60}:[^\r\n]{0,2000}(?:\r?\n[ \t][^\r\n]{0,2000})*\r?\n)+")
_FIELD = re.compile(rb"^([!-9;-~]{1,60}):", re.MULTILINE)
_OF_MESSAGES = {
    b"from", b"to", b"date", b"subject", b"message-id", b"received", b"return-path", b"mime-version",
    b"content-type", b"delivered-to", b"reply-to", b"cc", b"snapshot-content-location", b"x-mailer",
    b"content-transfer-encoding",
}  # fmt: skip
_MBOX = re.compile(rb"From \S+ .*\d{4}\s*\r?\n[!-9;-~]{1,60}:")
_ZIP_END = 65_557  # a ZIP ends within so many bytes of its own end, and of a comment's
PACKAGE_NAMES = {".docx", ".odt", ".epub", ".pdf", ".zip", ".wacz", ".qdpx"}
"""Names of what is never plain text."""
_COMPOUND_NAMES = (
    ("__substg1.0_", "Outlook message"),
    ("WordDocument", "Word 97–2003 document"),
    ("Workbook", "Excel 97–2003 sheet"),
    ("PowerPoint Document", "PowerPoint 97–2003 slides"),
)
_MAIL_NAMES = {".eml", ".mht", ".mhtml", ".mbox", ".mbx"}


def sealed_format(data: bytes, name: str) -> Format | None:
    """The format of what is no text by its bytes, or is never one; None where they leave it open.

    Raises:
        ImportFailed: ``unknown_format``: a package that holds no text.
    """
    if data.startswith(b"%PDF-") or (_PDF.search(data[:_PDF_WITHIN]) and b" obj" in data):
        return Format.PDF
    if data[:64].lstrip().startswith(b"{\\rtf"):
        return Format.RTF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packaged(data, name)
    if data.startswith((b"WARC/", b"filedesc://")) or (data.startswith(_GZIP) and _is_packed_warc(data)):
        return Format.WARC
    if data.startswith((b"bplist0", b"<?xml")) and b"WebMainResource" in data:
        return Format.WEBARCHIVE
    return Format.HTML if _unpacks_itself(data) else None


def _unpacks_itself(data: bytes) -> bool:
    """A page with a ZIP in it, as SingleFileZ saves them."""
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and (
        b"PK\x05\x06" in data[-_ZIP_END:] and b"PK\x03\x04" in data
    )


def _packaged(data: bytes, name: str) -> Format:
    """By the names in the package, which stand plain in it; what is none of ours is a ZIP of sources."""
    if _ODT in data[:200]:
        return Format.ODT
    if b"application/epub+zip" in data[:200]:
        return Format.EPUB
    directory = data[-256 * 1024 :]
    for pattern, kind in _PACKAGED:
        if pattern.search(directory) or pattern.search(data[: 64 * 1024]):
            return kind
    for pattern, what in _NOT_TEXTS:
        if pattern.search(directory) or pattern.search(data[:4096]):
            raise ImportFailed(name, "unknown_format", what)
    named = {".docx": Format.DOCX, ".odt": Format.ODT, ".epub": Format.EPUB, ".wacz": Format.WACZ}
    return named.get(extension_of(name), Format.ZIP)


def _is_packed_warc(data: bytes) -> bool:
    try:
        head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data[:4096], 64)
    except zlib.error:
        return False
    return head.startswith((b"WARC/", b"filedesc://"))


def carried_format(head: bytes, name: str) -> Format | None:
    """Messages and pages saved as messages, by the header they begin with; ``head`` is some KB."""
    if _MBOX.match(head):
        return Format.MBOX
    start = head.lstrip(b"\r\n")
    block = _HEADER.match(start)
    extension = extension_of(name)
    if block is None:
        return None
    fields = {field.lower() for field in _FIELD.findall(block[0])}
    if len(fields & _OF_MESSAGES) < (1 if extension in _MAIL_NAMES else 2):
        return None
    return Format.MHTML if _is_page(block[0], fields, extension) else Format.EMAIL


def _is_page(block: bytes, fields: set[bytes], extension: str) -> bool:
    if b"snapshot-content-location" in fields or re.search(rb"^From: <Saved by ", block, re.MULTILINE):
        return True
    related = re.search(rb"multipart/related", block, re.IGNORECASE) is not None
    addressed = b"to" in fields or b"received" in fields or b"message-id" in fields
    return extension in (".mht", ".mhtml") or (related and not addressed and extension != ".eml")


def compound_kind(data: bytes) -> str:
    """What a person calls a file of an old Microsoft Office, by the names of the streams in it."""
    found = (what for name, what in _COMPOUND_NAMES if name.encode("utf-16-le") in data)
    return next(found, "old Microsoft Office file")
