"""Processes that build the index side by side: what they make, and what becomes of it when they do not."""

import contextlib
import itertools
import os
import signal
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from desktop import paths
from desktop.core.errors import Cancelled
from desktop.core.progress import Progress
from desktop.operations import builders
from desktop.operations.builders import BuilderPool, how_many, of_archive
from desktop.operations.indexing import index_now
from desktop.operations.verifying import verify
from desktop.search import follower
from desktop.search.writer import open_index, read_state
from desktop.store.indexing import ArchiveIndexSource
from tests.operations.test_indexing import add

TEXTS = [f"слово номер{number} дроны летят" for number in range(60)]


@pytest.fixture
def filled(archive, monkeypatch):
    """Sixty records, with bounds so low that they are built by other processes, ten at a time."""
    monkeypatch.setattr(follower, "_MANY", 5)
    monkeypatch.setattr(follower, "_FIRST_BATCH", 10)
    monkeypatch.setattr(follower, "_GROWTH", 1)
    add(archive, *TEXTS)
    return archive


def workers() -> list[psutil.Process]:
    """Those alive."""
    found = []
    for one in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if "spawn_main" in " ".join(one.cmdline()):
                found.append(one)
    return found


def assert_sound(archive) -> None:
    assert verify(archive, thorough=True).findings == []


def catch_up(archive, progress: Progress | None = None, count: int = 2):
    source, folder = ArchiveIndexSource(archive), paths.index_dir(archive.id)
    return follower.catch_up(source, folder, progress, builders=BuilderPool(of_archive(archive.path), count))


@pytest.mark.parametrize("count", [1, 2])
def test_what_others_build_is_as_good(filled, count):
    told = []
    seen = set()

    def look(done: int, total: int, _what: str) -> None:
        told.append((done, total))
        seen.update(one.pid for one in workers())

    following = catch_up(filled, Progress(look), count)
    assert following.complete and following.state.records == 60
    assert len(seen) == count and not workers()
    assert told == sorted(told) and told[-1] == (60, 60)
    assert_sound(filled)


def test_many_changes_are_built_by_others_too(filled, monkeypatch):
    catch_up(filled)
    add(filled, *TEXTS)
    seen = set()
    catch_up(filled, Progress(lambda *_: seen.update(one.pid for one in workers())))
    assert seen
    assert_sound(filled)


def test_few_changes_start_no_process(archive, monkeypatch):
    monkeypatch.setattr(BuilderPool, "build", None)
    add(archive, *TEXTS)
    assert catch_up(archive).state.records == 60


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
@pytest.mark.parametrize("victims", [1, 2])
def test_killed_builders_lose_nothing(filled, victims):
    killed = []

    def kill(*_) -> None:
        alive = workers()
        if not killed and len(alive) >= victims:
            killed.extend(one.pid for one in alive[:victims])
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    assert catch_up(filled, Progress(kill)).complete
    assert len(killed) == victims
    assert_sound(filled)


@pytest.mark.skipif(os.name != "posix", reason="SIGSTOP")
def test_a_builder_that_hangs_is_replaced(filled, monkeypatch):
    monkeypatch.setattr(builders, "_SILENCE_SECONDS", 1.0)
    stopped = []

    def stop(*_) -> None:
        for one in workers()[: 1 if not stopped else 0]:
            os.kill(one.pid, signal.SIGSTOP)
            stopped.append(one.pid)

    assert catch_up(filled, Progress(stop)).complete
    assert stopped and not workers()
    assert_sound(filled)


def test_where_no_process_can_be_started_the_work_is_done_here(filled, monkeypatch):
    def refused(_self) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(builders._Work, "_start", refused)
    assert catch_up(filled).complete
    assert_sound(filled)


def test_cancelling_ends_the_builders(filled):
    progress = Progress(lambda done, _total, _what: progress.cancel() if done > 15 else None)
    with pytest.raises(Cancelled):
        catch_up(filled, progress)
    assert not workers()
    state = read_state(open_index(paths.index_dir(filled.id), checksums=True).schema)
    assert state.records < 60 and state.building_after is not None
    assert index_now(filled.path).indexed == 60
    assert not list(paths.index_dir(filled.id).glob("draft*"))
    assert_sound(filled)


def test_a_full_disk_in_a_builder_is_met_by_the_one_that_tells(filled, monkeypatch):
    """The builders cannot write; this process does their part, and would tell if it could not either."""
    folder = paths.index_dir(filled.id)
    real = BuilderPool.build

    def elsewhere(self, _folder: Path, batches, tell):
        return real(self, folder / "no such folder", batches, tell)

    monkeypatch.setattr(BuilderPool, "build", elsewhere)
    assert catch_up(filled).complete
    assert_sound(filled)


@pytest.mark.parametrize(
    ("plugged", "cores", "wanted"), [(True, 8, 2), (False, 8, 1), (None, 8, 2), (True, 1, 1)]
)
def test_how_many_depends_on_the_machine(monkeypatch, plugged, cores, wanted):
    battery = None if plugged is None else SimpleNamespace(power_plugged=plugged)
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert how_many() == wanted


def test_a_system_that_knows_no_battery_is_no_failure(monkeypatch):
    def unknown():
        raise NotImplementedError

    monkeypatch.setattr(psutil, "sensors_battery", unknown, raising=False)
    assert how_many() in (1, 2)


def test_parts_come_in_the_order_of_their_batches(filled):
    source, folder = ArchiveIndexSource(filled), paths.index_dir(filled.id)
    folder.mkdir(parents=True)
    keys = source.keys("", 60)
    batches = [keys[:40], keys[40:41], keys[41:]]
    with BuilderPool(of_archive(filled.path), 2).build(folder, iter(batches), lambda _: None) as parts:
        found = [part.done for part in itertools.chain(parts)]
    assert found == [40, 1, 19]
