"""How compared sentences and carried marks are painted."""

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from desktop.core.comparing import Fate, PassageKind
from desktop.ui.captures.rows import FoldRow, MarkRow, PassageRow
from desktop.ui.paint import line, paragraph, text_width
from desktop.ui.painted import Look, Painted
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS
from desktop.ui.wording import counted

_PAD, _GLYPH = 10, 28
_QUOTES = tuple('«„“"「『‘')
# Removed is red and stands left, added green and right; changed words are set apart in both.
_TOKENS = {
    PassageKind.CHANGED: ("disputed", "refresh-cw"),
    PassageKind.REMOVED: ("refuted", "minus"),
    PassageKind.ADDED: ("supported", "plus"),
    PassageKind.MOVED: ("unverifiable", "arrow-up-down"),
}
FATES = {
    Fate.KEPT: ("supported", "circle-check", "kept"),
    Fate.MOVED: ("unverifiable", "arrow-up-down", "moved"),
    Fate.CHANGED: ("disputed", "refresh-cw", "text changed"),
    Fate.GONE: ("refuted", "circle-x", "gone"),
}


class PassageDelegate(Painted):
    """The old sentence on the left, the new one on the right, a glyph between them."""

    def height(self, item: Any, width: int) -> int:
        if isinstance(item, FoldRow):
            return 28
        half = self._half(width)
        lines = max(self._laid(item, half, old=True).height, self._laid(item, half, old=False).height)
        return int(lines) + _PAD

    def draw(self, painter: QPainter, box: QRectF, item: Any, look: Look) -> None:
        if look.chosen or look.hovered:
            painter.fillRect(box, self.theme.color("chosen" if look.chosen else "hover"))
        if isinstance(item, FoldRow):
            self._fold(painter, box, item)
            return
        half = self._half(int(box.width()))
        self._side(painter, QRectF(box.x() + _PAD, box.y(), half, box.height()), item, old=True)
        right = QRectF(box.right() - _PAD - half, box.y(), half, box.height())
        self._side(painter, right, item, old=False)
        if item.kind in _TOKENS:
            token, glyph = _TOKENS[item.kind]
            self.theme.draw_icon(painter, glyph, box.center().x() - 8, box.y() + _PAD / 2 + 3, token=token)

    def _half(self, width: int) -> int:
        return max(60, (width - 2 * _PAD - _GLYPH) // 2)

    def _laid(self, item: PassageRow, width: int, *, old: bool) -> Any:
        token = "refuted" if old else "supported"
        return paragraph(
            item.old if old else item.new,
            width - 12,
            self.theme.font(14, serif=True),
            hits=item.old_hits if old else item.new_hits,
            hit_ground=self.theme.tint(token, 0.35),
        )

    def _side(self, painter: QPainter, box: QRectF, item: PassageRow, *, old: bool) -> None:
        if not (item.old if old else item.new):
            return
        if item.kind in _TOKENS:
            token = _TOKENS[item.kind][0]
            painter.fillRect(box.adjusted(0, 1, 0, -1), self.theme.tint(token, 0.10))
            painter.fillRect(QRectF(box.x(), box.y() + 1, 3, box.height() - 2), self.theme.color(token))
        color = self.theme.color("muted" if item.kind is PassageKind.SAME else "text")
        self._laid(item, int(box.width()), old=old).draw(painter, box.x() + 8, box.y() + _PAD / 2, color)

    def _fold(self, painter: QPainter, box: QRectF, item: FoldRow) -> None:
        words = f"{counted(item.count, 'sentence', 'sentences')} unchanged"
        font = self.theme.font(12)
        width = text_width(words, font)
        painter.fillRect(QRectF(box.x(), box.center().y(), box.width(), 1), self.theme.color("line"))
        plate = QRectF(box.center().x() - width / 2 - 10, box.y() + 4, width + 20, 20)
        painter.fillRect(plate, self.theme.color("surface"))
        line(painter, plate, words, font, self.theme.color("muted"), Qt.AlignmentFlag.AlignHCenter)


class MarkDelegate(Painted):
    """What became of the mark, its words, and the words that stand there now."""

    def __init__(self, theme: Theme, parent: Any = None) -> None:
        super().__init__(theme, parent)

    def height(self, item: Any, _width: int) -> int:
        return 44 if item.new != item.old and item.new else 28

    def draw(self, painter: QPainter, box: QRectF, item: MarkRow, look: Look) -> None:
        if look.chosen or look.hovered:
            painter.fillRect(box, self.theme.color("chosen" if look.chosen else "hover"))
        token, glyph, name = FATES[item.fate]
        words = "confirmed" if item.confirmed else name
        y = box.y() + 6
        shown = "circle-check" if item.confirmed else glyph
        token = "supported" if item.confirmed else token
        self.theme.draw_icon(painter, shown, box.x() + 10, y, token=token)
        font, muted = self.theme.font(12), self.theme.color("muted")
        line(painter, QRectF(box.x() + 34, y, 92, 16), words, font, muted)
        kind = str(item.kind)
        self.theme.draw_icon(painter, GLYPHS[kind], box.x() + 130, y, token=kind)
        left = box.x() + 154
        room = QRectF(left, y, box.right() - left - 12, 16)
        line(painter, room, _quoted(item.old), self.theme.font(13), self.theme.color("text"))
        if item.new and item.new != item.old:
            below = room.translated(0, 18)
            line(painter, below, f"→ {_quoted(item.new)}", self.theme.font(13), self.theme.color("muted"))


def _quoted(words: str) -> str:
    """In quotation marks, unless they begin with some."""
    return words if words[:1] in _QUOTES else f"“{words}”"
