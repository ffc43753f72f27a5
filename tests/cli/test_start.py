"""``python -m desktop``, as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def pressmark(*arguments: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "desktop", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=100)


def test_a_search_says_nothing_but_its_answer(sample):
    done = pressmark("search", sample, "насосами", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith('{"query": "насосами"')


def test_wrong_usage_ends_with_two():
    assert pressmark("search").returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="names there are UTF-16")
def test_names_that_are_not_text_are_shown_and_imported(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "🚤 \u202eexe.txt").write_text("The ferry\n\nIt sails at nine.", "utf-8")
    unreadable_name = Path(os.fsdecode(bytes(folder) + b"/\xff\xfe.txt"))
    unreadable_name.write_bytes("Паром\n\nОн отходит в девять утра.".encode())
    done = pressmark("import", tmp_path / "a.pressmark", folder, "--json")
    assert (done.returncode, done.stdout.count('"added"')) == (0, 2), done.stderr
