"""What is found by reading the records, while there is no index."""

from desktop.search.scan import scan
from tests.search.conftest import article, mark

RECORDS = [
    article("tokyo", "昨日、東京都庁で会見した。"),
    article("tower", "東京タワーの前で待つ。"),
    article("ferry", "Паром начнёт ходить в марте.", title="О пароме"),
    mark("m", "ferry", "quote", "начнёт ходить", note="проверить дату"),
]


def found(query: str) -> list[str]:
    return [hit.key for hit in scan(query, RECORDS).hits]


def test_all_characters_of_a_japanese_word_count():
    assert found("東京都庁") == ["a:tokyo"]
    assert found("東京") == ["a:tokyo", "a:tower"]
    assert found("庁") == ["a:tokyo"]


def test_words_are_found_in_any_form_and_field():
    assert found("паромы") == ["a:ferry"]
    assert found("ходили") == ["a:ferry", "n:m"]
    assert found("проверил") == ["n:m"]
    assert scan("паром", RECORDS).hits[0].matches == ((0, 5),)


def test_it_says_how_far_it_read():
    assert "first 4 records" in scan("мост", RECORDS).hint
