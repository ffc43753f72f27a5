"""One card laid out for one width: measured without a painter, painted from what was measured."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter

from desktop.core.records import AnnotationKind
from desktop.ui.inspector.cards import Card
from desktop.ui.paint import Paragraph, chip, chip_width, line, paragraph, rounded, text_width
from desktop.ui.theme import Theme
from desktop.ui.tokens import GLYPHS
from desktop.ui.words import name_of

SIDE, PAD, GAP = 12, 12, 8  # beside the card, within it, below it
_TOP, _HEADER, _MAKER = 10, 18, 22
_CHIP_ROWS = 3
_BREAKS = re.compile(r"\s*\n\s*")

_Chip = tuple[float, float, str, str, float]  # x, y, label, token of its dot, width

CONFIRM, CHOOSE = "confirm", "choose"


class CardLayout:
    """Heights and laid-out text of a card.

    Attributes:
        height: Of the whole row, the gap below the card included.
    """

    def __init__(self, card: Card, width: float, theme: Theme) -> None:
        self.card, self._theme = card, theme
        self._inner = width - 2 * SIDE - 2 * PAD
        self._words = self._lay_words()
        self._statement = self._lay_text(card.statement, 3)
        self._note = self._lay_text(card.note, 4, 0 if card.kind is AnnotationKind.NOTE else 10)
        self._explanation = self._lay_text(card.explanation, 3, 10)
        self._chips, chip_rows = self._lay_chips()
        self._actions = self._lay_actions()
        texts = [self._words, self._statement, self._note, self._explanation]
        body = sum(part.height + 4 for part in texts if part is not None)
        who = 24 if card.speaker or card.said else 0
        tags = 2 + 24 * chip_rows
        maker = _MAKER if card.maker else 0
        buttons = 32 if self._actions else 0
        below = who + (tags if chip_rows else 0) + maker + buttons
        self.height = round(_TOP + _HEADER + body + below + _TOP + GAP)

    def action_at(self, box: QRectF, point: QPointF) -> str | None:
        """Which button of the card in the row ``box`` lies under ``point``."""
        for name, place in self._actions.items():
            if place.translated(box.x() + SIDE + PAD, self._actions_top(box)).contains(point):
                return name
        return None

    def paint(self, painter: QPainter, row: QRectF, *, focused: bool, hovered: bool) -> None:
        box = row.adjusted(SIDE, 0, -SIDE, -GAP)
        self._paint_body(painter, box, focused, hovered)
        x, y = box.x() + PAD, box.y() + _TOP
        self._paint_header(painter, box, x, y)
        y = self._paint_texts(painter, x, y + _HEADER)
        y = self._paint_who(painter, x, y)
        self._paint_chips(painter, x, y)
        self._paint_maker(painter, row)
        self._paint_actions(painter, row)

    def _lay_words(self) -> Paragraph | None:
        card = self.card
        if not card.words:
            return None
        second = bool(card.statement) or (card.kind is AnnotationKind.NOTE and bool(card.note))
        return paragraph(
            card.words, self._inner, self._theme.font(14, serif=True), lines=1 if second else 3, leading=1.4
        )

    def _lay_text(self, text: str, lines: int, indent: int = 0) -> Paragraph | None:
        if not text:
            return None
        shown = _BREAKS.sub("\u2028", text if len(text) < 400 else text[:400] + "…")
        return paragraph(shown, self._inner - indent, self._theme.font(13), lines=lines, leading=1.4)

    def _lay_chips(self) -> tuple[list[_Chip], int]:
        """The chips and their rows; what does not fit in three rows is counted in a last chip."""
        placed: list[_Chip] = []
        x, row = 0.0, 0
        for number, (path, token) in enumerate(self.card.tags):
            name = path.rpartition("/")[2]  # the whole path stands in the tooltip
            width = min(self._inner, chip_width(self._theme, name, dot=token))
            if x and x + width > self._inner:
                x, row = 0.0, row + 1
            if row == _CHIP_ROWS:
                return self._counted(placed, len(self.card.tags) - number), _CHIP_ROWS
            placed.append((x, 24.0 * row, name, token, width))
            x += width + 4
        return placed, row + 1 if placed else 0

    def _counted(self, placed: list[_Chip], rest: int) -> list[_Chip]:
        label = f"+{rest + 1}"
        x, y, *_ = placed[-1]
        return [*placed[:-1], (x, y, label, "", chip_width(self._theme, label))]

    def _lay_actions(self) -> dict[str, QRectF]:
        """Places of the buttons, from the left of the card's content and the top of their line."""
        names: Iterable[str] = (CHOOSE,) if self.card.orphan else ()
        if self.card.unsure:
            names = (CONFIRM, CHOOSE)
        places, x = {}, 0.0
        for name in names:
            width = round(text_width(_action_label(name), self._theme.font(12, 600)) + 20)
            places[name] = QRectF(x, 0, width, 24)
            x += width + 8
        return places

    def _actions_top(self, row: QRectF) -> float:
        return row.bottom() - GAP - _TOP - 24

    def _paint_body(self, painter: QPainter, box: QRectF, focused: bool, hovered: bool) -> None:
        theme = self._theme
        outlined = self.card.orphan or self.card.unsure
        fill = None if outlined and not focused else theme.color("raised")
        if focused:
            rounded(painter, box, fill, theme.color("accent"), 8)
            rounded(painter, box.adjusted(1, 1, -1, -1), None, theme.color("accent", 0.35), 7)
        else:
            strong = outlined or hovered
            rounded(painter, box, fill, theme.color("strong-line" if strong else "line"), 8)

    def _paint_header(self, painter: QPainter, box: QRectF, x: float, y: float) -> None:
        card, theme = self.card, self._theme
        doubtful = card.orphan or card.unsure
        glyph = "unlink" if card.orphan else "triangle-alert" if card.unsure else GLYPHS[card.kind]
        theme.draw_icon(painter, glyph, x, y + 2, 14, "disputed" if doubtful else card.token)
        right = box.right() - 8
        if card.verdict:
            width = chip_width(theme, name_of(card.verdict), glyph=GLYPHS[card.verdict])
            right -= width
            chip(
                painter,
                theme,
                round(right),
                y - 2,
                name_of(card.verdict),
                token=card.verdict,
                glyph=GLYPHS[card.verdict],
            )
        ink = theme.ink("disputed" if doubtful else str(card.kind))
        room = right - x - 24
        used = line(painter, QRectF(x + 20, y, room, 18), card.label, theme.font(11, 600), ink)
        if card.stance:
            place = QRectF(x + 20 + used, y, room - used, 18)
            line(painter, place, f"  ·  {card.stance}", theme.font(11), theme.color("muted"))

    def _paint_texts(self, painter: QPainter, x: float, y: float) -> float:
        theme, card = self._theme, self.card
        quiet = bool(card.statement) or card.orphan
        if self._words is not None:
            self._words.draw(painter, x, y + 4, theme.color("muted" if quiet else "text"))
            y += self._words.height + 4
        if self._statement is not None:
            self._statement.draw(painter, x, y + 4, theme.color("text"))
            y += self._statement.height + 4
        rule = None if card.kind is AnnotationKind.NOTE else "note"
        y = self._paint_ruled(painter, self._note, x, y, rule)
        return self._paint_ruled(painter, self._explanation, x, y, "disputed")

    def _paint_ruled(
        self, painter: QPainter, part: Paragraph | None, x: float, y: float, rule: str | None
    ) -> float:
        if part is None:
            return y
        if rule is not None:
            painter.fillRect(QRectF(x, y + 6, 2, part.height - 4), self._theme.color(rule))
        part.draw(painter, x + (10 if rule else 0), y + 4, self._theme.color("text"))
        return y + part.height + 4

    def _paint_who(self, painter: QPainter, x: float, y: float) -> float:
        card, theme = self.card, self._theme
        if not (card.speaker or card.said):
            return y
        small = theme.font(12)
        rest = self._fitting(f"  ·  {card.said}" if card.speaker and card.said else card.said)
        name_room = self._inner - text_width(rest, small)
        used = 0.0
        if card.speaker:
            box = QRectF(x, y + 4, name_room, 20)
            used = line(painter, box, card.speaker, theme.font(12, 600), theme.color("text"))
        if rest:
            line(painter, QRectF(x + used, y + 4, self._inner - used, 20), rest, small, theme.color("muted"))
        return y + 24

    def _fitting(self, said: str) -> str:
        """As many of mode, cue and date as have room beside the speaker; none of them cut in two."""
        room = self._inner - text_width(self.card.speaker, self._theme.font(12, 600))
        small, shown = self._theme.font(12), said
        while text_width(shown, small) > room and " · " in shown.lstrip(" ·"):
            shown = shown.rpartition(" · ")[0].rstrip()
        return shown if text_width(shown, small) < self._inner * 0.6 else said

    def _paint_chips(self, painter: QPainter, x: float, y: float) -> None:
        for left, top, label, token, width in self._chips:
            chip(painter, self._theme, x + left, y + 6 + top, label, dot=token, max_width=width)

    def _paint_maker(self, painter: QPainter, row: QRectF) -> None:
        """Under everything else that is said, over the buttons."""
        bottom = row.bottom() - GAP - _TOP - (32 if self._actions else 0)
        place = QRectF(row.x() + SIDE + PAD, bottom - 18, self._inner, 18)
        line(painter, place, self.card.maker, self._theme.font(12), self._theme.color("muted"))

    def _paint_actions(self, painter: QPainter, row: QRectF) -> None:
        theme, top = self._theme, self._actions_top(row)
        for name, place in self._actions.items():
            box = place.translated(row.x() + SIDE + PAD, top)
            first = name == CONFIRM
            rounded(painter, box, theme.color("raised"), theme.color("accent" if first else "strong-line"), 6)
            ink = theme.color("accent" if first else "text")
            label = _action_label(name)
            line(painter, box.adjusted(10, 0, -8, 0), label, theme.font(12, 600), ink)


def _action_label(name: str) -> str:
    if name == CONFIRM:
        return QCoreApplication.translate("Cards", "Confirm  (⏎)")
    return QCoreApplication.translate("Cards", "Choose words  (P)")
