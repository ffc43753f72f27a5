"""What a file is: by its bytes first, by its name only where the bytes leave it open."""

import json
import re
from contextlib import suppress

from desktop.core.errors import ImportFailed
from desktop.importing.encoding import wide_encoding
from desktop.importing.formats import Format
from desktop.importing.magic import PACKAGE_NAMES, carried_format, compound_kind, sealed_format
from desktop.importing.oddness import oddness
from desktop.importing.originals import extension_of
from desktop.importing.plain import MARKDOWN_NAMES
from desktop.importing.records.recognise import is_records

# What a person calls it, and the bytes by which it is known.
_UNSUPPORTED = ((b"SQLite format 3\0", "SQLite database"),)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = (
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\0", "xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"RIFF", "media file"),
    (b"OggS", "Ogg media file"),
    (b"ID3", "MP3 sound"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "Windows program"),
    (b"\xcf\xfa\xed\xfe", "macOS program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"\0\x01\0\0\0", "font"),
)
# Text by their bytes, but no article; a page with such a name is read as the page it is.
_DATA_NAMES = {
    ".json": "JSON data",
    ".jsonld": "JSON data",
    ".geojson": "JSON data",
    ".xml": "XML data",
    ".rss": "news feed",
    ".atom": "news feed",
    ".svg": "drawing",
    ".css": "style sheet",
    ".js": "script",
    ".mjs": "script",
    ".csv": "table",
    ".tsv": "table",
    ".yaml": "YAML data",
    ".yml": "YAML data",
}
_XML_START = re.compile(rb"\s*<(?:\?xml|rss|feed|svg|opml)\b", re.I)
_HTML_NAMES = {".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx", ".jsp"}
_DOCUMENT_START = re.compile(
    rb"(?>\s|<\?xml[^>]*>|<!--(?>.*?-->))*+<(?:!doctype\s+html|html|head|body|title|meta|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT_START = re.compile(rb"\s*<(?:div|p|section|table|h[1-6]|ul|ol|span|font|center|a|b|i)[\s>]", re.I)
_CLOSING_TAG = re.compile(rb"</(?:div|p|section|table|h[1-6]|ul|ol|span|font|center|a|b|i)\s*>", re.I)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b")
_HEAD = 64 * 1024


def detect(data: bytes, name: str) -> Format:
    """The format to read the bytes in.

    Raises:
        ImportFailed: ``empty``, ``unknown_format`` (known, not read by us) or ``binary``.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ImportFailed(name, "empty")
    if (kind := sealed_format(data, name)) is not None:
        return kind
    _refuse_known(data, name)
    if is_binary(data):
        raise ImportFailed(name, "binary")
    # Two-byte encodings of markup are ASCII with NULs between.
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _DOCUMENT_START.match(head):
        return Format.RECORDS if is_records(data, name) else Format.HTML
    if (kind := carried_format(head, name)) is not None:
        return kind
    if is_records(data, name):
        return Format.RECORDS
    extension = extension_of(name)
    if what := _data_kind(data, head, extension):
        raise ImportFailed(name, "unknown_format", what)
    if extension in MARKDOWN_NAMES:
        return Format.MARKDOWN
    if _FRAGMENT_START.match(head) and _CLOSING_TAG.search(head):
        return Format.HTML
    if extension in _HTML_NAMES and b"<" in head:
        return Format.HTML
    if extension in PACKAGE_NAMES:
        raise ImportFailed(name, "malformed", f"it is no {extension[1:]} file inside")
    return Format.TEXT


def _data_kind(data: bytes, head: bytes, extension: str) -> str:
    """What a person calls it where it is data for programs; empty where it may be an article."""
    if what := _DATA_NAMES.get(extension):
        return what
    if _XML_START.match(head) and extension not in _HTML_NAMES:
        return "XML data"
    if data.lstrip()[:1] in (b"{", b"["):
        with suppress(ValueError, RecursionError):
            return "JSON data" if isinstance(json.loads(data), dict | list) else ""
    return ""


def is_binary(data: bytes) -> bool:
    """Whether these bytes are no text in any encoding we read."""
    head = data[:_HEAD]
    if b"\0" in head:
        if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or wide_encoding(head):
            return False
        # A stray NUL in a good text is an accident of some program, not a binary file.
        return head.count(b"\0") * 200 > len(head) + 200 or _is_garbled(head)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 50 > len(head)


def _is_garbled(head: bytes) -> bool:
    return oddness(head.decode("utf-8", "replace").replace("\0", "")) > 0.2


def _refuse_known(data: bytes, name: str) -> None:
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:  # how today's Word wraps a document that has a password
            raise ImportFailed(name, "encrypted")
        raise ImportFailed(name, "old_office", compound_kind(data))
    for magic, what in _UNSUPPORTED:
        if data.startswith(magic):
            raise ImportFailed(name, "unknown_format", what)
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise ImportFailed(name, "binary", what)
