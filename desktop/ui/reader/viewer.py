"""One picture by itself: as large as the window allows, or pixel for pixel."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.segments import Segment, Segments
from desktop.ui.theme import Theme

FIT, WHOLE = "fit", "whole"


class PictureViewer(QDialog):
    """Beside the window, which stays usable; Escape closes it.

    Signals:
        save_requested: The person wants it as a file.
    """

    save_requested = Signal()

    def __init__(self, theme: Theme, image: QImage, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words or self.tr("Picture"))
        self._image = image
        self.sheet = Sheet(image, words or self.tr("Picture"))
        self.area = QScrollArea()
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.sheet)
        self.scale = Segments(theme, [Segment(FIT, self.tr("Fit")), Segment(WHOLE, self.tr("100 %"))])
        self.scale.setAccessibleName(self.tr("Size"))
        self.scale.set_value(FIT)
        self.scale.value_chosen.connect(self.set_scale)
        self._lay_out(words)
        for keys, scale in (("0", FIT), ("1", WHOLE)):
            QShortcut(QKeySequence(keys), self, lambda scale=scale: self.set_scale(scale))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self.copy)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save_requested.emit)
        self._propose_size()

    def set_scale(self, scale: str) -> None:
        """``fit`` or ``whole``."""
        self.scale.set_value(scale)
        whole = scale == WHOLE
        self.sheet.setMinimumSize(self._image.size() if whole else QSize(0, 0))

    def copy(self) -> None:
        QGuiApplication.clipboard().setImage(self._image)
        self.told.setText(self.tr("Copied."))

    def _lay_out(self, words: str) -> None:
        self.told = QLabel(f"{self._image.width()} × {self._image.height()}")
        self.told.setProperty("role", "muted")
        caption = QLabel(words)
        caption.setTextFormat(Qt.TextFormat.PlainText)
        caption.setWordWrap(True)
        caption.setVisible(bool(words))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.scale)
        foot.addWidget(self.told, 1)
        for text, tip, act in (
            (self.tr("Copy"), self.tr("Copy the picture (Ctrl+C)"), self.copy),
            (self.tr("Save…"), self.tr("Save the picture (Ctrl+S)"), self.save_requested.emit),
            (self.tr("Close"), self.tr("Close (Escape)"), self.close),
        ):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.area, 1)
        column.addWidget(caption)
        column.addLayout(foot)

    def _propose_size(self) -> None:
        """The picture's own, within four fifths of the screen."""
        room = self.screen().availableSize() * 0.8
        self.resize((self._image.size() + QSize(32, 110)).expandedTo(QSize(420, 320)).boundedTo(room))


class Sheet(QWidget):
    """The picture in the middle of its room, never enlarged."""

    def __init__(self, image: QImage, words: str) -> None:
        super().__init__()
        self._image = image
        self.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        room, size = self.size(), self._image.size()
        if size.isEmpty():
            return
        factor = min(1.0, room.width() / size.width(), room.height() / size.height())
        shown = QRectF(0, 0, size.width() * factor, size.height() * factor)
        shown.moveCenter(QPointF(room.width() / 2, room.height() / 2))
        shown.moveTo(round(shown.x()), round(shown.y()))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._image.hasAlphaChannel():
                painter.fillRect(shown, Qt.GlobalColor.white)
            painter.drawImage(shown, self._image)
