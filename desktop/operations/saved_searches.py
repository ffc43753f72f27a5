"""Keeping searches under a name: queries that are asked anew whenever somebody looks."""

from desktop.core.records import Changes
from desktop.store import searches
from desktop.store.archive import Archive
from desktop.store.history import operation


def save_search(archive: Archive, name: str, query: str) -> Changes:
    """Save a query under a name; a search of that name gets the new query.

    Raises:
        ValueError: No name.
    """
    with operation(archive, "Save search") as step:
        searches.put_search(archive, name, query)
    return step.changes


def edit_search(archive: Archive, search_id: str, query: str) -> Changes:
    """Give a saved search another query.

    Raises:
        NotFound
    """
    searches.saved_search(archive, search_id)
    with operation(archive, "Change search") as step:
        searches.set_query(archive, search_id, query)
    return step.changes


def rename_search(archive: Archive, search_id: str, name: str) -> Changes:
    """Give a saved search another name.

    Raises:
        NotFound, NameTaken
        ValueError: No name.
    """
    searches.saved_search(archive, search_id)
    with operation(archive, "Rename search") as step:
        searches.rename(archive, search_id, name)
    return step.changes


def duplicate_search(archive: Archive, search_id: str) -> Changes:
    """Save its query once more under a name with a number; to be changed, for instance.

    Raises:
        NotFound
    """
    known = searches.saved_search(archive, search_id)
    with operation(archive, "Duplicate search") as step:
        searches.put_search(archive, searches.free_name(archive, known.name), known.query)
    return step.changes


def delete_search(archive: Archive, search_id: str) -> Changes:
    """Delete a saved search.

    Raises:
        NotFound
    """
    searches.saved_search(archive, search_id)
    with operation(archive, "Delete search") as step:
        searches.remove(archive, search_id)
    return step.changes
