"""Narrowing a search: how many of all hits have each value, one click to ask for it or to forbid it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from desktop.ui.paint import line, rounded, text_width
from desktop.ui.painted import ITEM, Index, Look, Painted, hairline, prepare
from desktop.ui.search import narrowing
from desktop.ui.search.years import YearChart
from desktop.ui.theme import Theme
from desktop.ui.tokens import KINDS, VERDICTS
from desktop.ui.wording import counted, language_name, thousands

WIDTH, HEAD = 256, 38  # pixels of the column and of the line above it
_BAR = 36  # pixels of the longest bar
_TREES = ("tag:", "collection:")  # of a long path the end tells more
_MOST = 6  # values of one facet; the others are behind "more"
_FIELDS = {
    "kind": ("kind:", "Kind"),
    "speaker": ("speaker:", "Speaker"),
    "tag": ("tag:", "Tag"),
    "language": ("lang:", "Language"),
    "outlet": ("outlet:", "Outlet"),
    "collection": ("collection:", "Collection"),
    "verdict": ("verdict:", "Verdict of the claim"),
}
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of one facet.

    Attributes:
        share: Of the largest count of its facet, 0 to 1.
        on: The query asks for it.
        off: The query forbids it.
    """

    field: str
    value: str
    label: str
    count: int
    share: float
    on: bool
    off: bool = False


@dataclass(frozen=True, slots=True)
class More:
    """Leads to all values of a facet; ``hidden`` of them are not listed."""

    name: str
    hidden: int


Row = str | Facet | More


def field_of(name: str) -> tuple[str, str]:
    """The query's field and the title of a facet."""
    return _FIELDS[name]


def asked_facets(query: str) -> list[str]:
    """The facets of which the query asks for some value: what else there is has to be counted without it."""
    asked = {one.field for one in narrowing.clauses(query) if not one.excluded}
    names = [name for name, (field, _) in _FIELDS.items() if field in asked]
    return [*names, "year"] if "date:" in asked else names


def rows_of(facets: Counts, query: str) -> list[Row]:
    """Headings and facets in a fixed order, the largest first; facets without a choice are left out.

    What the query asks for or forbids is listed, however rare.
    """
    rows: list[Row] = []
    for name, (_, title) in _FIELDS.items():
        values = values_of(name, facets.get(name, {}), query)
        shown = [one for at, one in enumerate(values) if at < _MOST or one.on or one.off]
        if len(values) > 1 or any(one.on or one.off for one in values):
            rows += [title, *shown]
            if hidden := len(values) - len(shown):
                rows.append(More(name, hidden))
    return rows


def values_of(name: str, counts: Mapping[str, int], query: str) -> list[Facet]:
    """All values of a facet, the largest first, with what the query says of them."""
    field = _FIELDS[name][0]
    about = [one for one in narrowing.clauses(query) if one.field == field]
    ordered = sorted(((value, count) for value, count in counts.items() if value), key=_by_count)
    known = {value.casefold() for value, _ in ordered}
    missing = [value for one in about for value in one.values if value.casefold() not in known]
    largest = max((count for _, count in ordered), default=1)
    return [
        Facet(
            field,
            value,
            _label(field, value),
            count,
            count / max(largest, 1),
            on=any(one.has(value) and not one.excluded for one in about),
            off=any(one.has(value) and one.excluded for one in about),
        )
        for value, count in [*ordered, *((value, 0) for value in dict.fromkeys(missing))]
    ]


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _label(field: str, value: str) -> str:
    if field == "lang:":
        return language_name(value)
    return value.capitalize() if field in ("kind:", "verdict:") else value


class FacetModel(QAbstractListModel):
    """Headings (plain text), facets and ways to more of them in one list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show(self, rows: list[Row]) -> None:
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row(self, index: Index) -> Row | None:
        return self._rows[index.row()] if index.isValid() else None

    def index_of(self, wanted: Row | None) -> QModelIndex:
        """Of the row that stands for the same value; invalid where there is none."""
        for number, row in enumerate(self._rows):
            if wanted is not None and _same(row, wanted):
                return self.index(number, 0)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.row(index), str):
            return Qt.ItemFlag.NoItemFlags  # the arrow keys pass over headings
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ITEM:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Facet):
            return f"{row.label}\nClick: only these, or these too. Ctrl-click or −: without these."
        return None


def _same(row: Row, wanted: Row) -> bool:
    if isinstance(row, Facet) and isinstance(wanted, Facet):
        return (row.field, row.value) == (wanted.field, wanted.value)
    return isinstance(row, More) and isinstance(wanted, More) and row.name == wanted.name


def _spoken(row: Row) -> str:
    if isinstance(row, str):
        return row
    if isinstance(row, More):
        return f"{row.hidden} more"
    state = "chosen, " if row.on else "excluded, " if row.off else ""
    return f"{row.label}, {state}{counted(row.count, 'hit', 'hits')}"


class FacetPane(QFrame):
    """The column beside the results.

    Signals:
        query_wanted: The query after a click.
        more_wanted: All values of the facet with this name are to be chosen from.
    """

    query_wanted = Signal(str)
    more_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facets")
        self.setFixedWidth(WIDTH)
        self._query = ""
        self.facets: Counts = {}
        self.model = FacetModel(self)
        self.view = FacetView()
        self.view.setItemDelegate(FacetDelegate(theme, self.view))
        self.view.setModel(self.model)
        self.years = YearChart(theme)
        heading = QLabel("Narrow")
        heading.setProperty("role", "title")
        heading.setContentsMargins(16, 0, 16, 0)
        heading.setFixedHeight(HEAD)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        for widget in (heading, hairline(), self.years, self.view):
            column.addWidget(widget)
        self.view.chosen.connect(self._choose)
        self.years.years_chosen.connect(self._choose_years)

    def show_facets(self, facets: Counts, query: str) -> bool:
        """False when there is nothing to choose between."""
        here, place = self.model.row(self.view.currentIndex()), self.view.verticalScrollBar().value()
        self._query, self.facets = query, facets
        rows = rows_of(facets, query)
        self.model.show(rows)
        if (index := self.model.index_of(here)).isValid():
            self.view.setCurrentIndex(index)
        self.view.verticalScrollBar().setValue(place)
        has_years = self.years.show_years(facets.get("year", {}), query)
        return bool(rows) or has_years

    def values(self, name: str) -> list[Facet]:
        """All values of a facet, the largest first."""
        return values_of(name, self.facets.get(name, {}), self._query)

    def include(self, field: str, value: str) -> None:
        self.query_wanted.emit(narrowing.included(self._query, field, value))

    def exclude(self, field: str, value: str) -> None:
        self.query_wanted.emit(narrowing.excluded(self._query, field, value))

    def _choose(self, index: QModelIndex, excluding: bool) -> None:
        row = self.model.row(index)
        if isinstance(row, More):
            self.more_wanted.emit(row.name)
        elif isinstance(row, Facet):
            (self.exclude if excluding else self.include)(row.field, row.value)

    def _choose_years(self, span: str, excluding: bool) -> None:
        change = narrowing.excluded if excluding else narrowing.replaced
        self.query_wanted.emit(change(self._query, "date:", span))


class FacetView(QListView):
    """Space and Enter ask for the current value, minus (or Ctrl or Shift with them) forbids it.

    Signals:
        chosen: (index, it is to be excluded)
    """

    chosen = Signal(QModelIndex, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        prepare(self)
        self.setAccessibleName("Narrow the search")

    def minus_of(self, index: Index) -> QRectF:
        """Where the small minus of a row is drawn while the pointer is on it."""
        return _minus_box(QRectF(self.visualRect(index)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        excluding = bool(event.modifiers() & _EXCLUDING)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and index.isValid():
            self.chosen.emit(index, excluding)
        elif key == Qt.Key.Key_Minus and index.isValid():
            self.chosen.emit(index, True)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands in this window."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place: QPoint = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            on_minus = isinstance(index.data(ITEM), Facet) and self.minus_of(index).contains(place)
            self.chosen.emit(index, on_minus or bool(event.modifiers() & _EXCLUDING))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 400)


_EXCLUDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def _minus_box(row: QRectF) -> QRectF:
    return QRectF(row.right() - 84, row.y() + 4, 20, 20)


class FacetDelegate(Painted):
    """A box to tick, a name, a bar and a count; under the pointer a minus in place of the bar."""

    def height(self, item: Any, _width: int) -> int:
        return 36 if isinstance(item, str) else 28

    def draw(self, painter: QPainter, box: QRectF, item: Any, look: Look) -> None:
        theme = self.theme
        if isinstance(item, str):
            below = QRectF(16, box.bottom() - 26, box.width() - 32, 20)
            line(painter, below, item, theme.font(11, 600), theme.color("muted"))
            return
        if look.hovered or (look.chosen and look.focused):
            rounded(painter, box.adjusted(8, 1, -8, -1), theme.color("hover"))
        if isinstance(item, More):
            words = f"{thousands(item.hidden)} more…"
            line(painter, QRectF(40, box.y(), 180, 28), words, theme.font(12), theme.color("accent"))
            return
        self._tick(painter, QRectF(16, box.y() + 6, 16, 16), item)
        self._value(painter, box, item, look)

    def _value(self, painter: QPainter, box: QRectF, item: Facet, look: Look) -> None:
        theme = self.theme
        # What stands for a whole branch of a tree is no value of its own: its hits are counted below it.
        count = thousands(item.count) if item.count or not item.on else ""
        taken = text_width(count, theme.font(12))
        right = QRectF(box.right() - 16 - taken, box.y(), taken + 1, 28)
        line(painter, right, count, theme.font(12), theme.color("muted"))
        bar = QRectF(box.right() - 96, box.y() + 12, _BAR, 4)
        if look.hovered or (look.chosen and look.focused):
            place = _minus_box(box)
            rounded(painter, place, theme.color("raised"), theme.color("strong-line"), 5)
            theme.draw_icon(painter, "minus", place.x() + 4, place.y() + 4, 12, "text")
        else:
            token = item.value if item.value in KINDS or item.field == "verdict:" else "muted"
            color = theme.color(token if token in (*KINDS, *VERDICTS) else "muted")
            rounded(painter, QRectF(bar.x(), bar.y(), max(4.0, _BAR * item.share), 4), color, None, 2)
        place = QRectF(40, box.y(), bar.x() - 48, 28)
        font = theme.font(13, 600 if item.on else 400)
        side = Qt.TextElideMode.ElideLeft if item.field in _TREES else Qt.TextElideMode.ElideRight
        label = QFontMetricsF(font).elidedText(item.label, side, place.width())
        used = line(painter, place, label, font, theme.color("muted" if item.off else "text"))
        if item.off:
            painter.fillRect(QRectF(40, box.y() + 14, used, 1), theme.color("muted"))

    def _tick(self, painter: QPainter, box: QRectF, item: Facet) -> None:
        theme, fill = self.theme, item.on or item.off
        token = "accent" if item.on else "muted"
        rounded(painter, box, theme.color(token) if fill else None, theme.color(token), 4)
        if fill:
            glyph = "check" if item.on else "minus"
            theme.draw_icon(
                painter, glyph, box.x() + 2, box.y() + 2, 12, "surface" if item.off else "on-accent"
            )
