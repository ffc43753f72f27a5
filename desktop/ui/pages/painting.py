"""Painting pages: paper, picture, hits, marks, selection. White paper stays white in the dark."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop.core.pages import Rect
from desktop.ui import paint
from desktop.ui.pages.layout import PageLayout
from desktop.ui.pages.phrases import coming, refusal
from desktop.ui.pages.scene import PageScene
from desktop.ui.pages.tiles import TileCache
from desktop.ui.reader.ink import Ink
from desktop.ui.reader.marks import Mark, Stretch
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS, TINT, TINT_BASE, TOKENS

_NEAR = 200  # code points within which a mark's first word stands on a page
_Mode = QPainter.CompositionMode


class PaperColours:
    """The light colours, in every theme: they lie on white paper."""

    dark = False

    def color(self, token: str, alpha: float = 1.0) -> QColor:
        color = QColor(TOKENS[token][0])
        color.setAlphaF(alpha)
        return color

    def tint(self, token: str, strength: float | None = None) -> QColor:
        color = QColor(TINT_BASE.get(token, TOKENS[token])[0])
        color.setAlphaF(TINT[0] if strength is None else strength)
        return color


class PagesPainter:
    """Paints pages of one layout; the painter's origin is the layout's."""

    def __init__(
        self, painter: QPainter, scene: PageScene, layout: PageLayout, cache: TileCache, theme: Theme
    ) -> None:
        self._painter, self._scene, self._layout, self._cache, self._theme = (
            painter,
            scene,
            layout,
            cache,
            theme,
        )
        self._paper = PaperColours()
        self._ink = Ink(painter, self._paper, layout.ratio, scene.focused)

    def paint(self, pages: range, seen: QRectF) -> None:
        """Paint what is seen of some pages."""
        self._scene.glyphs = []
        for page in pages:
            box = self._layout.box(page)
            self._ground(box)
            self._painter.save()
            self._painter.setClipRect(box)
            if reason := self._scene.refused.get(page, self._scene.refused.get(None, "")):
                self._refusal(box.intersected(seen), reason)
            else:
                self._picture(page, box, seen)
            self._words(page)
            self._painter.restore()
            self._glyphs(page, box)

    def _ground(self, box: QRectF) -> None:
        line = 1 / self._layout.ratio
        edge = self._theme.color("strong-line")
        self._painter.fillRect(box.adjusted(-line, -line, line, line), edge)
        self._painter.fillRect(box.translated(0, line).adjusted(1, box.height(), -1, 2 * line), edge)
        self._painter.fillRect(box, Qt.GlobalColor.white)

    # The picture

    def _picture(self, page: int, box: QRectF, seen: QRectF) -> None:
        width = self._layout.pixels[page][0]
        area = self._layout.area(page, seen)
        tiles = list(self._layout.tiles(page, area))
        if any(tile not in self._cache for tile in tiles):
            coarse = self._coarse(page, box, width)
            if self._scene.waiting and not coarse and not any(tile in self._cache for tile in tiles):
                self._outline(page, box.intersected(seen))
        ratio = self._layout.ratio
        self._painter.save()
        self._painter.scale(1 / ratio, 1 / ratio)  # pixel by pixel, which is fastest as well
        for tile in tiles:
            if (image := self._cache.get(tile)) is not None:
                corner = QPointF(box.left() * ratio + tile.left, box.top() * ratio + tile.top)
                self._painter.drawImage(corner, image)
        self._painter.restore()

    def _coarse(self, page: int, box: QRectF, width: int) -> bool:
        """What there is at other sizes, until it is crisp; False where there is nothing."""
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        others = self._cache.others(page, width)
        for tile in others:
            image = self._cache.get(tile)
            across, down = box.width() / tile.width, box.height() / tile.height
            left, top = box.left() + tile.left * across, box.top() + tile.top * down
            if image is not None:
                self._painter.drawImage(QRectF(left, top, tile.columns * across, tile.rows * down), image)
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        return bool(others)

    def _outline(self, page: int, box: QRectF) -> None:
        """In place of a page that is being drawn: bars where its words will be, else a sentence."""
        lines = self._scene.map.lines_of(page)
        for line in lines:
            bar = self._layout.to_box(page, line.rect(line.start, line.end))
            bar.adjust(0, bar.height() * 0.28, 0, -bar.height() * 0.28)
            self._painter.fillRect(bar, self._paper.color("sunken"))
        if not lines:
            font, words = self._theme.font(14), coming(page + 1)
            at = box.center() - QPointF(paint.text_width(words, font) / 2, 0)
            self._painter.setFont(font)
            self._painter.setPen(self._paper.color("muted"))
            self._painter.drawText(at, words)

    def _refusal(self, box: QRectF, reason: str) -> None:
        words = paint.paragraph(refusal(reason), max(box.width() - 64, 80), self._theme.font(14))
        top = box.center().y() - words.height / 2
        words.draw(self._painter, box.left() + 32, top, self._paper.color("muted"))

    # What lies on it

    def _words(self, page: int) -> None:
        """Multiplied with the paper, so that black letters stay black."""
        self._painter.setCompositionMode(_Mode.CompositionMode_Multiply)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for number, boxes in self._scene.hits_on(page):
            for box in self._placed(page, boxes):
                self._ink.hit(box, current=number == self._scene.current_hit)
        stretches = self._scene.stretches(page)
        for stretch, boxes in stretches:
            for box in self._placed(page, boxes):
                self._ink.fill(box, stretch)
        for box in self._placed(page, self._scene.selected_on(page)):
            self._ink.selection(box)
        for stretch, boxes in stretches:  # the lines of a page stand close: edges run through letters' tails
            for box in self._placed(page, boxes):
                self._ink.edge(box, stretch)
        self._painter.setCompositionMode(_Mode.CompositionMode_SourceOver)

    def _placed(self, page: int, rects: list[Rect]) -> list[QRectF]:
        return [self._layout.to_box(page, rect) for rect in rects]

    def _glyphs(self, page: int, paper: QRectF) -> None:
        """Beside the paper; two marks that begin on one height stand side by side, more are left out."""
        opening: dict[int, list[tuple[Mark, QRectF]]] = {}
        for stretch, boxes in self._scene.stretches(page):
            if stretch.opens and self._begins(page, stretch):
                box = self._layout.to_box(page, boxes[0])
                opening.setdefault(round(box.center().y() / 6), []).append((stretch.mark, box))
        for marks in opening.values():
            size = 14 if len(marks) == 1 else 11
            for at, (mark, box) in enumerate(marks[:2]):
                y = box.center().y() - size / 2
                x = paper.left() - (25 if len(marks) == 1 else 29 - 14 * at)
                name = GLYPHS[mark.kind] if mark.sure else "circle-question-mark"
                self._theme.draw_icon(self._painter, name, x, y, size, self._ink.token(mark))
                self._scene.glyphs.append((QRectF(x - 2, y - 2, size + 4, size + 4), mark.id))

    def _begins(self, page: int, stretch: Stretch) -> bool:
        beginning = self._scene.map.rects(stretch.start, min(stretch.end, stretch.start + _NEAR))
        return bool(beginning) and beginning[0][0] == page

    def caret(self, page: int, rect: Rect) -> None:
        """A line that does not blink."""
        box = self._layout.to_box(page, rect)
        self._painter.fillRect(
            QRectF(QPointF(box.left() - 0.5, box.top()), QPointF(box.left() + 1, box.bottom())),
            self._paper.color("accent"),
        )
