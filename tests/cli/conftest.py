"""The command line as a caller sees it: arguments in; status, stdout and stderr out."""

import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.cli.main import main


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def records(self) -> list[dict]:
        """The JSON Lines on stdout; every line must be an object."""
        found = [json.loads(line) for line in self.out.splitlines()]
        assert all(isinstance(record, dict) for record in found)
        return found


@pytest.fixture
def run(capsys, monkeypatch):
    """``run("list", archive, "--json")``; ``typed`` stands on stdin."""

    def call(*arguments: object, typed: str = "") -> Result:
        capsys.readouterr()
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Result(status, out, err)

    return call


@pytest.fixture(scope="session")
def sample_template(tmp_path_factory) -> Path:
    """The sample archive, made once."""
    from desktop.operations.samples import make_sample_archive

    return make_sample_archive(tmp_path_factory.mktemp("sample") / "Sample.pressmark")


@pytest.fixture
def sample(sample_template, tmp_path) -> Path:
    """A copy of the sample archive of the test's own."""
    return Path(shutil.copyfile(sample_template, tmp_path / "Sample.pressmark"))
