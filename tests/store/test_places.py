"""Archives in odd places: names, folders and files beside them."""

import os
import shutil
import sys

import pytest

from desktop.core.errors import ArchiveError, ArchiveExists, ArchiveMissing, ExportFailed
from desktop.core.selection import Chosen
from desktop.store import articles
from desktop.store.archive import create_archive, open_archive
from desktop.store.backup import backup
from desktop.store.subset import write_subset
from desktop.store.verify import verify
from tests.archives import DRONES, FLOOD, add

NAMES = [b"a #1?mode=ro&x%41.pressmark", "эмодзи 🛩\u202e.pressmark".encode(), b"two\nlines.pressmark"]
if sys.platform == "linux":
    NAMES.append(b"undecodable \xff\xfe.pressmark")


@pytest.mark.parametrize("name", NAMES)
def test_any_name_will_do(tmp_path, name):
    path = tmp_path / os.fsdecode(name)
    with create_archive(path) as archive:
        article = add(archive, FLOOD)
        backup(archive, tmp_path / os.fsdecode(b"copy of " + name))
        write_subset(archive, tmp_path / os.fsdecode(b"part of " + name), Chosen((article,)))
    for one in (path, *tmp_path.glob("*of*")):
        with open_archive(one) as archive:
            assert articles.article_ids(archive, articles.ArticleFilter()) == [article]


def test_a_name_that_no_system_takes_is_told(tmp_path):
    path = tmp_path / f"{'a' * 300}.pressmark"
    for attempt in (create_archive, open_archive):
        with pytest.raises(ArchiveError):
            attempt(path)


def test_a_long_name_leaves_room_for_the_temporary_one(archive, tmp_path):
    target = tmp_path / f"{'ы' * 110}.pressmark"
    assert backup(archive, target).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not closed so there")
def test_a_closed_folder_is_told(archive_path, monkeypatch):
    def closed(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(archive_path), "exists", closed)
    with pytest.raises(ArchiveError, match="Permission denied"):
        open_archive(archive_path)


@pytest.fixture
def crashed(tmp_path, empty_archive):
    """An archive whose last change lies in the log only."""
    path = tmp_path / "Crashed.pressmark"
    shutil.copy(empty_archive, path)
    archive = open_archive(path)
    add(archive, DRONES)
    shutil.copy(f"{path}-wal", tmp_path / "kept")
    archive.close()
    shutil.copy(empty_archive, path)
    (tmp_path / "kept").rename(f"{path}-wal")
    return path


def test_a_copy_is_not_mixed_with_the_log_of_what_it_replaces(archive, flood, crashed):
    backup(archive, crashed)
    with open_archive(crashed) as copy:
        assert articles.article_ids(copy, articles.ArticleFilter()) == [flood]
        assert verify(copy) == []


def test_an_archive_in_use_elsewhere_is_not_replaced(archive, tmp_path, flood):
    with create_archive(tmp_path / "Used.pressmark") as used:
        for write in (backup, lambda *to: write_subset(*to, Chosen((flood,)))):
            with pytest.raises(ExportFailed, match="in use"):
                write(archive, used.path)


def test_an_empty_log_left_by_a_reader_hinders_nobody(archive, archive_path, tmp_path):
    target = tmp_path / "Other.pressmark"
    create_archive(target).close()
    open_archive(target, read_only=True).close()
    backup(archive, target)
    with open_archive(target) as copy:
        assert copy.id == archive.id


def test_a_new_archive_is_not_made_beside_the_log_of_a_lost_one(crashed):
    crashed.unlink()
    with pytest.raises(ArchiveExists, match=r"Crashed\.pressmark-wal"):
        create_archive(crashed)
    with pytest.raises(ArchiveMissing):
        open_archive(crashed)
