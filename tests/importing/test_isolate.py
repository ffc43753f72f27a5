"""Children that crash, hang or swell cost one line each."""

import os
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from desktop.core.errors import Cancelled, ImportFailed
from desktop.core.extraction import Extraction
from desktop.core.progress import Progress
from desktop.importing import isolate
from desktop.importing.isolate import ExtractionPool
from desktop.importing.messages import Beat, End
from desktop.importing.sources import Form, Source, find_sources
from desktop.importing.worker import forbid_network, tell

WORDS = "Министр заявил, что решение будет принято завтра."


class Hostile:
    def __reduce__(self):
        return os._exit, (9,)


def misbehave(pipe, megabytes):
    """A child that does what its source is named."""
    tell(pipe, Beat())
    while True:
        try:
            _, source = pipe.recv()
        except EOFError:
            return
        if source.name == "dies":
            os._exit(7)
        if source.address and not Path(source.address).exists():  # it is ended by others, once
            Path(source.address).touch()
            os._exit(9)
        if source.name == "hangs" or (source.name == "hangs unless plain" and not source.options.plain):
            threading.Event().wait()
        for done in range(5 if source.name == "counts its pages" else 0):
            threading.Event().wait(0.5)
            tell(pipe, Beat(done + 1, 5))
        if source.name == "swells":
            hoard = [bytearray(b"x" * 1_000_000) for _ in range(400)]
            threading.Event().wait()
            tell(pipe, Beat(len(hoard)))
        if source.name == "taken over":
            pipe.send(Hostile())
        if source.name == "faults":
            tell(pipe, End(ImportFailed(source.name, "crash", "ValueError: odd page")))
        else:
            from desktop.importing.extract import extract_source

            for answer in extract_source(source):
                tell(pipe, answer)
            tell(pipe, End())


def facts(pipe, megabytes):
    """A child that tells what it is like inside."""
    from desktop.importing.extract import extract_bytes

    forbid_network()
    tell(pipe, Beat())
    _, source = pipe.recv()
    extract_bytes(b"<html><body><p>Words of a page.</p></body></html>", "x.html")
    reached = "no"
    try:
        import socket

        socket.create_connection(("127.0.0.1", 9), timeout=1)
        reached = "yes"
    except OSError as error:
        reached = str(error)
    qt = sorted(name for name in sys.modules if name.startswith("PySide6"))
    tell(pipe, ImportFailed(source.name, "facts", f"{qt} {reached}"))


def text(name):
    return Source(name, data=WORDS.encode())


@pytest.fixture
def pool():
    with ExtractionPool(workers=2, seconds=2, megabytes=250, serve=misbehave) as pool:
        yield pool


def reason(pool, name):
    with pytest.raises(ImportFailed) as caught:
        pool.extract(text(name))
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "why"),
    [("dies", "crash"), ("hangs", "timeout"), ("faults", "crash"), ("taken over", "crash")],
)
def test_a_bad_source_costs_itself_and_the_next_is_read(pool, name, why):
    assert reason(pool, name) == why
    assert pool.extract(text("good.txt")).document.text == WORDS


def test_a_source_that_swells_is_stopped():
    with ExtractionPool(workers=1, seconds=60, megabytes=150, serve=misbehave) as pool:
        assert reason(pool, "swells") == "memory"


def test_a_page_that_hangs_is_read_plainly(pool):
    page = Source("hangs unless plain", data=f"<html><body><p>{WORDS}</p></body></html>".encode())
    assert pool.extract(page).document.text == WORDS


def test_what_has_no_plainer_way_is_not_waited_for_twice(pool):
    assert reason(pool, "hangs unless plain") == "timeout"


def test_what_a_killed_process_was_reading_is_read_by_the_next(pool, tmp_path):
    source = Source("a.txt", data=WORDS.encode(), address=str(tmp_path / "was killed"))
    assert pool.extract(source).document.text == WORDS
    assert (tmp_path / "was killed").exists()


def test_a_book_that_counts_its_pages_has_time_for_each_and_for_the_whole(pool):
    told = []
    progress = Progress(lambda done, total, _: told.append((done, total)))
    assert pool.extract(text("counts its pages"), progress).document.text == WORDS
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_the_others_go_on_and_answers_keep_their_order(pool):
    names = ["a.txt", "dies", "b.txt", "faults", "c.txt", "d.txt"]
    answers = list(pool.extract_all(map(text, names), Progress()))
    assert [source.name for source, answer in answers if answer is not None] == names
    assert [source.name for source, answer in answers if answer is None] == names
    failed = [source.name for source, answer in answers if isinstance(answer, ImportFailed)]
    assert failed == ["dies", "faults"]


def test_cancelling_ends_the_wait():
    progress = Progress()
    with ExtractionPool(workers=1, seconds=60, serve=misbehave) as pool:
        timer = threading.Timer(0.3, progress.cancel)
        timer.start()
        begun = time.monotonic()
        with pytest.raises(Cancelled):
            pool.extract(text("hangs"), progress)
        timer.join()
    assert time.monotonic() - begun < 30


def test_closing_ends_the_children():
    with ExtractionPool(workers=1) as pool:
        pool.extract(text("a.txt"))
        children = [
            child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())
        ]
        assert children
    _, alive = psutil.wait_procs(children, timeout=5)
    assert not alive


def test_a_child_has_no_qt_and_no_network():
    with ExtractionPool(workers=1, serve=facts) as pool, pytest.raises(ImportFailed) as caught:
        pool.extract(Source("facts", data=b"x", form=Form.RECORD))
    assert caught.value.detail == "[] Pressmark reads files without the network"


def test_large_texts_come_through_the_pipe():
    paragraph = "слово " * 100 + "конец.\n\n"
    source = Source("big.txt", data=(paragraph * 4000).encode())
    with ExtractionPool(workers=1) as pool:
        extraction = pool.extract(source)
    assert extraction.original.size == len(source.data)
    assert len(extraction.document.blocks) == 4000


def test_files_are_read_in_the_child(tmp_path):
    (tmp_path / "a.txt").write_text(WORDS, "utf-8")
    (tmp_path / "b.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "c.md").write_text(f"# Заголовок\n\n{WORDS}", "utf-8")
    with ExtractionPool(workers=2) as pool:
        answers = list(pool.extract_all(find_sources([tmp_path], Progress()), Progress()))
    kinds = [
        answer.extractor if isinstance(answer, Extraction) else answer.reason
        for _, answer in answers
        if answer
    ]
    assert kinds == ["text/1", "binary", "markdown/1"]


def test_heavy_articles_wait_for_each_other(pool, monkeypatch):
    """Of a source with many pictures only one article waits in memory, whatever the reader does."""
    monkeypatch.setattr(isolate, "_HEAVY", 1)
    answers = isolate._Answers(abandoned := Progress())
    answer = pool.extract(text("a.txt"))
    answers._put(answer)

    def put() -> None:
        with pytest.raises(Cancelled):
            answers._put(answer)

    thread = threading.Thread(target=put)
    thread.start()
    thread.join(0.3)
    assert thread.is_alive()
    assert answers._queue.qsize() == 1
    abandoned.cancel()
    thread.join(5)
    assert not thread.is_alive()
    assert answers.get(lambda: None) == answer
