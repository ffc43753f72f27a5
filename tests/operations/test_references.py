"""Saved searches follow the tags and collections that they name."""

import pytest

from desktop.operations import library, people, saved_searches, tagging, undoing
from desktop.operations.references import dead_references
from desktop.store import collections, searches, tags


@pytest.fixture
def tagged(archive):
    tagging.create_tag(archive, "оборона/дроны")
    tagging.create_tag(archive, "вода")
    library.create_collection(archive, "Весна/Март")
    for name, query in (
        ("whole", "мост tag:оборона/дроны"),
        ("part", "tag:дроны OR -tag:вода"),
        ("parent", "(tag:оборона -насос)"),
        ("collected", 'collection:"Весна/Март"'),
        ("words", "оборона"),
    ):
        saved_searches.save_search(archive, name, query)
    return archive


def queries(archive) -> dict[str, str]:
    return {one.name: one.query for one in searches.saved_searches(archive)}


def tag_id(archive, path: str) -> str:
    return tags.find_tag(archive, path).id


def test_a_renamed_tag_is_followed_in_the_same_step(tagged):
    before = queries(tagged)
    tagging.rename_tag(tagged, tag_id(tagged, "оборона/дроны"), "БПЛА")
    after = queries(tagged)
    assert after["whole"] == "мост tag:оборона/БПЛА"
    assert "tag:оборона/БПЛА" in after["part"] and "tag:вода" in after["part"]
    assert (after["parent"], after["words"]) == (before["parent"], before["words"])
    undoing.undo(tagged)
    assert queries(tagged) == before


def test_a_renamed_branch_takes_along_what_is_below(tagged):
    tagging.rename_tag(tagged, tag_id(tagged, "оборона"), "Защита")
    after = queries(tagged)
    assert after["whole"] == "мост tag:Защита/дроны"
    assert "tag:Защита" in after["parent"]
    assert "tag:дроны" in after["part"]  # still means the same


def test_a_moved_tag_and_a_merged_one_are_followed(tagged):
    tagging.move_tag(tagged, tag_id(tagged, "оборона/дроны"), tag_id(tagged, "вода"))
    assert queries(tagged)["whole"] == "мост tag:вода/дроны"
    tagging.merge_tags(tagged, tag_id(tagged, "оборона"), [tag_id(tagged, "вода/дроны")])
    assert queries(tagged)["whole"] == "мост tag:оборона"


def test_a_renamed_collection_is_followed(tagged):
    march = collections.find_collection(tagged, "Весна/Март")
    library.rename_collection(tagged, march.id, "Апрель месяц")
    assert queries(tagged)["collected"] == 'collection:"Весна/Апрель месяц"'


def test_fields_are_known_by_any_of_their_names(tagged):
    saved_searches.save_search(tagged, "russian", "тег:вода")
    tagging.rename_tag(tagged, tag_id(tagged, "вода"), "паводок")
    assert queries(tagged)["russian"] == "tag:паводок"


def test_a_renamed_person_is_followed(archive):
    (made,) = people.create_person(archive, "Анна Витрова").people
    saved_searches.save_search(archive, "said", 'speaker:"анна витрова" вода')
    saved_searches.save_search(archive, "loose", "speaker:Витрова")
    people.edit_person(archive, made, name="Анна Ветрова")
    assert queries(archive) == {"said": 'speaker:"Анна Ветрова" вода', "loose": "speaker:Витрова"}


def test_a_value_with_a_star_means_no_tag_in_particular(tagged):
    saved_searches.save_search(tagged, "wild", "tag:обор*")
    assert dead_references(tagged, "tag:обор*") == []
    assert dead_references(tagged, "tag:пор*") == ["The tag “пор*” does not exist any more."]
    tagging.rename_tag(tagged, tag_id(tagged, "оборона"), "защита")
    assert queries(tagged)["wild"] == "tag:обор*"


def test_what_is_deleted_is_told(tagged):
    assert dead_references(tagged, "tag:дроны tag:вода мост") == []
    tagging.delete_tag(tagged, tag_id(tagged, "оборона"))
    assert dead_references(tagged, "tag:дроны tag:вода мост") == ["The tag “дроны” does not exist any more."]
    assert dead_references(tagged, 'collection:"Весна/Май"') == [
        "The collection “Весна/Май” does not exist any more."
    ]
    assert queries(tagged)["whole"] == "мост tag:оборона/дроны"
