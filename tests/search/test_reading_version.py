"""Frozen searches tell whether words are analysed as they were: that number must move with the analysis."""

from hashlib import sha256
from pathlib import Path

from desktop.search import japanese, stems
from desktop.search.fold import terms
from desktop.search.names import NameSpelling
from desktop.search.query import READING_VERSION

LISTS = sorted((Path(__file__).parent / "words").glob("*.txt"))
ENGLISH = "flood floods flooded flooding went gone children child big bigger organise colours universities"
GERMAN = "Häuser Haus Häusern überschwemmt Straßen"
JAPANESE = "書く 書いた 食べる 食べた 高い 高かった 発表する 出来る 売り上げ コンピューター 来る".split()
NAMES = "зеленский зеленська zelensky байден biden порошенко shevchuk".split()


def test_the_version_of_reading_is_raised_with_what_words_find():
    found = [(word, sorted(stems.stems(word))) for path in LISTS for word in terms(path.read_text("utf-8"))]
    found += [(word, sorted(stems.stems(word, frozenset({"de"})))) for word in terms(f"{ENGLISH} {GERMAN}")]
    found += [(run, sorted(map(repr, japanese.forms(run)))) for run in JAPANESE]
    found += [(name, [one for one in NAMES if NameSpelling("text", name).means(one)]) for name in NAMES]
    digest = sha256(repr(found).encode()).hexdigest()[:16]
    assert (READING_VERSION, digest) == (1, "5d7712ba0b4919b6"), (
        "raise READING_VERSION and note the new digest here"
    )
