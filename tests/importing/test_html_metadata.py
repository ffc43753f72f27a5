"""What pages say about themselves."""

import json

import pytest

from desktop.core.document import Metadata
from desktop.importing.html.metadata import read_metadata
from desktop.importing.html.parsing import parse_html

BODY = "<body><h1>Река поднялась на два метра</h1><p>Текст.</p></body>"


def metadata(head="", body=BODY, lang="", before="", address=None) -> Metadata:
    markup = f"<!DOCTYPE html>{before}<html {lang}><head>{head}</head>{body}</html>"
    return read_metadata(parse_html(markup), markup, address)


def ld(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def test_json_ld_is_read():
    found = metadata(
        ld(
            headline="Река поднялась",
            author=[{"@type": "Person", "name": "Анна Ли"}, {"name": "Пётр Ким"}],
            datePublished="2024-03-05T10:20:00+03:00",
            publisher={"@type": "Organization", "name": "Вестник"},
        )
    )
    assert found.byline == ("Анна Ли", "Пётр Ким")
    assert found.publisher == "Вестник"
    assert found.published_at == "2024-03-05T10:20:00+03:00"
    assert not found.date_is_guess


def test_json_ld_in_a_graph_with_comments_and_commas():
    broken = (
        '<script type="application/ld+json">//<![CDATA[\n{"@graph": [{"@type": "WebSite", "name": "Сайт"},'
    )
    broken += (
        '{"@type": ["Article"], "headline": "Заголовок &amp; точка", "author": "Ann Lee",}]}\n//]]></script>'
    )
    found = metadata(broken, body="<body><p>Текст.</p></body>")
    assert found.title == "Заголовок & точка"
    assert found.byline == ("Ann Lee",)


def test_hopeless_json_is_passed_over():
    assert metadata('<script type="application/ld+json">{{{</script>').title == "Река поднялась на два метра"


def test_open_graph_and_meta():
    found = metadata(
        '<meta property="og:title" content="Река поднялась на два метра | Вестник">'
        '<meta property="og:site_name" content="Вестник"><meta name="author" content="Анна Ли и Пётр Ким">'
        '<meta property="article:published_time" content="2024-03-05T10:20:00Z">'
        '<meta property="og:description" content="Вода прибывает.">'
    )
    assert found.title == "Река поднялась на два метра"
    assert found.publisher == "Вестник"
    assert found.byline == ("Анна Ли", "Пётр Ким")
    assert found.published_at == "2024-03-05T10:20:00+00:00"
    assert found.description == "Вода прибывает."


def test_scholarly_meta():
    found = metadata(
        '<meta name="citation_title" content="On rivers"><meta name="citation_author" content="Lee, Ann">'
        '<meta name="citation_author" content="Bo Ek"><meta name="citation_journal_title" content="Water">'
        '<meta name="citation_publication_date" content="2021/04/30">',
        body="<body><p>Text.</p></body>",
    )
    assert found.title == "On rivers"
    assert found.byline == ("Ann Lee", "Bo Ek")
    assert found.publisher == "Water"
    assert found.published_at == "2021-04-30"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Вода спадает — Вестник", "Вода спадает"),
        ("Вестник | Вода спадает", "Вода спадает"),
        ("Вода — это жизнь — Вестник", "Вода — это жизнь"),
        ("Вода спадает", "Вода спадает"),
    ],
)
def test_the_outlet_is_taken_from_the_title(title, expected):
    head = f'<title>{title}</title><meta property="og:site_name" content="Вестник">'
    assert metadata(head, body="<body><p>Текст.</p></body>").title == expected


@pytest.mark.parametrize(
    ("body", "byline"),
    [
        ('<body><a rel="author" href="/a">Анна Ли</a></body>', ("Анна Ли",)),
        ('<body><span itemprop="author">Анна Ли</span></body>', ("Анна Ли",)),
        ('<body><div class="article-byline">By Ann Lee</div></body>', ("Ann Lee",)),
        ("<body><p>Автор: Анна Ли</p></body>", ("Анна Ли",)),
        ("<body><p>By Tuesday the river had risen.</p></body>", ()),
    ],
)
def test_shown_bylines(body, byline):
    assert metadata(body=body).byline == byline


def test_a_person_is_preferred_to_the_outlet_that_signs():
    head = ld(author={"@type": "Organization", "name": "Вестник"}, publisher={"name": "Вестник"})
    assert metadata(head, body='<body><a rel="author">Анна Ли</a></body>').byline == ("Анна Ли",)
    assert metadata(head, body="<body></body>").byline == ("Вестник",)


def test_time_elements_are_declarations():
    body = '<body><article><time datetime="2024-03-05T10:20+02:00">вчера</time><p>Текст.</p></article></body>'
    found = metadata(body=body)
    assert found.published_at == "2024-03-05T10:20:00+02:00"
    assert not found.date_is_guess


@pytest.mark.parametrize(
    ("shown", "date"),
    [
        ("Опубликовано 5 марта 2024 года, 10:20", "2024-03-05T10:20:00"),
        ("5 березня 2024, 10:20", "2024-03-05T10:20:00"),
        ("2024年3月5日 10時20分", "2024-03-05T10:20:00"),
        ("March 5, 2024", "2024-03-05"),
        ("March 5, 2024 12:30 a.m.", "2024-03-05T00:30:00"),
        ("March 5, 2024 12:30 PM", "2024-03-05T12:30:00"),
        ("2024年3月5日 午前0時20分", "2024-03-05T00:20:00"),
        ("05.03.2024 10:20", "2024-03-05T10:20:00"),
    ],
)
def test_shown_dates_are_guesses(shown, date):
    found = metadata(body=f'<body><div class="post-date">{shown}</div><p>Текст.</p></body>')
    assert found.published_at == date
    assert found.date_is_guess


def test_no_date_is_no_date():
    assert metadata(body="<body><p>Текст без чисел.</p></body>").published_at is None


@pytest.mark.parametrize(
    ("before", "head", "address", "url"),
    [
        ("", '<link rel="canonical" href="https://a.example/x">', None, "https://a.example/x"),
        ("", '<meta property="og:url" content="https://a.example/x">', None, "https://a.example/x"),
        ("<!-- saved from url=(0021)https://a.example/x -->", "", None, "https://a.example/x"),
        (
            "<!--\n Page saved with SingleFile \n url: https://a.example/x \n-->",
            "",
            None,
            "https://a.example/x",
        ),
        ("", '<link rel="canonical" href="/x">', "https://a.example/y?z=1", "https://a.example/x"),
        (
            "",
            '<link rel="canonical" href="https://a.example/">',
            "https://a.example/y",
            "https://a.example/y",
        ),
        ("", '<link rel="canonical" href="javascript:x">', None, None),
        ("", "", "https://a.example/y", "https://a.example/y"),
        ("", ld(mainEntityOfPage={"@id": "https://a.example/x"}), None, "https://a.example/x"),
        ("<!-- saved from url=(0014)about:internet -->", "", None, None),
    ],
)
def test_the_address(before, head, address, url):
    assert metadata(head, before=before, address=address).url == url


def test_the_declared_language():
    assert metadata(lang='lang="uk-UA"').language == "uk"
    assert metadata('<meta property="og:locale" content="ja_JP">').language == "ja"
    assert metadata().language is None


def test_the_host_stands_in_for_the_outlet():
    assert metadata(address="https://www.vestnik.example/a").publisher == "vestnik.example"


def test_placeholders_and_titles_are_no_outlets():
    head = '<title>Вода</title><meta property="og:site_name" content="{}">'
    head += '<meta name="dc.publisher" content="Вестник">'
    for wrong in ("{$site.name}", "Вода", "https://a.example"):
        assert metadata(head.replace("{}", wrong)).publisher == "Вестник"


def test_no_guess_is_later_than_the_page_was_saved():
    before = "<!-- Page saved with SingleFile\n url: https://a.example/x\n"
    before += " saved date: Tue Mar 05 2024 10:20:00 GMT+0300 (Moscow Standard Time)\n-->"
    body = "<body><p>Встреча назначена на 7 апреля 2024 года.</p><p>Записано 4 марта 2024 года.</p></body>"
    found = metadata(body=body, before=before)
    assert found.url == "https://a.example/x"
    assert found.published_at in (None, "2024-03-04")
