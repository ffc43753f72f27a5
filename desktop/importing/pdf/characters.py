"""Words of a page, from its characters."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from desktop.importing.pdf.frames import Box, Frame, Sheet
from desktop.importing.pdf.glyphs import SLANTED, UNMAPPED, Glyph, TextObjects, glyphs_of
from desktop.importing.pdf.words import FIRST_BACKWARD, Letter, Style, Word, is_backward, is_wide, make_word

_SPACE_GAP = 0.28  # of the size: parts words even where no space is drawn
_WIDE_GAP = 0.9
_JUMP = 1.0
_TWICE = 0.12  # of the size: the same letter this near is drawn twice to look bold


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page by the direction in which they are read.

    Attributes:
        upright: (frame, words in the order in which they were drawn), the fullest frame first.
        slanted: Words at an angle: stamps, watermarks.
        glyphs: How many characters the page has.
        unmapped: How many of them mean nothing that could be found out.
    """

    upright: list[tuple[Frame, list[Word]]]
    slanted: list[Word]
    glyphs: int
    unmapped: int


def read_words(text_page: Any, sheet: Sheet) -> PageWords:
    """The words of a page; what lies outside of it is left out."""
    objects = TextObjects(text_page, sheet)
    glyphs = _undoubled(glyphs_of(text_page, sheet, objects))
    turned = _by_turn(glyphs, objects)
    slanted = turned.pop(SLANTED, [])
    frames = sorted(turned.items(), key=lambda item: -len(item[1]))
    return PageWords(
        [(sheet.frame(turn), list(_words(some, sheet.frame(turn), objects))) for turn, some in frames],
        list(_slanted_words(slanted, objects)),
        sum(len(glyph.text) for glyph in glyphs),
        sum(glyph.text == UNMAPPED for glyph in glyphs),
    )


def _by_turn(glyphs: list[Glyph], objects: TextObjects) -> dict[int, list[Glyph]]:
    turned: dict[int, list[Glyph]] = {}
    downward = _downward(glyphs)
    for address, some in groupby(glyphs, key=attrgetter("object")):
        group = list(some)
        turn, _ = objects.look(address, group[0].number)
        turned.setdefault(90 if turn == 0 and address in downward else turn, []).extend(group)
    return turned


def _undoubled(glyphs: list[Glyph]) -> list[Glyph]:
    """Without letters that are drawn twice, a hair apart, to look bold."""
    kept: list[Glyph] = []
    last = before = ""
    for glyph in glyphs:
        text = glyph.text
        if text in (last, before) and any(_same_place(glyph, other) for other in kept[-2:]):
            continue
        kept.append(glyph)
        before, last = last, text
    return kept


def _same_place(one: Glyph, other: Glyph) -> bool:
    """The same letter of another object; signs of one object share a place where they are a ligature."""
    if one.text != other.text or one.object == other.object:
        return False
    near = _TWICE * min(max(one.box[2] - one.box[0], one.box[3] - one.box[1]), 40)
    return abs(one.box[0] - other.box[0]) <= near and abs(one.box[1] - other.box[1]) <= near


def _downward(glyphs: list[Glyph]) -> set[int]:
    """The text objects whose upright letters follow each other downwards, as in vertical Japanese."""
    votes: dict[int, int] = {}
    strangers = 0
    wide = [glyph for glyph in glyphs if glyph.text >= "\u1100" and is_wide(glyph.text[0])]
    for before, after in pairwise(wide):
        vote = _step(before.box, after.box)
        if before.object == after.object:
            votes[after.object] = votes.get(after.object, 0) + vote
        else:
            strangers += vote
    if not any(vote > 0 for vote in votes.values()) and strangers <= 0:
        return set()
    return {glyph.object for glyph in wide if votes.get(glyph.object, 0) + (strangers > 0) * 0.5 > 0}


def _step(before: Box, after: Box) -> int:
    """1 for a step down by about a letter, -1 for one to the right, 0 for any other."""
    across = (after[0] + after[2] - before[0] - before[2]) / 2
    down = (after[1] + after[3] - before[1] - before[3]) / 2
    size = max(before[3] - before[1], before[2] - before[0], 1)
    if abs(across) < 0.3 * size and 0.4 * size < down < 2.5 * size:
        return 1
    return -1 if abs(down) < 0.3 * size and 0 < across < 2.5 * size else 0


def _words(glyphs: list[Glyph], frame: Frame, objects: TextObjects) -> Iterator[Word]:
    """Words in the order of drawing; a change of line, of size or of look parts them, too."""
    group: list[tuple[Glyph, Box]] = []
    style = now = Style(1.0)
    spaced = True
    known, near = 0, 0.0
    for glyph in glyphs:
        box = glyph.box if frame.turn == 0 else frame.upright(glyph.box)
        if glyph.object != known:
            known, now = glyph.object, objects.look(glyph.object, glyph.number)[1]
        if not group:
            style, near = now, _SPACE_GAP * now.size
        elif glyph.spaced or now is not style or not _adjoins(group[-1][1], box, near):
            parted, gap = _parted(group[-1], (glyph, box), style.size)
            if parted or now is not style:
                yield from _word(group, style, spaced)
                group, spaced, style, near = [], gap, now, _SPACE_GAP * now.size
        group.append((glyph, box))
    if group:
        yield from _word(group, style, spaced)


def _adjoins(one: Box, other: Box, near: float) -> bool:
    """Whether a character plainly follows another one in its line."""
    return one[1] == other[1] and -near < other[0] - one[2] < near


def _slanted_words(glyphs: list[Glyph], objects: TextObjects) -> Iterator[Word]:
    """Words at an angle: only white space parts them."""
    group: list[tuple[Glyph, Box]] = []
    style = Style(1.0)
    for glyph in glyphs:
        if group and glyph.spaced:
            yield from _word(group, style, True)
            group = []
        if not group:
            _, style = objects.look(glyph.object, glyph.number)
        group.append((glyph, glyph.box))
    if group:
        yield from _word(group, style, True)


def _parted(before: tuple[Glyph, Box], after: tuple[Glyph, Box], size: float) -> tuple[bool, bool]:
    """Whether a word ends between two characters, and whether white space does it."""
    (_, one), (glyph, other) = before, after
    if one == other:
        return False, False
    size = max(size, 1.0)
    if abs((one[1] + one[3]) - (other[1] + other[3])) > 0.7 * size:  # another line
        return True, True
    gap = (one[0] - other[2]) if other[0] < one[0] and is_backward(glyph.text[0]) else other[0] - one[2]
    if abs(gap) > _JUMP * size:
        return True, True
    if is_wide(before[0].text[-1]) and is_wide(glyph.text[0]):
        space = (glyph.spaced and glyph.drawn) or gap > _WIDE_GAP * size
    else:
        space = glyph.spaced or gap > _SPACE_GAP * size
    return space, space


def _word(group: list[tuple[Glyph, Box]], style: Style, spaced: bool) -> Iterator[Word]:
    top = min([box[1] for _, box in group])
    bottom = max([box[3] for _, box in group])
    backward = sum(is_backward(glyph.text[0]) for glyph, _ in group if glyph.text >= FIRST_BACKWARD)
    letters = _letters_backward(group) if backward * 2 > len(group) else _letters(group)
    word = make_word(letters, top, bottom, style, spaced)
    if word is not None:
        yield word


def _letters(group: list[tuple[Glyph, Box]]) -> list[Letter]:
    return [letter for glyph, box in group for letter in glyph.letters(box[0], box[2])]


def _letters_backward(group: list[tuple[Glyph, Box]]) -> list[Letter]:
    """From the rightmost to the leftmost; signs of one glyph, which PDFium has turned round, back again."""
    order = sorted(range(len(group)), key=lambda index: (-group[index][1][2], -index))
    return [
        (group[index][0].text, group[index][0].number, group[index][1][2], group[index][1][0])
        for index in order
    ]
