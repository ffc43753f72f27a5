"""The places of the library, read from the archive away from the window."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from desktop.core.records import ReadState
from desktop.store import articles, collections, frozen, people, searches, tags
from desktop.store.archive import Archive
from desktop.store.articles import ArticleFilter
from desktop.ui.library.places import ALL, TRASH, UNREAD, Node, Place

if TYPE_CHECKING:
    from desktop.operations.folders import FolderCount

MOST_PEOPLE = 40  # the palette finds the others


class _Tree(Protocol):
    """What tags and collections have in common."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def parent_id(self) -> str | None: ...


T = TypeVar("T", bound=_Tree)


def take_census(archive: Archive) -> tuple[tuple[Node, ...], dict[str, int]]:
    """All nodes with their counts, and live articles by language, the most frequent first.

    The articles are walked through once: with 100,000 each walk is felt when an archive opens.
    """
    tallies = articles.tallies(archive)
    unread = sum(number for _, state, number in tallies if state is ReadState.UNREAD)
    languages: Counter[str] = Counter()
    for language, _, number in tallies:
        if language is not None:
            languages[language] += number
    places = _places(archive, sum(number for *_, number in tallies), unread)
    return places, dict(sorted(languages.items(), key=lambda one: (-one[1], one[0])))


def _places(archive: Archive, every: int, unread: int) -> tuple[Node, ...]:
    trashed = articles.count(archive, ArticleFilter(trashed=True))
    return (
        Node(ALL, "All articles", "library", count=every),
        Node(UNREAD, "Unread", "inbox", count=unread),
        _section("Collections", "Folders you fill yourself", _collections(archive)),
        _section("Tags", "Press T on a selection", _tags(archive)),
        _section("People", "Speakers appear here", _people(archive)),
        _section("Saved searches", "Ctrl+S keeps a search", _searches(archive)),
        *_frozen(archive),
        Node(Place("section", "end"), ""),
        Node(TRASH, "Trash", "trash", count=trashed or None),
    )


def narrowed(place: Place, base: ArticleFilter) -> ArticleFilter:
    """The filter for a place; searches, saved and frozen, are none: they know their articles."""
    match place.kind:
        case "unread":
            return replace(base, read_state=ReadState.UNREAD)
        case "trash":
            return replace(base, trashed=True)
        case "collection":
            return replace(base, collection=place.id)
        case "tag":
            return replace(base, tag=place.id)
        case "person":
            return replace(base, person=place.id)
    return base


def _section(label: str, hint: str, children: Sequence[Node]) -> Node:
    inner = tuple(children) or (Node(Place("hint", label), hint),)
    return Node(Place("section", label), label, children=inner)


def _collections(archive: Archive) -> tuple[Node, ...]:
    counts = collections.collection_counts(archive)

    def node(one: _Tree, below: tuple[Node, ...]) -> Node:
        place = Place("collection", one.id)
        return Node(place, one.name, "folder", count=counts.get(one.id, 0), text=one.path, children=below)

    return nested(collections.all_collections(archive), node)


def _tags(archive: Archive) -> tuple[Node, ...]:
    counts = tags.branch_counts(archive)
    known = tags.all_tags(archive)
    colours = {tag.id: tag.colour for tag in known}

    def node(one: _Tree, below: tuple[Node, ...]) -> Node:
        dot = f"colour.{colours[one.id] or 'grey'}"
        place = Place("tag", one.id)
        return Node(place, one.name, dot=dot, count=counts.get(one.id, 0), text=one.path, children=below)

    return nested(known, node)


def nested(flat: Sequence[T], node: Callable[[T, tuple[Node, ...]], Node]) -> tuple[Node, ...]:
    """A forest from records that name their parents, in the order given."""
    known = {one.id for one in flat}
    below: dict[str | None, list[T]] = {}
    for one in flat:
        below.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)

    def grow(parent: str | None) -> tuple[Node, ...]:
        return tuple(node(one, grow(one.id)) for one in below.get(parent, ()))

    return grow(None)


def _people(archive: Archive) -> list[Node]:
    counts = people.people_counts(archive)
    known = sorted(people.all_people(archive), key=lambda one: -counts.get(one.id, 0))
    icons = {"person": "user"}
    return [
        Node(
            Place("person", one.id), one.name, icons.get(one.kind, "building-2"), count=counts.get(one.id, 0)
        )
        for one in known[:MOST_PEOPLE]
    ]


def _searches(archive: Archive) -> list[Node]:
    return [
        Node(Place("search", one.id), one.name, "search", text=one.query)
        for one in searches.saved_searches(archive)
    ]


def _frozen(archive: Archive) -> list[Node]:
    """A section of its own, once something has been frozen."""
    nodes = [
        Node(Place("frozen", one.id), one.name, "snowflake", count=one.articles, text=one.query)
        for one in frozen.frozen_searches(archive)
    ]
    return [_section("Frozen searches", "", nodes)] if nodes else []


def with_counts(nodes: tuple[Node, ...], counts: "Mapping[str, FolderCount]") -> tuple[Node, ...]:
    """The nodes with what is known of each saved search."""
    return tuple(_with_count(node, counts) for node in nodes)


def _with_count(node: Node, counts: "Mapping[str, FolderCount]") -> Node:
    if node.children:
        return replace(node, children=with_counts(node.children, counts))
    known = counts.get(node.place.id) if node.place.kind == "search" else None
    return replace(node, count=known.articles, new=known.new, hint=known.hint) if known else node
