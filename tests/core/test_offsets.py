from hypothesis import given

from desktop.core.offsets import Utf16Map
from tests.core.texts import texts, texts_with_spans


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(texts)
def test_every_boundary_comes_back(text):
    there = Utf16Map(text)
    for point in range(len(text) + 1):
        assert there.to_units(point) == units(text[:point])
        assert there.to_points(there.to_units(point)) == point


@given(texts_with_spans())
def test_a_span_in_units_holds_the_same_words(case):
    text, start, end = case
    there = Utf16Map(text)
    raw = text.encode("utf-16-le")
    assert raw[2 * there.to_units(start) : 2 * there.to_units(end)].decode("utf-16-le") == text[start:end]


def test_inside_a_surrogate_pair_the_boundary_is_before_it():
    assert Utf16Map("a😀b").to_points(2) == 1
    assert Utf16Map("a😀b").to_units(3) == 4
