"""A row of colours to choose from, the default first."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop.core.records import COLOURS
from desktop.ui.paint import rounded
from desktop.ui.theme import Theme
from desktop.ui.words import name_of


class Swatch(QAbstractButton):
    """One colour; the chosen one has a ring, the default a stroke through it."""

    def __init__(self, theme: Theme, token: str, *, default: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._default = theme, default
        self.token = token
        self.setCheckable(True)
        theme.changed.connect(self.update)

    # Qt's own names from here on.

    def sizeHint(self) -> QSize:
        return QSize(20, 20)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows are the row's."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        middle = QRectF(self.rect()).center()
        if self.isChecked() or self.hasFocus():
            ring = QRectF(middle.x() - 9.5, middle.y() - 9.5, 19, 19)
            rounded(painter, ring, None, theme.color("focus" if self.hasFocus() else "text"), 9.5)
        fill = theme.color(self.token)
        if self._default:
            fill = theme.tint(self.token)
        dot = QRectF(middle.x() - 6, middle.y() - 6, 12, 12)
        rounded(painter, dot, fill, theme.color(self.token), 6)
        painter.end()


class Swatches(QWidget):
    """The colours a person can give; None stands for the default.

    Signals:
        colour_chosen: By a person; empty for the default.
    """

    colour_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, default_token: str = "muted") -> None:
        super().__init__(parent)
        self._value: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        self._swatches: dict[str | None, Swatch] = {}
        choices: Sequence[str | None] = (None, *COLOURS)
        for colour in choices:
            swatch = Swatch(
                theme, f"colour.{colour}" if colour else default_token, default=not colour, parent=self
            )
            swatch.clicked.connect(lambda _=False, one=colour: self._choose(one))
            label = name_of(colour) if colour else self.tr("default colour")
            swatch.setAccessibleName(label)
            swatch.setToolTip(label)
            self._swatches[colour] = swatch
            row.addWidget(swatch)
        row.addStretch()
        self.set_value(None)

    def value(self) -> str | None:
        return self._value

    def set_value(self, colour: str | None) -> None:
        self._value = colour if colour in self._swatches else None
        for name, swatch in self._swatches.items():
            swatch.setChecked(name == self._value)
            stop = name == self._value
            swatch.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._swatches[self._value])

    def set_default_token(self, token: str) -> None:
        self._swatches[None].token = token
        self._swatches[None].update()

    def _choose(self, colour: str | None) -> None:
        changed = colour != self._value
        self.set_value(colour)
        if changed:
            self.colour_chosen.emit(colour or "")

    # Qt's own names from here on.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        names = list(self._swatches)
        place = max(0, min(len(names) - 1, names.index(self._value) + step))
        self._choose(names[place])
        self._swatches[names[place]].setFocus(Qt.FocusReason.TabFocusReason)
        event.accept()
