"""Answers come back to the GUI thread, newest wins, quitting waits."""

import threading
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject

from desktop.core.errors import Cancelled
from desktop.jobs.lanes import ArchiveLane, FreeLane


class Connection:
    """Stands for an archive: knows the thread it was opened in and whether it is open."""

    opened: ClassVar[list["Connection"]] = []

    def __init__(self):
        self.thread = threading.get_ident()
        self.open = True
        Connection.opened.append(self)

    def close(self):
        assert threading.get_ident() == self.thread
        self.open = False


class Listener(QObject):
    def __init__(self):
        super().__init__()
        self.answers, self.errors, self.threads = [], [], set()

    def done(self, value):
        self.answers.append(value)
        self.threads.add(threading.get_ident())

    def failed(self, error):
        self.errors.append(error)


@pytest.fixture
def lane(qapp):
    Connection.opened = []
    lane = ArchiveLane(Connection)
    yield lane
    lane.close()


@pytest.fixture
def free(qapp):
    lane = FreeLane()
    yield lane
    lane.close()


def test_jobs_share_one_connection_and_answer_in_the_gui_thread(qtbot, lane):
    listener = Listener()
    for number in range(5):
        lane.submit(lambda connection, _, n=number: (n, connection.thread), listener.done)
    qtbot.waitUntil(lambda: len(listener.answers) == 5)
    assert [n for n, _ in listener.answers] == [0, 1, 2, 3, 4]
    assert {thread for _, thread in listener.answers} == {Connection.opened[0].thread}
    assert len(Connection.opened) == 1
    assert listener.threads == {threading.get_ident()}


def test_a_lane_closes_its_connection_in_its_own_thread(qtbot, lane):
    with qtbot.waitSignal(lane.ended):
        lane.submit(lambda connection, _: connection.thread)
    lane.close()
    assert not Connection.opened[0].open


def test_an_opener_that_failed_is_tried_again(qtbot, qapp):
    tries = []

    def opener():
        tries.append(1)
        if len(tries) == 1:
            raise OSError("not yet")
        return Connection()

    lane, listener = ArchiveLane(opener), Listener()
    lane.submit(lambda *_: "first", listener.done, listener.failed)
    lane.submit(lambda *_: "second", listener.done, listener.failed)
    qtbot.waitUntil(lambda: listener.answers == ["second"])
    assert isinstance(listener.errors[0], OSError)
    lane.close()


def test_only_the_newest_of_a_slot_answers(qtbot, free):
    listener, gate = Listener(), threading.Event()
    free.submit(lambda _: gate.wait(5), listener.done, slot="search")
    for number in range(10):
        free.submit(lambda _, n=number: n, listener.done, slot="search")
    gate.set()
    qtbot.waitUntil(lambda: listener.answers == [9])
    qtbot.waitUntil(lambda: not free.jobs)
    assert listener.answers == [9]


def test_a_cancelled_job_says_so(qtbot, free):
    listener, started = Listener(), threading.Event()

    def work(progress):
        started.set()
        while True:
            progress.check()

    job = free.submit(work, listener.done, listener.failed, title="Endless")
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: len(listener.errors) == 1)
    assert isinstance(listener.errors[0], Cancelled)


def test_progress_reaches_the_job(qtbot, free):
    seen = []
    free.advanced.connect(lambda job: seen.append((job.title, job.done, job.total, job.what)))
    with qtbot.waitSignal(free.ended):
        free.submit(lambda progress: progress.report(3, 3, "page.html"), title="Import")
    assert seen == [("Import", 3, 3, "page.html")]


def test_a_failure_nobody_listens_to_is_announced(qtbot, free):
    with qtbot.waitSignal(free.failed) as caught:
        free.submit(lambda _: 1 / 0)
    assert isinstance(caught.args[0].error, ZeroDivisionError)


def test_a_widget_that_has_gone_hears_nothing(qtbot, free):
    listener, gate = Listener(), threading.Event()
    answers = listener.answers
    free.submit(lambda _: gate.wait(5), listener.done)
    listener.deleteLater()
    qtbot.waitUntil(lambda: not _valid(listener))
    with qtbot.waitSignal(free.ended):
        gate.set()
    assert answers == []


def test_closing_waits_for_running_jobs_and_delivers_nothing(qtbot, qapp):
    lane, listener, finished = FreeLane(), Listener(), []

    def work(progress):
        while not progress.cancelled:
            pass
        finished.append(True)
        return "late"

    started = lane.submit(work, listener.done)
    assert started in lane.jobs
    lane.close()
    qapp.processEvents()
    assert lane.jobs == [] and listener.answers == []
    assert finished in ([], [True])  # it had perhaps not begun


def test_a_listener_that_fails_does_not_leave_the_job_running(qtbot, free):
    def fail(_):
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught, qtbot.waitSignal(free.ended):
        free.submit(lambda _: 1, fail, title="Shown")
    assert free.jobs == [] and caught[0][0] is ZeroDivisionError


def _valid(thing):
    import shiboken6

    return shiboken6.isValid(thing)


def test_closing_makes_the_changes_that_still_wait(qtbot, qapp):
    lane, begun, go_on, made = ArchiveLane(Connection), threading.Event(), threading.Event(), []

    def first(connection, progress):
        begun.set()
        go_on.wait(5)
        made.append("first")

    lane.submit(first)
    lane.submit(lambda connection, progress: made.append("second"))
    lane.submit(lambda connection, progress: made.append("long"), title="Importing")
    assert begun.wait(5)
    threading.Timer(0.05, go_on.set).start()
    lane.close()
    assert made == ["first", "second"]
    assert not Connection.opened[-1].open
