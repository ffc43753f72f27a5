"""Several processes on one archive, and processes that die."""

import random
import subprocess
import sys

import pytest

from desktop.core.errors import ArchiveMoved
from desktop.operations import marking
from desktop.store import annotations, articles, chain, checks
from desktop.store.archive import open_archive
from desktop.store.indexing import ArchiveIndexSource
from tests.archives import FLOOD, add


def start(path, task: str, number: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.store.writer", str(path), task, str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_on_one_archive_lose_nothing(archive, archive_path, flood):
    others = [start(archive_path, "mark", 25) for _ in range(2)]
    for at in range(25):
        marking.mark(archive, flood, "quote", [(at, at + 1)])
    for other in others:
        other.communicate()
        assert other.returncode == 0
    assert len(annotations.annotations_of(archive, flood)) == 75
    assert chain.first_broken_step(archive) is None


def test_a_reader_sees_what_another_process_wrote(archive, archive_path):
    with open_archive(archive_path, read_only=True) as reader:
        before, head = reader.data_version(), ArchiveIndexSource(reader).head()
        article_id = add(archive, FLOOD)
        assert reader.data_version() != before
        changes = ArchiveIndexSource(reader).changes(head.seq, 10)
        assert [change.key for change in changes] == [f"a:{article_id}"]


def test_a_killed_process_loses_nothing_it_acknowledged(archive_path):
    r = random.Random(3)
    for number in range(6):
        process = start(archive_path, "work", number)
        wanted = r.randrange(1, 25)
        told = [process.stdout.readline().split() for _ in range(wanted)]
        process.kill()
        told += [line.split() for line in process.communicate()[0].splitlines()]
        with open_archive(archive_path) as archive:
            assert not archive.read_only
            known = {str(step): value for step, value in archive.rows("SELECT step, chain FROM history")}
            assert [(s, c) for s, c in told if known.get(s) != c] == []
            assert None not in known.values()
            assert archive.value("SELECT count(*) FROM history_now") == 0
            assert archive.rows("PRAGMA foreign_key_check") == []
            assert chain.first_broken_step(archive) is None


ALONE = """
import sqlite3, sys
from pathlib import Path
from desktop.store.connection import connect
try:
    connect(Path(sys.argv[1]), "rw", alone=True)
except sqlite3.OperationalError as error:
    print(error.sqlite_errorname)
"""


def test_looking_at_an_archive_again_keeps_it_in_use_for_others(archive, archive_path, flood):
    """The system drops a process's locks on a file when any of its handles to it is closed."""
    open_archive(archive_path).close()
    open_archive(archive_path, read_only=True).close()
    assert checks.is_archive(archive_path)
    command = [sys.executable, "-c", ALONE, str(archive_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "SQLITE_BUSY\n"
    marking.mark(archive, flood, "quote", [(0, 4)])


@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be renamed there")
def test_nothing_is_written_to_a_file_that_lost_its_name(archive, archive_path, flood):
    archive_path.rename(archive_path.with_name("Renamed.pressmark"))
    with pytest.raises(ArchiveMoved):
        marking.mark(archive, flood, "quote", [(0, 4)])
    archive_path.with_name("Renamed.pressmark").rename(archive_path)
    marking.mark(archive, flood, "quote", [(0, 4)])
    assert articles.count(archive) == 1
