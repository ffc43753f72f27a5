"""The score of the search judges every engine by the same functions."""

import gzip
import json
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture(scope="module")
def score():
    sys.path.insert(0, str(SCRIPTS))
    import score_search

    yield score_search
    sys.path.remove(str(SCRIPTS))


@pytest.fixture
def collection(tmp_path):
    """Three texts, of which two are wanted for one query."""
    folder = tmp_path / "rivers"
    folder.mkdir()
    texts = {"rise": "The river rose by two metres.", "fall": "Rivers fell.", "snow": "Snow in June."}
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
    (folder / "docs.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    (folder / "queries.json").write_text(json.dumps({"1": "river", "2": "never judged"}))
    (folder / "qrels.json").write_text(json.dumps({"1": {"rise": 1, "fall": 1, "snow": 0}, "2": {"snow": 0}}))
    return folder


def test_figures_of_a_known_answer(score):
    wanted = {"a": 1, "b": 1}
    perfect, half = score.Figures.of(["a", "b"], wanted), score.Figures.of(["x", "a"], wanted)
    assert perfect == (1.0, 1.0, 1.0)
    assert half.ndcg == pytest.approx((1 / 1.5849625) / (1 + 1 / 1.5849625))
    assert half.precision == pytest.approx(1 / 4)
    assert half.f1 == pytest.approx(1 / 2)


def test_only_queries_with_something_wanted_are_judged(score, collection):
    assert list(score.Collection(collection).wanted) == ["1"]


def test_all_engines_answer_the_same_queries(score, collection, capsys):
    score.main([str(collection.parent), "rivers"])
    rows = [line.split(" | ")[1:3] for line in capsys.readouterr().out.splitlines()[2:]]
    assert dict(rows) == {
        "Pressmark": "1.000",
        "FTS5 unicode61": "0.613",
        "FTS5 porter": "1.000",
        "Whoosh": "1.000",
    }


def test_ours_alone_lists_the_queries(score, collection, capsys):
    score.main([str(collection.parent), "rivers", "--alone", "--each"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[-1].startswith("| 1 | river |")
