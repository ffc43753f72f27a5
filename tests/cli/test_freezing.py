"""``freeze`` and ``frozen`` on the sample."""

import csv

import pytest


@pytest.fixture
def pumps(run, sample):
    result = run("freeze", sample, "Насосы", "насос", "--json")
    assert result.status == 0, result.err
    return result.records[0]


def test_a_search_is_frozen_and_listed(run, sample, pumps):
    assert pumps["articles"] >= 1
    assert len(pumps["seal"]) == 64
    assert run("frozen", sample, "--json").records == [pumps]
    text = run("frozen", sample).out
    assert "Насосы:" in text
    assert pumps["seal"][:12] in text


def test_its_articles_are_shown_with_where_they_are(run, sample, pumps):
    head, *found = run("frozen", sample, "насосы", "--json").records
    assert head == pumps
    assert len(found) == pumps["articles"]
    assert {one["state"] for one in found} == {"in the library"}
    assert sum(one["marks_found"] for one in found) == pumps["marks"]


def test_what_is_new_since_is_told(run, sample, pumps, tmp_path):
    page = tmp_path / "new.txt"
    page.write_text("Новые насосы\n\nНасосы привезли вчера вечером, говорит инженер.", "utf-8")
    assert run("import", sample, page).status == 0
    [found] = run("frozen", sample, "Насосы", "--since", "--json").records
    assert len(found["new"]) == 1
    assert found["gone"] == []
    assert found["same_analysis"]
    assert "+ " in run("frozen", sample, "Насосы", "--since").out


def test_the_list_is_written_and_exported(run, sample, pumps, tmp_path):
    target = tmp_path / "list.csv"
    assert run("frozen", sample, "Насосы", "--out", target).status == 0
    rows = list(csv.DictReader(target.read_text("utf-8-sig").splitlines()))
    assert len({row["article_id"] for row in rows}) == pumps["articles"]
    [report] = run("export", sample, "--frozen", "Насосы", "--out", tmp_path / "a.jsonld", "--json").records
    assert report["articles"] == pumps["articles"]


def test_wrong_names_are_told(run, sample, pumps):
    assert run("freeze", sample, "насосы", "x").status != 0
    assert "Nobody" in run("frozen", sample, "Nobody").err
    assert run("frozen", sample, "--since").status == 2
    assert run("undo", sample).status == 0
    assert run("frozen", sample, "--json").records == []
