"""When a page was published."""

import json

import pytest

from desktop.importing.html.metadata import read_metadata
from desktop.importing.html.parsing import parse_html

ADDRESS = "https://vestnik.example/a"


def published(head="", body="", address=ADDRESS, before="", lang="ru"):
    body = f"<h1>Река поднялась на два метра</h1>{body}<p>Текст статьи без чисел.</p>"
    markup = f'<!DOCTYPE html>{before}<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    found = read_metadata(parse_html(markup), markup, address)
    return found.published_at, found.date_is_guess


def ld(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def test_publication_comes_before_modification_wherever_it_is_declared():
    head = ld(dateModified="2024-03-06T10:20:00+03:00")
    head += '<meta property="article:modified_time" content="2024-03-06">'
    head += '<meta property="og:article:published_time" content="2024-03-05T10:20:00+03:00">'
    assert published(head, "<p class='date'>7 марта 2024</p>") == ("2024-03-05T10:20:00+03:00", False)


@pytest.mark.parametrize(
    "markup",
    [
        '<time datetime="2024-03-05T10:20+02:00">вчера</time>',
        '<span itemprop="datePublished" content="2024-03-05T10:20+02:00">вчера</span>',
        '<abbr class="published" title="2024-03-05T10:20+02:00">вчера</abbr>',
        '<p>Обновлено: <time datetime="2024-03-06T10:20+02:00">сегодня</time></p>'
        '<time datetime="2024-03-05T10:20+02:00">вчера</time>',
        '<div class="comments"><time datetime="2024-03-06T10:20+02:00">сегодня</time></div>'
        '<time datetime="2024-03-05T10:20+02:00">вчера</time>',
    ],
)
def test_marked_times_are_declarations(markup):
    assert published(body=markup) == ("2024-03-05T10:20:00+02:00", False)


def test_the_date_nearest_to_the_heading_is_guessed():
    body = "<p>Анна Ли | 5 марта 2024</p><div class='date'>9 марта 2024</div>"
    assert published(body=body) == ("2024-03-05", True)


def test_an_updated_date_is_the_last_choice():
    assert published(body="<p>Обновлено 6 марта 2024</p><p>5 марта 2024</p>") == ("2024-03-05", True)
    assert published(body="<p>最終更新日：2024年3月6日</p>") == ("2024-03-06", True)


def test_the_address_may_tell_the_day():
    assert published(address="https://vestnik.example/2024/03/05/reka.html") == ("2024-03-05", True)
    assert published(address="https://vestnik.example/20240305-reka") == ("2024-03-05", True)
    assert published(address="https://vestnik.example/2024/99/reka")[0] is None


def test_a_copyright_year_is_no_date():
    assert published(body="<div>© 2024 Вестник</div>")[0] is None


def test_a_date_in_the_headline_or_a_sentence_is_not_the_publication():
    body = "<p>Ещё 5 марта 2024 года река стояла низко, говорят жители всех трёх деревень у моста.</p>"
    assert published(body=body)[0] is None or published(body=body)[1]


def test_a_moment_in_utc_is_given_with_the_clock_of_the_page():
    head = ld(datePublished="2020-05-02T02:54:29Z")
    body = "<p>Friday, May 1, 2020 10:54 PM</p>"
    assert published(head, body, lang="en") == ("2020-05-01T22:54:29-04:00", False)
    assert published(head, "<p>Friday, May 1, 2020 9:17 PM</p>")[0] == "2020-05-02T02:54:29+00:00"


def test_a_moment_in_utc_is_given_on_the_day_of_the_address():
    head = ld(datePublished="2020-02-18T02:18:11Z")
    assert published(head, address="https://a.example/2020/02/17/reka/") == ("2020-02-17", False)
    assert published(head, address="https://a.example/2019/02/17/reka/")[0] == "2020-02-18T02:18:11+00:00"


def test_american_pages_put_the_month_first():
    assert published(body="<p class='date'>03/05/2024</p>", lang="en-US")[0] == "2024-03-05"
    assert published(body="<p class='date'>03/05/2024</p>", lang="en-GB")[0] == "2024-05-03"
