"""Languages beside the four: by Snowball where the archive has texts in them, and letters with marks."""

import pytest

from desktop.search.stems import USUAL, prefixes, related, stems

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
