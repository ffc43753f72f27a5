"""Keeping the library: read states, facts, the trash and collections."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from desktop.core.document import Metadata
from desktop.core.records import Changes, ReadState
from desktop.operations.references import followed
from desktop.operations.words import counted
from desktop.store import articles, collections, tags
from desktop.store.archive import Archive
from desktop.store.history import operation
from desktop.store.trees import COLLECTIONS

_METADATA = frozenset(field.name for field in fields(Metadata))


def set_read_state(
    archive: Archive, article_ids: Iterable[str], state: ReadState | str, *, aside: bool = False
) -> Changes:
    """Call articles unread, being read, or read; ``aside`` when nobody asked, so that undo passes over it."""
    ids, state = list(article_ids), ReadState(state)
    with operation(archive, f"Mark {counted(len(ids), 'article')} as {state}", aside=aside) as step:
        articles.set_read_state(archive, ids, state)
    return step.changes


def edit_metadata(archive: Archive, article_ids: Iterable[str], **changed: Any) -> Changes:
    """Change facts of articles: any field of ``Metadata``, and ``note``; None clears one.

    Raises:
        NotFound
        ValueError: An unknown field.
    """
    ids = list(article_ids)
    note = changed.pop("note", ...)
    if unknown := changed.keys() - _METADATA:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    facts = {name: _tidy(name, value) for name, value in changed.items()}
    with operation(archive, f"Edit {counted(len(ids), 'article')}") as step:
        for article_id in ids:
            old = articles.article(archive, article_id).metadata
            if (new := replace(old, **facts)) != old:
                articles.set_metadata(archive, article_id, new)
        if note is not ...:
            articles.set_note(archive, ids, note or "")
    return step.changes


def edit_details(
    archive: Archive,
    article_ids: Iterable[str],
    fields: Mapping[str, Any],
    *,
    add_tags: Iterable[str] = (),
    remove_tags: Iterable[str] = (),
    collection: str = "",
    note: str = "",
) -> Changes:
    """Correct what several articles have in common, as one step.

    Args:
        fields: As ``edit_metadata`` takes them.
        add_tags: Paths; made where they are not there yet.
        remove_tags: Ids.
        collection: Path of one that they are added to; empty for none.
        note: Put under each article's own note.

    Raises:
        NotFound
        ValueError: An unknown field, or a path without a name.
    """
    ids = list(article_ids)
    with operation(archive, f"Edit details of {counted(len(ids), 'article')}") as step:
        if fields:
            edit_metadata(archive, ids, **fields)
        for path in add_tags:
            tags.link(archive, "article", ids, tags.make_tag(archive, path))
        for tag_id in remove_tags:
            tags.unlink(archive, "article", ids, tag_id)
        if collection:
            collections.add_articles(archive, collections.make_collection(archive, collection), ids)
        if words := note.strip():
            for one in articles.articles(archive, ids):
                articles.set_note(archive, [one.id], f"{one.note}\n\n{words}" if one.note else words)
    return step.changes


def _tidy(name: str, value: Any) -> Any:
    if name == "byline":
        names = [value] if isinstance(value, str) else value or ()
        return tuple(" ".join(one.split()) for one in names if one.strip())
    if name in ("date_is_guess", "language_confidence"):
        return type(getattr(Metadata(), name))(value or 0)
    return " ".join(value.split()) or None if isinstance(value, str) else value


def trash(archive: Archive, article_ids: Iterable[str]) -> Changes:
    """Move articles to the trash, where nothing is lost."""
    ids = list(article_ids)
    with operation(archive, f"Delete {counted(len(ids), 'article')}") as step:
        articles.move_to_trash(archive, ids)
    return step.changes


def restore(archive: Archive, article_ids: Iterable[str]) -> Changes:
    """Take articles from the trash."""
    ids = list(article_ids)
    with operation(archive, f"Restore {counted(len(ids), 'article')}") as step:
        articles.take_from_trash(archive, ids)
    return step.changes


def empty_trash(archive: Archive) -> Changes:
    """Remove what is in the trash for good; neither this nor anything before can be undone."""
    with operation(archive, "Empty trash", barrier=True) as step:
        articles.purge_trash(archive)
    return step.changes


def create_collection(archive: Archive, path: str) -> Changes:
    """Make the collection at ``path`` and what is missing of its ancestors.

    Raises:
        ValueError: There is no name in ``path``.
    """
    with operation(archive, "Create collection") as step:
        collections.make_collection(archive, path)
    return step.changes


def rename_collection(archive: Archive, collection_id: str, name: str) -> Changes:
    """Give a collection another name in its place.

    Raises:
        NotFound, NameTaken
        ValueError: No name, or one with a slash.
    """
    with operation(archive, "Rename collection") as step, followed(archive, "collection"):
        COLLECTIONS.rename(archive, collection_id, name)
    return step.changes


def move_collection(archive: Archive, collection_id: str, parent_id: str | None) -> Changes:
    """Nest a collection in another; None makes it a root.

    Raises:
        NotFound, NameTaken
        TagCycle: The new parent lies below it, or is it.
    """
    with operation(archive, "Move collection") as step, followed(archive, "collection"):
        COLLECTIONS.move(archive, collection_id, parent_id)
    return step.changes


def delete_collection(archive: Archive, collection_id: str) -> Changes:
    """Delete a collection with those nested in it; the articles stay in the library.

    Raises:
        NotFound
    """
    collections.collection(archive, collection_id)
    with operation(archive, "Delete collection") as step:
        collections.remove(archive, collection_id)
    return step.changes


def add_to_collection(archive: Archive, collection_id: str, article_ids: Sequence[str]) -> Changes:
    """Put articles into a collection.

    Raises:
        NotFound
    """
    collections.collection(archive, collection_id)
    with operation(archive, f"Add {counted(len(article_ids), 'article')} to collection") as step:
        collections.add_articles(archive, collection_id, article_ids)
    return step.changes


def collect(archive: Archive, article_ids: Sequence[str], path: str) -> Changes:
    """Put articles into the collection at ``path``, which is made where it is missing.

    Raises:
        ValueError: There is no name in ``path``.
    """
    with operation(archive, f"Add {counted(len(article_ids), 'article')} to collection") as step:
        collections.add_articles(archive, collections.make_collection(archive, path), article_ids)
    return step.changes


def remove_from_collection(archive: Archive, collection_id: str, article_ids: Sequence[str]) -> Changes:
    """Take articles out of a collection; they stay in the library."""
    with operation(archive, f"Take {counted(len(article_ids), 'article')} out of collection") as step:
        collections.take_out(archive, collection_id, article_ids)
    return step.changes
