"""Did you mean."""

import pytest

from desktop.search.layouts import typed_elsewhere
from desktop.search.proposals import proposals
from desktop.search.query import parse
from tests.search.conftest import Finder, MemorySource, article


class Vocabulary:
    """Words of texts with the number of records that have them."""

    def __init__(self, **counts: int) -> None:
        self._counts = counts

    def meant(self, leaf):
        if leaf.fieldname != "text":
            return {}
        return {word: count for word, count in self._counts.items() if leaf.means(word)}


WORDS = Vocabulary(
    санкции=300,
    санкций=200,
    переговоры=120,
    наводнение=40,
    дрон=90,
    дром=1,
    привет=12,
    мир=40,
    повінь=30,
    безпілотник=50,
    беспилотник=60,
    negotiation=80,
    zelensky=40,
    путин=70,
    putin=50,
)


def proposed(line: str, total: int = 0) -> list[tuple[str, str]]:
    return [(one.query, one.reason) for one in proposals(line, parse(line).node, WORDS, total)]


@pytest.mark.parametrize(
    ("line", "better"),
    [
        ("санкици", "санкции"),
        ("negotation", "negotiation"),
        ("Негоциация OR перговоры", "Негоциация OR переговоры"),
        ("lang:ru санкцыи", "lang:ru санкции"),
        ("Санкцыи", "Санкции"),
    ],
)
def test_a_slip_gives_the_word_of_the_archive(line, better):
    assert (better, "spelling") in proposed(line)


def test_the_word_is_in_the_language_of_the_query():
    assert ("безпілотник їх", "spelling") in proposed("безпилотнік їх")
    assert ("беспилотник эти", "spelling") in proposed("безпилотнек эти")


@pytest.mark.parametrize(
    ("line", "better"),
    [("ghbdtn", "привет"), ("ghbdtn vbh", "привет мир"), ("згеш", None), ("згешт", "putin")],
)
def test_another_keyboard_layout_is_noticed(line, better):
    expected = [] if better is None else [(better, "layout")]
    assert [one for one in proposed(line) if one[1] == "layout"] == expected


def test_a_name_in_another_script_is_proposed():
    assert ("zelensky", "script") in proposed("зеленскы")


@pytest.mark.parametrize(
    "line", ["санкции", "дрон", "", "首相", "да", "kind:quote", '"санкици"', "санк*", "дром~", "a:b:c", "((("]
)
def test_known_words_and_formulas_have_no_proposals(line):
    assert proposed(line, total=5) == []


def test_a_rare_word_beside_a_frequent_one_is_a_slip_and_a_frequent_one_is_none():
    assert ("дрон", "spelling") in proposed("дром", total=1)
    assert proposed("дрон", total=90) == []


def test_keys_lead_back():
    assert "привет" in typed_elsewhere("ghbdtn")
    assert "ghbdtn" in typed_elsewhere("привет")
    assert typed_elsewhere("123") == []


def test_nothing_is_proposed_that_only_deleted_articles_have(finder):
    finder.put(a="Новые санкции", b="Новые санкции", c="Другое")
    finder.source.remove("a:a")
    finder.put(d="Ещё другое")
    assert finder.ask("санкицы").proposals[0].query == "санкции"
    finder.source.remove("a:b")
    finder.put(e="И ещё")
    assert finder.ask("санкицы").proposals == () and finder.ask("санкции").hits == ()


def test_the_search_proposes_from_its_index(finder):
    finder.put(**{f"a{number}": "Новые санкции против компаний" for number in range(3)})
    found = finder.ask("санкицы")
    assert found.total == 0
    assert found.proposals[0].query == "санкции"
    assert finder.ask("санкции").proposals == ()
    finder.searcher.close()


def test_a_word_that_stands_in_notes_alone_is_known(tmp_path):
    finder = Finder(MemorySource(), tmp_path / "index")
    finder.put(**{f"a{at}": article(f"a{at}", "Плавне деревце.", note="джерело") for at in range(9)})
    finder.put(**{f"b{at}": f"Дерево росло. {at}" for at in range(30)})
    assert finder.ask("джерело").total == 9
    assert not finder.ask("джерело").proposals
    assert not finder.ask("note:джерело").proposals
    finder.searcher.close()
