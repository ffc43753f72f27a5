"""What wild words and regular expressions stand for, and which of them are refused."""

import fnmatch
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.search.expanding import Expander
from desktop.search.patterns import RegexWord, WildValue, WildWord, objection
from desktop.search.postings import Postings


@pytest.mark.parametrize(
    ("text", "term", "meant"),
    [
        ("w?ld", "wild", True),
        ("w?ld", "wld", False),
        ("*ld", "world", True),
        ("*ld", "ld", True),
        ("пере*вор", "переговор", True),
        ("пере*вор", "переворот", False),
        ("a*bc*c", "abcc", True),
        ("a.c*", "abcd", False),
    ],
)
def test_wild_words(text, term, meant):
    assert WildWord("text", text).means(term) is meant


@given(st.text("ab*?", min_size=1, max_size=12), st.text("ab", max_size=12))
def test_stars_mean_what_they_mean_for_file_names(text, term):
    assert WildWord("text", text).means(term) == fnmatch.fnmatchcase(term, text)


@pytest.mark.parametrize(
    ("text", "term", "meant"),
    [
        ("др.н(ы|ов)?", "дронов", True),
        ("др.н", "дроны", False),
        ("ДРОН", "дрон", True),
        ("[А-Я]рон", "дрон", True),
        ("ёлка", "елка", True),
        ("а{2}б", "ааб", True),
        ("дрона?", "дрон", True),
        ("covid|дрон", "дрон", True),
        (r"\d{4}", "2026", True),
    ],
)
def test_regular_expressions(text, term, meant):
    assert RegexWord("text", text).means(term) is meant


def test_the_beginning_of_all_matches_is_known():
    beginnings = {
        "дрон.*": "дрон",
        "дрон?": "дро",
        "дро(н|г)": "дро",
        "а|б": "",
        ".*н": "",
        "^Дрон": "дрон",
        "а*б": "",
    }
    assert {text: RegexWord("text", text).prefixes()[0] for text in beginnings} == beginnings
    assert WildWord("text", "пере*вор").prefixes() == ("пере",)


@pytest.mark.parametrize(
    "text",
    [
        r"дрон\Z", r"\Aдрон", "дрон$", "^дро.", r"дрон(?!\w)", r"дрон(?=\s).*", r"(?<!\n)дрон", r"[^ы]*н",
        r"\Dрон", r"[\s\S]*н", r"\W*дрон", "(?s:.*)н", "(?-m:др.*)$", r"(.)рон", r"др\bон|дрон\b", "а|дрон",
        "(?P<a>д)р(?P=a)", "[]а]", r"\S+\.?\w*",
    ],
)  # fmt: skip
def test_a_vocabulary_is_searched_as_word_by_word(text):
    words = sorted(["а", "дд", "дрд", "дрон", "дроны", "дрын", "рон", "ы", "ыы", "ь"], key=str.encode)
    leaf = RegexWord("text", text)
    stretches = Expander().expand(leaf, Postings.of({word: {0: [0]} for word in words}))
    assert [word for first, end in stretches for word in words[first:end]] == list(filter(leaf.means, words))


@example("[[]", ["1"])
@given(st.text("абв[]()|?*+{}.^\\$1Б", max_size=12), st.lists(st.text("абв1", min_size=1, max_size=6)))
def test_any_pattern_finds_what_it_matches(text, words):
    if objection(text):
        return
    leaf, words = RegexWord("text", text), sorted(set(words), key=str.encode)
    vocabulary = Postings.of({word: {0: [0]} for word in words})
    stretches = Expander().expand(leaf, vocabulary)
    found = [word for first, end in stretches for word in words[first:end]]
    assert found == [word for word in words if leaf.pattern.fullmatch(word)]


def test_letters_that_a_pattern_demands_are_known():
    literals = {
        ".*перегов.*": "перегов", "(?:до)?говор(ы|ов)?": "говор", "а|переговоры": "", "др.*Ёлк.?": "елк",
        "[абв]+г{2}де": "де", "x*yz?": "y", r"\w+ств\d": "ств", ".*": "",
        r".*\u0430\x41": "",
    }  # fmt: skip
    assert {text: RegexWord("text", text).literal for text in literals} == literals


@given(st.text("аб*?", min_size=1, max_size=6), st.lists(st.text("абв", min_size=1, max_size=6)))
def test_any_stars_find_what_they_match(text, words):
    leaf, words = WildWord("text", text), sorted(set(words), key=str.encode)
    stretches = Expander().expand(leaf, Postings.of({word: {0: [0]} for word in words}))
    assert [word for first, end in stretches for word in words[first:end]] == list(filter(leaf.means, words))


def test_no_pattern_runs_from_word_to_word():
    vocabulary = Postings.of({f"{number:05}": {0: [0]} for number in range(50_000)})
    started = process_time()
    for text in ("[^ъ]*ъъ", r"[\s\S]*ъ", r"\D*ъ", r"\W*ъ", "(?s:.*)ъ"):
        assert Expander().expand(RegexWord("text", text), vocabulary) == []
    assert process_time() - started < 3.0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[", "no regular expression"),
        ("a)(b", "no regular expression"),
        ("(?i)дрон", "no regular expression"),
        ("(" * 900 + ")" * 900, "regular expression"),
        ("(a+)+b", "too long"),
        ("(a|a)*b", "too long"),
        ("(a*){9}b", "too long"),
        ("a?" * 30 + "a" * 30, "too long"),
        (".*.*.*.*x", "too long"),
        ("((a|b)c)+", "too long"),
    ],
)
def test_what_is_refused(text, reason):
    assert reason in objection(text)


@pytest.mark.parametrize(
    "text", [".*а.*б.*", "[а-я]+", "(ab){2}", "(?:дрон|бпла)ы?", r"(.)\1.*", "[]a]+", "a{1,3}"]
)
def test_what_is_taken(text):
    assert objection(text) == ""


@given(st.text("ab()[]|?*+{}2,.^\\", max_size=14))
def test_whatever_is_taken_is_quick(text):
    if objection(text) == "":
        leaf = RegexWord("text", text)
        started = process_time()
        for term in ("a" * 64, "ab" * 32, "a" * 63 + "c"):
            leaf.means(term)
        assert process_time() - started < 1.0


def test_wild_values():
    assert WildValue("tag", "обор*").accepts("Оборона/дроны")
    assert WildValue("tag", "дро*").accepts("Оборона/дроны")
    assert WildValue("speaker", "зел*").accepts("Владимир Зеленский")
    assert not WildValue("tag", "рон*").accepts("Оборона/дроны")
