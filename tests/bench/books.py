"""A book of 500 pages, with its pages: opening, marking, jumping, turning and searching in it."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.pages import PageLine, PageMap
from desktop.core.records import AnnotationKind
from desktop.operations.marking import mark
from desktop.store.archive import Archive, create_archive
from desktop.store.history import operation
from desktop.ui.window import MainWindow
from tests.bench.corpus import long_article
from tests.bench.figures import Figure
from tests.bench.watching import Heartbeat, wait_for
from tests.bench.windows import Painted, window_on
from tests.paged import A4, Printed, keep

PAGES, MARKS, TIMES = 500, 300, 3
PARAGRAPHS, LETTERS = 24, 100  # of a page; of a paragraph, which stands in two lines
WIDE = 90  # tenths of a point that a letter takes
NEEDLE = "зимородками"  # stands once, near the end


def measure(folder: Path, divisor: int) -> Iterator[Figure]:
    yield from measure_book(folder, max(20, PAGES // divisor), MARKS // divisor)


def measure_book(folder: Path, pages: int, marks: int, times: int = TIMES) -> Iterator[Figure]:
    """Milliseconds of everything one does with a book, and how long the window stood still."""
    path = folder / "book.pressmark"
    with create_archive(path) as archive:
        short = keep(archive, _short())
        long = keep(archive, made_book(pages))
        _mark(archive, long, marks)
    with window_on(path, folder) as window:
        wait_for(lambda: window.indexer.ready, 600)
        scene = Scene(window, short, long)
        spent: dict[str, list[float]] = {}
        for _ in range(times):
            for name, value in scene.play():
                spent.setdefault(name, []).append(value)
    what = f"a book of {pages:,} pages"
    for name, values in spent.items():
        stall = name.startswith("worst stall")
        yield Figure(f"{what}: {name}", statistics.median(values), "ms", limit=100 if stall else None)


class Scene:
    """One sitting with the book; every act tells its time, and the worst stall meanwhile."""

    def __init__(self, window: MainWindow, short: str, long: str) -> None:
        self.window, self.short, self.long = window, short, long
        self.reader = window.reading.reader
        self.heart = Heartbeat()

    def play(self) -> Iterator[tuple[str, float]]:
        self._close()
        yield "first paint", self._timed(self._open)
        yield "worst stall while opening", self.heart.worst
        yield "jump to a hit near its end", self._timed(self._jump)
        yield "worst stall while jumping", self.heart.worst
        yield "all of it laid down", self._timed(lambda: self._until(lambda: self.reader.page.finished))
        yield "worst stall while reading on", self.heart.worst
        yield "mark words, until the card is there", self._timed(self._mark)
        yield "worst stall while marking", self.heart.worst
        yield "turn to the pages", self._timed(lambda: self._turn(pages=True))
        yield "worst stall while turning to the pages", self.heart.worst
        yield "turn to the text", self._timed(lambda: self._turn(pages=False))
        yield "worst stall while turning to the text", self.heart.worst
        yield "type a search, until it is answered", self._timed(self._search)
        yield "worst stall while searching", self.heart.worst
        self.window.searching.field.clear()
        self._until(lambda: self.window.loaded)

    def _timed(self, act: Callable[[], object]) -> float:
        """Milliseconds; what an act leaves behind for the event loop counts among its stalls."""
        self.heart.restart()
        began = time.perf_counter()
        act()
        spent = (time.perf_counter() - began) * 1000
        self._until(lambda: self.window.loaded)
        _rest(0.3)
        return spent

    def _until(self, condition: Callable[[], bool]) -> None:
        wait_for(condition, 60)

    def _close(self) -> None:
        self.window.reading.pages.forget()
        self.window.library.choose(self.short)
        self._until(lambda: self.window.reading.article_id == self.short and self.window.loaded)
        _rest(0.3)

    def _open(self) -> None:
        view = self.reader.page.viewport()
        painted = Painted(view, lambda: self.window.reading.article_id == self.long)
        self.window.library.choose(self.long)
        self._until(lambda: painted.at is not None)
        view.removeEventFilter(painted)

    def _jump(self) -> None:
        at = self.reader.text.index(NEEDLE)
        self.window.reading.set_hits({self.long: [(at, at + len(NEEDLE))]})
        self.window.reading.go_to(at, at + len(NEEDLE))
        self._until(lambda: self.reader.page.awaited is None)
        first, last = self.reader.sheet.visible()
        assert first <= self.reader.sheet.map.to_position(at) <= last

    def _mark(self) -> None:
        start = self.reader.text.index(NEEDLE)
        cards = self.window.reading.inspector.list.marks
        before = cards.total()
        self.reader.select(start, start + len(NEEDLE))
        self.window.reading.mark("highlight")
        self._until(lambda: cards.total() > before)

    def _turn(self, *, pages: bool) -> None:
        self.window.actions_["turn_pages"].trigger()
        self._until(lambda: self.reader.shows_pages is pages)

    def _search(self) -> None:
        field, desk = self.window.searching.field, self.window.searching
        for end in range(1, len(NEEDLE) + 1):
            field.edit.setText(NEEDLE[:end])
            _rest(0.03)
        self._until(lambda: desk.answer is not None and desk.answer.result.query == NEEDLE)


def _rest(seconds: float) -> None:
    """Let the event loop run on."""
    end = time.perf_counter() + seconds
    wait_for(lambda: time.perf_counter() > end, seconds + 60)


def made_book(pages: int) -> Printed:
    """Russian nonsense in short paragraphs, on pages that are white but for their map."""
    words = long_article(pages * PARAGRAPHS * LETTERS // 5).document.text.split()
    texts, at = [], 0
    for _ in range(pages * PARAGRAPHS):
        taken = ""
        while len(taken) < LETTERS:
            taken = f"{taken} {words[at]}".lstrip()
            at = (at + 1) % len(words)
        texts.append(taken)
    texts[-5] += f" {NEEDLE}"
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    lines = tuple(_lines(texts))
    return Printed(
        _white(pages), Document(blocks, Metadata(title="Книга", language="ru")), PageMap((A4,) * pages, lines)
    )


def _lines(texts: list[str]) -> Iterator[PageLine]:
    at = 0
    for number, text in enumerate(texts):
        page, row = divmod(number, PARAGRAPHS)
        half = len(text) // 2
        for part, (start, end) in enumerate(((0, half), (half, len(text)))):
            near = 500 + (row * 2 + part) * 150
            edges = [500 + letter * WIDE for letter in range(end - start + 1)]
            yield PageLine(page, at + start, row * LETTERS, edges, near, near + 130)
        at += len(text) + 1


def _white(pages: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    size = QPageSize(QSizeF(*A4), QPageSize.Unit.Point)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    for _ in range(pages - 1):
        writer.newPage()
    painter.end()
    return bytes(buffer.data())


def _short() -> Printed:
    document = Document((Block(BlockKind.PARAGRAPH, "Вода в реке поднялась."),), Metadata(title="Заметка"))
    return Printed(_white(1), document, PageMap((A4,), ()))


def _mark(archive: Archive, article_id: str, count: int) -> None:
    """Marks of all kinds all over the text."""
    length = archive.value("SELECT length(text) FROM captures WHERE article_id = ?", (article_id,))
    chance, kinds = random.Random(3), list(AnnotationKind)
    with operation(archive, "Mark"):
        for number in range(count):
            start = chance.randrange(length - 400)
            mark(archive, article_id, kinds[number % 4], [(start, start + chance.randint(20, 400))])
