"""What a page says of itself to machines."""

import pytest

from desktop.importing.html.lexicon import Lexicon, words_in
from desktop.importing.html.parsing import parse_html
from desktop.importing.html.places import NAME_BITS, meanings
from desktop.importing.html.witness import Sort, sort_of, told_body
from desktop.importing.html.wording import WORDINGS, wording_of


def head(inner):
    return parse_html(f"<html><head>{inner}</head><body><p>слова</p></body></html>")


@pytest.mark.parametrize(
    ("inner", "sort"),
    [
        ('<meta property="og:type" content="article">', Sort.ARTICLE),
        ('<script type="application/ld+json">{"@type": ["NewsArticle"]}</script>', Sort.ARTICLE),
        ('<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>', Sort.THREAD),
        ('<meta name="generator" content="Discourse 3.2">', Sort.THREAD),
        ('<meta property="og:type" content="website">', Sort.OTHER),
    ],
)
def test_a_page_declares_its_sort(inner, sort):
    assert sort_of(head(inner)) is sort


def test_the_told_body_is_plain_words():
    words = "Слово за слово. " * 20
    assert told_body(f'{{"articleBody" : "<p>{words}</p>\\n&amp;c."}}').split() == [*words.split(), "&c."]
    assert told_body('{"articleBody": "коротко"}') == told_body('{"articleBody": "\\q') == ""


def test_a_lexicon_knows_words_and_beginnings():
    lexicon = Lexicon({"one": "share", "two": "abonn*"})
    assert lexicon.bits(words_in("Share-Button")) == 1
    assert lexicon.bits(["abonnement", "shares"]) == 2


def test_names_are_told_by_whole_words():
    assert meanings("article-body") & NAME_BITS["content"]
    assert not meanings("particle") & NAME_BITS["content"]
    assert meanings("relatedPosts") & NAME_BITS["related"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Читайте также: другая новость", "more"),
        ("関連記事はこちら", "more"),
        ("Підписуйтеся на наш канал", "joining"),
        ("写真：AP", "credit"),
        ("By Ann Lee", "by"),
        ("© Вестник", "legal"),
        ("12.03.2024", "date"),
    ],
)
def test_turns_of_phrase_are_known_in_our_languages(text, name):
    assert wording_of(text) >> WORDINGS.index(name) & 1
