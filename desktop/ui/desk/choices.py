"""Entries for the palette: commands, and the archive's own names."""

from collections.abc import Callable, Sequence

from desktop.store import collections, frozen, people, searches, tags
from desktop.store.archive import Archive
from desktop.ui.actions import Actions, keys, plain
from desktop.ui.entries import Entry
from desktop.ui.library.places import Place
from desktop.ui.palette import Create
from desktop.ui.search.facets import Facet
from desktop.ui.wording import thousands


def command_entries(actions: Actions) -> list[Entry]:
    """Every command that can be given now."""
    return [
        Entry(plain(action), command.menu, action.trigger, command.icon, keys(action))
        for command, action in actions
        if action.isEnabled() and command.name != "palette"
    ]


def place_entries(archive: Archive, go: Callable[[Place], object]) -> list[Entry]:
    """Tags, people, collections and saved searches to go to."""
    return [
        *_tags(archive, go),
        *_people(archive, go),
        *(
            _entry(f"Collection: {one.path}", "folder", ">", go, Place("collection", one.id))
            for one in collections.all_collections(archive)
        ),
        *(
            _entry(f"Saved search: {one.name}", "search", ">", go, Place("search", one.id))
            for one in searches.saved_searches(archive)
        ),
        *(
            _entry(f"Frozen search: {one.name}", "snowflake", ">", go, Place("frozen", one.id))
            for one in frozen.frozen_searches(archive)
        ),
    ]


def tag_entries(archive: Archive, choose: Callable[[str], object]) -> list[Entry]:
    """All tags by path, the most used first."""
    counts = tags.tag_counts(archive)
    known = sorted(tags.all_tags(archive), key=lambda tag: -sum(counts.get(tag.id, (0, 0))))
    return [
        Entry(
            tag.path,
            "Tags",
            _bound(choose, tag.path),
            note=_count(sum(counts.get(tag.id, (0, 0)))),
            sign="#",
            dot=f"colour.{tag.colour or 'grey'}",
        )
        for tag in known
    ]


def facet_entries(values: Sequence[Facet], choose: Callable[[str], object]) -> list[Entry]:
    """The values of a facet with their hits; those that are on say so."""
    return [
        Entry(
            one.label,
            "On" if one.on else "Left out" if one.off else "Values",
            _bound(choose, one.value),
            "check" if one.on else "minus" if one.off else "",
            note=thousands(one.count),
            sign="",
        )
        for one in sorted(values, key=lambda one: not (one.on or one.off))
    ]


def people_entries(archive: Archive, choose: Callable[[str], object]) -> list[Entry]:
    """All people, those who speak most first; ``choose`` gets the id."""
    counts = people.people_counts(archive)
    known = sorted(people.all_people(archive), key=lambda one: -counts.get(one.id, 0))
    return [
        Entry(
            one.name,
            "People",
            _bound(choose, one.id),
            "user" if one.kind == "person" else "building-2",
            note=_count(counts.get(one.id, 0)),
            sign="@",
        )
        for one in known
    ]


def collection_entries(archive: Archive, choose: Callable[[str, str], object]) -> list[Entry]:
    """All collections; ``choose`` gets id and path."""
    counts = collections.collection_counts(archive)
    return [
        Entry(
            one.path,
            "Collections",
            lambda one=one: choose(one.id, one.path),  # type: ignore[misc]
            "folder",
            note=_count(counts.get(one.id, 0)),
        )
        for one in collections.all_collections(archive)
    ]


def creation(words: str, make: Callable[[str], object], icon: str) -> Create:
    """The entry for a name that nothing has yet."""
    return lambda name: Entry(f"{words} “{name}”", "New", _bound(make, name), icon)


def _tags(archive: Archive, go: Callable[[Place], object]) -> list[Entry]:
    counts = tags.tag_counts(archive)
    return [
        Entry(
            f"Tag: {tag.path}",
            "Go to",
            _bound(go, Place("tag", tag.id)),
            "tag",
            note=_count(sum(counts.get(tag.id, (0, 0)))),
            sign="#",
        )
        for tag in tags.all_tags(archive)
    ]


def _people(archive: Archive, go: Callable[[Place], object]) -> list[Entry]:
    counts = people.people_counts(archive)
    return [
        Entry(
            f"Person: {one.name}",
            "Go to",
            _bound(go, Place("person", one.id)),
            "user",
            note=_count(counts.get(one.id, 0)),
            sign="@",
        )
        for one in people.all_people(archive)
    ]


def _entry(label: str, icon: str, sign: str, go: Callable[[Place], object], place: Place) -> Entry:
    return Entry(label, "Go to", _bound(go, place), icon, sign=sign)


def _bound(act: Callable[..., object], *values: object) -> Callable[[], object]:
    return lambda: act(*values)


def _count(number: int) -> str:
    return thousands(number) if number else ""
