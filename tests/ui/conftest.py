"""One theme for all tests of widgets; Qt keeps style and palette for the whole process."""

import pytest

from desktop.ui.theme import Theme


@pytest.fixture
def theme(qapp):
    return Theme(qapp)
