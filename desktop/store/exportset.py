"""A selection of the archive as exporters read it."""

from collections.abc import Iterator

from desktop.core.records import Annotation
from desktop.core.selection import Chosen, ExportArticle
from desktop.core.times import now
from desktop.store import annotations, articles, captures, originals, tags
from desktop.store.archive import Archive
from desktop.store.meta import title as title_of
from desktop.store.vocabulary import vocabulary


class ArchiveExportSet:
    """Implements ``core.selection.ExportSet``: one article in memory at a time.

    Articles without a text are left out of the iteration; ``len`` counts what was chosen.
    """

    def __init__(self, archive: Archive, chosen: Chosen, title: str | None = None) -> None:
        self._archive = archive
        self._chosen = chosen
        self.title = title or title_of(archive)
        self.archive_id = archive.id
        self.exported_at = now()
        self.vocabulary = vocabulary(archive)

    def __len__(self) -> int:
        return len(self._chosen.articles)

    def __iter__(self) -> Iterator[ExportArticle]:
        for article_id in self._chosen.articles:
            record = self._article(article_id)
            if record is not None:
                yield record

    def _article(self, article_id: str) -> ExportArticle | None:
        article = articles.article(self._archive, article_id)
        if article.current_capture is None:
            return None
        capture = captures.capture(self._archive, article.current_capture)
        original = originals.original_info(self._archive, capture.original) if capture.original else None
        return ExportArticle(
            article,
            capture,
            captures.document(self._archive, capture.id),
            self._annotations(article_id),
            self._tags(article_id),
            original.filename if original else "",
            original.sha256 if original else "",
        )

    def _tags(self, article_id: str) -> tuple[str, ...]:
        ids = tags.tag_ids_of_articles(self._archive, [article_id]).get(article_id, [])
        return tuple(sorted(self.vocabulary.tags[one].path for one in ids if one in self.vocabulary.tags))

    def _annotations(self, article_id: str) -> tuple[Annotation, ...]:
        chosen = self._chosen.annotations
        found = annotations.annotations_of(self._archive, article_id)
        return tuple(one for one in found if chosen is None or one.id in chosen)
