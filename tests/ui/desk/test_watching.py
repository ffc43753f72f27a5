"""The watched folder in the window: off by default, quiet, once, and over restarts."""

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.operations.watching import Watch, read_seen, read_watch
from desktop.store import articles
from desktop.ui.settings.panel import PreferencesDialog
from desktop.ui.settings.watch import WatchPanel
from tests.windows import SLOW, open_window

__all__ = ["open_window"]


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "Входящие"
    found.mkdir()
    return found


@pytest.fixture
def open_watching(open_window, archive_path, qtbot, monkeypatch):
    """A window that looks every few milliseconds, and waits for nothing to settle."""
    monkeypatch.setattr("desktop.ui.desk.watching._SOON", 20)
    monkeypatch.setattr("desktop.ui.desk.watching._AGAIN", 20)

    def make():
        window = open_window(archive_path)
        window.watching.settled = 0.0
        qtbot.waitUntil(lambda: not window.session.busy)
        return window

    return make


@pytest.fixture
def window(open_watching):
    return open_watching()


def write(folder, name, words="Мост закроют на шесть недель, обещает город."):
    (folder / name).write_text(f"{name}\n\n{words} {name}", "utf-8")


def count(window):
    return articles.count(window.session.archive, articles.ArticleFilter())


def switch_on(qtbot, window, folder, **fields):
    window.watching.set_watch(Watch(True, str(folder), **fields))
    qtbot.waitUntil(lambda: read_seen(window.session.archive) is not None)


def told(window, words):
    return lambda: any(words in one for one in window.messages.told)


def test_it_is_off_until_somebody_switches_it_on(window):
    assert not window.watching.on
    assert window.status._watch.isHidden()


def test_what_comes_is_imported_quietly_and_once(qtbot, window, folder):
    switch_on(qtbot, window, folder, tag="входящие")
    qtbot.waitUntil(lambda: window.status._watch.text() == "Watching Входящие")
    write(folder, "march.txt")
    window.watching.look()
    qtbot.waitUntil(told(window, "1 article imported from Входящие."), timeout=SLOW)
    write(folder, "april.txt")
    qtbot.waitUntil(lambda: count(window) == 2, timeout=SLOW)  # the system told of it
    before = len(window.messages.told)
    window.watching.look()
    qtbot.waitUntil(lambda: not window.watching._busy)
    assert count(window) == 2
    assert not [one for one in window.messages.told[before + 1 :] if "imported" in one]


def test_what_was_there_is_left_alone_unless_asked_for(qtbot, window, folder):
    write(folder, "old.txt")
    switch_on(qtbot, window, folder)
    qtbot.waitUntil(told(window, "1 file is in Входящие already."))
    window.watching.look()
    qtbot.waitUntil(lambda: not window.watching._busy)
    assert count(window) == 0
    window.notice.act()
    qtbot.waitUntil(lambda: count(window) == 1, timeout=SLOW)


def test_a_restart_imports_nothing_twice(qtbot, open_watching, folder):
    window = open_watching()
    switch_on(qtbot, window, folder)
    write(folder, "march.txt")
    window.watching.look()
    qtbot.waitUntil(told(window, "1 article imported"), timeout=SLOW)
    window.close()
    again = open_watching()
    qtbot.waitUntil(lambda: again.watching.on and not again.watching._busy)
    again.watching.look()
    qtbot.waitUntil(lambda: not again.watching._busy)
    assert again.messages.told == []
    write(folder, "april.txt")
    again.watching.look()
    qtbot.waitUntil(told(again, "1 article imported"), timeout=SLOW)


def test_a_file_that_cannot_be_read_is_told_of_once(qtbot, window, folder):
    switch_on(qtbot, window, folder)
    (folder / "broken.zip").write_bytes(b"PK\x03\x04" + b"\x00" * 400)
    window.watching.look()
    qtbot.waitUntil(told(window, "1 file could not be imported from Входящие."), timeout=SLOW)
    before = list(window.messages.told)
    write(folder, "good.txt")
    window.watching.look()
    qtbot.waitUntil(told(window, "1 article imported from Входящие."), timeout=SLOW)
    assert [one for one in window.messages.told[len(before) :] if "could not" in one] == []


def test_a_folder_that_goes_and_returns(qtbot, window, folder):
    switch_on(qtbot, window, folder)
    shutil.move(folder, folder.with_name("elsewhere"))
    window.watching.look()
    qtbot.waitUntil(told(window, "is not there or cannot be read"))
    assert window.status._watch.text() == "Waiting for Входящие"
    before = len(window.messages.told)
    qtbot.waitUntil(lambda: not window.watching._busy)
    window.watching.look()
    qtbot.waitUntil(lambda: not window.watching._busy)
    assert len(window.messages.told) == before
    shutil.move(folder.with_name("elsewhere"), folder)
    write(folder, "march.txt")
    window.watching.look()
    qtbot.waitUntil(lambda: count(window) == 1, timeout=SLOW)
    assert window.status._watch.text() == "Watching Входящие"


def test_the_preferences_switch_it(qtbot, window, folder, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.looks.ask()
    panel = window.findChildren(WatchPanel)[0]
    panel.on.click()
    qtbot.waitUntil(lambda: window.watching.on)
    panel.tag.setText(" входящие / мост/")
    qtbot.keyClick(panel.tag, Qt.Key.Key_Return)
    wanted = Watch(True, str(folder), "входящие / мост", "")
    qtbot.waitUntil(lambda: read_watch(window.session.archive) == wanted)
    panel.on.click()
    qtbot.waitUntil(lambda: read_watch(window.session.archive) == replace(wanted, on=False))
    qtbot.waitUntil(window.status._watch.isHidden)
    window.findChildren(PreferencesDialog)[0].close()


def test_without_a_folder_it_stays_off(theme, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    panel = WatchPanel(theme, Watch())
    qtbot.addWidget(panel)
    panel.on.click()
    assert not panel.on.isChecked()
