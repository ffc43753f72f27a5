"""What an importer hands over: a document and the bytes it was made from."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.core.document import Document


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes themselves, as they are to be kept.

    Attributes:
        sha256: Of the unpacked bytes, in lower-case hex.
        size: Bytes when unpacked.
        data: The bytes as SQLite's ``sqlar`` stores them: zlib-compressed where that is shorter,
            else as they are (then ``len(data) == size``).
        media_type: e.g. ``text/html``.
        extension: With its dot, lower case, ASCII, e.g. ``.html``; may be empty.
        filename: The name it had, for people.
    """

    sha256: str
    size: int
    data: bytes
    media_type: str
    extension: str
    filename: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """One source, read.

    Attributes:
        extractor: Name and version, e.g. ``html/1``.
        encoding: What the bytes were decoded as; None for binary formats.
        warnings: Sentences for the report, e.g. that the date is a guess.
    """

    document: Document
    original: Original
    extractor: str
    encoding: str | None = None
    warnings: tuple[str, ...] = ()


class ImportStatus(StrEnum):
    ADDED = "added"
    DUPLICATE = "duplicate"
    CAPTURE = "capture"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportLine:
    """What became of one source; one line of the report.

    Attributes:
        article: The article that was made, or that already held the same bytes.
        error: A sentence for people; empty unless the status is failed.
        detail: The technical reason, for the saved report.
    """

    source: str
    status: ImportStatus
    article: str | None = None
    title: str = ""
    error: str = ""
    detail: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """Everything one import did, in the order it was done."""

    lines: list[ImportLine] = field(default_factory=list)
    cancelled: bool = False

    def count(self, status: ImportStatus) -> int:
        return Counter(line.status for line in self.lines)[status]
