"""Handing a selection of an archive to others."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.core.errors import ExportFailed, NotFound
from desktop.core.progress import Progress
from desktop.core.searching import SearchHit, SearchWishes
from desktop.core.selection import Chosen, ExportReport, Selection
from desktop.exporting.formats import FORMATS as FORMATS
from desktop.store import annotations, articles, collections, frozen, meta, tags
from desktop.store.archive import Archive
from desktop.store.articles import ArticleFilter
from desktop.store.checks import is_archive
from desktop.store.exportset import ArchiveExportSet
from desktop.store.subset import write_subset

if TYPE_CHECKING:
    from desktop.operations.searching import ArchiveSearch

_PAGE = 1000


def export(
    archive: Archive, name: str, selection: Selection, target: Path, progress: Progress | None = None
) -> ExportReport:
    """Write a selection to ``target`` in the format of this name (a key of ``FORMATS``).

    Articles are read one at a time. Each quotation is held to the text it was marked on; one that
    does not stand there is exported with its words and named in the report's warnings.

    Raises:
        NotFound: The selection names something that is not in the archive.
        ExportFailed: The target could not be written; what stood there before is untouched.
        Cancelled
    """
    progress = progress or Progress()
    chosen = choose(archive, selection, progress)
    chosen_format = FORMATS[name]
    if not chosen_format.module:
        write_subset(archive, target, chosen, title=title_of(archive, selection), progress=progress)
        return ExportReport(str(target), len(chosen.articles), _count(archive, chosen))
    spare_archives(target)
    export_set = ArchiveExportSet(archive, chosen, title_of(archive, selection))
    return chosen_format.writer()(export_set, target, progress)


def spare_archives(target: Path) -> None:
    """A report or a table never takes an archive's place, the open one's least of all.

    Raises:
        ExportFailed
    """
    if is_archive(target):
        raise ExportFailed(target, "a Pressmark archive stands there")


def choose(archive: Archive, selection: Selection, progress: Progress | None = None) -> Chosen:
    """Resolve a selection to ids; what lies in the trash is never chosen.

    Raises:
        NotFound: An article, collection, tag or frozen search that is not there.
    """
    if selection.articles:
        return _named(archive, selection.articles)
    if selection.collection:
        collections.collection(archive, selection.collection)
        return Chosen(tuple(articles.article_ids(archive, ArticleFilter(collection=selection.collection))))
    if selection.tag:
        return _tagged(archive, selection.tag)
    if selection.frozen:
        return _frozen(archive, selection.frozen)
    if selection.query is not None:
        return _found(archive, selection.query, progress or Progress())
    return Chosen(tuple(articles.article_ids(archive, ArticleFilter())))


def title_of(archive: Archive, selection: Selection) -> str:
    """What the exported set is called: the archive's title and what was chosen of it."""
    title = meta.title(archive)
    if selection.articles:
        return title
    if selection.collection:
        return f"{title}: {collections.collection(archive, selection.collection).path}"
    if selection.tag:
        return f"{title}: {tags.tag(archive, selection.tag).path}"
    if selection.frozen:
        return f"{title}: {frozen.frozen_search(archive, selection.frozen).name}"
    return f"{title}: {selection.query}" if selection.query else title


def _named(archive: Archive, ids: tuple[str, ...]) -> Chosen:
    wanted = tuple(dict.fromkeys(ids))
    live = set(articles.article_ids(archive, ArticleFilter(ids=wanted)))
    for article_id in wanted:
        if article_id not in live:
            raise NotFound("article", article_id)
    return Chosen(wanted)


def _tagged(archive: Archive, tag_id: str) -> Chosen:
    """Tagged articles whole; of the others the tagged annotations."""
    root = tags.tag(archive, tag_id)
    below = {
        tag.id for tag in tags.all_tags(archive) if tag.id == root.id or tag.path.startswith(root.path + "/")
    }
    ids = articles.article_ids(archive, ArticleFilter(tag=tag_id))
    carried = tags.tag_ids_of_articles(archive, ids)
    whole = {article_id for article_id in ids if below & set(carried.get(article_id, ()))}
    marks = frozenset(
        mark.id
        for article_id in ids
        for mark in annotations.annotations_of(archive, article_id)
        if article_id in whole or below & set(mark.tag_ids)
    )
    return Chosen(tuple(ids), marks)


def _frozen(archive: Archive, frozen_id: str) -> Chosen:
    """What was found then, as far as it is in the library: its texts whole, of the others the found marks."""
    found = frozen.read_list(archive, frozen_id)
    ids = articles.article_ids(archive, ArticleFilter(ids=sorted(found.articles)))
    whole = [one for one in ids if one in found.texts]
    return Chosen(tuple(ids), frozenset(found.marks) | _all_marks(archive, whole))


def _found(archive: Archive, query: str, progress: Progress) -> Chosen:
    """What a search finds, the best first. The index is brought up to date before it is asked."""
    from desktop.operations.indexing import index_now
    from desktop.operations.searching import ArchiveSearch

    index_now(archive.path, progress)
    order, whole, marks = dict[str, None](), set[str](), set[str]()
    with ArchiveSearch(archive) as searcher:
        for hit in _hits(searcher, query, progress):
            order[hit.article_id] = None
            if hit.annotation_id:
                marks.add(hit.annotation_id)
            else:
                whole.add(hit.article_id)
    return Chosen(tuple(order), frozenset(marks) | _all_marks(archive, whole))


def _hits(searcher: "ArchiveSearch", query: str, progress: Progress) -> Iterator[SearchHit]:
    """All hits of a query, page by page."""
    offset = 0
    while True:
        progress.check()
        result = searcher.search(query, SearchWishes(limit=_PAGE, offset=offset))
        yield from result.hits
        offset += len(result.hits)
        if not result.hits or offset >= result.total:
            return


def _all_marks(archive: Archive, ids: Iterable[str]) -> frozenset[str]:
    return frozenset(
        mark.id for article_id in ids for mark in annotations.annotations_of(archive, article_id)
    )


def _count(archive: Archive, chosen: Chosen) -> int:
    if chosen.annotations is not None:
        return len(chosen.annotations)
    return sum(row.annotations for row in articles.article_rows(archive, chosen.articles))
