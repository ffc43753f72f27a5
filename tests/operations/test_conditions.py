"""Nested conditions and the query line are the same thing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.query_fields import FIELDS
from desktop.operations.conditions import (
    OF_WORDS,
    Group,
    How,
    Operator,
    Row,
    operators_of,
    read_conditions,
    write_conditions,
)
from desktop.search import syntax

LINES = [
    "мост",
    "kind:quote,claim -tag:оборона/дроны",
    '(a OR "b c"~3) -(d OR title:e*) date:2026..2027 imported:>2025',
    '=Form w?ld similar~1 /re.ex/ text:"foo bar"',
    "-(a b)",
    'date:"last week" is:unread has:quote',
    "lang:ja (a OR (b -(c OR (d e))))",
    "貯水池 OR (ремонт моста)",
    "date:..2026-03 date:2026-04.. date:<2027",
]


@pytest.mark.parametrize("line", LINES)
def test_what_is_read_asks_for_the_same(line):
    written = write_conditions(read_conditions(line))
    assert syntax.read(written).node == syntax.read(line).node
    assert read_conditions(written) == read_conditions(line)


def test_groups_are_all_any_and_none():
    found = read_conditions("a (b OR c) -(d OR e) -f")
    assert found.how is How.ALL
    word, some, none, without = found.parts
    assert word == Row(value="a")
    assert isinstance(some, Group) and some.how is How.ANY
    assert isinstance(none, Group) and none.how is How.NONE
    assert [part.value for part in none.parts if isinstance(part, Row)] == ["d", "e"]
    assert without == Row(value="f", negated=True)


def test_rows_have_field_operator_and_value():
    rows = read_conditions('title:"a b" tag:"c d" date:2026..2027 date:>2025 note:e~2 "f g"~7').parts
    assert rows == (
        Row("title", Operator.PHRASE, "a b"),
        Row("tag", Operator.IS, "c d"),
        Row("date", Operator.BETWEEN, "2026", "2027"),
        Row("date", Operator.AFTER, "2025"),
        Row("note", Operator.SIMILAR, "e", number=2),
        Row("", Operator.NEAR, "f g", number=7),
    )


def test_unfinished_rows_and_empty_groups_ask_nothing():
    group = Group(parts=(Row(value="a"), Row("tag", Operator.IS), Group(How.ANY), Row(value=" – ")))
    assert write_conditions(group) == "a"
    assert write_conditions(Group(How.NONE, (Row(),))) == ""
    assert read_conditions("") == Group()


def test_several_words_of_one_row_are_all_wanted():
    assert write_conditions(Group(How.ANY, (Row(value="ремонт моста"), Row(value="b")))) == (
        "(ремонт моста) OR b"
    )
    assert write_conditions(Group(parts=(Row("title", value="a b", negated=True),))) == "-(title:a title:b)"


def test_a_piece_of_line_stays_what_it_is():
    group = Group(How.ANY, (Row(operator=Operator.LINE, value="a -b"), Row(value="c")))
    assert write_conditions(group) == "(a -b) OR c"


@pytest.mark.parametrize("value", ['say "no"', "a:b", "(x)", "-minus", "tag:x", "OR", "back\\slash", "a*b?c"])
def test_signs_in_a_value_are_words(value):
    line = write_conditions(Group(parts=(Row(value=value), Row("tag", Operator.IS, value))))
    tag = read_conditions(line).parts[-1]
    assert tag == Row("tag", Operator.IS, value)


def test_every_field_of_the_line_has_operators():
    for field in FIELDS:
        assert operators_of(field.name)
    assert operators_of("") == OF_WORDS


_VALUES = st.sampled_from(["мост", "late ferry", "貯水池", "2026", "a-b", 'x "y"', "об'єкт", "12 000"])
_ROWS = st.builds(
    Row,
    st.sampled_from(["", "title", "text"]),
    st.sampled_from([Operator.FORMS, Operator.EXACT, Operator.PHRASE, Operator.BEGINS]),
    _VALUES,
    negated=st.booleans(),
) | st.builds(Row, st.sampled_from(["tag", "outlet"]), st.just(Operator.IS), _VALUES, negated=st.booleans())
_GROUPS = st.recursive(
    _ROWS,
    lambda parts: st.builds(Group, st.sampled_from(How), st.lists(parts, max_size=4).map(tuple)),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_GROUPS, max_size=4).map(lambda parts: Group(How.ALL, tuple(parts))))
def test_whatever_is_built_is_read_back(built):
    """The line is settled after one turn: what is edited afterwards starts from what was written."""
    line = write_conditions(built)
    assert write_conditions(read_conditions(line)) == line
