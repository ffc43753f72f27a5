"""Moments as the archive keeps them."""

import pytest

from desktop.core.times import now, utc


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2026-03-05T10:00:00+03:00", "2026-03-05T07:00:00.000Z"),
        ("2026-03-05T10:00:00.1234Z", "2026-03-05T10:00:00.123Z"),
        ("2026-03-05T10:00:00", "2026-03-05T10:00:00.000Z"),
        ("2026-03-05", "2026-03-05T00:00:00.000Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("yesterday", ""),
        (None, ""),
    ],
)
def test_a_moment_is_kept_in_utc(text, kept):
    assert utc(text) == kept


def test_now_is_kept_the_same_way():
    moment = now()
    assert utc(moment) == moment
