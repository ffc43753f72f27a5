"""A new archive that holds a selection and nothing else.

Live rows are copied; the file is never copied and thinned out, because the history holds the text
of what was deleted. The new archive has an identity and a history of its own.
"""

import sqlite3
from pathlib import Path

from desktop.core import errors
from desktop.core.progress import Progress
from desktop.core.selection import Chosen
from desktop.store import frozen
from desktop.store.archive import Archive, build
from desktop.store.checks import was_left_open
from desktop.store.connection import uri_of
from desktop.store.meta import title as title_of
from desktop.store.migrations import drop_triggers, install_triggers
from desktop.store.recording import columns, quoted
from desktop.store.replacing import replacing

_ARTICLE = "IN (SELECT id FROM chosen_articles)"
_ANNOTATION = "IN (SELECT id FROM chosen_annotations)"
_CAPTURES = f"IN (SELECT id FROM source.captures WHERE article_id {_ARTICLE})"
_CAPTURE = (
    f"IN (SELECT original FROM source.captures WHERE article_id {_ARTICLE} UNION "
    f"SELECT original FROM source.capture_pictures WHERE capture_id {_CAPTURES})"
)
_USED_TAGS = (
    "WITH RECURSIVE used (id) AS (SELECT tag_id FROM source.article_tags WHERE article_id "
    f"{_ARTICLE} UNION SELECT tag_id FROM source.annotation_tags WHERE annotation_id {_ANNOTATION} "
    "UNION SELECT parent_id FROM source.tags JOIN used USING (id) WHERE parent_id IS NOT NULL) "
    "SELECT id FROM used"
)
_USED_COLLECTIONS = (
    "WITH RECURSIVE used (id) AS (SELECT collection_id FROM source.collection_articles WHERE article_id "
    f"{_ARTICLE} UNION SELECT parent_id FROM source.collections JOIN used USING (id) "
    "WHERE parent_id IS NOT NULL) SELECT id FROM used"
)
_SPEAKERS = f"IN (SELECT speaker_id FROM source.annotations WHERE id {_ANNOTATION})"

# What is copied of each table; foreign keys are checked when all is there.
_COPIED = {
    "originals": f"sha256 {_CAPTURE}",
    "sqlar": f"name IN (SELECT name FROM source.originals WHERE sha256 {_CAPTURE})",
    "captures": f"article_id {_ARTICLE}",
    "pictures": f"sha256 IN (SELECT picture FROM source.capture_pictures WHERE capture_id {_CAPTURES})",
    "capture_pictures": f"capture_id {_CAPTURES}",
    "capture_pages": f"capture_id {_CAPTURES}",
    "articles": f"id {_ARTICLE}",
    "people": f"id {_SPEAKERS}",
    "people_aliases": f"person_id {_SPEAKERS}",
    "claims": f"id IN (SELECT claim_id FROM source.annotations WHERE id {_ANNOTATION})",
    "annotations": f"id {_ANNOTATION}",
    "annotation_spans": f"annotation_id {_ANNOTATION}",
    "relations": f"source_id {_ANNOTATION} AND target_id {_ANNOTATION}",
    "tags": f"id IN ({_USED_TAGS})",
    "tag_aliases": f"tag_id IN ({_USED_TAGS})",
    "article_tags": f"article_id {_ARTICLE}",
    "annotation_tags": f"annotation_id {_ANNOTATION}",
    "collections": f"id IN ({_USED_COLLECTIONS})",
    "collection_articles": f"article_id {_ARTICLE}",
    "frozen_lists": "sha256 IN (SELECT list FROM source.frozen_searches WHERE id IN (SELECT id FROM whole))",
    "frozen_searches": "id IN (SELECT id FROM whole)",
}


def write_subset(
    archive: Archive,
    target: Path | str,
    chosen: Chosen,
    *,
    title: str | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the chosen live records, and whatever they refer to, as a new archive at ``target``.

    A file that stands there is replaced once the new one is whole.

    Raises:
        ExportFailed: ``target`` is this archive or one in use, or cannot be written.
        DiskFull, Cancelled
    """
    target = Path(target).absolute()
    if target.exists() and target.samefile(archive.path):
        raise errors.ExportFailed(target, "it is the archive itself")
    with replacing(target) as fresh:
        _write(archive, fresh, chosen, title or title_of(archive), progress or Progress())
    return target


def _write(archive: Archive, path: Path, chosen: Chosen, title: str, progress: Progress) -> None:
    connection = build(path, title)
    try:
        # Nothing of the source's schema may run.
        connection.execute("PRAGMA trusted_schema=off")
        connection.execute("PRAGMA foreign_keys=off")
        _attach(connection, archive.path)
        connection.execute("BEGIN")
        drop_triggers(connection)  # they would record the copy as a step
        _choose(connection, chosen)
        _choose_frozen(connection, archive)
        for done, (table, condition) in enumerate(_COPIED.items()):
            progress.check()
            progress.report(done, len(_COPIED), table)
            try:
                _copy(connection, table, condition)
            except sqlite3.IntegrityError as error:  # what our schema never let in
                raise errors.ArchiveDamaged(archive.path, str(error)) from error
        if broken := connection.execute("PRAGMA main.foreign_key_check").fetchone():
            raise errors.ArchiveDamaged(archive.path, f"{broken[0]} refers to a missing {broken[2]}")
        install_triggers(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()
    progress.report(len(_COPIED), len(_COPIED))


def _attach(connection: sqlite3.Connection, path: Path) -> None:
    uri = f"{uri_of(path)}?mode=ro"
    try:
        connection.execute("ATTACH ? AS source", (uri,))
        connection.execute("SELECT 1 FROM source.sqlite_master").fetchone()
    except sqlite3.OperationalError:
        if was_left_open(path):
            raise
        if any(row[1] == "source" for row in connection.execute("PRAGMA database_list")):
            connection.execute("DETACH source")
        connection.execute("ATTACH ? AS source", (f"{uri}&immutable=1",))


def _choose(connection: sqlite3.Connection, chosen: Chosen) -> None:
    connection.execute("CREATE TEMP TABLE chosen_articles (id TEXT PRIMARY KEY)")
    connection.executemany(
        "INSERT INTO chosen_articles SELECT id FROM source.articles WHERE id = ? AND trashed_at IS NULL",
        [(one,) for one in dict.fromkeys(chosen.articles)],
    )
    connection.execute(
        "CREATE TEMP TABLE chosen_annotations AS SELECT id FROM source.annotations "
        f"WHERE article_id {_ARTICLE} AND trashed_at IS NULL"
    )
    if chosen.annotations is not None:
        connection.execute("CREATE TEMP TABLE wanted (id TEXT PRIMARY KEY)")
        connection.executemany("INSERT INTO wanted VALUES (?)", [(one,) for one in chosen.annotations])
        connection.execute("DELETE FROM chosen_annotations WHERE id NOT IN (SELECT id FROM wanted)")
    connection.execute("CREATE UNIQUE INDEX chosen_annotation ON chosen_annotations (id)")


def _choose_frozen(connection: sqlite3.Connection, archive: Archive) -> None:
    """A frozen search goes along where all that it found does: a part of it would be no evidence."""
    connection.execute("CREATE TEMP TABLE whole (id TEXT PRIMARY KEY)")
    articles = {row[0] for row in connection.execute("SELECT id FROM chosen_articles")}
    marks = {row[0] for row in connection.execute("SELECT id FROM chosen_annotations")}
    for one in frozen.frozen_searches(archive):
        try:
            found = frozen.read_list(archive, one.id)
        except errors.ArchiveDamaged:
            continue  # verification tells of it; it is no evidence here either
        if found.articles and found.articles <= articles and found.marks.keys() <= marks:
            connection.execute("INSERT INTO whole VALUES (?)", (one.id,))


def _copy(connection: sqlite3.Connection, table: str, condition: str) -> None:
    names = ", ".join(quoted(column.name) for column in columns(connection, table))
    connection.execute(
        f"INSERT INTO main.{table} ({names}) SELECT {names} FROM source.{table} WHERE {condition}"
    )
