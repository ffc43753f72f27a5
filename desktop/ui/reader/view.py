"""The reader: an article's text, its marks, and everything one can ask for while reading."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QStackedLayout, QVBoxLayout, QWidget

from desktop.core.anchors import AnchorState
from desktop.core.document import Document
from desktop.core.placing import Placement
from desktop.core.records import Article, Vocabulary
from desktop.ui.reader import words
from desktop.ui.reader.album import NO_PICTURES, Album, Sizes
from desktop.ui.reader.bar_holder import BarHolder
from desktop.ui.reader.header import ReaderHeader
from desktop.ui.reader.keys import Command
from desktop.ui.reader.mark_bar import MarkBar
from desktop.ui.reader.marks import Mark, MarkIndex
from desktop.ui.reader.menu import fill_menu
from desktop.ui.reader.page import Page
from desktop.ui.reader.phrases import mark_sentence, place_sentence
from desktop.ui.reader.prepared import Prepared, prepare
from desktop.ui.reader.sheet import Sheet
from desktop.ui.reader.strip import Strip
from desktop.ui.reader.styles import Styles, Typography
from desktop.ui.reader.turning import TurningReader
from desktop.ui.reader.words import Range
from desktop.ui.theme import Theme

SIZES = (12, 32)  # of the text, in pixels


class ReaderView(TurningReader):
    """A pure view: records in, requests out; offsets are code points of the canonical text.

    Signals:
        mark_requested: (kind, ranges) of ``highlight``, ``quote``, ``claim`` or ``note``.
        tag_requested: (ranges) of words that should be tagged.
        annotation_chosen: A mark was clicked, or reached with a key; it already has the focus.
        annotation_edit_requested, annotation_removal_requested: (annotation id)
        ranges_change_requested: (annotation id, all its ranges) after a boundary was moved.
        link_activated: (address)
        picture_requested: (image ``Block``) to be looked at by itself.
        picture_menu_requested: (menu, image ``Block``): add what can be done with its picture.
        selection_changed: ``selection`` answers otherwise than before.
        position_changed: (first visible code point)
        hit_changed: (number from 0) of the hit that was jumped to.
        hits_ended: (1 or -1) Beyond the last or the first hit was asked for; only while ``goes_on``.
        typography_changed: (size in pixels) after the person zoomed.
        And those of ``TurningReader``.
    """

    mark_requested = Signal(str, object)
    tag_requested = Signal(object)
    annotation_chosen = Signal(str)
    annotation_edit_requested = Signal(str)
    annotation_removal_requested = Signal(str)
    ranges_change_requested = Signal(str, object)
    link_activated = Signal(str)
    picture_requested = Signal(object)
    picture_menu_requested = Signal(QMenu, object)
    selection_changed = Signal()
    position_changed = Signal(int)
    hit_changed = Signal(int)
    hits_ended = Signal(int)
    typography_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._typography = Typography()
        self._language: str | None = None
        self._vocabulary = Vocabulary()
        self._placements: list[Placement] = []
        self._hits: list[Range] = []
        self.goes_on = False  # after the last hit; else the first one follows it
        self._kept: list[Range] = []
        self._told: tuple[list[Range], int] = ([], -1)
        self._make_widgets()
        self._connect()
        self.clear()

    def _make_widgets(self) -> None:
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.page = Page(self._theme, self)
        self.page.setAccessibleName(self.tr("Article text"))
        self.page.describe_pictures(())
        self.sheet = self.page
        self._strips: dict[Sheet, Strip] = {self.page: Strip(self._theme, self.page)}
        self.bar = MarkBar(self._theme, self.page.viewport())
        self._empty = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._empty.setProperty("role", "muted")
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()

    def _lay_out(self) -> None:
        self.header = ReaderHeader(self._theme, self)
        self._holder = BarHolder(self.bar, self.page, self.header)
        line = QWidget()
        line.setObjectName("hline")
        self._stack = QStackedLayout()
        self._stack.addWidget(self.page)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(line)
        column.addLayout(self._stack, 1)
        self._column = column
        self.setFocusProxy(self.page)

    def _connect(self) -> None:
        self._theme.changed.connect(self._restyle)
        self._connect_sheet(self.page)
        self.page.picture_clicked.connect(self.picture_requested)
        self.page.zoomed.connect(self.zoom)
        self.header.pages_wanted.connect(self.pages_wanted)
        self.header.page_wanted.connect(self.page_wanted)
        self.bar.chosen.connect(self._obey)

    def _connect_sheet(self, sheet: Sheet) -> None:
        strip = self._strips[sheet]
        sheet.put_beside(strip)
        sheet.tooltip_of = lambda mark: mark_sentence(mark, self._vocabulary)
        sheet.commanded.connect(self._obey)
        sheet.mark_clicked.connect(self._choose)
        sheet.link_clicked.connect(self.link_activated)
        sheet.scrolled.connect(self._on_moved)
        sheet.arranged.connect(self._on_moved)
        sheet.selection_ended.connect(self._holder.place_soon)
        sheet.menu_requested.connect(self._show_menu)
        sheet.selected.connect(self._on_selected)
        strip.mark_chosen.connect(self._choose_and_show)
        strip.place_chosen.connect(sheet.scroll_to_share)

    # Content

    @property
    def album(self) -> Album:
        """The pictures of the page; it asks for those that come into view."""
        return self.page.album

    def show_document(
        self,
        article: Article,
        document: Document,
        pictures: Sizes = NO_PICTURES,
        prepared: Prepared | None = None,
    ) -> None:
        """Show an article from its beginning; its marks and hits are set afterwards.

        The first screens are there on return, the rest follows from a timer.

        Args:
            pictures: Width and height of those whose bytes are there, by ``Block.src``.
            prepared: What ``prepare`` made of the two; made here where it is not given.
        """
        self.album.open(article.current_capture or "", pictures)
        self.page.describe_pictures(document.blocks)
        self._language = article.metadata.language
        self._placements, self._hits, self._kept = [], [], []
        self._let_go_of_pages()
        self.page.show_prepared(prepared or prepare(article, document), self._styles())
        self._stack.setCurrentWidget(self.page)
        self._refresh_marks()
        self._on_selected()

    def clear(self) -> None:
        """Show nothing but the words of ``set_empty_text``."""
        self._placements, self._hits, self._kept = [], [], []
        self._let_go_of_pages()
        self.album.open("", NO_PICTURES)
        self.page.show_plan([], "", self._styles())
        self.offer_pages(False)
        self._stack.setCurrentWidget(self._empty)
        self._refresh_marks()
        self._on_selected()

    def set_empty_text(self, text: str) -> None:
        self._empty.setText(text)

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """The names that tooltips speak of."""
        self._vocabulary = vocabulary

    def set_placements(self, placements: Iterable[Placement]) -> None:
        """The article's marks; orphans (without ranges) are not on the page. The focus stays."""
        self._placements = list(placements)
        self._refresh_marks()

    def set_hits(self, ranges: Iterable[Range]) -> None:
        """Search hits or words that were looked for in the article; an empty list clears them.

        The one that was jumped to stays the current one, if it is among them.
        """
        current, before = self.sheet.scene.current_hit, self._hits
        here = before[current] if current is not None and current < len(before) else None
        self._hits = sorted(ranges)
        self._refresh_hits(self._hits.index(here) if here in self._hits else None)

    # Looks

    def set_typography(self, size: int, measure: int, leading: float) -> None:
        """Pixels, characters a line, sizes a line; the place in the text stays."""
        self._typography = Typography(size, measure, leading)
        self._restyle()

    def zoom(self, steps: int) -> None:
        """Make the text, or the pages, larger or smaller."""
        if self.pages is not None and self.shows_pages:
            self.pages.zoom_by(steps)
            return
        now = self._typography
        size = max(SIZES[0], min(now.size + steps, SIZES[1]))
        if size != now.size:
            self.set_typography(size, now.measure, now.leading)
            self.typography_changed.emit(size)

    def set_selection_bar(self, wanted: bool) -> None:
        """Whether the bar appears beside a selection; the keys work without it."""
        self._holder.wanted = wanted
        self._holder.place()

    def _styles(self) -> Styles:
        return Styles(self._theme, self._typography, self._language, self.album.sizes)

    def _restyle(self) -> None:
        self.page.restyle(self._styles())
        self._holder.restyle()
        self._repaint()

    # Place

    def go_to(self, start: int, end: int) -> None:
        """Bring a range into view and put the caret at its start; a hit becomes the current one.

        Far on in a book that was opened just now it comes after a moment.
        """
        if (start, end) in self._hits:
            self.sheet.scene.current_hit = self._hits.index((start, end))
            self._repaint()
        self._show_range(start, end, caret=True)

    # Marks

    def focus_annotation(self, annotation_id: str | None, scroll: bool = True) -> None:
        """Give one mark the accent; None takes it away. Nothing is emitted."""
        self.sheet.scene.focused = annotation_id
        mark = self.sheet.scene.marks.get(annotation_id)
        if mark and scroll:
            self._show_range(*mark.ranges[0], caret=False)
        self._repaint()

    def focused_annotation(self) -> str | None:
        """Its id, if it is on the page."""
        mark = self._focused()
        return mark.id if mark else None

    def next_mark(self) -> bool:
        return self._step_mark(1)

    def previous_mark(self) -> bool:
        return self._step_mark(-1)

    def _step_mark(self, step: int) -> bool:
        marks, focused = self.sheet.scene.marks, self._focused()
        if focused is not None:
            found = marks.neighbour(focused, step)
        else:
            here = self._reading_point()
            found = marks.after(here - 1) if step > 0 else marks.before(here)
        if found is None:
            return False
        self._choose_and_show(found.id)
        return True

    def _reading_point(self) -> int:
        """The caret where it is in view, else the top of the view."""
        first, last = self.sheet.visible()
        caret = self.sheet.caret
        return self.sheet.map.to_point(caret if first <= caret <= last else first, forward=True)

    def _focused(self) -> Mark | None:
        return self.sheet.scene.marks.get(self.sheet.scene.focused)

    def _choose(self, annotation_id: str) -> None:
        self.focus_annotation(annotation_id, scroll=False)
        self.annotation_chosen.emit(annotation_id)

    def _choose_and_show(self, annotation_id: str) -> None:
        self.focus_annotation(annotation_id, scroll=False)
        if mark := self._focused():
            self._show_range(*mark.ranges[0], caret=True)
        self.annotation_chosen.emit(annotation_id)

    def _move_boundary(self, *, start: bool, later: bool) -> None:
        """One word further in or out; the last word of a mark always stays.

        Not of a mark of which some words were not found: they would be lost.
        """
        mark = self._focused()
        if mark is None or mark.id in self._partial:
            return
        ranges = list(mark.ranges)
        ranges[0 if start else -1] = words.moved(
            self.text, ranges[0 if start else -1], start=start, later=later
        )
        if tuple(ranges) == mark.ranges:
            return
        ranges = words.joined(ranges)
        self._placements = [
            Placement(one.annotation, tuple(ranges), one.state, one.score)
            if one.annotation.id == mark.id
            else one
            for one in self._placements
        ]
        self._refresh_marks()
        self.sheet.scroll_to(*self.sheet.map.to_range(*ranges[0 if start else -1]))
        self.ranges_change_requested.emit(mark.id, ranges)

    @property
    def _partial(self) -> set[str]:
        """Marks of which only some of the words were found."""
        return {one.annotation.id for one in self._placements if one.state is AnchorState.ORPHAN}

    def _refresh_hits(self, current: int | None) -> None:
        self.sheet.scene.hits = [self.sheet.map.to_range(*one) for one in self._hits]
        self.sheet.scene.current_hit = current
        self._repaint()

    def _refresh_marks(self) -> None:
        self.sheet.scene.marks = MarkIndex(map(Mark.of, self._placements), self.sheet.map)
        self._repaint()

    def _repaint(self) -> None:
        self.sheet.viewport().update()
        self.strip.redraw()
        going = self.page.awaited is not None
        self.header.status.setText(place_sentence(self.sheet.scene, going=going))

    # Hits

    def next_hit(self) -> bool:
        """Go to the next one, from the last one on or to the first; False where there is none."""
        return self._step_hit(1)

    def previous_hit(self) -> bool:
        return self._step_hit(-1)

    def show_hit(self, number: int) -> None:
        """Go to a hit by its number from 0."""
        self.sheet.scene.current_hit = number
        self._show_range(*self._hits[number], caret=False)
        self._repaint()
        self.hit_changed.emit(number)

    def _step_hit(self, step: int) -> bool:
        hits, current = self._hits, self.sheet.scene.current_hit
        if not hits:
            return False
        if current is None:
            starts, here = [start for start, _ in hits], self.position()
            current = bisect_left(starts, here) - (step > 0) if step > 0 else bisect_right(starts, here)
        if self.goes_on and not 0 <= current + step < len(hits):
            self.hits_ended.emit(step)
            return False
        self.show_hit((current + step) % len(hits))
        return True

    # Selection

    def _on_selected(self) -> None:
        ranges = self.selection()
        self.sheet.scene.selection = [self.sheet.map.to_range(*one) for one in ranges]
        self.sheet.viewport().update()
        if ranges != self._told[0]:
            self._told = ranges, self._told[1]
            self.selection_changed.emit()
        self._holder.place_soon()

    # Keys and the menu

    def _obey(self, name: str) -> None:
        self._commands()[Command(name)]()

    def _commands(self) -> dict[Command, Callable[[], object]]:
        move = self._move_boundary
        return {
            Command.HIGHLIGHT: lambda: self._mark("highlight"),
            Command.QUOTE: lambda: self._mark("quote"),
            Command.CLAIM: lambda: self._mark("claim"),
            Command.NOTE: lambda: self._mark("note"),
            Command.TAG: self._tag,
            Command.SENTENCE: self.select_sentence,
            Command.LESS: self.shrink_selection,
            Command.WORDS: self.extend_to_words,
            Command.ADD: self.keep_selection,
            Command.NEXT_MARK: self.next_mark,
            Command.PREVIOUS_MARK: self.previous_mark,
            Command.NEXT_HIT: self.next_hit,
            Command.PREVIOUS_HIT: self.previous_hit,
            Command.END_LATER: lambda: move(start=False, later=True),
            Command.END_EARLIER: lambda: move(start=False, later=False),
            Command.START_LATER: lambda: move(start=True, later=True),
            Command.START_EARLIER: lambda: move(start=True, later=False),
            Command.REMOVE: self._remove,
            Command.OPEN: self._open,
            Command.ESCAPE: self._escape,
        }

    def _mark(self, kind: str) -> None:
        if ranges := words.trimmed(self.text, self.selection()):
            self.drop_selection()
            self.mark_requested.emit(kind, ranges)

    def _tag(self) -> None:
        if ranges := words.trimmed(self.text, self.selection()):
            self.tag_requested.emit(ranges)

    def _remove(self) -> None:
        if mark := self._focused():
            self.annotation_removal_requested.emit(mark.id)

    def _open(self) -> None:
        if mark := self._focused():
            self.annotation_edit_requested.emit(mark.id)
        elif href := self.sheet.link_at_caret():
            self.link_activated.emit(href)
        elif self.sheet is self.page and (picture := self.page.picture_at_caret()):
            self.picture_requested.emit(picture)

    def _escape(self) -> None:
        if self.selection():
            self.drop_selection()
        else:
            self.focus_annotation(None)

    def make_menu(self, spot: QPoint) -> QMenu:
        """What can be done at a point of the screen; a mark there takes the focus."""
        place = self.sheet.viewport().mapFromGlobal(spot)
        marks = self.sheet.marks_at(place)
        if marks:
            self._choose(marks[0].id)
        menu = QMenu(self)
        fill_menu(menu, self._obey, self.sheet.copy, on_mark=bool(marks), selected=bool(self.selection()))
        if self.sheet is self.page and (picture := self.page.picture_at(place)):
            self.picture_menu_requested.emit(menu, picture)
        return menu

    def _show_menu(self, spot: QPoint) -> None:
        menu = self.make_menu(spot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(spot)

    def _on_moved(self) -> None:
        self.strip.update()
        if self.bar.isVisible() or self._told[0]:
            self._holder.place_soon()
        point = self.position()
        if point != self._told[1]:
            self._told = self._told[0], point
            self.position_changed.emit(point)

    # Overrides of Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._holder.place_soon()
