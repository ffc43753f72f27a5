"""Starting: which archive is opened, what happens to faults, and pictures without a display."""

import sys
import threading

import pytest
from PySide6.QtGui import QImage

from desktop.app import first_archive, report_faults, screenshot
from desktop.core.errors import ArchiveMissing
from desktop.paths import data_dir
from desktop.store.archive import open_archive
from desktop.ui.settings.store import LAST_ARCHIVE, Settings
from tests.archives import DRONES, FLOOD, add
from tests.windows import open_window

__all__ = ["open_window"]


@pytest.fixture
def path(archive_path):
    with open_archive(archive_path) as archive:
        add(archive, FLOOD, language="ru")
        add(archive, DRONES, language="en")
    return archive_path


def test_a_named_archive_comes_before_the_last_one(tmp_path):
    settings = Settings(tmp_path / "settings.ini")
    assert first_archive([], settings) is None
    last = tmp_path / "Last.pressmark"
    settings.set(LAST_ARCHIVE, str(last))
    assert first_archive([], settings) is None, "it is gone"
    last.touch()
    assert first_archive([], settings) == last
    assert first_archive(["Other.pressmark"], settings).name == "Other.pressmark"


def test_faults_reach_the_person_as_a_report(qtbot, open_window, monkeypatch, caplog):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    window = open_window()
    report_faults(window)
    sys.excepthook(KeyError, KeyError("in the window"), None)
    hook = threading.ExceptHookArgs((KeyError, KeyError("in a thread"), None, None))
    threading.excepthook(hook)
    qtbot.waitUntil(lambda: len(window.messages.faults) == 2)
    assert "in the window" in window.messages.faults[0] and "in a thread" in window.messages.faults[1]


@pytest.mark.parametrize("dark", [False, True])
def test_a_picture_of_the_real_window(path, tmp_path, dark):
    picture = screenshot(path, tmp_path / "pictures" / "window.png", (1024, 700), dark, query="дрон")
    image = QImage(str(picture))
    ratio = image.devicePixelRatio()
    assert (image.width() / ratio, image.height() / ratio) == (1024, 700)
    assert (image.pixelColor(600, 650).lightness() < 128) is dark
    assert not (data_dir() / "settings.ini").exists(), "a picture changes no settings"


def test_a_picture_of_nothing_says_why(tmp_path):
    with pytest.raises(ArchiveMissing):
        screenshot(tmp_path / "gone.pressmark", tmp_path / "window.png")
