"""What a new user does with real articles, through the command line."""

import gzip
import json

import pytest

from desktop.operations.exporting import FORMATS
from desktop.store import annotations, people
from desktop.store.archive import open_archive

pytestmark = [pytest.mark.shared, pytest.mark.timeout(240)]

SPOKEN = (
    "Если мы хотим открыть новую страницу — оборонное сотрудничество между нашими странами, думаю, "
    "она может стать исторической,"
)
COMPANIES = "в Украине работают около 450 компаний, занимающихся производством беспилотников"
CENTRES = "в 2026 году в Европе заработают десять экспортных центров украинских технологий"
# Each query is asked in another form than the one that stands in the article.
QUERIES = {
    "дрон": "дрон",
    "беспилотник": "беспилотник",
    "экспортный центр": "центр",
    "speaker:Зеленский": "страницу",
}
PAGES = 10


def test_the_russian_article_from_import_to_undo(run, shared, tmp_path):
    archive = tmp_path / "Мои статьи.pressmark"
    source = shared / "samples/ukraine-japan.ru.txt"
    [line] = run("import", archive, source, "--json").records
    assert (line["status"], line["error"]) == ("added", None)
    article = line["article"]
    [listed] = run("list", archive, "--json").records
    assert listed["language"] == "ru"

    tag = ("--tag", "оборона/дроны")
    quote = ("annotate", archive, article, "--kind", "quote", "--quote", SPOKEN)
    assert (
        run(*quote, "--speaker", "Владимир Зеленский", "--cue", "отметил", "--mode", "direct", *tag).status
        == 0
    )
    for words in (COMPANIES, CENTRES):
        assert run("annotate", archive, article, "--kind", "claim", "--quote", words, *tag).status == 0

    for query, form in QUERIES.items():
        [answer] = run("search", archive, query, "--json").records
        assert answer["total"] >= 1, query
        found = [
            hit["snippet"][start:end].lower()
            for hit in answer["hits"]
            for start, end in hit["snippet_matches"]
        ]
        if not query.startswith("speaker:"):
            assert any(form in word for word in found), (query, found)
        else:
            assert any(form in hit["snippet"] for hit in answer["hits"])

    for name, entry in FORMATS.items():
        target = tmp_path / f"out{entry.extension}"
        [report] = run("export", archive, "--format", name, "--out", target, "--json").records
        assert (report["annotations"], report["warnings"]) == (3, [])
        if name != "pressmark":
            assert "оборона/дроны" in target.read_text("utf-8-sig")

    with open_archive(archive, read_only=True) as opened:
        marks = annotations.annotations_of(opened, article)
        assert [mark.exact for mark in marks] == [SPOKEN, COMPANIES, CENTRES]
        assert people.person(opened, marks[0].speaker_id).name == "Владимир Зеленский"

    assert run("undo", archive).status == 0
    [listed] = run("list", archive, "--json").records
    assert listed["annotations"] == 2
    assert run("redo", archive).status == 0
    assert run("verify", archive).status == 0


def test_ten_saved_pages_from_import_to_undo(run, shared, tmp_path):
    home = shared / "data/extraction/fundus/html"
    folder = tmp_path / "pages"
    folder.mkdir()
    wanted = [
        path for mark in ("ua_", "jp_", "uk_", "us_") for path in sorted(home.glob(f"{mark}*.html.gz"))[:4]
    ]
    for path in wanted[:PAGES]:
        (folder / path.name.removesuffix(".gz")).write_bytes(gzip.decompress(path.read_bytes()))

    archive = tmp_path / "pages.pressmark"
    imported = run("import", archive, folder, "--json", "--collection", "Pages")
    assert [record["status"] for record in imported.records] == ["added"] * PAGES
    listed = run("list", archive, "--json").records
    assert all(record["title"] for record in listed)

    texts = {record["file"]: record for record in run("extract", folder, "--json").records}
    wishes = []
    for record in imported.records:
        block = max(
            (b for b in texts[record["file"]]["blocks"] if b["kind"] == "paragraph"),
            key=lambda b: len(b["text"]),
        )
        words = block["text"][:120]
        wishes.append(
            {"article": record["article"], "kind": "claim", "quote": words, "tags": ["checked/pages"]}
        )
    source = tmp_path / "marks.jsonl"
    source.write_text("\n".join(json.dumps(wish) for wish in wishes), "utf-8")
    assert run("annotate", archive, "--from", source).status == 0

    [answer] = run("search", archive, "tag:checked", "--json", "--limit", "50").records
    assert answer["total"] == PAGES
    for name, entry in FORMATS.items():
        target = tmp_path / f"out{entry.extension}"
        [report] = run("export", archive, "--format", name, "--out", target, "--json").records
        assert (report["articles"], report["annotations"], report["warnings"]) == (PAGES, PAGES, [])
    assert run("undo", archive).status == 0
    assert sum(record["annotations"] for record in run("list", archive, "--json").records) == 0
    assert run("verify", archive).status == 0
