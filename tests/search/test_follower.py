"""The index in step with the archive: updates, damage, older backups, sudden ends."""

import multiprocessing
import os
import random
import signal
from dataclasses import replace

import pytest

from desktop.core.errors import Cancelled
from desktop.core.progress import Progress
from desktop.search import follower, writer
from desktop.search.follower import catch_up, rebuild
from desktop.search.searcher import Searcher
from desktop.search.writer import IndexBusy, IndexDamaged, open_index, read_state
from tests.search.conftest import Finder, MemorySource, article

WORDS = "дрон санкция экспорт центр страница новость город Japan drone 首相".split(" ")


def filled(count: int = 30) -> MemorySource:
    source = MemorySource()
    source.put(*(article(f"{number:04}", f"{WORDS[number % 10]} номер{number}") for number in range(count)))
    return source


def indexed(folder) -> dict[str, str]:
    """What the index really holds: the key of each live record, and how often."""
    searcher = Searcher(folder)
    try:
        searcher.state()
        keys = [
            segment.identities()[number].key
            for segment in searcher._segments.values()
            for number in segment.documents()
        ]
    finally:
        searcher.close()
    assert len(keys) == len(set(keys))
    return keys


def test_it_builds_then_follows(finder):
    source = finder.source = filled()
    first = catch_up(source, finder.folder)
    assert first.complete and first.state.records == first.total == 30
    source.edit("a:0003", text="совсем другое")
    source.remove("a:0004", "a:0005")
    source.put(article("new", "добавлено"))
    second = catch_up(source, finder.folder)
    assert second.state.records == second.total == 29 and second.state.applied == source.head()
    assert finder.find("номер3") == set() and finder.find("совсем") == {"0003"}
    assert finder.find("номер4") == set() and finder.find("добавлено") == {"new"}
    assert finder.find("номер29") == {"0029"}


def test_an_open_searcher_sees_each_commit(finder):
    finder.put(one="первое слово")
    assert finder.find("слово") == {"one"}
    finder.put(two="второе слово")
    assert finder.find("слово") == {"one", "two"}
    finder.source.remove("a:one")
    catch_up(finder.source, finder.folder)
    assert finder.find("слово") == {"two"} and finder.ask("слово").total == 1
    rebuild(finder.source, finder.folder)
    assert finder.find("слово") == {"two"}


def test_nothing_new_writes_nothing(finder):
    finder.put(one="слово")
    before = {path.name: path.stat().st_mtime_ns for path in finder.folder.iterdir()}
    catch_up(finder.source, finder.folder)
    assert {path.name: path.stat().st_mtime_ns for path in finder.folder.iterdir()} == before


def test_updates_and_merges_equal_a_fresh_build(finder, tmp_path):
    source, chance = filled(100), random.Random(7)
    finder.source = source
    catch_up(source, finder.folder, batch=10)
    for _ in range(40):
        key = chance.choice(sorted(source.live))
        if chance.random() < 0.3:
            source.remove(key)
        else:
            source.edit(key, text=" ".join(chance.choices(WORDS, k=5)))
        catch_up(source, finder.folder)
    fresh = Finder(source, tmp_path / "fresh")
    catch_up(source, fresh.folder)
    assert sorted(indexed(finder.folder)) == sorted(indexed(fresh.folder)) == source.keys("", 999)
    for word in WORDS:
        assert finder.find(word, limit=200) == fresh.find(word, limit=200)
    assert len(finder.searcher._segments) < 20
    fresh.searcher.close()


def test_a_cancelled_build_goes_on_where_it_stopped(finder):
    source = filled()
    progress = Progress(lambda done, _total, _what: progress.cancel() if done >= 10 else None)
    with pytest.raises(Cancelled):
        catch_up(source, finder.folder, progress, batch=5)
    part = read_state(open_index(finder.folder).schema)
    assert part.records == 10 and part.building_after == "a:0009"
    source.edit("a:0002", text="правка")
    source.put(article("zzz", "позднее"))
    seen = []
    source_keys = source.keys
    source.keys = lambda after, limit: seen.append(after) or source_keys(after, limit)
    assert catch_up(source, finder.folder, batch=5).complete
    assert min(seen) == "a:0009"
    assert sorted(indexed(finder.folder)) == source_keys("", 99)
    finder.source = source
    assert finder.find("правка") == {"0002"} and finder.find("позднее") == {"zzz"}


def test_a_part_is_searchable_while_the_rest_is_built(finder):
    source = finder.source = filled()
    found = []
    catch_up(
        source,
        finder.folder,
        Progress(lambda *_: found.append(finder.ask("номер*", limit=99).total)),
        batch=10,
    )
    assert sorted(set(found)) == [0, 10, 20, 30]


@pytest.mark.parametrize("how", ["truncate", "garble", "empty", "delete"])
def test_damage_to_any_file_is_noticed_and_mended(finder, how):
    source = finder.source = filled()
    catch_up(source, finder.folder)
    source.edit("a:0001", text="второй сегмент")
    catch_up(source, finder.folder)
    names = sorted(path.name for path in finder.folder.iterdir() if "LOCK" not in path.name)
    assert len(names) == 3
    for suffix in (".toc", ".seg", ".seg"):
        victims = [path for path in sorted(finder.folder.iterdir()) if path.name.endswith(suffix)]
        spoil(victims[0], how)
        catch_up(source, finder.folder, checksums=True)
        assert finder.find("номер7") == {"0007"} and finder.find("второй") == {"0001"}
        assert sorted(indexed(finder.folder)) == source.keys("", 99)
        source.edit("a:0001", text="второй сегмент снова")
        catch_up(source, finder.folder)


def spoil(path, how: str) -> None:
    data = path.read_bytes()
    path.unlink()  # readers may have mapped it
    if how == "truncate":
        path.write_bytes(data[: len(data) // 2])
    elif how == "garble":
        middle = len(data) // 2
        path.write_bytes(
            data[:middle] + bytes(byte ^ 0x5A for byte in data[middle : middle + 40]) + data[middle + 40 :]
        )
    elif how == "empty":
        path.write_bytes(b"")


def test_a_searcher_never_answers_from_a_truncated_file(finder):
    finder.put(one="слово")
    (segment,) = finder.folder.glob("*.seg")
    spoil(segment, "truncate")
    with pytest.raises(IndexDamaged):
        finder.ask("слово")
    catch_up(finder.source, finder.folder)
    assert finder.find("слово") == {"one"}


def test_no_index_is_told_as_such(tmp_path):
    with pytest.raises(IndexDamaged):
        Searcher(tmp_path / "none").state()


def test_an_older_backup_put_back_is_noticed(finder):
    source = finder.source = filled()
    backup = replace(source, live=dict(source.live), marks=dict(source.marks), chain=list(source.chain))
    source.put(article("late", "позже"))
    catch_up(source, finder.folder)
    finder.source = backup
    catch_up(backup, finder.folder)
    assert finder.find("позже") == set() and sorted(indexed(finder.folder)) == backup.keys("", 99)


def test_another_past_with_plausible_numbers_is_noticed(finder):
    source = filled()
    backup = replace(source, live=dict(source.live), marks=dict(source.marks), chain=list(source.chain))
    source.put(article("lost", "потеряно"))
    catch_up(source, finder.folder)
    backup.put(article("kept", "сохранено"))
    backup.put(article("more", "ещё"))
    finder.source = backup
    catch_up(backup, finder.folder)
    assert finder.find("потеряно") == set() and finder.find("сохранено") == {"kept"}


@pytest.mark.parametrize("change", ["archive", "version"])
def test_another_archive_or_version_is_built_anew(finder, monkeypatch, change):
    source = finder.source = filled(3)
    catch_up(source, finder.folder)
    if change == "archive":
        source.archive_id = "archive-2"
    else:
        monkeypatch.setattr(writer, "VERSION", "next")
    source.live["a:0001"] = replace(source.live["a:0001"], text="без отметки")
    catch_up(source, finder.folder)
    assert finder.find("отметка") == {"0001"}


def test_a_second_writer_only_reads(finder):
    finder.put(one="слово")
    finder.source.put(article("two", "слово"))
    with follower.locked(finder.folder):
        assert catch_up(finder.source, finder.folder).busy
        assert rebuild(finder.source, finder.folder).busy
        assert finder.find("слово") == {"one"}
        with pytest.raises(IndexBusy), follower.locked(finder.folder):
            pass
    assert catch_up(finder.source, finder.folder).complete
    assert finder.find("слово") == {"one", "two"}


def test_leftovers_are_removed(finder):
    finder.put(one="слово")
    for _ in range(3):
        rebuild(finder.source, finder.folder)
    assert sorted(path.name for path in finder.folder.parent.iterdir()) == ["index", "index.lock"]
    assert os.name != "posix" or finder.folder.stat().st_mode & 0o077 == 0


def follow_forever(folder, tell) -> None:
    source = filled(200)
    for number in range(10_000):
        result = catch_up(source, folder, batch=20)
        tell.send(result.state.records)
        source.edit(f"a:{number % 200:04}", text=f"правка{number}")


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_killed_follower_loses_nothing(finder):
    """Each round kills at another moment; the next one goes on from a commit."""
    chance = random.Random(3)
    context = multiprocessing.get_context("spawn")
    for _ in range(3):
        receiver, sender = context.Pipe(duplex=False)
        child = context.Process(target=follow_forever, args=(finder.folder, sender))
        child.start()
        sender.close()
        for _ in range(chance.randint(1, 5)):
            receiver.recv()
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        receiver.close()
        state = read_state(open_index(finder.folder, checksums=True).schema)
        assert state.records <= 200 and len(indexed(finder.folder)) == state.records
    source = finder.source = filled(200)
    assert catch_up(source, finder.folder).complete
    assert sorted(indexed(finder.folder)) == source.keys("", 999)
    assert finder.find("номер7") == {"0007"}
