"""``list``, ``search``, ``stats``, ``verify`` and ``reindex`` on the sample."""

import sqlite3

import pytest

from desktop import paths


def test_list_gives_each_article_with_its_counts(run, sample):
    records = run("list", sample, "--json").records
    assert len(records) == 9
    assert {record["language"] for record in records} == {"ru", "uk", "en", "ja"}
    for record in records:
        parts = (record[kind] for kind in ("highlights", "quotes", "claims", "notes"))
        assert record["annotations"] == sum(parts) > 0


def test_list_is_readable_without_json(run, sample):
    lines = run("list", sample).out.splitlines()
    assert any("Minamo to ship 24 pumps" in line and "2031-03-10" in line for line in lines)


def test_stats_count_the_sample(run, sample):
    [record] = run("stats", sample, "--json").records
    assert (record["articles"], sum(record["annotations"].values()), record["people"]) == (9, 49, 6)
    assert record["title"] == "The flood that never was"
    assert "articles        9" in run("stats", sample).out


def test_queries_come_from_stdin_and_find_word_forms(run, sample):
    queries = ["насосами", "водосховища", "machine", "貯水池", "(((", "zzzqqq"]
    result = run("search", sample, "-", "--json", "--limit", "5", typed="\n".join(queries) + "\n")
    assert result.status == 0
    answers = result.records
    assert [answer["query"] for answer in answers] == queries
    assert all(answer["total"] >= 1 for answer in answers[:4])
    assert answers[-1]["total"] == 0
    assert all(len(answer["hits"]) <= 5 for answer in answers)


def test_hits_have_places_in_the_text(run, sample):
    [answer] = run("search", sample, "плотина", "--json", "--facets").records
    hit = next(hit for hit in answer["hits"] if hit["kind"] == "article")
    found = [hit["snippet"][start:end].lower() for start, end in hit["snippet_matches"]]
    assert found
    assert all("плотин" in word for word in found)
    assert hit["source_id"].endswith((".txt", ".md", ".html"))
    assert {"kind", "article", "annotation", "title", "score", "matches"} <= set(hit)
    assert isinstance(answer["facets"], dict)


def test_a_speaker_is_found_by_any_of_the_names(run, sample):
    totals = [
        run("search", sample, f"kind:quote speaker:{name}", "--json").records[0]["total"]
        for name in ("Витрова", "Вітрова", "Vitrova")
    ]
    assert totals[0] > 3
    assert len(set(totals)) == 1


def test_search_shows_hits_in_place(run, sample):
    assert "›" in run("search", sample, "pump").out


def test_a_sound_archive_verifies(run, sample):
    result = run("verify", sample)
    assert result.status == 0
    assert "The archive is sound." in result.out


def test_a_changed_text_is_found_by_verify(run, sample):
    connection = sqlite3.connect(sample)
    triggers = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for name in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("UPDATE captures SET text = replace(text, 'насос', 'носос')")
    connection.commit()
    connection.close()
    result = run("verify", sample, "--json")
    assert result.status == 1
    assert any(record["check"] == "captures" for record in result.records)


def test_verify_compares_the_index(run, sample):
    assert run("reindex", sample).status == 0
    sound = run("verify", sample, "--thorough")
    assert sound.status == 0 and "index:" not in sound.out
    (segment,) = paths.cache_dir().glob("index/*/*.seg")
    segment.write_bytes(segment.read_bytes()[:-1] + b"?")
    damaged = run("verify", sample)
    assert damaged.status == 1
    assert (
        "pressmark reindex" in damaged.out and "The archive is sound; its search index is not" in damaged.out
    )
    assert run("reindex", sample).status == 0
    assert run("verify", sample).status == 0


@pytest.mark.parametrize("times", [2])
def test_reindex_builds_the_index_anew(run, sample, times):
    for _ in range(times):
        assert run("reindex", sample).status == 0
    assert run("search", sample, "насос", "--json").records[0]["total"] > 0


@pytest.fixture
def unwritable_index(tmp_path, monkeypatch):
    """A file stands where the folder of the indexes would be."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "index").write_text("in the way", "utf-8")
    monkeypatch.setenv("PRESSMARK_CACHE", str(tmp_path / "cache"))


@pytest.mark.usefixtures("unwritable_index")
def test_search_goes_on_where_no_index_can_be_written(run, sample):
    result = run("search", sample, "pump", "--json")
    assert result.status == 0
    assert result.records[0]["total"] > 0
    assert "could not be written" in result.err


@pytest.mark.usefixtures("unwritable_index")
def test_an_index_that_cannot_be_written_is_no_damage(run, sample):
    result = run("verify", sample)
    assert result.status == 0
    assert "there is none yet" in result.out
    assert "The archive is sound." in result.out


@pytest.mark.usefixtures("unwritable_index")
def test_a_selection_by_search_is_not_guessed_without_an_index(run, sample, tmp_path):
    result = run("export", sample, "--select", "pump", "--out", tmp_path / "pump.csv")
    assert (result.status, (tmp_path / "pump.csv").exists()) == (1, False)
    assert "inside Pressmark" not in result.err
