"""What is painted under the text: grounds, marks, hits, the selection, rules and glyphs.

Only what can be seen is looked at, so a screen costs the same in a note and in a book.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextCursor, QTextDocument

from desktop.core.document import Block, MarkKind
from desktop.core.offsets import Utf16Map
from desktop.ui import paint
from desktop.ui.reader import geometry
from desktop.ui.reader.album import Album
from desktop.ui.reader.builder import leaf_number
from desktop.ui.reader.ink import Ink
from desktop.ui.reader.marks import Mark, MarkIndex, Stretch
from desktop.ui.reader.plan import Leaf, Role
from desktop.ui.reader.styles import CELL_PAD, CODE_PAD, IMAGE_BOX, IMAGE_GAP, QUOTE_INDENT, Styles
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS

GUTTER = 36  # room left of the text for glyphs
_BULLETS = "•◦▪"


@dataclass
class Scene:
    """All that the painter needs to know of a page; positions are of the document."""

    document: QTextDocument
    theme: Theme
    styles: Styles
    leaves: list[Leaf]
    marks: MarkIndex
    album: Album
    hits: list[tuple[int, int]] = field(default_factory=list)
    current_hit: int | None = None
    focused: str | None = None
    selection: list[tuple[int, int]] = field(default_factory=list)
    left: float = GUTTER
    right: float = 0.0
    view: tuple[float, float] = (0.0, 0.0)
    glyphs: list[tuple[QRectF, str]] = field(default_factory=list)
    pictures: list[tuple[QRectF, Block]] = field(default_factory=list)


class UnderPainter:
    """Paints a scene between two positions; the painter's origin is the document's."""

    def __init__(self, scene: Scene, painter: QPainter, ratio: float) -> None:
        self._scene = scene
        self._theme = scene.theme
        self._painter = painter
        self._ratio = ratio
        self._ink = Ink(painter, scene.theme, ratio, scene.focused)
        self._edged: list[tuple[QRectF, Stretch]] = []  # painted above the selection, which hides no mark

    def paint(self, first: int, last: int) -> None:
        self._scene.album.begin()
        self._scene.pictures = []
        blocks = list(self._blocks(first, last))
        self._grounds(blocks)
        self._hits(first, last)
        self._marks(first, last)
        self._selection(first, last)
        for box, stretch in self._edged:
            self._ink.edge(box, stretch)
        for block, leaf in blocks:
            self._furniture(block, leaf)

    def _blocks(self, first: int, last: int) -> Iterator[tuple[QTextBlock, Leaf]]:
        block = self._scene.document.findBlock(first)
        while block.isValid() and block.position() <= last:
            number = leaf_number(block)
            if number >= 0:
                yield block, self._scene.leaves[number]
            block = block.next()

    # Marks

    def _marks(self, first: int, last: int) -> None:
        opening: dict[float, list[tuple[Mark, int]]] = {}
        for stretch in self._scene.marks.within(first, last):
            start, end = max(first, stretch.start), min(last, stretch.end)
            for number, run in enumerate(self._runs(start, end)):
                self._mark(run.box(self._ratio), stretch)
                if not number and stretch.opens and start == stretch.start:
                    opening.setdefault(round(run.baseline), []).append((stretch.mark, run.pixels))
        self._scene.glyphs = []
        for baseline, marks in opening.items():
            self._glyphs(baseline, marks)

    def _mark(self, box: QRectF, stretch: Stretch) -> None:
        self._edged.append((box, stretch))
        self._ink.fill(box, stretch)

    def _glyphs(self, baseline: float, marks: list[tuple[Mark, int]]) -> None:
        """In the margin; two marks that begin on one line stand on each other, more are counted."""
        size = 14 if len(marks) == 1 else 11
        middle = baseline - marks[0][1] * 0.3
        for row, (mark, _) in enumerate(marks[:2]):
            y = middle - (size / 2 if len(marks) == 1 else 12 - 13 * row)
            x = self._scene.left - 21 - size / 2
            name = GLYPHS[mark.kind] if mark.sure else "circle-question-mark"
            self._theme.draw_icon(self._painter, name, x, y, size, self._ink.token(mark))
            self._scene.glyphs.append((QRectF(x - 4, y - 2, size + 8, size + 4), mark.id))

    # Hits and selection

    def _hits(self, first: int, last: int) -> None:
        hits = self._scene.hits
        for number in range(max(0, bisect_left(hits, (first, 0)) - 1), bisect_left(hits, (last, 0))):
            current = number == self._scene.current_hit
            for run in self._runs(*hits[number]):
                self._ink.hit(run.box(self._ratio), current=current)

    def _selection(self, first: int, last: int) -> None:
        for start, end in self._scene.selection:
            for run in self._runs(max(first, start), min(last, end)):
                self._ink.selection(run.box(self._ratio))

    def _runs(self, start: int, end: int) -> Iterator[geometry.Run]:
        return geometry.runs(self._scene.document, start, end)

    # Grounds and furniture of blocks

    def _grounds(self, blocks: list[tuple[QTextBlock, Leaf]]) -> None:
        for block, leaf in blocks:
            if leaf.role is Role.CODE:
                self._code_ground(block, leaf)
            elif any(mark.kind is MarkKind.CODE for mark in leaf.marks):
                self._inline_grounds(block, leaf)

    def _inline_grounds(self, block: QTextBlock, leaf: Leaf) -> None:
        """Painted here and not by Qt, whose grounds would hide the marks."""
        units, at = Utf16Map(leaf.text), block.position()
        for mark in leaf.marks:
            if mark.kind is MarkKind.CODE:
                for run in self._runs(at + units.to_units(mark.start), at + units.to_units(mark.end)):
                    color = self._theme.color("sunken")
                    paint.rounded(self._painter, run.box(self._ratio), color, None, 3)

    def _code_ground(self, block: QTextBlock, leaf: Leaf) -> None:
        box = self._box(block)
        top = box.top() - (CODE_PAD if leaf.first else 0)
        bottom = box.bottom() + CODE_PAD if leaf.last else self._below(block, box)
        left, right = round(self._scene.left), round(self._scene.right)
        self._painter.fillRect(QRectF(left, top, right - left, bottom - top), self._theme.color("sunken"))

    def _furniture(self, block: QTextBlock, leaf: Leaf) -> None:
        match leaf.role:
            case Role.QUOTE:
                self._rule(block, leaf)
            case Role.ITEM if not leaf.continued:
                self._bullet(block, leaf)
            case Role.CELL:
                self._cell_line(block, leaf)
            case Role.IMAGE:
                self._image(block, leaf)

    def _rule(self, block: QTextBlock, leaf: Leaf) -> None:
        box = self._box(block)
        bottom = box.bottom() if leaf.last else self._below(block, box)
        for level in range(min(leaf.block.level, 8) if leaf.block and leaf.block.level else 1):
            inset = QUOTE_INDENT * level
            x = self._scene.right - inset - 2 if leaf.rtl else self._scene.left + inset
            rule = QRectF(round(x), box.top(), 2, bottom - box.top())
            self._painter.fillRect(rule, self._theme.color("strong-line"))

    def _bullet(self, block: QTextBlock, leaf: Leaf) -> None:
        assert leaf.block is not None
        label = _label(leaf.block)
        start = geometry.caret(self._scene.document, block.position())
        font = self._theme.font(start.pixels, serif=True)
        width = paint.text_width(label, font)
        inset = self._scene.styles.indent(leaf)
        x = self._scene.right - inset + 10 if leaf.rtl else self._scene.left + inset - 10 - width
        self._painter.setFont(font)
        self._painter.setPen(self._theme.color("muted"))
        self._painter.drawText(QPointF(x, start.baseline), label)

    def _cell_line(self, block: QTextBlock, leaf: Leaf) -> None:
        """A hairline under each row, drawn once, from its first cell; stronger under the head."""
        table = QTextCursor(block).currentTable() if leaf.column == 0 else None
        if table is None:
            return
        row = table.cellAt(block.position()).row()
        boxes = [
            self._box(table.cellAt(row, column).firstCursorPosition().block())
            for column in range(table.columns())
        ]
        bottom = round(max(box.bottom() for box in boxes) + CELL_PAD)
        left, right = boxes[0].left() - CELL_PAD, boxes[-1].right() + CELL_PAD
        header = leaf.block is not None and leaf.block.header
        color = self._theme.color("muted" if header else "line")
        self._painter.fillRect(QRectF(left, bottom - 1, right - left, 1), color)

    def _image(self, block: QTextBlock, leaf: Leaf) -> None:
        """The picture over its caption, or a box in its place."""
        bottom, size = self._box(block).top() - IMAGE_GAP, self._scene.styles.picture(leaf)
        if size is None or leaf.block is None:
            width = self._scene.right - self._scene.left
            self._placeholder(QRectF(self._scene.left, bottom - IMAGE_BOX, width, IMAGE_BOX), leaf)
            return
        left = self._scene.right - size.width() if leaf.rtl else self._scene.left
        box = QRectF(round(left), round(bottom) - size.height(), size.width(), size.height())
        top, end = self._scene.view
        near = (end - top) / 2  # what comes next is read ahead; of a long gallery only that
        if box.bottom() > top - near and box.top() < end + near:
            self._picture(box, leaf, leaf.block)

    def _picture(self, box: QRectF, leaf: Leaf, block: Block) -> None:
        """Painted pixel for pixel where it is there; until then its place is kept."""
        device = QSize(round(box.width() * self._ratio), round(box.height() * self._ratio))
        image = self._scene.album.image(block.src or "", device)
        if image is None:
            paint.rounded(self._painter, box, self._theme.color("sunken"), None, 2)
            return
        if image.isNull():
            self._placeholder(box, leaf)
            return
        if (
            self._theme.dark and image.hasAlphaChannel()
        ):  # drawn for paper: dark lines would be lost on a dark page
            self._painter.fillRect(box, Qt.GlobalColor.white)
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._painter.drawImage(box, image)
        self._scene.pictures.append((box, block))

    def _placeholder(self, box: QRectF, leaf: Leaf) -> None:
        """A box in place of a picture whose bytes are not here, with its alternative text."""
        paint.rounded(self._painter, box, self._theme.color("sunken"), self._theme.color("strong-line"), 6)
        self._theme.draw_icon(self._painter, "image", box.left() + 16, box.center().y() - 8, 16, "muted")
        alt = (leaf.block.alt if leaf.block else None) or _tr("Image")
        font = self._theme.font(13)
        words = paint.paragraph(alt, box.width() - 60, font, lines=3)
        words.draw(
            self._painter, box.left() + 44, box.center().y() - words.height / 2, self._theme.color("muted")
        )

    def _below(self, block: QTextBlock, box: QRectF) -> float:
        """Where the next paragraph begins, if it is laid down yet."""
        following = block.next()
        return self._box(following).top() if following.isValid() else box.bottom()

    def _box(self, block: QTextBlock) -> QRectF:
        return geometry.block_box(self._scene.document, block)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReaderPage", text)


def _label(block: Block) -> str:
    if block.number is not None:
        return f"{block.number}."
    return _BULLETS[(max(1, block.level) - 1) % len(_BULLETS)]
