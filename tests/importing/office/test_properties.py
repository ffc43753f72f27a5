"""What files say of themselves."""

import pytest

from desktop.importing.office.properties import creators, language, moment


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Анна Ли", ("Анна Ли",)),
        ("Allison, Timothy B.", ("Allison, Timothy B.",)),
        ("Anna Lee, Bo Ek", ("Anna Lee", "Bo Ek")),
        ("Ли, Анна; Bo Ek;", ("Ли, Анна", "Bo Ek")),
        ("山田太郎、鈴木花子", ("山田太郎", "鈴木花子")),
        ("Usher", ("Usher",)),
        ("Anna; Anna", ("Anna",)),
    ],
)
def test_people(text, people):
    assert creators(text) == people


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Microsoft Office User",
        "Пользователь Windows",
        "user",
        "User1",
        "Admin",
        "python-docx",
        "Unknown Author",
        "-",
    ],
)
def test_nobody(text):
    assert creators(text) == ()


def test_languages_and_moments():
    assert [language(tag) for tag in ("ru-RU", "uk_UA", "JA", "und", "", None, "русский")] == [
        "ru", "uk", "ja", None, None, None, None,
    ]  # fmt: skip
    assert moment("", None, "soon", "2024-03-05T10:00:00Z") == "2024-03-05T10:00:00+00:00"
