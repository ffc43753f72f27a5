import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.document import Block, BlockKind, Document, InlineMark, MarkKind, tidy_block
from tests.core.texts import texts, texts_with_spans

blocks = st.builds(
    Block,
    kind=st.sampled_from(BlockKind),
    text=texts,
    level=st.integers(0, 6),
    group=st.integers(0, 3),
    number=st.none() | st.integers(0, 99),
    header=st.booleans(),
    src=st.none() | st.just("pictures/мост.jpg"),
)


@given(st.lists(blocks, max_size=8))
def test_text_and_layout_bring_the_document_back(some):
    document = Document.build(some)
    assert Document.from_layout(document.text, document.layout_json()) == document


@given(st.lists(blocks, max_size=8))
def test_canonical_text_is_composed_and_starts_point_at_blocks(some):
    document = Document.build(some)
    assert unicodedata.is_normalized("NFC", document.text.replace("\n", " "))
    for block, start in zip(document.blocks, document.starts(), strict=True):
        assert document.text[start : start + len(block.text)] == block.text


@given(texts_with_spans())
def test_inline_marks_keep_their_letters(case):
    text, start, end = case
    tidy = tidy_block(Block(BlockKind.PARAGRAPH, text, marks=(InlineMark(start, end, MarkKind.STRONG),)))
    for mark in tidy.marks:
        assert 0 <= mark.start < mark.end <= len(tidy.text)
        marked = "".join(text[start:end].split())
        if unicodedata.is_normalized("NFC", text) and not any(unicodedata.category(c) == "Cc" for c in text):
            assert "".join(tidy.text[mark.start : mark.end].split()) in (marked, marked.replace("\ufeff", ""))


@given(st.text("аи й\u0306\u3099かᄀ\u1161 \t\n\x00x1", max_size=30), st.data())
def test_many_marks_are_moved_as_each_of_them_alone(text, data):
    edges = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    marks = [InlineMark(*sorted(pair), MarkKind.LINK, "x") for pair in data.draw(st.lists(edges))]
    together = tidy_block(Block(BlockKind.PARAGRAPH, text, marks=tuple(marks)))
    alone = [tidy_block(Block(BlockKind.PARAGRAPH, text, marks=(mark,))).marks for mark in marks]
    assert together.marks == tuple(mark for moved in alone for mark in moved)


def test_thousands_of_links_in_one_paragraph_are_moved_in_one_go(monkeypatch):
    cleaned = []
    normalize = unicodedata.normalize
    monkeypatch.setattr(
        unicodedata, "normalize", lambda form, text: cleaned.append(text) or normalize(form, text)
    )
    marks = tuple(InlineMark(at, at + 6, MarkKind.LINK, "x") for at in range(0, 14_000, 7))
    tidy_block(Block(BlockKind.PARAGRAPH, "ссылка " * 2000, marks=marks))
    assert sum(map(len, cleaned)) < 5 * 14_000


def test_spaces_collapse_except_in_code_and_between_cells():
    assert tidy_block(Block(BlockKind.PARAGRAPH, "  два\n  слова ")).text == "два слова"
    assert tidy_block(Block(BlockKind.CODE, "if x:\r\n    y\n")).text == "if x:\n    y"
    assert tidy_block(Block(BlockKind.TABLE_ROW, "a  b\t\tc")).cells == ["a b", "", "c"]


def test_empty_blocks_are_left_out_but_images_stay():
    document = Document.build([Block(BlockKind.PARAGRAPH, " "), Block(BlockKind.IMAGE, "", src="a.png")])
    assert [block.kind for block in document.blocks] == [BlockKind.IMAGE]


def test_a_layout_that_does_not_fit_its_text_is_refused():
    document = Document.build([Block(BlockKind.PARAGRAPH, "слово")])
    with pytest.raises(ValueError, match="covers 5 of 6"):
        Document.from_layout("слово!", document.layout_json())


def test_marks_of_code_are_moved_past_the_line_ends_of_other_systems():
    code = Block(BlockKind.CODE, "one\r\ntwo\rthree", marks=(InlineMark(5, 8, MarkKind.STRONG),))
    code = tidy_block(code)
    assert code.text == "one\ntwo\nthree"
    assert [code.text[mark.start : mark.end] for mark in code.marks] == ["two"]
    assert tidy_block(Block(BlockKind.CODE, "\r\n  a\r\n")).text == "  a"
