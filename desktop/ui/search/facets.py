"""Narrowing a search: how many hits of each kind, speaker, language, tag and outlet, one click each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from desktop.ui.paint import line, rounded, text_width
from desktop.ui.painted import ITEM, Index, Look, Painted, hairline, prepare
from desktop.ui.search.completion import quoted
from desktop.ui.theme import Theme
from desktop.ui.tokens import KINDS
from desktop.ui.wording import counted, language_name, thousands

_MOST = 6  # values of one facet
_FIELDS = {
    "kind": ("kind:", "Kind"),
    "speaker": ("speaker:", "Speaker"),
    "language": ("lang:", "Language"),
    "tag": ("tag:", "Tag"),
    "outlet": ("outlet:", "Outlet"),
}


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of one facet.

    Attributes:
        share: Of the largest count of its facet, 0 to 1.
        on: The query asks for it.
    """

    field: str
    value: str
    label: str
    count: int
    share: float
    on: bool


def rows_of(facets: Mapping[str, Mapping[str, int]], query: str) -> list[str | Facet]:
    """Headings and facets in a fixed order, the largest first; facets without a choice are left out."""
    rows: list[str | Facet] = []
    for name, (field, title) in _FIELDS.items():
        counts = sorted(facets.get(name, {}).items(), key=lambda item: (-item[1], item[0]))[:_MOST]
        made = [_facet(field, value, count, counts[0][1], query) for value, count in counts if value]
        if len(made) > 1 or any(one.on for one in made):
            rows += [title, *made]
    return rows


def _facet(field: str, value: str, count: int, largest: int, query: str) -> Facet:
    label = language_name(value) if field == "lang:" else value.capitalize() if field == "kind:" else value
    on = (field + quoted(value)).casefold() in query.casefold().replace('""', "")
    return Facet(field, value, label, count, count / max(largest, 1), on)


def toggled(query: str, field: str, value: str) -> str:
    """The query with this value asked for instead of others of its field, or no longer asked for."""
    wanted = field + quoted(value)
    others = re.compile(rf'(?<![\w-]){re.escape(field)}(?:"[^"]*"?|\S*)\s*', re.IGNORECASE)
    bare = others.sub("", query).strip()
    if wanted.casefold() in query.casefold():
        return _unwrapped(bare)
    if re.search(r"\bOR\b", bare) and _unwrapped(bare) == bare:
        bare = f"({bare})"  # else the field would belong to the last alternative only
    return f"{bare} {wanted}".strip()


def _unwrapped(query: str) -> str:
    """Without the brackets around the whole of it."""
    inner = query[1:-1]
    return inner if query[:1] + query[-1:] == "()" and not {"(", ")"} & set(inner) else query


class FacetModel(QAbstractListModel):
    """Headings (plain text) and facets in one list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | Facet] = []

    def show(self, rows: list[str | Facet]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def facet(self, index: Index) -> Facet | None:
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Facet) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        chosen = Qt.ItemFlag.ItemIsSelectable if self.facet(index) else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | chosen

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ITEM:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else _spoken(row)
        return None


def _spoken(facet: Facet) -> str:
    state = "chosen, " if facet.on else ""
    return f"{facet.label}, {state}{counted(facet.count, 'hit', 'hits')}"


class FacetPane(QFrame):
    """The column beside the results.

    Signals:
        query_wanted: The query after a click.
    """

    query_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facets")
        self.setFixedWidth(256)
        self._query = ""
        self.model = FacetModel(self)
        self.view = FacetView()
        self.view.setItemDelegate(FacetDelegate(theme, self.view))
        self.view.setModel(self.model)
        heading = QLabel("Narrow")
        heading.setProperty("role", "title")
        heading.setContentsMargins(16, 10, 16, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        for widget in (heading, hairline(), self.view):
            column.addWidget(widget)
        self.view.clicked.connect(self._toggle)
        self.view.activated.connect(self._toggle)

    def show_facets(self, facets: Mapping[str, Mapping[str, int]], query: str) -> bool:
        """False when there is nothing to choose between."""
        self._query = query
        rows = rows_of(facets, query)
        self.model.show(rows)
        return bool(rows)

    def _toggle(self, index: QModelIndex) -> None:
        facet = self.model.facet(index)
        if facet is not None:
            self.query_wanted.emit(toggled(self._query, facet.field, facet.value))


class FacetView(QListView):
    """Space and Enter choose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        prepare(self)
        self.setAccessibleName("Narrow the search")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands in this window."""

    def sizeHint(self) -> QSize:
        return QSize(256, 400)


class FacetDelegate(Painted):
    """A box to tick, a name, a bar and a count."""

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
        self._tick(painter, QRectF(16, box.y() + 6, 16, 16), item.on)
        count = thousands(item.count)
        taken = text_width(count, theme.font(12))
        right = QRectF(box.right() - 16 - taken, box.y(), taken + 1, 28)
        line(painter, right, count, theme.font(12), theme.color("muted"))
        token = item.value if item.field == "kind:" and item.value in KINDS else "muted"
        bar = QRectF(box.right() - 108, box.y() + 12, 52, 4)
        rounded(
            painter,
            QRectF(bar.x(), bar.y(), max(4.0, bar.width() * item.share), 4),
            theme.color(token),
            None,
            2,
        )
        label = QRectF(40, box.y(), bar.x() - 48, 28)
        line(painter, label, item.label, theme.font(13, 600 if item.on else 400), theme.color("text"))

    def _tick(self, painter: QPainter, box: QRectF, on: bool) -> None:
        theme = self.theme
        rounded(
            painter, box, theme.color("accent") if on else None, theme.color("accent" if on else "muted"), 4
        )
        if on:
            theme.draw_icon(painter, "check", box.x() + 2, box.y() + 2, 12, "on-accent")
