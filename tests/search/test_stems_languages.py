"""Languages beside the four: by Snowball where the archive has texts in them, and letters with marks."""

import pytest

from desktop.search.fold import parts
from desktop.search.languages import without_clitics
from desktop.search.stems import USUAL, prefixes, related, stems
from tests.search.conftest import article

TOGETHER = {
    "de": ["haus häuser häusern hauses", "muller müller mueller müllers", "straße strasse straßen"],
    "fr": ["cafe café cafés", "général générale générales"],
    "pl": ["łodzi lodzi", "kobieta kobiety kobietą", "polityk polityka polityków"],
    "es": ["canción canciones cancion", "hablaba hablar hablamos"],
    "it": ["ragazza ragazze", "parlato parlare parlano"],
    "tr": ["evler evlerde"],
}


@pytest.mark.parametrize(
    ("code", "line"), [(code, line) for code, lines in TOGETHER.items() for line in lines]
)
def test_forms_belong_together_where_the_archive_has_the_language(code, line):
    forms, known = line.replace("ß", "ss").split(), USUAL | {code}
    for one in forms:
        assert all(related(one, other, known) for other in forms)
        found = stems(one, known)
        assert all(other.startswith(prefixes(one, found)) for other in forms)


def test_an_archive_without_german_does_not_stem_in_german():
    assert not related("haus", "häuser") and related("haus", "häuser", frozenset({"de"}))


@pytest.mark.parametrize(
    ("marked", "unmarked"), [("müller", "muller"), ("café", "cafe"), ("łódź", "lodz"), ("erdoğan", "erdogan")]
)
def test_letters_with_marks_are_found_without_in_any_archive(marked, unmarked):
    assert related(marked, unmarked) and related(unmarked, marked)
    assert marked.startswith(prefixes(unmarked)) and unmarked.startswith(prefixes(marked))


@pytest.mark.parametrize(("one", "other"), [("йод", "иод"), ("їх", "іх"), ("が", "か"), ("мій", "мии")])
def test_letters_of_their_own_never_lose_their_marks(one, other):
    assert not related(one, other)


def test_a_script_tells_the_language():
    assert related("πόλη", "πόλης") and related("कहानी", "कहानियाँ")


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("l'homme", "un homme est venu"),
        ("l’État", "les affaires d'état"),
        ("dell'arte", "la storia delle arti"),
        ("Bush's", "what Bush said"),
        ("homme", "voilà l’homme"),
    ],
)
def test_what_an_apostrophe_ties_on_is_no_part_of_the_word(finder, asked, text):
    finder.put(a=article("a", text, language="fr"), b=article("b", "arti", language="it"))
    assert "a" in finder.find(asked)


def test_the_form_with_its_article_comes_first(finder):
    finder.put(a="the man Bush met", b="it was Bush's plan", c="Bush spoke")
    assert finder.ask("Bush's").hits[0].key == "a:b"


def test_other_words_in_two_parts_stay_whole():
    for text in ("don't", "O'Neill", "d-day", "rock'n'roll"):
        assert without_clitics(text, parts(text)) is None


def test_an_archive_with_german_texts_is_searched_in_german(finder):
    finder.put(a=article("a", "Die Häuser brannten", language="de-AT"), b="the houses burned")
    assert finder.find("Haus") == {"a"}
