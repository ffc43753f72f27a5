"""Which tables are exports of a reading list or of marks, by their heading row.

Each says which column holds what, so that one reader serves all of them.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

csv.field_size_limit(16 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Table:
    """One program's table.

    Attributes:
        program: Its name, for the extractor.
        needed: Columns by which it is known, in lower case.
        columns: What a column holds, by its name in lower case.
        separators: Of tags in one cell.
    """

    program: str
    needed: frozenset[str]
    columns: Mapping[str, str]
    separators: str = ","


def _table(program: str, needed: str, columns: str, separators: str = ",") -> Table:
    """``columns`` has ``column=role`` parted by commas; a column without a role is left out."""
    pairs = (entry.strip().partition("=") for entry in columns.split(","))
    return Table(
        program,
        frozenset(name.strip() for name in needed.split(",")),
        {name: role for name, _, role in pairs},
        separators,
    )


# The roles are those of ``listing.Listed``; the first table whose columns are all there counts.
TABLES: tuple[Table, ...] = (
    _table(
        "readwise",
        "highlight, book title, book author",
        "highlight=words, book title=title, book author=author, amazon book id=asin, note=comment, "
        "color=colour, tags=mark_tags, location type=place_kind, location=place, highlighted "
        "at=marked, "
        "document tags=tags, url=url",
    ),
    _table(
        "readwise-reader",
        "title, url, saved date",
        "title=title, url=url, document tags=tags, tags=tags, saved date=saved, author=author, "
        "notes=note, "
        "summary=description, site name=publisher, published date=published",
    ),
    _table(
        "hypothesis",
        "url, quote, comment",
        "url=url, title=title, quote=words, comment=comment, tags=mark_tags, user=maker, "
        "created=marked, "
        "creation date/time=marked, created_at=marked, authority=, group=, type=, document "
        "title=title, permalink=",
    ),
    _table(
        "hypothesis",
        "uri, exact",
        "uri=url, doc_title=title, title=title, exact=words, text=comment, tags=mark_tags, user=maker, "
        "created=marked, updated=, prefix=prefix, suffix=suffix",
    ),
    _table(
        "hypothesis",
        "uri, user, quote",
        "uri=url, doc_title=title, title=title, quote=words, text=comment, tags=mark_tags, "
        "user=maker, created=marked, "
        "prefix=prefix, suffix=suffix, comment=comment",
    ),
    _table(
        "hypothesis",
        "url, user, quote, tags",
        "url=url, title=title, doc_title=title, quote=words, text=comment, anno=comment, annotation=comment, "
        "note=comment, tags=mark_tags, user=maker, created=marked, updated=marked, "
        "prefix=prefix, suffix=suffix",
    ),
    _table(
        "raindrop",
        "url, folder, excerpt, created",
        "title=title, note=note, excerpt=description, url=url, folder=folder, tags=tags, "
        "created=saved, "
        "highlights=many",
    ),
    _table(
        "instapaper",
        "url, title, selection, folder",
        "url=url, title=title, selection=words, folder=folder, timestamp=saved, tags=tags",
    ),
    _table(
        "pocket",
        "title, url, time_added",
        "title=title, url=url, time_added=saved, tags=tags",
        "|,",
    ),
    _table(
        "omnivore",
        "url, labels, saved_at",
        "url=url, labels=tags, saved_at=saved, title=title, author=author, "
        "published_at=published, state=",
    ),
    _table(
        "matter",
        "title, author, publisher, url, last interaction date",
        "title=title, author=author, publisher=publisher, url=url, tags=tags, last interaction "
        "date=saved",
    ),
    _table(
        "matter",
        "title, url, word count, in queue",
        "title=title, url=url, author=author, publisher=publisher, tags=tags",
    ),
    _table(
        "readwise",
        "highlight, title, author",
        "highlight=words, title=title, author=author, url=url, note=comment, location=place, "
        "date=marked, tags=mark_tags",
    ),
    _table(
        "zotero",
        "item type, publication year, author, title, publication title",
        "title=title, author=people, publication title=publisher, publisher=house, url=url, "
        "doi=doi, isbn=isbn, "
        "abstract note=description, date=published, date added=saved, manual tags=tags, automatic"
        " tags=more_tags, "
        "notes=note, language=language, file attachments=files",
        ";",
    ),
)  # fmt: skip


def is_known(head: str, name: str) -> bool:  # noqa: ARG001
    """Whether the text begins with the heading row of a table that we know."""
    return table_of(headings(head)) is not None


def headings(head: str) -> list[str]:
    """The names in the first row, in lower case; empty where it is no row."""
    first = next((line for line in head.lstrip("\ufeff").splitlines() if line.strip()), "")
    if len(first) > 4000 or not any(separator in first for separator in ",;\t"):
        return []
    row: Sequence[str] = next(csv.reader(io.StringIO(first), delimiter=delimiter(first)), [])
    return [cell.strip().lower() for cell in row]


def delimiter(first: str) -> str:
    """What parts the cells of a heading row."""
    return max(",;\t", key=first.count)


def table_of(names: Sequence[str]) -> Table | None:
    """The table with this heading row."""
    known = set(names)
    return next((table for table in TABLES if table.needed <= known), None)
