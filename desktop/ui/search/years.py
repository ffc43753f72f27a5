"""A small chart of how many hits each year has; a click, or a stroke over several, asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.paint import line, rounded
from desktop.ui.search import narrowing
from desktop.ui.theme import Theme
from desktop.ui.wording import counted

_HEIGHT, _ROOM = 92, 36  # of the widget, of the tallest bar
_LEFT, _TOP = 16, 32
_SPANS = (1, 2, 5, 10, 20, 50, 100)  # years that one bar may stand for
_MOST = 36  # bars
_EXCLUDING = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Bar:
    """The hits of the years from ``first`` to ``last``.

    Attributes:
        on, off: The query asks for them, or forbids them.
    """

    first: int
    last: int
    count: int
    on: bool = False
    off: bool = False

    @property
    def words(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def bars_of(counts: Mapping[str, int], query: str) -> list[Bar]:
    """Side by side without gaps; several years a bar where there would be too many."""
    years = {int(year): count for year, count in counts.items() if year.isascii() and year.isdigit()}
    if not years:
        return []
    first, last = min(years), max(years)
    step = next((span for span in _SPANS if (last - first) // span < _MOST), _SPANS[-1])
    asked = [one for one in narrowing.clauses(query) if one.field == "date:"]
    bars = []
    for start in range(first - first % step, last + 1, step):
        end = start + step - 1
        held = [one for one in asked if any(_covers(value, start, end) for value in one.values)]
        count = sum(years.get(year, 0) for year in range(start, end + 1))
        bars.append(
            Bar(start, end, count, any(not one.excluded for one in held), any(one.excluded for one in held))
        )
    return bars


def _covers(value: str, first: int, last: int) -> bool:
    """Whether the years of a date or range of dates overlap these."""
    start, dots, end = value.partition("..")
    begin, finish = _year(start), _year(end if dots else start)
    if begin is None and finish is None:
        return False
    return (begin is None or begin <= last) and (finish is None or finish >= first)


def _year(date: str) -> int | None:
    year = date.strip()[:4]
    return int(year) if year.isascii() and year.isdigit() else None


class YearChart(QWidget):
    """Signals: years_chosen (a year or ``2019..2022``, whether it is to be excluded)."""

    years_chosen = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: list[Bar] = []
        self._here: int | None = None  # under the pointer, or chosen with keys
        self._from: int | None = None  # where a stroke began
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("Click a year, or draw over several. Ctrl-click: without it.")
        self.hide()
        theme.changed.connect(self.update)

    @property
    def bars(self) -> list[Bar]:
        return list(self._bars)

    def show_years(self, counts: Mapping[str, int], query: str) -> bool:
        """False (and hidden) where there is no choice."""
        self._bars = bars_of(counts, query)
        choice = sum(1 for bar in self._bars if bar.count) > 1 or any(bar.on or bar.off for bar in self._bars)
        self._here = None if self._here is None or not choice else min(self._here, len(self._bars) - 1)
        self.setVisible(choice)
        self._tell()
        return choice

    def place_of(self, number: int) -> QPointF:
        """The middle of a bar."""
        return QPointF(_LEFT + (number + 0.5) * self._step(), _TOP + _ROOM / 2)

    def _tell(self) -> None:
        here = self._bars[self._here] if self._here is not None and self._bars else None
        words = (
            f"{here.words}, {counted(here.count, 'hit', 'hits')}" if here else "choose with the arrow keys"
        )
        self.setAccessibleName(f"Years: {words}")
        self.update()

    def _step(self) -> float:
        return min(24.0, (self.width() - 2 * _LEFT) / max(len(self._bars), 1))

    def _at(self, x: float) -> int | None:
        number = int((x - _LEFT) // self._step()) if self._bars else -1
        return number if 0 <= number < len(self._bars) else None

    def _emit(self, excluding: bool) -> None:
        if self._here is None:
            return
        ends = [self._here, self._here if self._from is None else self._from]
        first, last = self._bars[min(ends)].first, self._bars[max(ends)].last
        self.years_chosen.emit(str(first) if first == last else f"{first}..{last}", excluding)

    # Overrides of Qt

    def sizeHint(self) -> QSize:
        return QSize(256, _HEIGHT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = self._at(event.position().x())
        if here is not None or self._from is None:
            self._here = here
        self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._here = self._from = self._at(event.position().x())
        self._tell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is not None and event.button() is Qt.MouseButton.LeftButton:
            self._emit(bool(event.modifiers() & _EXCLUDING))
        self._from = None
        self._tell()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._here = None
        self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._here is None and self._bars:
            self._here = len(self._bars) - 1
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._here = self._from = None
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, with Shift over several; Space or Enter asks, minus forbids."""
        key = event.key()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        if step is not None and self._here is not None:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._from = (self._here if self._from is None else self._from) if shift else None
            self._here = max(0, min(self._here + step, len(self._bars) - 1))
            self._tell()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Minus):
            self._emit(key == Qt.Key.Key_Minus or bool(event.modifiers() & _EXCLUDING))
            self._from = None
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, font = self._theme, self._theme.font(11)
        with QPainter(self) as painter:
            title = QRectF(_LEFT, 8, self.width() - 2 * _LEFT, 20)
            line(painter, title, "Year", theme.font(11, 600), theme.color("muted"))
            if not self._bars:
                return
            if self._here is not None:
                right = Qt.AlignmentFlag.AlignRight
                line(painter, title, self._said(), font, theme.color("text"), right)
            self._draw_bars(painter)
            below, width = QRectF(_LEFT, _TOP + _ROOM + 3, 0, 16), len(self._bars) * self._step()
            below.setWidth(max(width, 80))
            line(painter, below, str(self._bars[0].first), font, theme.color("muted"))
            if width > 72:
                last = str(self._bars[-1].last)
                line(painter, below, last, font, theme.color("muted"), Qt.AlignmentFlag.AlignRight)

    def _said(self) -> str:
        """The years under the pointer and their hits."""
        assert self._here is not None
        ends = sorted((self._here, self._here if self._from is None else self._from))
        chosen = self._bars[ends[0] : ends[1] + 1]
        words = Bar(chosen[0].first, chosen[-1].last, 0).words
        return f"{words}: {counted(sum(bar.count for bar in chosen), 'hit', 'hits')}"

    def _draw_bars(self, painter: QPainter) -> None:
        theme, step = self._theme, self._step()
        tallest = max(bar.count for bar in self._bars) or 1
        begin = self._from if self._from is not None else self._here
        for number, bar in enumerate(self._bars):
            high = max(2.0, _ROOM * bar.count / tallest) if bar.count else 1.0
            box = QRectF(_LEFT + number * step + 1, _TOP + _ROOM - high, max(step - 2, 1.5), high)
            pointed = self._here is not None and begin is not None and number in _between(begin, self._here)
            token = "accent" if bar.on or pointed else "strong-line" if bar.off or not bar.count else "muted"
            rounded(painter, box, theme.color(token), None, min(2.0, box.width() / 2))


def _between(one: int, other: int) -> range:
    return range(min(one, other), max(one, other) + 1)
