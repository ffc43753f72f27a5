"""What is said while something runs."""

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.cli.output import Meter, columns, fitted, plural


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_and_wiped(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Meter("Reading") as progress:
        progress.report(1200, 4000, "page.html")
    shown, *_, last = terminal.getvalue().removeprefix("\r").split("\r")
    assert shown == "Reading 1,200 of 4,000 page.html"
    assert last.strip() == ""


def test_progress_is_silent_elsewhere(monkeypatch):
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with Meter("Reading") as progress:
        progress.report(1, 2, "page.html")
    assert pipe.getvalue() == ""


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("首相", 4), ("и\u0301", 1), ("", 0)])
def test_columns_as_a_terminal_counts_them(text, width):
    assert columns(text) == width


@given(st.text(), st.integers(0, 100))
def test_a_fitted_text_fits_and_is_a_beginning(text, most):
    short = fitted(text, most)
    assert columns(short) <= most
    assert text.startswith(short)
    assert short == text or columns(text) > most


def test_counts_agree_with_their_nouns():
    assert [plural(n, "mark") for n in (0, 1, 1200)] == ["0 marks", "1 mark", "1,200 marks"]
