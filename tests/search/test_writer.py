"""Commits: whole or not there, durable, and small however large the index is."""

import os
from dataclasses import replace

import numpy as np
import pytest

from desktop.search import builder, merging, storage, writer
from desktop.search.builder import build_segment
from desktop.search.writer import (
    BatchWriter,
    IndexBusy,
    IndexDamaged,
    IndexState,
    create_index,
    merge_some,
    open_index,
    open_segments,
    read_state,
)
from tests.search.conftest import article


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def opened(folder):
    return create_index(folder)


def commit(opened, added=(), removed=(), **state) -> IndexState:
    with BatchWriter(opened) as batch:
        batch.remove(removed)
        batch.add(added)
        batch.commit(replace(read_state(opened.schema), **state))
    return read_state(opened.schema)


def keys(opened) -> list[str]:
    return sorted(key for segment in open_segments(opened) for key in segment.keys(segment.documents()))


def files(folder) -> set[str]:
    return {path.name for path in folder.iterdir() if "LOCK" not in path.name}


def test_records_come_change_and_go(opened):
    assert commit(opened, [article("1", "a"), article("2", "b")]).records == 2
    assert commit(opened, [article("1", "c")], ["a:1", "a:unknown", "\ud800"]).records == 2
    assert keys(opened) == ["a:1", "a:2"]
    assert commit(opened, removed=["a:1", "a:2"]).records == 0
    assert keys(opened) == [] and open_segments(opened) == []


def test_many_keys_are_found_as_few_are(opened):
    commit(opened, [article(f"{number:03}", "a") for number in range(300)])
    commit(opened, removed=[f"a:{number:03}" for number in range(0, 300, 2)])
    commit(opened, removed=["a:001"])
    assert keys(opened) == [f"a:{number:03}" for number in range(3, 300, 2)]


def test_what_is_not_committed_leaves_nothing(opened, folder):
    commit(opened, [article("1", "a")])
    before = files(folder)
    with pytest.raises(KeyboardInterrupt), BatchWriter(opened) as batch:
        batch.remove(["a:1"])
        batch.take(build_segment(folder, [article("2", "b")]))
        raise KeyboardInterrupt
    assert files(folder) == before and keys(opened) == ["a:1"]
    commit(opened, [article("3", "c")])
    assert keys(opened) == ["a:1", "a:3"]


def test_one_writes_at_a_time(opened):
    with BatchWriter(opened), pytest.raises(IndexBusy):
        BatchWriter(opened)
    commit(opened, [article("1", "a")])


def test_a_segment_of_another_process_outlives_other_commits(opened, folder):
    segment = build_segment(folder, [article("1", "a")])
    commit(opened, [article("2", "b")])
    with BatchWriter(opened) as batch:
        batch.take(segment)
        batch.commit(read_state(opened.schema))
    assert keys(opened) == ["a:1", "a:2"]
    assert not [name for name in files(folder) if name.startswith("draft")]


def test_a_large_addition_becomes_several_segments(opened, monkeypatch):
    monkeypatch.setattr(builder, "SEGMENT_DOCUMENTS", 2)
    commit(opened, [article(str(number), "a") for number in range(5)])
    assert sorted(segment.size for segment in open_segments(opened)) == [1, 2, 2]


def test_small_commits_are_merged_and_the_state_is_kept(opened):
    for number in range(30):
        state = commit(opened, [article(f"{number:02}", "a")], building_after=str(number))
    assert state.building_after == "29" and state.records == 30
    assert len(open_segments(opened)) < 8 and len(keys(opened)) == 30


def test_long_merges_wait_until_they_are_asked_for(opened, monkeypatch):
    monkeypatch.setattr(merging, "_SMALL", (0,))
    for number in range(9):
        state = commit(opened, [article(f"{number}a", "a b"), article(f"{number}b", "b")])
    commit(opened, removed=["a:3a"])
    assert len(open_segments(opened)) == 9
    assert not merge_some(opened, lambda: True)
    assert len(open_segments(opened)) == 9
    assert merge_some(opened) and not merge_some(opened)
    (segment,) = open_segments(opened)
    assert segment.live is None and len(keys(opened)) == 17
    assert segment.total_length("text") == 8 * 2 + 9
    assert read_state(opened.schema).applied == state.applied


def test_files_reach_the_disk_before_they_count(opened, folder, monkeypatch):
    written = []
    sync, rename = storage.os.fsync, storage.FileStorage.rename_file

    def noted_rename(self, old, new, safe=False):
        written.append("toc named")
        rename(self, old, new, safe=safe)

    monkeypatch.setattr(storage.os, "fsync", lambda handle: (written.append("sync"), sync(handle)))
    monkeypatch.setattr(storage.FileStorage, "rename_file", noted_rename)
    commit(opened, [article("1", "a")])
    after = ["sync"] if os.name == "posix" else []
    assert written == ["sync", "sync", "toc named", *after]
    state = read_state(open_index(folder, checksums=True).schema)
    assert set(state.files) == {name for name in files(folder) if name.endswith(".seg")}


@pytest.mark.parametrize("place", [0.0, 0.3, 0.6, 0.9, 0.999])
def test_no_damaged_byte_goes_unnoticed(opened, folder, place):
    commit(opened, [article(f"{number}", f"слово номер{number}") for number in range(20)])
    (path,) = folder.glob("*.seg")
    data = bytearray(path.read_bytes())
    data[int(place * len(data))] ^= 0x10
    path.unlink()
    path.write_bytes(bytes(data))
    with pytest.raises(IndexDamaged):
        open_index(folder, checksums=True)


def test_a_segment_that_makes_no_sense_is_told_as_damage(opened, folder):
    commit(opened, [article("1", "a")])
    (path,) = folder.glob("*.seg")
    size = path.stat().st_size
    path.unlink()
    path.write_bytes(b"\xff" * size)
    with pytest.raises(IndexDamaged):
        open_segments(opened)
    with pytest.raises(IndexDamaged):
        commit(opened, removed=["a:1"])
    commit(opened, [article("2", "b")])


def test_a_commit_of_few_does_not_touch_the_many(opened, folder):
    commit(opened, [article(f"{number}", "a") for number in range(500)])
    (large,) = folder.glob("*.seg")
    before = large.stat().st_mtime_ns
    for number in range(20):
        commit(opened, [article(f"{number}", "b")], [f"a:{number}"])
    assert large.stat().st_mtime_ns == before
    assert len(keys(opened)) == 500
    assert [segment.live is None for segment in open_segments(opened) if segment.size == 500] == [False]
    assert np.sum([len(segment.documents()) for segment in open_segments(opened)]) == 500


def test_the_version_is_part_of_the_state(opened, folder, monkeypatch):
    commit(opened, [article("1", "a")])
    monkeypatch.setattr(writer, "VERSION", "next")
    with pytest.raises(IndexDamaged):
        open_index(folder)
