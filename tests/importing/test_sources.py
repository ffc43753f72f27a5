"""Files, folders and records, with everything a disk can hold against us."""

import os
import sys
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, ImportFailed
from desktop.core.progress import Progress
from desktop.importing import sources
from desktop.importing.extract import extract_source
from desktop.importing.sources import Source, find_sources, read_source, shown_name

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


def names(*paths):
    return [Path(source.name).name for source in find_sources(paths, Progress())]


def fill(folder, *files):
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("слова", "utf-8")


def reason(source):
    with pytest.raises(ImportFailed) as caught:
        read_source(source)
    return caught.value.reason


def test_folders_are_walked_in_reading_order(tmp_path):
    fill(tmp_path, "глава 10.txt", "глава 2.txt", "б/внутри.txt", "а.md")
    assert names(tmp_path) == ["а.md", "внутри.txt", "глава 2.txt", "глава 10.txt"]


def test_hidden_files_and_what_pages_bring_along_are_left_out(tmp_path):
    fill(tmp_path, "page.html", "page_files/frame.html", "page.files/x.html", ".hidden.txt", ".git/x.txt",
         "photo.jpg", "style.css", "__MACOSX/a.txt", "other_files/kept.txt")  # fmt: skip
    assert names(tmp_path) == ["kept.txt", "page.html"]


def test_a_file_named_by_the_person_is_always_tried(tmp_path):
    fill(tmp_path, ".hidden.txt", "photo.jpg")
    assert names(tmp_path / ".hidden.txt", tmp_path / "photo.jpg") == [".hidden.txt", "photo.jpg"]


def test_a_missing_path_is_one_failed_source(tmp_path):
    (source,) = find_sources([tmp_path / "нет.txt"], Progress())
    assert source.failure[0] == "missing"
    assert reason(source) == "missing"


@posix
def test_loops_of_links_end(tmp_path):
    fill(tmp_path, "a/x.txt")
    (tmp_path / "a/loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    found = list(find_sources([tmp_path], Progress()))
    assert [Path(source.name).name for source in found if not source.failure] == ["x.txt"]
    assert [Path(source.name).name for source in found if source.failure] == ["self"]


@posix
def test_pipes_and_devices_are_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    found = list(find_sources([tmp_path, Path("/dev/zero")], Progress()))
    assert [source.failure for source in found] == [("not_a_file", "")] * 2
    assert reason(Source("pipe", str(tmp_path / "pipe.txt"))) == "not_a_file"


@posix
def test_a_folder_that_may_not_be_read_is_one_failed_line(tmp_path, monkeypatch):
    fill(tmp_path, "closed/x.txt", "open/y.txt")
    real = os.scandir

    def refuse(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = list(find_sources([tmp_path], Progress()))
    assert [(Path(source.name).name, source.failure and source.failure[0]) for source in found] == [
        ("closed", "no_permission"),
        ("y.txt", None),
    ]


@pytest.mark.parametrize(
    "name", ["😀 новость.txt", "\u202eтекст\u200f.txt", "a'b\"c %s.txt", "x" * 200 + ".txt"]
)
def test_odd_names(tmp_path, name):
    fill(tmp_path, name)
    (source,) = find_sources([tmp_path], Progress())
    assert Path(source.name).name == name
    assert next(extract_source(source)).original.filename == name


@posix
def test_a_name_that_is_no_utf8_is_shown_and_read(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"\xef\xf0\xe8.txt")).write_bytes(b"words here")
    except OSError:
        pytest.skip("this disk stores only UTF-8 names")
    (source,) = find_sources([tmp_path], Progress())
    assert "\ufffd" in source.name
    source.name.encode("utf-8")
    assert next(extract_source(source)).document.text == "words here"
    assert shown_name("просто") == "просто"


def test_the_limit_is_told_before_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_BYTES", 10)
    (tmp_path / "big.txt").write_bytes(b"x" * 11)
    monkeypatch.setattr(sources, "read_bytes", lambda path: pytest.fail("it was read"))
    assert reason(Source("big", str(tmp_path / "big.txt"))) == "too_large"


def test_what_holds_many_articles_may_be_larger(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_BYTES", 10)
    monkeypatch.setattr(sources, "MAX_CONTAINER_BYTES", 30)
    for name, data, size in (("a.warc", b"WARC/1.0\r\n", 20), ("b.ZIP", b"PK\x03\x04", 30)):
        (tmp_path / name).write_bytes(data.ljust(size))
        assert read_source(Source(name, str(tmp_path / name))) == data.ljust(size)
    for name, data, size in (("c.zip", b"not one", 20), ("d.txt", b"WARC/1.0", 20), ("e.warc", b"WARC/", 31)):
        (tmp_path / name).write_bytes(data.ljust(size))
        assert reason(Source(name, str(tmp_path / name))) == "too_large"


def test_two_hundred_megabytes_are_refused_at_once(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert reason(Source("huge", str(path))) == "too_large"


def test_a_file_that_changed_once_is_read_again(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("старое", "utf-8")
    real, turns = sources.read_bytes, iter(["новое целиком"])

    def read(name, limit):
        data = real(name, limit)
        for text in turns:
            path.write_text(text, "utf-8")
        return data

    monkeypatch.setattr(sources, "read_bytes", read)
    assert read_source(Source("a", str(path))).decode() == "новое целиком"


def test_a_file_that_keeps_changing_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("старое", "utf-8")
    real = sources.read_bytes

    def read(name, limit):
        data = real(name, limit)
        path.write_bytes(data + b"+")
        return data

    monkeypatch.setattr(sources, "read_bytes", read)
    assert reason(Source("a", str(path))) == "changed"


def test_each_line_of_records_is_a_source(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text('\ufeff{"title": "А", "text": "один"}\n\n{"broken\n{"text": "два"}\n', "utf-8")
    found = list(find_sources([path], Progress()))
    assert [source.name.rpartition(":")[2] for source in found] == ["1", "3", "4"]
    assert next(extract_source(found[0])).document.metadata.title == "А"
    with pytest.raises(ImportFailed) as caught:
        next(extract_source(found[1]))
    assert caught.value.reason == "malformed"


def test_cancelling_stops_the_walk(tmp_path):
    fill(tmp_path, "a.txt", "b.txt")
    progress = Progress()
    walk = find_sources([tmp_path], progress)
    next(walk)
    progress.cancel()
    with pytest.raises(Cancelled):
        next(walk)
