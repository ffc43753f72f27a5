"""The marks agree with the search: a text has a hit exactly where the index finds it."""

import random
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search.candidates import Candidates
from desktop.search.fold import RAW_TOKEN, fold
from desktop.search.marking import MOST_HITS, Marker, stretches
from desktop.search.query import parse
from tests.search.conftest import Finder, MemorySource


def marked(text: str, query: str) -> list[str]:
    return [text[a:b] for a, b in Marker(parse(query).query, "text").hits(text)]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("=дронов", "Дрон, дроны и дронов", ["дронов"]),
        ("др*н", "Дрон, дроны и дракон", ["Дрон", "дракон"]),
        ("*рон", "Дрон, трон и рон", ["Дрон", "трон", "рон"]),
        ("др?н", "Дрон, дрён, дроны", ["Дрон", "дрён"]),
        ("экс-през*", "Экс-президент и президент", ["Экс-президент"]),
        ("/др.н(ы|ов)/", "Дрон, дроны и дронов", ["дроны", "дронов"]),
        ("/2\\d{3}/", "В 2026 и 1999", ["2026"]),
        ("дрон~1", "Дрон, дрын и драм", ["Дрон", "дрын"]),
        # phrases, where they are phrases
        ('"новая страница"', "Новая страница, страница новая", ["Новая страница"]),
        ('"нов* страница"', "Новая страница, новейшая страница", ["Новая страница", "новейшая страница"]),
        # near each other, in any form and order
        ('"страница новый"~1', "Новая чистая страница, страница", ["Новая", "страница"]),
        ('"страница новый"~0', "Новая чистая страница", []),
        ('"首相 会見"~5', "会見で首相は", ["会見", "首相"]),
        # no spaces
        ("東?都", "東京都と東の京", ["東京都"]),
        ("=東京", "東京都", ["東京"]),
        ("дрон -ёлка", "дрон и ёлка", ["дрон"]),
        ("дрон title:ёлка", "дрон и ёлка", ["дрон"]),
        # offsets count code points
        ("дрон", "👩🏽‍🚀👩🏽‍🚀 дрон́ы", ["дрон́ы"]),
        ("школа", "𝒜𝒜 шко\u00adла", ["шко\u00adла"]),
        ("пятниця", "😀 п’ятниця і п'ятницю", ["п’ятниця", "п'ятницю"]),
        ("ABC", "ＡＢＣ 😀 abc", ["ＡＢＣ", "abc"]),
        ("ガラス", "😀ｶﾞﾗｽとガラス", ["ｶﾞﾗｽ", "ガラス"]),
        ("1200", "В 1 200 и 1,200 из 11 200", ["1 200", "1,200"]),
    ],
)
def test_what_is_marked(query, text, words):
    assert marked(text, query) == words


def test_shortest_stretches():
    assert list(stretches([[0, 9], [2, 7]], 2)) == [(0, 2), (7, 9)]
    assert list(stretches([[0], []], 5)) == [] and list(stretches([[1, 2], [3]], 5)) == [(2, 3)]


def test_hits_of_a_long_text_are_capped():
    assert MOST_HITS <= len(marked("дрон " * 1000, "дрон")) < MOST_HITS + 9
    assert len(marked("дрон полёт " * 1000, '"дрон полёт"~3')) <= MOST_HITS


PIECES = st.sampled_from(
    (
        "дрон дроны Дронов дро-н п’ятниця п'ять школа шко\u00adла ёлка Ёлке don't "
        "1 200 1,200 2026 首相 元首相が "
        "東京都庁 ガラス ｶﾞﾗｽ ＡＢＣ abc e\u0301 й и\u0306 😀 👩🏽\u200d🚀 ß ŉ _a ² № . , ! ’ ' - "
        "новая страница"
    ).split()
)
TEXTS = st.lists(PIECES, max_size=12).flatmap(
    lambda found: st.sampled_from(["", " ", "\n"]).map(lambda gap: gap.join(found))
)
ASKED = (
    "дрон",  "=дрон", "дро*", "д?он", "*рон", "дрон~1", "пятниця", "п'ять", "школа", "ёлка", "елк*", "don't",
    "1200", "首相", "首", "東京", "東?都", "ガラス", "abc", "e", "й", "ß", "/др.н/", "/.*а/",
    '"новая страница"', '"новая страница"~2', '"首相 ガラス"~3', "новая",
)  # fmt: skip
MORE = (
    "др*н", "дро?ы", "новая首相", "京", "/д.*н/", '"дрон новая"', '"дрон* новая"', '"новый дрон"~0',
    '"новый дрон"~2', '"первая страница дрон"~3', '"首相 дрон"~2', "2026", '"東京都"', "=дроны",
)  # fmt: skip


@given(TEXTS, st.sampled_from(ASKED))
def test_the_short_cut_finds_what_the_long_way_finds(text, query):
    tree = parse(query).query
    short = Marker(tree, "text").hits(text)
    with patch.object(Candidates, "tokens", lambda _, text: RAW_TOKEN.finditer(text)):
        assert Marker(tree, "text").hits(text) == short


def test_a_text_is_found_exactly_where_it_has_a_hit(tmp_path):
    """Random texts, through the real index."""
    chance = random.Random(7)
    words = (
        "дрон дроны дронов дракон новая новый страница страницы первая首相 首相が 東京都 京都 п’ятниця don't "
        "1 200 2026"
    ).split()
    texts = {f"t{number}": " ".join(chance.choices(words, k=chance.randint(1, 7))) for number in range(120)}
    finder = Finder(MemorySource(), tmp_path / "index")
    finder.put(**texts)
    for query in (*ASKED, *MORE):
        marker = Marker(parse(query).query, "text")
        found = finder.find(query, limit=200, other_scripts=False)
        assert found == {name for name, text in texts.items() if marker.hits(text)}, query
    finder.searcher.close()


def test_marks_cover_whole_words():
    assert all(fold(word).startswith("дрон") for word in marked("Дрон дроны ДРОНОВ", "дрон"))
