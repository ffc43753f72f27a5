"""Names of languages in rows and beside results."""

import pytest

from desktop.ui.wording import language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [("uk", "Ukrainian"), ("sv", "Swedish"), ("he", "Hebrew"), ("", "unknown language"), ("x?", "x?")],
)
def test_languages_have_names(code, name):
    assert language_name(code) == name
