"""Tables of reading lists and of marks: Readwise, Instapaper, Pocket, Raindrop, Hypothesis and others."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop.core.errors import ImportFailed
from desktop.importing.material import Material
from desktop.importing.records.listing import record_of
from desktop.importing.records.record import Attached, Record, RecordPart, guarded
from desktop.importing.records.table_shapes import Table, delimiter, headings, table_of

EXTRACTOR = "table/1"
_MOST_ROWS = 500_000


class _Row(NamedTuple):
    roles: dict[str, str]
    cells: list[str]


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each article; the rows of one article are its marks.

    Raises:
        ImportFailed: ``no_text``: there is no row below the heading.
    """
    text = text.lstrip("\ufeff").lstrip("\r\n")
    table = table_of(headings(text[:8192]))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text.split("\n", 1)[0]))
    heading = next(reader, [])
    if table is None or not (rows := list(_rows(reader, heading, table))):
        raise ImportFailed(material.name, "no_text", "a heading row without rows")
    yield from guarded(_grouped(rows), lambda group: _record(group, heading, table), material.name)


def _rows(reader: Iterator[list[str]], heading: Sequence[str], table: Table) -> Iterator[_Row]:
    """The rows by role; those that are empty, or repeat the heading, are none."""
    names = [cell.strip().lower() for cell in heading]
    for count, cells in enumerate(_readable(reader)):
        if count >= _MOST_ROWS:
            return
        lowered = [cell.strip().lower() for cell in cells]
        if any(lowered) and lowered != names:
            yield _Row(_roles(names, cells, table), cells)


def _roles(names: Sequence[str], cells: Sequence[str], table: Table) -> dict[str, str]:
    roles: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if role := table.columns.get(name):
            roles[role] = roles.get(role) or cell
    return roles


def _readable(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows but those whose quoting is broken beyond what the reader follows."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue


def _grouped(rows: Sequence[_Row]) -> list[list[_Row]]:
    """The rows of one article together, in the order of their first rows."""
    groups: dict[tuple[str, ...], list[_Row]] = {}
    for number, row in enumerate(rows):
        roles = row.roles
        key: tuple[str, ...] = (roles.get("title", ""), roles.get("author", ""))
        if roles.get("url"):
            key = (roles["url"],)
        elif "words" not in roles:  # two entries of a catalogue may have one title
            key = (*key, str(number))
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _record(group: Sequence[_Row], heading: Sequence[str], table: Table) -> Record:
    written = io.StringIO()
    csv.writer(written).writerows([heading, *(row.cells for row in group)])
    data = written.getvalue().encode("utf-8", "replace")
    record = record_of([row.roles for row in group], data, ".csv", table.separators)
    files = group[0].roles.get("files", "")
    record.files = [Attached(path.strip()) for path in files.split(";") if path.strip()]
    return record
