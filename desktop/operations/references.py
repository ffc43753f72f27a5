"""Saved searches name tags and collections: and say when one is gone."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

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


def _paths(archive: Archive, tree: Tree) -> dict[str, str]:
    return {node.id: node.path for node in tree.nodes(archive)}


def _meant(one: "Filter", paths: Mapping[str, str]) -> str | None:
    """The id of the highest tag or collection that the value names."""
    from desktop.search.leaves import PathValue

    value = PathValue(one.field, one.value)
    fits = [(path.count("/"), path, node) for node, path in paths.items() if value.accepts(path)]
    return min(fits)[2] if fits else None


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
