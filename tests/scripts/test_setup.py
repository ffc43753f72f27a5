"""The script that makes the environment, where it has to give up in words."""

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "setup.py"


@pytest.fixture
def setup():
    specification = importlib.util.spec_from_file_location("pressmark_setup", SCRIPT)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, SCRIPT, *arguments], env=environment, capture_output=True, text=True, check=False
    )


def test_an_old_python_can_read_the_script():
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 7))


def test_a_python_that_is_none_is_refused_by_name(tmp_path):
    answer = run("run", "--venv", str(tmp_path / "new"), PYTHON=str(tmp_path / "no-python"))
    assert answer.returncode == 1
    assert answer.stderr == f"PYTHON is {tmp_path / 'no-python'}, but that is no Python 3.11 or later.\n"
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_no_environment_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
    answer = run("run", "--venv", str(tmp_path), PYTHON=sys.executable)
    assert "is not an environment" in answer.stderr
    assert (tmp_path / "thesis.txt").read_text("utf-8") == "years of work"


def test_the_second_time_nothing_is_done(setup, tmp_path, monkeypatch):
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    (tmp_path / "pressmark-run.stamp").write_text(setup.fingerprint("run", version), "utf-8")
    answer = run("run", "--venv", str(tmp_path), PYTHON=sys.executable)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_the_sentence_names_the_missing_library(setup, tmp_path, monkeypatch):
    broken = "raise ImportError('libEGL.so.1: cannot open shared object file: No such file')"
    monkeypatch.setattr(setup, "WINDOW_PROGRAM", broken)
    monkeypatch.setattr(setup, "python_of", lambda venv: sys.executable)
    monkeypatch.setattr(setup, "install_debian", lambda packages, purpose: False)
    with pytest.raises(SystemExit, match=r"libEGL.so.1 is missing.\n.* apt-get install libegl1"):
        setup.check_window(tmp_path, display=False)


def test_nothing_is_installed_by_somebody_who_is_not_root(setup, monkeypatch):
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(setup, "succeeds", lambda *_, **__: pytest.fail("apt-get was called"))
    assert not setup.install_debian(["libegl1"], "for Qt")
