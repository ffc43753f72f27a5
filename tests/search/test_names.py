"""Names in other spellings and scripts."""

import pytest

from desktop.search.names import is_name, names_of_people, same_name
from desktop.search.sounds import CYRILLIC, LATIN, spellings
from tests.search.conftest import Finder, MemorySource

# A name in its usual spellings; each is to be found by each other one.
SAME = """
зеленский zelensky zelenskyy zelenskiy selenskyj зеленського
путин putin путіна poutine путиным
кличко klitschko klychko
горбачев gorbachev gorbatschow горбачов
хрущев khrushchev chruschtschow
ельцин yeltsin jelzin єльцин
порошенко poroshenko poroschenko
залужный zaluzhny zaluzhnyi залужний
шевченко shevchenko schewtschenko szewczenko
чехов chekhov tschechow
чайковский tchaikovsky чайковський
киев kyiv kiev київ
харьков kharkiv kharkov харків
львов lviv lvov львів
одесса odesa odessa
юлия yulia julia юлія
сергей sergey sergei serhiy сергій
навальный navalny navalnyj навальний
лавров lavrov lawrow
шойгу shoigu schoigu
"""
PAIRS = [
    (one, other)
    for line in SAME.split("\n")
    for one in line.split()
    for other in line.split()
    if one != other
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_usual_spellings_are_the_same_name(one, other):
    known = spellings(one, CYRILLIC if other[0] >= "а" else LATIN)
    assert known is not None
    assert known.pattern.fullmatch(other)
    assert other.startswith(known.prefixes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("путин", "putting"),
        ("зеленский", "zealand"),
        ("иванов", "evans"),
        ("петров", "peter"),
        ("киев", "kind"),
    ],
)
def test_what_only_looks_alike_is_another_name(one, other):
    assert not same_name(one, other)


@pytest.mark.parametrize("typed", ["Зеленский", "Zelensky", "Шойгу", "зеленский", "зеленському", "порошенко"])
def test_names_are_recognised(typed):
    assert is_name(typed)


@pytest.mark.parametrize("typed", ["дрон", "drones", "НАТО", "首相", "Маск", "2026", "по-русски", "санкции"])
def test_other_words_are_not_names(typed):
    assert not is_name(typed)


def test_the_names_of_people_lead_to_one_another():
    names = names_of_people(
        [
            ("Владимир Зеленский", "Volodymyr Zelensky", "ウォロディミル・ゼレンスキー"),
            ("Boris Johnson", "BoJo"),
            ("佐藤花子", "Sato Hanako"),
        ]
    )
    assert names["зеленский"] == ("zelensky", "ゼレンスキー")
    assert names["ゼレンスキー"] == ("зеленский", "zelensky")
    assert names["johnson"] == ("bojo",)
    assert names["bojo"] == ("johnson",)
    assert names["sato"] == names["hanako"] == ("佐藤花子",)
    assert names["佐藤花子"] == ("sato hanako",)


def test_a_surname_in_kana_is_no_first_name():
    names = names_of_people([("Владимир Зеленский", "Volodymyr Zelensky", "ゼレンスキー")])
    assert names["ゼレンスキー"] == ("зеленский", "zelensky")
    assert "ゼレンスキー" in names["зеленский"]
    assert "ゼレンスキー" not in names["владимир"]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    finder = Finder(MemorySource(), tmp_path_factory.mktemp("names") / "index")
    finder.put(
        ru="Владимир Зеленский встретился с министром.",
        uk="Про це сказав Володимир Зеленський.",
        en="President Zelensky met Zelensky and Zelensky again.",
        ja="ゼレンスキー大統領は会見した。",
        other="Зелень и зелёнка.",
    )
    yield finder
    finder.searcher.close()


NAMES = names_of_people([("Владимир Зеленский", "Volodymyr Zelensky", "ウォロディミル・ゼレンスキー")])


@pytest.mark.parametrize("query", ["Зеленский", "зеленскому", "Zelensky", "Зеленського"])
def test_a_name_is_found_in_every_spelling(library, query):
    assert library.find(query) >= {"ru", "uk", "en"}
    assert library.find(query) <= {"ru", "uk", "en"}


def test_the_spelling_that_was_typed_comes_first(library):
    assert library.ask("Зеленский").hits[0].key == "a:ru"
    assert library.ask("Zelensky").hits[0].key == "a:en"
    assert library.ask("Зеленський").hits[0].key == "a:uk"


def test_people_of_the_archive_bridge_what_rules_cannot(library):
    assert library.find("Zelensky", names=NAMES) == {"ru", "uk", "en", "ja"}
    assert library.find("ゼレンスキー", names=NAMES) == {"ru", "uk", "en", "ja"}


def test_a_name_in_ideographs_finds_only_all_words_of_the_others(library_of_sato):
    names = names_of_people([("佐藤花子", "Sato Hanako")])
    assert library_of_sato.find("佐藤花子", names=names) == {"ja", "turned"}
    assert library_of_sato.find("Sato", names=names) == {"ja", "turned", "namesake"}


@pytest.fixture
def library_of_sato(tmp_path):
    finder = Finder(MemorySource(), tmp_path / "index")
    finder.put(ja="佐藤花子が話した。", turned="Said Hanako Sato.", namesake="Sato Ken, and Hanako Abe.")
    yield finder
    finder.searcher.close()


def test_other_spellings_can_be_switched_off(library):
    assert library.find("Zelensky", other_scripts=False, names=NAMES) == {"en"}
    assert "also" not in library.ask("Zelensky", other_scripts=False).understood
    assert "also in other spellings" in library.ask("Zelensky").understood


def test_exact_words_have_no_other_spellings(library):
    assert library.find('"Zelensky"', names=NAMES) == {"en"}


def test_hits_in_other_spellings_are_marked(library):
    hit = next(hit for hit in library.ask("Зеленский").hits if hit.key == "a:uk")
    (start, end) = hit.matches[0]
    assert library.source.live["a:uk"].text[start:end] == "Зеленський"
