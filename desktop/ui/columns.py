"""The four columns: navigation, list, reader, inspector; how wide they are and when they fold."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.ui.settings.store import (
    COLUMN_WIDTHS,
    SHOW_INSPECTOR,
    SHOW_LIST,
    SHOW_NAVIGATION,
    Setting,
    Settings,
)

# What is left for the reader holds 60 to 66 characters of 18-pixel text at each of these widths.
WIDE, NARROW = 1600, 1280
_SETTINGS: dict[str, Setting[bool]] = {
    "navigation": SHOW_NAVIGATION,
    "list": SHOW_LIST,
    "inspector": SHOW_INSPECTOR,
}


def usual_widths(window: int) -> tuple[int, int, int]:
    """(navigation, list, inspector) in pixels for a window of this width."""
    if window >= WIDE:
        return 220, 340, 320
    return (208, 296, 288) if window >= NARROW else (208, 288, 288)


class Columns(QSplitter):
    """Below 1280 pixels navigation and inspector fold; what was wanted comes back with the room.

    Signals:
        folded: Which columns are shown is another matter now.
    """

    folded = Signal()

    def __init__(
        self,
        settings: Settings,
        navigation: QWidget,
        articles: QWidget,
        middle: QWidget,
        inspector: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._settings = settings
        self._columns = {"navigation": navigation, "list": articles, "inspector": inspector}
        self._narrow_wanted = {"navigation": False, "list": True, "inspector": False}
        self._only_middle = False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for widget in (navigation, articles, middle, inspector):
            self.addWidget(widget)
        self.setStretchFactor(2, 1)
        navigation.setMinimumWidth(160)
        articles.setMinimumWidth(220)
        middle.setMinimumWidth(280)
        self.splitterMoved.connect(self._remember)
        self.arrange()

    @property
    def narrow(self) -> bool:
        return self.width() < NARROW

    def wanted(self, name: str) -> bool:
        """Whether a column is to be seen at this width."""
        return self._narrow_wanted[name] if self.narrow else self._settings.get(_SETTINGS[name])

    def want(self, name: str, wanted: bool) -> None:
        """Show or fold a column; remembered for wide windows."""
        if self.narrow:
            self._narrow_wanted[name] = wanted
        else:
            self._settings.set(_SETTINGS[name], wanted)
        self.arrange()

    def show_only_middle(self, only: bool) -> None:
        """Give the room of list and inspector to the middle, as for results."""
        if only != self._only_middle:
            self._only_middle = only
            self.arrange()

    def arrange(self) -> None:
        """Fold, unfold and size all columns for the present width."""
        for name, widget in self._columns.items():
            room = name == "navigation" or not self._only_middle
            widget.setVisible(room and self.wanted(name))
        navigation, articles, inspector = self._widths()
        middle = max(280, self.width() - navigation - articles - inspector)
        self.setSizes([navigation, articles, middle, inspector])
        self.folded.emit()

    def _widths(self) -> Sequence[int]:
        kept = self._settings.get(COLUMN_WIDTHS)
        try:
            widths = [int(one) for one in kept] if len(kept) == 3 else []
        except ValueError:
            widths = []
        return widths or usual_widths(self.width())

    def _remember(self) -> None:
        """The person dragged a border: these widths hold from now on."""
        sizes = self.sizes()
        usual = self._widths()
        kept = [
            size if self._columns[name].isVisible() else old
            for name, size, old in zip(self._columns, (sizes[0], sizes[1], sizes[3]), usual, strict=True)
        ]
        self._settings.set(COLUMN_WIDTHS, [str(one) for one in kept])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if _class(event.oldSize().width()) != _class(event.size().width()):
            self.arrange()


def _class(width: int) -> int:
    return (width >= NARROW) + (width >= WIDE)
