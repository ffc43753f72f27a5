"""What is read of an article before it is shown; away from the window, for a cold disk takes its time."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.core.document import Document
from desktop.core.placing import Placement, place_all
from desktop.core.records import Article, Tag, Vocabulary
from desktop.store import annotations, articles, captures, collections, originals, pages, pictures, tags
from desktop.store.archive import Archive
from desktop.store.vocabulary import vocabulary
from desktop.ui.inspector.article_details import ArticleDetails
from desktop.ui.reader.prepared import Prepared, prepare


@dataclass(frozen=True)
class Names:
    """The archive's names, and how often each tag is used: articles, annotations."""

    vocabulary: Vocabulary
    tag_counts: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Facts:
    """What stands around a text: its marks in their places, the article's tags and details."""

    placements: list[Placement]
    tags: list[Tag]
    details: ArticleDetails


@dataclass(frozen=True)
class Opened:
    """An article with its current text; None of both where it has none yet.

    Attributes:
        pictures: As ``store.pictures.picture_sizes`` has them.
        paged: Its pages are there to be looked at.
        prepared: The page that shows the document.
    """

    article: Article
    capture: str
    document: Document | None
    facts: Facts | None
    names: Names | None
    pictures: dict[str, tuple[int, int]] = field(default_factory=dict)
    paged: bool = False
    prepared: Prepared | None = None


def read_names(archive: Archive) -> Names:
    return Names(vocabulary(archive), tags.tag_counts(archive))


def read_facts(
    archive: Archive,
    article: Article,
    capture: str,
    document: Document,
    known: Iterable[Placement] = (),
) -> Facts:
    """``known`` are placements on this very capture, as ``place_all`` has them."""
    found = annotations.annotations_of(archive, article.id)
    return Facts(
        place_all(found, document.text, capture, known),
        tags.tags_of_article(archive, article.id),
        _details(archive, article.id, capture),
    )


def read_opened(archive: Archive, article_id: str, *, with_names: bool) -> Opened:
    """Everything that opening an article shows.

    Raises:
        NotFound
    """
    article = articles.article(archive, article_id)
    names = read_names(archive) if with_names else None
    if (capture := article.current_capture) is None:
        return Opened(article, "", None, None, names)
    document = captures.document(archive, capture)
    facts, sizes = read_facts(archive, article, capture, document), pictures.picture_sizes(archive, capture)
    paged, prepared = pages.has_pages(archive, capture), prepare(article, document)
    return Opened(article, capture, document, facts, names, sizes, paged, prepared)


def _details(archive: Archive, article_id: str, capture_id: str) -> ArticleDetails:
    capture = captures.capture_facts(archive, capture_id)
    name = originals.original_info(archive, capture.original).filename if capture.original else ""
    return ArticleDetails(
        collections=tuple(one.path for one in collections.collections_of_article(archive, article_id)),
        file_name=name,
        source=capture.source,
        captured_at=capture.captured_at,
        captures=captures.count_of(archive, article_id),
        extractor=capture.extractor,
        encoding=capture.encoding or "",
    )
