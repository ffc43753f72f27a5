"""The records of an archive, as plain values. Identifiers are UUIDv7, times UTC ISO 8601."""

from dataclasses import dataclass, field
from enum import StrEnum

from desktop.core.anchors import Span
from desktop.core.document import Metadata

# Between the spans of an annotation, where their words are shown as one text.
SPANS_JOINED = " … "


class AnnotationKind(StrEnum):
    HIGHLIGHT = "highlight"
    QUOTE = "quote"
    CLAIM = "claim"
    NOTE = "note"


class ReadState(StrEnum):
    UNREAD = "unread"
    READING = "reading"
    READ = "read"


class QuoteMode(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """What a mention does with its claim."""

    ASSERTS = "asserts"
    REPEATS = "repeats"
    SUPPORTS = "supports"
    DISPUTES = "disputes"
    HEDGES = "hedges"


class Verdict(StrEnum):
    OPEN = "open"
    SUPPORTED = "supported"
    DISPUTED = "disputed"
    REFUTED = "refuted"
    UNVERIFIABLE = "unverifiable"


# Colour names kept in the archive; what each looks like in light and dark is the theme's matter.
COLOURS = ("yellow", "orange", "red", "pink", "violet", "blue", "teal", "green", "grey")


@dataclass(frozen=True, slots=True)
class Article:
    """The thing cited. Its text lives in its captures."""

    id: str
    metadata: Metadata
    current_capture: str | None
    read_state: ReadState = ReadState.UNREAD
    note: str = ""
    added_at: str = ""
    updated_at: str = ""
    trashed_at: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What a line of the library shows."""

    id: str
    title: str
    publisher: str
    published_at: str
    date_is_guess: bool
    language: str
    read_state: ReadState
    highlights: int = 0
    quotes: int = 0
    claims: int = 0
    notes: int = 0

    @property
    def annotations(self) -> int:
        return self.highlights + self.quotes + self.claims + self.notes


@dataclass(frozen=True, slots=True)
class Capture:
    """One import of an article.

    Attributes:
        text: The canonical text.
        layout: The blocks over it (``Document.layout_json``).
        original: SHA-256 of the bytes it was made from, a key of ``originals``.
        extractor: Name and version, e.g. ``html/1``.
        encoding: The character encoding that the bytes were read in, None for binary formats.
        source: The path or URL it came from, as given.
        partial: The text is not the article's own, only what another program knew of it.
    """

    id: str
    article_id: str
    text: str
    layout: str
    text_sha256: str
    original: str | None
    extractor: str
    encoding: str | None
    source: str
    captured_at: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mark on an article: one or more spans of one capture, and what is said of them.

    Attributes:
        exact: The words of all spans, joined by `` … ``.
        colour: One of ``COLOURS``, or None for the colour of the kind.
        speaker_id, cue, mode, said_at: Of quotes.
        claim_id, stance: Of claim mentions.
        tag_ids: In the order of the tags' sort key.
    """

    id: str
    article_id: str
    capture_id: str
    kind: AnnotationKind
    spans: tuple[Span, ...]
    colour: str | None = None
    note: str = ""
    speaker_id: str | None = None
    cue: str | None = None
    mode: QuoteMode | None = None
    said_at: str | None = None
    claim_id: str | None = None
    stance: Stance | None = None
    tag_ids: tuple[str, ...] = ()
    creator: str = ""
    created_at: str = ""
    updated_at: str = ""
    trashed_at: str | None = None

    @property
    def exact(self) -> str:
        return SPANS_JOINED.join(span.exact for span in self.spans)

    @property
    def start(self) -> int:
        """Where its first span was marked, for text order."""
        return self.spans[0].start if self.spans else 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that stands apart from its mentions."""

    id: str
    statement: str
    verdict: Verdict = Verdict.OPEN
    note: str = ""
    created_at: str = ""
    updated_at: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody or some organisation that speaks; aliases in any script."""

    id: str
    name: str
    kind: str = "person"
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the tree.

    Attributes:
        path: Its name after its ancestors' names, parted by slashes, e.g. ``оборона/дроны``.
    """

    id: str
    name: str
    path: str
    parent_id: str | None = None
    colour: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder that a person fills; nested by ``parent_id``."""

    id: str
    name: str
    path: str
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class SavedSearch:
    id: str
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class FrozenSearch:
    """What a search gave at one moment.

    Attributes:
        understood: How the query was read, in plain words.
        version: Of the analysis that found it (``core.searching.Found``).
        archive_id, step: Where it was asked, and the newest step of the history then.
        frozen_at, frozen_by: When, and the name of whoever did it.
        articles, marks: How many articles, and how many marks in them, were found.
        seal: SHA-256 over all of this but the name, and over the list of what was found.
    """

    id: str
    name: str
    query: str
    understood: str
    version: str
    archive_id: str
    step: int
    frozen_at: str
    frozen_by: str
    articles: int
    marks: int
    seal: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What one operation did, for views to refresh from.

    Attributes:
        label: The operation's name in words, e.g. ``Mark quote``; empty when nothing changed.
        step: Its number in the history, None when nothing changed.
        articles, annotations, tags, people, claims, collections, searches: Ids of records that
            were made, changed or trashed; saved and frozen searches together. Tagging an annotation
            names the annotation.
    """

    label: str = ""
    step: int | None = None
    articles: frozenset[str] = field(default_factory=frozenset)
    annotations: frozenset[str] = field(default_factory=frozenset)
    tags: frozenset[str] = field(default_factory=frozenset)
    people: frozenset[str] = field(default_factory=frozenset)
    claims: frozenset[str] = field(default_factory=frozenset)
    collections: frozenset[str] = field(default_factory=frozenset)
    searches: frozenset[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return self.step is not None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names an archive's annotations refer to, by id, for views and exporters."""

    tags: dict[str, Tag] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
