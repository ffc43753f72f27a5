"""The passage that is shown: where it begins and ends, and that its marks sit on the words."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.search.query import parse
from desktop.search.snippet import MOST_HITS, Marker, passage

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
