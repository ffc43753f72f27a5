"""``import`` and ``extract``."""

import json
from pathlib import Path

import pytest

from desktop.operations.samples import sample_files


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two good files and a bad one."""
    place = tmp_path / "inbox"
    place.mkdir()
    (place / "a.txt").write_text("Мост закрыт\n\nМост через Ветлянку закрыли до осени.", "utf-8")
    (place / "b.md").write_text("# Ferry returns\n\nThe ferry runs **again**, twice a day.", "utf-8")
    (place / "c.html").write_bytes(bytes(range(256)) * 40)
    return place


def test_import_makes_the_archive_and_reports_each_file(run, tmp_path, folder):
    archive = tmp_path / "new.pressmark"
    result = run("import", archive, folder, "--json", "--tag", "мосты/паромы", "--collection", "Inbox")
    assert result.status == 1, "one file failed"
    by_name = {Path(record["file"]).name: record for record in result.records}
    assert [by_name[name]["status"] for name in ("a.txt", "b.md", "c.html")] == ["added", "added", "failed"]
    assert by_name["c.html"]["error"].endswith(".")
    assert by_name["c.html"]["article"] is None
    listed = run("list", archive, "--json").records
    assert {record["title"] for record in listed} == {"Мост закрыт", "Ferry returns"}
    assert {record["article"] for record in listed} == {
        by_name["a.txt"]["article"],
        by_name["b.md"]["article"],
    }


def test_the_same_bytes_are_not_imported_twice(run, tmp_path, folder):
    archive = tmp_path / "new.pressmark"
    first = run("import", archive, folder / "a.txt", "--json").records[0]
    again = run("import", archive, folder / "a.txt", "--json")
    assert again.status == 0
    assert (again.records[0]["status"], again.records[0]["article"]) == ("duplicate", first["article"])
    assert len(run("list", archive, "--json").records) == 1


def test_a_missing_file_fails_by_name_and_the_rest_go_on(run, tmp_path, folder):
    result = run("import", tmp_path / "new.pressmark", tmp_path / "none.txt", folder / "b.md")
    assert result.status == 1
    assert "none.txt" in result.out
    assert "1 added, 1 could not be imported." in result.err


def test_the_report_can_be_saved(run, tmp_path, folder):
    run("import", tmp_path / "new.pressmark", folder, "--report", tmp_path / "report.txt")
    assert "c.html" in (tmp_path / "report.txt").read_text("utf-8")


def test_records_keep_their_ids_as_source_ids(run, tmp_path):
    lines = [{"id": f"d{n}", "title": f"Ferry {n}", "text": f"The ferry number {n} sails."} for n in range(3)]
    (tmp_path / "docs.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    archive = tmp_path / "new.pressmark"
    assert run("import", archive, tmp_path / "docs.jsonl").status == 0
    [answer] = run("search", archive, "ferries", "--json").records
    assert {hit["source_id"] for hit in answer["hits"]} == {"d0", "d1", "d2"}


def test_extract_shows_structure_without_an_archive(run, folder):
    result = run("extract", folder / "b.md", "--json")
    [record] = result.records
    assert result.status == 0
    assert record["file"] == str(folder / "b.md")
    assert (record["title"], record["byline"], record["language"]) == ("Ferry returns", [], "en")
    paragraph = record["blocks"][-1]
    [mark] = paragraph["marks"]
    assert paragraph["text"][mark["start"] : mark["end"]] == "again"
    assert record["text"] == "\n".join(block["text"] for block in record["blocks"])


def test_extract_names_what_it_cannot_read(run, folder):
    result = run("extract", folder / "c.html", folder / "a.txt", "--json")
    assert result.status == 1
    bad, good = result.records
    assert set(bad) >= {"file", "error"}
    assert good["language"] == "ru"


def test_the_saved_sample_page_is_read_whole(run):
    [page] = [path for path in sample_files() if path.name == "sovet.html"]
    [record] = run("extract", page, "--json").records
    assert record["byline"] == ["Агния Плёсова"]
    assert record["publisher"] == "Голос Затона"
    assert record["published_at"].startswith("2031-03-12")
    assert record["url"] == "https://golos-zatona.example/news/sovet-vesna"
    kinds = [block["kind"] for block in record["blocks"]]
    assert {"heading", "paragraph", "quote", "table_row", "list_item", "image"} <= set(kinds)
    assert "Главная" not in record["text"]


@pytest.mark.parametrize("option", ["--tag", "--collection"])
def test_a_name_of_nothing_is_refused_before_anything_is_read(run, tmp_path, folder, option):
    result = run("import", tmp_path / "New.pressmark", folder, option, " / ")
    assert result.status == 2
    assert not (tmp_path / "New.pressmark").exists()
