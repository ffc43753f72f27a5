"""Verbs, statuses and errors."""

import subprocess
import sys

import pytest

from desktop.cli import verbs as cli
from desktop.core.errors import ArchiveDamaged


def python(code: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, encoding="utf-8"
    )


def test_help_names_every_verb(run):
    result = run("--help")
    assert result.status == 0
    assert [verb for verb in cli.VERBS if f"  {verb} " not in result.out] == []


@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_verb_explains_itself(run, verb):
    result = run(verb, "--help")
    assert result.status == 0
    assert f"pressmark {verb}" in result.out


@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_verb_has_a_command_of_its_name(verb):
    assert cli.pressmark.get_command(None, verb).name == verb


def test_a_mistyped_verb_is_wrong_usage_with_a_hint(run):
    result = run("exprot")
    assert result.status == 2
    assert "Did you mean “export”?" in result.err


@pytest.mark.parametrize(
    "arguments", [("list",), ("export", "a"), ("import", "a"), ("search", "a"), ("--nope",)]
)
def test_missing_or_unknown_arguments_are_wrong_usage(run, arguments):
    assert run(*arguments).status == 2


def test_an_archive_that_is_not_there_gets_a_sentence(run, tmp_path):
    result = run("list", tmp_path / "none.pressmark")
    assert (result.status, result.out) == (1, "")
    assert "There is no archive at" in result.err
    assert "Traceback" not in result.err


def test_a_file_that_is_no_archive_gets_a_sentence_and_stays(run, tmp_path):
    path = tmp_path / "letter.pressmark"
    path.write_text("Dear all")
    result = run("stats", path)
    assert result.status == 1
    assert "is not a Pressmark archive" in result.err
    assert path.read_text() == "Dear all"


def test_a_fault_of_our_own_ends_in_a_short_report(run, archive_path, monkeypatch):
    monkeypatch.setattr("desktop.store.articles.article_ids", lambda *_: 1 / 0)
    result = run("list", archive_path)
    assert result.status == 1
    assert "Something went wrong inside Pressmark" in result.err
    assert "ZeroDivisionError" in result.err
    assert "Traceback" not in result.err
    assert len(result.err.splitlines()) < 10


def test_an_expected_failure_is_one_sentence(run, archive_path, monkeypatch):
    def damaged(*_):
        raise ArchiveDamaged(archive_path, "page 3")

    monkeypatch.setattr("desktop.store.articles.article_ids", damaged)
    result = run("list", archive_path)
    assert result.status == 1
    assert result.err.count("\n") == 1


def test_ctrl_c_says_what_is_kept(run, archive_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.store.articles.article_ids", stop)
    result = run("list", archive_path)
    assert (result.status, result.err.strip()) == (1, "Stopped. What was finished before is kept.")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a display is always there")
def test_without_a_display_the_verbs_are_suggested(run, archive_path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    result = run(archive_path)
    assert result.status == 1
    assert "pressmark demo" in result.err


READERS = ("PIL", "bibtexparser", "brotli", "chardet", "eldc", "lxml", "pypdfium2", "trafilatura", "warcio")
HEAVY = ("PySide6", "whoosh", "jinja2", "sqlite_utils", "markdown_it", *READERS)


def test_help_starts_without_the_heavy_libraries():
    assert loaded_after("from desktop.cli.main import main; assert main(['--help']) == 0", HEAVY) == ""


def test_a_list_of_articles_reads_no_files(archive_path):
    code = f"from desktop.cli.main import main; assert main(['list', {str(archive_path)!r}]) == 0"
    assert loaded_after(code, HEAVY) == ""


def test_a_window_opens_without_what_reads_files(archive_path, tmp_path):
    code = f"""
import os
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from desktop.app import screenshot
screenshot(Path({str(archive_path)!r}), Path({str(tmp_path / "window.png")!r}))
"""
    assert loaded_after(code, READERS) == ""


def loaded_after(code, names):
    """Which of these libraries a fresh interpreter has loaded after the code."""
    return python(
        f"{code}\nimport sys\nsys.exit(', '.join(n for n in {names!r} if n in sys.modules) or 0)"
    ).stderr


def test_no_verb_knows_qt():
    modules = sorted({verb.module for verb in cli.VERBS.values()} | {"selfcheck"})
    code = f"""
import sys
from importlib import import_module
for name in {modules!r}:
    import_module("desktop.cli." + name)
sys.exit("Qt was imported" if any(name.startswith("PySide6") for name in sys.modules) else 0)
"""
    assert python(code).stderr == ""


def test_a_closed_pipe_is_no_error(archive_path):
    code = f"""
import sys
from desktop.cli.main import main
sys.exit(main(["--help"]) or main(["stats", {str(archive_path)!r}]))
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err
    assert b"wrong inside" not in err
