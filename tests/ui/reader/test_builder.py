"""What the builder lays down stands exactly where the map says."""

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtGui import QTextDocument

from desktop.core.document import Block, BlockKind, Document, InlineMark, MarkKind
from desktop.ui.reader.builder import PageBuilder, leaf_number
from desktop.ui.reader.plan import Head, leaves, make_plan, shown
from desktop.ui.reader.positions import PositionMap
from desktop.ui.reader.styles import Styles, Typography
from desktop.ui.theme import Theme
from tests.ui.reader.test_positions import DOCUMENTS, HEADS


@pytest.fixture
def styles(qapp):
    return Styles(Theme(qapp), Typography(), "ru")


def words_at(page, start, end):
    units = [ord(page.characterAt(at)) for at in range(start, end)]
    return b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(DOCUMENTS, HEADS)
def test_every_leaf_stands_where_the_map_says(styles, document, head):
    plan = make_plan(document, head)
    positions, page = PositionMap(document.text, leaves(plan)), QTextDocument()
    PageBuilder(page, plan, styles).finish()
    for number, (leaf, start) in enumerate(zip(leaves(plan), positions.starts, strict=True)):
        block = page.findBlock(start)
        assert (block.position(), block.text()) == (start, leaf.text)
        assert leaf_number(block) == number
        if leaf.start is not None and leaf.text:
            first, last = positions.to_range(leaf.start, leaf.start + len(leaf.text))
            canonical = document.text[leaf.start : leaf.start + len(leaf.text)]
            assert words_at(page, first, last) == shown(canonical)


def test_built_in_steps_the_page_is_the_same(styles):
    document = Document(tuple(Block(BlockKind.PARAGRAPH, f"Абзац {n} 😀 " * 30) for n in range(40)))
    plan = make_plan(document, Head("a", "b", "c"))
    whole, steps = QTextDocument(), QTextDocument()
    PageBuilder(whole, plan, styles).finish()
    builder = PageBuilder(steps, plan, styles)
    builder.build_until(2_000)
    assert not builder.finished and builder.built > 2_000
    while not builder.finished:
        builder.build_for(0.001)
    assert steps.toRawText() == whole.toRawText()


def test_inline_marks_become_formats(styles):
    marks = (
        InlineMark(0, 4, MarkKind.STRONG),
        InlineMark(2, 7, MarkKind.EMPHASIS),
        InlineMark(5, 7, MarkKind.LINK, "https://a.example/"),
    )
    page = QTextDocument()
    plan = make_plan(Document((Block(BlockKind.PARAGRAPH, "abcdefg", marks=marks),)), Head())
    PageBuilder(page, plan, styles).finish()
    formats = [
        (
            one.start,
            one.length,
            one.format.fontWeight() == 700,
            one.format.fontItalic(),
            one.format.anchorHref(),
        )
        for one in page.firstBlock().textFormats()
    ]
    assert formats == [
        (0, 2, True, False, ""),
        (2, 2, True, True, ""),
        (4, 1, False, True, ""),
        (5, 2, False, True, "https://a.example/"),
    ]
