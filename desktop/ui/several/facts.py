"""What several articles have in common, and what a correction would change of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.core.records import Article, Tag
from desktop.store import articles, collections, tags
from desktop.store.archive import Archive


@dataclass(frozen=True)
class Correction:
    """As ``operations.library.edit_details`` takes it; ``remove_tags`` are ids."""

    fields: dict[str, Any] = field(default_factory=dict)
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    collection: str = ""
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.fields or self.add_tags or self.remove_tags or self.collection or self.note)


@dataclass(frozen=True)
class Several:
    """The articles, and the names that the archive knows, for completion.

    Attributes:
        tag_ids: Of each article.
        tags: All of the archive's; ``counts`` how often each is used.
    """

    articles: Sequence[Article]
    tag_ids: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tags: Sequence[Tag] = ()
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    publishers: Sequence[str] = ()
    languages: Sequence[str] = ()
    collections: Sequence[str] = ()

    def common(self, of: Callable[[Article], object]) -> tuple[Any, bool]:
        """The value that all of them have, and whether there is one."""
        values = {of(one) for one in self.articles}
        return (next(iter(values)), True) if len(values) == 1 else (None, False)

    @property
    def used_tags(self) -> list[Tag]:
        """Those that at least one of the articles carries."""
        used = {tag_id for ids in self.tag_ids.values() for tag_id in ids}
        return [tag for tag in self.tags if tag.id in used]

    def changed_by(self, correction: Correction) -> int:
        """How many of the articles would be others than before; quick with a hundred thousand of them."""
        if correction.note or correction.collection:
            return len(self.articles)
        facts = list(correction.fields.items())
        ids = {tag.path: tag.id for tag in self.tags} if correction.add_tags else {}
        added = {ids.get(path, path) for path in correction.add_tags}
        removed = set(correction.remove_tags)
        number = 0
        for one in self.articles:
            about = one.metadata
            if any(getattr(about, name) != value for name, value in facts):
                number += 1
            elif added or removed:
                carried = set(self.tag_ids.get(one.id, ()))
                number += bool(added - carried or carried & removed)
        return number


def read_several(archive: Archive, ids: Iterable[str]) -> Several:
    """What the form shows; for the reading lane."""
    chosen = list(ids)
    with archive.snapshot():
        return Several(
            articles.articles(archive, chosen),
            tags.tag_ids_of_articles(archive, chosen),
            tags.all_tags(archive),
            tags.tag_counts(archive),
            list(articles.publishers(archive)),
            list(articles.languages(archive)),
            [one.path for one in collections.all_collections(archive)],
        )
