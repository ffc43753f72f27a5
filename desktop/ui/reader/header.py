"""The row above the text: text or pages, the place among marks and hits, and room for buttons."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.segments import Segments

HEIGHT = 40


class ReaderHeader(QWidget):
    """Widgets at the left and at the right, the place between them; the mark bar docks before it.

    Signals:
        pages_wanted: (True for the pages, False for the text).
        page_wanted: The person wants to say which page to go to.
    """

    pages_wanted = Signal(bool)
    page_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._switch: Segments | None = None  # made for the first article that has pages
        self.setFixedHeight(HEIGHT)
        self.number = QToolButton()
        self.number.setToolTip(self.tr("Go to a page (Ctrl+G)"))
        self.number.clicked.connect(self.page_wanted)
        self.number.hide()
        self.status = QLabel()
        self.status.setProperty("role", "muted")
        self.status.setAccessibleName(self.tr("Place among marks and hits"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 12, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.number)
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

    # Pages

    def offer_pages(self, offered: bool) -> None:
        """Show the switch between text and pages, for an article that has both."""
        if offered and self._switch is None:
            self._switch = self._make_switch()
            self.add(self._switch, left=True)
        if self._switch is not None:
            self._switch.setVisible(offered)

    def show_side(self, pages: bool) -> None:
        """Which of both is in front."""
        self.number.setVisible(pages)
        if self._switch is not None:
            self._switch.set_value("pages" if pages else "text")

    def show_number(self, page: int, count: int) -> None:
        """The page that is read, from 0, and how many there are."""
        self.number.setText(f"{page + 1} / {count}")
        self.number.setAccessibleName(self.tr("Page {0} of {1}").format(page + 1, count))

    @property
    def switch(self) -> "Segments | None":
        return self._switch

    def _make_switch(self) -> "Segments":
        from desktop.ui.segments import Segment, Segments

        tip = self.tr("{0} (P)")
        switch = Segments(
            self._theme,
            (
                Segment("text", self.tr("Text"), tooltip=tip.format(self.tr("The text of the article"))),
                Segment("pages", self.tr("Pages"), tooltip=tip.format(self.tr("Its pages, as printed"))),
            ),
        )
        switch.value_chosen.connect(lambda value: self.pages_wanted.emit(value == "pages"))
        return switch
