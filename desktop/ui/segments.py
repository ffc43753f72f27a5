"""A few values side by side, one of them chosen: arrows move, a click or Space chooses."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from desktop.ui.paint import rounded
from desktop.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Segment:
    """One value; with an icon the label becomes tooltip and accessible name."""

    value: str
    label: str
    glyph: str = ""
    token: str = "muted"
    tooltip: str = ""


class _Button(QToolButton):
    """The arrows are the row's, not the button's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Segments(QWidget):
    """Signals: value_chosen by a person, not by ``set_value``."""

    value_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        segments: Sequence[Segment],
        parent: QWidget | None = None,
        *,
        optional: bool = False,
    ) -> None:
        """With ``optional`` the chosen value can be clicked away; the value is then empty."""
        super().__init__(parent)
        self._theme, self._segments, self._optional = theme, tuple(segments), optional
        self._value = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._buttons = {segment.value: self._button(segment) for segment in self._segments}
        for button in self._buttons.values():
            row.addWidget(button)
        theme.changed.connect(self._tint)
        self._tint()

    def value(self) -> str:
        return self._value

    def set_value(self, value: str) -> None:
        self._value = value if value in self._buttons else ""
        for name, button in self._buttons.items():
            button.setChecked(name == self._value)
        self._move_tab_stop()

    def button(self, value: str) -> QToolButton:
        return self._buttons[value]

    def _button(self, segment: Segment) -> QToolButton:
        button = _Button(self)
        button.setCheckable(True)
        button.setAccessibleName(segment.label)
        button.setToolTip(segment.tooltip or segment.label)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if segment.glyph:
            button.setIconSize(QSize(16, 16))
        else:
            button.setText(segment.label)
        button.clicked.connect(lambda _=False, value=segment.value: self._choose(value))
        return button

    def _choose(self, value: str) -> None:
        chosen = "" if self._optional and value == self._value else value
        changed = chosen != self._value
        self.set_value(chosen)
        if changed:
            self.value_chosen.emit(chosen)

    def _move_tab_stop(self) -> None:
        """One stop of Tab for the whole row: the chosen value, or the first."""
        stop = self._value or self._segments[0].value
        for name, button in self._buttons.items():
            policy = Qt.FocusPolicy.StrongFocus if name == stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        self.setFocusProxy(self._buttons[stop])

    def _tint(self) -> None:
        theme = self._theme
        raised, line = theme.color("raised").name(), theme.color("strong-line").name()
        focus, text = theme.color("focus").name(), theme.color("text").name()
        self.setStyleSheet(
            "QToolButton { padding: 3px 4px; border-radius: 5px; }"
            f" QToolButton:checked {{ background: {raised}; border: 1px solid {line}; color: {text};"
            f" font-weight: 600; }} QToolButton:focus {{ border: 1px solid {focus}; }}"
        )
        for segment in self._segments:
            if segment.glyph:
                self._buttons[segment.value].setIcon(self._theme.icon(segment.glyph, segment.token))

    # Qt's own names from here on.

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        rounded(painter, QRectF(self.rect()), theme.color("sunken"), theme.color("line"), 7)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        names = list(self._buttons)
        here = names.index(self._value) if self._value else -1 if step > 0 else len(names)
        target = names[max(0, min(len(names) - 1, here + step))]
        if target != self._value:
            self._choose(target)
        self._buttons[target].setFocus(Qt.FocusReason.TabFocusReason)
        event.accept()
