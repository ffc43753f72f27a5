"""Files that hold several: looked into, chosen from, imported; many files at once ask nothing."""

import shutil
import threading
import zipfile
from pathlib import Path

import pytest

from desktop.operations import extracting
from desktop.store import articles
from desktop.ui.importing.chooser import PartsChooser
from tests.windows import SLOW, open_window

__all__ = ["open_window"]

NOTES = {
    "letters/march.txt": "Мартовское письмо\n\nМост закроют на шесть недель, обещает город.",
    "letters/april.txt": "Апрельское письмо\n\nПаром откроют раньше, чем думали в городе.",
    "letters/may.txt": "Майское письмо\n\nВ мае всё ещё ходит паром, пишет читатель.",
}


@pytest.fixture
def window(open_window, archive_path):
    return open_window(archive_path)


@pytest.fixture
def bundle(tmp_path):
    path = tmp_path / "letters.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, text in NOTES.items():
            file.writestr(name, text)
    return path


def asked(window):
    return window.findChildren(PartsChooser)


def titles(window):
    archive = window.session.archive
    ids = articles.article_ids(archive, articles.ArticleFilter(), articles.ArticleSort.TITLE, False)
    return [row.title for row in articles.article_rows(archive, ids)]


def test_one_file_that_holds_several_is_chosen_from(qtbot, window, bundle):
    window.files.offer([bundle])
    qtbot.waitUntil(lambda: bool(asked(window)), timeout=SLOW)
    chooser = asked(window)[0]
    assert titles(window) == []
    assert chooser.model.total == 3
    chooser.filter.setText("april")
    chooser.none.click()
    chooser.accept_choice()
    qtbot.waitUntil(lambda: len(titles(window)) == 2, timeout=SLOW)
    assert titles(window) == ["Майское письмо", "Мартовское письмо"]
    qtbot.waitUntil(lambda: "2 added." in window.messages.told, timeout=SLOW)


def test_many_files_are_imported_without_a_question(qtbot, window, bundle, tmp_path):
    other = Path(shutil.copy(bundle, tmp_path / "copy.zip"))
    window.files.offer([bundle, other])
    qtbot.waitUntil(lambda: len(titles(window)) == 3, timeout=SLOW)
    qtbot.waitUntil(lambda: not window.session.free.jobs, timeout=SLOW)
    assert asked(window) == []


def test_a_file_that_cannot_be_looked_into_is_told_of_in_the_report(qtbot, window, tmp_path):
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04" + b"\x00" * 400)
    window.files.offer([broken])
    qtbot.waitUntil(lambda: any("could not be imported" in one for one in window.messages.told), timeout=SLOW)
    assert asked(window) == []


def test_looking_into_a_file_can_be_stopped(qtbot, window, bundle, monkeypatch):
    monkeypatch.setattr(extracting, "entries", endless)
    window.files.offer([bundle])
    qtbot.waitUntil(lambda: window.status.words.startswith("Looking into letters.zip"))
    window._cancel(window.session.free.jobs[0].number)
    qtbot.waitUntil(lambda: "The import was stopped. Nothing was imported." in window.messages.told)
    assert titles(window) == [] and asked(window) == []


def endless(_path, progress):
    """A file so large that its listing never ends."""
    pause = threading.Event()
    while not pause.wait(0.01):
        progress.check()
