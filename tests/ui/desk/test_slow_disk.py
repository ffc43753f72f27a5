"""The window while the archive's disk is slow: nothing is waited for, the newest wish wins."""

import threading

import pytest

from desktop.store.archive import create_archive
from tests.archives import add
from tests.windows import open_window

__all__ = ["open_window"]


@pytest.fixture
def window(open_window, tmp_path):
    path = tmp_path / "slow.pressmark"
    with create_archive(path) as archive:
        for number in range(4):
            add(archive, f"Article {number}\nThe ferry is late, {number} hours.", language="en")
    return open_window(path)


@pytest.fixture
def disk(window):
    """Set: it answers again."""
    goes_on = threading.Event()
    window.session.glance(lambda _: goes_on.wait(60), lambda _: None)
    yield goes_on
    goes_on.set()


def choose(window, row):
    article_id = window.library.model.id_at(row)
    window.library.choose(article_id)
    return article_id


def test_an_article_follows_when_it_has_been_read(window, disk, qtbot):
    wanted = choose(window, 2)
    assert window.reading.article_id is None and window.reading.reader.text == ""
    disk.set()
    qtbot.waitUntil(lambda: window.reading.article_id == wanted)
    assert "late" in window.reading.reader.text


def test_the_newest_article_wins(window, disk, qtbot):
    choose(window, 1)
    choose(window, 2)
    wanted = choose(window, 3)
    disk.set()
    qtbot.waitUntil(lambda: window.loaded)
    assert window.reading.article_id == wanted


def test_the_place_to_go_to_is_kept_until_there_is_a_text(window, disk, qtbot):
    choose(window, 1)
    gone_to = []
    window.reading.reader.go_to = lambda *place: gone_to.append(place)
    window.reading.go_to(4, 9)
    assert gone_to == []
    disk.set()
    qtbot.waitUntil(lambda: window.reading.article_id is not None)
    assert gone_to == [(4, 9)]


def test_nothing_is_shown_when_the_archive_is_closed_meanwhile(window, disk):
    choose(window, 1)
    disk.set()
    window.session.close()
    assert window.reading.article_id is None
