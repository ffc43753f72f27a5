"""The row above the text: the place among marks and hits, and room for the window's own buttons."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

HEIGHT = 40


class ReaderHeader(QWidget):
    """Widgets at the left and at the right, the place between them; the mark bar docks before it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.status = QLabel()
        self.status.setProperty("role", "muted")
        self.status.setAccessibleName(self.tr("Place among marks and hits"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 12, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._row.addWidget(self.status)

    def add(self, widget: QWidget, *, left: bool = False) -> None:
        """At the left end, or at the right one behind the place."""
        if left:
            self._row.insertWidget(0, widget)
        else:
            self._row.addWidget(widget)

    def dock(self, widget: QWidget) -> None:
        self._row.insertWidget(self._row.indexOf(self.status), widget)

    def release(self, widget: QWidget) -> None:
        self._row.removeWidget(widget)
