"""The measure of kept structure itself."""

import importlib.util
from pathlib import Path

import pytest

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind

SCRIPT = Path(__file__).parents[2] / "scripts" / "score_elements.py"


@pytest.fixture(scope="module")
def measure():
    spec = importlib.util.spec_from_file_location("score_elements", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_gold_markup_is_taken_apart_by_kind(measure):
    found = measure.from_html(
        "<h2>Заголовок</h2><ul><li>один<ul><li>внутри</li></ul></li></ul><blockquote><p>Слова.</p></blockquote>"
        "<pre>x = 1</pre><img src='/a.jpg'><img src='data:,'>"
        "<table><tr><th>а</th><th>б</th></tr><tr><td>1</td><td>2</td></tr></table><table><tr><td>x</td></tr></table>"
    )
    tidy = {kind: [" ".join(text.split()) for text in texts] for kind, texts in found.items()}
    assert tidy == {
        "heading": ["Заголовок"],
        "list": ["один", "внутри"],
        "quote": ["Слова."],
        "code": ["x = 1"],
        "image": ["a", ""],
        "table": ["аб", "12"],
    }


def test_gold_markdown_is_taken_apart_by_kind(measure):
    found = measure.from_markdown(
        "# Заголовок\n\n- один [ссылка](/a)\n- два[^1]\n\n> Слова.\n\n> [!note] Врезка\n\n```\nx = 1\n```\n\n"
        "| а | б |\n| - | - |\n| 1 | 2 |\n\n![](/p/c.png)\n\n[^1]: Пояснение\n    дальше.\n"
    )
    assert found["list"] == ["один ссылка", "два "]
    assert found["quote"] == ["Слова."]
    assert found["code"] == ["x = 1\n"]
    assert found["table"] == ["а б", "1 2"]
    assert found["image"] == ["c"]
    assert [" ".join(note.split()) for note in found["footnote"]] == ["Пояснение дальше."]


def test_an_element_is_found_by_most_of_its_letters(measure):
    text = "Правительство объявило, что новые правила вступят в силу."
    assert list(measure.missing([text], [text.upper()])) == [(text, False)]
    assert list(measure.missing([text], [text[:20]])) == [(text, True)]
    assert list(measure.missing(["да", ""], ["нет"])) == [("да", True)]


def test_numbers_of_notes_do_not_count(measure):
    block = Block(BlockKind.LIST_ITEM, "слово[3] x2", marks=(
        InlineMark(5, 8, MarkKind.SUPERSCRIPT), InlineMark(10, 11, MarkKind.SUBSCRIPT),
    ))  # fmt: skip
    assert measure.without_references(block) == "слово x2"
