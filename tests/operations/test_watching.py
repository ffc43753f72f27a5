"""Which files of a folder are new and whole, and that nothing comes twice."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.core.extraction import ImportStatus
from desktop.core.progress import Progress
from desktop.operations import watching
from desktop.operations.watching import (
    Known,
    Watch,
    compare,
    import_ready,
    list_folder,
    read_seen,
    read_watch,
    with_seen,
    write_seen,
    write_watch,
)
from desktop.store import articles, collections, meta, tags

ONE, TWO = (10, 1), (20, 2)


def names(listing):
    return sorted(Path(path).name for path in listing)


def test_a_file_is_ready_once_it_has_stayed_as_it_is():
    ready, known = compare(Known(), {"a": ONE}, 100.0, settled=3.0)
    assert ready == []
    ready, known = compare(known, {"a": ONE}, 102.9, settled=3.0)
    assert ready == []
    ready, known = compare(known, {"a": ONE}, 103.0, settled=3.0)
    assert ready == ["a"]


def test_a_file_that_grows_is_waited_for():
    _, known = compare(Known(), {"a": ONE}, 0.0, settled=3.0)
    ready, known = compare(known, {"a": TWO}, 10.0, settled=3.0)
    assert ready == []
    assert compare(known, {"a": TWO}, 13.0, settled=3.0)[0] == ["a"]


def test_what_was_dealt_with_is_not_new_until_it_changes():
    ready, known = compare(Known(), {"a": ONE, "b": ONE}, 0.0, settled=0.0)
    known = with_seen(known, ready)
    assert known == Known({"a": ONE, "b": ONE})
    assert compare(known, {"a": ONE, "b": ONE}, 9.0, settled=0.0)[0] == []
    assert compare(known, {"a": ONE, "b": TWO}, 9.0, settled=0.0)[0] == ["b"]


def test_what_has_gone_is_forgotten():
    _, known = compare(Known({"a": ONE}, {"b": (ONE, 0.0)}), {}, 9.0, settled=3.0)
    assert known == Known()


def test_a_listing_leaves_out_what_is_half_there(tmp_path):
    for name in (
        "note.txt a.part b.crdownload c.download .hidden.txt empty.pdf x.pressmark x.pressmark-wal page.html "
        "page_files/ad.html deep/er/letter.eml неделя.md"
    ).split():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("" if name == "empty.pdf" else "words")
    (tmp_path / "deep" / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nothing")
    found = list_folder(tmp_path, Progress())
    assert names(found) == ["letter.eml", "note.txt", "page.html", "неделя.md"]
    assert found[str(tmp_path / "note.txt")][0] == 5


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        list_folder(tmp_path / "gone", Progress())


def test_what_is_wanted_and_seen_lives_in_the_archive(archive):
    assert read_watch(archive) == Watch()
    assert read_seen(archive) is None
    watch = Watch(True, "/home/ann/Downloads", "news/incoming", "Inbox")
    write_watch(archive, watch)
    write_seen(archive, Known({"/a/\udcff.txt": ONE}, {"b": (ONE, 1.0)}))
    assert read_watch(archive) == watch
    assert read_seen(archive) == Known({"/a/\udcff.txt": ONE})
    write_watch(archive, replace(watch, on=False))
    assert read_seen(archive) is not None
    write_watch(archive, replace(watch, folder="/elsewhere"))
    assert read_seen(archive) is None


@pytest.mark.parametrize("kept", ["", "no json", "[1]", '{"on": "yes", "folder": 7}'])
def test_settings_that_somebody_broke_are_the_default(archive, kept):
    meta.set_setting(archive, "watch", kept)
    meta.set_setting(archive, "watch.seen", kept)
    assert read_watch(archive) == Watch()
    assert read_seen(archive) == Known()


def test_new_files_are_imported_once_and_filed(archive, tmp_path):
    (tmp_path / "note.txt").write_text("Мост закроют на шесть недель, обещает город.", "utf-8")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04" + b"\x00" * 400)
    watch = Watch(True, str(tmp_path), "входящие/мост", "Inbox")
    ready, known = compare(Known(), list_folder(tmp_path, Progress()), 0.0, settled=0.0)
    report, known = import_ready(archive, watch, ready, known, Progress())
    assert [report.count(one) for one in (ImportStatus.ADDED, ImportStatus.FAILED)] == [1, 1]
    article = next(line.article for line in report.lines if line.article)
    assert [tag.path for tag in tags.tags_of_article(archive, article)] == ["входящие/мост"]
    assert [one.path for one in collections.collections_of_article(archive, article)] == ["Inbox"]
    assert read_seen(archive) == known
    assert compare(known, list_folder(tmp_path, Progress()), 9.0, settled=0.0)[0] == []
    assert articles.count(archive, articles.ArticleFilter()) == 1


def test_after_a_cancel_nothing_counts_as_dealt_with(archive, tmp_path):
    (tmp_path / "note.txt").write_text("Мост закроют на шесть недель.", "utf-8")
    progress = Progress()
    progress.cancel()
    ready, known = compare(Known(), list_folder(tmp_path, Progress()), 0.0, settled=0.0)
    report, known = import_ready(archive, Watch(True, str(tmp_path)), ready, known, progress)
    assert report.cancelled and report.lines == []
    assert compare(known, list_folder(tmp_path, Progress()), 9.0, settled=0.0)[0] == ready
    assert read_seen(archive) is None


def test_a_huge_folder_is_read_in_part(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "MOST_FILES", 3)
    for number in range(3):
        (tmp_path / str(number)).mkdir()
        for other in range(2):
            (tmp_path / str(number) / f"{other}.txt").write_text("words")
    assert len(list_folder(tmp_path, Progress())) == 4
