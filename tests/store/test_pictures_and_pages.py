"""Pictures and page maps: kept with their capture, gone with it, and in every copy."""

import hashlib
import os
import sqlite3

import pytest

from desktop.core.document import Metadata
from desktop.core.errors import ArchiveDamaged, ArchiveReadOnly
from desktop.core.extraction import Picture
from desktop.core.pages import PageLine, PageMap
from desktop.core.selection import Chosen
from desktop.operations import library
from desktop.store import articles, pages, pictures
from desktop.store.archive import open_archive
from desktop.store.history import operation, transaction
from desktop.store.originals import read_original
from desktop.store.subset import write_subset
from desktop.store.verify import verify
from tests.archives import original

BYTES = b"\x89PNG and so on"
MAP = PageMap(((595.0, 842.0),), (PageLine(0, 0, 0, (0, 50, 100), 10, 20),))


def picture(src="bridge.jpg", data=BYTES, kept=None):
    return Picture(src, data, hashlib.sha256(data).hexdigest(), "image/png", 640, 480, kept)


@pytest.fixture
def shown(archive, flood):
    """The capture of an article with a picture and a page."""
    capture = articles.article(archive, flood).current_capture
    with transaction(archive):
        pictures.add_pictures(archive, capture, (picture(kept=original(b"as it was found", ".jpg")),))
        pages.add_pages(archive, capture, MAP)
    return capture


def test_they_come_back_as_they_were(archive, shown):
    assert pictures.picture_sizes(archive, shown) == {"bridge.jpg": (640, 480)}
    assert pictures.read_picture(archive, shown, "bridge.jpg") == BYTES
    assert pictures.read_picture(archive, shown, "other.jpg") is None
    assert pages.has_pages(archive, shown)
    assert pages.read_pages(archive, shown) == MAP


def test_a_capture_without_either_has_neither(archive, drones):
    capture = articles.article(archive, drones).current_capture
    assert pictures.picture_sizes(archive, capture) == {}
    assert not pages.has_pages(archive, capture)
    assert pages.read_pages(archive, capture) is None


def test_a_picture_of_two_captures_is_kept_once(archive, shown, drones):
    other = articles.article(archive, drones).current_capture
    with transaction(archive):
        pictures.add_pictures(archive, other, (picture("elsewhere.jpg"),))
    assert archive.value("SELECT count(*) FROM pictures") == 1
    assert pictures.read_picture(archive, other, "elsewhere.jpg") == BYTES


def test_emptying_the_trash_lets_them_go(archive, flood, shown):
    library.trash(archive, [flood])
    library.empty_trash(archive)
    for table in ("pictures", "capture_pictures", "capture_pages", "originals", "sqlar"):
        assert archive.value(f"SELECT count(*) FROM {table}") == 0


def test_a_set_takes_them_along(archive, flood, shown, tmp_path):
    path = write_subset(archive, tmp_path / "Set.pressmark", Chosen((flood,)))
    with open_archive(path) as found:
        assert pictures.read_picture(found, shown, "bridge.jpg") == BYTES
        assert pages.read_pages(found, shown) == MAP
        (kept,) = [row[0] for row in found.rows("SELECT original FROM capture_pictures")]
        assert read_original(found, kept) == b"as it was found"
        assert [finding for finding in verify(found) if finding.serious] == []


def test_changed_bytes_are_found(archive, shown):
    archive.run("UPDATE pictures SET data = x'00'")
    archive.run("UPDATE capture_pages SET pages = x'00'")
    assert {finding.check for finding in verify(archive) if finding.serious} == {"pictures", "pages"}
    with pytest.raises(ArchiveDamaged):
        pages.read_pages(archive, shown)


def test_a_page_map_of_another_text_is_found(archive, shown):
    wrong = PageMap(((1.0, 1.0),), (PageLine(0, 10**6, 0, (0, 1), 0, 1),))
    archive.run("UPDATE capture_pages SET pages = ?", (wrong.pack(),))
    assert [finding.check for finding in verify(archive) if finding.serious] == ["pages"]


def as_of_the_first_version(path):
    connection = sqlite3.connect(path, isolation_level=None)
    for trigger in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{trigger[0]}"')
    newer = ("capture_pages", "capture_pictures", "pictures")
    for table in ("search_looks", "frozen_searches", "frozen_lists", *newer):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP INDEX articles_identifier")
    connection.execute("ALTER TABLE articles DROP COLUMN identifier")
    connection.execute("ALTER TABLE captures DROP COLUMN partial")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name <> 'm0001_first'")
    connection.execute("PRAGMA user_version=1")
    connection.close()


def test_an_archive_of_the_first_version_is_upgraded(archive_path):
    as_of_the_first_version(archive_path)
    with open_archive(archive_path) as archive:
        assert not archive.read_only
        with operation(archive, "Import"):
            articles.add_article(archive, Metadata(title="Мост", identifier="doi:10.1/x"))
        assert [finding for finding in verify(archive) if finding.serious] == []
    assert any("version 1" in one.name for one in archive_path.parent.iterdir())


def test_who_only_looks_at_an_archive_of_the_first_version_has_it_upgraded(archive_path):
    as_of_the_first_version(archive_path)
    with open_archive(archive_path, read_only=True) as archive:
        assert archive.read_only
        assert [finding for finding in verify(archive) if finding.serious] == []
    assert any("version 1" in one.name for one in archive_path.parent.iterdir())


def test_an_archive_of_the_first_version_in_a_closed_folder_stays_as_it_is(archive_path, monkeypatch):
    as_of_the_first_version(archive_path)
    before = archive_path.read_bytes()
    monkeypatch.setattr("desktop.store.archive.os.access", lambda _, mode: mode == os.R_OK)
    for read_only in (True, False):
        with pytest.raises(ArchiveReadOnly):
            open_archive(archive_path, read_only=read_only)
    assert archive_path.read_bytes() == before
