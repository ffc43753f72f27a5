"""Saved searches name tags, collections and people: they follow, and say when one is gone."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.core.sortkeys import name_key
from desktop.store import searches
from desktop.store.archive import Archive
from desktop.store.trees import COLLECTIONS, TAGS, Tree

if TYPE_CHECKING:
    from desktop.search.syntax import Filter, Node

# The search itself is loaded where it is used: tagging must not wait for it.

_TREES = {"tag": TAGS, "collection": COLLECTIONS}
_GONE = "The {field} “{value}” does not exist any more."


def dead_references(archive: Archive, query: str) -> list[str]:
    """A sentence for each tag and collection that a query names and that is not there."""
    from desktop.search import syntax

    node = syntax.read(query).node
    wanted = [] if node is None else [one for one in _filters(node) if one.field in _TREES]
    paths = {field: _paths(archive, _TREES[field]) for field in {one.field for one in wanted}}
    return [
        _GONE.format(field=one.field, value=one.value)
        for one in dict.fromkeys(wanted)
        if _meant(one, paths[one.field]) is None
    ]


@contextmanager
def followed(archive: Archive, field: str, merged: Mapping[str, str] | None = None) -> Iterator[None]:
    """Within an operation: saved searches go on naming what is renamed, moved or merged meanwhile.

    A name that still means something else afterwards stays as it is.

    Args:
        field: ``tag`` or ``collection``.
        merged: For ids that will be gone, the id of what takes their place.
    """
    if not searches.saved_searches(archive):
        yield
        return
    before = _paths(archive, _TREES[field])
    yield
    after = _paths(archive, _TREES[field])

    def renamed(one: "Filter") -> "Filter":
        node = _meant(one, before) if one.field == field and not _is_wild(one) else None
        if node is None or _meant(one, after) is not None:
            return one
        path = after.get((merged or {}).get(node, node))
        return replace(one, value=path) if path else one

    _rewrite(archive, renamed)


def follow_person(archive: Archive, old: str, new: str) -> None:
    """Within an operation: saved searches that name a speaker whole go on doing so."""
    key = name_key(old)

    def renamed(one: "Filter") -> "Filter":
        meant = one.field == "speaker" and name_key(one.value) == key
        return replace(one, value=new) if meant else one

    if key != name_key(new):
        _rewrite(archive, renamed)


def _rewrite(archive: Archive, change: "Callable[[Filter], Filter]") -> None:
    """Exchange filters in the saved searches; those without any of them stay as they were typed."""
    known = searches.saved_searches(archive)
    if not known:
        return
    from desktop.search import syntax

    for search in known:
        read = syntax.read(search.query).node
        if read is not None and (node := _mapped(read, change)) != read:
            searches.set_query(archive, search.id, syntax.write(node))


def _paths(archive: Archive, tree: Tree) -> dict[str, str]:
    return {node.id: node.path for node in tree.nodes(archive)}


def _meant(one: "Filter", paths: Mapping[str, str]) -> str | None:
    """The id of the highest tag or collection that the value names."""
    from desktop.search.filters import filter_tree

    value = filter_tree(one)
    fits = [(path.count("/"), path, node) for node, path in paths.items() if value.accepts(path)]
    return min(fits)[2] if fits else None


def _is_wild(one: "Filter") -> bool:
    """It means no tag or collection in particular."""
    return "*" in one.value


def _filters(node: "Node") -> "list[Filter]":
    found: list[Filter] = []

    def note(one: "Filter") -> "Filter":
        found.append(one)
        return one

    _mapped(node, note)
    return found


def _mapped(node: "Node", change: "Callable[[Filter], Filter]") -> "Node":
    """The tree with each filter exchanged."""
    from desktop.search.syntax import All, Any, Filter, Without

    if isinstance(node, Filter):
        return change(node)
    if isinstance(node, Without):
        return Without(_mapped(node.what, change))
    if isinstance(node, All | Any):
        return replace(node, parts=tuple(_mapped(part, change) for part in node.parts))
    return node
