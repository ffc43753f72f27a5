"""Rows of tables, and entries of tables of contents, told by how the cells of lines stand."""

import re
from collections.abc import Sequence
from itertools import pairwise

from desktop.importing.pdf.lines import Row
from desktop.importing.pdf.words import Word

_LEAST_ROWS = 3
_PAGE = re.compile(r"(?:\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)


def tables_of(rows: Sequence[Row]) -> dict[int, int]:
    """The rows of tables by number, each with the number of its table.

    A table has three rows or more whose cells begin (or end) below each other.
    """
    found: dict[int, int] = {}
    at = table = 0
    while at < len(rows):
        run = _table_from(rows, at)
        if run >= _LEAST_ROWS:
            table += 1
            found |= dict.fromkeys(range(at, at + run), table)
        at += max(run, 1)
    return found


def is_entry(row: Row) -> bool:
    """Whether a line leads to a page: an entry of a table of contents."""
    ends = bool(_PAGE.match(row.words[-1].text))
    return ends and (row.led or (len(row.cells) > 0 and row.cells[-1] == len(row.words) - 1))


def cells_of(row: Row) -> list[list[Word]]:
    """The words of each cell."""
    bounds = [0, *row.cells, len(row.words)]
    return [row.words[start:end] for start, end in pairwise(bounds)]


def _table_from(rows: Sequence[Row], at: int) -> int:
    count = 0
    for row in rows[at:]:
        if not row.cells or (count and not _below(rows[at + count - 1], row)):
            break
        count += 1
    return 0 if count and _are_contents(rows[at : at + count]) else count


def _are_contents(rows: Sequence[Row]) -> bool:
    """Entries that lead to pages, in the order of these."""
    if any(row.led for row in rows):
        return True
    if not all(is_entry(row) for row in rows):
        return False
    pages = [int(row.words[-1].text) for row in rows if row.words[-1].text.isdigit()]
    return all(before <= after for before, after in pairwise(pages))


def _below(above: Row, row: Row) -> bool:
    """Whether a line's cells stand below those of the line above."""
    near = 0.8 * row.size
    places, others = _edges(row), _edges(above)
    hits = sum(
        any(abs(start - begin) < near or abs(end - stop) < near for begin, stop in others)
        for start, end in places
    )
    return hits >= 2 and hits >= 0.6 * len(places)


def _edges(row: Row) -> list[tuple[float, float]]:
    return [(words[0].left, words[-1].right) for words in cells_of(row)]
