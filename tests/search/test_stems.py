"""Word forms. The Ukrainian paradigms are written out by hand from the declension tables."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search.languages import snowball
from desktop.search.stems import language, prefixes, related, stems

UKRAINIAN = """
стаття статті статтю статтею статей статтям статтями статтях
україна україни україні україну україною
український українського українською українські українських українська українському
місто міста місту містом місті міст містами містах
говорити говорить говорив говорила говорили говорю говорять говоримо
школа школи школу школою шкіл школам
президент президента президентом президенти президентів президентові
рука руки руку рукою руці рук руками
рік року роки роком році років
день дня дні днів днями
книжка книжки книжок книжці книжкою
вікно вікна вікон вікнах
голова голови голові голову головою голів
острів острова острови островів островах
працювати працює працював працювали працюють працюю працюємо
життя життю життям житті
станція станції станцію станцій станціями
могила могилу могили могилою могил
зеленський зеленського зеленському зеленським
українець українця українці українців
ніч ночі ночей ночами
камінь каменя камені каменів
герой героя герої героїв героєм
музей музею музеї музеєм
синій синього синьому синя синьої сині
"""

RUSSIAN = """
дрон дроны дронов дронами дрону
санкции санкциях санкциями санкция санкций
экспортный экспортных экспортного экспортному
центр центра центров центрах
отец отца отцу отцом
рынок рынка рынки рынков
американец американца американцы американцев
зеленский зеленского зеленскому зеленским
"""


@pytest.mark.parametrize("line", (UKRAINIAN + RUSSIAN).strip().replace("\n\n", "\n").split("\n"))
def test_all_forms_of_a_word_belong_together(line):
    forms = line.split()
    for one in forms:
        assert all(related(one, other) for other in forms)
        assert all(other.startswith(prefixes(one)) for other in forms)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("могила", "міг"),
        ("йод", "ид"),
        ("центр", "цент"),
        ("війна", "вийти"),
        ("україна", "край"),
        ("general", "generic"),
        ("по", "пот"),
        ("首相", "首都"),
        ("2022", "2023"),
    ],
)
def test_other_words_stay_apart(one, other):
    assert not related(one, other)


def test_languages_never_meet_by_chance():
    assert stems("їжак").isdisjoint(stems("ёж")) and stems("мати") & stems("мат")


@pytest.mark.parametrize(
    ("words", "letter"),
    [
        ("был ли дрон", "ru"),
        ("что за дрон", "ru"),
        ("новые санкции", "ru"),
        ("що за дрон", "uk"),
        ("дрон", None),
        ("новые санкції", None),
        ("the drone", None),
        ("", None),
    ],
)
def test_words_together_tell_the_language(words, letter):
    assert language(words.split()) == letter


@pytest.mark.parametrize("name", ["english", "russian", "porter"])
def test_the_plain_stemmers_are_snowballs(shared, name):
    with (shared / "data/ir/snowball" / f"{name}.tsv").open(encoding="utf-8") as lines:
        for word, stem in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            assert snowball(name)(word) == stem


@given(st.text("абгджзиійклмнопрстфхцчшщьюяїєыэaeioulmnrstzyéüł", min_size=1, max_size=12))
def test_any_word_is_among_what_its_beginnings_reach(word):
    reached = prefixes(word)
    assert all(reached) and word.startswith(reached)
    assert not any(one != other and one.startswith(other) for one in reached for other in reached)
