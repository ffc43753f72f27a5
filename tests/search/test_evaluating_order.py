"""The order, the groups and the counts of an answer, held to sorting and counting record by record."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query

from desktop.core.searching import SearchSort, SearchWishes
from desktop.search.evaluate import Evaluator, Matches
from desktop.search.facets import counted
from desktop.search.leaves import Anywhere, WordForms, WordPrefix
from desktop.search.ranking import Ranking, count_articles, greatest
from desktop.search.sets import members
from tests.search.memory import MemorySegment

DATES = ("2024", "2025-03", "2025-03-14", "2026-01-02")
TREES = (
    Anywhere([WordForms("title", "дом", 2.0), WordForms("text", "дом")]),
    WordPrefix("text", "д"),
    query.Or([query.Term("text", "кот"), query.Term("title", "дома")]),
    query.Every(),
    query.Not(query.Term("text", "кот")),
)


@st.composite
def indexes(draw):
    """Articles with their marks, in any order and in several segments."""
    listed = []
    for name in "pqrstu":
        if draw(st.booleans()):
            listed.append((name, f"a:{name}", "article"))
        marks = draw(st.integers(0, 3))
        listed += [(name, f"n:{name}{at}", draw(st.sampled_from(["quote", "claim"]))) for at in range(marks)]
    listed = draw(st.permutations(listed))
    cut = draw(st.integers(0, len(listed)))
    return [segment_of(draw, part) for part in (listed[:cut], listed[cut:])]


def segment_of(draw, listed) -> MemorySegment:
    text = st.lists(st.sampled_from("дом дома дому кот кота".split()), max_size=4)
    records, values = [], []
    for name, _, kind in listed:
        records.append({"text": draw(text), "title": draw(text)})
        facts = {"kind": (kind,), "tag_tree": draw(st.lists(st.sampled_from("xyz"), unique=True))}
        facts |= {"article": (name,)} if kind != "article" else {}
        dated = draw(st.sampled_from([None, *DATES]))
        values.append(facts | ({"date": (dated,)} if dated else {}))
    deleted = draw(st.sets(st.integers(0, max(len(listed) - 1, 0)), max_size=2)) if listed else set()
    return MemorySegment(
        records,
        values,
        [name for name, _, _ in listed],
        frozenset(deleted),
        known_keys=[key for _, key, _ in listed],
    )


trees = st.sampled_from(TREES)
sorts = st.sampled_from(list(SearchSort))


def ordered(matches: Matches, sort: SearchSort) -> list[tuple[str, str]]:
    """(key, article) of every match, sorted one by one."""
    rows = []
    for at, segment in enumerate(matches.segments):
        found = matches.documents[at].tolist()
        for number, score in zip(found, matches.scores(at).tolist(), strict=True):
            (date,) = segment.values[number].get("date", ("",))
            rows.append((score, date, segment.known_keys[number], segment.articles_of[number]))
    if sort is SearchSort.RELEVANCE and any(row[0] for row in rows):
        rows.sort(key=lambda row: -row[0])
    elif sort in (SearchSort.LAST_ADDED, SearchSort.FIRST_ADDED):
        pass  # nothing in these segments says when it was added
    else:
        rows.sort(key=lambda row: row[1], reverse=sort is not SearchSort.OLDEST)
        rows.sort(key=lambda row: not row[1])
    return [row[2:] for row in rows]


@given(indexes(), trees, sorts, st.integers(0, 9), st.integers(0, 9))
def test_a_stretch_of_the_answer_is_that_of_the_whole_order(index, tree, sort, limit, offset):
    matches = Evaluator(index).matches(tree)
    expected = ordered(matches, sort)
    best = Ranking(matches, sort).best(limit, offset)
    assert [(one.key, one.article_id) for one in best] == expected[offset : offset + limit]
    assert matches.total == len(expected) and count_articles(matches) == len({one[1] for one in expected})


@given(indexes(), trees, sorts, st.integers(0, 4), st.integers(0, 3), st.integers(0, 3))
def test_groups_stand_where_their_best_hit_stands(index, tree, sort, limit, offset, marks):
    matches = Evaluator(index).matches(tree)
    groups: dict[str, list[str]] = {}
    for key, article_id in ordered(matches, sort):
        groups.setdefault(article_id, []).append(key)
    wanted = dict(list(groups.items())[offset : offset + limit])
    wishes = SearchWishes(limit=limit, offset=offset, sort=sort, grouped=True, marks=marks)
    hits, hits_of = Ranking(matches, sort).best_articles(wishes)
    assert hits_of == {article_id: len(keys) for article_id, keys in wanted.items()}
    assert [hit.key for hit in hits] == [
        key
        for keys in wanted.values()
        for key in sorted(keys, key=lambda key: key[0] != "a")[: marks + ("a" in {one[0] for one in keys})]
    ]


@given(indexes(), trees)
def test_facets_count_every_match(index, tree):
    matches = Evaluator(index).matches(tree)
    found = counted(matches)
    for name, field, length in (("kind", "kind", 99), ("tag", "tag_tree", 99), ("year", "date", 4)):
        expected = Counter(
            value[:length]
            for segment, numbers in zip(index, matches.documents, strict=True)
            for number in numbers.tolist()
            for value in segment.values[number].get(field, ())
        )
        assert list(found[name].items()) == sorted(expected.items(), key=lambda one: (-one[1], one[0]))
    assert found["verdict"] == {}


@given(st.lists(st.integers(0, 5)), st.integers(0, 8))
def test_the_greatest_come_first_and_equals_in_their_order(values, count):
    expected = sorted(range(len(values)), key=lambda at: (-values[at], at))[:count]
    assert greatest(np.array(values, np.float64), count).tolist() == expected


@given(st.lists(st.integers(-(2**63), 2**63 - 1), unique=True), st.data())
def test_members_are_found_among_large_numbers(numbers, data):
    wanted = data.draw(st.lists(st.sampled_from(numbers), unique=True)) if numbers else []
    other = data.draw(st.integers(0, 99))
    found = members(np.array(numbers, np.int64), np.array([*wanted, other], np.int64))
    assert {numbers[at] for at in found} == {one for one in numbers if one in {*wanted, other}}
