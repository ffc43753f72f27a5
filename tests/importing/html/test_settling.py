"""Pages whose words wait in a drawer: streamed parts, curtains, pages for readers without scripts."""

from tests.importing.html.pages import SENTENCES, article, paragraphs, read, texts


def test_a_streamed_part_goes_where_it_was_meant_to():
    markup = '<p>до</p><div><template id="B:0"></template></div><p>после</p><div hidden id="S:0">часть</div>'
    assert texts(markup) == ["до", "часть", "после"]


def test_a_streamed_part_without_a_place_is_read_where_it_stands():
    assert texts('<p>до</p><div hidden id="S:3"><p>часть</p></div>') == ["до", "часть"]


def test_a_page_behind_a_curtain_is_read():
    page = f'<html><body><div style="visibility:hidden">{paragraphs()}</div><p>меню</p></body></html>'
    assert all(sentence in read(page).text for sentence in SENTENCES)


def test_a_hidden_box_stays_hidden():
    shown = "".join(f"<p>строка {number}</p>" for number in range(9))
    assert "скрыто" not in texts(
        f'<div hidden><p>скрыто</p></div><div style="display:none">скрыто</div>{shown}'
    )


def test_a_thread_kept_for_readers_without_scripts_is_read():
    page = f"<html><body><div id=app></div><noscript><div>{paragraphs()}</div></noscript></body></html>"
    assert all(sentence in read(page).text for sentence in SENTENCES)


def test_a_short_noscript_is_not_read():
    assert texts("<noscript><p>Включите JavaScript.</p></noscript><p>слова</p>") == ["слова"]


def test_what_asks_for_consent_is_no_part_of_the_page():
    banner = f'<div id="onetrust-consent-sdk"><p>{SENTENCES[0].replace("Правительство", "Мы")}</p></div>'
    page = article(paragraphs()).replace("<body>", f"<body>{banner}")
    assert "Мы в понедельник" not in read(page).text


def test_a_footnote_waiting_for_a_click_stands_after_its_paragraph():
    hidden = '<span class="footnoteContent" style="display:none;">Так было.</span>'
    note = f'<span class="inline-footnote">1{hidden}</span>'
    assert texts(f"<div><p>Слово.{note} Дальше.</p>хвост<p>Ещё.</p></div>") == [
        "Слово.1 Дальше.",
        "1 Так было.",
        "хвост",
        "Ещё.",
    ]


def test_hidden_notes_at_the_end_are_read():
    assert texts(
        '<p>Слово*.</p><aside style="display:none" class="fna-content" id="f1">Пояснение.</aside>'
    ) == [
        "Слово*.",
        "Пояснение.",
    ]
