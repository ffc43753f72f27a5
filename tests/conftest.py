"""Fixtures for every test: an offscreen Qt, folders of its own, and nothing left behind."""

import gc
import logging
import multiprocessing
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import hypothesis
import psutil
import pytest
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["LC_ALL"] = "C.UTF-8"

BESIDE = [folder / "shared" for folder in Path(__file__).parents[2:4]]  # of the checkout, or of its worktrees
SHARED = Path(os.environ.get("PRESSMARK_SHARED") or next(filter(Path.is_dir, BESIDE), BESIDE[0]))
PATIENCE = 20_000  # milliseconds
FAILED = pytest.StashKey[bool]()

# Libraries that log about odd pages, which are our material; what we make of them is tested.
TALKATIVE = ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer", "chardet", "dateparser")

# The build machine repeats the same examples; people, and `make fuzz`, explore new ones.
hypothesis.settings.register_profile(
    "pressmark",
    deadline=None,
    max_examples=int(os.environ.get("PRESSMARK_EXAMPLES", "100")),
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    database=None,
    derandomize="CI" in os.environ,
)
hypothesis.settings.load_profile("pressmark")


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """No test sees the person's own settings, index or archives."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PRESSMARK_CACHE", str(home / "cache"))
    monkeypatch.setenv("PRESSMARK_DATA", str(home / "data"))


@pytest.fixture
def shared() -> Path:
    """The team's test data, used in place; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no shared test data beside this checkout")
    return SHARED


class PatientBot(QtBot):
    """Waits four times as long for an event: a busy machine is no failure."""

    def waitUntil(self, callback, *, timeout=PATIENCE):
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=PATIENCE, **options):
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitSignals(self, signals, *, timeout=PATIENCE, **options):
        return super().waitSignals(signals, timeout=timeout, **options)


@pytest.fixture
def qtbot(qapp, request) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def archive_template(tmp_path_factory) -> Path:
    """An empty archive, migrated once."""
    from desktop.store.archive import create_archive

    path = tmp_path_factory.mktemp("template") / "template.pressmark"
    create_archive(path).close()
    return path


@pytest.fixture
def archive_path(archive_template, tmp_path) -> Path:
    """An empty archive file of the test's own. All of them carry the same archive id."""
    return Path(shutil.copyfile(archive_template, tmp_path / "test.pressmark"))


@pytest.fixture
def archive(archive_path) -> Iterator:
    """The same, open for writing."""
    from desktop.store.archive import open_archive

    with open_archive(archive_path) as opened:
        yield opened


def pytest_sessionfinish():
    """Empty Qt's offscreen clipboard: what Python put there would outlive Python, and crash as it ends."""
    from PySide6.QtGui import QGuiApplication

    if isinstance(QGuiApplication.instance(), QGuiApplication):
        QGuiApplication.clipboard().clear()


# What a test leaves behind -----------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(autouse=True)
def leaves_nothing(request, own_folders) -> Iterator[None]:
    """No thread, child process or window outlives its test, and no warning is logged in passing.

    Tests that expect warnings read them with ``caplog``.
    """
    threads, children = set(threading.enumerate()), set(child_processes())
    windows = set(top_level_windows())
    with LoggedWarnings() as warnings:
        yield
    if request.node.stash.get(FAILED, False):
        return  # a failed test's frames keep things alive, and one message is enough
    left = [f"thread {thread.name}" for thread in left_threads(threads)]
    left += [f"process {name}" for name in left_children(children)]
    left += [f"window {name}" for name in left_windows(windows)]
    assert not left, f"left behind: {', '.join(left)}"
    if "caplog" not in request.fixturenames:
        assert not warnings, f"logged: {'; '.join(warnings)}"


class LoggedWarnings(logging.Handler):
    """Collects what is logged as a warning or worse while it is entered."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] not in TALKATIVE:
            self.lines.append(f"{record.name}: {record.getMessage()}")

    def __enter__(self) -> list[str]:
        logging.getLogger().addHandler(self)
        return self.lines

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)


def left_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    """Threads of the test that do not end by themselves within two seconds.

    Dummies stand for threads of Qt's own pool and are never removed by Python 3.11.
    """
    new = [thread for thread in threading.enumerate() if thread not in before]
    ours = [thread for thread in new if not isinstance(thread, threading._DummyThread)]
    for thread in ours:
        thread.join(2)
    return [thread for thread in ours if thread.is_alive()]


def child_processes() -> list[psutil.Process]:
    """Without multiprocessing's own helper, which lives as long as the interpreter."""
    multiprocessing.active_children()  # waits for those that have ended
    found = []
    for pid in child_pids():
        with suppress(psutil.NoSuchProcess):
            found.append(psutil.Process(pid))
    return [child for child in found if "resource_tracker" not in command(child)]


def child_pids() -> list[int]:
    """As Linux keeps them for each thread: a hundred times faster than looking through all processes."""
    lists = list(Path("/proc/self/task").glob("*/children"))
    if not lists:
        return [child.pid for child in psutil.Process().children()]
    found: list[int] = []
    for path in lists:
        with suppress(OSError):  # the thread has ended meanwhile
            found += map(int, path.read_text().split())
    return found


def command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def left_children(before: set[psutil.Process]) -> list[str]:
    new = [child for child in child_processes() if child not in before]
    _, alive = psutil.wait_procs(new, timeout=3)
    names = [
        command(child) for child in alive if child.is_running() and child.status() != psutil.STATUS_ZOMBIE
    ]
    for child in alive:
        child.kill()
    return names


def top_level_windows() -> dict[int, str]:
    """The windows without a parent by their address, save those that Qt makes for itself."""
    import shiboken6
    from PySide6.QtWidgets import QApplication

    if not isinstance(QApplication.instance(), QApplication):
        return {}
    return {
        shiboken6.getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.windowTitle()!r}"
        for widget in QApplication.topLevelWidgets()
        if widget.parent() is None and widget.metaObject().className() != "QTipLabel"
    }


def left_windows(before: set[int]) -> list[str]:
    """Windows that neither deletion nor the garbage collector takes away."""
    from PySide6.QtCore import QCoreApplication, QEvent

    if not QCoreApplication.instance():
        return []
    for tidy in (lambda: None, gc.collect):
        tidy()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        left = [name for address, name in top_level_windows().items() if address not in before]
        if not left:
            break
    return left
