"""The schema keeps the promises that the rest relies on."""

import pytest

from desktop.store import recording
from desktop.store.filters import ArticleFilter, ArticleSort, spine_sql
from desktop.store.schema import TRACKED

UNTRACKED = {
    "captures",
    "capture_pages",
    "capture_pictures",
    "pictures",
    "originals",
    "sqlar",
    "frozen_lists",
    "search_looks",
    "history",
    "history_rows",
    "history_now",
    "index_marks",
    "meta",
    "_sqlite_migrations",
}
SORTS = {
    ArticleSort.TITLE: "articles_title",
    ArticleSort.ADDED: "articles_added",
    ArticleSort.PUBLISHED: "articles_published",
    ArticleSort.PUBLISHER: "articles_publisher",
}
COUNTS = {
    "SELECT article_id, kind, count(*) FROM annotations WHERE article_id IN ('a') AND trashed_at IS NULL "
    "GROUP BY article_id, kind": "annotations_article",
    "SELECT tag_id, count(*) FROM annotation_tags GROUP BY tag_id": "annotation_tags_tag",
    "SELECT language, count(*) FROM articles WHERE trashed_at IS NULL GROUP BY language": "articles_language",
}


def tables(archive) -> set[str]:
    rows = archive.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {row[0] for row in rows}


def test_every_table_has_a_history_or_a_reason(archive):
    assert tables(archive) == set(TRACKED) | UNTRACKED


@pytest.mark.parametrize("table", TRACKED)
def test_triggers_name_every_column(archive, table):
    columns = {column.name for column in recording.columns(archive.connection, table)}
    for event in ("insert", "update", "delete"):
        sql = archive.value("SELECT sql FROM sqlite_master WHERE name = ?", (f"history_{table}_{event}",))
        assert all(
            f"'{name}'" in sql for name in columns - (recording.UNTRACKED if event == "update" else set())
        )


def test_every_foreign_key_begins_an_index(archive):
    """Without one, deleting a parent scans the children, and deferred inserts grow with n²."""
    for table in tables(archive):
        indexes = [
            [row[2] for row in archive.rows(f'PRAGMA index_info("{index[1]}")')]
            for index in archive.rows(f'PRAGMA index_list("{table}")')
        ]
        for key in archive.rows(f'PRAGMA foreign_key_list("{table}")'):
            assert any(columns[:1] == [key[3]] for columns in indexes), f"{table}.{key[3]}"


def test_tables_are_strict_and_hold_no_reals(archive):
    for table in tables(archive) - {"sqlar", "_sqlite_migrations"}:
        sql = archive.value("SELECT sql FROM sqlite_master WHERE name = ?", (table,))
        assert "STRICT" in sql
        assert "REAL" not in {column.type for column in recording.columns(archive.connection, table)}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", SORTS)
def test_lists_walk_a_covering_index(archive, sort, descending):
    plan = plan_of(archive, *spine_sql(ArticleFilter(), sort, descending))
    assert f"COVERING INDEX {SORTS[sort]}" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(("query", "index"), COUNTS.items())
def test_counts_walk_a_covering_index(archive, query, index):
    assert f"COVERING INDEX {index}" in plan_of(archive, query)


def plan_of(archive, sql, values=()) -> str:
    return " ".join(row[3] for row in archive.rows(f"EXPLAIN QUERY PLAN {sql}", values))


def test_the_sqlite_shell_can_read_everything(archive):
    for (name,) in archive.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        archive.rows(f'SELECT * FROM "{name}"')
