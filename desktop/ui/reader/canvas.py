"""The text of the reader as it is laid out: built bit by bit, centred, and kept in its place."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QTextCursor, QTextFrameFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.ui.reader import geometry
from desktop.ui.reader.album import Album
from desktop.ui.reader.builder import PageBuilder
from desktop.ui.reader.marks import MarkIndex
from desktop.ui.reader.painting import GUTTER, Scene
from desktop.ui.reader.plan import Element
from desktop.ui.reader.positions import PositionMap
from desktop.ui.reader.prepared import Prepared
from desktop.ui.reader.styles import Styles, Typography
from desktop.ui.theme import Theme

TOP, BOTTOM = 32, 120
SLICE = 0.006  # seconds of building between two looks at the events
HURRY = 0.03  # the same, while somebody waits for a place that is not there yet
YIELDING = 30  # milliseconds between two slices while the text is not in front
LARGE = 100_000  # positions that take more than a few frames: too many to hold up the window for
FIRST_SCREENS = 6_000  # positions that are there before the first paint


class Canvas(QTextEdit):
    """A plan on a page. All positions are of the document; ``map`` leads to code points.

    Signals:
        scrolled: Another part of the text is in view.
        arranged: Places on the page have changed: more is built, or the width is another one.
        selected: The selection may have changed.

    Attributes:
        map: Code points and positions of the text that is shown.
        canonical: That text.
        scene: What is painted under it.
    """

    scrolled = Signal()
    arranged = Signal()
    selected = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.map = PositionMap("", [])
        self.canonical = ""
        self._plan: list[Element] = []
        self._anchor: tuple[int, float] | None = None  # position of the top line, pixels into it
        self._placing = False
        self._waiting: tuple[int, Callable[[], object]] | None = None  # a place, and what to do there
        self._exact = self._seen = (0, 0)
        self._in_view: tuple[tuple[int, int], int, int] | None = None  # place of the view, first, last
        self._beside: QWidget | None = None
        styles = Styles(theme, Typography(), None)
        self.album = Album(self)
        self.scene = Scene(self.document(), theme, styles, [], MarkIndex([], self.map), self.album)
        self._builder = PageBuilder(self.document(), [], styles)
        self._rest = QTimer(self, interval=0)
        self._rest.timeout.connect(self._build_more)
        self._arrange_later = QTimer(self, singleShot=True, interval=80)
        self._arrange_later.timeout.connect(self._arrange_again)
        self._set_up()

    def _set_up(self) -> None:
        self.setReadOnly(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)  # laid out when we say so, and once
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.cursorPositionChanged.connect(self.viewport().update)
        self.selectionChanged.connect(self.selected)
        self.album.changed.connect(self.viewport().update)
        self.recolour()

    # Content

    def show_plan(self, plan: list[Element], canonical: str, styles: Styles) -> None:
        """Prepare a plan and show it."""
        self.show_prepared(Prepared.of(canonical, plan), styles)

    def show_prepared(self, prepared: Prepared, styles: Styles) -> None:
        """Show another text from its start; the first screens are there on return."""
        self._plan, self.canonical = prepared.plan, prepared.text
        self.map, self.scene.leaves = prepared.map, prepared.leaves
        self.scene.marks, self.scene.hits = MarkIndex([], self.map), []
        self.scene.current_hit, self.scene.focused, self.scene.selection = None, None, []
        self._anchor = self._waiting = None
        self._build(styles, FIRST_SCREENS)
        self.select(*[self.map.to_position(0)] * 2)  # it was pushed along by the text
        self._scroll_to(0)

    def restyle(self, styles: Styles) -> None:
        """Lay the same text out anew; the line at the top and the selection stay."""
        anchor, ends = self._place(), self.ends()
        self._build(styles, max(anchor[0], *ends) + FIRST_SCREENS)
        self.select(*ends)
        self._restore(anchor)

    def _build(self, styles: Styles, until: int) -> None:
        self.scene.styles = styles
        self.recolour()
        self._keeping_still(lambda: self._start_building(styles, until))
        self._rest.start()
        self.viewport().update()

    def _start_building(self, styles: Styles, until: int) -> None:
        self._in_view = None
        self._builder = PageBuilder(self.document(), self._plan, styles)
        self._arrange()
        self._builder.build_until(until)

    def _build_more(self) -> None:
        ends = self.ends()
        self._builder.build_for(HURRY if self._waiting else SLICE)
        if self.ends() != ends:
            self.select(*ends)  # a cursor at the very end is pushed along by what is appended
        if self._builder.finished:
            self._rest.stop()
        self.arranged.emit()
        self._arrive()

    def yield_to_others(self, yielding: bool) -> None:
        """Build on with a sixth of the time while something else is looked at."""
        self._rest.setInterval(YIELDING if yielding else 0)

    @property
    def finished(self) -> bool:
        """Everything is laid down; until then ``reach`` brings a later position in."""
        return self._builder.finished

    def holds(self, position: int) -> bool:
        """Whether ``reach`` has nothing to do."""
        return self.finished or self._builder.built > position + FIRST_SCREENS

    def reach(self, position: int) -> None:
        """Have ``position`` on the page, and a screen behind it."""
        if not self.finished:
            self._keeping_still(lambda: self._builder.build_until(position + FIRST_SCREENS))

    def when_there(self, position: int, act: Callable[[], object]) -> None:
        """Act once ``position`` is on the page: at once, or in a book after a moment of laying down.

        The window goes on meanwhile; a newer wish takes the place of the older one.
        """
        self._waiting = position, act
        if self.finished or self._builder.built + LARGE > position:
            self.reach(position)
            self._arrive()

    @property
    def awaited(self) -> int | None:
        """The position that ``when_there`` is still on its way to."""
        return self._waiting[0] if self._waiting else None

    def stay(self) -> None:
        """Go nowhere: what was awaited is not wanted any more."""
        self._waiting = None

    def _arrive(self) -> None:
        if self._waiting and self.holds(self._waiting[0]):
            (_, act), self._waiting = self._waiting, None
            act()

    def recolour(self) -> None:
        palette = self.palette()  # the selection is painted under the text, with the marks
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.HighlightedText, self._theme.color("text"))
        palette.setColor(QPalette.ColorRole.Base, self._theme.color("surface"))
        palette.setColor(QPalette.ColorRole.Text, self._theme.color("text"))
        self.setPalette(palette)

    # Place

    def visible(self, slack: int = 0) -> tuple[int, int]:
        """Document positions of the part in view, widened by ``slack`` on both sides."""
        view = self.verticalScrollBar().value(), self.viewport().height()
        if self._in_view is None or self._in_view[0] != view:
            first, last = self._between(view[0], sum(view))
            # What is appended behind a part leaves it where it is.
            self._in_view = (view, first, last) if self.holds(last) else None
        else:
            _, first, last = self._in_view
        return max(0, first - slack), last + slack

    def _between(self, top: int, bottom: int) -> tuple[int, int]:
        """The positions between two heights; in a book Qt takes milliseconds to find them."""
        layout, fuzzy = self.document().documentLayout(), Qt.HitTestAccuracy.FuzzyHit
        first = layout.hitTest(QPointF(0, top), fuzzy)
        return first, max(first, layout.hitTest(QPointF(1e6, bottom), fuzzy))

    def top_position(self) -> int:
        return self._place()[0]

    def scroll_to(self, start: int, end: int, *, force: bool = False) -> None:
        """Bring a range into view, a third from the top, unless it is in view already."""
        self.reach(end)
        top = geometry.line_top(self.document(), start)
        bottom = geometry.line_top(self.document(), end) + 2 * self.scene.styles.size
        view = self.verticalScrollBar().value()
        height = self.viewport().height()
        if force or top < view + 8 or min(bottom, top + height // 2) > view + height - 8:
            self._scroll_to(round(top - height / 3))

    def scroll_to_top(self, position: int) -> None:
        """Put the line of a position at the top of the view."""
        self._restore((position, 0.0))
        self._anchor = None

    def share_of(self, position: int) -> float:
        """How far down the text a position stands, from 0 to 1; known before it is laid out."""
        return position / max(1, self.map.length)

    def scroll_to_share(self, share: float) -> None:
        position = round(share * self.map.length)
        self.when_there(position, lambda: self.scroll_to(position, position, force=True))

    def rects(self, start: int, end: int) -> list[QRect]:
        """The boxes of a range in the viewport's coordinates."""
        first, last = self.visible(200)
        down, ratio = -self.verticalScrollBar().value(), self.devicePixelRatioF()
        found = geometry.runs(self.document(), max(first, start), min(last, end))
        return [run.box(ratio).translated(0, down).toAlignedRect() for run in found]

    def _place(self) -> tuple[int, float]:
        """What stands at the top; remembered until the person scrolls, so that it never drifts."""
        if self._anchor is None:
            top = self.verticalScrollBar().value()
            place = QPointF(self.scene.left + 1, top)
            position = self.document().documentLayout().hitTest(place, Qt.HitTestAccuracy.FuzzyHit)
            self._anchor = position, top - geometry.line_top(self.document(), position)
        return self._anchor

    def _restore(self, anchor: tuple[int, float]) -> None:
        self.reach(anchor[0])
        y = geometry.line_top(self.document(), anchor[0]) + anchor[1]
        self._scroll_to(round(y))
        self._anchor = anchor

    def _scroll_to(self, y: int) -> None:
        bar = self.verticalScrollBar()
        if y > bar.maximum():
            self.document().size()  # lays out what is left, so that the bar knows its range
        self._keeping_still(lambda: bar.setValue(y))
        self._anchor = None
        self.scrolled.emit()

    def put_beside(self, widget: QWidget) -> None:
        """Keep a narrow widget between the text and its scroll bar."""
        self._beside = widget
        self.setViewportMargins(0, 0, widget.width(), 0)
        self._place_beside()

    def _place_beside(self) -> None:
        if self._beside is not None:
            view = self.viewport().geometry()
            self._beside.setGeometry(view.right() + 1, view.top(), self._beside.width(), view.height())

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
            self.scrolled.emit()

    def _arrange_again(self) -> None:
        """Fit the text to another width; what stood at the top still does."""
        anchor = self._place()
        self._keeping_still(self._arrange)
        self._restore(anchor)
        self.arranged.emit()

    def _arrange(self) -> None:
        """Centre the column; the root frame's margins hold glyphs at its left."""
        room, column = self.viewport().width(), self.scene.styles.column
        left = max(GUTTER, (room - column) // 2)
        right = max(14, room - left - column)
        found = QTextFrameFormat()
        found.setLeftMargin(left)
        found.setRightMargin(right)
        found.setTopMargin(TOP)
        found.setBottomMargin(BOTTOM)
        self.scene.left, self.scene.right = left, room - right
        self._fit_pictures(room - left - right)
        self.document().rootFrame().setFrameFormat(found)
        self.setLineWrapColumnOrWidth(room)
        self._in_view = None

    def _fit_pictures(self, room: int) -> None:
        """Give those that are laid down already the height they have in a column of another width."""
        styles, changed = self.scene.styles, self.scene.styles.room != room
        styles.room = room
        if not changed or not styles.has_pictures:
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for leaf, start in zip(self.scene.leaves, self.map.starts, strict=True):
            if start >= self._builder.built:
                break
            if styles.picture(leaf):
                cursor.setPosition(start)
                cursor.setBlockFormat(styles.block_format(leaf))
        cursor.endEditBlock()

    # The selection

    def select(self, anchor: int, position: int) -> None:
        """Select document positions; the caret goes to ``position``."""
        self.reach(max(anchor, position))
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self._keeping_still(lambda: self._set_cursor_still(cursor))
        self._remember(anchor, position)

    def _remember(self, anchor: int, position: int) -> None:
        """Keep the ends as they were meant: in a table Qt's cursor moves its own to whole cells."""
        cursor = self.textCursor()
        self._exact, self._seen = (anchor, position), (cursor.anchor(), cursor.position())
        self.selected.emit()

    def ends(self) -> tuple[int, int]:
        """Anchor and caret, in document positions."""
        cursor = self.textCursor()
        now = cursor.anchor(), cursor.position()
        return self._exact if now == self._seen else now

    @property
    def caret(self) -> int:
        """The document position of the text cursor."""
        return self.ends()[1]

    def _set_cursor_still(self, cursor: QTextCursor) -> None:
        """Set the cursor without the jump that QTextEdit makes to show it."""
        bar = self.verticalScrollBar()
        before = bar.value()
        self.setTextCursor(cursor)
        bar.setValue(before)

    # Overrides of Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        anchor = self._place()
        self._keeping_still(lambda: super(Canvas, self).resizeEvent(event))
        self._place_beside()
        self._anchor = anchor
        if event.size().width() != event.oldSize().width():
            self._arrange_later.start() if self.map.length > LARGE else self._arrange_again()
        self.arranged.emit()
