"""The search field offers fields first, then values: the archive's own names, and words for dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.query_fields import FIELDS
from desktop.search.nodes import Filter
from desktop.search.syntax import read
from desktop.ui.search.completion import field_tokens, offers, quoted, typed_at

VALUES = {
    "tag:": ["оборона", "оборона/дроны", "мост"],
    "speaker:": ["Лев Аксюта", "Марина Ветрова", "Зеленський", "Zelensky"],
    "lang:": ["ru", "uk", "ja", "en-GB"],
}


def texts(text, cursor=None, **rest):
    found = offers(text, len(text) if cursor is None else cursor, VALUES, today=date(2026, 11, 22), **rest)
    return [offer.text for offer in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ta", ["tag:"]),
        ("паром -ki", ["kind:"]),
        ("(мост OR ta", ["tag:"]),
        ("за", ["заголовок:", "заметка:"]),
        ("дат", ["дата:"]),
        ("タ", ["タイトル:", "タグ:"]),
        ("kind:", ["article", "highlight", "quote", "claim", "note", "mark"]),
        ("kind:q", ["quote"]),
        ("kind:цит", ["цитата"]),
        ("вид:ст", ["статья"]),
        ("is:un", ["unread", "unverifiable", "undated"]),
        ("is:непр", ["непрочитано", "непроверяемо"]),
        ("has:sp", ["speaker"]),
        ("verdict:r", ["refuted"]),
        ("tag:дрон", ["оборона/дроны"]),
        ("-tag:мо", ["мост"]),
        ("тег:мо", ["мост"]),
        ("tag:(мост OR об", ["оборона", "оборона/дроны"]),
        ("tag:мост,об", ["оборона", "оборона/дроны"]),
        ('tag:("мо', ["мост"]),
        ("speaker:акс", ['"Лев Аксюта"']),
        ('speaker:"Лев А', ['"Лев Аксюта"']),
        ("speaker:«Лев А", ['"Лев Аксюта"']),
        ("author:zel", ["Zelensky"]),
        ("lang:", ["ru", "uk", "ja", "en-GB"]),
        ("lang:англ", ["en-GB"]),
        ("язык:япон", ["ja"]),
        ("date:last w", ['"last week"']),
        ("date:прош", ['"прошлая неделя"', '"прошлый месяц"', '"прошлый год"']),
        ("дата:бер", ["березень"]),
        ("imported:to", ["today"]),
        ("OR", ["OR "]),
        ("tag:мост", []),
        ("", []),
        ("паром ", []),
        ("nosuch:x", []),
        ('"ta', []),
        ("title:ta", []),
    ],
)
def test_offers(text, found):
    assert texts(text) == found


def test_after_a_date_its_forms_are_offered():
    assert texts("date:")[:4] == ["2026", "2026-11", ">2025", "2025..2026"]
    assert "вчера" in texts("дата:") and "昨日" in texts("日付:")


def test_all_that_there_is_can_be_asked_for():
    found = texts("паром ", everything=True)
    assert [one for one in found if one.endswith(":")] == [f"{field.name}:" for field in FIELDS]
    assert {"OR ", '"', "-"} <= set(found)


def test_a_beginning_is_offered_before_the_inside():
    assert next(offer.label for offer in offers("tag:о", 5, VALUES)) == "оборона"


def test_the_token_at_the_cursor_counts_not_the_end():
    assert texts("ta паром", 2) == ["tag:"]
    typed = typed_at('a speaker:"Лев А b', 16)
    assert (typed.start, typed.words, typed.quoted) == (10, "Лев А", True)


@pytest.mark.parametrize(
    "name", ["мост", "Лев Аксюта", 'Газета "День"', "a,b", "-x", "(x)", "AND", "東京（港）", "C\\D"]
)
def test_what_is_put_in_is_read_back(name):
    assert read(f"tag:{quoted(name)}").node == Filter("tag", name.translate(str.maketrans("（）", "()")))


def test_every_offered_value_is_understood():
    for field in FIELDS:
        for text in texts(f"{field.name}:"):
            assert isinstance(read(f"{field.name}:{text}").node, Filter)


def test_fields_with_their_values_are_told_from_other_words():
    text = 'http://x паром -tag:мост speaker:"Лев А" kind:(quote OR claim) тег:x'
    assert [text[start:end] for start, _, end in field_tokens(text)] == [
        "-tag:мост",
        'speaker:"Лев А"',
        "kind:(quote OR claim)",
        "тег:x",
    ]


@given(st.text('ta:g"«()-, dateмост', max_size=30), st.integers(0, 30))
def test_any_text_can_be_completed(text, cursor):
    typed = typed_at(text, min(cursor, len(text)))
    assert 0 <= typed.start <= len(text) and offers(text, cursor, VALUES) is not None
