"""Keeps the mark bar beside the selection, or in the header where it would cover it."""

from PySide6.QtCore import QPoint, QTimer

from desktop.ui.reader.header import ReaderHeader
from desktop.ui.reader.mark_bar import MarkBar, place_bar
from desktop.ui.reader.shown import Selectable


class BarHolder:
    """Floats the bar over the page's viewport or docks it in the header.

    Attributes:
        wanted: Whether the bar may be shown at all.
    """

    def __init__(self, bar: MarkBar, page: Selectable, header: ReaderHeader) -> None:
        self._bar, self._page, self._header = bar, page, header
        self.wanted = True
        # Many things move the selection in one turn of the event loop; the bar follows once.
        self._soon = QTimer(bar, singleShot=True, interval=0)
        self._soon.timeout.connect(self.place)
        bar.hide()

    def follow(self, page: Selectable) -> None:
        """Stay beside the selection of another page from now on."""
        self._page = page
        self.place_soon()

    def place_soon(self) -> None:
        self._soon.start()

    def place(self) -> None:
        lines = [box for one in self._page.scene.selection for box in self._page.rects(*one)]
        view = self._page.viewport().rect()
        if not self.wanted or self._page.dragging or not any(box.intersects(view) for box in lines):
            self._bar.hide()
            return
        spot = place_bar(lines, self._bar.size(), view.adjusted(8, 4, -8, -4))
        self._float(spot) if spot else self._dock()

    def restyle(self) -> None:
        """The colours have changed."""
        self._bar.set_floating(floating=self._floating)

    @property
    def _floating(self) -> bool:
        return self._bar.parentWidget() is self._page.viewport()

    def _float(self, spot: QPoint) -> None:
        if not self._floating:
            self._header.release(self._bar)
            self._bar.setParent(self._page.viewport())
            self._bar.set_floating(floating=True)
        self._bar.move(spot)
        self._bar.show()
        self._bar.raise_()

    def _dock(self) -> None:
        if self._bar.parentWidget() is not self._header:
            self._bar.set_floating(floating=False)
            self._header.dock(self._bar)
        self._bar.show()
