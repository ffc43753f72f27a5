"""Conditions are added to a query line and taken out again; the rest of the line stays as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.ui.search.narrowing import (
    Clause,
    bare,
    clauses,
    excluded,
    included,
    is_excluded,
    is_included,
    replaced,
    widened,
)


@pytest.mark.parametrize(
    ("query", "field", "value", "wanted"),
    [
        ("паром", "kind:", "quote", "паром kind:quote"),
        ("паром kind:quote", "kind:", "quote", "паром"),
        ("паром kind:quote x", "kind:", "claim", "паром (kind:quote OR kind:claim) x"),
        ("паром (kind:quote OR kind:claim) x", "kind:", "quote", "паром kind:claim x"),
        ("", "speaker:", "Лев Аксюта", 'speaker:"Лев Аксюта"'),
        ('a speaker:"Лев Аксюта" b', "speaker:", "Лев Аксюта", "a b"),
        ("a спикер:Ветрова", "speaker:", "Ветрова", "a"),
        ("a спикер:Ветрова", "speaker:", "Аксюта", "a (speaker:Ветрова OR speaker:Аксюта)"),
        ("a author:Ветрова", "speaker:", "Аксюта", "a author:Ветрова speaker:Аксюта"),
        ("паром OR ferry", "kind:", "quote", "(паром OR ferry) kind:quote"),
        ("(паром OR ferry) kind:quote", "kind:", "quote", "паром OR ferry"),
        ("(паром OR ferry) kind:quote", "kind:", "claim", "(паром OR ferry) (kind:quote OR kind:claim)"),
        ("-kind:note паром", "kind:", "quote", "-kind:note паром kind:quote"),
        ("-kind:note паром", "kind:", "note", "паром kind:note"),
        ("паром AND kind:quote", "kind:", "quote", "паром"),
        ("kind:quote AND паром", "kind:", "quote", "паром"),
        ("a OR kind:quote", "kind:", "quote", "(a OR kind:quote) kind:quote"),
        ("NOT kind:quote", "kind:", "claim", "NOT kind:quote kind:claim"),
        ('"паром OR ferry"', "tag:", "мост", '"паром OR ferry" tag:мост'),
        ("«a kind:quote» b", "kind:", "quote", "«a kind:quote» b kind:quote"),
        ("outlet:«The Times» a", "outlet:", "The Times", "a"),
        ("KIND:Quote a", "kind:", "quote", "a"),
        ('tag:"Газета', "tag:", "Газета", 'tag:"Газета tag:Газета'),
        ("a (b", "kind:", "quote", "a (b kind:quote"),
        ("дата:март 2026 title:дрон~,дом", "kind:", "quote", "дата:март 2026 title:дрон~,дом kind:quote"),
        ("http://x -title:a*", "kind:", "quote", "http://x -title:a* kind:quote"),
        ("lang:ru，uk a", "lang:", "ru", "lang:uk a"),
    ],
)
def test_a_value_is_asked_for_and_taken_back(query, field, value, wanted):
    assert included(query, field, value) == wanted


@pytest.mark.parametrize(
    ("query", "value", "wanted"),
    [
        ("паром", "мост", "паром -tag:мост"),
        ("паром -tag:мост", "мост", "паром"),
        ("паром tag:мост", "мост", "паром -tag:мост"),
        ("(tag:мост OR tag:паром)", "мост", "tag:паром -tag:мост"),
        ("a OR b", "два слова", '(a OR b) -tag:"два слова"'),
    ],
)
def test_a_value_is_forbidden_and_allowed_again(query, value, wanted):
    assert excluded(query, "tag:", value) == wanted


def test_a_year_takes_the_place_of_another_date():
    assert replaced("паром date:2025", "date:", "2026") == "паром date:2026"
    assert replaced("паром date:2026", "date:", "2026") == "паром"
    assert replaced("паром -date:2025 date:2026", "date:", "2024..2026") == "паром date:2024..2026"


def test_a_line_is_widened_by_what_it_asks_not_by_what_it_forbids():
    assert widened("a (tag:b OR tag:c) -tag:d kind:quote", "tag:") == "a -tag:d kind:quote"


def test_conditions_are_read():
    assert clauses('a (outlet:"The Times" OR publisher:Post) -tag:x b AND lang:ru') == [
        Clause("outlet:", ("The Times", "Post")),
        Clause("tag:", ("x",), excluded=True),
        Clause("lang:", ("ru",)),
    ]
    assert clauses("(a kind:quote) (kind:quote OR tag:x) (lang:ru OR -lang:en) kind:(quote OR note)") == []


_FIELDS = st.sampled_from(["kind:", "tag:", "outlet:"])
_VALUES = st.text("abя ()-:", min_size=1).filter(str.strip)
_LINES = st.lists(
    st.sampled_from(
        ["паром", "-b", '"два слова"', "tag:x", "-kind:y", "(a OR b)", "OR", "AND", "NOT", "(", "«"]
    )
).map(" ".join)


@settings(max_examples=60)
@given(_LINES, _FIELDS, _VALUES)
def test_including_and_excluding_hold_afterwards(line, field, value):
    value = value.strip()
    narrowed = included(line, field, value)
    if not is_included(line, field, value) and line.count("(") == line.count(")") and "«" not in line:
        assert is_included(narrowed, field, value) and not is_excluded(narrowed, field, value)
        assert not is_included(included(narrowed, field, value), field, value)


@settings(max_examples=60)
@given(st.text('abя ()"«»-:ORAND|~*', max_size=40), _FIELDS)
def test_any_line_can_be_read_and_widened(line, field):
    assert all(one.excluded for one in clauses(widened(line, field)) if one.field == field)


@pytest.mark.parametrize(
    ("line", "field", "values"),
    [
        ("lang:ru,uk", "lang:", ("ru", "uk")),
        ('tag:"a b",c', "tag:", ("a b", "c")),
        ("язык:ru", "lang:", ("ru",)),
        ("タグ:経済、水", "tag:", ("経済", "水")),
        ("author:Smith", "author:", ("Smith",)),
    ],
)
def test_lists_and_other_names_of_fields_are_read(line, field, values):
    assert clauses(line) == [Clause(field, values)]


@pytest.mark.parametrize("line", ["title:a,b", "tag:a,", 'tag:"a', "tag:,a"])
def test_what_is_no_list_stays_as_it_is(line):
    assert [one for one in clauses(line) if len(one.values) > 1] == []
    assert bare(line) in (line, "")


def test_a_list_is_changed_by_a_click():
    assert included("lang:ru,uk", "lang:", "uk") == "lang:ru"
    assert included("lang:ru,uk", "lang:", "ja") == "(lang:ru OR lang:uk OR lang:ja)"
    assert excluded("-lang:ru,uk мост", "lang:", "ru") == "-lang:uk мост"
    assert included("-lang:ru,uk", "kind:", "quote") == "-lang:ru -lang:uk kind:quote"


def test_an_author_is_no_speaker():
    assert included("author:Smith", "kind:", "quote") == "author:Smith kind:quote"
