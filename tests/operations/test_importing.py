"""Importing into a real archive: lines, steps, duplicates, captures, failures."""

import csv
import io
import json
import os
import sys

import pytest

from desktop.core.errors import ArchiveReadOnly, DiskFull, ExportFailed
from desktop.core.extraction import ImportLine, ImportReport, ImportStatus
from desktop.core.progress import Progress
from desktop.importing.isolate import ExtractionPool
from desktop.importing.sources import Source
from desktop.operations import importing, library
from desktop.operations.import_report import report_csv, report_text, save_report, summary
from desktop.operations.importing import import_paths, import_text
from desktop.operations.keeping import RESTORED
from desktop.store import articles, captures, collections, history, originals, tags
from desktop.store.archive import open_archive

WORDS = "Министр заявил, что решение будет принято завтра, и ответил на вопросы журналистов."
ADDRESS = "https://vestnik.example/2024/03/05/rules"


@pytest.fixture(scope="module")
def pool():
    with ExtractionPool(workers=1) as pool:
        pool.extract(Source("warm.txt", data=WORDS.encode()))
        yield pool


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "статьи"
    folder.mkdir()
    return folder


@pytest.fixture
def run(archive, pool):
    def run(*paths, **more) -> ImportReport:
        return import_paths(archive, paths, more.pop("progress", Progress()), pool=pool, **more)

    return run


def page(title="Новые правила", words=WORDS, address=ADDRESS):
    head = f'<title>{title}</title><link rel="canonical" href="{address}">'
    return f"<html><head>{head}</head><body><article><p>{words * 5}</p></article></body></html>"


def write(path, text):
    path.write_text(text, "utf-8")
    return path


def statuses(report):
    return [str(line.status) for line in report.lines]


def live(archive):
    return articles.count(archive, articles.ArticleFilter())


def test_files_become_articles_with_their_bytes_and_their_place(run, archive, folder):
    write(folder / "а.txt", f"Заголовок\n\n{WORDS}")
    write(folder / "б.html", page())
    report = run(folder, tags=["оборона/дроны"], collection="Дела/Весна")
    assert statuses(report) == ["added", "added"]
    first = report.lines[0].article
    capture = captures.current_capture(archive, first)
    assert capture.text == WORDS
    assert capture.source == str(folder / "а.txt")
    assert originals.read_original(archive, capture.original).decode() == f"Заголовок\n\n{WORDS}"
    assert articles.article(archive, first).metadata.language == "ru"
    assert [tag.path for tag in tags.tags_of_article(archive, first)] == ["оборона/дроны"]
    assert [one.path for one in collections.collections_of_article(archive, first)] == ["Дела/Весна"]


def test_the_same_bytes_are_not_imported_twice(run, archive, folder):
    write(folder / "а.txt", WORDS)
    write(folder / "б.txt", WORDS)
    report = run(folder)
    assert statuses(report) == ["added", "duplicate"]
    assert report.lines[1].article == report.lines[0].article
    again = run(folder)
    assert statuses(again) == ["duplicate", "duplicate"]
    assert again.lines[0].title
    assert live(archive) == 1


def test_bytes_whose_article_lies_in_the_trash_bring_it_back(run, archive, folder):
    path = write(folder / "а.txt", WORDS)
    article = run(path).lines[0].article
    library.trash(archive, [article])
    report = run(path)
    assert statuses(report) == ["duplicate"]
    assert report.lines[0].article == article
    assert report.lines[0].warnings == (RESTORED,)
    assert live(archive) == 1


def test_another_page_of_the_same_address_is_a_capture(run, archive, folder):
    first = run(write(folder / "а.html", page())).lines[0].article
    report = run(write(folder / "б.html", page("Другой заголовок", WORDS.replace("завтра", "сегодня"))))
    assert statuses(report) == ["capture"]
    assert report.lines[0].article == first
    assert len(captures.captures_of(archive, first)) == 2
    assert "сегодня" in captures.current_capture(archive, first).text
    assert articles.article(archive, first).metadata.title == "Новые правила"
    history.undo(archive)
    assert "завтра" in captures.current_capture(archive, first).text


@pytest.mark.parametrize("address", ["https://vestnik.example/", "https://vestnik.example"])
def test_a_front_page_is_nobodys_address(run, archive, folder, address):
    write(folder / "а.html", page("Одна", address=address))
    write(folder / "б.html", page("Другая", WORDS.upper(), address=address))
    assert statuses(run(folder)) == ["added", "added"]


def test_notes_that_name_one_source_stay_apart(run, folder):
    write(folder / "а.txt", f"Первая\n\n{WORDS}\n\nИсточник: {ADDRESS}")
    write(folder / "б.txt", f"Вторая\n\n{WORDS}\n\nИсточник: {ADDRESS}")
    assert statuses(run(folder)) == ["added", "added"]


def test_a_bad_file_costs_one_line(run, archive, folder):
    write(folder / "а.txt", WORDS)
    (folder / "б.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (folder / "в.txt").touch()
    (folder / "г.pdf").write_bytes(b"%PDF-1.7")
    write(folder / "д.txt", WORDS + " Ещё.")
    report = run(folder, folder / "нет.txt")
    assert statuses(report) == ["added", "failed", "failed", "failed", "added", "failed"]
    assert all(line.error.endswith(".") for line in report.lines if line.status is ImportStatus.FAILED)
    assert report.lines[3].detail
    assert live(archive) == 2


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions bind here")
def test_a_folder_without_permission_is_one_line(run, folder):
    closed = folder / "закрыто"
    closed.mkdir(mode=0)
    try:
        write(folder / "я.txt", WORDS)
        assert statuses(run(folder)) == ["failed", "added"]
    finally:
        closed.chmod(0o700)


def test_one_undo_takes_back_the_whole_import(run, archive, folder, monkeypatch):
    monkeypatch.setattr(importing, "_MOST_ARTICLES", 2)
    for number in range(5):
        write(folder / f"{number}.txt", f"{WORDS} {number}")
    run(folder)
    assert live(archive) == 5
    assert len(history.steps(archive)) >= 3
    assert history.undo(archive).label == "Import"
    assert live(archive) == 0
    assert history.undo_label(archive) is None
    history.redo(archive)
    assert live(archive) == 5


def test_lines_are_told_after_their_commit(run, archive, archive_path, folder):
    write(folder / "а.txt", WORDS)
    seen = []

    def told(line: ImportLine) -> None:
        with open_archive(archive_path, read_only=True) as other:
            seen.append(articles.article(other, line.article).metadata.title)

    run(folder, on_line=told)
    assert len(seen) == 1


def test_progress_counts_the_files(run, folder):
    for number in range(3):
        write(folder / f"{number}.txt", f"{WORDS} {number}")
    told = []
    run(folder, progress=Progress(lambda done, total, what: told.append((done, total))))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_cancelling_keeps_what_was_finished(run, archive, folder):
    for number in range(30):
        write(folder / f"{number:02}.txt", f"{WORDS} {number}")
    progress = Progress(lambda done, total, what: progress.cancel() if done == 4 else None)
    report = run(folder, progress=progress)
    assert report.cancelled
    assert 4 <= len(report.lines) < 30
    assert live(archive) == len(report.lines)
    assert summary(report).endswith("Stopped before the end.")


def test_a_full_disk_stops_with_its_error_and_keeps_what_was_written(run, archive, folder, monkeypatch):
    monkeypatch.setattr(importing, "_MOST_ARTICLES", 1)
    for number in range(6):
        write(folder / f"{number}.txt", f"{WORDS} {number}")
    real = originals.add_original

    def fill(opened, original):
        if original.filename == "3.txt":
            raise DiskFull(opened.path)
        real(opened, original)

    monkeypatch.setattr(originals, "add_original", fill)
    told = []
    with pytest.raises(DiskFull):
        run(folder, on_line=told.append)
    assert len(told) == live(archive) == 3


def test_a_read_only_archive_is_said_before_anything_is_read(archive_path, folder):
    write(folder / "а.txt", WORDS)
    with open_archive(archive_path, read_only=True) as opened, pytest.raises(ArchiveReadOnly):
        import_paths(opened, [folder], Progress())


def test_an_archive_may_be_given_by_its_path(archive_path, folder, pool):
    write(folder / "а.txt", WORDS)
    report = import_paths(archive_path, [folder], Progress(), pool=pool)
    with open_archive(archive_path) as opened:
        assert articles.article(opened, report.lines[0].article).metadata.title


def test_records_bring_their_metadata(run, archive, folder):
    record = {
        "id": 1,
        "title": "Запись",
        "text": WORDS,
        "url": ADDRESS,
        "date": "2024-03-05",
        "language": "ru",
    }
    path = write(folder / "набор.jsonl", json.dumps(record, ensure_ascii=False) + "\n{oops\n")
    report = run(path)
    assert statuses(report) == ["added", "failed"]
    assert report.lines[0].source == f"{path}:1"
    metadata = articles.article(archive, report.lines[0].article).metadata
    assert (metadata.title, metadata.url, metadata.published_at) == ("Запись", ADDRESS, "2024-03-05")


def test_an_address_that_is_none_does_not_cost_its_record(run, folder):
    record = {"title": "Заметка", "text": WORDS, "url": "http://[нет/адреса"}
    path = write(folder / "набор.jsonl", json.dumps(record, ensure_ascii=False))
    assert statuses(run(path)) == ["added"]


def test_pasted_text_is_an_article_and_one_step(archive):
    line = import_text(archive, f"Заголовок\n\n{WORDS}", title="Вставка")
    assert (line.status, line.title) == (ImportStatus.ADDED, "Вставка")
    assert history.undo_label(archive) == "Paste article"
    assert import_text(archive, "  ").status is ImportStatus.FAILED


def test_pasted_html_keeps_its_structure(archive):
    line = import_text(archive, f"Итоги\n{WORDS}", html=f"<h2>Итоги</h2><p>{WORDS}</p>")
    capture = articles.article(archive, line.article).current_capture
    assert [str(block.kind) for block in captures.document(archive, capture).blocks] == [
        "heading",
        "paragraph",
    ]


REPORT = ImportReport(
    [
        ImportLine("/d/=sum.txt", ImportStatus.ADDED, "1", "=1+1"),
        ImportLine("/d/б\u202eтекст.txt", ImportStatus.FAILED, error="It is empty.", detail="0 bytes"),
        ImportLine("/d/в.txt", ImportStatus.DUPLICATE, "1", "Статья", warnings=(RESTORED,)),
    ]
)


def test_the_report_tells_failures_first_with_reasons():
    text = report_text(REPORT)
    assert text.startswith("1 added, 1 already here, 1 could not be imported.")
    assert text.index("Could not be imported") < text.index("Added")
    assert "It is empty. (0 bytes)" in text
    assert "\u2068/d/б\u202eтекст.txt\u2069" in text
    assert summary(ImportReport()) == "Nothing to import."


def test_the_marks_that_came_along_are_counted_in_words():
    def told(marks):
        return summary(ImportReport([ImportLine("a.docx", ImportStatus.ADDED, marks=marks)]))

    assert (told(0), told(1), told(1200)) == (
        "1 added.",
        "1 added; 1 mark came along.",
        "1 added; 1,200 marks came along.",
    )


def test_the_table_holds_every_line_and_no_formula():
    rows = list(csv.DictReader(io.StringIO(report_csv(REPORT))))
    assert [row["status"] for row in rows] == ["added", "failed", "duplicate"]
    assert rows[0]["title"] == "'=1+1"


@pytest.mark.parametrize(("name", "start"), [("отчёт.txt", b"1 added"), ("отчёт.CSV", b"\xef\xbb\xbfstatus")])
def test_the_report_is_saved(tmp_path, name, start):
    save_report(REPORT, tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.shared
def test_the_news_sample_and_real_pages(run, archive, shared, folder):
    import gzip

    pages = sorted((shared / "data/extraction/scrapinghub/html").glob("*.gz"))[:10]
    for path in pages:
        (folder / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
    report = run(shared / "samples/ukraine-japan.ru.txt", folder)
    assert statuses(report) == ["added"] * 11
    text = captures.current_capture(archive, report.lines[0].article).text
    assert "около 450 компаний" in text
    assert "десять экспортных центров" in text


def test_a_report_never_takes_an_archives_place(archive_path):
    before = archive_path.read_bytes()
    with pytest.raises(ExportFailed):
        save_report(ImportReport(), archive_path)
    assert archive_path.read_bytes() == before


def test_what_cannot_be_stored_costs_one_line(run, archive, folder, monkeypatch):
    """Whatever an importer lets through: the rest of its batch is kept."""

    def odd(opened, original):
        if b"odd" in original.filename.encode():
            opened.value("SELECT ?", ("\ud800",))
        return add_original(opened, original)

    add_original = originals.add_original
    for name in ("a.txt", "odd.txt", "z.txt"):
        write(folder / name, f"{name}\n\n{WORDS}")
    monkeypatch.setattr(originals, "add_original", odd)
    assert statuses(run(folder)) == ["added", "failed", "added"]
    assert live(archive) == 2
    history.undo(archive)
    assert live(archive) == 0
