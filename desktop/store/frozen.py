"""Frozen searches: what a query found at one moment, never changed afterwards.

The list of what was found is a text with one line for each record, in the order of its code points:

    a:<article>                  the article itself was found
    n:<annotation> <article>     a mark was found, and the article it stands in

Lists are kept once under their SHA-256 and stay when their search is deleted, so that this can be
undone; emptying the trash removes those that nothing refers to.
"""

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.core.errors import ArchiveDamaged, NameTaken, NotFound
from desktop.core.ids import new_id
from desktop.core.records import FrozenSearch
from desktop.core.sortkeys import name_key, sort_key
from desktop.core.times import now
from desktop.store import chain
from desktop.store.archive import Archive
from desktop.store.history import actor
from desktop.store.originals import unpack
from desktop.store.people import tidy
from desktop.store.trees import ids_json

_SEALED = "query, understood, version, archive_id, step, frozen_at, frozen_by, articles, marks"
_COLUMNS = f"id, name, {_SEALED}, seal"


@dataclass(frozen=True, slots=True)
class FoundList:
    """The records that a search found.

    Attributes:
        texts: Ids of the articles that were found themselves.
        marks: The found annotations, each with the article that it stands in.
    """

    texts: frozenset[str] = frozenset()
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def articles(self) -> frozenset[str]:
        """All articles with something that was found."""
        return self.texts | frozenset(self.marks.values())

    def marks_by_article(self) -> dict[str, int]:
        """How many of the found marks stand in each article."""
        counts: dict[str, int] = {}
        for article_id in self.marks.values():
            counts[article_id] = counts.get(article_id, 0) + 1
        return counts

    def text(self) -> str:
        """As it is kept."""
        lines = [f"a:{one}" for one in self.texts]
        lines += [f"n:{mark} {article_id}" for mark, article_id in self.marks.items()]
        return "".join(f"{line}\n" for line in sorted(lines))

    @classmethod
    def from_text(cls, text: str) -> "FoundList":
        """Raises ValueError for what is no list."""
        texts, marks = set(), {}
        for line in text.splitlines():
            kind, _, rest = line.partition(":")
            if kind == "a" and rest:
                texts.add(rest)
            elif kind == "n":
                mark, article_id = rest.split(" ")
                marks[mark] = article_id
            else:
                raise ValueError(f"no record: {line[:80]}")
        return cls(frozenset(texts), marks)


def found_list(archive: Archive, keys: Iterable[str]) -> FoundList:
    """The records of these keys (``IndexRecord.key``); marks that are gone by now are left out."""
    texts = frozenset(key[2:] for key in keys if key.startswith("a:"))
    wanted = [key[2:] for key in keys if key.startswith("n:")]
    rows = archive.rows(
        "SELECT id, article_id FROM annotations WHERE id IN (SELECT value FROM json_each(?))",
        (ids_json(wanted),),
    )
    return FoundList(texts, dict(rows))


def frozen_searches(archive: Archive) -> list[FrozenSearch]:
    """All of them, in alphabetical order."""
    rows = archive.rows(f"SELECT {_COLUMNS} FROM frozen_searches ORDER BY name_sort, id")
    return [FrozenSearch(*row) for row in rows]


def frozen_search(archive: Archive, frozen_id: str) -> FrozenSearch:
    """One frozen search.

    Raises:
        NotFound
    """
    row = archive.row(f"SELECT {_COLUMNS} FROM frozen_searches WHERE id = ?", (frozen_id,))
    if row is None:
        raise NotFound("frozen search", frozen_id)
    return FrozenSearch(*row)


def find_frozen(archive: Archive, name: str) -> FrozenSearch | None:
    """The one with this name, or with this id."""
    found = archive.value(
        "SELECT id FROM frozen_searches WHERE name_key = ? OR id = ?", (name_key(name), name)
    )
    return frozen_search(archive, found) if found else None


def read_list(archive: Archive, frozen_id: str) -> FoundList:
    """What a frozen search found.

    Raises:
        NotFound
        ArchiveDamaged: It is not as it was frozen.
    """
    frozen = frozen_search(archive, frozen_id)
    row = archive.row(
        "SELECT sha256, size, data FROM frozen_lists "
        "WHERE sha256 = (SELECT list FROM frozen_searches WHERE id = ?)",
        (frozen_id,),
    )
    if row is None:
        raise ArchiveDamaged(archive.path, f"the list of “{frozen.name}” is missing")
    text = unpack(archive, frozen.name, *row[1:])
    if hashlib.sha256(text).hexdigest() != row[0] or seal(frozen, row[0]) != frozen.seal:
        raise ArchiveDamaged(archive.path, f"“{frozen.name}” is not as it was frozen")
    try:
        return FoundList.from_text(text.decode())
    except ValueError as error:
        raise ArchiveDamaged(archive.path, f"the list of “{frozen.name}”: {error}") from error


def add_frozen(
    archive: Archive, name: str, query: str, understood: str, version: str, step: int, found: FoundList
) -> str:
    """Keep what a query found under a name of its own.

    Args:
        step: The newest step of the history when it was asked.

    Raises:
        NameTaken
        ValueError: No name.
    """
    name = _free(archive, name)
    text = found.text().encode()
    sha256, size = hashlib.sha256(text).hexdigest(), len(text)
    archive.run(
        "INSERT INTO frozen_lists (sha256, size, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (sha256, size, packed(text)),
    )
    moment, counts = now(), (len(found.articles), len(found.marks))
    frozen = FrozenSearch(
        new_id(), name, query, understood, version, archive.id, step, moment, actor(), *counts, seal=""
    )
    archive.write(
        f"INSERT INTO frozen_searches ({_COLUMNS}, name_key, name_sort, list, updated_at) "
        f"VALUES ({', '.join('?' * 16)})",
        (
            *(frozen.id, name, *_sealed(frozen), seal(frozen, sha256)),
            *(name_key(name), sort_key(name), sha256, moment),
        ),
    )
    return frozen.id


def packed(text: bytes) -> bytes:
    """Deflated where that is shorter: ``sqlar_uncompress`` takes equal lengths for the text itself."""
    deflated = zlib.compress(text, 6)
    return deflated if len(deflated) < len(text) else text


def seal(frozen: FrozenSearch, sha256: str) -> str:
    """SHA-256 over what was asked, when, by whom, and what was found; the name is left out."""
    return chain.digest([(*_sealed(frozen), sha256)])


def _sealed(frozen: FrozenSearch) -> tuple[object, ...]:
    return tuple(getattr(frozen, name) for name in _SEALED.split(", "))


def rename(archive: Archive, frozen_id: str, name: str) -> None:
    """Give it another name; nothing else of it ever changes.

    Raises:
        NameTaken
        ValueError: No name.
    """
    name = _free(archive, name, frozen_id)
    archive.write(
        "UPDATE frozen_searches SET name = ?, name_key = ?, name_sort = ?, updated_at = ? WHERE id = ?",
        (name, name_key(name), sort_key(name), now(), frozen_id),
    )


def remove(archive: Archive, frozen_id: str) -> None:
    archive.write("DELETE FROM frozen_searches WHERE id = ?", (frozen_id,))


def _free(archive: Archive, name: str, own: str | None = None) -> str:
    name = tidy(name)
    taken = archive.value("SELECT id FROM frozen_searches WHERE name_key = ?", (name_key(name),))
    if taken not in (None, own):
        raise NameTaken("frozen search", name)
    return name
