"""The search field offers fields first, then the archive's own names."""

import pytest

from desktop.ui.search.completion import offers, quoted, token_before

VALUES = {
    "tag:": ["оборона", "оборона/дроны", "мост"],
    "speaker:": ["Лев Аксюта", "Марина Ветрова"],
}


def texts(text, cursor=None):
    return [offer.text for offer in offers(text, len(text) if cursor is None else cursor, VALUES)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ta", ["tag:"]),
        ("паром -ki", ["-kind:"]),
        ("kind:", ["kind:highlight ", "kind:quote ", "kind:claim ", "kind:note ", "kind:article "]),
        ("kind:q", ["kind:quote "]),
        ("tag:дрон", ["tag:оборона/дроны "]),
        ("-tag:мо", ["-tag:мост "]),
        ("speaker:акс", ['speaker:"Лев Аксюта" ']),
        ('speaker:"Лев А', ['speaker:"Лев Аксюта" ']),
        ("tag:мост", []),
        ("", []),
        ("паром ", []),
        ("nosuch:x", []),
    ],
)
def test_offers(text, found):
    assert texts(text) == found


def test_a_beginning_is_offered_before_the_inside():
    assert next(offer.label for offer in offers("tag:о", 5, VALUES)) == "оборона"


def test_the_token_at_the_cursor_counts_not_the_end():
    text = "ta паром"
    assert texts(text, 2) == ["tag:"]
    assert token_before('a speaker:"Лев А b', 16) == (2, 'speaker:"Лев А')


def test_names_with_spaces_are_quoted():
    assert quoted("Лев Аксюта") == '"Лев Аксюта"'
    assert quoted("мост") == "мост"
    assert quoted('Газета "День"') == '"Газета День"'
