"""What is exported: the same records for every format."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from desktop.core.document import Document
from desktop.core.records import Annotation, Article, Capture, Vocabulary


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles and annotations; the first given criterion counts, all empty means all.

    Attributes:
        articles: Exactly these, with all their annotations.
        collection: A collection's id, its nested collections included.
        tag: A tag's id, its descendants included: articles that carry it, and articles with
            annotations that do; of the latter only these annotations.
        query: A search; annotations that were found, and found articles with all of theirs.
        frozen: A frozen search's id: what it found then and is still there, as for a search.
    """

    articles: tuple[str, ...] = ()
    collection: str | None = None
    tag: str | None = None
    query: str | None = None
    frozen: str | None = None


@dataclass(frozen=True, slots=True)
class ExportArticle:
    """One article of a selection, whole."""

    article: Article
    capture: Capture
    document: Document
    annotations: tuple[Annotation, ...]
    tags: tuple[str, ...] = ()
    original_name: str = ""
    original_sha256: str = ""


class ExportSet(Protocol):
    """A selection as exporters read it: one article at a time, so that any number fits."""

    title: str
    archive_id: str
    exported_at: str
    vocabulary: Vocabulary

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[ExportArticle]: ...


@dataclass(frozen=True, slots=True)
class Chosen:
    """A selection resolved to ids. ``annotations`` None means all of each article's."""

    articles: tuple[str, ...]
    annotations: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote."""

    path: str
    articles: int
    annotations: int
    warnings: tuple[str, ...] = field(default_factory=tuple)
