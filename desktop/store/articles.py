"""Articles: their records, the library's lists, and the few ways in which they change."""

import json
from collections.abc import Iterable, Sequence

from desktop.core.document import Metadata
from desktop.core.errors import NotFound
from desktop.core.ids import new_id
from desktop.core.records import Article, ArticleRow, ReadState
from desktop.core.sortkeys import sort_key
from desktop.core.times import now
from desktop.store.archive import Archive, Row
from desktop.store.filters import ArticleFilter as ArticleFilter
from desktop.store.filters import ArticleSort as ArticleSort
from desktop.store.filters import spine_sql, where
from desktop.store.trees import ids_json

_EVERYTHING = ArticleFilter()
_METADATA = (
    "title, byline, publisher, published_at, date_is_guess, language, language_confidence, url, description, "
    "identifier"
)
_ARTICLE = f"id, {_METADATA}, current_capture, read_state, note, added_at, updated_at, trashed_at"


def article_ids(
    archive: Archive,
    chosen: ArticleFilter = _EVERYTHING,
    sort: ArticleSort = ArticleSort.ADDED,
    descending: bool = False,
) -> list[str]:
    """The whole list as ids in order, so that a view knows its length and fetches rows late."""
    # In one string, for the interpreter's lock would be handed over 100,000 times for as many rows:
    # half the time, and most of it without the lock. The inner order holds for group_concat
    # (select.c: an ORDER BY is left out below count, min and max only).
    sql, values = spine_sql(chosen, sort, descending)
    found = archive.value(f"SELECT group_concat(id, ' ') FROM ({sql})", values)
    return str(found).split() if found else []


def article_rows(archive: Archive, ids: Sequence[str]) -> list[ArticleRow]:
    """What the library shows of these articles, in their order; unknown ids are left out."""
    wanted = (ids_json(ids),)
    counts: dict[str, dict[str, int]] = {}
    for article_id, kind, count in archive.rows(
        "SELECT article_id, kind, count(*) FROM annotations "
        "WHERE article_id IN (SELECT value FROM json_each(?)) AND trashed_at IS NULL "
        "GROUP BY article_id, kind",
        wanted,
    ):
        counts.setdefault(article_id, {})[f"{kind}s"] = count
    rows = archive.rows(
        "SELECT id, title, publisher, published_at, date_is_guess, language, read_state FROM articles "
        "WHERE id IN (SELECT value FROM json_each(?))",
        wanted,
    )
    found = {row[0]: _article_row(row, counts.get(row[0], {})) for row in rows}
    return [found[article_id] for article_id in ids if article_id in found]


def _article_row(row: Row, counts: dict[str, int]) -> ArticleRow:
    article_id, title, publisher, published_at, guess, language, state = row
    return ArticleRow(
        article_id,
        title or "",
        publisher or "",
        published_at or "",
        bool(guess),
        language or "",
        ReadState(state),
        **counts,
    )


def article(archive: Archive, article_id: str) -> Article:
    """One article, in the trash or not.

    Raises:
        NotFound
    """
    row = archive.row(f"SELECT {_ARTICLE} FROM articles WHERE id = ?", (article_id,))
    if row is None:
        raise NotFound("article", article_id)
    return _article(row)


def articles(archive: Archive, ids: Sequence[str]) -> list[Article]:
    """Several articles in the order of their ids; unknown ids are left out."""
    rows = archive.rows(
        f"SELECT {_ARTICLE} FROM articles WHERE id IN (SELECT value FROM json_each(?))", (ids_json(ids),)
    )
    found = {row[0]: _article(row) for row in rows}
    return [found[article_id] for article_id in ids if article_id in found]


def trashed_states(archive: Archive, ids: Iterable[str]) -> dict[str, bool]:
    """Of each of these articles that is in the archive, whether it lies in the trash."""
    rows = archive.rows(
        "SELECT id, trashed_at IS NOT NULL FROM articles WHERE id IN (SELECT value FROM json_each(?))",
        (ids_json(ids),),
    )
    return {article_id: bool(trashed) for article_id, trashed in rows}


def find_named(archive: Archive, name: str) -> list[str]:
    """The live articles with this id, else with this beginning of an id, else with this title or address."""
    name = name.encode("utf-8", "replace").decode()  # an argument may hold bytes that are no text
    beginning = name.lower() if len(name) >= _SHORTEST_BEGINNING else "g"  # ids are hexadecimal
    return (
        _named(archive, "id = ?", name)
        or _named(archive, "id >= ? AND id < ? || 'g'", beginning, beginning)
        or _named(archive, _TITLE_OR_URL, sort_key(name), name, name)
    )


_SHORTEST_BEGINNING = 4
# Not with OR, for which SQLite would walk all articles.
_TITLE_OR_URL = (
    "id IN (SELECT id FROM articles WHERE trashed_at IS NULL AND title_sort = ? AND title = ? "
    "UNION SELECT id FROM articles WHERE url = ?)"
)


def _named(archive: Archive, condition: str, *values: str) -> list[str]:
    sql = f"SELECT id FROM articles WHERE trashed_at IS NULL AND {condition} ORDER BY id"
    return [row[0] for row in archive.rows(sql, values)]


def _article(row: Row) -> Article:
    metadata = Metadata(
        title=row[1],
        byline=tuple(json.loads(row[2])),
        publisher=row[3],
        published_at=row[4],
        date_is_guess=bool(row[5]),
        language=row[6],
        language_confidence=row[7],
        url=row[8],
        description=row[9],
        identifier=row[10],
    )
    return Article(row[0], metadata, row[11], ReadState(row[12]), *row[13:])


def count(archive: Archive, chosen: ArticleFilter = _EVERYTHING) -> int:
    """How many there are."""
    condition, values = where(chosen)
    # Grouped, SQLite counts in an index; else in the table, whose rows lie scattered between long texts.
    return int(
        archive.value(
            "SELECT ifnull(sum(number), 0) FROM (SELECT count(*) AS number FROM articles a "
            f"WHERE {condition} GROUP BY language, read_state)",
            values,
        )
    )


def tallies(archive: Archive) -> list[tuple[str | None, ReadState, int]]:
    """How many live articles there are by language and read state: one walk through an index."""
    rows = archive.rows(
        "SELECT language, read_state, count(*) FROM articles WHERE trashed_at IS NULL "
        "GROUP BY language, read_state"
    )
    return [(language, ReadState(state), number) for language, state, number in rows]


def languages(archive: Archive) -> dict[str, int]:
    """Live articles by language, the most frequent first."""
    return _facet(archive, "language", "language")


def publishers(archive: Archive) -> dict[str, int]:
    """Live articles by publisher, the most frequent first."""
    return _facet(archive, "publisher", "publisher_sort, publisher")


def _facet(archive: Archive, column: str, group: str) -> dict[str, int]:
    rows = archive.rows(
        f"SELECT {column}, count(*) FROM articles WHERE trashed_at IS NULL AND {column} IS NOT NULL "
        f"GROUP BY {group} ORDER BY count(*) DESC, {group}"
    )
    return dict(rows)


def add_article(archive: Archive, metadata: Metadata, *, note: str = "", added_at: str | None = None) -> str:
    """Add an article without a capture yet and return its id; its inverse is the trash."""
    article_id, moment = new_id(), now()
    archive.write(
        f"INSERT INTO articles (id, {_METADATA}, title_sort, publisher_sort, note, added_at, updated_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article_id, *_values(metadata), *_sort_keys(metadata), note, added_at or moment, moment),
    )
    return article_id


def set_metadata(archive: Archive, article_id: str, metadata: Metadata) -> None:
    sets = ", ".join(f"{column} = ?" for column in [*_METADATA.split(", "), "title_sort", "publisher_sort"])
    archive.write(
        f"UPDATE articles SET {sets}, updated_at = ? WHERE id = ?",
        (*_values(metadata), *_sort_keys(metadata), now(), article_id),
    )


def _values(metadata: Metadata) -> list[object]:
    return [
        metadata.title,
        json.dumps(metadata.byline, ensure_ascii=False),
        metadata.publisher,
        metadata.published_at,
        int(metadata.date_is_guess),
        metadata.language,
        metadata.language_confidence,
        metadata.url,
        metadata.description,
        metadata.identifier,
    ]


def _sort_keys(metadata: Metadata) -> tuple[str, str | None]:
    return sort_key(metadata.title or ""), sort_key(metadata.publisher) if metadata.publisher else None


def set_current_capture(archive: Archive, article_id: str, capture_id: str) -> None:
    _set(archive, [article_id], "current_capture", capture_id)


def set_read_state(archive: Archive, ids: Iterable[str], state: ReadState) -> None:
    _set(archive, ids, "read_state", str(state))


def set_note(archive: Archive, ids: Iterable[str], note: str) -> None:
    _set(archive, ids, "note", note)


def move_to_trash(archive: Archive, ids: Iterable[str]) -> None:
    _set(archive, ids, "trashed_at", now(), "trashed_at IS NULL")


def take_from_trash(archive: Archive, ids: Iterable[str]) -> None:
    _set(archive, ids, "trashed_at", None)


def _set(archive: Archive, ids: Iterable[str], column: str, value: object, only: str = "true") -> None:
    archive.write(
        f"UPDATE articles SET {column} = ?, updated_at = ? "
        f"WHERE id IN (SELECT value FROM json_each(?)) AND {only} AND {column} IS NOT ?",
        (value, now(), ids_json(ids), value),
    )


def purge_trash(archive: Archive) -> tuple[int, int]:
    """Remove trashed articles and annotations with all that hangs on them, and what nothing refers to any
    more: originals, pictures, lists of frozen searches that were deleted.

    Returns:
        How many articles, and how many annotations that were trashed by themselves.
    """
    annotations = archive.write("DELETE FROM annotations WHERE trashed_at IS NOT NULL")
    articles_gone = archive.write("DELETE FROM articles WHERE trashed_at IS NOT NULL")
    archive.run("DELETE FROM captures WHERE article_id NOT IN (SELECT id FROM articles)")
    archive.run("DELETE FROM pictures WHERE sha256 NOT IN (SELECT picture FROM capture_pictures)")
    archive.run(
        "DELETE FROM sqlar WHERE name IN (SELECT name FROM originals WHERE sha256 NOT IN "
        "(SELECT original FROM captures WHERE original IS NOT NULL UNION ALL "
        "SELECT original FROM capture_pictures WHERE original IS NOT NULL))"
    )
    archive.run("DELETE FROM frozen_lists WHERE sha256 NOT IN (SELECT list FROM frozen_searches)")
    archive.run("DELETE FROM originals WHERE name NOT IN (SELECT name FROM sqlar) AND volume IS NULL")
    return articles_gone, annotations
