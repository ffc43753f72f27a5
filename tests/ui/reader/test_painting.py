"""What the eye gets: fills, edges, boxes and outlines, in light and dark."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QColor

from desktop.core.anchors import AnchorState
from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.ui.reader import geometry
from desktop.ui.tokens import TINT, TINT_BASE, TOKENS
from tests.ui.reader.conftest import BRIDGE, article_of, placed, select

MIXED = Document.build(
    [
        Block(BlockKind.PARAGRAPH, "עברית: המעבורת תיפתח, said the council, ואז נסגרה."),
        Block(BlockKind.LIST_ITEM, "Пункт", 2, number=7),
        Block(BlockKind.QUOTE, "Вложенная", 2, group=4),
        Block(BlockKind.IMAGE, "", src="a.png", alt="Паром"),
        Block(BlockKind.PARAGRAPH, "Конец 😀 абзаца"),
    ],
    Metadata("Смесь"),
)


def box_of(reader, words):
    at = reader.text.index(words)
    return reader.page.rects(*reader.page.map.to_range(at, at + len(words)))[0]


def colour_in(reader, words, dx=2, dy=3):
    """The colour of the ground just inside the upper left corner of words."""
    box = box_of(reader, words)
    image = reader.page.viewport().grab().toImage()
    return image.pixelColor(box.left() + dx, box.top() + dy)


def tinted(token, dark):
    top, under = QColor(TINT_BASE.get(token, TOKENS[token])[dark]), QColor(TOKENS["surface"][dark])
    strength = TINT[dark]
    return [
        a * strength + b * (1 - strength) for a, b in zip(top.getRgb()[:3], under.getRgb()[:3], strict=True)
    ]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", ["highlight", "quote", "claim", "note"])
def test_each_kind_has_its_fill(reader, theme, kind, dark):
    theme.set_dark(dark)
    reader.set_placements([placed(BRIDGE, "m", kind, "закроют")])
    found = colour_in(reader, "закроют").getRgb()[:3]
    assert found == pytest.approx(tinted(kind, dark), abs=2)
    assert colour_in(reader, "недель.").name() == QColor(TOKENS["surface"][dark]).name()


def test_a_colour_of_its_own_wins_over_the_kinds(reader):
    reader.set_placements([placed(BRIDGE, "m", "claim", "закроют", colour="violet")])
    found = colour_in(reader, "закроют").getRgb()[:3]
    assert found == pytest.approx(tinted("colour.violet", False), abs=2)


def test_the_focused_mark_takes_the_accent(reader):
    reader.set_placements([placed(BRIDGE, "m", "claim", "закроют")])
    reader.focus_annotation("m")
    assert colour_in(reader, "закроют").getRgb()[:3] == pytest.approx(tinted("accent", False), abs=2)


def test_an_unsure_mark_is_outlined_and_not_filled(reader):
    reader.set_placements([placed(BRIDGE, "m", "claim", "закроют", state=AnchorState.AMBIGUOUS)])
    assert colour_in(reader, "закроют").name() == QColor(TOKENS["surface"][0]).name()


def test_a_hit_is_boxed_in_neutral_grey(reader):
    reader.set_placements([])
    at = reader.text.index("закроют")
    reader.set_hits([(at, at + 7)])
    found = colour_in(reader, "закроют")
    assert found.name() != QColor(TOKENS["surface"][0]).name()
    assert max(found.getRgb()[:3]) - min(found.getRgb()[:3]) < 10


def test_the_selection_does_not_hide_behind_a_mark(reader):
    select(reader, "закроют")
    assert colour_in(reader, "закроют").name() == QColor(TOKENS["selection"][0]).name()


def test_a_marks_edge_is_seen_through_the_selection(reader):
    reader.set_placements([placed(BRIDGE, "m", "highlight", "закроют")])
    select(reader, "закроют")
    box = box_of(reader, "закроют")
    image = reader.page.viewport().grab().toImage()
    assert image.pixelColor(box.left() + 10, box.bottom() - 1).name() == QColor(TOKENS["highlight"][0]).name()


def test_the_strip_shows_marks_in_their_colours(reader):
    reader.set_placements([placed(BRIDGE, "m", "note", "2011")])
    at = reader.page.map.to_position(reader.text.index("2011"))
    image = reader.strip.grab().toImage()
    assert image.pixelColor(8, round(reader.strip.y_of(at))).name() == QColor(TOKENS["note"][0]).name()


def test_text_of_mixed_direction_gives_boxes_without_overlap(reader):
    reader.show_document(article_of(MIXED), MIXED)
    start, end = reader.page.map.to_range(7, len(MIXED.blocks[0].text))
    found = list(geometry.runs(reader.page.document(), start, end))
    by_line = {}
    for run in found:
        assert run.left < run.right
        by_line.setdefault(run.baseline, []).append((run.left, run.right))
    for edges in by_line.values():
        edges.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(edges))
    whole = sum(run.right - run.left for run in found)
    parts = sum(
        run.right - run.left
        for at in range(start, end)
        for run in geometry.runs(reader.page.document(), at, at + 1)
    )
    assert whole >= parts * 0.98


def test_every_kind_of_block_can_be_painted(reader, theme, qtbot):
    reader.show_document(article_of(MIXED), MIXED)
    words = ("תיפתח, said the", "Пункт", "Вложенная", "😀")
    reader.set_placements(
        [
            placed(MIXED, str(n), kind, one)
            for n, (one, kind) in enumerate(zip(words, ("claim", "note") * 2, strict=True))
        ]
    )
    for dark in (True, False):
        theme.set_dark(dark)
        reader.page.viewport().repaint()
    assert len(reader.page.scene.glyphs) == 4


def test_a_hanging_quote_reaches_left_of_the_column(reader):
    assert box_of(reader, "«Мы").left() < box_of(reader, "Паром вместо").left() - 4
