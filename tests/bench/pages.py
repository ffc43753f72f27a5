"""The pages of a book of 500 pages: turning to them, scrolling them, making them larger."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop.app import application
from desktop.importing.pdf.drawing import Sheets
from desktop.store.archive import create_archive
from desktop.ui.pages.view import PagesView
from desktop.ui.theme import Theme
from desktop.ui.window import MainWindow
from tests.archives import DRONES, add
from tests.bench.figures import Figure
from tests.bench.watching import Heartbeat, wait_for
from tests.bench.windows import window_on
from tests.paged import book, keep

PAGES, TIMES, PLACES, TICKS = 500, 5, 200, 300
FRAME = 16  # milliseconds


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    made = book(PAGES // divisor, Theme(application()))
    path = folder / "book.pressmark"
    with create_archive(path) as archive:
        other, article = add(archive, DRONES), keep(archive, made)
    with window_on(path, folder) as window:
        wait_for(lambda: window.indexer.ready, 120)
        heart = Heartbeat()
        cold, warm, stalls = [], [], []
        for _ in range(TIMES):
            cold.append(_turn(window, other, article, heart, warm=False))
            warm.append(_turn(window, other, article, heart, warm=True))
            stalls.append(heart.worst)
        view = _view(window)
        floor = _floor(view, made.data)
        painted = _repaints(view)
        crisp, scrolling = _scroll(view, heart)
        larger = [_zoom(window) for _ in range(TIMES)]
    what = f"{PAGES // divisor} pages"
    name = "drawing what is in view in this process"
    yield Figure(f"turn to {what}, first crisp paint", statistics.median(warm), "ms", floor, name, limit=300)
    yield Figure("… right after choosing the article", statistics.median(cold), "ms", floor, name)
    yield Figure("worst stall while turning", statistics.median(stalls), "ms", limit=100)
    yield Figure("jump about, one repaint", statistics.median(painted), "ms")
    yield Figure("scroll, worst stall", scrolling, "ms", limit=100)
    yield Figure("scroll, frames that were not crisp", 100 * (1 - crisp), "%")
    yield Figure("zoom, crisp again", statistics.median(larger), "ms")


def _view(window: MainWindow) -> PagesView:
    view = window.reading.reader.pages
    assert view is not None
    return view


def _turn(window: MainWindow, other: str, article: str, heart: Heartbeat, *, warm: bool) -> float:
    """Milliseconds from the key until everything in view is painted at its full size.

    Args:
        warm: The article has been read for a moment, so that its pages are ready.
    """
    desk, reader = window.reading.pages, window.reading.reader
    desk.forget()
    window.library.choose(other)
    wait_for(lambda: window.reading.article_id == other and window.loaded, 30)
    window.library.choose(article)
    wait_for(lambda: window.reading.article_id == article and window.loaded, 30)
    if warm:
        wait_for(lambda: desk.ready, 60)
    heart.restart()
    began = time.perf_counter()
    window.actions_["turn_pages"].trigger()
    wait_for(lambda: reader.pages is not None and reader.shows_pages and reader.pages.crisp, 60)
    _view(window).viewport().repaint()
    return (time.perf_counter() - began) * 1000


def _floor(view: PagesView, data: bytes) -> float:
    """Milliseconds for the tiles of the first screen, without window, process or archive."""
    sheets, tiles = Sheets(data), view.tiles_in_view()
    began = time.perf_counter()
    for tile in tiles:
        sheets.draw(tile)
    return (time.perf_counter() - began) * 1000


def _repaints(view: PagesView) -> list[float]:
    bar, spent = view.verticalScrollBar(), []
    for place in range(PLACES):
        began = time.perf_counter()
        bar.setValue(bar.maximum() * place // PLACES)
        view.viewport().repaint()
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def _scroll(view: PagesView, heart: Heartbeat) -> tuple[float, float]:
    """Wheel through some pages, a notch a frame: the share of crisp frames, and the worst stall."""
    bar = view.verticalScrollBar()
    bar.setValue(0)
    wait_for(lambda: view.crisp, 30)
    crisp: list[bool] = []

    def tick() -> None:
        crisp.append(view.crisp)
        bar.setValue(bar.value() + bar.singleStep())

    timer = QTimer(interval=FRAME)
    timer.timeout.connect(tick)
    heart.restart()
    timer.start()
    wait_for(lambda: len(crisp) >= TICKS, 60)
    timer.stop()
    return sum(crisp) / len(crisp), heart.worst


def _zoom(window: MainWindow) -> float:
    view = _view(window)
    began = time.perf_counter()
    window.actions_["larger_text"].trigger()
    wait_for(lambda: view.crisp, 30)
    return (time.perf_counter() - began) * 1000
