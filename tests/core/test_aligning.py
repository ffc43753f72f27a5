"""What two sequences have in common: as difflib finds it, and soon whatever they are."""

import random
import time
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core import aligning
from desktop.core.aligning import opcodes

FEW = st.lists(st.sampled_from("abcd"), max_size=30)


def turned(old, new, found):
    """The new sequence, made from the old one as the opcodes say."""
    made, at_old, at_new = [], 0, 0
    for tag, a, b, c, d in found:
        assert (a, c) == (at_old, at_new)
        assert (a == b) is (tag == "insert")
        assert (c == d) is (tag == "delete")
        made += old[a:b] if tag == "equal" else new[c:d]
        at_old, at_new = b, d
    assert at_old == len(old)
    return made


@given(FEW, FEW)
def test_opcodes_turn_one_into_the_other(old, new):
    assert turned(old, new, opcodes(old, new)) == new


@given(FEW, FEW)
def test_so_they_do_where_the_frame_comes_first(old, new):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aligning, "_MOST_PAIRS", 3)
        assert turned(old, new, opcodes(old, new)) == new


def test_a_change_within_is_found_as_difflib_finds_it():
    old, new = list("in the old days"), list("in the new days")
    assert opcodes(old, new) == SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def test_long_sequences_keep_what_stands_once_in_order():
    old = [f"{number} once" for number in range(3_000)]
    new = [item if number % 10 else "edited" for number, item in enumerate(old)]
    found = opcodes(old, new)
    assert turned(old, new, found) == new
    assert sum(b - a for tag, a, b, _, _ in found if tag == "equal") == 2_700


@pytest.mark.parametrize("kinds", [1, 20, 3_000])
def test_the_same_few_items_in_another_order_take_no_minutes(kinds):
    chance = random.Random(7)
    old = [f"item {chance.randrange(kinds)}" for _ in range(20_000)]
    new = [f"item {chance.randrange(kinds)}" for _ in range(20_000)]
    began = time.process_time()
    assert turned(old, new, opcodes(old, new)) == new
    assert time.process_time() - began < 5
