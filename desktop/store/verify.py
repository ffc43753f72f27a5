"""Is everything in the archive as it was put there? Every hash is computed anew.

SQLite's own check finds broken structure only: its pages bear no checksums, and changed content
reads as if nothing had happened.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.core.document import Document
from desktop.core.errors import ArchiveAltered, ArchiveDamaged, ArchiveError
from desktop.core.progress import Progress
from desktop.store import chain, checks, frozen, replay, searches
from desktop.store.archive import Archive, Row
from desktop.store.captures import text_hash
from desktop.store.connection import connect
from desktop.store.originals import unpack
from desktop.store.pages import read_pages
from desktop.store.schema import TRACKED

_MOST = 20  # of each kind; a damaged file may have millions


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Attributes:
        check: Which check found it: database, schema, foreign keys, originals, captures, pictures, pages,
            anchors, frozen searches, saved searches, history, replay, outside.
        record: What it is about: a table, a name, an id.
        detail: In words.
        serious: False for what is worth knowing but no damage.
    """

    check: str
    record: str
    detail: str
    serious: bool = True


def verify(archive: Archive, progress: Progress | None = None) -> list[Finding]:
    """Run all checks; no finding means that the archive is sound.

    Raises:
        Cancelled
    """
    progress = progress or Progress()
    found: list[Finding] = []
    for done, (name, check) in enumerate(_CHECKS.items()):
        progress.check()
        progress.report(done, len(_CHECKS), name)
        found += _first(name, check(archive, progress))
    progress.report(len(_CHECKS), len(_CHECKS))
    return found


def _first(name: str, findings: Iterator[Finding]) -> list[Finding]:
    """The first findings of a check; damage that ends it is one, too."""
    found: list[Finding] = []
    try:
        for finding in findings:
            if len(found) == _MOST:
                found.append(Finding(name, "", "and more"))
                break
            found.append(finding)
    except ArchiveError as error:
        found.append(Finding(name, error.path.name, error.detail))
    except (ValueError, TypeError, KeyError) as error:
        found.append(Finding(name, "", f"what is recorded cannot be read: {error}"))
    return found


def _database(archive: Archive, _: Progress) -> Iterator[Finding]:
    problems = archive.rows(f"PRAGMA integrity_check({_MOST})") + _forbidden_values(archive)
    for (problem,) in dict.fromkeys(problems):
        if problem != "ok":
            yield Finding("database", "", problem)


def _forbidden_values(archive: Archive) -> list[Row]:
    """SQLite does not load CHECK constraints in a connection that cannot write: one that could is asked."""
    if not archive.read_only:
        return []
    try:
        connection = connect(archive.path, "rw")
    except sqlite3.Error:
        return []  # the file cannot be written at all
    try:
        connection.execute("PRAGMA query_only=on")
        return connection.execute(f"PRAGMA quick_check({_MOST})").fetchall()
    except sqlite3.Error:
        return []  # said by the full check already
    finally:
        connection.close()


def _schema(archive: Archive, _: Progress) -> Iterator[Finding]:
    try:
        checks.check_schema(archive.path, archive.connection)
    except ArchiveAltered as error:
        yield Finding("schema", error.detail, "not as Pressmark made it")


def _foreign_keys(archive: Archive, _: Progress) -> Iterator[Finding]:
    for table, row, parent, *_key in archive.rows("PRAGMA foreign_key_check"):
        yield Finding("foreign keys", table, f"row {row} refers to a missing record of {parent}")


def _originals(archive: Archive, progress: Progress) -> Iterator[Finding]:
    known = archive.rows("SELECT sha256, name FROM originals WHERE volume IS NULL ORDER BY sha256")
    for sha256, name in known:
        progress.check()
        row = archive.row("SELECT sz, data FROM sqlar WHERE name = ?", (name,))
        if row is None:
            yield Finding("originals", name, "its bytes are missing")
            continue
        try:
            data = unpack(archive, name, *row)
        except ArchiveDamaged as error:
            yield Finding("originals", name, error.detail)
            continue
        if hashlib.sha256(data).hexdigest() != sha256:
            yield Finding("originals", name, "its bytes have changed")


def _captures(archive: Archive, progress: Progress) -> Iterator[Finding]:
    for (capture_id,) in archive.rows("SELECT id FROM captures ORDER BY id"):
        progress.check()
        text, layout, recorded = archive.rows(
            "SELECT text, layout, text_sha256 FROM captures WHERE id = ?", (capture_id,)
        )[0]
        if text_hash(text) != recorded:
            yield Finding("captures", capture_id, "its text has changed")
        try:
            Document.from_layout(text, layout)
        except (ValueError, KeyError, TypeError, IndexError) as error:
            yield Finding("captures", capture_id, f"its layout does not fit its text: {error}")


def _pictures(archive: Archive, progress: Progress) -> Iterator[Finding]:
    for (sha256,) in archive.rows("SELECT sha256 FROM pictures ORDER BY sha256"):
        progress.check()
        data = archive.value("SELECT data FROM pictures WHERE sha256 = ?", (sha256,))
        if hashlib.sha256(data).hexdigest() != sha256:
            yield Finding("pictures", sha256, "its bytes have changed")


def _pages(archive: Archive, progress: Progress) -> Iterator[Finding]:
    for capture_id, length in archive.rows(
        "SELECT capture_id, length(text) FROM capture_pages JOIN captures ON id = capture_id ORDER BY id"
    ):
        progress.check()
        found = read_pages(archive, capture_id)
        if found is not None and any(not 0 <= line.start <= line.end <= length for line in found.lines):
            yield Finding("pages", capture_id, "its page map does not fit its text")


def _anchors(archive: Archive, progress: Progress) -> Iterator[Finding]:
    for (capture_id,) in archive.rows("SELECT DISTINCT capture_id FROM annotations ORDER BY capture_id"):
        progress.check()
        text = archive.value("SELECT text FROM captures WHERE id = ?", (capture_id,)) or ""
        spans = archive.rows(
            'SELECT annotation_id, start, "end", exact FROM annotations '
            "JOIN annotation_spans ON annotation_id = id WHERE capture_id = ?",
            (capture_id,),
        )
        for annotation_id, start, end, exact in spans:
            if start < end and text[start:end] != exact:  # else its place was never known
                yield Finding("anchors", annotation_id, f"{start} to {end} are other words than were marked")
    for (annotation_id,) in archive.rows(
        "SELECT id FROM annotations WHERE id NOT IN (SELECT annotation_id FROM annotation_spans)"
    ):
        yield Finding("anchors", annotation_id, "it has no span")


def _frozen(archive: Archive, progress: Progress) -> Iterator[Finding]:
    for one in frozen.frozen_searches(archive):
        progress.check()
        try:
            found = frozen.read_list(archive, one.id)
        except ArchiveDamaged as error:
            yield Finding("frozen searches", one.name, error.detail)
            continue
        if (len(found.articles), len(found.marks)) != (one.articles, one.marks):
            yield Finding("frozen searches", one.name, "its counts do not fit its list")
    for name in searches.unreadable_looks(archive):
        yield Finding("saved searches", name, "what was seen of it cannot be read", serious=False)


def _history(archive: Archive, _: Progress) -> Iterator[Finding]:
    broken = chain.first_broken_step(archive)
    if broken is not None:
        yield Finding("history", f"step {broken}", "it is not as it was recorded")
    if archive.value("SELECT count(*) FROM history_now"):
        yield Finding("history", "history_now", "a step was left half recorded")


def _replay(archive: Archive, progress: Progress) -> Iterator[Finding]:
    for table in TRACKED:
        progress.check()
        for key in replay.differences(archive, table):
            yield Finding("replay", f"{table} {key}", "it is not as the history left it")


def _outside(archive: Archive, _: Progress) -> Iterator[Finding]:
    for table, count in archive.rows("SELECT tbl, count(*) FROM history_rows WHERE step = 0 GROUP BY tbl"):
        yield Finding("outside", table, f"{count} rows were changed by another program", serious=False)


_CHECKS: dict[str, Callable[[Archive, Progress], Iterator[Finding]]] = {
    "database": _database,
    "schema": _schema,
    "foreign keys": _foreign_keys,
    "originals": _originals,
    "captures": _captures,
    "pictures": _pictures,
    "pages": _pages,
    "anchors": _anchors,
    "frozen searches": _frozen,
    "history": _history,
    "replay": _replay,
    "outside": _outside,
}
