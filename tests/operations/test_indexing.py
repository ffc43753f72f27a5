"""The index beside a real archive: here, and in a child process of its own."""

import errno
import multiprocessing
import os
import signal
import threading

import psutil
import pytest

from desktop import paths
from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.errors import ArchiveMissing, Cancelled, IndexFailed
from desktop.core.progress import Progress
from desktop.operations.following import IndexPhase
from desktop.operations.indexing import IndexProcess, index_now, reindex
from desktop.operations.searching import ArchiveSearch
from desktop.operations.verifying import verify
from desktop.search import builder, writer
from desktop.search.writer import open_index, read_state
from desktop.store import articles, captures
from desktop.store.archive import Archive
from desktop.store.history import operation


def add(archive: Archive, *texts: str) -> None:
    with operation(archive, "Import"):
        for number, text in enumerate(texts):
            metadata = Metadata(title=f"Title {number}", language="ru")
            article_id = articles.add_article(archive, metadata)
            document = Document.build([Block(BlockKind.PARAGRAPH, text)], metadata)
            capture = captures.add_capture(archive, article_id, document, original=None, extractor="test/1")
            articles.set_current_capture(archive, article_id, capture)


class Statuses:
    """What an index process said, to be waited for."""

    def __init__(self) -> None:
        self.said = []
        self.news = threading.Condition()

    def __call__(self, status) -> None:
        with self.news:
            self.said.append(status)
            self.news.notify_all()

    def wait_for(self, wanted) -> None:
        with self.news:
            assert self.news.wait_for(lambda: any(wanted(one) for one in self.said), 30), self.said


@pytest.fixture
def statuses():
    return Statuses()


@pytest.fixture
def process(archive_path, statuses):
    process = IndexProcess(archive_path, statuses)
    yield process
    process.stop()


def ready(count: int):
    return lambda status: status.phase is IndexPhase.READY and status.indexed == count


def the_child() -> psutil.Process:
    (child,) = [one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())]
    return child


def test_index_now_brings_it_up_to_date(archive, archive_path):
    add(archive, "дроны летят", "новости")
    told = []
    status = index_now(archive_path, Progress(lambda done, total, what: told.append((done, total))))
    assert (status.phase, status.indexed, status.total) == (IndexPhase.READY, 2, 2)
    assert told[-1] == (2, 2)
    add(archive, "ещё дрон")
    assert index_now(archive_path).indexed == 3


def test_reindex_makes_another_index(archive, archive_path):
    add(archive, "дроны летят")
    index_now(archive_path)
    folder = paths.index_dir(archive.id)
    (folder / "mine").touch()
    assert reindex(archive_path).indexed == 1
    assert not (folder / "mine").exists()


def test_indexing_can_be_cancelled(archive, archive_path):
    add(archive, *["слово"] * 60)
    progress = Progress(lambda done, _total, _what: progress.cancel() if done else None)
    with pytest.raises(Cancelled):
        index_now(archive_path, progress)
    assert index_now(archive_path).indexed == 60


def test_a_full_disk_is_told(archive, archive_path, monkeypatch):
    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    add(archive, "слово")
    monkeypatch.setattr(writer.BatchWriter, "commit", full)
    with pytest.raises(IndexFailed, match="No space left"):
        index_now(archive_path)
    monkeypatch.undo()
    monkeypatch.setenv("PRESSMARK_CACHE", str(archive_path.parent / "cache"))
    assert index_now(archive_path).indexed == 1


def test_the_follower_goes_on_once_the_index_can_be_written(archive, archive_path, process, statuses):
    folder = paths.index_dir(archive.id)
    folder.parent.parent.mkdir(parents=True, exist_ok=True)
    folder.parent.write_text("in the way", "utf-8")
    add(archive, "слово")
    process.start()
    statuses.wait_for(lambda status: status.phase is IndexPhase.FAILED)
    assert "Articles and marks are safe" in process.status.detail
    folder.parent.unlink()
    process.poke()
    statuses.wait_for(lambda status: status.phase is IndexPhase.READY)
    assert process.status.indexed == 1


def test_a_missing_archive_is_told(tmp_path):
    with pytest.raises(ArchiveMissing):
        index_now(tmp_path / "none.pressmark")


def test_a_child_follows_the_archive(archive, process, statuses):
    add(archive, "дроны летят")
    process.start()
    process.start()
    statuses.wait_for(ready(1))
    add(archive, "ещё дрон", "новости")
    process.poke()
    statuses.wait_for(ready(3))
    with ArchiveSearch(archive) as search:
        result = search.search("дрон")
    assert (result.total, result.indexed, result.records, result.hint) == (2, 3, 3, "")
    process.stop()
    assert process.status.phase is IndexPhase.STOPPED
    process.stop()


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_killed_child_is_started_again(archive, process, statuses):
    add(archive, "дроны летят")
    process.start()
    statuses.wait_for(ready(1))
    os.kill(the_child().pid, signal.SIGKILL)
    add(archive, "ещё дрон")
    statuses.wait_for(ready(2))


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_child_that_keeps_dying_is_given_up(archive, process, statuses):
    process.start()
    for _ in range(3):
        statuses.wait_for(ready(0))
        statuses.said.clear()
        os.kill(the_child().pid, signal.SIGKILL)
    statuses.wait_for(lambda status: status.phase is IndexPhase.FAILED)
    process.stop()
    assert process.status.phase is IndexPhase.FAILED


def test_a_child_that_cannot_be_started_is_told(process, statuses, monkeypatch):
    def refused(_self) -> None:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(multiprocessing.get_context("spawn").Process, "start", refused)
    process.start()
    statuses.wait_for(lambda status: status.phase is IndexPhase.FAILED)
    assert "Articles and marks are safe" in process.status.detail


def test_damage_is_mended_when_it_is_pointed_out(archive, process, statuses):
    add(archive, "дроны летят")
    process.start()
    statuses.wait_for(ready(1))
    (segment,) = paths.index_dir(archive.id).glob("*.seg")
    data = segment.read_bytes()
    segment.unlink()
    segment.write_bytes(data[:-50] + bytes(50))
    statuses.said.clear()
    process.check()
    statuses.wait_for(lambda status: status.phase is IndexPhase.BUILDING)
    statuses.wait_for(ready(1))
    state = read_state(open_index(paths.index_dir(archive.id), checksums=True).schema)
    assert state.records == 1


def test_an_archive_that_cannot_be_opened_is_reported(tmp_path, statuses):
    process = IndexProcess(tmp_path / "none.pressmark", statuses)
    process.start()
    statuses.wait_for(lambda status: status.phase is IndexPhase.FAILED)
    process.stop()
    assert "There is no archive" in process.status.detail


def test_two_windows_on_one_archive_share_its_index(archive, archive_path, process, statuses):
    add(archive, "дроны летят")
    others = Statuses()
    other = IndexProcess(archive_path, others)
    try:
        process.start()
        other.start()
        statuses.wait_for(ready(1))
        others.wait_for(ready(1))
        add(archive, "ещё дрон")
        process.poke()
        statuses.wait_for(ready(2))
        others.wait_for(ready(2))
    finally:
        other.stop()
    assert verify(archive, thorough=True).findings == []


def test_a_file_of_the_index_that_is_deleted_is_made_again_at_once(archive, process, statuses):
    add(archive, "дроны летят")
    process.start()
    statuses.wait_for(ready(1))
    statuses.said.clear()
    (segment,) = paths.index_dir(archive.id).glob("*.seg")
    segment.unlink()
    statuses.wait_for(ready(1))
    assert verify(archive).findings == []


def test_what_had_to_be_left_out_is_told(archive, archive_path, monkeypatch):
    add(archive, "дроны летят", "новости")
    monkeypatch.setattr(builder, "words_of", failing(builder.words_of))
    status = index_now(archive_path)
    assert (status.phase, status.indexed, status.total) == (IndexPhase.READY, 1, 2)
    assert status.detail.startswith("1 record could not be indexed")


def failing(words_of):
    def run(record):
        if "новости" in record.text:
            raise ValueError
        return words_of(record)

    return run
