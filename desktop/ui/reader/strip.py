"""A map of all marks and hits beside the scroll bar."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.reader.sheet import Sheet
from desktop.ui.theme import Theme

WIDTH = 12
NEAR = 4  # pixels around a mark that still choose it


class Strip(QWidget):
    """Marks on the right, hits on the left; drawn once and kept until something changes.

    Signals:
        mark_chosen: Annotation id of a mark that was clicked.
        place_chosen: How far down, from 0 to 1, where there is no mark.
    """

    mark_chosen = Signal(str)
    place_chosen = Signal(float)

    def __init__(self, theme: Theme, page: Sheet) -> None:
        super().__init__(page)
        self._theme = theme
        self._page = page
        self._kept: QPixmap | None = None
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Map of marks and hits"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        page.verticalScrollBar().valueChanged.connect(self.update)

    def redraw(self) -> None:
        """Marks, hits, focus or colours have changed."""
        self._kept = None
        self.update()

    def y_of(self, position: int) -> float:
        return 2 + self._page.share_of(position) * self._room()

    def _room(self) -> int:
        return max(1, self.height() - 4)

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        kept = QPixmap(self.size() * ratio)
        kept.setDevicePixelRatio(ratio)
        kept.fill(Qt.GlobalColor.transparent)
        scene, painter = self._page.scene, QPainter(kept)
        ordered = sorted(scene.marks.stretches, key=lambda one: one.mark.id == scene.focused)
        colors = {one.mark.token: self._theme.color(one.mark.token) for one in ordered}
        colors["accent"] = self._theme.color("accent")
        for one in ordered:
            token = "accent" if one.mark.id == scene.focused else one.mark.token
            top = round(self.y_of(one.start) * ratio) / ratio
            height = max(2, round(self.y_of(one.end) - self.y_of(one.start)))
            painter.fillRect(QRectF(5, top, 7, height), colors[token])
        # Thousands of hits fall on a few hundred rows of pixels: each row is painted once.
        rows = {round(self.y_of(start) * ratio) / ratio for start, _ in scene.hits}
        for row in rows:
            painter.fillRect(QRectF(0, row, 4, 1.5), self._theme.color("text", 0.8))
        if scene.current_hit is not None:
            row = round(self.y_of(scene.hits[scene.current_hit][0]) * ratio) / ratio
            painter.fillRect(QRectF(0, row - 0.5, 5, 2.5), self._theme.color("accent"))
        painter.end()
        return kept

    def _choose(self, y: float) -> None:
        near = [
            (
                abs(self.y_of(one.start) - y)
                if y < self.y_of(one.start)
                else max(0.0, y - self.y_of(one.end)),
                one,
            )
            for one in self._page.scene.marks.stretches
        ]
        distance, nearest = min(near, key=lambda one: one[0], default=(NEAR + 1.0, None))
        if nearest is not None and distance <= NEAR:
            self.mark_chosen.emit(nearest.mark.id)
        else:
            self.place_chosen.emit(max(0.0, y - 2) / self._room())

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 100)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(event.position().y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._kept = None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._kept = None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._kept is None:
            self._kept = self._draw()
        bar = self._page.verticalScrollBar()
        whole = max(1, bar.maximum() + bar.pageStep())
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("surface"))
        share = self.height() / whole
        window = QRectF(0, bar.value() * share, WIDTH, bar.pageStep() * share)
        painter.fillRect(window, self._theme.color("text", 0.05))
        painter.drawPixmap(0, 0, self._kept)
        painter.end()
