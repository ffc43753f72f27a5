"""``search`` with an order, by article, without other spellings, and with better queries."""

import pytest

from desktop.cli.searching import result_record, result_text
from desktop.core.searching import Proposal, SearchHit, SearchResult, SearchWishes, Snippet


def dates(run, sample, *options):
    [answer] = run("search", sample, "плотина OR dam", "--json", "--limit", "50", *options).records
    ids = [hit["article"] for hit in answer["hits"] if hit["kind"] == "article"]
    known = {record["article"]: record["published_at"] for record in run("list", sample, "--json").records}
    return [known[one] for one in ids]


@pytest.mark.parametrize(("sort", "backwards"), [("newest", True), ("oldest", False)])
def test_hits_are_sorted_by_date(run, sample, sort, backwards):
    found = dates(run, sample, "--sort", sort)
    assert len(set(found)) > 2
    assert found == sorted(found, reverse=backwards)


def test_an_unknown_order_is_wrong_usage(run, sample):
    assert run("search", sample, "dam", "--sort", "prettiest").status == 2


def test_hits_of_an_article_stand_together(run, sample):
    [answer] = run("search", sample, "насос", "--json", "--grouped", "--limit", "2").records
    ids = [hit["article"] for hit in answer["hits"]]
    assert list(dict.fromkeys(ids)) == list(answer["hits_of"]) and len(answer["hits_of"]) == 2
    assert answer["articles"] >= 2 and answer["total"] >= len(ids)
    lines = run("search", sample, "насос", "--grouped").out.splitlines()
    assert any(line.endswith(" hits") and line.startswith("  ") for line in lines[1:])
    assert any(line.startswith("      [quote]") and "›" in line for line in lines)


def test_names_are_found_as_they_stand_where_that_is_wanted(run, sample):
    answers = [
        run("search", sample, "Витрова", "--json", option).records[0]
        for option in ("--other-scripts", "--no-other-scripts")
    ]
    assert answers[0]["total"] >= answers[1]["total"] > 0


def test_what_is_not_shown_is_counted_and_better_queries_are_told():
    hit = SearchHit("n:1", "quote", "a", "1", "Ferry", 1.0, Snippet("the ferry", ((4, 9),)))
    result = SearchResult(
        "fery", "fery", (hit,), 14, hits_of={"a": 14}, proposals=(Proposal("ferry", "ferry", "layout"),)
    )
    lines = result_text(result, SearchWishes(grouped=True)).splitlines()
    assert lines[1] == "Did you mean: ferry (on another keyboard layout)"
    assert lines[2:] == ["  Ferry: 14 hits", "      [quote] the ›ferry‹", "      and 13 more"]

    class Sources:
        def of(self, _article_id):
            return "ferry.txt"

    record = result_record(result, Sources(), SearchWishes())
    assert record["proposals"] == [{"query": "ferry", "words": "ferry", "reason": "layout"}]
    assert {"query", "understood", "total", "hits"} <= set(record) and "facets" not in record
