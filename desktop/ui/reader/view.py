"""The reader: an article's text, its marks, and everything one can ask for while reading."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedLayout, QVBoxLayout, QWidget

from desktop.core import segmentation
from desktop.core.document import Document
from desktop.core.placing import Placement
from desktop.core.records import Article, Vocabulary
from desktop.ui.reader.head import head_of
from desktop.ui.reader.keys import Command
from desktop.ui.reader.mark_bar import MarkBar, place_bar
from desktop.ui.reader.marks import Mark, MarkIndex
from desktop.ui.reader.page import Page, joined
from desktop.ui.reader.plan import make_plan
from desktop.ui.reader.strip import Strip
from desktop.ui.reader.styles import Styles, Typography
from desktop.ui.reader.tooltips import mark_sentence
from desktop.ui.theme import Theme

Range = tuple[int, int]
HEADER = 40
SIZES = (12, 32)  # of the text, in pixels


class ReaderView(QWidget):
    """A pure view: records in, requests out; offsets are code points of the canonical text.

    Signals:
        mark_requested: (kind, ranges) of ``highlight``, ``quote``, ``claim`` or ``note``.
        tag_requested: (ranges) of words that should be tagged.
        annotation_chosen: A mark was clicked, or reached with a key; it already has the focus.
        annotation_edit_requested, annotation_removal_requested: (annotation id)
        ranges_change_requested: (annotation id, all its ranges) after a boundary was moved.
        link_activated: (address)
        selection_changed: ``selection`` answers otherwise than before.
        position_changed: (first visible code point)
        hit_changed: (number from 0) of the hit that was jumped to.
        typography_changed: (size in pixels) after the person zoomed.
    """

    mark_requested = Signal(str, object)
    tag_requested = Signal(object)
    annotation_chosen = Signal(str)
    annotation_edit_requested = Signal(str)
    annotation_removal_requested = Signal(str)
    ranges_change_requested = Signal(str, object)
    link_activated = Signal(str)
    selection_changed = Signal()
    position_changed = Signal(int)
    hit_changed = Signal(int)
    typography_changed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._typography = Typography()
        self._language: str | None = None
        self._vocabulary = Vocabulary()
        self._placements: list[Placement] = []
        self._hits: list[Range] = []
        self._kept: list[Range] = []
        self._bar_wanted = True
        self._told: tuple[list[Range], int] = ([], -1)
        self._bar_soon = QTimer(self, singleShot=True, interval=0)
        self._make_widgets()
        self._connect()
        self.clear()

    def _make_widgets(self) -> None:
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.page = Page(self._theme, self)
        self.page.setAccessibleName(self.tr("Article text"))
        self.page.setAccessibleDescription(
            self.tr("Select words, then press H, Q, C, N or T to highlight, quote, claim, note or tag them.")
        )
        self.strip = Strip(self._theme, self.page)
        self.page.put_beside(self.strip)
        self.bar = MarkBar(self._theme, self.page.viewport())
        self.bar.hide()
        self.status = QLabel()
        self.status.setProperty("role", "muted")
        self.status.setAccessibleName(self.tr("Place among marks and hits"))
        self._empty = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._empty.setProperty("role", "muted")
        self._lay_out()

    def _lay_out(self) -> None:
        self.header = QWidget()
        self.header.setObjectName("readerHeader")
        self.header.setFixedHeight(HEADER)
        self._header_row = QHBoxLayout(self.header)
        self._header_row.setContentsMargins(16, 0, 12, 0)
        self._header_row.setSpacing(8)
        self._header_row.addStretch(1)
        self._header_row.addWidget(self.status)
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
        self.setFocusProxy(self.page)

    def _connect(self) -> None:
        self._theme.changed.connect(self._restyle)
        self.page.commanded.connect(self._obey)
        self.page.mark_clicked.connect(self._choose)
        self.page.link_clicked.connect(self.link_activated)
        self.page.scrolled.connect(self._on_moved)
        self.page.arranged.connect(self._on_moved)
        self.page.zoomed.connect(self.zoom)
        self.page.selection_ended.connect(self._place_bar_soon)
        self.page.menu_requested.connect(self._show_menu)
        self.page.selected.connect(self._on_selected)
        self.page.tooltip_of = lambda mark: mark_sentence(mark, self._vocabulary)
        self.strip.mark_chosen.connect(self._choose_and_show)
        self.strip.place_chosen.connect(self._go_to_position)
        self.bar.chosen.connect(self._obey)
        self._bar_soon.timeout.connect(self._place_bar)

    # Content

    def show_document(self, article: Article, document: Document) -> None:
        """Show an article from its beginning; its marks and hits are set afterwards.

        The first screens are there on return, the rest follows from a timer.
        """
        self._language = article.metadata.language
        self._placements, self._hits, self._kept = [], [], []
        plan = make_plan(document, head_of(article, document))
        self.page.show_plan(plan, document.text, self._styles())
        self._stack.setCurrentIndex(0)
        self._refresh_marks()
        self._on_selected()

    def clear(self) -> None:
        """Show nothing but the words of ``set_empty_text``."""
        self._placements, self._hits, self._kept = [], [], []
        self.page.show_plan([], "", self._styles())
        self._stack.setCurrentIndex(1)
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
        """Search hits or words that were looked for in the article; an empty list clears them."""
        self._hits = sorted(ranges)
        self.page.scene.hits = [self.page.map.to_range(*one) for one in self._hits]
        self.page.scene.current_hit = None
        self._repaint()

    def add_to_header(self, widget: QWidget, *, left: bool = False) -> None:
        """Put a widget into the row above the text, at its left or right end."""
        if left:
            self._header_row.insertWidget(0, widget)
        else:
            self._header_row.addWidget(widget)

    @property
    def text(self) -> str:
        """The canonical text that is shown."""
        return self.page.canonical

    # Looks

    def set_typography(self, size: int, measure: int, leading: float) -> None:
        """Pixels, characters a line, sizes a line; the place in the text stays."""
        self._typography = Typography(size, measure, leading)
        self._restyle()

    def zoom(self, steps: int) -> None:
        """Make the text larger or smaller."""
        now = self._typography
        size = max(SIZES[0], min(now.size + steps, SIZES[1]))
        if size != now.size:
            self.set_typography(size, now.measure, now.leading)
            self.typography_changed.emit(size)

    def set_selection_bar(self, wanted: bool) -> None:
        """Whether the bar appears beside a selection; the keys work without it."""
        self._bar_wanted = wanted
        self._place_bar()

    def _styles(self) -> Styles:
        return Styles(self._theme, self._typography, self._language)

    def _restyle(self) -> None:
        self.page.restyle(self._styles())
        self.bar.set_floating(floating=self.bar.parentWidget() is self.page.viewport())
        self._repaint()

    # Place

    def position(self) -> int:
        """The first visible code point."""
        return self.page.map.to_point(self.page.top_position(), forward=True)

    def restore_position(self, point: int) -> None:
        """Scroll so that ``position`` answers ``point``, as far as the text is long enough."""
        self.page.scroll_to_top(self.page.map.to_position(point) if point else 0)

    def go_to(self, start: int, end: int) -> None:
        """Bring a range into view and put the caret at its start."""
        first, last = self.page.map.to_range(start, end)
        self.page.select(first, first)
        self.page.scroll_to(first, last)

    def _go_to_position(self, position: int) -> None:
        self.page.scroll_to(position, position, force=True)

    # Marks

    def focus_annotation(self, annotation_id: str | None, scroll: bool = True) -> None:
        """Give one mark the accent; None takes it away. Nothing is emitted."""
        self.page.scene.focused = annotation_id
        mark = self.page.scene.marks.get(annotation_id)
        if mark and scroll:
            self.page.scroll_to(*self.page.map.to_range(*mark.ranges[0]))
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
        marks, focused = self.page.scene.marks, self._focused()
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
        first, last = self.page.visible()
        caret = self.page.caret
        return self.page.map.to_point(caret if first <= caret <= last else first, forward=True)

    def _focused(self) -> Mark | None:
        return self.page.scene.marks.get(self.page.scene.focused)

    def _choose(self, annotation_id: str) -> None:
        self.focus_annotation(annotation_id, scroll=False)
        self.annotation_chosen.emit(annotation_id)

    def _choose_and_show(self, annotation_id: str) -> None:
        self.focus_annotation(annotation_id)
        if mark := self._focused():
            start = self.page.map.to_position(mark.start)
            self.page.select(start, start)
        self.annotation_chosen.emit(annotation_id)

    def _move_boundary(self, *, start: bool, later: bool) -> None:
        """One word further in or out; the last word of a mark always stays."""
        mark = self._focused()
        if mark is None:
            return
        ranges = list(mark.ranges)
        ranges[0 if start else -1] = _moved(self.text, ranges[0 if start else -1], start=start, later=later)
        if tuple(ranges) == mark.ranges:
            return
        ranges = joined(ranges)
        self._placements = [
            Placement(one.annotation, tuple(ranges), one.state, one.score)
            if one.annotation.id == mark.id
            else one
            for one in self._placements
        ]
        self._refresh_marks()
        self.page.scroll_to(*self.page.map.to_range(*ranges[0 if start else -1]))
        self.ranges_change_requested.emit(mark.id, ranges)

    def _refresh_marks(self) -> None:
        self.page.scene.marks = MarkIndex(map(Mark.of, self._placements), self.page.map)
        self._repaint()

    def _repaint(self) -> None:
        self.page.viewport().update()
        self.strip.redraw()
        self.status.setText(self._place_in_words())

    def _place_in_words(self) -> str:
        scene, parts = self.page.scene, []
        if focused := self._focused():
            number, total = scene.marks.marks.index(focused) + 1, len(scene.marks.marks)
            parts.append(self.tr("Mark {number} of {total}").format(number=number, total=total))
        elif scene.marks.marks:
            total = len(scene.marks.marks)
            parts.append(self.tr("1 mark") if total == 1 else self.tr("{total} marks").format(total=total))
        if scene.current_hit is not None:
            number, total = scene.current_hit + 1, len(scene.hits)
            parts.append(self.tr("hit {number} of {total}").format(number=number, total=total))
        elif scene.hits:
            total = len(scene.hits)
            parts.append(self.tr("1 hit") if total == 1 else self.tr("{total} hits").format(total=total))
        return "  ·  ".join(parts)

    # Hits

    def next_hit(self) -> bool:
        """Go to the next one, from the last one to the first; False where there is none."""
        return self._step_hit(1)

    def previous_hit(self) -> bool:
        return self._step_hit(-1)

    def show_hit(self, number: int) -> None:
        """Go to a hit by its number from 0."""
        self.page.scene.current_hit = number
        self.page.scroll_to(*self.page.scene.hits[number])
        self._repaint()
        self.hit_changed.emit(number)

    def _step_hit(self, step: int) -> bool:
        hits, current = self._hits, self.page.scene.current_hit
        if not hits:
            return False
        if current is None:
            starts, here = [start for start, _ in hits], self.position()
            current = bisect_left(starts, here) - (step > 0) if step > 0 else bisect_right(starts, here)
        self.show_hit((current + step) % len(hits))
        return True

    # Selection

    def selection(self) -> list[Range]:
        """The selected ranges in text order: what was kept, and what is selected now."""
        now = self.page.selected_points()
        return joined([*self._kept, *([now] if now else [])])

    def select(self, start: int, end: int) -> None:
        """Select code points; kept ranges are dropped."""
        self._kept = []
        self.page.select(*self.page.map.to_range(start, end))
        self._on_selected()

    def select_sentence(self) -> None:
        """Select the sentence at the caret; again, and the next one joins."""
        now = self.page.selected_points()
        caret = self.page.caret_point()
        start, end = segmentation.sentence_at(self.text, now[0] if now else caret)
        if now and (start, end) != now:
            end = segmentation.sentence_at(self.text, max(now[0], now[1] - 1))[1]
        if now and (start, end) == now:
            following = segmentation.next_word_start(self.text, end)
            end = segmentation.sentence_at(self.text, following)[1] if following < len(self.text) else end
        if start < end:
            self._select_now(start, end)

    def shrink_selection(self) -> None:
        """Take the last sentence of several away, or else the last word of several."""
        now = self.page.selected_points()
        if now is None:
            return
        inside = segmentation.sentences(self.text[now[0] : now[1]])
        if len(inside) < 2:
            inside = segmentation.words(self.text[now[0] : now[1]])
        if len(inside) > 1:
            self._select_now(now[0], now[0] + inside[-2][1])

    def extend_to_words(self) -> None:
        """Round the selection to whole words, or select the word at the caret."""
        now = self.page.selected_points()
        start, end = now or (self.page.caret_point(),) * 2
        start = (
            segmentation.word_at(self.text, start)[0]
            if now is None or not _at_edge(self.text, start)
            else start
        )
        last = segmentation.word_at(self.text, max(start, end - 1) if now else end)
        if start < max(end, last[1]):
            self._select_now(start, max(end, last[1]))

    def extend_selection(self) -> None:
        """One word more."""
        start, end = self.page.selected_points() or (self.page.caret_point(),) * 2
        self._select_now(start, segmentation.next_word_end(self.text, end))

    def keep_selection(self) -> None:
        """Keep what is selected while more is selected: a quotation broken by “he said”."""
        if self.page.selected_points():
            self._kept = self.selection()
            self.page.select(self.page.caret, self.page.caret)

    def drop_selection(self) -> None:
        self._kept = []
        self.page.select(self.page.caret, self.page.caret)

    def _select_now(self, start: int, end: int) -> None:
        self.page.select(*self.page.map.to_range(start, end))
        self._on_selected()

    def _on_selected(self) -> None:
        ranges = self.selection()
        self.page.scene.selection = [self.page.map.to_range(*one) for one in ranges]
        self.page.viewport().update()
        if ranges != self._told[0]:
            self._told = ranges, self._told[1]
            self.selection_changed.emit()
        self._place_bar_soon()

    def _wanted_ranges(self) -> list[Range]:
        """The selection without white space at its ends."""
        trimmed = [_trimmed(self.text, *one) for one in self.selection()]
        return [one for one in trimmed if one[0] < one[1]]

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
        if ranges := self._wanted_ranges():
            self.drop_selection()
            self.mark_requested.emit(kind, ranges)

    def _tag(self) -> None:
        if ranges := self._wanted_ranges():
            self.tag_requested.emit(ranges)

    def _remove(self) -> None:
        if mark := self._focused():
            self.annotation_removal_requested.emit(mark.id)

    def _open(self) -> None:
        if mark := self._focused():
            self.annotation_edit_requested.emit(mark.id)
        elif href := self.page.link_at_caret():
            self.link_activated.emit(href)

    def _escape(self) -> None:
        if self.selection():
            self.drop_selection()
        else:
            self.focus_annotation(None)

    def _show_menu(self, spot: QPoint) -> None:
        menu = self.make_menu(spot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(spot)

    def make_menu(self, spot: QPoint) -> QMenu:
        """What can be done at a point of the screen."""
        menu = QMenu(self)
        marks = self.page.marks_at(self.page.viewport().mapFromGlobal(spot))
        if marks:
            self._choose(marks[0].id)
            self._add(menu, self.tr("Edit mark"), "Return", self._open)
            self._add(menu, self.tr("Remove mark"), "Del", self._remove)
            menu.addSeparator()
        if self.selection():
            for name, words, key in self._kinds():
                self._add(menu, words, key, partial(self._obey, name))
            menu.addSeparator()
            self._add(menu, self.tr("Copy"), "Ctrl+C", self.page.copy)
            self._add(menu, self.tr("Keep, and select more"), "A", self.keep_selection)
        self._add(menu, self.tr("Select sentence"), "S", self.select_sentence)
        return menu

    def _kinds(self) -> list[tuple[str, str, str]]:
        return [
            ("highlight", self.tr("Highlight"), "H"),
            ("quote", self.tr("Quote"), "Q"),
            ("claim", self.tr("Claim"), "C"),
            ("note", self.tr("Note"), "N"),
            ("tag", self.tr("Tag"), "T"),
        ]

    def _add(self, menu: QMenu, words: str, key: str, act: Callable[[], object]) -> None:
        menu.addAction(f"{words}\t{key}").triggered.connect(lambda _=False: act())

    # The bar

    def _place_bar_soon(self) -> None:
        self._bar_soon.start()

    def _place_bar(self) -> None:
        if not self._bar_wanted or self.page.dragging or not self.selection():
            self.bar.hide()
            return
        lines = [box for one in self.page.scene.selection for box in self.page.rects(*one)]
        view = self.page.viewport().rect()
        if not any(box.intersects(view) for box in lines):
            self.bar.hide()
            return
        spot = place_bar(lines, self.bar.size(), view.adjusted(8, 4, -8, -4))
        self._float_bar(spot) if spot else self._dock_bar()

    def _float_bar(self, spot: QPoint) -> None:
        if self.bar.parentWidget() is not self.page.viewport():
            self._header_row.removeWidget(self.bar)
            self.bar.setParent(self.page.viewport())
            self.bar.set_floating(floating=True)
        self.bar.move(spot)
        self.bar.show()
        self.bar.raise_()

    def _dock_bar(self) -> None:
        if self.bar.parentWidget() is not self.header:
            self.bar.set_floating(floating=False)
            self._header_row.insertWidget(self._header_row.indexOf(self.status), self.bar)
        self.bar.show()

    def _on_moved(self) -> None:
        self.strip.update()
        if self.bar.isVisible() or self._told[0]:
            self._place_bar_soon()
        point = self.position()
        if point != self._told[1]:
            self._told = self._told[0], point
            self.position_changed.emit(point)

    # Overrides of Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_bar_soon()


def _moved(text: str, one: Range, *, start: bool, later: bool) -> Range:
    first, last = one
    if start and later:
        first = segmentation.next_word_start(text, first)
    elif start:
        first = segmentation.previous_word_start(text, first)
    elif later:
        last = segmentation.next_word_end(text, last)
    else:
        last = segmentation.previous_word_end(text, last)
    return (first, last) if first < last else one


def _at_edge(text: str, point: int) -> bool:
    """No word begins before ``point`` and ends behind it."""
    start, end = segmentation.word_at(text, point)
    return not start < point < end


def _trimmed(text: str, start: int, end: int) -> Range:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
