"""Triggers that mark the records whose searchable facts changed, in the same transaction.

A record shows more than its own row: an article its tags' and collections' names, an annotation
its article's title, its speaker's aliases, its claim's verdict. Whatever is shown marks whoever
shows it. ``seq`` grows with every mark, and writers are serialised, so that a follower that asks
for ``seq > x`` misses nothing.
"""

import sqlite3
from collections.abc import Iterator

_SHOWN_BY_ARTICLE = (
    "title, byline, publisher, url, published_at, language, description, current_capture, read_state, "
    "note, added_at, trashed_at"
)
_SHOWN_BY_ANNOTATION = "title, publisher, published_at, language, read_state, trashed_at"


def install(connection: sqlite3.Connection) -> None:
    """Generate the triggers; those of an older schema must be dropped before."""
    for statement in _triggers():
        connection.execute(statement)


def _triggers() -> Iterator[str]:
    yield from _own("articles", "article", "id", _SHOWN_BY_ARTICLE)
    yield from _own("annotations", "annotation", "id", "")
    yield from _own("annotation_spans", "annotation", "annotation_id", "")
    yield from _own("annotation_tags", "annotation", "annotation_id", "")
    yield from _own("article_tags", "article", "article_id", "")
    facts = f"UPDATE OF {_SHOWN_BY_ANNOTATION}"
    yield _trigger("articles", facts, [_annotations("article_id = new.id")], "_of_annotations")
    yield from _membership()
    yield _trigger("people", "UPDATE OF name", [_annotations("speaker_id = new.id")])
    for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
        yield _trigger("people_aliases", event, [_annotations(f"speaker_id = {row}.person_id")])
    yield _trigger("claims", "UPDATE OF statement, verdict", [_annotations("claim_id = new.id")])
    yield _trigger("tags", "UPDATE OF name, parent_id", _tagged())
    yield _trigger("collections", "UPDATE OF name, parent_id", _collected())


def _own(table: str, kind: str, column: str, shown: str) -> Iterator[str]:
    """Marks by the table that holds the record itself, or a part or link of it."""
    update = f"UPDATE OF {shown}" if shown else "UPDATE"
    refs = {"INSERT": ("new",), "DELETE": ("old",), update: ("new",) if column == "id" else ("old", "new")}
    for event, rows in refs.items():
        yield _trigger(table, event, [_marks(kind, f"SELECT {row}.{column}") for row in rows])


def _membership() -> Iterator[str]:
    for event, row in (("INSERT", "new"), ("DELETE", "old")):
        both = [
            _marks("article", f"SELECT {row}.article_id"),
            _annotations(f"article_id = {row}.article_id"),
        ]
        yield _trigger("collection_articles", event, both)


def _tagged() -> list[str]:
    below = _below("tags")
    return [
        _marks("article", f"SELECT DISTINCT article_id FROM article_tags WHERE tag_id IN ({below})"),
        _marks("annotation", f"SELECT DISTINCT annotation_id FROM annotation_tags WHERE tag_id IN ({below})"),
    ]


def _collected() -> list[str]:
    below = _below("collections")
    members = f"SELECT DISTINCT article_id FROM collection_articles WHERE collection_id IN ({below})"
    return [_marks("article", members), _annotations(f"article_id IN ({members})")]


def _below(table: str) -> str:
    """The changed node and its descendants; UNION, so that a damaged tree still ends."""
    return (
        f"WITH RECURSIVE below (id) AS (SELECT new.id UNION SELECT child.id FROM {table} child "
        "JOIN below ON child.parent_id = below.id) SELECT id FROM below"
    )


def _annotations(where: str) -> str:
    return _marks("annotation", f"SELECT id FROM annotations WHERE {where}")


def _marks(kind: str, ids: str) -> str:
    # Not INSERT OR REPLACE: the conflict clause of the statement outside would win, and an
    # "UPDATE OR IGNORE" would lose the mark.
    return (
        f"DELETE FROM index_marks WHERE kind = '{kind}' AND id IN ({ids}); "
        f"INSERT INTO index_marks (kind, id) SELECT '{kind}', * FROM ({ids});"
    )


def _trigger(table: str, event: str, statements: list[str], suffix: str = "") -> str:
    name = f"mark_{table}_{event.split()[0].lower()}{suffix}"
    return f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {' '.join(statements)} END"
