"""Saved searches, and what was seen of them."""

from collections.abc import Iterable
from itertools import chain, count

from desktop.core.errors import ArchiveDamaged, NameTaken, NotFound
from desktop.core.ids import new_id
from desktop.core.records import SavedSearch
from desktop.core.sortkeys import name_key, sort_key
from desktop.core.times import now
from desktop.store.archive import Archive
from desktop.store.frozen import packed
from desktop.store.history import transaction
from desktop.store.originals import unpack
from desktop.store.people import tidy


def saved_searches(archive: Archive) -> list[SavedSearch]:
    """All saved searches in alphabetical order."""
    rows = archive.rows("SELECT id, name, query FROM saved_searches ORDER BY name_sort, id")
    return [SavedSearch(*row) for row in rows]


def saved_search(archive: Archive, search_id: str) -> SavedSearch:
    """One saved search.

    Raises:
        NotFound
    """
    row = archive.row("SELECT id, name, query FROM saved_searches WHERE id = ?", (search_id,))
    if row is None:
        raise NotFound("search", search_id)
    return SavedSearch(*row)


def put_search(archive: Archive, name: str, query: str) -> str:
    """Save a query under a name; a search of that name gets the new query."""
    name = tidy(name)
    search_id = archive.value("SELECT id FROM saved_searches WHERE name_key = ?", (name_key(name),))
    if search_id is not None:
        archive.write(
            "UPDATE saved_searches SET query = ?, updated_at = ? WHERE id = ?", (query, now(), search_id)
        )
        return str(search_id)
    search_id = new_id()
    archive.write(
        "INSERT INTO saved_searches (id, name, name_key, name_sort, query, updated_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (search_id, name, name_key(name), sort_key(name), query, now()),
    )
    return search_id


def set_query(archive: Archive, search_id: str, query: str) -> None:
    archive.write(
        "UPDATE saved_searches SET query = ?, updated_at = ? WHERE id = ? AND query IS NOT ?",
        (query, now(), search_id, query),
    )


def free_name(archive: Archive, name: str) -> str:
    """The name, with a number behind it where that is needed to be the only one."""
    taken = {row[0] for row in archive.rows("SELECT name_key FROM saved_searches")}
    names = chain([name], (f"{name} {number}" for number in count(2)))
    return next(one for one in names if name_key(one) not in taken)


def seen(archive: Archive) -> dict[str, frozenset[str]]:
    """Of each saved search that somebody looked into, the articles that it found then."""
    found = {
        search_id: _seen(archive, size, data)
        for search_id, size, data in archive.rows("SELECT search_id, size, data FROM search_looks")
    }
    return {search_id: ids for search_id, ids in found.items() if ids is not None}


def last_look(archive: Archive) -> str | None:
    """When somebody last looked into any of them."""
    found: str | None = archive.value("SELECT max(looked_at) FROM search_looks")
    return found


def seen_of(archive: Archive, search_id: str) -> frozenset[str] | None:
    """What a saved search had found when somebody last looked into it; None where nobody has."""
    row = archive.row("SELECT size, data FROM search_looks WHERE search_id = ?", (search_id,))
    return None if row is None else _seen(archive, *row)


def _seen(archive: Archive, size: int, data: bytes) -> frozenset[str] | None:
    """Damage costs no more than what is new; verification tells of it."""
    try:
        return frozenset(unpack(archive, "what was seen", size, data).decode().split())
    except (ArchiveDamaged, UnicodeDecodeError):
        return None


def set_seen(archive: Archive, search_id: str, article_ids: Iterable[str]) -> None:
    """Remember what somebody saw in a saved search; outside the history, for nothing is done by looking."""
    text = " ".join(sorted(article_ids)).encode()
    with transaction(archive):
        archive.run(
            "INSERT INTO search_looks (search_id, looked_at, size, data) "
            "SELECT id, ?, ?, ? FROM saved_searches WHERE id = ? "
            "ON CONFLICT (search_id) DO UPDATE SET looked_at = excluded.looked_at, "
            "size = excluded.size, data = excluded.data",
            (now(), len(text), packed(text), search_id),
        )


def rename(archive: Archive, search_id: str, name: str) -> None:
    """Give a search another name.

    Raises:
        NameTaken
    """
    name = tidy(name)
    taken = archive.value("SELECT id FROM saved_searches WHERE name_key = ?", (name_key(name),))
    if taken not in (None, search_id):
        raise NameTaken("search", name)
    archive.write(
        "UPDATE saved_searches SET name = ?, name_key = ?, name_sort = ?, updated_at = ? WHERE id = ?",
        (name, name_key(name), sort_key(name), now(), search_id),
    )


def remove(archive: Archive, search_id: str) -> None:
    archive.write("DELETE FROM saved_searches WHERE id = ?", (search_id,))


def unreadable_looks(archive: Archive) -> list[str]:
    """Names of the saved searches of which it cannot be read what was seen."""
    known = seen(archive)
    looked = archive.rows("SELECT search_id FROM search_looks ORDER BY search_id")
    return [saved_search(archive, search_id).name for (search_id,) in looked if search_id not in known]
