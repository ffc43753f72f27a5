"""The formats that can be read, and who reads each. A reader is loaded when its format is met."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from importlib import import_module
from types import ModuleType
from typing import NamedTuple, cast

from desktop.core.extraction import Entry
from desktop.importing.material import Material
from desktop.importing.reading import Part


class Format(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    EPUB = "epub"
    EMAIL = "email"
    MBOX = "mbox"
    MHTML = "mhtml"
    WEBARCHIVE = "webarchive"
    WARC = "warc"
    WACZ = "wacz"
    ZIP = "zip"
    QDPX = "qdpx"
    RECORDS = "records"


Reader = Callable[[Material], Iterable[Part]]
Lister = Callable[[Material], list[Entry]]


class Known(NamedTuple):
    """Where a format's reader is.

    Attributes:
        module: In this package; it has ``read(material)``, which yields the parts.
        listed: It also has ``entries(material)``: what a person can choose from.
    """

    media_type: str
    module: str
    listed: bool = False


FORMATS: dict[Format, Known] = {
    Format.TEXT: Known("text/plain", "plain"),
    Format.MARKDOWN: Known("text/markdown", "plain"),
    Format.HTML: Known("text/html", "web.page"),
    Format.PDF: Known("application/pdf", "pdf.reader"),
    Format.DOCX: Known(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "office.docx"
    ),
    Format.ODT: Known("application/vnd.oasis.opendocument.text", "office.odt"),
    Format.RTF: Known("application/rtf", "office.rtf"),
    Format.EPUB: Known("application/epub+zip", "office.epub", listed=True),
    Format.EMAIL: Known("message/rfc822", "mail.message"),
    Format.MBOX: Known("application/mbox", "mail.mbox", listed=True),
    Format.MHTML: Known("multipart/related", "web.mhtml"),
    Format.WEBARCHIVE: Known("application/x-webarchive", "web.safari"),
    Format.WARC: Known("application/warc", "web.warc", listed=True),
    Format.WACZ: Known("application/wacz", "web.wacz", listed=True),
    Format.ZIP: Known("application/zip", "zipped", listed=True),
    Format.QDPX: Known("application/x-qdpx", "qda.reader"),
    Format.RECORDS: Known("text/plain", "records.reader"),
}


PLAINER = frozenset(
    (
        Format.HTML,
        Format.EMAIL,
        Format.MBOX,
        Format.MHTML,
        Format.WEBARCHIVE,
        Format.WARC,
        Format.WACZ,
        Format.ZIP,
    )
)
"""Pages, and what holds pages: their readers have a way without a search (``Options.plain``)."""


def reader_of(kind: Format) -> Reader:
    """The function that takes this format apart."""
    return cast(Reader, _module(kind).read)


def lister_of(kind: Format) -> Lister | None:
    """The function that lists what a file of this format holds; None where it is one article."""
    return cast(Lister, _module(kind).entries) if FORMATS[kind].listed else None


def _module(kind: Format) -> ModuleType:
    return import_module(f"desktop.importing.{FORMATS[kind].module}")
