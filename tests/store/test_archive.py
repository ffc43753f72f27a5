"""Making and opening archives, and refusing what is none."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys

import pytest

from desktop.core import errors
from desktop.operations import marking
from desktop.store import checks, migrations, versions
from desktop.store.archive import create_archive, open_archive
from desktop.store.history import operation
from desktop.store.meta import set_setting, set_title, setting, title
from desktop.store.verify import verify
from tests.archives import FLOOD, add


def plain(path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def test_a_new_archive_opens_again_and_leaves_one_file(tmp_path):
    path = tmp_path / "new folder" / "Архив № 1 #?.pressmark"
    with create_archive(path, "Весна") as made:
        assert not made.read_only
        known = made.id
    with open_archive(path) as again:
        assert (again.id, title(again)) == (known, "Весна")
        assert again.value("PRAGMA journal_mode") == "wal"
        assert again.value("PRAGMA synchronous") == 2
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_an_archive_tells_what_it_is_in_its_header(archive_path):
    with archive_path.open("rb") as file:
        header = file.read(100)
    assert header[68:72] == b"PRMK"
    assert int.from_bytes(header[60:64], "big") == versions.SCHEMA_VERSION


def test_a_file_that_is_there_is_never_overwritten(tmp_path):
    path = tmp_path / "A.pressmark"
    path.write_text("precious")
    with pytest.raises(errors.ArchiveExists):
        create_archive(path)
    assert path.read_text() == "precious"


def test_a_title_and_settings_travel_with_the_archive(archive):
    set_title(archive, "Паводок")
    set_setting(archive, "view", "compact")
    assert (title(archive), setting(archive, "view")) == ("Паводок", "compact")
    set_setting(archive, "view", None)
    assert setting(archive, "view") is None
    with pytest.raises(ValueError):
        set_setting(archive, "archive_id", "another")


def test_what_is_no_archive_is_refused(tmp_path):
    with pytest.raises(errors.ArchiveMissing):
        open_archive(tmp_path / "nothing.pressmark")
    with pytest.raises(errors.NotAnArchive):
        open_archive(tmp_path)
    for content in (b"", b"x" * 99, b"not SQLite at all " * 40):
        path = tmp_path / "x.pressmark"
        path.write_bytes(content)
        with pytest.raises(errors.NotAnArchive):
            open_archive(path)
        assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path):
    path = tmp_path / "other.db"
    with plain(path) as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()
    with pytest.raises(errors.NotAnArchive):
        open_archive(path)


def test_a_newer_archive_is_refused_and_left_alone(archive_path):
    connection = plain(archive_path)
    connection.execute(f"PRAGMA user_version={versions.SCHEMA_VERSION + 1}")
    connection.close()
    for read_only in (False, True):
        with pytest.raises(errors.ArchiveTooNew) as error:
            open_archive(archive_path, read_only)
        assert (error.value.found, error.value.known) == (
            versions.SCHEMA_VERSION + 1,
            versions.SCHEMA_VERSION,
        )


@pytest.mark.parametrize(
    "alteration",
    [
        "CREATE TRIGGER evil AFTER INSERT ON annotations BEGIN DELETE FROM articles; END",
        "CREATE VIEW extra AS SELECT 1",
        "ALTER TABLE claims ADD COLUMN weight INTEGER",
        "DROP TRIGGER history_claims_update",
    ],
)
def test_an_altered_schema_is_read_and_never_written(archive_path, alteration):
    with open_archive(archive_path) as archive:
        article_id = add(archive, FLOOD)
    connection = plain(archive_path)
    connection.execute(alteration)
    connection.close()
    with open_archive(archive_path) as archive:
        assert archive.read_only
        assert isinstance(archive.reason, errors.ArchiveAltered)
        assert archive.value("SELECT id FROM articles") == article_id
        with pytest.raises(errors.ArchiveAltered), operation(archive, "never"):
            pass


def test_a_missing_table_is_damage(archive_path):
    connection = plain(archive_path)
    connection.execute("DROP TABLE saved_searches")
    connection.close()
    with pytest.raises(errors.ArchiveDamaged, match="saved_searches"):
        open_archive(archive_path)


def test_a_missing_column_is_damage(archive_path):
    connection = plain(archive_path)
    connection.executescript("DROP TRIGGER history_claims_update; DROP TRIGGER history_claims_insert")
    connection.executescript("DROP TRIGGER history_claims_delete; ALTER TABLE claims DROP COLUMN note")
    connection.close()
    with pytest.raises(errors.ArchiveDamaged, match=r"claims\.note"):
        open_archive(archive_path)


def test_a_view_in_place_of_a_table_is_damage(archive_path):
    connection = plain(archive_path)
    connection.executescript(
        "DROP TABLE saved_searches; CREATE VIEW saved_searches AS SELECT 'x' AS id, 'y' AS name"
    )
    connection.close()
    with pytest.raises(errors.ArchiveDamaged):
        open_archive(archive_path)


def test_reading_only_is_kept(archive_path):
    with open_archive(archive_path, read_only=True) as archive:
        assert (archive.read_only, archive.reason) == (True, None)
        with pytest.raises(errors.ArchiveReadOnly), operation(archive, "never"):
            pass
        with pytest.raises(errors.ArchiveReadOnly):
            archive.run("DELETE FROM meta")


def test_a_folder_without_permission_is_read(archive_path, monkeypatch):
    with open_archive(archive_path) as archive:
        article_id = add(archive, FLOOD)
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with open_archive(archive_path) as archive:
        assert isinstance(archive.reason, errors.ArchiveReadOnly)
        assert archive.value("SELECT id FROM articles") == article_id


def test_a_log_that_cannot_be_made_falls_back_to_immutable(archive_path, monkeypatch):
    """What SQLite answers in a read-only folder, to a file that was closed in WAL mode."""
    with open_archive(archive_path) as archive:
        add(archive, FLOOD)
    connect, modes = checks.connect, []

    def refusing(path, mode, *, immutable=False):
        modes.append((mode, immutable))
        if immutable:
            return connect(path, mode, immutable=True)
        error = sqlite3.OperationalError("attempt to write a readonly database")
        error.sqlite_errorcode = sqlite3.SQLITE_READONLY_DIRECTORY
        raise error

    monkeypatch.setattr(checks, "connect", refusing)
    with open_archive(archive_path, read_only=True) as archive:
        assert archive.value("SELECT count(*) FROM articles") == 1
    assert modes == [("ro", False), ("ro", True)] * 2  # to see what it is, and to read it


def test_damaged_pages_are_told_as_damage(archive_path):
    with open_archive(archive_path) as archive:
        for _ in range(30):
            add(archive, FLOOD * 50)
    data = bytearray(archive_path.read_bytes())
    data[8192:-4096] = b"\xa5" * (len(data) - 12288)
    archive_path.write_bytes(data)
    with pytest.raises(errors.ArchiveDamaged), open_archive(archive_path) as archive:
        archive.rows("SELECT * FROM captures")


def test_random_damage_never_ends_in_an_error_of_our_own(archive_path):
    """Any byte may flip: it is refused, found by verification, or reads as another content."""
    with open_archive(archive_path) as archive:
        for _ in range(5):
            article_id = add(archive, FLOOD * 5)
            marking.mark(archive, article_id, "quote", [(0, 4)], speaker="Иван", tags=["a/b"])
    good = archive_path.read_bytes()
    r, refused, found = random.Random(5), 0, 0
    for _ in range(25):
        data = bytearray(good)
        for _ in range(r.choice([1, 5, 30])):
            data[r.randrange(4096, len(data))] = r.randrange(256)
        archive_path.write_bytes(data)
        try:
            with open_archive(archive_path, read_only=True) as archive:
                found += bool(verify(archive))
        except errors.ArchiveError:
            refused += 1
    assert refused + found > 5


def test_broken_schema_text_is_damage(archive_path):
    connection = plain(archive_path)
    connection.execute("PRAGMA writable_schema=on")
    connection.execute("UPDATE sqlite_master SET sql = 'create table saved_searches(' WHERE name = 'claims'")
    connection.close()
    with pytest.raises(errors.ArchiveDamaged):
        open_archive(archive_path)


def test_pages_are_checked_after_a_crash_only(archive_path, monkeypatch):
    seen = []
    check = checks.check_after_crash
    monkeypatch.setattr(checks, "check_after_crash", lambda path: (seen.append(path), check(path)))
    with open_archive(archive_path) as archive:
        add(archive, FLOOD)
    open_archive(archive_path).close()
    assert seen == []
    crash = (
        "import os, sys\n"
        "from desktop.store.archive import open_archive\n"
        "from tests.archives import FLOOD, add\n"
        "archive = open_archive(sys.argv[1])\n"
        "add(archive, FLOOD)\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", crash, str(archive_path)], check=False)
    assert checks.was_left_open(archive_path)
    with open_archive(archive_path) as archive:
        assert seen == [archive_path]
        assert archive.value("SELECT count(*) FROM articles") == 2


@pytest.mark.parametrize("read_only", [False, True])
def test_an_archive_in_use_is_not_checked(archive_path, monkeypatch, read_only):
    connect, got = checks.connect, []

    def seen(path, mode, **how):
        opened = connect(path, mode, **how)
        if how.get("alone"):
            got.append(opened)
        return opened

    monkeypatch.setattr(checks, "connect", seen)
    with open_archive(archive_path) as archive:
        add(archive, FLOOD)
        with open_archive(archive_path, read_only) as neighbour:
            assert checks.was_left_open(archive_path)
            checks.check_after_crash(archive_path)
            assert neighbour.value("SELECT count(*) FROM articles") == 1
    assert got == []
    checks.check_after_crash(archive_path)
    assert len(got) == 1


def test_a_reader_that_closes_last_leaves_nothing_to_check(archive_path):
    writer = open_archive(archive_path)
    reader = open_archive(archive_path, read_only=True)
    add(writer, FLOOD)
    assert reader.value("SELECT count(*) FROM articles") == 1
    writer.close()
    reader.close()
    assert not checks.was_left_open(archive_path)


def test_a_full_disk_is_told_and_costs_nothing(archive):
    add(archive, FLOOD)
    pages = archive.value("PRAGMA page_count")
    archive.run(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(errors.DiskFull):
        add(archive, FLOOD * 5000)
    archive.run("PRAGMA max_page_count=1073741823")
    assert archive.value("SELECT count(*) FROM articles") == 1
    add(archive, FLOOD * 5000)
    assert archive.value("SELECT count(*) FROM articles") == 2


def test_a_lock_held_too_long_is_told(archive, archive_path):
    other = plain(archive_path)
    other.execute("BEGIN IMMEDIATE")
    archive.run("PRAGMA busy_timeout=1")
    with pytest.raises(errors.ArchiveBusy):
        add(archive, FLOOD)
    other.execute("ROLLBACK")
    other.close()
    add(archive, FLOOD)


def test_foreign_changes_are_noticed_and_own_ones_are_not(archive, archive_path):
    before = archive.data_version()
    add(archive, FLOOD)
    assert archive.data_version() == before
    with open_archive(archive_path) as other:
        add(other, FLOOD)
    assert archive.data_version() != before


def test_text_that_is_no_utf8_is_damage(archive):
    with pytest.raises(errors.ArchiveDamaged):
        archive.rows("SELECT CAST(x'c328ff' AS TEXT)")


def test_an_older_archive_is_upgraded_after_a_copy_was_kept(archive_path, monkeypatch, caplog):
    with open_archive(archive_path) as archive:
        article_id = add(archive, FLOOD)
    newer = migrations.Migrations("pressmark")
    newer()(migrations.m0001_first)
    newer()(migrations.m0002_pictures_and_pages)
    newer()(migrations.m0003_frozen_searches)

    @newer()
    def m0004_mood(db):
        db.execute("ALTER TABLE articles ADD COLUMN mood TEXT")

    monkeypatch.setattr(versions, "SCHEMA_VERSION", 4)
    monkeypatch.setattr(migrations.migrate, "__defaults__", (newer, 4))
    checks._fresh_schema.cache_clear()
    try:
        with open_archive(archive_path) as archive:
            assert not archive.read_only, archive.reason
            with operation(archive, "Set mood"):
                archive.write("UPDATE articles SET mood = 'calm'")
            assert archive.value("SELECT after FROM history_rows ORDER BY seq DESC") == '{"mood":"calm"}'
    finally:
        checks._fresh_schema.cache_clear()
    (copy,) = [one for one in archive_path.parent.iterdir() if "version 3" in one.name]
    monkeypatch.undo()
    with open_archive(copy) as kept:
        assert kept.value("SELECT id FROM articles") == article_id
    with pytest.raises(errors.ArchiveTooNew):
        open_archive(archive_path)


def test_a_failed_upgrade_leaves_the_archive_as_it_was(archive_path, monkeypatch):
    failing = migrations.Migrations("pressmark")
    failing()(migrations.m0001_first)
    failing()(migrations.m0002_pictures_and_pages)
    failing()(migrations.m0003_frozen_searches)

    @failing()
    def m0004_fails(db):
        db.execute("ALTER TABLE articles ADD COLUMN mood TEXT")
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(versions, "SCHEMA_VERSION", 4)
        patched.setattr(migrations.migrate, "__defaults__", (failing, 4))
        with pytest.raises(ZeroDivisionError):
            open_archive(archive_path)
    with open_archive(archive_path) as archive:
        assert not archive.read_only


def test_an_archive_can_be_moved_and_copied(archive_path, tmp_path):
    with open_archive(archive_path) as archive:
        add(archive, FLOOD)
    moved = shutil.copy(archive_path, tmp_path / "Copy.pressmark")
    with open_archive(moved) as archive:
        assert archive.value("SELECT count(*) FROM articles") == 1
