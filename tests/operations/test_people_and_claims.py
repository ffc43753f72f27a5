import pytest

from desktop.core.errors import NameTaken, NotFound
from desktop.core.records import Verdict
from desktop.operations import claims as claim_operations
from desktop.operations import marking
from desktop.operations import people as operations
from desktop.store import annotations, claims, people
from desktop.store.history import undo
from desktop.store.vocabulary import vocabulary


@pytest.fixture
def zelensky(archive, drones) -> str:
    marking.mark(archive, drones, "quote", [(0, 8)], speaker="Volodymyr Zelensky", claim="We want a page")
    return people.find_person(archive, "Volodymyr Zelensky").id


def test_aliases_in_any_script_find_the_person(archive, zelensky):
    for alias in ("Зеленський", "Зеленский", "ゼレンスキー"):
        assert operations.add_alias(archive, zelensky, alias).people == {zelensky}
    assert people.find_person(archive, " зеленський ").id == zelensky
    assert people.find_person(archive, "ｾﾞﾚﾝｽｷｰ").id == zelensky
    assert people.find_person(archive, "Петренко") is None
    assert not operations.add_alias(archive, zelensky, "ЗЕЛЕНСКИЙ")
    operations.remove_alias(archive, zelensky, "зеленский")
    assert people.person(archive, zelensky).aliases == ("Зеленський", "ゼレンスキー")
    with pytest.raises(ValueError):
        operations.add_alias(archive, zelensky, " ")


def test_people_are_edited(archive, zelensky):
    operations.create_person(archive, "Reuters", kind="organisation")
    changes = operations.edit_person(archive, zelensky, name="Zelensky", kind="person", note="president")
    assert (changes.label, changes.people) == ("Edit person", {zelensky})
    edited = people.person(archive, zelensky)
    assert (edited.name, edited.note) == ("Zelensky", "president")
    assert not operations.edit_person(archive, zelensky, name="Zelensky")
    with pytest.raises(NameTaken):
        operations.edit_person(archive, zelensky, name="reuters")
    with pytest.raises(NameTaken):
        operations.add_alias(archive, zelensky, "reuters")
    with pytest.raises(ValueError):
        operations.edit_person(archive, zelensky, kind="robot")
    with pytest.raises(NotFound):
        operations.edit_person(archive, "nobody", note="x")
    assert not operations.create_person(archive, "REUTERS")
    assert [(one.name, one.kind) for one in people.all_people(archive)] == [
        ("Reuters", "organisation"),
        ("Zelensky", "person"),
    ]


def test_merging_people_joins_their_words_and_names(archive, drones, zelensky):
    (quote,) = marking.mark(archive, drones, "quote", [(5, 9)], speaker="Зеленський").annotations
    other = people.find_person(archive, "Зеленський").id
    operations.add_alias(archive, other, "ゼレンスキー")
    operations.edit_person(archive, other, note="из Киева")
    changes = operations.merge_people(archive, zelensky, [other, zelensky])
    assert changes.label == "Merge 2 people"
    assert quote in changes.annotations
    (left,) = people.all_people(archive)
    assert (left.name, left.aliases) == ("Volodymyr Zelensky", ("зеленський".capitalize(), "ゼレンスキー"))
    assert left.note == "из Киева"
    assert people.people_counts(archive) == {zelensky: 2}
    undo(archive)
    assert annotations.annotation(archive, quote).speaker_id == other


def test_deleting_a_person_keeps_the_quote(archive, drones, zelensky):
    operations.delete_person(archive, zelensky)
    (quote,) = annotations.annotations_of(archive, drones)
    assert quote.speaker_id is None
    undo(archive)
    (quote,) = annotations.annotations_of(archive, drones)
    assert quote.speaker_id == zelensky


def test_a_claim_gets_its_verdict(archive, zelensky):
    claim = claims.find_claim(archive, "we WANT a page")
    changes = claim_operations.edit_claim(archive, claim.id, verdict="disputed")
    assert (changes.label, changes.claims) == ("Set verdict", {claim.id})
    assert claim_operations.edit_claim(archive, claim.id, statement=" New ", note="n").label == "Edit claim"
    edited = claims.claim(archive, claim.id)
    assert (edited.statement, edited.verdict, edited.note) == ("New", Verdict.DISPUTED, "n")
    assert not claim_operations.edit_claim(archive, claim.id, verdict="disputed")
    assert claims.mention_counts(archive) == {claim.id: 1}
    for wrong in ({"verdict": "maybe"}, {"statement": " "}):
        with pytest.raises(ValueError):
            claim_operations.edit_claim(archive, claim.id, **wrong)
    with pytest.raises(NotFound):
        claim_operations.edit_claim(archive, "nobody", note="x")


def test_deleting_a_claim_keeps_its_mentions(archive, drones, zelensky):
    claim_operations.create_claim(archive, "Another")
    claim = claims.find_claim(archive, "We want a page")
    claim_operations.delete_claim(archive, claim.id)
    assert annotations.annotations_of(archive, drones)[0].claim_id is None
    assert [one.statement for one in claims.all_claims(archive)] == ["Another"]
    with pytest.raises(NotFound):
        claims.claim(archive, claim.id)


def test_the_vocabulary_names_everything(archive, zelensky):
    names = vocabulary(archive)
    assert names.people[zelensky].name == "Volodymyr Zelensky"
    assert [claim.statement for claim in names.claims.values()] == ["We want a page"]
    assert names.tags == {}
