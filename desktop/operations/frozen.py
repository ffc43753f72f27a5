"""Freezing what a search finds, and asking later what is new and what is gone since."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.core.errors import IndexBehind, IndexFailed, NothingAsked
from desktop.core.records import Changes, FrozenSearch
from desktop.core.searching import SearchWishes
from desktop.store import articles, frozen, history
from desktop.store.archive import Archive
from desktop.store.frozen import FoundList
from desktop.store.history import operation

if TYPE_CHECKING:
    from desktop.operations.searching import ArchiveSearch

IN_LIBRARY, IN_TRASH, REMOVED = "in the library", "in the trash", "removed for good"
_ASKED_ONLY = SearchWishes(limit=1, snippets=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with everything that it finds at this moment.

    Attributes:
        version: Of the analysis.
        step: The newest step of the archive's history.
    """

    query: str
    understood: str
    version: str
    step: int
    found: FoundList


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a frozen search finds now, held against what it found then.

    Attributes:
        new: Articles that are found now and were not then.
        gone: Articles that were found then and are not now: in the trash, removed for good, or
            changed so that they do not fit the query any more.
        trashed, removed: Those of ``gone`` that lie in the trash, or are not in the archive.
        new_marks, gone_marks: The same of marks; ids.
        version: Of the analysis that was asked now.
    """

    frozen: FrozenSearch
    then: FoundList
    now: FoundList
    new: frozenset[str]
    gone: frozenset[str]
    trashed: frozenset[str]
    removed: frozenset[str]
    new_marks: frozenset[str]
    gone_marks: frozenset[str]
    version: str

    @property
    def same_analysis(self) -> bool:
        """Whether a difference can only come from the archive, not from how words are analysed."""
        return self.version == self.frozen.version


def ask(archive: Archive, search: "ArchiveSearch", query: str) -> Asked:
    """Everything that a query finds, with what makes it evidence later.

    Raises:
        IndexBehind: The index does not show all that the archive holds.
        NothingAsked: There is no word and no condition in the query.
    """
    from desktop.search.query import parse  # the window starts without it

    if parse(query).node is None:
        raise NothingAsked
    with archive.snapshot():
        if not search.has_followed():
            raise IndexBehind
        try:
            found = search.found(query)
        except IndexFailed as error:
            raise IndexBehind from error
        newest = history.steps(archive, 1)
        step = newest[0].step if newest else 0
        kept = frozen.found_list(archive, found.keys)
    return Asked(query, search.search(query, _ASKED_ONLY).understood, found.version, step, kept)


def freeze(archive: Archive, name: str, asked: Asked) -> Changes:
    """Keep an answer under a name; neither it nor the question ever changes.

    Raises:
        NameTaken
        ValueError: No name.
    """
    with operation(archive, "Freeze search") as step:
        frozen.add_frozen(
            archive, name, asked.query, asked.understood, asked.version, asked.step, asked.found
        )
    return step.changes


def rename_frozen(archive: Archive, frozen_id: str, name: str) -> Changes:
    """Give a frozen search another name.

    Raises:
        NotFound, NameTaken
        ValueError: No name.
    """
    frozen.frozen_search(archive, frozen_id)
    with operation(archive, "Rename frozen search") as step:
        frozen.rename(archive, frozen_id, name)
    return step.changes


def delete_frozen(archive: Archive, frozen_id: str) -> Changes:
    """Delete a frozen search.

    Raises:
        NotFound
    """
    frozen.frozen_search(archive, frozen_id)
    with operation(archive, "Delete frozen search") as step:
        frozen.remove(archive, frozen_id)
    return step.changes


def compare(archive: Archive, search: "ArchiveSearch", frozen_id: str) -> Comparison:
    """What is new since a search was frozen, and what is gone.

    Raises:
        NotFound
        ArchiveDamaged: It is not as it was frozen.
        IndexBehind
    """
    kept, then = frozen.frozen_search(archive, frozen_id), frozen.read_list(archive, frozen_id)
    asked = ask(archive, search, kept.query)
    gone = then.articles - asked.found.articles
    states = standing(archive, gone)
    return Comparison(
        kept,
        then,
        asked.found,
        new=asked.found.articles - then.articles,
        gone=gone,
        trashed=frozenset(one for one in gone if states[one] == IN_TRASH),
        removed=frozenset(one for one in gone if states[one] == REMOVED),
        new_marks=frozenset(asked.found.marks.keys() - then.marks.keys()),
        gone_marks=frozenset(then.marks.keys() - asked.found.marks.keys()),
        version=asked.version,
    )


def standing(archive: Archive, article_ids: Iterable[str]) -> dict[str, str]:
    """Where each article is now: in the library, in the trash, or removed for good."""
    known = articles.trashed_states(archive, article_ids)
    return {
        one: REMOVED if one not in known else IN_TRASH if known[one] else IN_LIBRARY
        for one in sorted(article_ids)
    }
