"""``annotate``, ``undo``, ``redo`` and ``history``."""

import json
import os

import pytest

from desktop.store import annotations
from desktop.store.archive import open_archive
from tests.archives import FLOOD, add


@pytest.fixture
def article(archive_path) -> str:
    with open_archive(archive_path) as archive:
        return add(archive, FLOOD, language="ru")


def marks(path, article):
    with open_archive(path, read_only=True) as archive:
        return annotations.annotations_of(archive, article)


def test_a_quote_is_marked_with_speaker_tag_and_note(run, archive_path, article):
    result = run(
        "annotate", archive_path, article, "--kind", "quote", "--quote", "Мы эвакуируем всех",
        "--speaker", "Губернатор", "--tag", "вода/паводок", "--note", "Verify", "--json",
    )  # fmt: skip
    assert result.status == 0
    [mark] = marks(archive_path, article)
    assert mark.id == result.records[0]["annotation"]
    assert (mark.exact, mark.note, str(mark.kind)) == ("Мы эвакуируем всех", "Verify", "quote")
    assert mark.speaker_id
    assert len(mark.tag_ids) == 1


@pytest.mark.parametrize("name", ["id", "beginning", "title"])
def test_an_article_can_be_named_in_several_ways(run, archive_path, article, name):
    named = {"id": article, "beginning": article[:13], "title": FLOOD.split("\n")[0]}[name]
    assert run("annotate", archive_path, named, "--quote", "Губернатор").status == 0


def test_a_split_quotation_is_one_mark(run, archive_path, article):
    run("annotate", archive_path, article, "--kind", "quote", "--quote", "Губернатор", "--quote", "и вышел")
    [mark] = marks(archive_path, article)
    assert [span.exact for span in mark.spans] == ["Губернатор", "и вышел"]


def test_words_that_are_not_there_are_refused(run, archive_path, article):
    result = run("annotate", archive_path, article, "--quote", "Мы спасём всех")
    assert result.status == 1
    assert "does not stand in the article" in result.err
    assert marks(archive_path, article) == []


def test_words_that_stand_twice_are_refused(run, archive_path, article):
    result = run("annotate", archive_path, article, "--quote", "Мы эвакуируем")
    assert result.status == 1
    assert "2 times" in result.err


def test_a_file_of_marks_names_its_bad_lines_and_makes_the_rest(run, archive_path, article, tmp_path):
    lines = [
        {"article": article, "kind": "claim", "quote": "Вода поднялась на два метра", "claim": "Two metres"},
        {"article": article, "kind": "quote", "quote": "never said"},
        {"article": article, "kind": "opinion", "quote": "и вышел"},
        {"article": "nowhere", "quote": "и вышел"},
        {"article": article, "ranges": [[0, 4]], "tags": ["вода"]},
    ]
    source = tmp_path / "marks.jsonl"
    source.write_text("\n".join([*map(json.dumps, lines), "not json", ""]), "utf-8")
    result = run("annotate", archive_path, "--from", source, "--json")
    assert result.status == 1
    assert [bool(record["error"]) for record in result.records] == [False, True, True, True, False, True]
    assert result.records[1]["line"] == "marks.jsonl:2"
    assert {mark.exact for mark in marks(archive_path, article)} == {"Вода поднялась на два метра", "Вода"}


def test_a_file_of_marks_is_one_step_to_undo(run, archive_path, article, tmp_path):
    source = tmp_path / "marks.jsonl"
    source.write_text("\n".join(json.dumps({"article": article, "quote": q}) for q in ("и вышел", "Вода")))
    assert run("annotate", archive_path, "--from", source).status == 0
    assert run("undo", archive_path).status == 0
    assert marks(archive_path, article) == []
    assert run("redo", archive_path).status == 0
    assert len(marks(archive_path, article)) == 2


def test_undo_names_what_it_undid_and_history_tells_all(run, archive_path, article):
    run("annotate", archive_path, article, "--kind", "claim", "--quote", "и вышел")
    undone = run("undo", archive_path, "--json").records[0]
    assert undone["label"] == "Mark claim"
    steps = run("history", archive_path, "--json").records
    assert [step["kind"] for step in steps] == ["undo", "do", "do"]
    assert [step["label"] for step in steps] == ["Mark claim", "Mark claim", "Import 1 article"]


def test_nothing_to_undo_is_said_and_fails(run, archive_path):
    result = run("undo", archive_path)
    assert result.status == 1
    assert result.err == "There is nothing left to undo or redo.\n"


def test_annotate_wants_words_or_a_file(run, archive_path, article):
    assert run("annotate", archive_path, article).status == 2
    assert run("annotate", archive_path).status == 2


def test_an_archive_that_can_only_be_read_is_not_marked(run, archive_path, article, monkeypatch):
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    result = run("annotate", archive_path, article, "--quote", "и вышел")
    assert result.status == 1
    assert "read-only" in result.err


@pytest.mark.parametrize(
    "wrong",
    [
        {"tags": [5]},
        {"tags": 5},
        {"speaker": {"name": "x"}},
        {"note": ["x"]},
        {"note": "\ud800"},
        {"ranges": 5},
    ],
)
def test_a_line_of_odd_values_is_named_and_the_next_is_made(run, archive_path, article, tmp_path, wrong):
    source = tmp_path / "marks.jsonl"
    good = {"article": article, "quote": "и вышел"}
    source.write_text("\n".join(json.dumps(line) for line in (good | wrong, good)), "utf-8")
    result = run("annotate", archive_path, "--from", source, "--json")
    assert [bool(record["error"]) for record in result.records] == [True, False]
    assert "inside Pressmark" not in result.err


def test_bytes_that_are_no_text_are_told_as_such(run, archive_path, article):
    for option in ("--tag", "--note", "--speaker"):
        result = run("annotate", archive_path, article, "--quote", "и вышел", option, "a\udcff")
        assert result.status == 1
        assert "no character" in result.err
    assert marks(archive_path, article) == []
