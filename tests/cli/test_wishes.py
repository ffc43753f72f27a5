"""How a person wants things read: options, parts, addresses."""

import gzip
import io
import json
import zipfile
from contextlib import closing

import pytest

from tests.importing.web.pages import WORDS, page
from tests.sites import Site, leads, says

TEXT = "\n\n".join(WORDS)


@pytest.fixture
def site():
    with closing(Site()) as made:
        yield made


@pytest.fixture
def package(tmp_path):
    """Two texts in a ZIP."""
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a.txt", f"Паром вернулся\n\n{TEXT}")
        made.writestr("b/c.txt", f"Мост закрыт\n\n{TEXT}")
    return path


def test_parts_are_listed_and_nothing_is_imported(run, tmp_path, package):
    archive = tmp_path / "New.pressmark"
    result = run("import", archive, package, "--list-parts", "--json")
    assert result.status == 0
    assert [(one["part"], one["title"], one["suggested"]) for one in result.records] == [
        ("a.txt", "a.txt", True),
        ("b/c.txt", "c.txt", True),
    ]
    assert not archive.exists()


def test_parts_can_be_named(run, tmp_path, package):
    [line] = run("import", tmp_path / "New.pressmark", package, "--part", "b/c.txt", "--json").records
    assert (line["file"], line["title"]) == (f"{package}/b/c.txt", "Мост закрыт")
    [read] = run("extract", package, "--part", "a.txt", "--json").records
    assert read["title"] == "Паром вернулся"


def test_a_file_of_one_article_has_no_parts(run, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    result = run("extract", tmp_path / "a.txt", "--list-parts")
    assert (result.status, result.out) == (0, "")
    assert "one article" in result.err


def test_a_broken_file_fails_by_name_in_a_list(run, tmp_path, package):
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 nothing")
    result = run("extract", tmp_path / "bad.zip", package, "--list-parts", "--json")
    assert result.status == 1
    assert [record.get("reason", record.get("part")) for record in result.records] == [
        "malformed",
        "a.txt",
        "b/c.txt",
    ]


def test_another_encoding_can_be_asked_for(run, tmp_path):
    (tmp_path / "a.txt").write_bytes(TEXT.encode("koi8-r"))
    [read] = run("extract", tmp_path / "a.txt", "--encoding", "CP1251", "--json").records
    assert read["encoding"] == "cp1251"
    assert read["text"] == TEXT.encode("koi8-r").decode("cp1251").replace("\n\n", "\n")


@pytest.mark.parametrize("name", ["no-such", "base64", "\0"])
def test_an_unknown_encoding_is_wrong_usage(run, tmp_path, name):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert run("extract", tmp_path / "a.txt", "--encoding", name).status == 2


def test_the_whole_page_can_be_asked_for(run, tmp_path):
    words = "Контакты редакции: набережная, дом 3, второй этаж, вход со двора у старой мельницы."
    (tmp_path / "a.html").write_text(page().replace("</nav>", f"<p>{words}</p></nav>"), "utf-8")
    [found] = run("extract", tmp_path / "a.html", "--json").records
    [whole] = run("extract", tmp_path / "a.html", "--whole", "--json").records
    assert words not in found["text"]
    assert WORDS[0] in whole["text"]
    assert len(whole["text"]) >= len(found["text"])


def test_an_address_is_fetched_beside_files(run, tmp_path, site):
    site.pages |= {"/a": says(page().encode()), "/b": leads("file:///etc/passwd")}
    (tmp_path / "a.txt").write_text(f"Мост закрыт\n\n{TEXT}", "utf-8")
    archive = tmp_path / "New.pressmark"
    result = run("import", archive, f"{site.address}/a", tmp_path / "a.txt", f"{site.address}/b", "--json")
    assert result.status == 1
    assert [record["status"] for record in result.records] == ["added", "added", "failed"]
    assert result.records[2]["file"] == f"{site.address}/b"
    assert "2 added, 1 could not be imported." in result.err
    again = run("import", archive, f"{site.address}/a", "--json")
    assert [record["status"] for record in again.records] == ["duplicate"]


def test_an_address_can_be_looked_at_without_an_archive(run, site):
    site.pages["/a"] = says(page().encode())
    [read] = run("extract", f"{site.address}/a", "--json").records
    assert (read["file"], read["title"]) == (f"{site.address}/a", "Паром вернулся")
    [missing] = run("extract", f"{site.address}/none", "--json").records
    assert missing["reason"] == "not_there"


def test_the_parts_of_an_archive_at_an_address_can_be_chosen(run, tmp_path, site):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("1.jsonl", json.dumps({"title": "Паром", "text": TEXT}))
        made.writestr("2.html", page())
    site.pages["/x.zip"] = says(out.getvalue(), Content_Type="application/zip")
    listed = run("import", tmp_path / "New.pressmark", f"{site.address}/x.zip", "--list-parts", "--json")
    assert [one["part"] for one in listed.records] == ["1.jsonl", "2.html"]
    lines = run("import", tmp_path / "New.pressmark", f"{site.address}/x.zip", "--part", "2.html", "--json")
    assert [(one["status"], one["title"]) for one in lines.records] == [("added", "Паром вернулся")]


def test_the_pages_of_a_web_archive_are_listed_for_people(run, tmp_path):
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page().encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\n"
        "WARC-Date: 2026-03-14T09:20:00Z\r\nContent-Type: application/http\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(head.encode() + body + b"\r\n\r\n"))
    result = run("import", tmp_path / "New.pressmark", tmp_path / "a.warc.gz", "--list-parts")
    first, second = result.out.splitlines()[:2]
    assert first == "* 2026-03-14T09:20:00.000Z https://a.example/1"
    assert second.startswith("    Паром вернулся · https://a.example/1 · 2026-03-14 09:20, ")
