"""The fates of marks, in words."""

import pytest

from desktop.operations.mark_fates import MarkFates


@pytest.mark.parametrize(
    ("fates", "words"),
    [
        (MarkFates(), "The article has no marks yet."),
        (MarkFates(1), "Its mark stays."),
        (MarkFates(1_200), "All 1,200 marks stay."),
        (MarkFates(0, 0, 1), "0 of 1 mark stays, 1 not found: kept with their words."),
        (MarkFates(2, 1, 3), "2 of 6 marks stay, 1 to confirm, 3 not found: kept with their words."),
    ],
)
def test_the_fate_of_marks_in_words(fates, words):
    assert fates.in_words() == words
