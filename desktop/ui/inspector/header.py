"""The head of the column: which page it shows, and the marks counted by kind as filters."""

from collections import Counter

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop.ui.chips import BARE, ROOMY, TIGHT, CountChip
from desktop.ui.inspector.model import UNSURE
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS, KINDS
from desktop.ui.words import name_of

HEIGHT = 40
MARKS, ARTICLE = "marks", "article"


class Header(QWidget):
    """Signals: page_chosen (``MARKS`` or ``ARTICLE``), filter_changed with the kinds pressed in."""

    page_chosen = Signal(str)
    filter_changed = Signal(list)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(3)
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        row.addWidget(self.title)
        row.addStretch()
        self.chips: dict[str, CountChip] = {}
        for kind in KINDS:
            self._add_chip(kind, GLYPHS[kind], kind, self.tr("Only: {kind}").format(kind=name_of(kind)))
        self._add_chip(
            UNSURE, "triangle-alert", "disputed", self.tr("Only marks whose place is unsure or gone")
        )
        for chip in self.chips.values():
            row.addWidget(chip)
        self.article = self._page_button()
        row.addSpacing(2)
        row.addWidget(self.article)
        theme.changed.connect(self._tint)
        self._tint()
        self.show_page(MARKS)

    def show_page(self, page: str) -> None:
        """Press the page's button in, without a signal."""
        self._current = page
        self.title.setText(self.tr("Marks") if page == MARKS else self.tr("Article"))
        self.article.setChecked(page == ARTICLE)
        self._show_chips()

    def set_counts(self, counts: Counter[str]) -> None:
        for kind, chip in self.chips.items():
            chip.set_count(counts[kind])
            chip.setAccessibleDescription(f"{counts[kind]:,}")
            if not counts[kind] and chip.isChecked():
                chip.setChecked(False)
                self._changed()
        self._show_chips()

    def wanted(self) -> list[str]:
        return [kind for kind, chip in self.chips.items() if chip.isChecked()]

    def clear_filter(self) -> None:
        for chip in self.chips.values():
            chip.setChecked(False)
        self._changed()

    def _page_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setAccessibleName(self.tr("About the article"))
        button.setToolTip(self.tr("About the article: title, outlet, date, tags, where it came from"))
        button.clicked.connect(lambda on: self.page_chosen.emit(ARTICLE if on else MARKS))
        return button

    def _add_chip(self, kind: str, glyph: str, token: str, tooltip: str) -> None:
        chip = CountChip(self._theme, glyph, token, self)
        chip.setAccessibleName(tooltip)
        chip.setToolTip(tooltip)
        chip.clicked.connect(self._changed)
        self.chips[kind] = chip

    def _changed(self) -> None:
        self.filter_changed.emit(self.wanted())

    def _show_chips(self) -> None:
        """Kinds that the article has; narrower ones where the column is narrow."""
        here = [chip for chip in self.chips.values() if chip.count()]
        for chip in self.chips.values():
            chip.setVisible(chip in here and self._current == MARKS)
        room = self.width() - 66 - self.title.sizeHint().width()
        widths = [sum(chip.width_for(size) + 3 for chip in here) for size in (ROOMY, TIGHT)]
        size = ROOMY if widths[0] <= room else TIGHT if widths[1] <= room else BARE
        for chip in here:
            chip.set_size(size)

    def _tint(self) -> None:
        self.article.setIcon(self._theme.icon("file-text", "muted"))

    # Qt's own names from here on.

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chips()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, HEIGHT)
