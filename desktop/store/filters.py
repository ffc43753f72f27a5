"""Which articles a list shows, and in which order, turned into SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.core.records import ReadState
from desktop.core.sortkeys import sort_key
from desktop.store.trees import below_sql, ids_json


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """All given conditions hold together; the empty filter is the whole library.

    Attributes:
        collection: A collection's id; nested collections count.
        tag: A tag's id; descendants count, and so do tags of an article's annotations.
        person: A person's id: articles with an annotation that this person speaks in.
        trashed: Show the trash instead of what is not in it.
        ids: Only these.
    """

    collection: str | None = None
    tag: str | None = None
    language: str | None = None
    read_state: ReadState | None = None
    publisher: str | None = None
    person: str | None = None
    trashed: bool = False
    ids: Sequence[str] | None = None


class ArticleSort(StrEnum):
    TITLE = "title"
    PUBLISHED = "published"
    ADDED = "added"
    PUBLISHER = "publisher"
    LANGUAGE = "language"
    ANNOTATIONS = "annotations"


_TAGGED = (
    f"a.id IN ({below_sql('tags')} SELECT article_id FROM article_tags WHERE tag_id IN below "
    "UNION SELECT n.article_id FROM annotation_tags t JOIN annotations n ON n.id = t.annotation_id "
    "WHERE t.tag_id IN below AND n.trashed_at IS NULL)"
)
_COLLECTED = (
    f"a.id IN ({below_sql('collections')} SELECT article_id FROM collection_articles "
    "WHERE collection_id IN below)"
)
_SPOKEN = "a.id IN (SELECT article_id FROM annotations WHERE speaker_id = ? AND trashed_at IS NULL)"
_CHOSEN = "a.id IN (SELECT value FROM json_each(?))"


def where(chosen: ArticleFilter) -> tuple[str, list[object]]:
    """The condition on ``articles a``, with its parameters."""
    conditions = ["a.trashed_at IS NOT NULL" if chosen.trashed else "a.trashed_at IS NULL"]
    values: list[object] = []
    for value, condition in (
        (chosen.collection, _COLLECTED),
        (chosen.tag, _TAGGED),
        (chosen.language, "a.language = ?"),
        (chosen.read_state, "a.read_state = ?"),
        (chosen.person, _SPOKEN),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(str(value))
    if chosen.publisher is not None:
        conditions.append("a.publisher_sort = ? AND a.publisher = ?")
        values += [sort_key(chosen.publisher), chosen.publisher]
    if chosen.ids is not None:
        conditions.append(_CHOSEN)
        values.append(ids_json(chosen.ids))
    return " AND ".join(conditions), values


_COUNTS = (
    "LEFT JOIN (SELECT article_id, count(*) AS marks FROM annotations WHERE trashed_at IS NULL "
    "GROUP BY article_id) ON article_id = a.id"
)
_ORDERS = {
    ArticleSort.TITLE: "a.title_sort {}, a.id {}",
    ArticleSort.PUBLISHED: "a.published_at {} NULLS LAST, a.id {}",
    ArticleSort.ADDED: "a.added_at {}, a.id {}",
    ArticleSort.PUBLISHER: "a.publisher_sort {} NULLS LAST, a.publisher {}, a.id {}",
    ArticleSort.LANGUAGE: "a.language {} NULLS LAST, a.title_sort, a.id",
    ArticleSort.ANNOTATIONS: "ifnull(marks, 0) {}, a.title_sort, a.id",
}


def spine_sql(chosen: ArticleFilter, sort: ArticleSort, descending: bool) -> tuple[str, list[object]]:
    """The query for all ids in order. What has no date or publisher stands last either way."""
    condition, values = where(chosen)
    join = _COUNTS if sort is ArticleSort.ANNOTATIONS else ""
    order = _ORDERS[sort].replace("{}", "DESC" if descending else "ASC")
    return f"SELECT a.id FROM articles a {join} WHERE {condition} ORDER BY {order}", values
