"""The same index asked by Whoosh itself: the same documents, and the same scores.

Where Whoosh is known to be wrong, ``test_evaluating`` is the judge instead: ANDNOT, whose first document is
not compared when the other side begins earlier; REQUIRE, which is run as ANDNOT; NOT alone, which brings
deleted documents back; ANDMAYBE within AND, whose bonus gets lost; the scores of patterns.
"""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query, scoring

from desktop.search.evaluate import Evaluator
from desktop.search.follower import catch_up, rebuild
from desktop.search.searcher import Searcher
from desktop.search.writer import open_index
from tests.search.conftest import MemorySource, article, mark

WORDS = "дрон дроны дронов санкция санкции центр экспорт drone drones export a the 首相 相が".split()
SEARCH_ROOM = Path(__file__).parents[2] / "desktop" / "search"


def text(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, weights=range(len(WORDS), 0, -1), k=chance.randint(1, 60)))


def lived_in(source: MemorySource, folder: Path, rounds: int = 9) -> None:
    """An index after many commits: records added, changed and removed, segments merged."""
    chance = random.Random(11)
    for turn in range(rounds):
        for number in range(20):
            name = f"{turn}-{number}"
            source.put(article(name, text(chance), title=text(chance)[:30], date=f"20{turn + 10}"))
            if number % 5 == 0:
                source.put(mark(f"{name}-m", name, "quote", text(chance), note=text(chance)[:20]))
        for key in chance.sample(sorted(source.live), 6):
            source.edit(key, text=text(chance))
        source.remove(*chance.sample(sorted(key for key in source.live if key[0] == "a"), 4))
        catch_up(source, folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    source, folder = MemorySource(), tmp_path_factory.mktemp("beside") / "index"
    lived_in(source, folder)
    return folder


@pytest.fixture(scope="module")
def ours(folder):
    searcher = Searcher(folder)
    searcher.state()
    yield searcher
    searcher.close()


@pytest.fixture(scope="module")
def whoosh(folder):
    with open_index(folder).searcher(weighting=scoring.BM25F()) as searcher:
        yield searcher


words = st.sampled_from(WORDS)
fields = st.sampled_from(["text", "text", "title", "note"])
boosts = st.sampled_from([0.5, 1.0, 1.0, 2.0])
terms = st.builds(query.Term, fields, words, boosts)
phrases = st.builds(query.Phrase, fields, st.lists(words, min_size=2, max_size=3))


def joined(subtrees):
    several = st.lists(subtrees, min_size=2, max_size=4)
    return st.one_of(
        st.builds(query.And, several, boosts),
        st.builds(query.Or, several, boosts),
    )


several = st.recursive(st.one_of(terms, terms, phrases), joined, max_leaves=6)
trees = st.one_of(several, several, st.builds(query.AndMaybe, several, several))


def found_by_us(searcher: Searcher, tree) -> dict[str, float]:
    matches = Evaluator(searcher._evaluator.segments).matches(tree)
    return {
        key: score
        for number, segment in enumerate(matches.segments)
        for key, score in zip(
            segment.keys(matches.documents[number]), matches.scores(number).tolist(), strict=True
        )
    }


def found_by_whoosh(searcher, tree) -> dict[str, float]:
    results = searcher.search(tree, limit=None, optimize=False)
    keys = {number: reader_key(searcher, number) for number, _ in results.items()}
    return {keys[number]: score for number, score in results.items()}


def reader_key(searcher, number: int) -> str:
    for leaf, base in searcher.leaf_searchers() if searcher.leaf_searchers() else [(searcher, 0)]:
        if base <= number < base + leaf.doc_count_all():
            return known_keys(leaf)[number - base]
    raise AssertionError(number)


def known_keys(leaf) -> dict[int, str]:
    reader = leaf.reader()
    if not hasattr(reader, "known_keys"):
        reader.known_keys = {
            number: key.decode()
            for key in reader.lexicon("key")
            for number in reader.postings("key", key).all_ids()
        }
    return reader.known_keys


@given(trees)
def test_whoosh_finds_the_same_with_the_same_scores(ours, whoosh, tree):
    assert found_by_us(ours, tree) == pytest.approx(found_by_whoosh(whoosh, tree), abs=1e-9)


@given(
    st.one_of(
        st.builds(query.Prefix, fields, st.sampled_from(["др", "drone", "首"])),
        st.builds(query.Wildcard, fields, st.sampled_from(["д*н", "*е*", "d?one"])),
        st.builds(query.FuzzyTerm, fields, words, prefixlength=st.integers(0, 1)),
        st.builds(query.TermRange, st.just("date"), st.sampled_from(["2011", None]), st.just("2014")),
        st.builds(query.Every),
    )
)
def test_whoosh_finds_the_same_by_patterns_and_ranges(ours, whoosh, tree):
    assert found_by_us(ours, tree).keys() == found_by_whoosh(whoosh, tree).keys()


def test_an_index_that_was_lived_in_answers_as_a_new_one(tmp_path):
    source = MemorySource()
    lived_in(source, tmp_path / "old", rounds=4)
    rebuild(source, tmp_path / "new")
    old, new = Searcher(tmp_path / "old"), Searcher(tmp_path / "new")
    for line in ("дрон", '"дрон дроны"', "сан*", "drone~ -центр", "дата* OR экспорт", "date:2011.."):
        assert old.found(line, records=source.records) == new.found(line, records=source.records)
    old.close()
    new.close()


def test_an_opened_searcher_is_never_refreshed():
    """Whoosh's own way of reusing readers brings deleted records back in every later version of it."""
    banned = re.compile(r"\.refresh\(|reader\([^)]*reuse|\.up_to_date\(")
    modules = sorted(SEARCH_ROOM.rglob("*.py"))
    assert modules and [path.name for path in modules if banned.search(path.read_text("utf-8"))] == []
