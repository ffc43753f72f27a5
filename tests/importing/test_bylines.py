"""Who wrote a page."""

import json

import pytest

from desktop.importing.html.metadata import read_metadata
from desktop.importing.html.names import is_person, names_in
from desktop.importing.html.parsing import parse_html

TEXT = "<p>Words of the text itself, many of them.</p>" * 5


def byline(head="", body="<p>Текст.</p>"):
    markup = f"<!DOCTYPE html><html><head>{head}</head><body><h1>Река</h1>{body}</body></html>"
    return read_metadata(parse_html(markup), markup, "https://vestnik.example/a").byline


def ld(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("By Ann Lee and Bo Ek, Staff Writers", ("Ann Lee", "Bo Ek")),
        ("Written by Ann Lee | Jan 5, 2024", ("Ann Lee",)),
        ("By Ann Lee March 25, 2015", ("Ann Lee",)),
        ("January 17, 2017 at 6:08 PM by Ann Lee", ()),
        ("Ann Lee (@annlee)", ("Ann Lee",)),
        ("Ann Lee <ann.lee@a.example>", ("Ann Lee",)),
        ("Jane Smith, Research Scientist, and John Doe, VP and Senior Fellow", ("Jane Smith", "John Doe")),
        ("Juan Muñoz C.", ("Juan Muñoz C.",)),
        ("Politik · Anna Ek, Bo Berg", ("Anna Ek", "Bo Berg")),
        ("Автор: Анна Ли", ("Анна Ли",)),
        ("Текст: Анна Ли, Пётр Ким", ("Анна Ли", "Пётр Ким")),
        ("Анна Ли, корреспондент", ("Анна Ли",)),
        ("文＝山田太郎", ("山田太郎",)),
        ("取材・文／山田太郎", ("山田太郎",)),
        ("山田太郎記者", ("山田太郎",)),
        ("執筆者：山田太郎、佐藤花子", ("山田太郎", "佐藤花子")),
        ("Mac & i", ("Mac & i",)),
        ("https://a.example/ann", ()),
        ("@annlee", ()),
        ("Last Updated: January 7, 2025", ()),
        ("Wednesday", ()),
        ("janus", ("janus",)),
        ("Ann Lee und Bo Ek", ("Ann Lee", "Bo Ek")),
        ("Ann Lee / TNN /", ("Ann Lee", "TNN")),
        ("Ann Lee Ann Lee", ("Ann Lee",)),
        ("Ann Lee, Co-Founder", ("Ann Lee",)),
        ("Подготовила Мария Иванова", ("Мария Иванова",)),
        ("Текст: Иван Петров, фото: Анна Смирнова", ("Иван Петров",)),
        ("Иван Петров, специально для «Вестника»", ("Иван Петров",)),
        ("Автори: Марія Іваненко та Петро Коваль", ("Марія Іваненко", "Петро Коваль")),
        ("Posted by Ann Lee on March 5, 2024", ("Ann Lee",)),
        ("Reporting by Ann Lee; Editing by Bo Ek", ("Ann Lee",)),
        ("記者 山田太郎", ("山田太郎",)),
        ("【山田太郎】", ("山田太郎",)),
        ("文・山田太郎　写真・佐藤花子", ("山田太郎",)),
        ("取材・文／山田太郎、撮影／佐藤花子", ("山田太郎",)),
        ("Фото из архива", ()),
        ("facebook.com/vestnik", ()),
    ],
)
def test_names_in_a_byline(line, names):
    assert names_in(line) == names


def test_what_reads_like_a_person():
    assert all(
        map(is_person, ("Ann Lee", "Анна Ли", "山田太郎", "Ludwig van der Berg", "TPN", "IN-Redaktion"))
    )
    assert not any(
        map(is_person, ("Read more", "ann lee", "Second", "Ann Lee 2", "Ann Lee told us what she saw"))
    )


def test_declared_people_come_before_what_is_shown():
    assert byline(ld(author=[{"name": "Анна Ли"}, "Пётр Ким"]), '<a rel="author">Иван Сон</a>') == (
        "Анна Ли",
        "Пётр Ким",
    )


def test_an_organisation_keeps_its_name_whole():
    author = {"@type": "Organization", "name": "Institute for Health and Care"}
    assert byline(ld(author=author)) == ("Institute for Health and Care",)


def test_the_person_behind_the_outlet_is_found():
    outlet = {"@type": "Organization", "name": "Вестник"}
    assert byline(ld(author=outlet, creator=["Анна Ли"], publisher=outlet)) == ("Анна Ли",)
    metas = '<meta name="author" content="Вестник"><meta property="article:author" content="Анна Ли">'
    assert byline(metas + '<meta property="og:site_name" content="Вестник">') == ("Анна Ли",)


def test_a_name_is_better_than_an_account():
    assert byline(ld(author={"name": "ann-lee"}) + '<meta name="author" content="Ann Lee">') == ("Ann Lee",)
    assert byline(ld(author={"name": "ann-lee"})) == ("ann-lee",)


def test_labels_of_cards_name_the_writer():
    head = '<meta name="twitter:label2" content="Verfasst von"><meta name="twitter:data2" content="Anna Ek">'
    assert byline(head) == ("Anna Ek",)


@pytest.mark.parametrize(
    "body",
    [
        '<p>By <a href="/magazine/contributor/ann_lee">Ann Lee</a> &nbsp; <a href="/x">The issue</a></p>',
        '<div class="post-author-pane">January 17, 2017 by <a href="/blog/author/ann-lee">Ann Lee</a></div>',
        '<div class="ContentHeaderByline-x1">By Ann Lee<time>September 26, 2016</time></div>',
        '<span class="meta-prep meta-prep-author">Posted</span><span class="author vcard">Ann Lee</span>',
        '<div class="right-sidebar"><span class="author">Ann Lee</span></div>',
        "<ul><li>Written by <address>Ann Lee</address></li></ul>",
        '<p><a href="/authors/ann-lee">Ann Lee</a></p>',
        f'<div>{TEXT}<p style="text-align:right">Ann Lee</p></div>',
        '<article><p>Text.</p><footer class="post-meta"><a rel="author">Ann Lee</a></footer></article>',
        '<div itemprop="author"><span itemprop="name">Ann Lee</span><span>Role</span></div>',
    ],
)
def test_shown_bylines(body):
    assert byline(body=body) == ("Ann Lee",)


@pytest.mark.parametrize(
    "body",
    [
        '<div class="comment-author">Ann Lee</div>',
        '<ul class="related-posts"><li class="author">Ann Lee</li></ul>',
        '<footer><a rel="author">Ann Lee</a></footer>',
        '<p><a href="/people/ann-lee">Ann Lee</a></p>',
        "<p>By Tuesday the river had risen.</p>",
        f"<div>{'<p>Words of the text itself, many of them.</p>' * 5}<p><b>Second Operation</b></p></div>",
    ],
)
def test_other_names_on_the_page_are_not_the_byline(body):
    assert byline(body=body) == ()


def test_the_first_post_of_a_thread_is_the_author():
    post = '<div><div><span itemprop="author">{}</span></div><p>Text.</p></div>'
    assert byline(body=post.format("Ann Lee") + post.format("Bo Ek")) == ("Ann Lee",)


def test_two_names_that_open_the_text_sign_it():
    assert byline(body=f"<div><p><b>Ann Lee/Bo Ek</b></p>{TEXT}</div>") == ("Ann Lee", "Bo Ek")
