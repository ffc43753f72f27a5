"""Saved pages: the article in them, its structure, and the ends of very odd ones."""

import pytest

from desktop.core.document import Block, BlockKind, Document, MarkKind
from desktop.core.errors import ImportFailed
from desktop.importing.html.page import read_html
from desktop.importing.html.parsing import flattened, parse_html
from desktop.importing.html.walker import page_blocks, split_lines
from desktop.importing.reading import TITLE_FROM_TEXT

LONG = (
    "Правительство в понедельник объявило, что новые правила вступят в силу с начала следующего года, "
    "а переходный период продлится шесть месяцев, в течение которых будут действовать прежние нормы."
)
MORE = (
    "Представители отрасли заявили журналистам, что готовы к переменам, хотя и просили больше времени "
    "на подготовку, поскольку оборудование придётся заказывать у зарубежных поставщиков."
)
LAST = (
    "Эксперты напомнили, что подобные меры уже принимались десять лет назад и тогда привели к росту цен, "
    "который удалось остановить только через два года совместными усилиями ведомств и предприятий."
)

PAGE = f"""<!DOCTYPE html>
<html lang="ru"><head><title>Новые правила вступят в силу — Вестник</title>
<meta property="og:site_name" content="Вестник">
<link rel="canonical" href="https://vestnik.example/2024/03/05/rules"></head>
<body>
<nav><ul><li><a href="/">Главная</a></li><li><a href="/news">Новости</a></li></ul></nav>
<main><article>
<h1>Новые правила вступят в силу</h1>
<p>{LONG}</p>
<figure><img src="/img/a.jpg" alt="Заседание" width="800">
<figcaption>Заседание комитета в понедельник</figcaption></figure>
<p>{MORE} Подробности — <a href="/more">в <b>докладе</b></a>, сообщило <em>ведомство</em>.</p>
<h2>Что изменится с января</h2>
<ol start="3"><li>Третье правило касается всех перевозчиков страны без исключения
<ul><li>вложенное уточнение о международных перевозках грузов</li></ul></li>
<li>Четвёртое правило касается только крупных предприятий отрасли</li></ol>
<blockquote><p>«Мы готовы начать эту работу уже завтра утром», — сказал министр на встрече.</p></blockquote>
<table><tr><th>Год</th><th>Число предприятий</th></tr><tr><td>2023</td><td>450 предприятий</td></tr></table>
<pre>x = 1
y =  2</pre>
<p>{LAST}</p>
</article></main>
<aside><h3>Читайте также</h3><p><a href="/other">Другая новость дня о погоде</a></p></aside>
<footer><p>© Вестник. Все права защищены.</p></footer>
</body></html>"""


def read(markup, **more) -> Document:
    reading = read_html(markup, "страница.html", **more)
    return Document.build(reading.blocks, reading.metadata)


def kinds(document):
    return [str(block.kind) for block in document.blocks]


def of_kind(document, kind) -> list[Block]:
    return [block for block in document.blocks if block.kind is kind]


def test_the_article_is_found_and_the_rest_left_out():
    text = read(PAGE).text
    for words in (LONG, MORE, LAST, "Что изменится"):
        assert words in text
    for words in ("Главная", "Читайте также", "Другая новость", "Все права"):
        assert words not in text


def test_every_structure_stays():
    document = read(PAGE)
    assert kinds(document) == [
        "paragraph", "image", "paragraph", "heading", "list_item", "list_item", "list_item", "quote",
        "table_row", "table_row", "code", "paragraph",
    ]  # fmt: skip
    items = of_kind(document, BlockKind.LIST_ITEM)
    assert [(item.number, item.level) for item in items] == [(3, 1), (None, 2), (4, 1)]
    assert len({item.group for item in items}) == 1
    header, row = of_kind(document, BlockKind.TABLE_ROW)
    assert header.header
    assert row.cells == ["2023", "450 предприятий"]
    assert of_kind(document, BlockKind.CODE)[0].text == "x = 1\ny =  2"
    assert of_kind(document, BlockKind.QUOTE)[0].level == 1


def test_pictures_keep_address_words_and_caption():
    image = of_kind(read(PAGE), BlockKind.IMAGE)[0]
    assert image.src == "https://vestnik.example/img/a.jpg"
    assert image.alt == "Заседание"
    assert image.text == "Заседание комитета в понедельник"


def test_marks_cover_their_words_and_links_are_whole():
    block = next(block for block in read(PAGE).blocks if "докладе" in block.text)
    marked = {(mark.kind, block.text[mark.start : mark.end], mark.href) for mark in block.marks}
    assert marked == {
        (MarkKind.LINK, "в докладе", "https://vestnik.example/more"),
        (MarkKind.STRONG, "докладе", None),
        (MarkKind.EMPHASIS, "ведомство", None),
    }


def test_the_headline_is_metadata_and_not_repeated():
    document = read(PAGE)
    assert document.metadata.title == "Новые правила вступят в силу"
    assert "Новые правила вступят в силу" not in document.text


def test_scripts_and_addresses_that_act_are_left_out():
    page = PAGE.replace(
        "<h2>",
        '<script>alert(1)</script><p>Ссылка <a href="javascript:alert(1)">сюда</a> не ведёт никуда.</p><h2>',
    )
    document = read(page)
    assert "alert" not in document.text
    assert all("javascript" not in (mark.href or "") for block in document.blocks for mark in block.marks)


def test_whole_keeps_all_words():
    text = read("<p>Один абзац.</p><ul><li>пункт</li></ul>", whole=True).text
    assert text == "Один абзац.\nпункт"


def test_few_words_are_kept_rather_than_lost():
    document = read("<html><body><div>Коротко: решение принято.</div></body></html>")
    assert document.text == "Коротко: решение принято."
    assert read_html("<p>Коротко.</p>", "x.html").warnings[0] == TITLE_FROM_TEXT


@pytest.mark.parametrize(
    "markup", ["<html><body></body></html>", "<html><script>x=1</script>", "<p> — </p>", "<!---->"]
)
def test_a_page_without_words_says_so(markup):
    with pytest.raises(ImportFailed) as caught:
        read_html(markup, "x.html")
    assert caught.value.reason == "no_text"


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000 + "<p>глубоко</p>" + "</div>" * 100_000,
        "<p><b><i>" * 3_000 + "глубоко",
        "<ul><li>" * 2_000 + "глубоко",
        "<table><tr><td>" * 700 + "глубоко",
        "<blockquote>" * 50_000 + "глубоко",
        "<p " + " ".join(f'a{number}="1"' for number in range(50_000)) + ">глубоко</p>",
        "<span>глубоко" + "</span>" * 100_000,
    ],
    ids=["divs", "unclosed", "lists", "tables", "quotes", "attributes", "ends"],
)
def test_monstrous_nesting_ends_with_the_words(markup):
    assert "глубоко" in read(markup).text


def test_flattening_drops_tags_and_keeps_words():
    markup = "<div>" * 5 + "<p>слова</p>" + "</div>" * 5 + "<p>после</p>"
    flat = flattened(markup, depth=2)
    assert flat.count("<div>") == flat.count("</div>") == 2
    assert "слова" in flat
    assert "после" in flat


def test_embedded_pictures_do_not_weigh():
    page = PAGE.replace('src="/img/a.jpg"', f'src="data:image/png;base64,{"A" * 3_000_000}"')
    document = read(page)
    assert LONG in document.text
    assert not of_kind(document, BlockKind.IMAGE) or of_kind(document, BlockKind.IMAGE)[0].src is None


def walked(markup):
    tree = parse_html(f"<html><body>{markup}</body></html>")
    return Document.build(entry.block for entry in page_blocks(tree.find("body"))).blocks


def test_text_between_and_after_elements_is_kept_in_order():
    blocks = walked("начало <p>один</p> между <div>два <p>три</p> хвост</div> конец")
    assert [block.text for block in blocks] == ["начало", "один", "между", "два", "три", "хвост", "конец"]


def test_hidden_parts_are_not_read():
    blocks = walked('<p>видно</p><ul style="display: none"><li>нет</li></ul><p hidden>нет</p><p>и это</p>')
    assert [block.text for block in blocks] == ["видно", "и это"]


def test_two_breaks_part_paragraphs_and_one_is_a_space():
    blocks = walked("<p>строка<br>ещё строка<br><br>абзац</p>")
    assert [block.text for block in blocks] == ["строка ещё строка", "абзац"]


def test_a_break_between_japanese_letters_vanishes():
    blocks = walked("<p>首相は<b>地震<br>への</b>備えを</p>")
    assert blocks[0].text == "首相は地震への備えを"
    mark = blocks[0].marks[0]
    assert blocks[0].text[mark.start : mark.end] == "地震への"


def test_line_parts_keep_their_marks():
    parts = list(split_lines("аб\v\vвг", ()))
    assert parts == [("аб", ()), ("вг", ())]


def test_nested_quotes_have_levels():
    blocks = walked("<blockquote>внешняя<blockquote><p>внутренняя</p></blockquote></blockquote><p>после</p>")
    assert [(block.kind, block.level) for block in blocks] == [
        (BlockKind.QUOTE, 1),
        (BlockKind.QUOTE, 2),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_layout_tables_are_not_tables():
    blocks = walked("<table><tr><td><table><tr><td>левое</td></tr></table></td><td>правое</td></tr></table>")
    assert [(str(block.kind), block.text) for block in blocks] == [
        ("paragraph", "левое"),
        ("paragraph", "правое"),
    ]


def test_cells_over_columns_keep_the_grid():
    blocks = walked("<table><tr><th>а</th><th colspan=2>б</th></tr><tr><td>1<td>2<td>3</tr></table>")
    assert [block.cells for block in blocks] == [["а", "б", ""], ["1", "2", "3"]]


def test_lazy_pictures_are_found_and_tiny_ones_left_out():
    blocks = walked('<img data-src="/a.jpg" src="data:,"><img src="/pixel.gif" width=1 height=1><p>текст</p>')
    assert [(block.kind, block.src) for block in blocks] == [
        (BlockKind.IMAGE, "/a.jpg"),
        (BlockKind.PARAGRAPH, None),
    ]


def test_an_address_that_is_none_costs_its_picture_only():
    page = PAGE.replace("/img/a.jpg", "//[cdn]/a.jpg").replace('"/more"', '"//[cdn]/more"')
    document = read(page)
    assert LONG in document.text
    assert of_kind(document, BlockKind.IMAGE) == []


def test_a_link_over_several_blocks_is_one_in_each():
    blocks = walked('<a href="/x"><div>один</div><div>два</div></a><p>три</p>')
    assert [[(m.start, m.end) for m in block.marks] for block in blocks] == [[(0, 4)], [(0, 3)], []]


def test_an_unclosed_link_ends_with_the_page():
    blocks = walked('<p>до <a href="https://example.org/">ссылка</p><p>дальше</p>')
    assert blocks[0].text == "до ссылка"
    assert blocks[0].marks[0].href == "https://example.org/"


def with_extra(extra, before="<h2>"):
    return read(PAGE.replace(before, extra + before))


def test_lines_that_come_back_between_paragraphs_are_left_out():
    page = PAGE.replace("<p>" + MORE, "<p>Реклама</p><p>" + MORE).replace("<h2>", "<p>Реклама</p><h2>")
    page = page.replace(f"<p>{LAST}", f"<p>Реклама</p><p>{LAST}")
    text = read(page).text
    assert "Реклама" not in text
    assert LAST in text


def test_sentences_that_come_back_are_no_refrain():
    page = PAGE.replace("<p>" + MORE, "<p>— Нет.</p><p>" + MORE).replace("<h2>", "<p>— Нет.</p><h2>")
    page = page.replace(f"<p>{LAST}", f"<p>— Нет.</p><p>{LAST}")
    assert read(page).text.count("— Нет.") == 3


def test_a_linked_headline_inside_the_article_is_a_teaser():
    text = with_extra('<h3><a href="/other">Совсем другая новость о погоде и климате</a></h3>').text
    assert "Совсем другая" not in text


def test_a_heading_with_nothing_under_it_is_left_out():
    page = PAGE.replace("</article>", "<h2>Подпишитесь на нашу рассылку сегодня</h2></article>")
    assert "Подпишитесь" not in read(page).text


def test_a_headline_with_its_kicker_is_not_repeated():
    page = PAGE.replace("<h1>Новые", "<h1>Транспорт: Новые")
    assert "Новые правила вступят в силу" not in read(page).text


def test_a_page_built_by_scripts_gives_what_it_shows_without_them():
    page = f"<html><body><script>build()</script><noscript><p>{LONG}</p></noscript></body></html>"
    assert read(page).text == LONG


def test_the_whole_page_has_every_word_that_is_shown():
    page = PAGE.replace("<article", "<nav><a href='/a'>Меню раздела</a></nav><article")
    page = page.replace("</body>", "<footer>Телефон редакции</footer></body>")
    text = Document.build(read_html(page, whole=True).blocks).text
    assert "Меню раздела" in text
    assert "Телефон редакции" in text
    assert LAST in text
