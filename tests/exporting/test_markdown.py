"""Markdown as a CommonMark reader sees it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from desktop.exporting.markdown import escape

READER = MarkdownIt("commonmark")


def words(markdown: str) -> str:
    """The visible text of one paragraph; fails where anything else was read."""
    opened, inline, closed = READER.parse(markdown)
    assert (opened.type, closed.type) == ("paragraph_open", "paragraph_close")
    parts = []
    for token in inline.children:
        assert token.type in ("text", "text_special", "hardbreak", "softbreak"), token
        parts.append("\n" if token.type == "hardbreak" else token.content)
    return "".join(parts)


@pytest.mark.parametrize(
    "text",
    [
        "- dash",
        "+ plus",
        "1. one",
        "2) two",
        "# no heading",
        "> no quote",
        "a\n===",
        "a\n---",
        "*a* _b_ `c` [d](e) <f> &amp; ![g](h)",
        "https://x.example/_a_",
        "trailing \\",
        "| a | b |",
        "~~~",
        "```",
        "***",
        "<!-- c -->",
    ],
)
def test_awkward_text_is_read_as_itself(text):
    assert words(escape(text)) == text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1))
def test_any_text_is_read_as_itself(text):
    assert words(escape(text)) == text


def test_each_article_is_a_section_and_each_mark_a_quotation(written):
    text = written("markdown")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [r"Тріщина \& \<гребля\>", "Plain", "Untitled"]
    kinds = [token.type for token in READER.parse(text)]
    assert kinds.count("blockquote_open") == 6
    assert "html_block" not in kinds
    assert "code_block" not in kinds


def test_a_quote_names_its_speaker_tags_and_note(written):
    html = READER.render(written("markdown"))
    assert "<p>Ми бачимо тріщину, … і вона росте</p>\n<p>— Ірина Мельник, сказала, 2026-02-28</p>" in html
    assert "<li>Tags: <code>water/dams &amp; &lt;locks&gt;</code></li>" in html
    assert "She said it twice.<br />\n# not a heading<br />\n- not a list" in html


def test_a_claim_shows_its_statement_and_verdict(written):
    assert "asserts: The dam holds *48* million m³ (refuted)" in READER.render(written("markdown"))
