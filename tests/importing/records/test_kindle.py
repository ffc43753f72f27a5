"""Clippings of a Kindle, in the languages its menus speak."""

import pytest

from desktop.core.records import AnnotationKind
from desktop.importing.records.kindle import title_and_authors
from desktop.importing.records.kindle_dates import moment_in
from tests.importing.records.conftest import words

LINE = "==========\r\n"


def clipping(detail: str, text: str = "", book: str = "The River Ledger (Lee, Ann)") -> str:
    return f"{book}\r\n- {detail}\r\n\r\n{text}\r\n{LINE}"


def test_each_book_is_an_article_with_its_passages_in_the_order_of_the_book(read):
    text = (
        clipping(
            "Your Highlight on page 9 | Location 120-122 | Added on Monday, 3 March 2025 10:00:00", "Later."
        )
        + clipping(
            "Your Highlight on page 2 | Location 20-22 | Added on Monday, 3 March 2025 11:00:00", "First."
        )
        + clipping(
            "Your Highlight on Location 5-6 | Added on Tuesday, 4 March 2025 9:01:02 PM", "Other", "Tide"
        )
    )
    ledger, tide = read(b"\xef\xbb\xbf" + text.encode(), "My Clippings.txt")
    assert (ledger.document.metadata.title, ledger.document.metadata.byline) == (
        "The River Ledger",
        ("Ann Lee",),
    )
    assert ledger.document.metadata.identifier == "urn:x-pressmark:kindle:the-river-ledger-ann-lee"
    assert words(ledger) == ["First.", "Later."]
    assert "Page 2, location 20-22" in ledger.document.text
    assert ledger.partial
    assert tide.document.metadata.byline == ()
    assert [mark.created_at for mark in tide.marks] == ["2025-03-04T21:01:02.000Z"]


def test_a_note_joins_the_highlight_it_lies_in_and_others_stay_notes(read):
    text = (
        clipping("Your Highlight on Location 20-24 | Added on Monday, 3 March 2025 10:00:00", "A marked line")
        + clipping("Your Note on Location 24 | Added on Monday, 3 March 2025 10:01:00", "Ask the author")
        + clipping("Your Note on Location 90 | Added on Monday, 3 March 2025 10:02:00", "Lonely")
        + clipping("Your Bookmark on Location 77 | Added on Monday, 3 March 2025 10:03:00")
    )
    [book] = read(text, "My Clippings.txt")
    assert [(mark.kind, mark.note) for mark in book.marks] == [
        (AnnotationKind.HIGHLIGHT, "Ask the author"),
        (AnnotationKind.NOTE, "Location 90: Lonely"),
    ]
    assert "Bookmarks: Location 77" in book.document.text


def test_a_highlight_that_was_extended_is_one_mark(read):
    detail = "Your Highlight on Location {} | Added on Monday, 3 March 2025 10:00:00"
    text = (
        clipping(detail.format("20-21"), "The water rose")
        + clipping(detail.format("20-22"), "The water rose two metres")
        + clipping(detail.format("40-41"), "The water rose")
    )
    [book] = read(text, "My Clippings.txt")
    assert words(book) == ["The water rose two metres", "The water rose"]


@pytest.mark.parametrize(
    "detail",
    [
        "Ваш выделенный отрывок на странице 12 | Место 123–125 | Добавлено: 5 марта 2025 г. в 12:30:05",
        "12ページ|位置No. 123-125のハイライト |作成日: 2025年3月5日水曜日 午後0:30:05",
        "您在第 12 页（位置 #123-125）的标注 | 添加于 2025年3月5日星期三 下午12:30:05",
        "Ihre Markierung auf Seite 12 | Position 123-125 | Hinzugefügt am Mittwoch, 5. März 2025 12:30:05",
        "Votre surlignement sur la page 12 | emplacement 123-125 | Ajouté le mercredi 5 mars 2025 12:30:05",
        "La subrayado en la página 12 | posición 123-125 | Añadido el miércoles, 5 de marzo de 2025 12:30:05",
        "La tua evidenziazione a pagina 12 | posizione 123-125 | Aggiunto mercoledì 5 marzo 2025 12:30:05",
        "Seu destaque na página 12 | posição 123-125 | Adicionado: terça-feira, 5 de março de 2025 12:30:05",
        "Uw markering op pagina 12 | locatie 123-125 | Toegevoegd op woensdag 5 maart 2025 12:30:05",
    ],
)
def test_the_device_may_speak_any_language(read, detail):
    [book] = read(clipping(detail, "Слова, которые отмечены."), "clippings.txt")
    [mark] = book.marks
    assert (mark.kind, mark.created_at) == (AnnotationKind.HIGHLIGHT, "2025-03-05T12:30:05.000Z")
    assert "Page 12, location 123-125" in book.document.text


@pytest.mark.parametrize(
    "kind", ["Ваша заметка", "Ihre Notiz", "Votre note", "您的笔记", "メモ", "La nota", "Uw notitie"]
)
def test_notes_are_known_in_other_languages(read, kind):
    text = clipping("Highlight | 1-9 | x", "marked words") + clipping(f"{kind} | 9 | x", "thought")
    [book] = read(text, "My Clippings.txt")
    assert [(mark.exact, mark.note) for mark in book.marks] == [("marked words", "thought")]


def test_what_has_no_words_leaves_no_mark_and_no_failure(read):
    text = LINE + clipping("Your Highlight on Location 7 | Added on Monday, 3 March 2025 10:00:00")
    [book] = read(text, "My Clippings.txt")
    assert book.marks == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Plain title", ("Plain title", ())),
        ("Tides (Volume 2) (Lee, Ann;Ek, Bo)", ("Tides (Volume 2)", ("Ann Lee", "Bo Ek"))),
        ("Война и мир (Толстой, Лев)", ("Война и мир", ("Лев Толстой",))),
        ("(Only brackets)", ("(Only brackets)", ())),
    ],
)
def test_a_title_ends_where_the_last_brackets_begin(line, expected):
    assert title_and_authors(line) == expected


@pytest.mark.parametrize("text", ["", "Added on someday", "2025", "31 February 2025", "99 марта 2025"])
def test_a_date_that_is_none_is_left_out(text):
    assert moment_in(text) == ""


NOTEBOOK = """<!DOCTYPE html><html><head><style>.noteHeading {color: red}</style></head><body>
<div class="bodyContainer"><div class="notebookFor">Notebook for</div>
<div class="bookTitle">The River Ledger</div>
<div class="authors">Lee, Ann; Ek, Bo</div><hr/>
<div class="sectionHeading">Chapter One</div>
<div class="noteHeading">Highlight (<span class="highlight_blue">blue</span>) - Page 3 · Location 40</div>
<div class="noteText">The water rose two metres.</div>
<div class="noteHeading">Note - Page 3 · Location 40</div><div class="noteText">Check the gauge.</div>
<div class="noteHeading">Note - Page 90 · Location 900</div><div class="noteText">Afterword?</div>
</div></body></html>"""


def test_a_notebook_page_is_one_book_with_colours_and_notes(read):
    [book] = read(NOTEBOOK, "The River Ledger-Notebook.html")
    assert book.document.metadata.byline == ("Ann Lee", "Bo Ek")
    assert [(mark.exact, mark.note, mark.colour) for mark in book.marks] == [
        ("The water rose two metres.", "Check the gauge.", "blue"),
        ("", "Page 90 · Location 900: Afterword?", None),
    ]
    assert [block.text for block in book.document.blocks][:2] == ["Chapter One", "The water rose two metres."]
