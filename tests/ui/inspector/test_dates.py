"""Dates as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.inspector.dates import tolerant_date


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", None),
        ("2026", "2026"),
        ("2026-3", "2026-03"),
        ("2026-03-14", "2026-03-14"),
        ("2026/3/4", "2026-03-04"),
        ("14.03.2026", "2026-03-14"),
        ("4.3.2026", "2026-03-04"),
        ("03.2026", "2026-03"),
        ("14 марта 2026", "2026-03-14"),
        ("14 марта 2026 г.", "2026-03-14"),
        ("май 2026", "2026-05"),
        ("14 березня 2026", "2026-03-14"),
        ("14 Mar 2026", "2026-03-14"),
        ("March 14, 2026", "2026-03-14"),
        ("2026年3月14日", "2026-03-14"),
        ("2026年3月", "2026-03"),
        ("2026-03-14 9:20", "2026-03-14T09:20"),
        ("2026-03-14T09:20:31+03:00", "2026-03-14T09:20+03:00"),
    ],
)
def test_a_date_is_understood(typed, kept):
    assert tolerant_date(typed) == kept


@pytest.mark.parametrize(
    "typed", ["вчера", "31.02.2026", "2026-13-01", "14 глокаря 2026", "9:20", "2026-03 9:20"]
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValueError):
        tolerant_date(typed)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_iso_day_is_kept_as_it_is(day):
    assert tolerant_date(day.isoformat()) == day.isoformat()
