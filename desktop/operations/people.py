"""Keeping the people and organisations that speak."""

from collections.abc import Iterable

from desktop.core.errors import NameTaken
from desktop.core.records import Changes
from desktop.operations.references import follow_person
from desktop.operations.words import counted
from desktop.store import people
from desktop.store.archive import Archive
from desktop.store.history import operation

KINDS = ("person", "organisation")


def create_person(archive: Archive, name: str, kind: str = "person") -> Changes:
    """Add somebody; whoever bears the name already stays as they are.

    Raises:
        ValueError: No name, or an unknown kind.
    """
    _check_kind(kind)
    with operation(archive, "Add person") as step:
        if people.find_id(archive, name) is None:
            people.set_fields(archive, people.make_person(archive, name), {"kind": kind})
    return step.changes


def edit_person(
    archive: Archive,
    person_id: str,
    *,
    name: str | None = None,
    kind: str | None = None,
    note: str | None = None,
) -> Changes:
    """Change what is given of a person; None leaves a field as it is.

    Raises:
        NotFound, NameTaken
        ValueError: An empty name or an unknown kind.
    """
    old = people.person(archive, person_id)
    _check_kind(kind or old.kind)
    fields = {"kind": kind, "note": note}
    with operation(archive, "Edit person") as step:
        if name is not None:
            people.rename(archive, person_id, name)
            if people.find_id(archive, old.name) is None:  # else an alias still finds them
                follow_person(archive, old.name, people.person(archive, person_id).name)
        people.set_fields(archive, person_id, {n: v for n, v in fields.items() if v is not None})
    return step.changes


def add_alias(archive: Archive, person_id: str, alias: str) -> Changes:
    """Add another spelling of a person's name.

    Raises:
        NotFound
        NameTaken: Somebody else bears it.
        ValueError: The alias is empty.
    """
    people.person(archive, person_id)
    if people.find_id(archive, alias) not in (None, person_id):
        raise NameTaken("person", alias)
    with operation(archive, "Add alias") as step:
        people.add_alias(archive, person_id, alias)
    return step.changes


def remove_alias(archive: Archive, person_id: str, alias: str) -> Changes:
    """Take one of a person's aliases away; one that is not there is no matter."""
    with operation(archive, "Remove alias") as step:
        people.remove_alias(archive, person_id, alias)
    return step.changes


def merge_people(archive: Archive, keep: str, absorb: Iterable[str]) -> Changes:
    """Let one person take over the words, names and notes of others.

    Raises:
        NotFound
    """
    others = [one for one in dict.fromkeys(absorb) if one != keep]
    people.person(archive, keep)
    number = len(others) + 1
    with operation(
        archive, f"Merge {counted(number, 'person') if number == 1 else f'{number} people'}"
    ) as step:
        for other in others:
            people.absorb(archive, keep, other)
    return step.changes


def delete_person(archive: Archive, person_id: str) -> Changes:
    """Delete a person; the quotes stay, without a speaker.

    Raises:
        NotFound
    """
    people.person(archive, person_id)
    with operation(archive, "Delete person") as step:
        people.remove(archive, person_id)
    return step.changes


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"no such kind: {kind}")
