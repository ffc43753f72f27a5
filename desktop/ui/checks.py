"""A check box in the program's own colours: a style sheet cannot tint its tick."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui.paint import line, rounded, text_width
from desktop.ui.theme import Theme

SIDE = 16  # pixels of the box


class Check(QCheckBox):
    """Looks and acts like any check box; its text is one line."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setMinimumHeight(24)
        theme.changed.connect(self.update)

    # Qt's own names from here on.

    def sizeHint(self) -> QSize:
        return QSize(round(SIDE + 10 + text_width(self.text(), self._theme.font(13))) + 2, 24)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        with QPainter(self) as painter:
            box = QRectF(0, (self.height() - SIDE) // 2, SIDE, SIDE)
            draw_check(painter, theme, box, self.checkState(), focused=self.hasFocus())
            words = QRectF(SIDE + 8, 0, self.width() - SIDE - 8, self.height())
            ink = theme.color("text" if self.isEnabled() else "muted")
            line(painter, words, self.text(), theme.font(13), ink)


def draw_check(
    painter: QPainter, theme: Theme, box: QRectF, state: Qt.CheckState, *, focused: bool = False
) -> None:
    """The box with its tick, its dash where it is on in part, or empty."""
    on = state is not Qt.CheckState.Unchecked
    edge = theme.color("focus" if focused else "accent" if on else "muted")
    rounded(painter, box, theme.color("accent" if on else "raised"), edge, 4)
    if state is Qt.CheckState.Checked:
        theme.draw_icon(painter, "check", box.x() + 2, box.y() + 2, SIDE - 4, "on-accent")
    elif on:
        dash = QRectF(box.x() + 4, box.center().y() - 1, box.width() - 8, 2)
        painter.fillRect(dash, theme.color("on-accent"))
    if focused and on:
        rounded(painter, box.adjusted(-2, -2, 2, 2), None, theme.color("focus"), 6)
