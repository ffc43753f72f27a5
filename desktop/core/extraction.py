"""What an importer hands over: a document, what belongs to it, and the bytes it was made from."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from desktop.core.document import Document
from desktop.core.pages import PageMap
from desktop.core.records import AnnotationKind, QuoteMode, Stance, Verdict


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
class Picture:
    """A picture of a document, decoded once and encoded anew, so that it is safe to show.

    Attributes:
        src: As ``Block.src`` names it.
        sha256: Of ``data``.
        media_type: ``image/png`` or ``image/jpeg``.
        width, height: In pixels.
        original: The bytes as they were found, where the document's own original does not hold them.
    """

    src: str
    data: bytes
    sha256: str
    media_type: str
    width: int
    height: int
    original: Original | None = None


@dataclass(frozen=True, slots=True)
class FoundMark:
    """A mark that somebody made in another program.

    Attributes:
        exact: The marked words as that program gives them.
        ranges: Where they stand, in code points of the document's text; empty where that is not
            known: then they are looked for, and kept as an orphan if they are not found.
        near: The code point near which to look for them.
        prefix, suffix: The words around them, where they are known.
        tags: Paths.
        creator: Who made it, as that program spells the name; empty where it does not say.
        created_at: UTC ISO 8601, or empty.
        colour: One of ``records.COLOURS``, or None.
        speaker: Who is quoted.
        cue, mode, said_at, stance: As ``records.Annotation`` has them.
        claim: The statement that the words mention; ``verdict`` is for a ledger that has none on it.
    """

    kind: AnnotationKind
    exact: str
    ranges: tuple[tuple[int, int], ...] = ()
    near: int = 0
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    creator: str = ""
    created_at: str = ""
    colour: str | None = None
    speaker: str | None = None
    cue: str | None = None
    mode: QuoteMode | None = None
    said_at: str | None = None
    claim: str | None = None
    stance: Stance | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """One article, read from a source; a source may hold several.

    Attributes:
        extractor: Name and version, e.g. ``html/1``.
        encoding: What the bytes were decoded as; None for binary formats.
        warnings: Sentences for the report, e.g. that the date is a guess.
        name: The part of the source that it is, e.g. ``letters.zip/march.html``; empty for a source
            that is one article.
        pictures: Those of the document's pictures whose bytes are there.
        pages: Where the words stand on the pages; None for what has no pages.
        marks: Made in other programs.
        tags, collections: Paths that the source files the article under.
        note: What somebody wrote about the whole article.
        partial: The text is not the article's own, only what another program knows of it (an entry
            of a reading list, the passages that were marked in a book).
        key: What parts of one source have in common when they are one article (a catalogue entry
            and the files attached to it).
        captured_at: When it was captured or saved, as the source says; UTC ISO 8601, or empty.
    """

    document: Document
    original: Original
    extractor: str
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    name: str = ""
    pictures: tuple[Picture, ...] = ()
    pages: PageMap | None = None
    marks: tuple[FoundMark, ...] = ()
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    note: str = ""
    partial: bool = False
    key: str | None = None
    captured_at: str = ""

    @property
    def weight(self) -> int:
        """Bytes of originals and pictures that it holds in memory."""
        pictures = sum(
            len(one.data) + (len(one.original.data) if one.original else 0) for one in self.pictures
        )
        return len(self.original.data) + pictures


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a source that holds several, for a person to choose from.

    Attributes:
        key: What ``Options.parts`` names it by.
        title: Its title, or its name inside the source.
        detail: An address or a date, for telling twins apart.
        size: In bytes; 0 where it is not known.
        suggested: It looks like an article, rather than a script's data or an error page.
    """

    key: str
    title: str
    detail: str = ""
    size: int = 0
    suggested: bool = True


@dataclass(frozen=True, slots=True)
class Options:
    """What a person asks of reading a source beyond what its bytes say.

    Attributes:
        encoding: Decode it as this, whatever it seems to be.
        whole: All words of a page, not only the article found in it.
        plain: The cautious second try, after the first one never ended.
        parts: Keys of the entries to read; None for all that look like articles.
        by_chapter: A book's chapters become articles of their own.
        recognise: Languages for recognising the words of pictured pages, as Tesseract names them
            (``rus+eng``); None reads no pictures.
    """

    encoding: str | None = None
    whole: bool = False
    plain: bool = False
    parts: frozenset[str] | None = None
    by_chapter: bool = False
    recognise: str | None = None


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
        marks: How many marks of other programs came with it.
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
    marks: int = 0


@dataclass(slots=True)
class ImportReport:
    """Everything one import did, in the order it was done."""

    lines: list[ImportLine] = field(default_factory=list)
    cancelled: bool = False

    def count(self, status: ImportStatus) -> int:
        return Counter(line.status for line in self.lines)[status]
