"""The order of hits stays as good as it was measured to be, on the test collections."""

import sys
from pathlib import Path

import pytest

from tests.search.conftest import article

SCRIPTS = Path(__file__).parents[2] / "scripts"
# A little below what is reached (docs/search.md): another order of equals moves the third digit.
LEAST = {
    "cacm": 0.47,
    "cisi": 0.39,
    "cranfield": 0.40,
    "jsquad_ja": 0.945,
    "vaswani_npl": 0.38,
    "xquad_en": 0.97,
    "xquad_ru": 0.96,
}


@pytest.fixture(scope="module")
def score():
    sys.path.insert(0, str(SCRIPTS))
    import score_search

    yield score_search
    sys.path.remove(str(SCRIPTS))


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize("name", LEAST)
def test_relevance_is_not_lost(score, shared, tmp_path, name):
    collection = score.Collection(shared / "data" / "ir" / name)
    figures = score.Figures.mean(list(score.ours(collection, tmp_path / "index").values()))
    assert figures.ndcg >= LEAST[name]


def test_a_name_outweighs_the_words_around_it(finder):
    asking = "Кто это был и какой он, и где и когда это было, и что он там был?"
    finder.put(name="Осенью Бронкос проиграл.", **{f"words{number}": asking for number in range(9)})
    assert finder.ask("кто и где и когда был у Бронкос").hits[0].key == "a:name"


def test_words_that_stand_together_outweigh_the_same_words_apart(finder):
    finder.put(
        apart="the river crossed many old towns, and a bridge was built of stone",
        together="the stone bridge crossed a river, and many old towns were built",
    )
    found = [hit.key for hit in finder.ask("where is an ancient stone bridge near villages").hits]
    assert found == ["a:together", "a:apart"]


def test_a_question_finds_words_of_the_same_family(finder):
    finder.put(kin="Протестующие вышли на площадь.", other="Площадь была пуста.")
    assert finder.ask("какие были протесты против нового закона").hits[0].key == "a:kin"


def test_a_sentence_finds_what_lacks_its_phrase_but_has_its_words(finder):
    finder.put(words="Испытания двигателя со штекером прошли хорошо.", other="Погода хорошая.")
    question = "Что случилось с экипажем во время «испытаний с выдернутым штекером»"
    assert finder.ask(question).hits[0].key == "a:words"


def test_capitals_in_a_pasted_passage_are_no_operators(finder):
    finder.put(waves="Reflection of radio waves in the period before sunrise.", other="Low tide.")
    passage = (
        "VARIATIONS IN THE HEIGHT OF REFLECTION OF LOW OR VERY LOW FREQUENCY RADIO WAVES IN THE PERIOD BEFORE"
    )
    assert finder.ask(passage).hits[0].key == "a:waves"


def test_filters_are_held_to_when_words_are_not(finder):
    text = "Вода прорвала дамбу и залила поля у реки."
    finder.put(ru=article("ru", text, language="ru"), en=article("en", text, language="en"))
    question = "почему вода прорвала дамбу зимой"
    passage = f"{question} и когда инженеры обещали закончить ремонт насосов на станции у моста вновь"
    for words in (question, passage):
        for line in (f"lang:ru {words}", f"lang:ru,uk {words}", f"(lang:ru OR lang:ja) {words}"):
            assert finder.find(line) == {"ru"}
        assert finder.find(f"{words} (lang:ru OR подвиг)") == ({"ru"} if words == passage else set())


def test_a_phrase_by_itself_is_held_to(finder):
    finder.put(words="Export of grain; the centre of town.")
    assert finder.find('"export centre"') == set()
