"""Typing a search into the real window: how soon the answer stands there, and whether the window stops."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest

from desktop.operations.indexing import index_now
from desktop.ui.window import MainWindow
from tests.bench.archives import archive_of
from tests.bench.figures import Figure
from tests.bench.watching import Heartbeat, wait_for
from tests.bench.windows import window_on

ARTICLES = 100_000
QUERIES = (
    "дрон",
    "санкции переговоры",
    '"экспортный центр"',
    "бюджет lang:ru date:2024",
    "negotiations flood",
    "повінь OR санкції",
    "无人",
    "首相官邸",
    "перегов*",
    "наводнене~",
)
# Between two keys, in milliseconds: a quick typist.
BETWEEN = 80
PATIENCE = 600  # seconds


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    number = ARTICLES // divisor
    path = archive_of(number, folder)
    index_now(path)
    with window_on(path, folder) as window:
        wait_for(lambda: window.indexer.ready, PATIENCE)
        _step_into_field(window)
        _typed(window, "x")  # what is loaded with the first search is measured by itself
        heart = Heartbeat()
        spent = [_typed(window, query) for query in QUERIES for _ in range(3)]
        heart.stop()
    spent.sort()
    about = f"in {number:,} articles"
    yield Figure(f"result after the last key {about}, median", statistics.median(spent), "ms", limit=50)
    yield Figure(f"result after the last key {about}, worst", spent[-1], "ms")
    yield Figure(f"worst stall while searching {about}", heart.worst, "ms", limit=20)


def _step_into_field(window: MainWindow) -> None:
    """Results come to the front only for somebody who types into the field."""
    window.activateWindow()
    window.searching.field.focus()
    wait_for(window.searching.field.edit.hasFocus, 10)


def _typed(window: MainWindow, query: str) -> float:
    """Milliseconds from the last key until the list shows the answer."""
    edit = window.searching.field.edit
    edit.clear()
    for letter in query[:-1]:
        _press(window, letter)
        _pause(BETWEEN)
    began = time.perf_counter()
    _press(window, query[-1])
    loop = QEventLoop()
    window.searching.answered.connect(loop.quit)
    while not _answered(window, query):
        loop.exec()
    window.searching.answered.disconnect(loop.quit)
    assert window.shows_results
    window.searching.pane.repaint()
    return (time.perf_counter() - began) * 1000


def _press(window: MainWindow, letter: str) -> None:
    edit = window.searching.field.edit
    if letter.isascii():
        QTest.keyClick(edit, letter, Qt.KeyboardModifier.NoModifier)
    else:
        edit.insert(letter)
        edit.textEdited.emit(edit.text())


def _answered(window: MainWindow, query: str) -> bool:
    answer = window.searching.answer
    return answer is not None and answer.result.query == query


def _pause(milliseconds: int) -> None:
    until = time.perf_counter() + milliseconds / 1000
    wait_for(lambda: time.perf_counter() > until, 10)
