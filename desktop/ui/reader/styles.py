"""The reader's typography: a paragraph and a character format for every leaf. Pixels throughout."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontDatabase,
    QTextBlockFormat,
    QTextCharFormat,
    QTextLength,
    QTextTableFormat,
)

from desktop.core.document import MarkKind
from desktop.ui.paint import text_width
from desktop.ui.reader.album import Sizes, fitted
from desktop.ui.reader.plan import Leaf, Role, Sheet
from desktop.ui.theme import Theme

INDENT = 28  # of a list level
QUOTE_INDENT = 24  # of a quotation level
CODE_PAD = 14
IMAGE_BOX = 84  # height of the box that stands for an image whose picture is not there
IMAGE_ABOVE, IMAGE_GAP = 22, 8  # pixels over the box or the picture, and between it and its caption
CELL_PAD = 7
_HANGING = "«„“「『"
_WIDE = ("ja", "zh", "ko")
_SAMPLES = {
    "cyrillic": "обычный текст заметки, из слов разной длины; ",
    "latin": "the ordinary text of an article, words of many lengths; ",
}
_CYRILLIC = ("ru", "uk", "be", "bg", "sr", "mk", "kk")


@dataclass(frozen=True, slots=True)
class Typography:
    """What a person can set.

    Attributes:
        size: Of the text, in pixels.
        measure: Characters of a line, on average (half as many wide ones).
        leading: Height of a line, in sizes.
    """

    size: int = 18
    measure: int = 66
    leading: float = 1.55


@dataclass(frozen=True, slots=True)
class Style:
    """One role: sizes are for a text of 18 pixels and grow with it."""

    pixels: float
    leading: float
    above: float = 0
    below: float = 0
    weight: int = 400
    serif: bool = True
    italic: bool = False
    token: str = "text"


_STYLES = {
    Role.KICKER: Style(11, 1.4, 0, 6, 600, serif=False, token="muted"),
    Role.TITLE: Style(30, 1.2, 0, 10, 700),
    Role.UNTITLED: Style(30, 1.2, 0, 10, 400, italic=True, token="muted"),
    Role.BYLINE: Style(13, 1.4, 0, 22, serif=False, token="muted"),
    Role.ITEM: Style(18, 1.5, 0, 6),
    Role.QUOTE: Style(18, 1.5, 0, 8, italic=True),
    Role.CODE: Style(15, 1.45),
    Role.CELL: Style(14.5, 1.4, serif=False),
    Role.IMAGE: Style(13.5, 1.4, 0, 20, serif=False, token="muted"),
    Role.GAP: Style(1, 1.0),
}
_HEADINGS = (
    Style(25, 1.25, 26, 10, 700),
    Style(21, 1.3, 24, 8, 700),
    Style(18.5, 1.35, 20, 6, 700),
    Style(18, 1.4, 16, 4, 700, italic=True),
    Style(14.5, 1.4, 16, 4, 600, serif=False),
    Style(13, 1.4, 14, 4, 600, serif=False, token="muted"),
)


class Styles:
    """Formats for one theme, one typography and one language; made anew when any of them changes.

    Attributes:
        room: The width in pixels that there is for pictures; set when the page is arranged.
    """

    def __init__(
        self, theme: Theme, typography: Typography, language: str | None, pictures: Sizes | None = None
    ) -> None:
        self._theme = theme
        self._typography = typography
        self._wide = language in _WIDE
        self._cyrillic = language in _CYRILLIC
        self._pictures = pictures or {}
        self.room = 0
        self._chars: dict[tuple[object, ...], QTextCharFormat] = {}
        self._blocks: dict[tuple[object, ...], QTextBlockFormat] = {}

    @property
    def size(self) -> int:
        return self._typography.size

    @property
    def column(self) -> int:
        """The width of the text in pixels."""
        if self._wide:
            return round(self.size * self._typography.measure / 2)
        sample = _SAMPLES["cyrillic" if self._cyrillic else "latin"]
        width = text_width(sample * 4, self._theme.font(self.size, serif=True))
        return round(width / (4 * len(sample)) * self._typography.measure)

    def font(self, leaf: Leaf) -> QFont:
        style = self._style(leaf)
        pixels = style.pixels * self.size / 18
        if leaf.role is Role.CODE:
            return self._mono(pixels)
        weight = 600 if _is_header(leaf) else style.weight
        italic = style.italic and not (self._wide and leaf.role is not Role.UNTITLED)
        font = QFont(self._theme.font(pixels, weight, serif=style.serif, italic=italic))
        if leaf.role is Role.KICKER:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
            font.setCapitalization(QFont.Capitalization.AllUppercase)
        return font

    def block_format(self, leaf: Leaf) -> QTextBlockFormat:
        """The shape of a leaf; a book has thousands of the same, and none is to be changed."""
        if leaf.role is Role.IMAGE:
            return self._new_shape(leaf)
        level = leaf.block.level if leaf.block else 0
        hanging = leaf.text[:1] if leaf.text[:1] in _HANGING else ""
        edges = leaf.first, leaf.last, leaf.continued
        key = (leaf.role, level, _is_header(leaf), leaf.rtl, hanging, edges)
        if key not in self._blocks:
            self._blocks[key] = self._new_shape(leaf)
        return self._blocks[key]

    def _new_shape(self, leaf: Leaf) -> QTextBlockFormat:
        style, found = self._style(leaf), QTextBlockFormat()
        font = self.font(leaf)
        height = round(font.pixelSize() * style.leading)
        found.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        above, below = self._space(leaf, style)
        found.setTopMargin(above)
        found.setBottomMargin(below)
        indent = self.indent(leaf)
        (found.setRightMargin if leaf.rtl else found.setLeftMargin)(indent)
        if leaf.role is Role.CODE:
            found.setRightMargin(CODE_PAD)
        elif leaf.text[:1] and leaf.text[0] in _HANGING and not leaf.continued and leaf.role is not Role.CELL:
            found.setTextIndent(-self._hang(leaf.text[0], font))
        return found

    def picture(self, leaf: Leaf) -> QSize | None:
        """How large the picture of a leaf is shown; None where there is none, or not its bytes."""
        if leaf.role is not Role.IMAGE or leaf.continued or leaf.block is None or not leaf.block.src:
            return None
        natural = self._pictures.get(leaf.block.src)
        return fitted(natural, self.room or self.column) if natural else None

    @property
    def has_pictures(self) -> bool:
        return bool(self._pictures)

    def indent(self, leaf: Leaf) -> int:
        """How far the leaf is set in from the edge of the column."""
        level = max(1, leaf.block.level) if leaf.block else 1
        if leaf.role is Role.ITEM:
            return INDENT * min(level, 8)
        if leaf.role is Role.QUOTE:
            return QUOTE_INDENT * min(level, 8)
        return CODE_PAD if leaf.role is Role.CODE else 0

    def char_format(self, leaf: Leaf, kinds: frozenset[MarkKind], href: str | None) -> QTextCharFormat:
        """The letters of a stretch of a leaf that has just these kinds of inline marks."""
        level = leaf.block.level if leaf.block else 0
        key = (leaf.role, level, _is_header(leaf), kinds, href)
        if key not in self._chars:
            self._chars[key] = self._new_format(leaf, kinds, href)
        return self._chars[key]

    def table_format(self, sheet: Sheet) -> QTextTableFormat:
        """Percentages, so that the sheets of one long table stand under each other."""
        percent = QTextLength.Type.PercentageLength
        found = QTextTableFormat()
        found.setBorder(0)
        found.setCellSpacing(0)
        found.setCellPadding(CELL_PAD)
        found.setWidth(QTextLength(percent, sheet.width))
        found.setColumnWidthConstraints([QTextLength(percent, width) for width in sheet.widths])
        found.setTopMargin(10 if sheet.first else 0)
        found.setBottomMargin(20 if sheet.last else 0)
        return found

    def _style(self, leaf: Leaf) -> Style:
        if leaf.role is Role.HEADING:
            level = leaf.block.level if leaf.block else 1
            return _HEADINGS[min(max(level, 1), len(_HEADINGS)) - 1]
        if leaf.role is Role.PARAGRAPH:
            return Style(18, self._typography.leading, 0, 14)
        return _STYLES[leaf.role]

    def _space(self, leaf: Leaf, style: Style) -> tuple[float, float]:
        """Above and below; runs of like leaves stand closer together inside than outside."""
        above, below = style.above, style.below
        if leaf.role in (Role.ITEM, Role.QUOTE):
            above = 8 if leaf.first and leaf.role is Role.QUOTE else 0
            below = 20 if leaf.last else below
        if leaf.role is Role.CODE:
            above = CODE_PAD + 10 if leaf.first else 0
            below = CODE_PAD + 16 if leaf.last else 0
        if leaf.role is Role.IMAGE and not leaf.continued:
            picture = self.picture(leaf)
            above = IMAGE_ABOVE + (picture.height() if picture else IMAGE_BOX) + IMAGE_GAP
        return above, below

    def _hang(self, mark: str, font: QFont) -> float:
        return text_width(mark, font) / (2 if mark in "「『" else 1)

    def _mono(self, pixels: float) -> QFont:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setFamilies([*font.families(), *self._theme.font().families()])
        font.setPixelSize(round(pixels))
        return font

    def _new_format(self, leaf: Leaf, kinds: frozenset[MarkKind], href: str | None) -> QTextCharFormat:
        font = QFont(self.font(leaf))
        found = QTextCharFormat()
        if MarkKind.CODE in kinds:
            font = self._mono(font.pixelSize() * 0.86)
        if MarkKind.STRONG in kinds:
            font.setWeight(QFont.Weight(700))
        if MarkKind.EMPHASIS in kinds:
            font.setItalic(not font.italic())
        font.setStrikeOut(MarkKind.STRIKE in kinds)
        raised = kinds & {MarkKind.SUPERSCRIPT, MarkKind.SUBSCRIPT}
        found.setFont(font)
        found.setForeground(QBrush(self._theme.color(self._style(leaf).token)))
        if raised:
            alignment = QTextCharFormat.VerticalAlignment
            top = MarkKind.SUPERSCRIPT in raised
            found.setVerticalAlignment(alignment.AlignSuperScript if top else alignment.AlignSubScript)
        if href:
            self._as_link(found, href)
        return found

    def _as_link(self, found: QTextCharFormat, href: str) -> None:
        found.setAnchor(True)
        found.setAnchorHref(href)
        found.setForeground(QBrush(self._theme.color("accent")))
        found.setFontUnderline(True)
        found.setUnderlineColor(self._theme.color("accent", 0.4))


def _is_header(leaf: Leaf) -> bool:
    return leaf.role is Role.CELL and leaf.block is not None and leaf.block.header
