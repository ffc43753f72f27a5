"""The bench asks all engines the same: their totals must agree before their times mean anything."""

import sqlite3

import pytest

from tests.bench.engines import corpus
from tests.bench.engines.engine import Unsupported
from tests.bench.engines.fts5 import Fts5
from tests.bench.engines.ours import Ours
from tests.bench.engines.questions import EACH, KINDS, questions
from tests.bench.engines.stock import StockWhoosh

ARTICLES = 150


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    kept, corpus.KEPT = corpus.KEPT, tmp_path_factory.mktemp("engines")
    yield corpus.corpus_of(ARTICLES, "synthetic")
    corpus.KEPT = kept


@pytest.fixture(scope="module")
def asked(articles):
    return questions(articles)


@pytest.fixture(scope="module", params=[Fts5, StockWhoosh], ids=lambda engine: engine.name)
def engines(request, articles, tmp_path_factory):
    """Ours and another one, filled and open."""
    made = []
    for engine in (Ours(), request.param()):
        folder = tmp_path_factory.mktemp("index")
        engine.prepare(articles, folder)
        engine.build(articles, folder)
        engine.settle(articles, folder)
        engine.open(articles, folder)
        assert engine.size(articles, folder) > 10_000
        made.append(engine)
    return made


def test_there_are_questions_of_every_kind(asked):
    assert {one.kind for one in asked} == set(KINDS)
    assert all(sum(one.kind == kind for one in asked) <= EACH for kind in KINDS)


# Ours takes spellings as one word, a transposition as one edit, and widens what has no answer.
@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"fuzzy", "forms", "and"}))
def test_totals_agree(engines, asked, kind):
    ours, other = engines
    for question in (one for one in asked if one.kind == kind):
        try:
            wanted = other.ask(question)
        except Unsupported:
            return
        assert ours.ask(question) == wanted, question


def test_the_corpus_is_whole(articles):
    rows = sqlite3.connect(articles)
    assert rows.execute("SELECT count(*), min(length(text)) > 0 FROM articles").fetchone() == (ARTICLES, 1)
    rows.close()
    source = corpus.TableSource(articles)
    keys = source.keys("", ARTICLES)
    assert source.keys(keys[9], 3) == keys[10:13]
    assert list(source.records(keys)) == keys
    source.close()
