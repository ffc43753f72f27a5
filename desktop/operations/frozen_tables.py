"""The list of a frozen search as a table, for whoever has no archive."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from desktop.exporting.atomic import replacing
from desktop.exporting.csv import defused
from desktop.operations.exporting import spare_archives
from desktop.operations.frozen import standing
from desktop.store import annotations, articles, frozen
from desktop.store.archive import Archive
from desktop.store.frozen import FoundList

COLUMNS = ("article_id", "annotation_id", "title", "publisher", "published_at", "language", "quote", "state")
_PAGE = 500


def list_csv(archive: Archive, found: FoundList) -> str:
    """What was found as a table: an article's line, or one for each mark; no cell starts a formula."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    lines = sorted([(one, "") for one in found.texts] + [(one, mark) for mark, one in found.marks.items()])
    for first in range(0, len(lines), _PAGE):
        table.writerows(_rows(archive, lines[first : first + _PAGE]))
    return out.getvalue()


def _rows(archive: Archive, lines: list[tuple[str, str]]) -> Iterable[list[str]]:
    ids = list(dict.fromkeys(article_id for article_id, _ in lines))
    states = standing(archive, ids)
    facts = {one.id: one.metadata for one in articles.articles(archive, ids)}
    marks = {one.id: one for one in annotations.annotations(archive, [mark for _, mark in lines if mark])}
    for article_id, mark_id in lines:
        known, mark = facts.get(article_id), marks.get(mark_id)
        cells = (
            article_id,
            mark_id,
            *((known.title, known.publisher, known.published_at, known.language) if known else ("",) * 4),
            mark.exact if mark else "",
            states[article_id],
        )
        yield [defused(cell or "") for cell in cells]


def save_list(archive: Archive, frozen_id: str, path: Path) -> None:
    """Write the list of a frozen search as a table.

    Raises:
        NotFound, ArchiveDamaged
        ExportFailed: It could not be written; what stood there before is untouched.
    """
    table = list_csv(archive, frozen.read_list(archive, frozen_id))
    spare_archives(path)
    with replacing(path, bom=True) as file:
        file.write(table)
