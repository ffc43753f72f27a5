"""Which tags a few letters mean."""

import pytest

from desktop.core.records import Tag
from desktop.ui.tags.completion import TagIndex, tag_choices, tidy_path


def tree(*paths):
    return [Tag(f"t{n}", path.rpartition("/")[2], path) for n, path in enumerate(paths)]


PATHS = (
    "оборона",
    "оборона/дроны",
    "оборона/ПВО",
    "авиация/дроны",
    "Дроны малые",
    "港湾",
    "обещания",
    "закон об обороне",
)


def found(typed, counts=None, **more):
    return [tag.path for tag in TagIndex(tree(*PATHS), counts).matches(typed, **more)]


def test_the_whole_path_then_beginnings_then_parts_then_words_then_within():
    assert found("оборон") == ["оборона", "оборона/дроны", "оборона/ПВО", "закон об обороне"]
    assert found("дроны") == ["Дроны малые", "оборона/дроны", "авиация/дроны"]


def test_parts_may_be_shortened_each():
    assert found("об/др") == ["оборона/дроны"]
    assert found("оборона/") == ["оборона", "оборона/дроны", "оборона/ПВО"]


def test_case_width_and_script_do_not_matter():
    assert found("ПВО") == found("пво") == ["оборона/ПВО"]
    assert found("港") == ["港湾"]


def test_among_equals_the_one_used_more_comes_first():
    assert found("дроны", {"t3": (5, 9)})[1] == "авиация/дроны"
    assert found("", {"t5": (1, 0)})[0] == "港湾"


def test_chosen_ones_are_not_offered_again():
    assert found("об", without=["Оборона"]) == [
        "оборона/дроны",
        "оборона/ПВО",
        "обещания",
        "закон об обороне",
    ]


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [(" оборона / дроны/ ", "оборона/дроны"), ("//a///b", "a/b"), ("  ", ""), ("две  части", "две части")],
)
def test_paths_are_tidied(typed, tidy):
    assert tidy_path(typed) == tidy


def test_creating_is_offered_last_and_only_for_what_is_new():
    index = TagIndex(tree(*PATHS))
    assert [one.label for one in tag_choices(index, "дрон", create="New “{path}”")][-1] == "New “дрон”"
    assert all("New" not in one.label for one in tag_choices(index, "ОБОРОНА", create="New “{path}”"))
    assert tag_choices(index, "новый", without=["Новый"], create="New “{path}”") == []


def test_of_five_thousand_tags_the_best_twelve_are_offered():
    index = TagIndex(tree(*(f"раздел {n % 70}/тег номер {n}" for n in range(5000))))
    assert len(index.matches("тег номер 49")) == 12
