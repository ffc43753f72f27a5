"""The index in step with the archive: updates, damage, older backups, sudden ends."""

import errno
import multiprocessing
import os
import random
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled
from desktop.core.progress import Progress
from desktop.search import arrayfile, builder, follower, writer
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
        keys = [key for segment in searcher._segments.values() for key in segment.keys(segment.documents())]
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


HOWS = ["truncate", "garble", "flip", "empty", "delete", "folder"]


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("suffix", [".toc", ".copy", ".seg", "LOCK"])
def test_damage_to_any_file_is_noticed_and_mended(finder, how, suffix):
    source = finder.source = filled()
    catch_up(source, finder.folder)
    source.edit("a:0001", text="второй сегмент")
    catch_up(source, finder.folder)
    for victim in sorted(path for path in finder.folder.iterdir() if path.name.endswith(suffix)):
        spoil(victim, how)
        catch_up(source, finder.folder, checksums=True)
        assert finder.find("номер7") == {"0007"} and finder.find("второй") == {"0001"}
        assert sorted(indexed(finder.folder)) == source.keys("", 99)
    source.edit("a:0001", text="третий сегмент")
    catch_up(source, finder.folder)
    assert finder.find("второй") == set() and finder.find("третий") == {"0001"}
    assert not [path for path in finder.folder.iterdir() if path.is_dir()]


def spoil(path, how: str) -> None:
    data = path.read_bytes()
    path.unlink()  # readers may have mapped it
    middle = len(data) // 2
    if how == "folder":
        path.mkdir()
        (path / "file").touch()
    elif how == "truncate":
        path.write_bytes(data[:middle])
    elif how == "garble":
        garbled = bytes(byte ^ 0x5A for byte in data[middle : middle + 40])
        path.write_bytes(data[:middle] + garbled + data[middle + 40 :])
    elif how == "flip":
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 1] if data else []) + data[middle + 1 :])
    elif how == "empty":
        path.write_bytes(b"")


@pytest.mark.parametrize("suffix", [".toc", ".seg"])
def test_a_flipped_bit_is_noticed_wherever_it_is(finder, suffix):
    """Each of many places, in a file of some thousand bytes."""
    catch_up(filled(3), finder.folder)
    (path,) = finder.folder.glob(f"*{suffix}")
    data = path.read_bytes()
    path.unlink()
    for place in range(0, len(data), max(1, len(data) // 60)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :])
        with pytest.raises(IndexDamaged):
            open_index(finder.folder, checksums=True)


def test_only_what_is_damaged_is_made_anew(finder):
    source = finder.source = filled()
    catch_up(source, finder.folder)
    source.put(article("new", "добавлено"))
    catch_up(source, finder.folder)
    small = min(finder.folder.glob("*.seg"), key=lambda path: path.stat().st_size)
    spoil(small, "flip")
    read = []
    source_records = source.records
    source.records = lambda keys: read.extend(keys) or source_records(keys)
    catch_up(source, finder.folder, checksums=True)
    assert read == ["a:new"]
    assert sorted(indexed(finder.folder)) == source.keys("", 99)


def test_search_goes_on_with_the_rest_while_a_part_is_mended(finder):
    source = finder.source = filled()
    catch_up(source, finder.folder)
    source.put(article("new", "добавлено"))
    catch_up(source, finder.folder)
    large = max(finder.folder.glob("*.seg"), key=lambda path: path.stat().st_size)
    spoil(large, "delete")
    found = []

    def look(*_) -> None:
        answer = finder.ask("добавлено OR номер*", limit=99)
        found.append((answer.total, answer.indexed))

    catch_up(source, finder.folder, Progress(look), batch=10)
    assert found[0] == (1, 1) and found[-1] == (31, 31)
    assert [total for total, _ in found] == sorted(total for total, _ in found)


def test_mending_goes_on_where_it_stopped(finder):
    source = finder.source = filled()
    catch_up(source, finder.folder)
    source.put(article("new", "добавлено"))
    catch_up(source, finder.folder)
    spoil(max(finder.folder.glob("*.seg"), key=lambda path: path.stat().st_size), "delete")
    progress = Progress(lambda done, _total, _what: progress.cancel() if done > 10 else None)
    with pytest.raises(Cancelled):
        catch_up(source, finder.folder, progress, batch=10)
    half = read_state(open_index(finder.folder).schema)
    assert half.mending and half.records == 11 and half.building_after == "a:0009"
    assert catch_up(source, finder.folder).complete
    assert not read_state(open_index(finder.folder).schema).mending
    assert sorted(indexed(finder.folder)) == source.keys("", 99)


def test_damage_that_shows_while_writing_is_mended(finder, monkeypatch):
    """The size is right, the file was trusted, and a change has to be written into it."""
    source = finder.source = filled()
    catch_up(source, finder.folder)
    (path,) = finder.folder.glob("*.seg")
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(bytes(len(data)))
    source.edit("a:0001", text="правка")
    assert catch_up(source, finder.folder).complete
    assert sorted(indexed(finder.folder)) == source.keys("", 99) and finder.find("правка") == {"0001"}


def test_what_killed_processes_left_is_swept_away(finder):
    finder.put(one="слово")
    for name in ("draft_MAIN_abc.seg", "MAIN_abc.seg", "_MAIN_9.toc.123.4", "other"):
        (finder.folder / name).write_bytes(b"half")
    catch_up(finder.source, finder.folder)
    assert {path.suffix for path in finder.folder.iterdir()} <= {".seg", ".toc", ".copy", ""}
    assert len(list(finder.folder.iterdir())) == 4 and finder.find("слово") == {"one"}


@pytest.mark.parametrize("what", ["lock", "index"])
def test_something_else_in_its_place_is_taken_away(finder, what):
    place = finder.folder.with_name("index.lock") if what == "lock" else finder.folder
    place.mkdir() if what == "lock" else place.write_text("in the way", "utf-8")
    finder.put(one="слово")
    assert finder.find("слово") == {"one"}


class Faults:
    """Lets the nth of some functions fail."""

    def __init__(self, monkeypatch, *places) -> None:
        self.calls, self.fatal = 0, -1
        for owner, name in places:
            monkeypatch.setattr(owner, name, self.failing(getattr(owner, name)))

    def failing(self, function):
        def run(*args, **options):
            self.calls += 1
            if self.calls - 1 == self.fatal:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return function(*args, **options)

        return run


def test_a_disk_that_is_full_at_any_write_loses_nothing(finder, monkeypatch):
    places = [(arrayfile.ArrayFileWriter, "_write"), (os, "fsync"), (os, "replace"), (shutil, "copyfile")]
    faults = Faults(monkeypatch, *places, (os, "rename"), (Path, "replace"))
    source = finder.source = filled()
    fatal, failed = 0, True
    while failed:
        source.edit("a:0001", text=f"правка{fatal}")
        source.put(article(f"new{fatal}", "добавлено"))
        faults.calls, faults.fatal = 0, fatal
        try:
            catch_up(source, finder.folder, batch=10)
            failed = False
        except OSError as error:
            assert error.errno == errno.ENOSPC
            faults.fatal = -1
            if finder.folder.exists():
                held = indexed(finder.folder) if list(finder.folder.glob("*.toc")) else []
                assert len(held) <= source.count()
            if fatal % 3 == 0:
                assert catch_up(source, finder.folder).complete
        fatal += 1
    assert fatal > 20
    assert sorted(indexed(finder.folder)) == source.keys("", 999)
    assert finder.find(f"правка{fatal - 1}") == {"0001"}


@pytest.mark.parametrize("when", ["built", "changed"])
def test_a_record_that_cannot_be_indexed_is_told_and_keeps_no_other(finder, monkeypatch, when):
    source = finder.source = filled(40)
    if when == "changed":
        catch_up(source, finder.folder)
        source.edit("a:0013", text="хуже")
    real = builder.SegmentBuilder.add

    def add(self, record):
        if record.key == "a:0013":
            raise ValueError("cannot")
        real(self, record)

    monkeypatch.setattr(builder.SegmentBuilder, "add", add)
    following = catch_up(source, finder.folder)
    assert following.complete and following.state.records == 39
    assert following.state.left_out == {"a:0013": "ValueError('cannot')"}
    assert finder.find("номер13") == set() and finder.find("номер12") == {"0012"}
    monkeypatch.undo()
    source.edit("a:0013", text="номер13 опять")
    following = catch_up(source, finder.folder)
    assert (following.state.records, following.state.left_out) == (40, {})
    assert finder.find("номер13") == {"0013"}


def test_a_fault_in_all_records_is_not_taken_for_theirs(finder, monkeypatch):
    def add(_self, _record):
        raise ZeroDivisionError

    monkeypatch.setattr(builder.SegmentBuilder, "add", add)
    with pytest.raises(ZeroDivisionError):
        catch_up(filled(300), finder.folder)


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
