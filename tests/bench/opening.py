"""Opening and scrolling an article of 10,000 words with 300 marks."""

import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QAbstractScrollArea, QTextBrowser

from desktop.core.records import AnnotationKind
from desktop.operations.marking import mark
from desktop.store.archive import Archive, create_archive
from desktop.store.history import operation
from desktop.ui.window import MainWindow
from tests.bench.archives import fill
from tests.bench.corpus import articles, long_article
from tests.bench.figures import Figure
from tests.bench.watching import Heartbeat, wait_for
from tests.bench.windows import Painted, window_on

WORDS, MARKS = 10_000, 300
TIMES, PLACES = 9, 200
FLOOR = "the bare text in a QTextBrowser"


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    path = folder / "long.pressmark"
    with create_archive(path) as archive:
        short, long = fill(archive, [next(articles(1)), long_article(WORDS // divisor)])
        text = _mark(archive, long, MARKS // divisor)
    with window_on(path, folder) as window:
        wait_for(lambda: window.indexer.ready, 120)
        heart = Heartbeat()
        opened = [_open(window, short, long) for _ in range(TIMES)]
        stall = heart.worst
        painted = _scroll(window.reading.reader.page)
        floor_opened, floor_painted = _floors(window, text)
    what = f"{WORDS // divisor:,} words, {MARKS // divisor} marks"
    yield Figure(f"open {what}, first paint", statistics.median(opened), "ms", floor_opened, FLOOR, limit=100)
    yield Figure("worst stall while opening", stall, "ms", limit=100)
    yield Figure("scroll it, one repaint", statistics.median(painted), "ms", floor_painted, FLOOR)
    yield Figure("scroll it, worst repaint", max(painted), "ms", limit=100)


def _mark(archive: Archive, article_id: str, count: int) -> str:
    """Marks of all kinds all over the text, many of them overlapping; returns the text."""
    text = archive.value("SELECT text FROM captures WHERE article_id = ?", (article_id,))
    chance, kinds = random.Random(3), list(AnnotationKind)
    with operation(archive, "Mark"):
        for number in range(count):
            start = chance.randrange(len(text) - 400)
            mark(archive, article_id, kinds[number % 4], [(start, start + chance.randint(20, 400))])
    return str(text)


def _open(window: MainWindow, short: str, long: str) -> float:
    """Milliseconds from choosing it in the list until its first screen is painted with its marks."""
    window.library.choose(short)
    wait_for(lambda: window.reading.article_id == short and window.loaded, 30)
    view, reader = window.reading.reader.page.viewport(), window.reading.reader
    painted = Painted(view, lambda: window.reading.article_id == long and len(reader.text) > 0)
    began = time.perf_counter()
    window.library.choose(long)
    wait_for(lambda: painted.at is not None, 30)
    view.removeEventFilter(painted)
    wait_for(lambda: window.loaded, 30)
    assert painted.at is not None
    return (painted.at - began) * 1000


def _scroll(area: QAbstractScrollArea) -> list[float]:
    """Milliseconds of each repaint, at places all over the text."""
    bar, spent = area.verticalScrollBar(), []
    for place in range(PLACES):
        began = time.perf_counter()
        bar.setValue(bar.maximum() * place // PLACES)
        area.viewport().repaint()
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def _floors(window: MainWindow, text: str) -> tuple[float, float]:
    """Setting the text and painting it first, and a repaint, without marks, structure or archive."""
    browser = QTextBrowser()
    browser.resize(window.reading.reader.page.size())
    browser.show()
    shown = Painted(browser.viewport(), lambda: True)
    wait_for(lambda: shown.at is not None, 10)
    began = time.perf_counter()
    browser.setPlainText(text)
    browser.viewport().repaint()
    opened = (time.perf_counter() - began) * 1000
    spent = _scroll(browser)
    browser.close()
    return opened, statistics.median(spent)
