"""What the world does to an open window: other processes, files that go, an index that breaks."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import paths
from desktop.store import annotations
from desktop.store.archive import open_archive
from desktop.store.verify import verify
from tests.archives import FLOOD, add
from tests.windows import SLOW, open_window, settled

__all__ = ["open_window"]


@pytest.fixture
def path(archive_template, tmp_path):
    path = Path(shutil.copy(archive_template, tmp_path / "River.pressmark"))
    with open_archive(path) as archive:
        add(archive, FLOOD, language="ru")
    return path


def marks(window):
    return annotations.annotations_of(window.session.archive, window.reading.article_id)


def mark(qtbot, window, at):
    window.reading._mark("quote", [(at, at + 4)])
    settled(qtbot, window)


def test_a_command_line_imports_while_the_window_marks(qtbot, open_window, path, tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number}.txt").write_text(f"Note {number}\n\nThe ferry was late again.", "utf-8")
    window = open_window(path)
    command = [sys.executable, "-m", "desktop", "import", str(path), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        made = 0
        while process.poll() is None:
            mark(qtbot, window, made % 50)
            made += 1
    assert process.returncode == 0
    qtbot.waitUntil(lambda: window.library.model.rowCount() == 13, timeout=SLOW)
    assert len(marks(window)) == made
    assert window.messages.faults == []
    window.close()
    with open_archive(path) as archive:
        assert verify(archive) == []


@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be renamed there")
def test_a_file_that_is_renamed_under_the_window_takes_no_marks(qtbot, open_window, path):
    window = open_window(path)
    path.rename(path.with_name("Elsewhere.pressmark"))
    mark(qtbot, window, 0)
    assert "moved, renamed or deleted" in window.messages.told[-1]
    assert marks(window) == []
    path.with_name("Elsewhere.pressmark").rename(path)
    mark(qtbot, window, 0)
    assert len(marks(window)) == 1


def test_an_index_that_cannot_be_written_is_said_and_search_goes_on(qtbot, open_window, path):
    place = paths.index_dir("").parent
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("in the way", "utf-8")
    window = open_window(path, indexed=True)
    qtbot.waitUntil(lambda: any("search index" in words for words in window.messages.told), timeout=SLOW)
    window.searching.field.set_query("эвакуируем")
    qtbot.waitUntil(lambda: window.searching.answer is not None, timeout=SLOW)
    settled(qtbot, window)
    assert window.searching.answer.result.total == 1
    place.unlink()
    mark(qtbot, window, 0)
    qtbot.waitUntil(lambda: window.indexer.ready, timeout=SLOW)
