"""What is done for an index while nothing else happens."""

import pytest

from desktop.search import comparing, writer
from desktop.search.follower import catch_up, locked
from desktop.search.tidying import Tidying
from desktop.search.writer import BatchWriter, IndexDamaged, open_index, read_state
from tests.search.conftest import article
from tests.search.test_follower import filled, indexed, spoil


@pytest.fixture
def tidying(finder):
    return Tidying(finder.source, finder.folder, lambda: False, again=3600.0)


def change_index(folder, *, removed=(), added=()) -> None:
    """As only a fault could."""
    opened = open_index(folder)
    with BatchWriter(opened) as changing:
        changing.remove(removed)
        changing.add(added)
        changing.commit(read_state(opened.schema))


def filled_finder(finder, count: int = 30):
    finder.source.put(*filled(count).live.values())
    catch_up(finder.source, finder.folder)


@pytest.mark.parametrize("fault", ["missing", "surplus", "twice", "differs"])
def test_what_differs_is_found_and_mended(finder, tidying, monkeypatch, fault):
    monkeypatch.setattr(comparing, "SLICE", 7)
    filled_finder(finder)
    removed = ["a:0013"] if fault in ("missing", "differs") else []
    added = {
        "missing": [],
        "surplus": [article("none", "номер13")],
        "twice": [article("0013", "номер13")],
        "differs": [article("0013", "другое")],
    }[fault]
    change_index(finder.folder, removed=removed, added=added)
    assert [tidying.compare() for _ in range(6)].count(True) == 1
    assert sorted(indexed(finder.folder)) == finder.source.keys("", 99)
    assert finder.find("номер13") == {"0013"} and finder.find("другое") == set()


def test_a_sound_index_is_left_alone(finder, tidying):
    filled_finder(finder)
    before = sorted(path.name for path in finder.folder.iterdir())
    assert not any(tidying.compare() for _ in range(3))
    assert sorted(path.name for path in finder.folder.iterdir()) == before


def test_changes_that_are_not_indexed_yet_are_no_difference(finder, tidying):
    filled_finder(finder)
    finder.source.edit("a:0003", text="правка")
    finder.source.remove("a:0004")
    finder.source.put(article("new", "новое"))
    assert not tidying.compare()


def test_all_is_compared_once_and_again_after_long(finder, monkeypatch):
    monkeypatch.setattr(comparing, "SLICE", 10)
    tidying = Tidying(finder.source, finder.folder, lambda: False, again=3600.0)
    filled_finder(finder, 25)
    asked = []
    keys = finder.source.keys
    finder.source.keys = lambda after, limit: asked.append(after) or keys(after, limit)
    for _ in range(9):
        tidying.compare()
    assert asked == ["", "a:0009", "a:0019"]
    tidying = Tidying(finder.source, finder.folder, lambda: False, again=0.0)
    for _ in range(4):
        tidying.compare()
    assert asked[3:] == ["", "a:0009", "a:0019", ""]


def test_a_flipped_bit_is_noticed_before_records_are_compared(finder, tidying):
    filled_finder(finder)
    (path,) = finder.folder.glob("*.seg")
    spoil(path, "flip")
    with pytest.raises(IndexDamaged):
        tidying.compare()


def test_another_processs_work_is_waited_for(finder, tidying):
    filled_finder(finder)
    change_index(finder.folder, removed=["a:0013"])
    with locked(finder.folder):
        assert not tidying.merge()
        assert not tidying.compare()
    assert tidying.compare()
    assert sorted(indexed(finder.folder)) == finder.source.keys("", 99)


def test_large_segments_are_joined_unless_something_happens(finder, monkeypatch):
    filled_finder(finder, 10)
    finder.put(more="номер10 ещё")
    monkeypatch.setattr(writer, "large_merge", lambda all_: all_ if len(all_) > 1 else [])
    assert not Tidying(finder.source, finder.folder, lambda: True, again=1.0).merge()
    assert len(list(finder.folder.glob("*.seg"))) == 2
    tidying = Tidying(finder.source, finder.folder, lambda: False, again=1.0)
    assert tidying.merge() and not tidying.merge()
    assert len(list(finder.folder.glob("*.seg"))) == 1
    assert sorted(indexed(finder.folder)) == finder.source.keys("", 99)
    assert finder.find("ещё") == {"more"}


def test_the_checksums_give_way_when_something_happens(finder):
    filled_finder(finder)
    (path,) = finder.folder.glob("*.seg")
    spoil(path, "flip")
    disturbed = [True, False]
    tidying = Tidying(finder.source, finder.folder, lambda: disturbed.pop(0), again=1.0)
    assert not tidying.compare()
    with pytest.raises(IndexDamaged):
        tidying.compare()
