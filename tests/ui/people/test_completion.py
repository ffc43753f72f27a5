"""Who, which claim, which cue is meant by a few letters."""

from desktop.core.records import Claim, Person
from desktop.ui.people.completion import suggest_claims, suggest_people, suggest_texts

PEOPLE = [
    Person("z", "Владимир Зеленский", "person", ("Зеленський", "Zelensky", "ゼレンスキー")),
    Person("a", "Лев Аксюта"),
    Person("u", "Союз перевозчиков", "organisation"),
    Person("b", "Лев Зелёный"),
]


def names(typed, counts=None):
    return [choice.value for choice in suggest_people(PEOPLE, counts)(typed)]


def test_a_name_is_found_by_any_word_and_any_alias():
    assert names("зел") == ["Владимир Зеленский", "Лев Зелёный"]
    assert names("zel") == names("ゼレ") == ["Владимир Зеленский"]
    assert names("перев") == ["Союз перевозчиков"]


def test_the_alias_that_matched_is_told():
    assert suggest_people(PEOPLE)("zel")[0].detail == "Zelensky"
    assert suggest_people(PEOPLE)("влад")[0].detail == ""


def test_those_quoted_more_come_first():
    assert names("лев", {"b": 7}) == ["Лев Зелёный", "Лев Аксюта"]
    assert names("", {"u": 3})[0] == "Союз перевозчиков"


def test_people_and_organisations_look_different():
    assert {choice.glyph for choice in suggest_people(PEOPLE)("")} == {"user", "building-2"}


def test_claims_hold_every_typed_word_in_any_order():
    claims = [
        Claim("1", "В Украине около 450 компаний производят дроны"),
        Claim("2", "Дроны закупят у 450 компаний"),
        Claim("3", "Мост закроют"),
    ]
    suggest = suggest_claims(claims)
    assert [one.value for one in suggest("дрон 450")] == [claims[1].statement, claims[0].statement]
    assert suggest("") == [] and suggest("дрон мост") == []


def test_cues_come_by_use_and_never_what_stands_there_already():
    suggest = suggest_texts(["сказал", "сообщил", "сказал", "сказала"])
    assert [one.value for one in suggest("с")] == ["сказал", "сообщил", "сказала"]
    assert [one.value for one in suggest("сказал")] == ["сказала"]
