"""The place of the results: how many and in which order, the list, and what to try when there is none."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.searching import SearchSort
from desktop.ui.painted import hairline
from desktop.ui.search.facets import HEAD, FacetPane
from desktop.ui.search.notes import Link, SearchNotes, behind_words
from desktop.ui.search.nothing import NothingFound
from desktop.ui.search.orders import ORDERS, order_words
from desktop.ui.search.results import Answer, HitRow, MoreRow, ResultModel, Row, key_of
from desktop.ui.search.rows import ResultDelegate
from desktop.ui.search.tall_list import TallList
from desktop.ui.theme import Theme
from desktop.ui.wording import counted

if TYPE_CHECKING:
    from desktop.core.searching import SearchHit, SearchResult

_ROOM = 900  # from this width on the facets stand beside the hits


class ResultPane(QFrame):
    """Hits grouped under their articles.

    Signals:
        hit_chosen: The person wants to see this ``SearchHit`` in its article.
        article_chosen: The heading of this article id was chosen.
        marks_wanted: The marks of this article id that are not listed are wanted.
        query_wanted: A facet or a proposal was chosen; the query that goes with it.
        order_chosen: The person wants this ``SearchSort``.
        current_changed: Another row is the current one.
    """

    hit_chosen = Signal(object)
    article_chosen = Signal(str)
    marks_wanted = Signal(str)
    query_wanted = Signal(str)
    order_chosen = Signal(object)
    current_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._theme, self._order, self._choices = theme, SearchSort.RELEVANCE, False
        self.model = ResultModel(self)
        self.view = ResultView(theme, self.model)
        self.nothing, self.notes, self.facets = NothingFound(theme), SearchNotes(), FacetPane(theme)
        self._heading, self._note, self.above = QLabel(), QLabel(), Link("")
        self.orders, self.menu = QMenu(self), QMenu(self)
        self._lay_out()
        self._fill_orders()
        self._connect()

    def _lay_out(self) -> None:
        self._heading.setProperty("role", "title")
        self._note.setProperty("role", "muted")
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.order_button = self._button("arrow-up-down", "Order of the results", self.orders)
        self.menu_button = self._button("ellipsis", "More about this search", self.menu)
        top = QWidget()
        top.setFixedHeight(HEAD)
        head = QHBoxLayout(top)
        head.setContentsMargins(16, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(self._heading)
        head.addWidget(self._note, 1)
        head.addWidget(self.above)
        head.addWidget(self.order_button)
        head.addWidget(self.menu_button)
        self._places = QStackedWidget()
        self._places.addWidget(self.view)
        self._places.addWidget(self.nothing)
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget in (top, hairline(), self.notes):
            column.addWidget(widget)
        column.addWidget(self._places, 1)
        self._edge = hairline("vline")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.facets)
        row.addWidget(self._edge)
        row.addLayout(column, 1)

    def _button(self, icon: str, name: str, menu: QMenu) -> QToolButton:
        button = QToolButton()
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFixedSize(30, 30)
        button.setIconSize(QSize(16, 16))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setIcon(self._theme.icon(icon))
        self._theme.changed.connect(lambda: button.setIcon(self._theme.icon(icon)))
        return button

    def _fill_orders(self) -> None:
        group = QActionGroup(self)
        self._order_actions: dict[SearchSort, QAction] = {}
        for sort, words in ORDERS.items():
            action = self.orders.addAction(words)
            action.setCheckable(True)
            action.triggered.connect(partial(self._choose_order, sort))
            group.addAction(action)
            self._order_actions[sort] = action

    def _connect(self) -> None:
        for source in (self.facets, self.notes, self.nothing):
            source.query_wanted.connect(self.query_wanted)
        self.above.clicked.connect(self._go_to_top)
        self.view.chosen.connect(self._open)
        self.view.clicked.connect(self._open)
        self.view.selectionModel().currentChanged.connect(self.current_changed)

    # Showing

    def set_order(self, order: SearchSort) -> None:
        """The order that answers are asked for in."""
        self._order = order
        self._order_actions[order].setChecked(True)
        self.order_button.setToolTip(f"Order of the results: {order_words(order)}")

    def show_answer(self, answer: Answer) -> None:
        """A new answer from its top, a further page of it, or the same one renewed in its place."""
        result = answer.result
        if not answer.offset:
            self._show_facets(answer)
        self._tell(result)
        if answer.renewed and self.model.rowCount():
            self._tell_above(self._renew(answer))
            return
        self.model.show(answer)
        if not answer.offset:
            self.view.scrollToTop()
            self.notes.show_proposals(result.proposals)
            self._tell_above(0)

    def _show_facets(self, answer: Answer) -> None:
        """Before the rows, so that these are measured once, for the room that is left to them."""
        self._choices = self.facets.show_facets(answer.facets, answer.result.query)
        self._fold()
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()

    def _tell(self, result: "SearchResult") -> None:
        where = f" in {counted(result.articles, 'article', 'articles')}" if result.articles else ""
        self._heading.setText(f"{counted(result.total, 'hit', 'hits')}{where}")
        self._note.setText(self._said(result))
        self._places.setCurrentWidget(self.view if result.total else self.nothing)
        if not result.total:
            self.nothing.show_result(result)

    def _said(self, result: "SearchResult") -> str:
        """The order, and what there is to know about the index."""
        behind = behind_words(result)
        if not result.total:
            return behind
        return f"{order_words(self._order)} · {behind or 'Enter opens'}"

    def clear(self) -> None:
        self.model.clear()
        self.notes.show_proposals(())
        self._tell_above(0)

    def _renew(self, answer: Answer) -> int:
        """Show the rows of now without moving the one that is looked at; how many are new above it."""
        if self.model.shows(answer):
            self.model.show_total(answer)
            return 0
        view, model = self.view, self.model
        current = model.row(view.currentIndex())
        seen = current if current is not None and self._in_sight(view.currentIndex()) else None
        anchor = seen or model.row(view.first_in_sight())
        top = view.top_of(model.index_of(key_of(anchor))) if anchor is not None else 0
        before = {key_of(model.at(number)) for number in range(model.rowCount())}
        model.show(answer)
        if current is not None:
            self._make_current(model.index_of(key_of(current)))
        place = model.index_of(key_of(anchor)) if anchor is not None else QModelIndex()
        if not place.isValid():
            return 0
        view.keep_at(place, top)
        return sum(key_of(model.at(row)) not in before for row in range(view.first_in_sight().row()))

    def _in_sight(self, index: QModelIndex) -> bool:
        return self.view.viewport().rect().intersects(self.view.visualRect(index))

    def _make_current(self, index: QModelIndex) -> None:
        """Without scrolling there."""
        self.view.setAutoScroll(False)
        self.view.setCurrentIndex(index)
        self.view.setAutoScroll(True)

    def _go_to_top(self) -> None:
        self.view.scrollToTop()
        self._tell_above(0)

    def _tell_above(self, rows: int) -> None:
        """How many rows came to stand over what is in sight."""
        self.above.setText(f"{counted(rows, 'new row', 'new rows')} above")
        self.above.setVisible(bool(rows))

    def _fold(self) -> None:
        """Facets need room, and something to choose between."""
        shown = self._choices and self.width() >= _ROOM
        self.facets.setVisible(shown)
        self._edge.setVisible(shown)

    # Choosing

    def first_hit(self) -> "SearchHit | None":
        rows = map(self.model.at, range(self.model.rowCount()))
        return next((row.hit for row in rows if isinstance(row, HitRow)), None)

    @property
    def current(self) -> Row | None:
        return self.model.row(self.view.currentIndex())

    def focus(self) -> None:
        """Give the list the keyboard, on its first hit unless there is a current one."""
        fresh = not self.view.currentIndex().isValid()
        self.view.setFocus()
        if fresh and self.model.rowCount() > 1:
            self.view.setCurrentIndex(self.model.index(1, 0))

    def step_hit(self, step: int) -> bool:
        """Make the next or previous hit the current one; False at the end of what is listed."""
        return self._step(step, lambda row: isinstance(row, HitRow))

    def step_article(self, step: int) -> bool:
        """Make the first hit of the next or previous article the current one; False at the end."""
        here = self.current
        article_id = here.article_id if here is not None else None
        place = self.model.place_of(article_id) if article_id is not None else None
        wanted = 0 if place is None else place + step
        if not 0 <= wanted < len(self.model.articles):
            return False
        self.choose(self.model.articles[wanted])
        return True

    def choose(self, article_id: str, key: str | None = None) -> None:
        """Make a hit of an article the current row: the one with this key, else its first."""
        index = self.model.index_of(key) if key is not None else QModelIndex()
        if not index.isValid():
            head = self.model.index_of(f"head:{article_id}")
            index = self.model.index(head.row() + 1, 0) if head.isValid() else head
        if index.isValid():
            self.view.setCurrentIndex(index)

    def _step(self, step: int, wanted: Callable[[Row], bool]) -> bool:
        here = self.view.currentIndex()
        start = here.row() + step if here.isValid() else (0 if step > 0 else self.model.rowCount() - 1)
        end = self.model.rowCount() if step > 0 else -1
        for number in range(start, end, step):
            if wanted(self.model.at(number)):
                self.view.setCurrentIndex(self.model.index(number, 0))
                return True
        return False

    def _choose_order(self, sort: SearchSort, *_: object) -> None:
        self.order_chosen.emit(sort)

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if isinstance(row, HitRow):
            self.hit_chosen.emit(row.hit)
        elif isinstance(row, MoreRow):
            if not row.waiting:
                self.model.await_marks(row.article_id)
                self.view.setCurrentIndex(self.model.index_of(key_of(row)))
                self.marks_wanted.emit(row.article_id)
        elif row is not None:
            self.article_chosen.emit(row.article_id)

    def open_article(self, answer: Answer, article_id: str) -> None:
        """List the other marks of an article; the first of them is current if the way there was."""
        index = self.model.index_of(f"more:{article_id}")
        was_current = index.isValid() and index == self.view.currentIndex()
        self.model.open_article(answer, article_id)
        if was_current:
            self._make_current(self.model.index(min(index.row(), self.model.rowCount() - 1), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()


class ResultView(TallList):
    """The list.

    Signals:
        chosen: Enter was pressed on this index.
    """

    chosen = Signal(QModelIndex)

    def __init__(self, theme: Theme, model: ResultModel, parent: QWidget | None = None) -> None:
        super().__init__(ResultDelegate(theme), parent)
        self.setAccessibleName("Results")
        self.setModel(model)
        theme.changed.connect(self.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands in this window."""
