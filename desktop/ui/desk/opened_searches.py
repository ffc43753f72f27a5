"""What the list and its bar show of a saved or frozen search; read in the folders' thread.

All that grows with the number of articles is done here and not where it is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.core.records import FrozenSearch, SavedSearch
from desktop.store import articles, frozen
from desktop.store.archive import Archive
from desktop.store.articles import ArticleFilter, ArticleSort
from desktop.store.frozen import FoundList
from desktop.ui.wording import counted

if TYPE_CHECKING:
    from desktop.operations.frozen import Comparison
    from desktop.operations.searching import ArchiveSearch


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be opened, and how the list is narrowed and sorted.

    Attributes:
        new: Articles that were new already when the search was opened and stay so to whoever looks.
        part: Of a frozen search ``then``, or ``new`` and ``gone`` of its comparison.
    """

    id: str
    chosen: ArticleFilter
    sort: ArticleSort
    descending: bool
    new: frozenset[str] = frozenset()
    comparison: "Comparison | None" = None
    part: str = "then"


@dataclass(frozen=True, slots=True)
class OpenedSearch:
    """A saved search as it is shown.

    Attributes:
        ids: What it finds in the order of the list; empty while the index cannot answer.
        answered: The index could answer.
        facts: How much of it is new, how many marks were found.
        remarks: What each row says of itself, by article.
        new: With those of the wish.
        unseen: All that it finds, where that is not what somebody saw last; None where it is.
    """

    search: SavedSearch
    understood: str
    hint: str
    ids: list[str]
    answered: bool
    facts: str
    remarks: Mapping[str, str]
    new: frozenset[str]
    unseen: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class OpenedFrozen:
    """A frozen search as it is shown; as ``OpenedSearch``."""

    search: FrozenSearch
    ids: list[str]
    facts: str
    remarks: Mapping[str, str]


def open_search(archive: Archive, search: "ArchiveSearch", wish: Wish) -> OpenedSearch:
    """Ask a saved search anew.

    Raises:
        NotFound
    """
    from desktop.operations.folders import open_folder

    folder = open_folder(archive, search, wish.id)
    found = folder.found or FoundList()
    new = (wish.new | folder.new) & found.articles
    facts = (
        f"{len(new):,} new since you last looked" if new else "",
        counted(len(found.marks), "mark found", "marks found") if found.marks else "",
    )
    return OpenedSearch(
        folder.search,
        folder.understood,
        folder.hint,
        _ordered(archive, found.articles, wish),
        folder.found is not None,
        _told(facts),
        _remarks(found, new),
        wish.new | folder.new,
        found.articles if folder.found is not None and folder.seen != found.articles else None,
    )


def open_frozen(archive: Archive, wish: Wish) -> OpenedFrozen:
    """Read a frozen search, or a part of what its comparison found.

    Raises:
        NotFound, ArchiveDamaged
    """
    from desktop.operations.frozen import IN_LIBRARY, standing

    kept, found = frozen.frozen_search(archive, wish.id), frozen.read_list(archive, wish.id)
    states = standing(archive, found.articles)
    ids, shown = found.articles, found
    if wish.comparison is not None and wish.part != "then":
        ids = wish.comparison.new if wish.part == "new" else wish.comparison.gone
        shown = wish.comparison.now if wish.part == "new" else found
    remarks = _remarks(shown, frozenset())
    remarks |= {one: state for one, state in states.items() if state != IN_LIBRARY}
    facts = _frozen_facts(kept, states.values())
    return OpenedFrozen(kept, _ordered(archive, ids, wish, trashed=True), facts, remarks)


def _ordered(archive: Archive, ids: Iterable[str], wish: Wish, *, trashed: bool = False) -> list[str]:
    """These articles in the order of the list; with ``trashed`` those in the trash behind the others."""
    wanted = replace(wish.chosen, ids=sorted(ids), trashed=False)
    found = articles.article_ids(archive, wanted, wish.sort, wish.descending)
    if trashed:
        found += articles.article_ids(archive, replace(wanted, trashed=True), wish.sort, wish.descending)
    return found


def _frozen_facts(kept: FrozenSearch, states: Iterable[str]) -> str:
    """When and by whom it was frozen, how much it found, and what is not in the library any more."""
    from desktop.operations.frozen import IN_TRASH, REMOVED

    known = list(states)
    trashed, removed = known.count(IN_TRASH), known.count(REMOVED)
    moment = kept.frozen_at[:16].replace("T", " ")
    by = f" by {kept.frozen_by}" if kept.frozen_by else ""
    facts = (
        f"Frozen {moment} UTC{by}",
        f"{counted(kept.articles, 'article', 'articles')}, {counted(kept.marks, 'mark', 'marks')}",
        f"{trashed:,} in the trash" if trashed else "",
        f"{removed:,} removed for good" if removed else "",
        f"seal {kept.seal[:12]}",
    )
    return _told(facts)


def _told(facts: Iterable[str]) -> str:
    """On a line; where it is too long it breaks between them."""
    return " · ".join(fact.replace(" ", "\u00a0") for fact in facts if fact)


def _remarks(found: FoundList, new: frozenset[str]) -> dict[str, str]:
    """What each row says of itself: that it is new, and how many marks in it were found."""
    marks = {one: f"{number:,} found" for one, number in found.marks_by_article().items()}
    fresh = new & found.articles
    return marks | {one: " · ".join(filter(None, ["new", marks.get(one, "")])) for one in fresh}
