"""Collections: nested folders that people fill with articles."""

from collections.abc import Iterable

from desktop.core.errors import NotFound
from desktop.core.records import Collection
from desktop.store.archive import Archive
from desktop.store.trees import COLLECTIONS, ids_json


def all_collections(archive: Archive) -> list[Collection]:
    """All collections, each after its parent, siblings in alphabetical order."""
    return [Collection(n.id, n.name, n.path, n.parent_id) for n in COLLECTIONS.nodes(archive)]


def collection(archive: Archive, collection_id: str) -> Collection:
    """One collection.

    Raises:
        NotFound
    """
    found = next((one for one in all_collections(archive) if one.id == collection_id), None)
    if found is None:
        raise NotFound("collection", collection_id)
    return found


def find_collection(archive: Archive, path: str) -> Collection | None:
    found = COLLECTIONS.find(archive, path)
    return collection(archive, found) if found else None


def collection_counts(archive: Archive) -> dict[str, int]:
    """How many live articles each collection shows, those of nested ones included, each once."""
    rows = archive.rows(
        "WITH RECURSIVE above (id, ancestor) AS (SELECT id, id FROM collections UNION "
        "SELECT above.id, parent_id FROM above JOIN collections c ON c.id = above.ancestor "
        "WHERE parent_id IS NOT NULL) "
        "SELECT ancestor, count(DISTINCT article_id) FROM above "
        "JOIN collection_articles ON collection_id = above.id "
        "WHERE article_id NOT IN (SELECT id FROM articles WHERE trashed_at IS NOT NULL) GROUP BY ancestor"
    )
    return dict(rows)


def collections_of_article(archive: Archive, article_id: str) -> list[Collection]:
    """The collections that hold an article itself, in tree order."""
    rows = archive.rows("SELECT collection_id FROM collection_articles WHERE article_id = ?", (article_id,))
    ids = {row[0] for row in rows}
    return [one for one in all_collections(archive) if one.id in ids] if ids else []


def make_collection(archive: Archive, path: str) -> str:
    """The id of the collection at ``path``, made with its ancestors where it is missing.

    Raises:
        ValueError: There is no name in ``path``.
    """
    return COLLECTIONS.make(archive, path)


def add_articles(archive: Archive, collection_id: str, ids: Iterable[str]) -> None:
    """Put articles in; those that are in already are untouched."""
    archive.write(
        "INSERT INTO collection_articles (collection_id, article_id) SELECT ?, value FROM json_each(?) "
        "WHERE true ON CONFLICT DO NOTHING",
        (collection_id, ids_json(ids)),
    )


def take_out(archive: Archive, collection_id: str, ids: Iterable[str]) -> None:
    archive.write(
        "DELETE FROM collection_articles WHERE collection_id = ? "
        "AND article_id IN (SELECT value FROM json_each(?))",
        (collection_id, ids_json(ids)),
    )


def remove(archive: Archive, collection_id: str) -> None:
    """Delete a collection with those nested in it; the articles stay."""
    for one in reversed(COLLECTIONS.below(archive, collection_id)):
        archive.write("DELETE FROM collections WHERE id = ?", (one,))
