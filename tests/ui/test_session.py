"""The session opens, runs, undoes, and notices what others write."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from desktop.core.errors import ArchiveMissing, NotFound
from desktop.operations import library, saved_searches
from desktop.store import articles
from desktop.store.archive import create_archive, open_archive
from desktop.ui.session import Session
from tests.archives import DRONES, FLOOD, add


@pytest.fixture
def path(empty_archive, tmp_path):
    path = Path(shutil.copy(empty_archive, tmp_path / "Причал.pressmark"))
    with open_archive(path) as archive:
        add(archive, FLOOD)
    return path


@pytest.fixture
def session(qtbot, path):
    session = Session()
    with qtbot.waitSignal(session.opened):
        session.open(path)
    yield session
    session.shut_down()


def only(session):
    return articles.article_ids(session.archive)[0]


def read_state(session):
    return str(articles.article(session.archive, only(session)).read_state)


def test_an_opened_archive_can_be_read_and_written(session, path):
    assert session.is_open and session.writable
    assert session.path == path
    assert articles.count(session.archive) == 1


def test_an_operation_announces_its_changes_and_can_be_undone(qtbot, session):
    article_id = only(session)
    with qtbot.waitSignal(session.history_changed), qtbot.waitSignal(session.changed) as caught:
        session.run(library.set_read_state, [article_id], "read")
    assert caught.args[0].articles == {article_id}
    assert read_state(session) == "read"
    assert session.undo_label == "Mark article as read"
    with qtbot.waitSignal(session.changed):
        session.undo()
    assert read_state(session) == "unread"
    assert session.redo_label == "Mark article as read"


def test_its_own_changes_are_not_taken_for_those_of_others(qtbot, session):
    stirred = []
    session.stirred.connect(lambda: stirred.append(1))
    with qtbot.waitSignal(session.changed):
        session.run(library.set_read_state, [only(session)], "read")
    session.look()
    assert stirred == []


def test_what_another_process_writes_is_noticed(qtbot, session, path):
    with qtbot.waitSignal(session.stirred), open_archive(path) as other:
        add(other, DRONES)
    assert articles.count(session.archive) == 2


def test_a_failed_operation_is_announced_and_changes_nothing(qtbot, session):
    with qtbot.waitSignal(session.failed) as caught:
        session.run(saved_searches.delete_search, "nobody")
    assert isinstance(caught.args[0], NotFound)


def test_a_missing_archive_leaves_the_present_one_open(qtbot, session, tmp_path):
    with qtbot.waitSignal(session.open_failed) as caught:
        session.open(tmp_path / "gone.pressmark")
    assert isinstance(caught.args[1], ArchiveMissing)
    assert session.is_open and articles.count(session.archive) == 1


def test_another_archive_takes_the_place_of_the_first(qtbot, session, tmp_path):
    create_archive(tmp_path / "Second.pressmark").close()
    with qtbot.waitSignals([session.closed, session.opened]):
        session.open(tmp_path / "Second.pressmark")
    assert session.title == "Second" and articles.count(session.archive) == 0


def test_long_work_runs_beside_and_stirs(qtbot, session):
    done = []
    with qtbot.waitSignal(session.stirred):
        session.beside(lambda archive, _: add(archive, DRONES), "Importing", done.append)
    assert articles.count(session.archive) == 2
    qtbot.waitUntil(lambda: len(done) == 1)


def test_reading_runs_away_from_the_window(qtbot, session):
    counts = []
    session.read(articles.count, counts.append)
    qtbot.waitUntil(lambda: counts == [1])


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions bind here")
def test_an_archive_without_permission_is_read_only(qtbot, path):
    path.chmod(0o444)
    path.parent.chmod(0o555)
    session = Session()
    with qtbot.waitSignal(session.opened):
        session.open(path)
    assert not session.writable and session.read_only_reason is not None
    session.shut_down()
    path.parent.chmod(0o755)


def test_closing_leaves_one_file(qtbot, session, path):
    with qtbot.waitSignal(session.changed):
        session.run(library.set_read_state, [only(session)], "read")
    session.shut_down()
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(path.stem)] == [path.name]
