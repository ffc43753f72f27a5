"""The dossier, written once in each format."""

import pytest

from desktop.core.progress import Progress
from desktop.exporting.formats import FORMATS

from .fakes import FakeExportSet, dossier


@pytest.fixture
def export_set() -> FakeExportSet:
    return dossier()


@pytest.fixture
def written(tmp_path, export_set):
    """``written("csv")`` exports the dossier and returns the file's text as it stands on disk."""

    def write(name: str, chosen: FakeExportSet = export_set) -> str:
        target = tmp_path / f"out{FORMATS[name].extension}"
        FORMATS[name].writer()(chosen, target, Progress())
        return target.read_bytes().decode("utf-8")

    return write
