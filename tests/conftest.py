"""Fixtures for every test: an offscreen Qt, folders of its own, the team's data where present."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """No test sees the person's own settings, index or archives."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PRESSMARK_CACHE", str(home / "cache"))
    monkeypatch.setenv("PRESSMARK_DATA", str(home / "data"))


@pytest.fixture
def shared() -> Path:
    """The team's test data, used in place; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no shared test data beside this checkout")
    return SHARED
