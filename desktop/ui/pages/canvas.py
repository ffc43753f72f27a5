"""Pages in a scroll area: how large they are, which are in view, and the tiles that are missing."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop.core.pages import PageMap
from desktop.operations.pages import Tile
from desktop.ui.pages.layout import STEP, Fit, PageLayout, fitting, limited
from desktop.ui.pages.painting import PagesPainter
from desktop.ui.pages.places import boxes_on, caret_place
from desktop.ui.pages.scene import PageScene, PointMap
from desktop.ui.pages.tiles import TileCache, rough
from desktop.ui.reader.marks import MarkIndex
from desktop.ui.theme import Theme

_LINE = 48  # pixels of one step of the scroll bar
_ABOVE = 12  # pixels that are left above a line at the top
_PATIENCE = 300  # milliseconds that an empty page may stay empty without a word
_FAR = 5000  # code points: no view holds the end of what is longer
_NOTHING = PageMap(())
Place = tuple[int, float]  # a page, and points of it above the upper edge of the view


class PagesCanvas(QAbstractScrollArea):
    """The pages of one capture. Positions are code points of the canonical text.

    Signals:
        scrolled: Another part is in view.
        arranged: Places have changed: pages have another size, or there are others.
        selected: The selection may have changed.
        tiles_wanted: A list, the most urgent first; what was wanted before is no longer.
        page_changed: (number from 0) of the page that is read.

    Attributes:
        map: As the text view has one; here it changes nothing.
        canonical: The text.
        scene: What is drawn on the pages.
    """

    scrolled = Signal()
    arranged = Signal()
    selected = Signal()
    tiles_wanted = Signal(object)
    page_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.canonical = ""
        self.map = PointMap("")
        self.scene = PageScene(_NOTHING, MarkIndex([], self.map))
        self.cache = TileCache()
        self._fit, self._zoom = Fit.WIDTH, 1.0
        self._layout = PageLayout((), 1.0, 1.0, 0)
        self._anchor: Place | None = None  # what stands at the top, until the person scrolls
        self._placing = False
        self._ends = (0, 0)
        self._page, self._downwards = 0, True
        self._beside: QWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self._admit_waiting)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setCornerWidget(QWidget())  # else the style draws one of its own between the scroll bars
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(_LINE)
        self.horizontalScrollBar().setSingleStep(_LINE)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(self._on_scrolled)

    # Content

    def show_pages(self, pages: PageMap, text: str) -> None:
        """Show other pages from the first one; pictures of them are asked for."""
        self.canonical, self.map = text, PointMap(text)
        self.scene = PageScene(pages, MarkIndex([], self.map))
        self.cache.clear()
        self._ends, self._anchor, self._page = (0, 0), None, 0
        self._arrange()
        self._scroll_to(0)
        self.horizontalScrollBar().setValue(0)
        self.page_changed.emit(0)

    def take(self, tile: Tile, pixels: bytes) -> None:
        """A tile that was wanted."""
        self.cache.put(tile, pixels)
        if not self._bare_in_view():
            self._patience.stop()
            self.scene.waiting = False
        if tile.page in self._in_view():
            self.viewport().update(self._to_viewport(self._layout.box(tile.page)))

    def refuse(self, page: int | None, reason: str) -> None:
        """A page, or with None the whole PDF, cannot be drawn."""
        self.scene.refused[page] = reason
        self.viewport().update()

    def ask_again(self) -> None:
        """Whoever draws the tiles has just come: what is missing is wanted of it."""
        self._soon.start()

    @property
    def count(self) -> int:
        """Of pages."""
        return len(self._layout)

    @property
    def crisp(self) -> bool:
        """Everything in view is there at its full size."""
        return bool(self.count) and not self._missing()

    # Size

    @property
    def zoom(self) -> float:
        """1 for 100 %."""
        return self._layout.zoom

    @property
    def fit(self) -> Fit:
        return self._fit

    def set_fit(self, fit: Fit) -> None:
        """Make pages as large as there is room, now and when the room changes."""
        self._fit = fit
        self._resize_pages()

    def zoom_by(self, steps: int, at: QPoint | None = None) -> None:
        """Larger or smaller; the point ``at`` of the viewport stays where it is."""
        spot = QPointF(at) if at is not None else QPointF(self.viewport().width() / 2, 0)
        content = spot + self._origin()
        page = self._layout.page_at(content.y()) if self.count else 0
        on_page = self._layout.to_page(page, content) if self.count else (0.0, 0.0)
        self._fit, self._zoom = Fit.ZOOM, limited(self.zoom * STEP**steps)
        self._arrange()
        if self.count:
            box, scale = self._layout.box(page), self._layout.scale
            self._scroll_to(round(box.top() + on_page[1] * scale - spot.y()))
            self.horizontalScrollBar().setValue(round(box.left() + on_page[0] * scale - spot.x()))

    def _resize_pages(self) -> None:
        place = self.place()
        self._arrange()
        self.go_to_place(place)

    def _arrange(self) -> None:
        """Lay the pages out at the size that is wanted, and tell the scroll bars."""
        sizes, room = self.scene.map.sizes, self.viewport().size()
        if self._fit is not Fit.ZOOM:
            self._zoom = fitting(sizes, self._fit, room, self._page)
        self._layout = PageLayout(sizes, self._zoom, self.devicePixelRatioF(), room.width())
        self._keeping_still(self._set_ranges)
        self.viewport().update()
        self._soon.start()
        self.arranged.emit()

    def _set_ranges(self) -> None:
        room, down, across = self.viewport().size(), self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(room.height())
        down.setRange(0, max(0, self._layout.height - room.height()))
        across.setPageStep(room.width())
        across.setRange(0, max(0, self._layout.width - room.width()))
        if across.maximum():
            across.setValue(across.maximum() // 2 if not across.value() else across.value())

    # Place

    def place(self) -> Place:
        """What stands at the top; remembered until the person scrolls, so that it never drifts."""
        if self._anchor is None:
            top = self.verticalScrollBar().value()
            page = self._layout.page_at(top) if self.count else 0
            points = (top - self._layout.box(page).top()) / self._layout.scale if self.count else 0.0
            self._anchor = page, points
        return self._anchor

    def go_to_place(self, place: Place) -> None:
        if self.count:
            box = self._layout.box(min(place[0], self.count - 1))
            self._scroll_to(round(box.top() + place[1] * self._layout.scale))
            self._anchor = place

    @property
    def page(self) -> int:
        """The one that is read: a third down the view."""
        height = self.viewport().height()
        return self._layout.page_at(self.verticalScrollBar().value() + height / 3) if self.count else 0

    def go_to_page(self, page: int) -> None:
        """Put the upper edge of a page at the top."""
        if self.count:
            box = self._layout.box(min(max(page, 0), self.count - 1))
            self._scroll_to(round(box.top()) - _ABOVE)

    def top_position(self) -> int:
        top = self.verticalScrollBar().value()
        if top <= _ABOVE or not self.count:
            return 0
        for page in range(self._layout.page_at(top), self.count):
            lines = self.scene.map.lines_of(page)
            below = [
                line.start
                for line in lines
                if self._layout.to_box(page, line.rect(line.start, line.end)).center().y() > top + _ABOVE
            ]
            if below:
                return min(below)
        return self.map.length

    def scroll_to_top(self, position: int) -> None:
        """Put the line of a position at the top of the view."""
        found = caret_place(self.scene.map, position)
        if not position or found is None or not self.count:
            self._scroll_to(0)
            return
        self._scroll_to(round(self._layout.to_box(*found).top()) - _ABOVE)

    def scroll_to(self, start: int, end: int, *, force: bool = False) -> None:
        """Bring a range into view, a third from the top, unless it is in view already."""
        near = min(end, start + _FAR)
        boxes = [self._layout.to_box(page, rect) for page, rect in self.scene.map.rects(start, near)]
        if not boxes and (caret := caret_place(self.scene.map, start)) is not None and self.count:
            boxes = [self._layout.to_box(*caret)]
        if not boxes:
            return
        first, last, view = boxes[0], boxes[-1], self.seen()
        bottom = min(last.bottom(), first.top() + view.height() / 2)
        if force or first.top() < view.top() + 8 or bottom > view.bottom() - 8:
            self._scroll_to(round(first.top() - view.height() / 3))
        if not view.left() <= first.left() <= view.right() - 40:
            self.horizontalScrollBar().setValue(round(first.left() - 40))

    def share_of(self, position: int) -> float:
        """How far down all pages a position stands, from 0 to 1."""
        found = caret_place(self.scene.map, position)
        if found is None or not self._layout.height:
            return 0.0
        return self._layout.to_box(*found).top() / self._layout.height

    def scroll_to_share(self, share: float) -> None:
        self._scroll_to(round(share * self._layout.height - self.viewport().height() / 3))

    def visible(self, slack: int = 0) -> tuple[int, int]:
        """The first and the last position of the words in view, widened by ``slack``."""
        seen, starts, ends = self.seen(), [], []
        for page in self._in_view():
            for line in self.scene.map.lines_of(page):
                if self._layout.to_box(page, line.rect(line.start, line.end)).intersects(seen):
                    starts.append(line.start)
                    ends.append(line.end)
        first = min(starts, default=self.top_position())
        return max(0, first - slack), max(ends, default=first) + slack

    def rects(self, start: int, end: int) -> list[QRect]:
        """The boxes of a range in the viewport's coordinates, as far as its pages are in view."""
        return [
            self._to_viewport(self._layout.to_box(page, rect))
            for page in self._in_view()
            for rect in boxes_on(self.scene.map, page, start, end)
        ]

    def seen(self) -> QRectF:
        """What is in view, on the layout."""
        return QRectF(self._origin(), self.viewport().size().toSizeF())

    def _origin(self) -> QPointF:
        """The upper left corner of the view, on a whole device pixel, so that tiles stay crisp."""
        ratio = self._layout.ratio
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)

    def _to_viewport(self, box: QRectF) -> QRect:
        return box.translated(-self._origin()).toAlignedRect()

    def _in_view(self) -> range:
        seen = self.seen()
        return self._layout.between(seen.top(), seen.bottom())

    def _scroll_to(self, y: int) -> None:
        self._keeping_still(lambda: self.verticalScrollBar().setValue(y))
        self._anchor = None
        self._moved()

    def _keeping_still(self, change: Callable[[], object]) -> None:
        """Run a change whose scrolling is ours, not the person's."""
        self._placing, before = True, self._placing
        try:
            change()
        finally:
            self._placing = before

    def _on_scrolled(self) -> None:
        if not self._placing:
            self._anchor = None
            self._moved()

    def _moved(self) -> None:
        self.viewport().update()
        self._soon.start()
        if (page := self.page) != self._page:
            self._downwards, self._page = page > self._page, page
            self.page_changed.emit(page)
        self.scrolled.emit()

    # Tiles

    def _ask(self) -> None:
        if self.isVisible() and self.count and None not in self.scene.refused:
            if self._bare_in_view() and not (self.scene.waiting or self._patience.isActive()):
                self._patience.start()
            self.tiles_wanted.emit(self._wishes())

    def _admit_waiting(self) -> None:
        self.scene.waiting = True
        self.viewport().update()

    def _wishes(self) -> list[Tile]:
        """What is in view, roughly and then crisply; then a screen of the page that comes next."""
        pages = self._in_view()
        missing = self._missing()
        ahead = pages.stop if self._downwards else pages.start - 1
        wishes = [rough(page, self._layout.pixels[page]) for page in self._bare_in_view()] + missing
        if 0 <= ahead < self.count:
            pixels, rows = self._layout.pixels[ahead], round(self.seen().height() * self._layout.ratio)
            top = 0 if self._downwards else pixels[1] - rows
            wishes.append(rough(ahead, pixels))
            wishes += self._layout.tiles(ahead, QRect(0, top, pixels[0], rows))
        return [tile for tile in wishes if tile not in self.cache and tile.page not in self.scene.refused]

    def tiles_in_view(self) -> list[Tile]:
        seen, layout = self.seen(), self._layout
        return [tile for page in self._in_view() for tile in layout.tiles(page, layout.area(page, seen))]

    def _missing(self) -> list[Tile]:
        return [tile for tile in self.tiles_in_view() if tile not in self.cache]

    def _bare_in_view(self) -> list[int]:
        """Pages in view that miss something and are there at no other size either."""
        missing = dict.fromkeys(tile.page for tile in self._missing())
        return [page for page in missing if not self.cache.others(page, self._layout.pixels[page][0])]

    # The selection

    def select(self, anchor: int, position: int) -> None:
        """The caret goes to ``position``."""
        self._ends = self.map.to_position(anchor), self.map.to_position(position)
        self.viewport().update()
        self.selected.emit()

    def ends(self) -> tuple[int, int]:
        """Anchor and caret."""
        return self._ends

    @property
    def caret(self) -> int:
        return self._ends[1]

    def caret_point(self) -> int:
        return self._ends[1]

    def selected_points(self) -> tuple[int, int] | None:
        start, end = sorted(self._ends)
        return (start, end) if start < end else None

    # Beside

    def put_beside(self, widget: QWidget) -> None:
        """Keep a narrow widget between the pages and their scroll bar."""
        self._beside = widget
        self.setViewportMargins(0, 0, widget.width(), 0)
        self._place_beside()

    def _place_beside(self) -> None:
        if self._beside is not None:
            view = self.viewport().geometry()
            self._beside.setGeometry(view.right() + 1, view.top(), self._beside.width(), view.height())

    # Overrides of Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.color("sunken"))
        origin = self._origin()
        painter.translate(-origin)
        pages = PagesPainter(painter, self.scene, self._layout, self.cache, self._theme)
        pages.paint(self._in_view(), self.seen())
        if self.hasFocus() and (caret := caret_place(self.scene.map, self.caret)) is not None:
            pages.caret(*caret)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon.start()  # nothing was asked for while nobody could see it

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_beside()
        self._resize_pages()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._resize_pages()
