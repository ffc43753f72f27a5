"""How the score of PDFs compares words."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "score_pdf.py"


@pytest.fixture(scope="module")
def score():
    spec = importlib.util.spec_from_file_location("score_pdf", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_words_are_compared_without_their_order(score):
    assert score.f1("The river rose.", "rose, the RIVER") == 1.0
    assert score.f1("one two three", "one two four") == pytest.approx(2 / 3)
    assert score.f1("", "") == 1.0


def test_characters_are_compared_where_words_have_no_spaces(score):
    assert score.f1("川の 水位", "川の水位", chars=True) == 1.0


def test_the_order_is_told_apart(score):
    assert score.in_order("a b c d", "a b c d") == 1.0
    assert score.in_order("c d a b", "a b c d") == 0.5
