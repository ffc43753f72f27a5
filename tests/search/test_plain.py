"""Text cut quickly is cut as the regular expression says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.search import fold, plain
from desktop.search.fold import RAW_TOKEN, raw_tokens
from desktop.search.plain import plain_tokens

_LETTERS = "aZéßжЇґ_µ²ªº"
_BETWEEN = "'’`\u02bc′ ,.\u00a0\u202f\u00ad\u0301\u200d-—№“\x1c\x85\n"
TEXTS = st.text(st.sampled_from(_LETTERS + _BETWEEN + "01234567")) | st.text()


@given(TEXTS)
@settings(max_examples=400)
def test_any_text_is_cut_the_same(text):
    assert raw_tokens(text) == RAW_TOKEN.findall(text)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1251", "cp1252"])
def test_every_character_of_an_alphabet(encoding):
    characters = bytes(range(256)).decode(encoding, "ignore")
    for one in characters:
        for text in (one, f"a{one}b", f"a{one}", f"{one}b", f"7{one}123", f"ж{one}ж"):
            assert raw_tokens(text) == RAW_TOKEN.findall(text), text


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("The flood, it’s said, didn't rise", True),
        ("Дрон «Лютий» — об'єкт № 5", True),
        ("Élan vital", True),
        ("1 200 000 зрителей", False),
        ("co\u00adoperate", False),
        ("首相が東京", False),
    ],
)
def test_what_is_plain(text, plainly):
    assert (plain_tokens(text) is not None) is plainly


def test_the_apostrophes_are_those_of_the_folding():
    others = set(fold._APOSTROPHES) - set(plain.APOSTROPHES)
    for one in others:
        for encoding in ("latin-1", "cp1251", "cp1252"):
            with pytest.raises(UnicodeEncodeError):
                one.encode(encoding)
