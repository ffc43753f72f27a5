"""What an edit asks for, and what it leaves alone."""

from dataclasses import replace

import pytest

from desktop.core.records import Claim, Verdict
from desktop.ui.inspector.fields import (
    MarkFields,
    edit_between,
    fields_of,
    find_claim,
    looks_reworded,
    rebase,
)
from tests.ui.inspector.material import CLAIMS, VOCABULARY, placements

QUOTE = fields_of(placements()[1].annotation, VOCABULARY)
CLAIM = fields_of(placements()[2].annotation, VOCABULARY)


def test_nothing_changed_asks_for_nothing():
    assert not edit_between(QUOTE, QUOTE, reword=False)


def test_only_changed_fields_are_asked_for_and_none_clears():
    after = replace(QUOTE, speaker=None, cue="заявила")
    assert edit_between(QUOTE, after, reword=False).mark == {"speaker": None, "cue": "заявила"}


def test_tags_are_told_as_added_and_removed_and_case_does_not_matter():
    after = replace(QUOTE, tags=("Проверить", "оборона/дроны"))
    edit = edit_between(QUOTE, after, reword=False)
    assert (edit.tags_added, edit.tags_removed) == (["оборона/дроны"], ["инфраструктура/мост"])


def test_a_reworded_claim_is_edited_and_the_mark_is_not():
    after = replace(CLAIM, claim="Two of the seven piers are cracked")
    edit = edit_between(CLAIM, after, reword=True)
    assert (edit.mark, edit.claim) == ({}, {"statement": "Two of the seven piers are cracked"})


def test_another_claim_moves_the_mark_and_leaves_the_old_claim_alone():
    after = replace(CLAIM, claim="No pier is cracked", verdict="open")
    edit = edit_between(CLAIM, after, reword=False)
    assert (edit.mark, edit.claim) == ({"claim": "No pier is cracked"}, {})


def test_a_claim_that_exists_keeps_the_verdict_it_has():
    closed = CLAIMS[0]
    after = replace(CLAIM, claim=closed.statement, verdict="supported", claim_note=closed.note)
    assert edit_between(CLAIM, after, reword=False, target=closed).claim == {}
    doubted = replace(after, verdict="disputed")
    assert edit_between(CLAIM, doubted, reword=False, target=closed).claim == {"verdict": "disputed"}


def test_a_new_claim_can_be_judged_at_once():
    edit = edit_between(MarkFields(), MarkFields(claim="Мост закроют", verdict="refuted"), reword=False)
    assert (edit.mark, edit.claim) == ({"claim": "Мост закроют"}, {"verdict": "refuted"})


def test_news_reach_untouched_fields_only():
    typed = replace(QUOTE, note="полслова")
    news = replace(QUOTE, note="чужое", cue="пояснила")
    assert rebase(QUOTE, typed, news) == replace(QUOTE, note="полслова", cue="пояснила")


def test_a_claim_is_found_by_its_statement_whatever_its_case():
    claims = [*CLAIMS, Claim("c9", "Мост  ЗАКРОЮТ", Verdict.OPEN)]
    found = find_claim(claims, "мост закроют")
    assert found is not None and found.id == "c9"
    assert find_claim(claims, "мост") is None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Two of seven piers are cracked", "Two of the seven piers are cracked", True),
        ("Мост закроют на шесть недель", "Мост закроют на восемь недель", True),
        ("Two of seven piers are cracked", "Паром имеет осадку вдвое меньше", False),
    ],
)
def test_a_correction_is_told_from_another_claim(before, after, expected):
    assert looks_reworded(before, after) is expected
