"""Russian forms by the classes of words, over paradigms of our own writing."""

from itertools import combinations
from pathlib import Path

import pytest

from desktop.search.russian import stems
from desktop.search.stems import prefixes, related

_LINES = (Path(__file__).parent / "words/russian.txt").read_text("utf-8").splitlines()
WORDS = [line.split() for line in _LINES if line and not line.startswith("#")]


def _joined(one: str, other: str) -> bool:
    return one == other or not stems(one).isdisjoint(stems(other))


@pytest.mark.parametrize("forms", WORDS, ids=lambda forms: forms[0])
def test_the_word_finds_its_forms_and_is_found_by_them(forms):
    missed = [(one, other) for one, other in combinations(forms, 2) if not _joined(one, other)]
    assert len(missed) <= len(forms) // 4, missed
    assert not [pair for pair in missed if pair[0] == forms[0]]


def test_forms_that_share_a_stem_are_reached_by_its_beginnings():
    for forms in WORDS:
        for one, other in combinations(forms, 2):
            if related(one, other):
                assert other.startswith(prefixes(one)), (one, other)
                assert one.startswith(prefixes(other)), (other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("создание", "создан"),
        ("активность", "активную"),
        ("специально", "специального"),
        ("крупные", "крупнейшие"),
        ("являться", "явить"),
        ("писать", "написать"),
        ("решать", "решить"),
        ("женился", "жена"),
        ("родился", "род"),
        ("особенно", "особенность"),
        ("семена", "семья"),
        ("модели", "может"),
        ("государство", "государь"),
        ("университет", "универсал"),
        ("между", "межа"),
        ("судья", "суд"),
        ("друг", "другой"),
        ("дает", "дал"),
    ],
)
def test_words_of_one_family_stay_apart(one, other):
    assert not _joined(one, other)
