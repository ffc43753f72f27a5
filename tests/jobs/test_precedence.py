"""Cyclic garbage is collected by the window's thread alone."""

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.jobs.precedence import SWITCH, Collector, put_window_first


class Cycle:
    """Garbage that only a collection finds; tells which thread found it."""

    def __init__(self, found_in: list[str]) -> None:
        self.me = self
        weakref.finalize(self, lambda: found_in.append(threading.current_thread().name))


@pytest.fixture
def collector(qapp: QObject) -> Iterator[Collector]:
    interval = sys.getswitchinterval()
    made = put_window_first(qapp)
    yield made
    made.end()
    made.deleteLater()
    sys.setswitchinterval(interval)


def litter(found_in: list[str]) -> None:
    for _ in range(3 * gc.get_threshold()[0]):
        Cycle(found_in)


def test_a_lane_never_collects(collector: Collector) -> None:
    found_in: list[str] = []
    thread = threading.Thread(target=litter, args=(found_in,), name="lane")
    thread.start()
    thread.join()
    assert found_in == []


def test_the_window_collects_what_a_lane_left(collector: Collector, qtbot: QtBot) -> None:
    found_in: list[str] = []
    thread = threading.Thread(target=litter, args=(found_in,), name="lane")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(found_in) == 3 * gc.get_threshold()[0])
    assert set(found_in) == {threading.main_thread().name}


def test_little_garbage_is_left_for_later(collector: Collector) -> None:
    gc.collect()
    found_in: list[str] = []
    Cycle(found_in)
    collector.collect()
    assert found_in == []


def test_what_is_there_to_stay_is_gone_through_only_once_it_has_grown(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    ages: list[int] = []
    collect = gc.collect

    def told(age: int) -> None:
        ages.append(age)
        collect(age)

    monkeypatch.setattr(gc, "collect", told)
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 11))
    collector.collect()
    collector.collect()
    assert ages == [2, 1]
    grown = [[] for _ in range(len(gc.get_objects(2)))]  # type: ignore[var-annotated]
    collect(1)
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 22))
    collector.collect()
    assert ages == [2, 1, 2]
    assert grown


def test_python_collects_by_itself_again_at_the_end(qapp: QObject) -> None:
    collector = Collector(qapp)
    assert not gc.isenabled()
    collector.end()
    assert gc.isenabled()
    collector.deleteLater()


def test_lanes_give_way_soon(collector: Collector) -> None:
    assert sys.getswitchinterval() == pytest.approx(SWITCH)
