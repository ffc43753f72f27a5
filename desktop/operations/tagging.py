"""Tagging articles and annotations, and keeping the tag tree."""

from collections.abc import Iterable

from desktop.core.errors import TagCycle
from desktop.core.records import COLOURS, Changes
from desktop.operations.references import followed
from desktop.operations.words import counted
from desktop.store import tags
from desktop.store.archive import Archive
from desktop.store.history import operation
from desktop.store.trees import TAGS

PINS = range(1, 10)


def tag_articles(archive: Archive, article_ids: Iterable[str], path: str) -> Changes:
    """Put the tag at ``path``, made where it is missing, on articles."""
    return _tag(archive, "article", article_ids, path)


def tag_annotations(archive: Archive, annotation_ids: Iterable[str], path: str) -> Changes:
    """Put the tag at ``path``, made where it is missing, on annotations."""
    return _tag(archive, "annotation", annotation_ids, path)


def untag_articles(archive: Archive, article_ids: Iterable[str], tag_id: str) -> Changes:
    return _untag(archive, "article", article_ids, tag_id)


def untag_annotations(archive: Archive, annotation_ids: Iterable[str], tag_id: str) -> Changes:
    return _untag(archive, "annotation", annotation_ids, tag_id)


def _tag(archive: Archive, kind: tags.Link, ids: Iterable[str], path: str) -> Changes:
    ids = list(ids)
    with operation(archive, f"Tag {counted(len(ids), kind)}") as step:
        tags.link(archive, kind, ids, tags.make_tag(archive, path))
    return step.changes


def _untag(archive: Archive, kind: tags.Link, ids: Iterable[str], tag_id: str) -> Changes:
    ids = list(ids)
    with operation(archive, f"Remove tag from {counted(len(ids), kind)}") as step:
        tags.unlink(archive, kind, ids, tag_id)
    return step.changes


def create_tag(archive: Archive, path: str, colour: str | None = None, description: str = "") -> Changes:
    """Make the tag at ``path`` and what is missing of its ancestors; an existing one stays as it is.

    Raises:
        ValueError: No name, or an unknown colour.
    """
    _check_colour(colour)
    with operation(archive, "Create tag") as step:
        known = tags.find_id(archive, path)
        made = tags.make_tag(archive, path)
        if not known:
            tags.set_fields(archive, made, {"colour": colour, "description": description})
    return step.changes


def rename_tag(archive: Archive, tag_id: str, name: str) -> Changes:
    """Give a tag another name in its place of the tree.

    Raises:
        NotFound, NameTaken
        ValueError: No name, or one with a slash.
    """
    with operation(archive, "Rename tag") as step, followed(archive, "tag"):
        TAGS.rename(archive, tag_id, name)
    return step.changes


def move_tag(archive: Archive, tag_id: str, parent_id: str | None) -> Changes:
    """Hang a tag, with all below it, under another; None makes it a root.

    Raises:
        NotFound, NameTaken
        TagCycle: The new parent lies below it, or is it.
    """
    with operation(archive, "Move tag") as step, followed(archive, "tag"):
        TAGS.move(archive, tag_id, parent_id)
    return step.changes


def merge_tags(archive: Archive, keep: str, absorb: Iterable[str]) -> Changes:
    """Let one tag take over the links, children and names of others.

    Raises:
        NotFound
        TagCycle: ``keep`` lies below one of the others.
    """
    others = [one for one in dict.fromkeys(absorb) if one != keep]
    label = f"Merge {counted(len(others) + 1, 'tag')}"
    with operation(archive, label) as step, followed(archive, "tag", dict.fromkeys(others, keep)):
        tags.tag(archive, keep)
        for other in others:
            if keep in TAGS.below(archive, tags.tag(archive, other).id):
                raise TagCycle
            tags.absorb(archive, keep, other)
    return step.changes


def delete_tag(archive: Archive, tag_id: str) -> Changes:
    """Delete a tag with its descendants; what carried it stays.

    Raises:
        NotFound
    """
    tags.tag(archive, tag_id)
    with operation(archive, "Delete tag") as step:
        tags.remove(archive, tag_id)
    return step.changes


def set_tag_colour(archive: Archive, tag_id: str, colour: str | None) -> Changes:
    """Colour a tag; None takes its colour away.

    Raises:
        NotFound
        ValueError: An unknown colour.
    """
    tags.tag(archive, tag_id)
    _check_colour(colour)
    with operation(archive, "Change tag colour") as step:
        tags.set_fields(archive, tag_id, {"colour": colour})
    return step.changes


def describe_tag(archive: Archive, tag_id: str, description: str) -> Changes:
    """Say what a tag is for.

    Raises:
        NotFound
    """
    tags.tag(archive, tag_id)
    with operation(archive, "Describe tag") as step:
        tags.set_fields(archive, tag_id, {"description": description})
    return step.changes


def pin_tag(archive: Archive, tag_id: str, place: int | None) -> Changes:
    """Put a tag on a digit key, 1 to 9; whichever was there gives way. None unpins it.

    Raises:
        NotFound
        ValueError: No such digit.
    """
    tags.tag(archive, tag_id)
    if place is not None and place not in PINS:
        raise ValueError(f"no digit key for {place}")
    with operation(archive, "Unpin tag" if place is None else "Pin tag") as step:
        for other in tags.at_pin(archive, place):
            if other != tag_id:
                tags.set_fields(archive, other, {"pinned": None})
        tags.set_fields(archive, tag_id, {"pinned": place})
    return step.changes


def _check_colour(colour: str | None) -> None:
    if colour is not None and colour not in COLOURS:
        raise ValueError(f"no such colour: {colour}")
