"""Folding: what counts as the same word, and where in the original text it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search.fold import fold, parts, terms, tokens

MIXED = st.text(
    st.one_of(
        st.sampled_from("абвёйЙїґЇ'’ʼ-1 2,345\u00a0ßİﬁ½ｶﾞｷﾟ東京都庁한국\u0301\u00adé_~\n"), st.characters()
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ЁЛКА елка", ["елка", "елка"]),
        ("йод иод їжак", ["йод", "иод", "їжак"]),
        ("П'ятниця п’ятниця пʼятниця", ["пятниця"] * 3),
        ("don't", ["don", "t"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("по-русски", ["по", "русски"]),
        ("за\u0301мок зам\u00adок", ["замок", "замок"]),
        ("１２３ ﬁne Ⅷ", ["123", "fine", "viii"]),
        ("3,14 1 200 000 1,200 2022 100", ["3", "14", "1200000", "1200", "2022", "100"]),
        ("東京都", ["東京", "京都", "都"]),
        ("ｶﾞｷ ガキ か が", ["ガキ", "キ", "ガキ", "キ", "か", "が"]),
        ("iPhone首相x", ["iphone", "首相", "相", "x"]),
        ("", []),
        ("—…!", []),
    ],
)
def test_terms(text, expected):
    assert terms(text) == expected


def test_places_are_code_points_of_the_original():
    text = "😀 П’ятниця: ﬁne ｶﾞｷ, 東京都庁 1 200"
    assert [(token.term, text[token.start : token.end]) for token in tokens(text)] == [
        ("пятниця", "П’ятниця"),
        ("fine", "ﬁne"),
        ("ガキ", "ｶﾞｷ"),
        ("キ", "ｷ"),
        ("東京", "東京"),
        ("京都", "京都"),
        ("都庁", "都庁"),
        ("庁", "庁"),
        ("1200", "1 200"),
    ]


@given(MIXED)
def test_both_ways_to_analyse_agree(text):
    assert [token.term for token in tokens(text)] == terms(text)


@given(MIXED)
def test_places_lie_in_the_text_in_order(text):
    before = 0
    for token in tokens(text):
        assert before <= token.start < token.end <= len(text)
        before = token.start


@given(MIXED)
def test_folding_twice_changes_nothing(text):
    for term in terms(text):
        assert fold(term) == term


@given(MIXED)
def test_a_text_is_found_by_its_own_terms(text):
    """What a query asks for is cut as the index cuts it: parts are terms or runs of them."""
    known = set(terms(text))
    for part in parts(text):
        assert part in known or {part[at : at + 2] for at in range(len(part) - 1)} <= known
