"""A window on a small archive of ten articles, and what tests do in it."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.store import annotations
from desktop.store.archive import open_archive
from tests.archives import DRONES, FLOOD, add
from tests.windows import open_window

__all__ = ["open_window"]


@pytest.fixture
def path(empty_archive, tmp_path):
    path = Path(shutil.copy(empty_archive, tmp_path / "River.pressmark"))
    with open_archive(path) as archive:
        add(archive, FLOOD, publisher="Вести", language="ru", published_at="2026-03-01")
        add(archive, DRONES, publisher="The Times", language="en", published_at="2026-02-11")
        for number in range(8):
            add(archive, f"Article {number}\nThe ferry is late again.", language="en")
    return path


@pytest.fixture
def window(open_window, path):
    return open_window(path)


def titles(window):
    model = window.library.model
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def open_titled(qtbot, window, title):
    qtbot.waitUntil(lambda: title in titles(window))
    row = titles(window).index(title)
    window.library.pane.view.setCurrentIndex(window.library.model.index(row, 0))
    qtbot.waitUntil(lambda: window.reading.article_id == window.library.model.id_at(row))
    return window.reading.article_id


def select(window, words):
    start = window.reading.reader.text.index(words)
    window.reading.reader.select(start, start + len(words))


def marks(window):
    return annotations.annotations_of(window.session.archive, window.reading.article_id)


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(window.focusWidget() or window, key, modifier)
