"""What is selected on the page are those words of the canonical text and no others."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.reader import words
from tests.ui.reader.conftest import BRIDGE, article_of
from tests.ui.reader.test_positions import DOCUMENTS

RELAXED = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)


@RELAXED
@given(DOCUMENTS, st.data())
def test_any_range_of_any_text_is_selected_exactly(reader, document, data):
    reader.show_document(article_of(document), document)
    size = len(document.text)
    if size:
        start = data.draw(st.integers(0, size - 1))
        end = data.draw(st.integers(start + 1, size))
        reader.select(start, end)
        assert reader.selection() == [(start, end)]


@RELAXED
@given(st.integers(0, len(BRIDGE.text) - 60), st.integers(1, 40))
def test_every_step_by_keyboard_selects_one_more_letter(reader, start, steps):
    reader.go_to(start, start)
    for _ in range(steps):
        QTest.keyClick(reader.page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    (found,) = reader.selection()
    assert found == (start, start + steps)
    for _ in range(steps):
        QTest.keyClick(reader.page, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert reader.selection() == []


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)).map(lambda one: (one[0], sum(one)))))
def test_joined_ranges_cover_the_same_and_stay_apart(ranges):
    found = words.joined(ranges)
    covered = {at for start, end in ranges for at in range(start, end)}
    assert {at for start, end in found for at in range(start, end)} == covered
    assert all(one[1] < other[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("now", "expected"), [((0, 9), (0, 4)), ((0, 4), (0, 4)), ((0, 20), (0, 9)), ((9, 10), (9, 10))]
)
def test_less_drops_the_last_sentence_or_word_but_never_the_only_one(now, expected):
    assert words.less("один два. Три сейчас.", now) == expected


def test_white_space_at_the_ends_is_not_marked():
    assert words.trimmed(" a b \n", [(0, 6), (4, 6)]) == [(1, 4)]
