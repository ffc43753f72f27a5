"""How a query line is read, and that a tree can be written as the line that reads as it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.core.query_fields import BY_NAME, CHOICES, FIELDS, FieldKind
from desktop.search.fold import fold_value
from desktop.search.nodes import All, Any, Filter, Manner, Node, Phrase, Regex, Without, Word, tidied
from desktop.search.signs import joins
from desktop.search.syntax import LONGEST, MOST_WORDS, read, write


def word(text: str, manner: Manner = Manner.FORMS, **rest) -> Word:
    return Word(text, manner, **rest)


def tag(value: str) -> Filter:
    return Filter("tag", value)


DRONE, STORM = word("дрон"), word("storm")


@pytest.mark.parametrize(
    ("line", "node"),
    [
        ("дрон storm", All((DRONE, STORM))),
        ("дрон AND storm", All((DRONE, STORM))),
        ("дрон ＡＮＤ storm", All((DRONE, STORM))),
        ("дрон && storm", All((DRONE, STORM))),
        ("дрон OR storm", Any((DRONE, STORM))),
        ("дрон АБО storm", Any((DRONE, STORM))),
        ("дрон ｜ storm", Any((DRONE, STORM))),
        ("(дрон OR (storm OR x))", Any((DRONE, STORM, word("x")))),
        ("дрон -storm", All((DRONE, Without(STORM)))),
        ("дрон －storm", All((DRONE, Without(STORM)))),
        ("дрон НЕ storm", All((DRONE, Without(STORM)))),
        ("--storm", STORM),
        ("А И Б", All((word("А"), word("И"), word("Б")))),
        ("Россия – Япония", All((word("Россия"), word("Япония")))),
        # kinds of words
        ("=дрон", word("дрон", Manner.EXACT)),
        ("дрон*", word("дрон", Manner.PREFIX)),
        ("дрон＊", word("дрон", Manner.PREFIX)),
        ("*дрон", word("*дрон", Manner.WILD)),
        ("др*н", word("др*н", Manner.WILD)),
        ("др?н", word("др?н", Manner.WILD)),
        ("дрон?*", word("дрон?*", Manner.WILD)),
        ("экс-през*", word("экс-през", Manner.PREFIX)),
        ("где дрон?", All((word("где"), word("дрон?")))),
        ("дрон~", word("дрон", Manner.SIMILAR)),
        ("дрон~1", word("дрон", Manner.SIMILAR, edits=1)),
        ("дрон~7", word("дрон", Manner.SIMILAR, edits=2)),
        ("/др.н(ы|ов)/", Regex("др.н(ы|ов)")),
        (r"/а\/б/", Regex(r"а\/б")),
        ("/home/user", word("/home/user")),
        ("и/или", word("и/или")),
        ("1 200 000", word("1 200 000")),
        # quotations
        ('"новая страница"', Phrase("новая страница")),
        ("«новая страница»", Phrase("новая страница")),
        ("„новая страница“", Phrase("новая страница")),
        ("„новая страница”", Phrase("новая страница")),
        ("“new page”", Phrase("new page")),
        ("‘new page’", Phrase("new page")),
        ("«п’ять років»", Phrase("п’ять років")),
        ("‘п’ять років’", Phrase("п’ять років")),
        ("「新しい頁」", Phrase("新しい頁")),
        ("＂新しい頁＂", Phrase("新しい頁")),
        ('"новая страница"~5', Phrase("новая страница", slop=5)),
        ('"новая страница"~', Phrase("новая страница", slop=5)),
        ('"a ""b"" c"', Phrase('a "b" c')),
        # fields
        ("title:дрон", word("дрон", field="title")),
        ("заголовок:дрон", word("дрон", field="title")),
        ("claim:дрон", word("дрон", field="claim")),
        ('title:"новая страница"~2', Phrase("новая страница", "title", 2)),
        ("title:/др.н/", Regex("др.н", "title")),
        ("title:(дрон -storm)", All((word("дрон", field="title"), Without(word("storm", field="title"))))),
        ("title:(дрон tag:x)", All((word("дрон", field="title"), tag("x")))),
        ("tag:дроны/морские", tag("дроны/морские")),
        ("ТЕГ:дроны", tag("дроны")),
        ("タグ:経済", tag("経済")),
        ("タグ：経済", tag("経済")),
        ("tag:тема:дроны", tag("тема:дроны")),
        ("tag:(a OR b)", Any((tag("a"), tag("b")))),
        ("tag:(a b)", All((tag("a"), tag("b")))),
        ("tag:(a -b)", All((tag("a"), Without(tag("b"))))),
        ("-tag:(a OR b)", Without(Any((tag("a"), tag("b"))))),
        ("tag:a,b", Any((tag("a"), tag("b")))),
        ('tag:"a, b",c', Any((tag("a, b"), tag("c")))),
        ("タグ:経済、外交", Any((tag("経済"), tag("外交")))),
        ("kind:quote speaker:«Лев Аксюта»", All((Filter("kind", "quote"), Filter("speaker", "Лев Аксюта")))),
        ("date:>2025-06", Filter("date", ">2025-06")),
        ("date:2025-06..", Filter("date", "2025-06..")),
        ("date:март 2026 дрон", All((Filter("date", "март 2026"), DRONE))),
        ("date:14 марта 2026 дрон", All((Filter("date", "14 марта 2026"), DRONE))),
        ("date:last week", Filter("date", "last week")),
        ("date:март дрон", All((Filter("date", "март"), DRONE))),
        ("date:2026 5 storm", All((Filter("date", "2026"), word("5"), STORM))),
        ("imported:вчера", Filter("imported", "вчера")),
        # what only looks like syntax
        (r"\AND", word("AND")),
        (r"title\:x", word("title:x")),
        (r"\-storm", word("-storm")),
        ("http://a.b/c", word("http://a.b/c")),
        ("a OR", word("a")),
        ('"дрон storm', All((DRONE, STORM))),
        ("дрон)", DRONE),
        ("", None),
        ("* ~ … «» () -", None),
    ],
)
def test_lines_and_their_trees(line, node):
    assert read(line).node == node


def test_the_last_word_while_typing():
    assert read("дрон", typing=True).node == word("дрон", Manner.TYPING)
    assert read("дрон ", typing=True).node == DRONE
    assert read("storm tag:", typing=True).node == STORM
    assert "right after" in read("storm tag:").hints[0]


def test_every_name_of_a_field_and_value_is_folded_and_means_one_thing():
    names = [name for field in FIELDS for name in field.names]
    assert [fold_value(name) for name in names] == names and len(set(names)) == len(names)
    for known in CHOICES.values():
        for value, others in known.items():
            assert others[0] == value and [fold_value(one) for one in others] == list(others)


TRICKY = st.text(
    "aя首 1٢-−=?*~/\\:,.()\"«»“”„‘’「」|&<>_'ё…＂：　" + "́", min_size=1, max_size=8
)  # fmt: skip
TOKENS = (
    'AND OR NOT И ИЛИ - ( ) " «x» title: tag: date: has: kind:quote ~5 200 14 марта 2026 март a,b / '
    "/a+/ lang:ru,uk =x ＡＮＤ タグ： \\"
).split()
LINES = st.lists(st.one_of(TRICKY, st.sampled_from(TOKENS)), max_size=25).flatmap(
    lambda found: st.sampled_from(["", " "]).map(lambda gap: gap.join(found))
)
WORDS = st.text("abЖя首ё'-.*?~:/\\=\"« 7", min_size=1, max_size=7).filter(lambda t: any(map(str.isalnum, t)))


def _words() -> st.SearchStrategy[Word]:
    """Words as reading gives them."""
    fields = st.sampled_from([None, "title", "text", "note", "claim"])
    plain = WORDS.map(str.strip).filter(lambda text: not text.startswith("="))
    manner = st.sampled_from([Manner.FORMS, Manner.EXACT])
    bare = st.text("abЖя首ё-.", min_size=1, max_size=7).filter(lambda t: t[-1].isalnum())
    similar = st.builds(Word, bare, st.just(Manner.SIMILAR), fields, st.sampled_from([None, 0, 1, 2]))
    begins = st.builds(Word, bare, st.just(Manner.PREFIX), fields)
    wild = st.builds(Word, bare.map(lambda text: f"{text}*{text}?{text}"), st.just(Manner.WILD), fields)
    operators = st.sampled_from(["AND", "OR", "NOT", "И", "НЕ", "200", "title:x", "tag:", "-a", "/b/"])
    return st.one_of(
        st.builds(Word, st.one_of(plain, operators), manner, fields), similar, begins, wild
    )  # fmt: skip


def _leaves() -> st.SearchStrategy[Node]:
    phrases = WORDS.map(str.strip)
    values = st.sampled_from([one.name for one in FIELDS if one.kind is not FieldKind.WORDS])
    return st.one_of(
        _words(),
        st.builds(Phrase, phrases, st.sampled_from([None, "title"]), st.sampled_from([None, 0, 5])),
        st.builds(Regex, st.sampled_from(["a+", r"\w{3}", r"[а-я]\/b"]), st.sampled_from([None, "text"])),
        st.builds(Filter, values, st.one_of(phrases, st.sampled_from(["март", "2026-03..", ">2025", "NOT"]))),
    )


def _trees() -> st.SearchStrategy[Node]:
    return st.recursive(
        _leaves(),
        lambda inner: st.one_of(
            inner.map(Without),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: Any(tuple(parts))),
        ),
        max_leaves=8,
    )


@given(LINES)
@example("1 (200)")
@example("date:март (2026)")
@example("А И title:б")
@example('"a""')
@example("\\")
@example("a\\ b")
def test_what_was_read_is_written_so_that_it_reads_the_same(line):
    node = read(line).node
    if node is not None:
        assert read(write(node)).node == node


@given(_trees())
def test_a_tree_is_written_so_that_it_reads_the_same(node):
    assert read(write(node)).node == tidied(node)


def test_a_written_line_is_one_that_a_person_would_write():
    line = 'дрон (storm OR x) -tag:мост,порт speaker:"Лев Аксюта" title:"новая страница"~2 date:>2025 w?ld'
    assert write(read(line).node) == line
    assert write(All(())) == "" and joins("И")


ABSURD = {
    "a": 100_000, "слово ": 5000, "(": 5000, "-": 3000, "NOT ": 700, '"': 10_000, "tag:": 500, "title:": 400,
    "title:(": 400, "«": 2000, "date:март ": 500, "/": 3000, "\\": 2000, "tag:a,": 1500, "‘": 2000,
    '"" ': 900, "~": 2000, "?": 2000, "=": 2000, "* ": 1000, "(a OR ": 400, "/(/ ": 300,
    "a* ": 300, "date:1 ": 200,
}  # fmt: skip


@pytest.mark.parametrize("line", [text * times for text, times in ABSURD.items()], ids=list(ABSURD))
def test_absurd_lines_are_read(line):
    reading = read(line)
    assert len(reading.hints) < 9 and (reading.node is None or write(reading.node))


def test_very_long_lines_are_cut_and_say_so():
    reading = read("слово " * (MOST_WORDS + 1))
    assert len(reading.node.parts) == MOST_WORDS and f"first {MOST_WORDS} words" in reading.hints[0]
    assert "characters" in read("a" * (LONGEST + 1)).hints[0]


def test_fields_know_their_names():
    assert BY_NAME["дата"].name == "date" and BY_NAME["著者"].name == "author"
