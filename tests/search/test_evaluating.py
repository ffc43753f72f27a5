"""Trees run over arrays mean what they mean record by record, in documents and scores."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query

from desktop.search.evaluate import Evaluator
from desktop.search.leaves import (
    Anywhere,
    DateValue,
    ExactWord,
    NameValue,
    OfArticles,
    PathValue,
    SimilarWord,
    Value,
    WordForms,
    WordPrefix,
)
from desktop.search.patterns import RegexWord, WildWord
from tests.search.memory import MemorySegment
from tests.search.oracle import Oracle

WORDS = "дом дома дому домик том кот кота drone drones dron dr a 首相 相が が".split()
KINDS = ("article", "quote", "claim")
TAGS = ("оборона", "оборона/дроны", "экономика")
DATES = ("2024", "2025-03", "2025-03-14", "2026-01-02")
PEOPLE = ("Марко Вовчок", "Леся Українка", "Drone Dron")


words = st.sampled_from(WORDS)
fields = st.sampled_from(["text", "title", "note"])
boosts = st.sampled_from([0.5, 1.0, 2.0])
texts = st.lists(words, max_size=12)
records = st.fixed_dictionaries({"text": texts}, optional={"title": texts, "note": texts})
facts = st.fixed_dictionaries(
    {"kind": st.sampled_from([(kind,) for kind in KINDS])},
    optional={
        "tag": st.lists(st.sampled_from(TAGS), unique=True),
        "date": st.sampled_from([(date,) for date in DATES]),
        "who": st.lists(st.sampled_from(PEOPLE), unique=True),
    },
)


@st.composite
def segments(draw, name: str = "memory"):
    size = draw(st.integers(1, 9))
    return MemorySegment(
        draw(st.lists(records, min_size=size, max_size=size)),
        draw(st.lists(facts, min_size=size, max_size=size)),
        draw(st.lists(st.sampled_from("xyz"), min_size=size, max_size=size)),
        frozenset(draw(st.sets(st.integers(0, size - 1), max_size=2))),
        name,
    )


indexes = st.lists(segments(), min_size=1, max_size=3)


def leaf_of(field: str, boost: float = 1.0):
    return st.one_of(
        words.map(lambda word: ExactWord(field, word, boost)),
        words.map(lambda word: WordForms(field, word, boost)),
        st.sampled_from(["д", "до", "dr", "首", "z", ""]).map(lambda text: WordPrefix(field, text, boost)),
        words.map(lambda word: SimilarWord(field, word, boost)),
        st.sampled_from(["д.м.?", ".*t?s", "[^x]*", "к(от|ит)", "(?:a|首.)"]).map(
            lambda text: RegexWord(field, text, boost)
        ),
        st.sampled_from(["д*м", "*ом", "*ro*s", "?от*", "*", "к?т"]).map(
            lambda text: WildWord(field, text, boost)
        ),
    )


def sequence_of(field: str, boost: float, length: int | None = None):
    sizes = {"min_size": length or 2, "max_size": length or 4}
    return st.builds(
        lambda leaves, kind: query.Sequence(leaves, boost=boost, slop=kind[0], ordered=kind[1]),
        st.lists(leaf_of(field), **sizes),
        st.sampled_from([(1, True), (1, True), (3, True), (0, False), (1, False), (4, False)]),
    )


@st.composite
def anywhere(draw):
    """One word or one phrase in several fields, as the query line makes them."""
    names = draw(st.lists(fields, min_size=1, max_size=3, unique=True))
    length = draw(st.sampled_from([1, 1, 2, 3]))
    units = []
    for name in names:
        boost = draw(boosts)
        made = leaf_of(name, boost) if length == 1 else sequence_of(name, boost, length)
        units.append(draw(made))
    if draw(st.booleans()):  # another spelling with another number of words
        units.append(draw(leaf_of(names[0])))
    return Anywhere(units, boost=draw(boosts))


values = st.one_of(
    st.sampled_from(KINDS).map(lambda kind: Value("kind", kind)),
    st.sampled_from(["оборона", "дроны", "нет"]).map(lambda tag: PathValue("tag", tag)),
    st.sampled_from(["Вовчка", "леся", "dron"]).map(lambda name: NameValue("who", name)),
    st.tuples(*[st.sampled_from([None, "2024", "2025-03", "2025-03-14", "2026"])] * 2).map(
        lambda ends: DateValue("date", *ends)
    ),
)
of_whoosh = st.one_of(
    st.builds(query.Term, fields, words, boosts),
    st.builds(query.Phrase, fields, st.lists(words, min_size=1, max_size=3), st.sampled_from([1, 1, 2])),
    st.builds(query.Prefix, fields, st.sampled_from(["д", "dro", "首"])),
    st.builds(query.Wildcard, fields, st.sampled_from(["д*м", "*t", "d?on*", "[дт]ом"])),
    st.builds(query.FuzzyTerm, fields, words, maxdist=st.integers(1, 2), prefixlength=st.integers(0, 2)),
    st.builds(
        query.TermRange,
        fields,
        st.sampled_from([None, "a", "дом"]),
        st.sampled_from([None, "drones", "кот"]),
        st.booleans(),
        st.booleans(),
    ),
    st.sampled_from([query.Every(), query.Every("title"), query.NullQuery]),
)


def joined(subtrees):
    several = st.lists(subtrees, min_size=1, max_size=4)
    return st.one_of(
        st.builds(query.And, several, boosts),
        st.builds(query.And, several, boosts),
        st.builds(query.Or, several, boosts),
        st.builds(query.DisjunctionMax, several, boosts),
        st.builds(query.Not, subtrees),
        st.builds(query.AndNot, subtrees, subtrees),
        st.builds(query.AndMaybe, subtrees, subtrees),
        st.builds(query.Require, subtrees, subtrees),
        st.builds(query.ConstantScoreQuery, subtrees, st.just(1.5)),
        st.builds(OfArticles, subtrees),
    )


any_leaf = st.one_of(
    anywhere(),
    anywhere(),
    values,
    of_whoosh,
    leaf_of("text"),
    st.builds(lambda tree: tree, sequence_of("text", 1.0)),
)
trees = st.recursive(any_leaf, joined, max_leaves=6)


@settings(max_examples=2 * settings().max_examples)
@given(indexes, trees)
def test_documents_and_scores_are_those_of_going_through_every_record(index, tree):
    wanted = Oracle(index).found(tree)
    matches = Evaluator(index).matches(tree)
    found = [(at, int(number)) for at, one in enumerate(matches.documents) for number in one]
    assert found == sorted(wanted) and matches.total == len(wanted)
    scores = [score for at in range(len(index)) for score in matches.scores(at).tolist()]
    assert scores == pytest.approx([wanted[one] for one in found], abs=1e-9)
