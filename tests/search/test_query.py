"""What every construct finds, through the real index and without one; and that no line raises."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.search import syntax
from desktop.search.query import parse
from desktop.search.scan import scan
from tests.search.conftest import Finder, MemorySource, article, mark
from tests.search.test_syntax import LINES

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    finder = Finder(MemorySource(), tmp_path_factory.mktemp("library") / "index")
    finder.put(
        port=article(
            "port",
            "Паром вышел из порта. Капитан парома молчал.",
            title="Порт закрыт",
            language="ru",
            date="2026-03-14",
            added="2026-11-21T10:00:00Z",
            outlet="Harbour Ledger",
            tags=("море/порт",),
            collections=("Отчёты/Весна",),
            read_state="unread",
            speakers=("Лев Аксюта",),
        ),
        bridge=article(
            "bridge",
            "Мост открыли, и паромы стоят. Переговоры о мосте идут.",
            title="Мост",
            language="ru",
            date="2025",
            added="2026-11-22T10:00:00Z",
            read_state="read",
            note="проверить",
        ),
        tokyo=article("tokyo", "首相は東京都庁で会見した。", language="ja", read_state="reading"),
        quote=mark(
            "quote",
            "port",
            "quote",
            "капитан молчал",
            speakers=("Лев Аксюта",),
            tags=("люди",),
            date="2026-03-14",
            read_state="unread",
            outlet="Harbour Ledger",
            language="ru",
        ),
        claim=mark(
            "claim",
            "bridge",
            "claim",
            "паромы стоят",
            claim="Паромное сообщение прервано",
            verdict="disputed",
            note="спорно",
            read_state="read",
        ),
    )
    yield finder
    finder.searcher.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # words
        ("=паром", {"port"}),
        ("=паромы", {"bridge", "claim"}),
        ("пар*мы", {"bridge", "claim"}),
        ("*говоры", {"bridge"}),
        ("пор?", set()),
        ("пор?*", {"port"}),
        ("пар?м", {"port"}),
        ("портт~1", {"port"}),
        ("/пар.м(ы|а)/", {"port", "bridge", "claim"}),
        ("title:/мост/", {"bridge"}),
        ("東?都", {"tokyo"}),
        ("=東京", {"tokyo"}),
        # near each other
        ('"капитан порт"~0', {"port"}),
        ('"молчал порт"~2', {"port"}),
        ('"молчал порт"~1', set()),
        ('"выйти молчать"~2', set()),
        ('"молчать выходить"~9', set()),
        ('"首相 東京"~2', {"tokyo"}),
        ('"переговор* о мосте"', {"bridge"}),
        # fields
        ("claim:сообщение", {"claim"}),
        ("утверждение:сообщение", {"claim"}),
        ("author:Аксюта", {"port"}),
        ("speaker:Аксюта", {"port", "quote"}),
        ("автор:(Аксюта OR Петров)", {"port"}),
        ("kind:цитаты", {"quote"}),
        ("вид:статья -язык:русский", {"tokyo"}),
        ("lang:ru,ja kind:article", {"port", "bridge", "tokyo"}),
        ("tag:(море люди)", set()),
        ("tag:море,люди", {"port", "quote"}),
        ("tag:мо*", {"port"}),
        ("tag:по*", {"port"}),
        ("outlet:harb*", {"port", "quote"}),
        ("collection:отчёты", {"port"}),
        ("date:март", {"port", "quote"}),
        ("date:март 2026", {"port", "quote"}),
        ("дата:(март OR 2025)", {"port", "quote", "bridge"}),
        ("date:<2026", {"bridge"}),
        ("date:>2025 kind:article", {"port"}),
        ("date:spring 2026 паром", {"port"}),
        ("imported:вчера", {"port"}),
        ("imported:today", {"bridge"}),
        ("imported:last 7 days", {"port", "bridge"}),
        # what it is
        ("is:unread", {"port", "quote"}),
        ("is:читается", {"tokyo"}),
        ("is:mark", {"quote", "claim"}),
        ("is:disputed", {"claim"}),
        ("is:undated kind:article", {"tokyo"}),
        ("-is:undated kind:article", {"port", "bridge"}),
    ],
)
def test_found_with_an_index_and_without(library, query, expected, monkeypatch):
    monkeypatch.setattr("desktop.search.query.date", _Today)
    assert library.find(query, other_scripts=False) == expected
    without = {hit.key[2:] for hit in scan(query, library.source.live.values()).hits}
    assert without == expected


class _Today(date):
    @classmethod
    def today(cls):
        return TODAY


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("has:quote", {"port", "quote"}),
        ("has:цитата", {"port", "quote"}),
        ("has:claim", {"bridge", "claim"}),
        ("has:mark kind:article", {"port", "bridge"}),
        ("has:note kind:article", {"bridge"}),
        ("has:tag", {"port", "quote"}),
        ("has:speaker kind:article", {"port"}),
        ("has:author kind:article", {"port"}),
        ("has:verdict kind:article", {"bridge"}),
        ("has:outlet kind:article", {"port"}),
        ("has:date kind:article", {"port", "bridge"}),
        ("has:collection", {"port"}),
        ("kind:article -has:mark", {"tokyo"}),
        ("паром has:quote", {"port"}),
        ("has:(quote OR claim) kind:article", {"port", "bridge"}),
    ],
)
def test_what_an_article_has_is_known_from_its_marks(library, query, expected):
    assert library.find(query) == expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("=паром", "only the form “паром”"),
        ("пар*м", "words such as “пар*м” (* is any letters, ? is one)"),
        ("паром~1", "words with one letter other than “паром”"),
        ("/пар.м/", "words matching /пар.м/"),
        ('"новый мост"~1', "any forms of “новый мост” near each other, at most 1 other word between them"),
        ("где паром?", "any form of “где” and any form of “паром”"),
        ("date:март 2026", "date from 2026-03-01 to 2026-03-31"),
        ("imported:вчера", "imported or marked 2026-11-21"),
        ("вид:цитата", "kind is quote"),
        ("lang:японский", "language ja"),
        ("-has:note", "not its article has a note"),
        ("is:непрочитано", "is unread"),
        ("claim:мост", "any form of “мост” in a claim's statement"),
    ],
)  # fmt: skip
def test_the_sentence_says_what_is_done(line, said):
    assert parse(line, today=TODAY).understood == said


@pytest.mark.parametrize(
    ("line", "hint", "said"),
    [
        ("/(а+)+/", "could take too long", "any form of “а”"),
        ("/[/ мост", "no regular expression", "any form of “мост”"),
        ("date:никогда", "is no date", "any form of “никогда”"),
        ('is:"по чему"', "knows unread", "any form of “по” and any form of “чему”"),
        ("tag: мост", "right after its field", "any form of “tag” and any form of “мост”"),
        ("мост~9", "At most 2", "words with up to two letters other than “мост”"),
        ("м*ст~", "tilde was left out", "words such as “м*ст”"),
    ],
)
def test_what_was_not_understood_is_searched_as_words_and_said(line, hint, said):
    parsed = parse(line, today=TODAY)
    assert hint in parsed.hint and said in parsed.understood


@given(LINES)
def test_any_line_is_read_described_and_run(library, line):
    parsed = parse(line, today=TODAY)
    assert parsed.understood
    assert library.ask(line, snippets=False).understood


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    parsed = parse(text, today=TODAY, as_you_type=True)
    node = syntax.read(text).node
    assert parsed.understood and (node is None or syntax.write(node) is not None)


def test_what_resembles_an_article_shares_its_rare_words(finder):
    storm = "Шторм сорвал крышу склада в порту, грузчики чинили причал."
    finder.put(
        storm=storm,
        after="После шторма причал и крышу склада чинят грузчики.",
        other="В порту открыли выставку картин.",
        **{f"x{number}": f"Заметка номер {number} о погоде и о городе." for number in range(20)},
    )
    finder.put(mine=mark("mine", "storm", "quote", "крышу склада"))
    result = finder.ask("like:storm")
    assert [hit.key for hit in result.hits] == ["a:after"]
    assert "mine" not in {hit.key[2:] for hit in result.hits} and "причал" in result.understood
    assert finder.find("like:storm -картин") == {"after"}
    assert finder.find("like:mine") == {"after"}
    assert finder.found("like:storm", records=finder.source.records).keys == {"a:after"}
    places = finder.searcher.places("like:storm", records=finder.source.records)
    assert places.in_text("грузчики молчат") == ((0, 8),)
    nothing = finder.ask("like:zzz")
    assert nothing.hits == () and "zzz" in nothing.hint
    assert scan("like:storm", finder.source.live.values()).hits == ()
    assert not parse("like:storm").hint


def test_what_is_like_has_a_part_of_the_words_in_any_form(finder):
    finder.put(
        flood=article(
            "flood", "Наводнение разрушило мост. Спасатели вывезли жителей посёлка, дамба не выдержала."
        ),
        other=article("other", "О дамбах спорят спасатели, мосты чинят, жителям посёлков выдают воду."),
        theatre=article("theatre", "Театр показал премьеру; жителям понравилось."),
        bank=article("bank", "Биржа закрылась ростом, спасатели рынка довольны."),
        **{f"filler{number}": article(f"filler{number}", "Совсем другое дело.") for number in range(12)},
    )
    assert finder.find("like:flood") == {"other"}
