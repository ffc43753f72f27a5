"""Stemmers of languages that a word is not of."""

import pytest

from tests.search.conftest import Finder, MemorySource, article


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """An archive of English texts with a few German ones."""
    finder = Finder(MemorySource(), tmp_path_factory.mktemp("mixed") / "index")
    finder.put(
        one=article("one", "The forest burned.", language="en"),
        two=article("two", "Two forests, one forest and a Bundestag.", language="en"),
        three=article("three", "A letter for the king.", language="en"),
        wald=article("wald", "Die Häuser im Wald.", language="de"),
        haus=article("haus", "Das Haus des Bundestages.", language="de"),
    )
    yield finder
    finder.searcher.close()


def test_an_english_word_has_no_german_forms(mixed):
    assert mixed.find("forest") == {"one", "two"}


def test_a_word_keeps_its_forms_in_the_language_of_its_texts(mixed):
    assert mixed.find("Haus") == mixed.find("Häuser") == {"wald", "haus"}


def test_a_word_that_no_text_has_may_be_of_any_language(mixed):
    assert mixed.find("Hauses") == {"wald", "haus"}


def test_one_text_in_another_language_is_no_evidence(mixed):
    assert mixed.find("Bundestag") == {"two", "haus"}


def test_only_the_hits_are_marked_in_the_text(mixed):
    places = mixed.searcher.places("forest", records=mixed.source.records)
    assert places.in_text("For a forest, for the forests.") == ((6, 12), (22, 29))


def test_texts_of_a_language_that_came_last_are_looked_at_as_well(finder, monkeypatch):
    monkeypatch.setattr("desktop.search.spoken._LOOKED_AT", 4)
    finder.put(
        **{
            f"a{number}": article(f"a{number}", "Dieser Fall heißt Tag.", language="en")
            for number in range(8)
        },
        **{f"b{number}": article(f"b{number}", "Viele Tage, ein Tag.", language="de") for number in range(4)},
        only=article("only", "Nach Tagen.", language="de"),
    )
    assert "only" in finder.find("Tag")
