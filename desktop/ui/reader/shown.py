"""What the text and the pages of an article have in common."""

from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desktop.ui.reader.marks import MarkIndex


class Shown(Protocol):
    """What is shown on the words; positions are those of the sheet that shows them."""

    marks: MarkIndex
    hits: list[tuple[int, int]]
    current_hit: int | None
    focused: str | None
    selection: list[tuple[int, int]]


class Selectable(Protocol):
    """A sheet beside whose selection a bar can float."""

    dragging: bool

    @property
    def scene(self) -> Shown: ...
    def rects(self, start: int, end: int) -> list[QRect]: ...
    def viewport(self) -> QWidget: ...
