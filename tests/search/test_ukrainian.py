"""The Ukrainian stemmer, measured over paradigms of our own writing.

Every second word of the list was held back: the rules were made with the first half in sight only.
"""

from collections import defaultdict
from itertools import combinations
from pathlib import Path
from statistics import fmean

import pytest

from desktop.search.fold import fold
from desktop.search.stems import prefixes, related
from desktop.search.ukrainian import stems

_FOLDER = Path(__file__).parent / "words"


def _lines(name: str) -> list[list[str]]:
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return [[fold(word) for word in line.split()] for line in lines if line and not line.startswith("#")]


WORDS = _lines("ukrainian.txt")


def _measured(words: list[list[str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of each form's answer among all forms; means over the forms."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    sharing: defaultdict[str, set[str]] = defaultdict(set)
    for forms in words:
        for form in forms:
            wanted[form].update(forms)
            for stem in stems(form):
                sharing[stem].add(form)
    figures = []
    for form, right in wanted.items():
        found = {form}.union(*(sharing[stem] for stem in stems(form)))
        both = len(found & right)
        figures.append((both / len(found), both / len(right), 2 * both / (len(found) + len(right))))
    precision, recall, f1 = map(fmean, zip(*figures, strict=True))
    return precision, recall, f1


def test_the_list_is_long_enough_to_measure_by():
    assert len(WORDS) >= 300 and all(len(forms) >= 2 for forms in WORDS)


@pytest.mark.parametrize("first", [0, 1], ids=["developed-with", "held-back"])
def test_forms_are_found_and_hardly_anything_else(first):
    precision, recall, f1 = _measured(WORDS[first::2])
    assert precision >= 0.97 and recall >= 0.96 and f1 >= 0.97


def test_forms_that_share_a_stem_are_reached_by_its_beginnings():
    for forms in WORDS:
        for one, other in combinations(forms, 2):
            if related(one, other):
                assert other.startswith(prefixes(one)), (one, other)
                assert one.startswith(prefixes(other)), (other, one)


def test_words_that_only_look_alike_stay_apart():
    """But for those that no rule can tell: гора and горе have each other's forms."""
    pairs = _lines("ukrainian_apart.txt")
    joined = [f"{one} {other}" for one, other in pairs if not stems(one).isdisjoint(stems(other))]
    assert joined == ["дорога дорогий", "стаття стать", "гора горе", "село сіль"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("писати", "написати"), ("читати", "прочитати"), ("робити", "зробити"), ("вирішувати", "вирішити")],
)
def test_aspects_are_two_words(one, other):
    assert stems(one).isdisjoint(stems(other))


def test_words_without_forms_stand_for_themselves():
    assert not any(stems(word) for word in ("від", "під", "але", "крім"))
