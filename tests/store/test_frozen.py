"""Frozen searches in the archive: kept whole, sealed, undone, purged, copied, upgraded to."""

import hashlib
import random
import sqlite3
import zlib

import pytest

from desktop.core.errors import ArchiveDamaged, NameTaken, NotFound
from desktop.core.ids import new_id
from desktop.core.selection import Chosen
from desktop.operations import library, marking, saved_searches
from desktop.store import frozen, history, searches
from desktop.store.archive import open_archive
from desktop.store.backup import backup
from desktop.store.frozen import FoundList
from desktop.store.history import operation
from desktop.store.subset import write_subset
from desktop.store.verify import verify


def serious(archive) -> list[tuple[str, str]]:
    return [(one.check, one.record) for one in verify(archive) if one.serious]


def freeze(archive, name: str, found: FoundList) -> str:
    with operation(archive, "Freeze search"):
        return frozen.add_frozen(archive, name, "мост", "any form of “мост”", "2.1", 7, found)


@pytest.fixture
def quote(archive, flood) -> str:
    (made,) = marking.mark(archive, flood, "quote", [(0, 4)]).annotations
    return made


@pytest.fixture
def kept(archive, drones, flood, quote) -> str:
    return freeze(archive, "Мост, март", FoundList(frozenset([drones]), {quote: flood}))


def test_what_was_found_is_read_again_as_it_was(archive, kept, drones, flood, quote):
    found = frozen.read_list(archive, kept)
    assert (found.texts, found.marks) == (frozenset([drones]), {quote: flood})
    assert found.articles == {drones, flood}
    assert found.marks_by_article() == {flood: 1}
    one = frozen.find_frozen(archive, "мост, МАРТ")
    assert one is not None
    assert (one.articles, one.marks, one.step, one.version, one.archive_id) == (2, 1, 7, "2.1", archive.id)
    assert frozen.find_frozen(archive, kept) == one
    assert serious(archive) == []


def test_a_list_is_readable_without_the_program(archive, kept, drones, flood, quote):
    size, data = archive.rows("SELECT size, data FROM frozen_lists")[0]
    text = data if len(data) == size else zlib.decompress(data)
    assert text.decode().splitlines() == [f"a:{drones}", f"n:{quote} {flood}"]


def test_a_large_list_is_small(archive):
    ids = [new_id() for _ in range(20_000)]
    random.Random(1).shuffle(ids)
    kept = freeze(archive, "Всё", FoundList(frozenset(ids)))
    assert frozen.read_list(archive, kept).texts == frozenset(ids)
    assert archive.value("SELECT length(data) FROM frozen_lists") < 20 * len(ids)
    assert archive.value("SELECT max(length(after)) FROM history_rows") < 2000  # never in the history


def test_names_are_taken_once_and_can_be_changed(archive, kept):
    with pytest.raises(NameTaken):
        freeze(archive, "МОСТ, март", FoundList())
    with operation(archive, "Rename"):
        frozen.rename(archive, kept, "Мост, 3 марта")
    assert frozen.frozen_search(archive, kept).name == "Мост, 3 марта"
    frozen.read_list(archive, kept)  # the seal holds under any name
    with pytest.raises(NotFound):
        frozen.frozen_search(archive, "nobody")


def test_freezing_and_deleting_are_undone(archive, kept):
    before = frozen.frozen_search(archive, kept)
    with operation(archive, "Delete"):
        frozen.remove(archive, kept)
    assert frozen.frozen_searches(archive) == []
    history.undo(archive)
    assert frozen.frozen_searches(archive) == [before]
    assert len(frozen.read_list(archive, kept).articles) == 2
    history.undo(archive)
    assert frozen.frozen_searches(archive) == []
    history.redo(archive)
    assert len(frozen.read_list(archive, kept).articles) == 2
    assert serious(archive) == []


def test_lists_go_with_the_trash_and_not_before(archive, kept):
    with operation(archive, "Delete"):
        frozen.remove(archive, kept)
    assert archive.value("SELECT count(*) FROM frozen_lists") == 1
    library.empty_trash(archive)
    assert archive.value("SELECT count(*) FROM frozen_lists") == 0


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE frozen_lists SET data = x'00'",
        "UPDATE frozen_lists SET size = 10000000",
        "UPDATE frozen_searches SET query = 'мосты'",
        "UPDATE frozen_searches SET articles = 3",
    ],
)
def test_what_was_changed_since_is_found(archive, kept, damage):
    archive.run(damage)
    assert ("frozen searches", "Мост, март") in serious(archive)
    with pytest.raises(ArchiveDamaged):
        frozen.read_list(archive, kept)


def test_backups_hold_frozen_searches(archive, kept, tmp_path):
    with open_archive(backup(archive, tmp_path / "Copy.pressmark"), read_only=True) as copy:
        assert frozen.read_list(copy, kept) == frozen.read_list(archive, kept)
        assert serious(copy) == []


def test_a_subset_holds_those_that_it_holds_whole(archive, kept, flood, quote, tmp_path):
    part = freeze(archive, "Вода", FoundList(frozenset([flood]), {quote: flood}))
    path = write_subset(archive, tmp_path / "Set.pressmark", Chosen((flood,)))
    with open_archive(path) as found:
        assert [one.id for one in frozen.frozen_searches(found)] == [part]
        assert frozen.frozen_search(found, part).archive_id == archive.id
        assert frozen.read_list(found, part).marks == {quote: flood}
        assert found.value("SELECT count(*) FROM frozen_lists") == 1
        assert serious(found) == []


def test_what_was_seen_is_remembered_outside_the_history(archive, flood, drones):
    saved_searches.save_search(archive, "Вода", "вода")
    (search,) = searches.saved_searches(archive)
    before = history.steps(archive)
    assert searches.seen(archive) == {}
    searches.set_seen(archive, search.id, [flood])
    searches.set_seen(archive, search.id, [flood, drones])
    searches.set_seen(archive, "gone", [flood])
    assert searches.seen(archive) == {search.id: {flood, drones}}
    assert history.steps(archive) == before
    saved_searches.delete_search(archive, search.id)
    assert searches.seen(archive) == {}
    history.undo(archive)
    assert searches.saved_searches(archive) == [search]
    assert serious(archive) == []


def test_damage_to_what_was_seen_costs_no_more_than_that(archive, flood):
    saved_searches.save_search(archive, "Вода", "вода")
    (search,) = searches.saved_searches(archive)
    searches.set_seen(archive, search.id, [flood])
    archive.run("UPDATE search_looks SET size = 99999")
    assert searches.seen(archive) == {}
    assert searches.seen_of(archive, search.id) is None
    assert [(one.check, one.serious) for one in verify(archive)] == [("saved searches", False)]


def test_a_sealed_list_that_is_none_is_damage(archive, kept):
    text = b"n:without-an-article\n"
    sha256 = hashlib.sha256(text).hexdigest()
    one = frozen.frozen_search(archive, kept)
    archive.run("INSERT INTO frozen_lists (sha256, size, data) VALUES (?, ?, ?)", (sha256, len(text), text))
    archive.run("UPDATE frozen_searches SET list = ?, seal = ?", (sha256, frozen.seal(one, sha256)))
    with pytest.raises(ArchiveDamaged):
        frozen.read_list(archive, kept)


def as_of_the_second_version(path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for trigger in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{trigger[0]}"')
    for table in ("search_looks", "frozen_searches", "frozen_lists"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0003_frozen_searches'")
    connection.execute("PRAGMA user_version=2")
    connection.close()


def test_an_archive_of_the_second_version_is_upgraded_after_a_copy_was_kept(archive_path):
    with open_archive(archive_path) as archive:
        saved_searches.save_search(archive, "Вода", "вода")
    as_of_the_second_version(archive_path)
    with open_archive(archive_path) as archive:
        assert not archive.read_only
        assert [one.query for one in searches.saved_searches(archive)] == ["вода"]
        freeze(archive, "Пусто", FoundList())
        assert serious(archive) == []
        history.undo(archive)
        history.undo(archive)  # a step of the older archive
        assert searches.saved_searches(archive) == []
    assert [one.name for one in archive_path.parent.iterdir() if "version 2" in one.name]
