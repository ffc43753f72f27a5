"""JSON-LD, as pages really write it."""

import pytest

from desktop.importing.html.jsonld import article_among, names_of, objects_in, text_of
from desktop.importing.html.parsing import parse_html


def objects(*scripts):
    tags = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return objects_in(parse_html(f"<html><head>{tags}</head><body><p>x</p></body></html>"))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "Article", "headline": "Вода"}',
        '<!-- {"@type": "Article", "headline": "Вода"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Вода"}\n//]]>',
        '[{"@type": "Article", "headline": "Вода",},]',
        '{"@type": "Article", "headline": "Во\\\'да", "x": "\n"}',
        '{"@type": "Article"\n "headline": "Вода"}',
        '{"@type": "WebSite"}{"@type": "Article", "headline": "Вода"};',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Вода&quot;}",
        '{"@type": "NewsArticle", "description": "он "сказал" это", "headline": "Вода",\n "url": "x"',
        '{"@graph": [{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "Вода"}}]}',
    ],
)
def test_the_headline_is_found_in_broken_and_nested_json(script):
    found = [text_of(node.get("headline")) for node in objects(script)]
    assert "".join(filter(None, found)).replace("'", "").replace("\\", "") == "Вода"


def test_legible_fields_of_hopeless_json_include_the_author():
    script = '{"@type": "NewsArticle", "x": "a "b" c", "author": {"@type": "Person", "name": "Анна Ли"},'
    script += '"datePublished": "2024-03-05"}'
    (node,) = objects(script)
    assert (node["author"], node["datePublished"]) == ("Анна Ли", "2024-03-05")


def test_references_are_resolved():
    script = (
        '{"@graph": [{"@type": "Article", "author": [{"@id": "#ann"}]}, {"@id": "#ann", "name": "Анна Ли"}]}'
    )
    article = article_among(objects(script), (), ())
    assert names_of(article["author"]) == ["Анна Ли"]


def test_the_article_of_this_address_is_chosen_among_several():
    other = '{"@type": "NewsArticle", "headline": "Другое", "author": "A", "datePublished": "x", "url": "https://a.example/2"}'
    ours = '{"@type": "NewsArticle", "headline": "Вода спадает", "mainEntityOfPage": {"@id": "http://www.a.example/1/?x=1"}}'
    assert (
        text_of(article_among(objects(other, ours), ["https://a.example/1"], ())["headline"])
        == "Вода спадает"
    )


def test_the_article_of_this_title_is_chosen_among_several():
    other = (
        '{"@type": "NewsArticle", "headline": "Совсем другая новость", "author": "A", "datePublished": "x"}'
    )
    ours = '{"@type": "NewsArticle", "headline": "Вода спадает ночью"}'
    found = article_among(objects(other, ours), (), ["Вода спадает ночью — Вестник"])
    assert text_of(found["headline"]) == "Вода спадает ночью"


def test_texts_are_one_line_without_markup():
    assert text_of("  <em>Во\u00adда</em> &amp;amp; суша\n") == "Вода & суша"
    assert text_of([None, {"name": "Анна Ли"}]) == "Анна Ли"
    assert text_of({}) is None


def test_deep_nesting_has_no_name():
    script = '{"@type": "Article", "headline": ' + "[" * 900 + '"Вода"' + "]" * 900 + "}"
    assert [text_of(node.get("headline")) for node in objects(script)] in ([], [None])
