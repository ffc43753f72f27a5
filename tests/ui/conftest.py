"""One theme for all tests of widgets; Qt keeps style and palette for the whole process."""

import pytest

from desktop.ui.theme import Theme
from tests.archives import archive_path, empty_archive

__all__ = ["archive_path", "empty_archive"]


@pytest.fixture
def theme(qapp):
    return Theme(qapp)
