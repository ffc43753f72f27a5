"""The arguments that many verbs share, and what they are resolved to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from desktop.core.errors import ArchiveReadOnly, NotFound
from desktop.core.records import FrozenSearch
from desktop.store import articles, collections, frozen, tags
from desktop.store.archive import Archive, open_archive

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

archive_argument: Decorator = click.argument("archive", type=click.Path(path_type=Path, readable=False))
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout.")


def reading(path: Path) -> Archive:
    """The archive for looking only, which works beside a window that writes."""
    return open_archive(path, read_only=True)


def writing(path: Path) -> Archive:
    """The archive for a change.

    Raises:
        ArchiveReadOnly: It can only be read.
    """
    archive = open_archive(path)
    if archive.read_only:
        archive.close()
        raise archive.reason or ArchiveReadOnly(path)
    return archive


def article_named(archive: Archive, name: str) -> str:
    """The one article with this id, beginning of an id, address or title.

    Raises:
        NotFound: There is none.
        click.UsageError: There are several.
    """
    fits = articles.find_named(archive, name)
    if not fits:
        raise NotFound("article", name)
    if len(fits) > 1:
        raise click.UsageError(f"“{name}” stands for {len(fits)} articles; give the id (pressmark list).")
    return fits[0]


def tag_named(archive: Archive, path: str) -> str:
    """The id of the tag at this path."""
    if tag := tags.find_tag(archive, path):
        return tag.id
    raise NotFound("tag", path)


def frozen_named(archive: Archive, name: str) -> FrozenSearch:
    """The frozen search with this name or id."""
    if found := frozen.find_frozen(archive, name):
        return found
    raise NotFound("frozen search", name)


def collection_named(archive: Archive, path: str) -> str:
    """The id of the collection at this path."""
    if collection := collections.find_collection(archive, path):
        return collection.id
    raise NotFound("collection", path)
