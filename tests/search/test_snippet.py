"""The passage that is shown: where it begins and ends, and that its marks sit on the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search.marking import MOST_HITS, Marker
from desktop.search.query import parse
from desktop.search.snippet import passage

LONG = " ".join(f"Предложение номер {number} ни о чём." for number in range(60))


def marked(text: str, query: str) -> list[str]:
    return [text[a:b] for a, b in Marker(parse(query).query, "text").hits(text)]


def test_a_passage_begins_with_its_sentence():
    text = f"{LONG} Вот и дрон летит над городом. {LONG}"
    shown = passage(text, Marker(parse("дрон").query, "text").hits(text))
    assert "Вот и дрон летит над городом." in shown.text
    assert shown.text.startswith("Предложение") or shown.text.startswith("Вот")
    assert shown.text.endswith(".") and len(shown.text) <= 280
    assert text[shown.offset : shown.offset + len(shown.text)] == shown.text


def test_a_passage_of_a_text_without_borders_is_cut_anyway():
    text = "x" * 500 + "дрон" + "y" * 500
    hits = ((500, 504),)
    shown = passage(text, hits)
    assert [shown.text[a:b] for a, b in shown.matches] == ["дрон"]


def test_the_passage_with_the_most_hits_is_taken():
    text = f"Дрон один. {LONG} Дрон и дроны, дронов и дронам. {LONG}"
    shown = passage(text, Marker(parse("дрон").query, "text").hits(text))
    assert len(shown.matches) == 4


def test_a_passage_with_different_words_is_taken_before_one_with_many_hits():
    text = f"Дрон, дрон, дрон и дрон. {LONG} Дрон сел на паром. {LONG}"
    shown = passage(text, Marker(parse("дрон OR паром").query, "text").hits(text))
    assert "Дрон сел на паром." in shown.text


@pytest.mark.parametrize(
    "sentence",
    [
        "В г. Киеве на ул. Садовой дрон видел т. е. снимал А. С. Пушкин.",
        "На вул. Садовій ім. Лесі Українки бачили дрон за 5 млн. Гривень.",
        "Near St. Louis Mr. Smith of Acme Inc. saw a дрон on Jan. 5 with J. Doe.",
        "Он спросил: «Где дрон?» и ушёл… а потом вернулся.",
    ],
)
def test_abbreviations_and_initials_end_no_sentence(sentence):
    text = f"{LONG} {sentence} {LONG}"
    shown = passage(text, Marker(parse("дрон").query, "text").hits(text))
    assert shown.text.startswith(sentence)


def test_japanese_sentences_are_kept_whole():
    other = "これは関係のない文章です。" * 30
    text = f"{other}「昨日、首相は会見した。」記者が尋ねた。{other}"
    shown = passage(text, Marker(parse("会見").query, "text").hits(text))
    assert shown.text.startswith("「昨日、首相は会見した。」") and shown.text.endswith("。")


def test_a_hit_at_the_end_of_a_passage_is_not_cut_off():
    text = f"Дрон. {'слово ' * 18}Конец. {'слово ' * 3}дрон {'слово ' * 90}"
    shown = passage(text, ((0, 4), (text.index(" дрон") + 1, text.index(" дрон") + 5)))
    assert len(shown.matches) == 2 and len(shown.text) <= 280


def test_no_character_loses_its_marks():
    text = "а" * 140 + "e\u0301" * 400
    shown = passage(text, ((141, 143),))
    assert not shown.text.startswith("\u0301") and text[shown.offset + len(shown.text)] != "\u0301"


def test_without_hits_the_beginning_is_shown():
    shown = passage("Заголовок\nТекст", ())
    assert (shown.text, shown.matches, shown.offset) == ("Заголовок\u2003Текст", (), 0)
    assert passage("", ()).text == ""


def test_hits_are_capped():
    assert len(marked("дрон " * 1000, "дрон")) == MOST_HITS


def test_what_is_excluded_is_not_marked():
    assert marked("дрон и ёлка", "дрон -ёлка") == ["дрон"]
    assert marked("дрон и ёлка", "дрон title:ёлка") == ["дрон"]


def test_overlapping_hits_are_one():
    assert marked("東京都庁", "東京都 京都庁") == ["東京都庁"]


@given(st.text(max_size=400), st.lists(st.tuples(st.integers(0, 400), st.integers(1, 9)), max_size=8))
def test_marks_stay_on_their_words(text, pairs):
    hits = sorted({(start, min(start + size, len(text))) for start, size in pairs if start < len(text)})
    shown = passage(text, hits)
    for start, end in shown.matches:
        place = shown.offset + start
        assert any(a == place for a, _ in hits) and 0 <= start < end <= len(shown.text)
        assert len(text[place : place + end - start]) == end - start
