"""People and organisations that speak, with aliases in any script."""

from collections.abc import Iterable, Mapping

from desktop.core.errors import NameTaken, NotFound
from desktop.core.ids import new_id
from desktop.core.records import Person
from desktop.core.sortkeys import name_key, sort_key
from desktop.core.times import now
from desktop.store.annotations import live_counts
from desktop.store.archive import Archive, Values
from desktop.store.trees import ids_json


def all_people(archive: Archive) -> list[Person]:
    """Everybody in alphabetical order."""
    return _load(archive, "true", ())


def person(archive: Archive, person_id: str) -> Person:
    """One person.

    Raises:
        NotFound
    """
    found = _load(archive, "id = ?", (person_id,))
    if not found:
        raise NotFound("person", person_id)
    return found[0]


def people(archive: Archive, ids: Iterable[str]) -> list[Person]:
    """These people in alphabetical order; unknown ids are left out."""
    return _load(archive, "id IN (SELECT value FROM json_each(?))", (ids_json(ids),))


def find_person(archive: Archive, name: str) -> Person | None:
    """Whoever bears this name, or this alias."""
    found = find_id(archive, name)
    return person(archive, found) if found else None


def find_id(archive: Archive, name: str) -> str | None:
    key = name_key(name)
    found: str | None = archive.value("SELECT id FROM people WHERE name_key = ?", (key,)) or archive.value(
        "SELECT person_id FROM people_aliases WHERE alias_key = ? ORDER BY person_id", (key,)
    )
    return found


def _load(archive: Archive, condition: str, values: Values) -> list[Person]:
    aliases: dict[str, list[str]] = {}
    for owner, alias in archive.rows(
        "SELECT person_id, alias FROM people_aliases "
        f"WHERE person_id IN (SELECT id FROM people WHERE {condition}) ORDER BY alias_key",
        values,
    ):
        aliases.setdefault(owner, []).append(alias)
    rows = archive.rows(
        f"SELECT id, name, kind, note FROM people WHERE {condition} ORDER BY name_sort, id", values
    )
    return [Person(i, name, kind, tuple(aliases.get(i, ())), note) for i, name, kind, note in rows]


def people_counts(archive: Archive) -> dict[str, int]:
    """How many live annotations each person speaks in, in articles that are not in the trash."""
    return live_counts(archive, "speaker_id")


def make_person(archive: Archive, name: str) -> str:
    """The id of whoever bears this name or alias; made where there is nobody.

    Raises:
        ValueError: The name is empty.
    """
    return find_id(archive, name) or _add(archive, tidy(name))


def _add(archive: Archive, name: str) -> str:
    person_id = new_id()
    archive.write(
        "INSERT INTO people (id, name, name_key, name_sort, updated_at) VALUES (?, ?, ?, ?, ?)",
        (person_id, name, name_key(name), sort_key(name), now()),
    )
    return person_id


def tidy(name: str) -> str:
    """The name with single spaces.

    Raises:
        ValueError: Nothing is left.
    """
    tidied = " ".join(name.split())
    if not tidied:
        raise ValueError("a name is needed")
    return tidied


def rename(archive: Archive, person_id: str, name: str) -> None:
    """Give a person another main name.

    Raises:
        NameTaken: Somebody else bears it.
    """
    name = tidy(name)
    if archive.value("SELECT id FROM people WHERE name_key = ?", (name_key(name),)) not in (None, person_id):
        raise NameTaken("person", name)
    archive.write(
        "UPDATE people SET name = ?, name_key = ?, name_sort = ?, updated_at = ? WHERE id = ?",
        (name, name_key(name), sort_key(name), now(), person_id),
    )


def set_fields(archive: Archive, person_id: str, fields: Mapping[str, str]) -> None:
    """Set ``kind`` or ``note``."""
    for name, value in fields.items():
        if name not in ("kind", "note"):
            raise ValueError(f"no such field: {name}")
        archive.write(f"UPDATE people SET {name} = ?, updated_at = ? WHERE id = ?", (value, now(), person_id))


def add_alias(archive: Archive, person_id: str, alias: str) -> None:
    """Add another spelling; one that the person has already is left as it is."""
    alias = tidy(alias)
    archive.write(
        "INSERT INTO people_aliases (person_id, alias_key, alias) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (person_id, name_key(alias), alias),
    )


def remove_alias(archive: Archive, person_id: str, alias: str) -> None:
    archive.write(
        "DELETE FROM people_aliases WHERE person_id = ? AND alias_key = ?", (person_id, name_key(alias))
    )


def absorb(archive: Archive, keep: str, absorbed: str) -> None:
    """Let ``keep`` take over the words, the names and the note of ``absorbed``."""
    other = person(archive, absorbed)
    archive.write(
        "UPDATE annotations SET speaker_id = ?, updated_at = ? WHERE speaker_id = ?", (keep, now(), absorbed)
    )
    archive.write("DELETE FROM people WHERE id = ?", (absorbed,))
    for alias in (other.name, *other.aliases):
        if name_key(alias) != name_key(person(archive, keep).name):
            add_alias(archive, keep, alias)
    mine = person(archive, keep).note
    if other.note and other.note not in mine:
        set_fields(archive, keep, {"note": "\n".join(filter(None, (mine, other.note)))})


def remove(archive: Archive, person_id: str) -> None:
    """Delete a person; their quotes stay without a speaker."""
    archive.write("DELETE FROM people WHERE id = ?", (person_id,))
