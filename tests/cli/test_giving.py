"""``export`` and ``backup``."""

import json

import pytest

from desktop.operations.exporting import FORMATS
from desktop.store.archive import open_archive


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written(run, sample, tmp_path, name):
    target = tmp_path / f"out{FORMATS[name].extension}"
    result = run("export", sample, "--format", name, "--out", target, "--json")
    assert (result.status, result.err) == (0, "")
    [record] = result.records
    assert (record["path"], record["articles"], record["warnings"]) == (str(target), 9, [])
    assert record["annotations"] == 49
    assert target.stat().st_size > 5000


def test_the_format_follows_the_ending(run, sample, tmp_path):
    run("export", sample, "--out", tmp_path / "a.jsonld")
    assert json.loads((tmp_path / "a.jsonld").read_text("utf-8"))["total"] == 49


def test_an_unknown_ending_is_wrong_usage(run, sample, tmp_path):
    assert run("export", sample, "--out", tmp_path / "a.xyz").status == 2
    assert run("export", sample, "--format", "wordstar", "--out", tmp_path / "a.ws").status == 2


def test_a_collection_a_tag_and_an_article_can_be_chosen(run, sample, tmp_path):
    def count(*choice):
        record = run("export", sample, "--out", tmp_path / "a.csv", *choice, "--json").records[0]
        return record["articles"]

    assert count("--collection", "Паводок") == 9
    assert count("--collection", "Паводок/Насосы") == 3
    assert count("--tag", "проверить") == 3
    assert count("--article", "The lake that shrank while nobody looked") == 1


def test_a_search_can_be_exported(run, sample, tmp_path):
    target = tmp_path / "a.csv"
    record = run(
        "export", sample, "--out", target, "--select", "kind:quote speaker:Vitrova", "--json"
    ).records[0]
    assert record["annotations"] >= 5
    assert all(
        ",quote," in line for line in target.read_text("utf-8-sig").splitlines()[1:] if line.startswith("01")
    )


def test_two_choices_at_once_are_wrong_usage(run, sample, tmp_path):
    assert run("export", sample, "--out", tmp_path / "a.csv", "--tag", "вода", "--select", "x").status == 2


def test_an_unknown_tag_is_named(run, sample, tmp_path):
    result = run("export", sample, "--out", tmp_path / "a.csv", "--tag", "нет")
    assert result.status == 1
    assert "“нет”" in result.err
    assert not (tmp_path / "a.csv").exists()


def test_a_place_that_cannot_be_written_leaves_nothing(run, sample, tmp_path):
    result = run("export", sample, "--out", tmp_path / "none" / "a.csv")
    assert result.status == 1
    assert "could not be written" in result.err


def test_a_backup_is_a_whole_archive(run, sample, tmp_path):
    assert run("backup", sample, tmp_path / "copy.pressmark").status == 0
    with open_archive(tmp_path / "copy.pressmark", read_only=True) as copy:
        assert copy.rows("SELECT count(*) FROM articles") == [(9,)]
    assert run("verify", tmp_path / "copy.pressmark").status == 0
