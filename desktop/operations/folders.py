"""Saved searches as folders that fill themselves: what each finds now, and what is new in it."""

from dataclasses import dataclass

from desktop.core.errors import IndexFailed
from desktop.core.progress import Progress
from desktop.core.records import SavedSearch
from desktop.operations.references import dead_references
from desktop.operations.searching import ArchiveSearch
from desktop.search.query import parse
from desktop.store import frozen, searches
from desktop.store.archive import Archive
from desktop.store.frozen import FoundList
from desktop.store.history import transaction


@dataclass(frozen=True, slots=True)
class FolderCount:
    """What the navigation tells of a saved search.

    Attributes:
        articles: How many it finds; None while the index cannot answer.
        new: How many of them were not there when somebody last looked.
        hint: What is wrong with it, in a sentence; else empty.
        unseen: What it finds, where nobody has looked since it was made; None otherwise.
    """

    articles: int | None
    new: int = 0
    hint: str = ""
    unseen: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Folder:
    """A saved search that was opened.

    Attributes:
        understood: How its query was read, in plain words.
        hint: What is odd about it, or wrong, in sentences.
        found: What it finds; None while the index cannot answer.
        new: Articles that were not there when somebody last looked.
        seen: What was there then; None where nobody has looked yet.
    """

    search: SavedSearch
    understood: str
    hint: str
    found: FoundList | None
    new: frozenset[str]
    seen: frozenset[str] | None


def count_folders(
    archive: Archive, search: ArchiveSearch, progress: Progress | None = None
) -> dict[str, FolderCount]:
    """Every saved search with its count, by id.

    Raises:
        Cancelled
    """
    seen, counts = searches.seen(archive), {}
    for one in searches.saved_searches(archive):
        if progress is not None:
            progress.check()
        counts[one.id] = _counted(archive, search, one.query, seen.get(one.id))
    return counts


def _counted(archive: Archive, search: ArchiveSearch, query: str, seen: frozenset[str] | None) -> FolderCount:
    hint = " ".join(dead_references(archive, query))
    try:
        found = search.found(query).articles
    except IndexFailed:
        return FolderCount(None, hint=hint)
    if seen is None:
        return FolderCount(len(found), hint=hint, unseen=found)
    return FolderCount(len(found), len(found - seen), hint)


def open_folder(archive: Archive, search: ArchiveSearch, search_id: str) -> Folder:
    """What a saved search finds at this moment.

    Raises:
        NotFound
    """
    known = searches.saved_search(archive, search_id)
    seen = searches.seen_of(archive, search_id)
    understood, hint = reading_of(archive, known.query)
    try:
        found = frozen.found_list(archive, search.found(known.query).keys)
    except IndexFailed:
        return Folder(known, understood, hint, None, frozenset(), seen)
    new = frozenset() if seen is None else found.articles - seen
    return Folder(known, understood, hint, found, new, seen)


def reading_of(archive: Archive, query: str) -> tuple[str, str]:
    """How a query is understood, in plain words, and what is odd about it, in sentences."""
    parsed = parse(query)
    return parsed.understood, " ".join(filter(None, [parsed.hint, *dead_references(archive, query)]))


def look_into(archive: Archive, seen: dict[str, frozenset[str]]) -> None:
    """Remember what somebody saw in saved searches: what they find besides from now on is new."""
    with transaction(archive):
        for search_id, article_ids in seen.items():
            searches.set_seen(archive, search_id, article_ids)
