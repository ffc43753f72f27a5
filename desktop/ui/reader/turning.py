"""Turning from the text of an article to its pages, and back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop.core.pages import PageMap
from desktop.ui.reader.bar_holder import BarHolder
from desktop.ui.reader.header import ReaderHeader
from desktop.ui.reader.page import Page
from desktop.ui.reader.selecting import SelectingReader
from desktop.ui.reader.sheet import Sheet
from desktop.ui.reader.strip import Strip
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.pages.view import PagesView


NOTHING = PageMap(())


class TurningReader(SelectingReader):
    """A reader with two sheets, of which one is in front.

    Signals:
        pages_wanted: (True for the pages, False for the text) was asked for.
        page_wanted: The person wants to say which page to go to.
        sheet_made: (widget) in which letters are commands.
        turned: The other sheet is in front now.

    Attributes:
        page: The text.
        pages: Made for the first article that has some.
    """

    pages_wanted = Signal(bool)
    page_wanted = Signal()
    sheet_made = Signal(QWidget)
    turned = Signal()

    page: Page
    header: ReaderHeader
    _theme: Theme
    _strips: dict[Sheet, Strip]
    _stack: QStackedLayout
    _column: QVBoxLayout
    _holder: BarHolder

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: PagesView | None = None
        self._turning_back = False  # the text is wanted in front, and is being laid out
        self._arrived = (0, -1)  # the place that was brought along to a sheet, and what it says of it

    # What the reader does for whatever sheet is in front

    def _connect_sheet(self, sheet: Sheet) -> None:
        raise NotImplementedError

    def _refresh_marks(self) -> None:
        raise NotImplementedError

    def _repaint(self) -> None:
        raise NotImplementedError

    def _refresh_hits(self, current: int | None) -> None:
        raise NotImplementedError

    def offer_pages(self, offered: bool) -> None:
        """Whether the article has pages, so that the person can switch to them."""
        self.header.offer_pages(offered)

    @property
    def shows_pages(self) -> bool:
        return self.sheet is self.pages

    def show_pages(self, pages: PageMap) -> "PagesView":
        """Bring the pages of the article to the front, at the place that was read in its text."""
        view = self._pages_view()
        if view.scene.map is not pages:
            view.show_pages(pages, self.page.canonical)
        self._turning_back = False
        if self.sheet is not view:
            self._turn(view)
        self.page.yield_to_others(True)
        self.header.show_number(view.page, view.count)
        return view

    def show_text(self) -> None:
        """Bring the text to the front, at the place that was read on the pages.

        Of a book whose text is not laid out that far yet, it follows as soon as it is.
        """
        if self.sheet is not self.page:
            self._turning_back = True
            self.page.yield_to_others(False)
            self._turn_back()

    def _turn_back(self) -> None:
        if self._turning_back and self.page.holds(self.page.map.to_position(self._furthest())):
            self._turn(self.page)

    def _furthest(self) -> int:
        """The last code point that turning needs on the other sheet."""
        return max(self.position(), *self.sheet.ends())

    def _let_go_of_pages(self) -> None:
        """Another article comes, or none."""
        self._bring_front(self.page)
        self._arrived = (0, -1)
        if self.pages is not None:
            self.pages.show_pages(NOTHING, "")

    def fit_pages(self) -> bool:
        """Give the pages their usual size; False where the text is in front."""
        if self.pages is None or not self.shows_pages:
            return False
        from desktop.ui.pages.layout import Fit

        self.pages.set_fit(Fit.WIDTH)
        return True

    def put_above(self, widget: QWidget) -> None:
        """Keep a bar between the header and the article."""
        self._column.insertWidget(2, widget)

    def _pages_view(self) -> "PagesView":
        if self.pages is None:
            from desktop.ui.pages.view import PagesView

            self.pages = view = PagesView(self._theme, self)
            self._strips[view] = Strip(self._theme, view)
            self._connect_sheet(view)
            self.page.arranged.connect(self._turn_back)
            view.page_changed.connect(lambda page: self.header.show_number(page, view.count))
            self._stack.addWidget(view)
            self.sheet_made.emit(view)
        return self.pages

    def _turn(self, sheet: Sheet) -> None:
        """What is read, focused and selected on one sheet is so on the other."""
        before, ends = self.sheet, self.sheet.selected_points()
        now, caret, focused = self.position(), before.caret_point(), before.scene.focused
        caret_seen = before.visible()[0] <= before.caret <= before.visible()[1]
        point = self._arrived[0] if now == self._arrived[1] else now
        current = before.scene.current_hit
        self.page.stay()  # the place that was on its way is brought along
        self._bring_front(sheet)
        sheet.scene.focused = focused
        self._refresh_marks()
        self._refresh_hits(current)
        sheet.select(*(sheet.map.to_range(*ends) if ends else [sheet.map.to_position(caret)] * 2))
        self.restore_position(point)
        self._arrived = point, self.position()  # there and back again leads to the same place
        if caret_seen and caret:
            sheet.scroll_to(*[sheet.map.to_position(caret)] * 2)
        self.turned.emit()

    def _bring_front(self, sheet: Sheet) -> None:
        focused = self.sheet.hasFocus()
        self.sheet = sheet
        self._turning_back = False
        self.page.yield_to_others(sheet is not self.page)
        if (before := self._stack.currentWidget()) is not None:
            sheet.setGeometry(before.geometry())  # its places are asked for before the layout comes to it
        self._stack.setCurrentWidget(sheet)
        self.setFocusProxy(sheet)
        self._holder.follow(sheet)
        self.header.show_side(pages=self.shows_pages)
        if focused:
            sheet.setFocus()

    def position(self) -> int:
        """The first visible code point, or the one that is to be brought into view."""
        awaited = self.page.awaited if self.sheet is self.page else None
        top = self.sheet.top_position() if awaited is None else awaited
        return self.sheet.map.to_point(top, forward=True)

    def restore_position(self, point: int) -> None:
        """Scroll so that ``position`` answers ``point``, as far as the text is long enough."""
        position = self.sheet.map.to_position(point) if point else 0
        self._when_there(position, lambda: self.sheet.scroll_to_top(position))

    def _when_there(self, position: int, act: Callable[[], object]) -> None:
        """Act once a position is there; of a book that is being laid down it may take a moment."""
        if self.sheet is self.page:
            self.page.when_there(position, act)
        else:
            act()

    def _show_range(self, start: int, end: int, *, caret: bool) -> None:
        """Bring code points into view, and with ``caret`` the caret to their start."""
        first, last = self.sheet.map.to_range(start, end)

        def show() -> None:
            if caret:
                self.sheet.select(first, first)
            self.sheet.scroll_to(first, last)
            self._repaint()

        self._when_there(last, show)
        if self.page.awaited is not None:
            self._repaint()  # says so

    @property
    def strip(self) -> Strip:
        """The map of marks and hits beside the sheet in front."""
        return self._strips[self.sheet]
