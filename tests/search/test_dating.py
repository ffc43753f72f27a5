"""Dates as people write them, seen from one fixed day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.query_fields import DATE_WORDS, MONTHS
from desktop.search.dating import dates, first_day, in_words, last_day

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026", "2026"),
        ("2026-3", "2026-03", "2026-03"),
        ("2026/03/14", "2026-03-14", "2026-03-14"),
        ("14.03.2026", "2026-03-14", "2026-03-14"),
        ("03.2026", "2026-03", "2026-03"),
        ("14.03", "2026-03-14", "2026-03-14"),
        ("1990s", "1990", "1999"),
        ("1990年代", "1990", "1999"),
        ("2026-W12", "2026-03-16", "2026-03-22"),
        # ranges and comparisons
        ("2025..2026-03", "2025", "2026-03"),
        ("2025…2026", "2025", "2026"),
        ("2025-2026", "2025", "2026"),
        ("2025–2026", "2025", "2026"),
        ("2025～2026", "2025", "2026"),
        ("2026..2025", "2025", "2026"),
        ("..2025", None, "2025"),
        ("2026-05..", "2026-05", None),
        (">2025-12", "2026-01", None),
        (">2024", "2025", None),
        (">=март 2026", "2026-03", None),
        ("<2025-01", None, "2024-12"),
        ("<вчера", None, "2026-11-20"),
        ("≤2024", None, "2024"),
        ("март..май 2024", "2024-03", "2024-05"),
        ("ноябрь..январь 2024", "2023-11", "2024-01"),
        ("март..май", "2026-03", "2026-05"),
        ("вчера..сегодня", "2026-11-21", "2026-11-22"),
        # months
        ("март", "2026-03", "2026-03"),
        ("в марте", "2026-03", "2026-03"),
        ("декабрь", "2025-12", "2025-12"),
        ("November", "2026-11", "2026-11"),
        ("март 2024", "2024-03", "2024-03"),
        ("март-2024", "2024-03", "2024-03"),
        ("2024 March", "2024-03", "2024-03"),
        ("сентября 2025 г.", "2025-09", "2025-09"),
        ("у травні 2025 року", "2025-05", "2025-05"),
        ("листопад", "2026-11", "2026-11"),
        ("14 марта 2026", "2026-03-14", "2026-03-14"),
        ("March 14th, 2026", "2026-03-14", "2026-03-14"),
        ("23 ноября", "2025-11-23", "2025-11-23"),
        ("29 февраля", "2024-02-29", "2024-02-29"),
        # seasons and quarters
        ("summer 2025", "2025-06", "2025-08"),
        ("зимой 2024", "2024-12", "2025-02"),
        ("зима", "2025-12", "2026-02"),
        ("2026-Q1", "2026-01", "2026-03"),
        ("3 квартал 2025", "2025-07", "2025-09"),
        ("I квартал", "2026-01", "2026-03"),
        ("3 квартал", "2026-07", "2026-09"),
        # Japanese
        ("2026年3月", "2026-03", "2026-03"),
        ("２０２６年３月１４日", "2026-03-14", "2026-03-14"),
        ("令和8年", "2026", "2026"),
        ("平成元年5月", "1989-05", "1989-05"),
        ("3月14日", "2026-03-14", "2026-03-14"),
        ("2025年夏", "2025-06", "2025-08"),
        ("2025年第2四半期", "2025-04", "2025-06"),
        # from today
        ("today", "2026-11-22", "2026-11-22"),
        ("вчера", "2026-11-21", "2026-11-21"),
        ("вчора", "2026-11-21", "2026-11-21"),
        ("昨日", "2026-11-21", "2026-11-21"),
        ("позавчера", "2026-11-20", "2026-11-20"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("先週", "2026-11-09", "2026-11-15"),
        ("прошлый месяц", "2026-10", "2026-10"),
        ("цього року", "2026", "2026"),
        ("去年", "2025", "2025"),
        ("last quarter", "2026-07", "2026-09"),
        ("last 7 days", "2026-11-16", "2026-11-22"),
        ("за последние 2 недели", "2026-11-09", "2026-11-22"),
        ("過去30日", "2026-10-24", "2026-11-22"),
        ("past 3 months", "2026-08-23", "2026-11-22"),
        ("1y", "2025-11-23", "2026-11-22"),
    ],
)
def test_what_a_date_means(text, first, last):
    assert dates(text, TODAY) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", " ", "..", "дрон", "мартышка", "2026-02-30", "2026-13", "0000", ">9999", "31 июня", "2025 5",
     "12 2026", "март май", "квартал", "last 9999 years", "1..2..3", "Q5", "第5四半期", "年", "9" * 300],
)  # fmt: skip
def test_what_is_no_date(text):
    assert dates(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("март 2026", "from 2026-03-01 to 2026-03-31"),
        ("2024-02..", "2024-02-01 or later"),
        ("<=2024", "2024-12-31 or earlier"),
        ("вчера", "2026-11-21"),
    ],
)
def test_the_days_are_said(text, said):
    assert in_words(dates(text, TODAY)) == said


def test_every_word_that_is_offered_is_understood():
    for language, words in DATE_WORDS.items():
        assert all(dates(word, TODAY) for word in words.split(", ")), language
        months = [
            dates(f"{month} 2024", TODAY) or dates(f"2024年{month}", TODAY)
            for month in MONTHS[language].split()
        ]
        assert [found.first for found in months] == [f"2024-{number:02d}" for number in range(1, 13)]


@given(st.text("0123456789.-/ 年月日QWdy<>=март ..", max_size=20), st.dates())
def test_any_text_on_any_day_gives_real_days_or_none(text, today):
    found = dates(text, today)
    if found:
        days = [
            first_day(found.first) if found.first else date.min,
            last_day(found.last) if found.last else date.max,
        ]
        assert days == sorted(days) and in_words(found)


@given(st.dates(min_value=date(1400, 1, 1)), st.dates())
def test_a_day_is_that_day(day, today):
    assert dates(day.isoformat(), today) == (day.isoformat(),) * 2
    assert dates(f"{day:%d.%m.%Y}", today) == (day.isoformat(),) * 2
