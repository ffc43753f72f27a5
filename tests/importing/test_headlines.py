"""What a page is called."""

import json

import pytest

from desktop.importing.html.metadata import read_metadata
from desktop.importing.html.parsing import parse_html

ADDRESS = "https://vestnik.example/world/2024/reka"


def title(head="", body="<p>Текст.</p>", address=ADDRESS):
    markup = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_metadata(parse_html(markup), markup, address).title


def ld(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def og(text):
    return f'<meta property="og:title" content="{text}">'


def test_json_ld_comes_before_open_graph_and_headings():
    found = title(ld(headline="Река поднялась") + og("Паводок идёт"), "<h1>Большая вода пришла в город</h1>")
    assert found == "Река поднялась"


def test_a_search_headline_gives_way_to_what_is_shown_and_shared():
    head = (
        "<title>Flood river level news</title>" + ld(headline="Flood river level news") + og("The river rose")
    )
    assert title(head, "<h1>The river rose</h1>") == "The river rose"


def test_a_headline_that_was_cut_off_is_completed():
    whole = "Река поднялась на два метра и затопила набережную"
    assert title(ld(headline="Река поднялась на два метра и…"), f"<h1>{whole}</h1>") == whole


def test_the_marked_headline_beats_a_headline_for_machines():
    head = ld(headline="How big is the river?") + og("Six numbers about the river")
    body = '<h1>How big is the river?</h1><h2 itemprop="headline">Six numbers about the river</h2>'
    assert title(head, body) == "Six numbers about the river"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("Вода спадает — Вестник", "Вода спадает"),
        ("Вестник | Вода спадает", "Вода спадает"),
        ("Вестник: Вода спадает", "Вода спадает"),
        ("Вода спадает_Город_Вестник", "Вода спадает_Город"),
        ("Вода спадает в городе ночью | Мир | Вестник", "Вода спадает в городе ночью"),
        ("Вода: что дальше — Вестник", "Вода: что дальше"),
        ("Water falls in the city | VESTNIK.EXAMPLE", "Water falls in the city"),
        ("Shop | Вестник", "Shop | Вестник"),
    ],
)
def test_the_outlet_is_left_out(tag, expected):
    assert title(f'<title>{tag}</title><meta property="og:site_name" content="Вестник">') == expected


@pytest.mark.parametrize(
    ("tag", "address", "expected"),
    [
        ("Water falls at night - The Doom9 Forum", "https://forum.doom9.org/x", "Water falls at night"),
        (
            "Water falls at night : The Two-Way : NPR",
            "https://www.npr.org/x",
            "Water falls at night : The Two-Way",
        ),
        ("Water falls | Water Safety and Health Administration", "https://www.wsha.gov/x", "Water falls"),
        ("水位が下がる「夜」:水辺日誌", "https://a.example/x", "水位が下がる「夜」:水辺日誌"),
    ],
)
def test_the_outlet_is_known_from_the_host(tag, address, expected):
    assert title(f"<title>{tag}</title>", address=address) == expected


def test_the_outlet_is_known_from_its_heading_and_colon():
    head = "<title>水位が下がる「夜」:水辺日誌</title>"
    assert title(head, '<h1><a href="/">水辺日誌</a></h1>') == "水位が下がる「夜」"


def test_characters_escaped_twice_are_read():
    assert title(og("Water &amp;#x26; wind at night")) == "Water & wind at night"


def test_the_outlet_is_known_from_its_heading_that_leads_home():
    head = "<title>Тихие заметки: Вода спадает ночью</title>"
    assert title(head, '<h1><a href="/">Тихие заметки</a></h1>') == "Вода спадает ночью"


def test_a_heading_of_second_order_is_the_headline_below_the_outlets_name():
    head = "<title>Заметки у реки - Вода спадает, а берег остаётся под водой до конца июня</title>"
    body = "<h1>Заметки у реки</h1><h3>■ Вода спадает, а берег остаётся под водой до конца июня</h3>"
    assert title(head, body) == "■ Вода спадает, а берег остаётся под водой до конца июня"


def test_a_heading_in_nearly_the_same_words_is_shown():
    head = og("Kettles: the 5 best gooseneck kettles to pour over")
    body = "<h1>Here are the 5 best gooseneck kettles for those who pour</h1>"
    assert title(head, body) == "Here are the 5 best gooseneck kettles for those who pour"


def test_menus_and_related_headings_are_not_the_headline():
    body = '<nav><h1>Вода спадает</h1></nav><div><h1 class="related">Вода спадает</h1></div><p>Текст.</p>'
    assert title(og("ВОДА спадает"), body) == "ВОДА спадает"


def test_a_heading_within_a_fragment_is_not_its_title():
    assert title(body="<h1>Вода</h1>") == "Вода"
    assert title(body="<p>Текст.</p><h2>Что дальше</h2>") is None


def test_soft_hyphens_and_heading_anchors_are_left_out():
    assert title(body="<h1>Во&shy;да спа&shy;дает<a href='#x'>¶</a></h1>") == "Вода спадает"


def test_markup_in_a_title_is_shown_as_text():
    assert (
        title("<title>&lt;img src=x onerror=alert(1)&gt; Вода</title>") == "<img src=x onerror=alert(1)> Вода"
    )


def test_an_endless_title_is_cut():
    assert len(title("<title>" + "a | b - c : " * 50_000 + "</title>") or "") <= 500
