"""What passes between the archive, the index and those who search.

``store`` implements ``IndexSource``; ``search`` follows it without knowing of SQL; ``operations``
brings the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class IndexRecord:
    """One thing that can be found: an article, or an annotation with its article's facts.

    Attributes:
        key: ``a:`` + article id, or ``n:`` + annotation id; unique in the index.
        kind: ``article`` or the annotation's kind.
        text: An article's canonical text; an annotation's exact words.
        note: The note of either.
        claim: For a mention of a claim, the claim's statement.
        tags: Paths of its tags; an annotation does not inherit its article's.
        speakers: The speaker's name and aliases (annotations), or the byline (articles).
        date: ISO 8601 prefix (year, month or day), or empty.
        added: When it was imported or marked, ISO 8601 in UTC.
        verdict: Of the claim that it mentions, or empty.
    """

    key: str
    kind: str
    article_id: str
    title: str
    text: str
    annotation_id: str | None = None
    note: str = ""
    claim: str = ""
    tags: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    outlet: str = ""
    language: str = ""
    date: str = ""
    added: str = ""
    read_state: str = ""
    verdict: str = ""
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexHead:
    """How far the archive is; stored in the index's own commit to tell whether it still follows.

    Attributes:
        archive_id: Of this archive.
        seq: The newest dirty mark.
        step, chain: The newest history step and its chain value: an older backup that was put
            back shows here, though its numbers look plausible.
    """

    archive_id: str
    seq: int
    step: int
    chain: str


@dataclass(frozen=True, slots=True)
class IndexChange:
    """A dirty mark: the record ``key`` was made, changed or removed in or before ``seq``."""

    seq: int
    key: str


class IndexSource(Protocol):
    """What the follower reads from the archive. Records of trashed things do not exist."""

    def head(self) -> IndexHead: ...

    def chain_at(self, step: int) -> str | None:
        """The chain value of a step, None where the archive has no such step."""

    def changes(self, after: int, limit: int) -> list[IndexChange]:
        """Marks with ``seq > after`` in order."""

    def keys(self, after: str, limit: int) -> list[str]:
        """Keys of all live records greater than ``after``, in order (for a full build)."""

    def count(self) -> int:
        """How many live records there are."""

    def records(self, keys: Sequence[str]) -> dict[str, IndexRecord]:
        """The live records among ``keys``."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of the canonical text (or of a note) with its hits.

    Attributes:
        text: The passage; line feeds and tabs are shown as wide spaces.
        matches: (start, end) in code points of ``text``.
        offset: Where the passage begins in the canonical text; -1 when it is from a note or title.
    """

    text: str
    matches: tuple[tuple[int, int], ...] = ()
    offset: int = -1


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One found record.

    Attributes:
        matches: (start, end) of the hits in the article's canonical text, in code points; for an
            annotation, of its spans. At most some hundred.
    """

    key: str
    kind: str
    article_id: str
    annotation_id: str | None
    title: str
    score: float
    snippet: Snippet
    matches: tuple[tuple[int, int], ...] = ()


class SearchSort(StrEnum):
    """The order of an answer. Records without a date stand last, whatever the direction."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    LAST_ADDED = "last-added"
    FIRST_ADDED = "first-added"


@dataclass(frozen=True, slots=True)
class SearchWishes:
    """How a query is to be answered.

    Attributes:
        limit, offset: The wanted stretch of the answer, in hits; in articles where ``grouped``.
        as_you_type: The last word may be unfinished and stands for its beginning, too.
        facets: Count the values of ``SearchResult.facets`` among all matches.
        grouped: Keep the hits of an article together, where its best one stands: its text first, then
            at most ``marks`` of its marks.
        other_scripts: Names are found in their other spellings and scripts, too.
        snippets: Read the texts and show passages; without, hits have neither snippet nor matches.
    """

    limit: int = 50
    offset: int = 0
    sort: SearchSort = SearchSort.RELEVANCE
    as_you_type: bool = False
    facets: bool = False
    grouped: bool = False
    marks: int = 20
    other_scripts: bool = True
    snippets: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another query that would find something ("did you mean").

    Attributes:
        query: The whole line with the word replaced.
        words: The word or words that would be new in it.
        reason: ``spelling``, ``layout`` (typed on another keyboard layout) or ``script``.
    """

    query: str
    words: str
    reason: str = "spelling"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a query, which is never an exception.

    Attributes:
        understood: How the query was read, in plain words.
        hint: What was odd about it, in a sentence; empty when nothing was.
        total: All records that match, not only those in ``hits``.
        articles: How many articles these belong to.
        indexed, records: Records in the index, and in the archive, when it was asked.
        facets: Of kind, tag, speaker, outlet, language, year, collection, verdict: values with how many
            of all matches have them, the most frequent first.
        hits_of: In a grouped answer for each listed article how many of its records match in all.
        proposals: Better queries, where this one finds nothing or next to nothing.
    """

    query: str
    understood: str
    hits: tuple[SearchHit, ...] = ()
    total: int = 0
    hint: str = ""
    articles: int = 0
    indexed: int = 0
    records: int = 0
    milliseconds: float = 0.0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    hits_of: dict[str, int] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that a query finds, without order or passages: for live folders and frozen searches.

    Attributes:
        keys: Of the records.
        articles: Ids of the articles that they belong to.
        version: Of the analysis that found them: another may find others.
    """

    keys: frozenset[str]
    articles: frozenset[str]
    version: str
