"""The cards as a list: little changes at a time, and Qt's own tester watches."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from desktop.core.records import AnnotationKind
from desktop.ui.inspector.cards import Card, card_of
from desktop.ui.inspector.model import UNSURE, MarksModel
from tests.ui.inspector.material import VOCABULARY, placements


@pytest.fixture
def cards():
    return [card_of(one, VOCABULARY) for one in placements()]


@pytest.fixture
def model(qapp, qtmodeltester, cards):
    made = MarksModel()
    made.set_cards(cards)
    qtmodeltester.check(made)
    return made


def ids(model):
    return [model.card(row).id for row in range(model.rowCount())]


def test_filters_let_kinds_through(model):
    model.set_filter([AnnotationKind.QUOTE])
    assert ids(model) == ["m2", "m6"]
    model.set_filter([UNSURE, AnnotationKind.NOTE])
    assert ids(model) == ["m4", "m7", "m8"]
    model.set_filter([])
    assert len(ids(model)) == 8


def test_a_card_that_is_edited_is_never_filtered_away(model):
    model.keep("m1")
    model.set_filter([AnnotationKind.NOTE])
    assert ids(model) == ["m1", "m4"]
    model.keep(None)
    assert ids(model) == ["m4"]


def test_one_changed_card_changes_one_row(qtbot, model, cards):
    cards[2] = replace(cards[2], note="новое")
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as change:
        model.set_cards(cards)
    assert change.args[0].row() == change.args[1].row() == 2


def test_counts_are_of_all_cards_whatever_the_filter(model):
    model.set_filter([AnnotationKind.NOTE])
    assert (model.counts()["quote"], model.counts()[UNSURE], model.total()) == (2, 2, 8)


@given(st.lists(st.lists(st.integers(0, 12), unique=True), min_size=2, max_size=5))
def test_any_list_follows_any_other(qapp, lists):
    model = MarksModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for numbers in lists:
        model.set_cards([Card(str(n), AnnotationKind.NOTE, "note", f"слово {n}") for n in numbers])
        assert ids(model) == [str(n) for n in numbers]
        assert [model.row_of(one) for one in ids(model)] == list(range(len(numbers)))
    del tester


def test_keys_in_text_order_insert_without_a_reset(qtbot, model, cards):
    model.set_cards([cards[1], cards[4]])
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_cards(cards)
    assert ids(model) == [card.id for card in cards]
