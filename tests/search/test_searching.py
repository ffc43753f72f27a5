"""What is found by what, through the real index."""

from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.errors import PressmarkError
from desktop.core.searching import SearchSort, SearchWishes
from desktop.search.fold import fold
from tests.search.conftest import Finder, MemorySource, article, mark


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    finder = Finder(MemorySource(), tmp_path_factory.mktemp("library") / "index")
    finder.put(
        drones=article(
            "drones",
            "Япония готовит партию дронов. Ёлка у экспортных центров.\nНовые санкции не вводят.",
            title="Украина и Япония",
            language="ru",
            date="2026-03-14",
            outlet="Kyiv Independent",
            tags=("оборона/дроны",),
            collections=("Отчёты/Весна",),
            read_state="read",
            added="2026-06-01T10:00:00Z",
            speakers=("Марко Вовчок",),
        ),
        sanctions=article(
            "sanctions",
            "О санкциях говорили в центре экспорта: дрон один, по-русски COVID-19.",
            title="Sanctions",
            language="ru",
            date="2026-05",
            tags=("экономика",),
            added="2026-06-02T10:00:00Z",
            read_state="unread",
        ),
        tokyo=article(
            "tokyo", "昨日、日本の首相は東京都庁で会見した。ガラスとカラス。", language="ja", date="2025"
        ),
        ukraine=article(
            "ukraine",
            "П’ятниця: об'єкт у школі. Їжак і йод. Президентові передали дрони.",
            language="uk",
            title="Школи",
            note="перевірити джерело",
        ),
        english=article(
            "english",
            "Officials said sanctions don't work. A drone flew; fleets of drones fly.",
            language="en-GB",
        ),
        quote=mark(
            "quote",
            "drones",
            "quote",
            "мы хотим открыть новую страницу",
            title="Украина и Япония",
            speakers=("Владимир Зеленский", "Зеленський", "Zelensky"),
            tags=("оборона",),
        ),
        claim=mark(
            "claim", "drones", "claim", "около 450 компаний", verdict="refuted", note="Компаний было 1 200."
        ),
    )
    finder.spans = {"quote": ((10, 41),), "claim": ((50, 60), (70, 78))}
    yield finder
    finder.searcher.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # word forms
        ("дрон", {"drones", "sanctions", "ukraine"}),
        ("санкции", {"drones", "sanctions"}),
        ("санкциях", {"drones", "sanctions"}),
        ("экспортный центр", {"drones"}),
        ("drone", {"english"}),
        ("президент", {"ukraine"}),
        ("школа", {"ukraine"}),
        # folding
        ("елка", {"drones"}),
        ("ЁЛКА", {"drones"}),
        ("пятниця", {"ukraine"}),
        ("п'ятниця", {"ukraine"}),
        ("объект", set()),
        ("иод", set()),
        ("йод", {"ukraine"}),
        ("по-русски", {"sanctions"}),
        ("covid-19", {"sanctions"}),
        ("don't", {"english"}),
        ("1 200", {"claim"}),
        ("1200", {"claim"}),
        ("450", {"claim"}),
        # no spaces between words
        ("首相", {"tokyo"}),
        ("首", {"tokyo"}),
        ("庁", {"tokyo"}),
        ("東京都", {"tokyo"}),
        ("東京タワー", {"tokyo"}),
        ("ガラス", {"tokyo"}),
        ("ガガ", set()),
        # phrases
        ('"экспортных центров"', {"drones"}),
        ('"экспортный центр"', set()),
        ("«новые санкции»", {"drones"}),
        ('"東京都庁"', {"tokyo"}),
        ('"дронов ёлка"', {"drones"}),
        # prefix, similar
        ("дрон*", {"drones", "sanctions", "ukraine"}),
        ("экспорт*", {"drones", "sanctions"}),
        ("санкцыи~", {"drones"}),
        ("зеленски*", set()),
        # boolean
        ("дрон AND экспорт*", {"drones", "sanctions"}),
        ("首相 OR ёлка", {"tokyo", "drones"}),
        ("首相 ИЛИ ёлка", {"tokyo", "drones"}),
        ("дрон -ёлка", {"sanctions", "ukraine"}),
        ("дрон NOT ёлка", {"sanctions", "ukraine"}),
        ("дрон НЕ (ёлка OR школа)", {"sanctions"}),
        ("(首相 OR ёлка) date:2025", {"tokyo"}),
        # fields
        ("title:украина", {"drones"}),
        ("text:украина", set()),
        ("note:джерело", {"ukraine"}),
        ("note:компания", {"claim"}),
        ("kind:quote", {"quote"}),
        ("kind:Claims", {"claim"}),
        ("kind:marks", {"quote", "claim"}),
        ("kind:article санкции", {"drones", "sanctions"}),
        ("tag:оборона", {"drones", "quote"}),
        ("tag:оборона/дроны", {"drones"}),
        ("tag:дроны", {"drones"}),
        ("tag:обор", set()),
        ("speaker:Зеленский", {"quote"}),
        ("speaker:Зеленского", {"quote"}),
        ("speaker:zelensky", {"quote"}),
        ('speaker:"Владимир Зеленский"', {"quote"}),
        ("author:Вовчка", {"drones"}),
        ("outlet:kyiv", {"drones"}),
        ('outlet:"kyiv independent"', {"drones"}),
        ("lang:en", {"english"}),
        ("lang:uk", {"ukraine"}),
        ("date:2026", {"drones", "sanctions"}),
        ("date:2026-03", {"drones"}),
        ("date:14.03.2026", {"drones"}),
        ("date:2026-03..2026-04", {"drones"}),
        ("date:2026-03-14..2026-05", {"drones", "sanctions"}),
        ("date:..2025", {"tokyo"}),
        ("date:2026-04..", {"sanctions"}),
        ("read:unread", {"sanctions"}),
        ("verdict:refuted", {"claim"}),
        ("collection:Отчёты", {"drones"}),
        ("kind:(quote OR claim)", {"quote", "claim"}),
        ("tag:(оборона экономика)", set()),
        ("дрон tag:экономика", {"sanctions"}),
        ("-kind:article", {"quote", "claim"}),
        ("", set()),
        ("…", set()),
    ],
)
def test_found(library, query, expected):
    assert library.find(query) == expected


def test_a_large_vocabulary_hides_no_similar_word_and_no_word_that_begins_so(finder):
    finder.put(many=" ".join(f"па{number}" for number in range(3200)), flood="Потоп в посёлке")
    assert finder.find("потоб~") == {"flood"}
    assert finder.find("п*") == {"many", "flood"}


@pytest.mark.parametrize(
    ("query", "expected", "word"),
    [
        ("date:никогда школа", set(), "date"),
        ('"首相', {"tokyo"}, "quotation mark"),
        ("首相)", {"tokyo"}, "bracket"),
        ("((首相", {"tokyo"}, "bracket"),
        ("首相 OR", {"tokyo"}, "OR"),
        ("AND 首相", {"tokyo"}, "AND"),
        ("首相 NOT", {"tokyo"}, "NOT"),
        ("ведомство:首相", {"tokyo"}, "ведомство"),
        ("首相 kind:чудо OR ёлка", {"drones"}, "чудо"),
    ],
)
def test_odd_input_is_searched_as_words_and_explained(library, query, expected, word):
    result = library.ask(query)
    assert {hit.key[2:] for hit in result.hits} >= expected and word in result.hint


@pytest.mark.parametrize(
    "query",
    [
        "a" * 100_000,
        "слово " * 5000,
        "(" * 5000,
        "-" * 3000,
        "NOT " * 700,
        '"' * 999,
        "tag:" * 500,
        *("*", "~", "()", 'text:""', "kind:", "title:)"),
    ],
)
def test_absurd_input_is_answered(library, query):
    assert library.ask(query).milliseconds < 5000


def test_a_long_question_finds_texts_with_some_of_its_words(library):
    result = library.ask("какие новые санкции обсуждали тогда в Японии")
    assert result.hits[0].key in ("a:drones", "a:sanctions") and "some" in result.hint


def test_the_exact_form_ranks_higher(finder):
    finder.put(forms="Санкций много было там", exact="Санкции много было там", other="Мир был там")
    assert [hit.key for hit in finder.ask("санкции").hits] == ["a:exact", "a:forms"]


def test_a_query_in_one_language_keeps_to_its_word_forms(finder):
    finder.put(
        ru="Мати каравелла и ели",
        ours="Каса прийняла гроші матері",
        both="Дрон упал",
        uk="Дронові немає ціни",
    )
    assert finder.find("дрон") == {"both", "uk"}
    assert finder.find("были дрон", limit=9) == {"both"}


def test_a_title_ranks_higher(finder):
    finder.put(
        text=article("text", "Говорили о санкциях вчера", title="Новости дня"),
        title=article("title", "Говорили о разном вчера", title="О санкциях"),
    )
    assert [hit.key for hit in finder.ask("санкциях").hits] == ["a:title", "a:text"]


def test_the_last_word_may_be_unfinished(library):
    assert library.find("экспо", as_you_type=True) == {"drones", "sanctions"}
    assert library.find("экспо") == set()
    assert library.find("экспо ", as_you_type=True) == set()
    assert library.find("首", as_you_type=True) == {"tokyo"}


def test_pages_follow_one_another(library):
    whole = [hit.key for hit in library.ask("дрон").hits]
    paged = [library.ask("дрон", limit=1, offset=at).hits[0].key for at in range(3)]
    assert paged == whole and library.ask("дрон", limit=1).total == 3
    assert library.ask("дрон", offset=99).hits == ()


def test_without_words_the_newest_come_first(library):
    assert [hit.key for hit in library.ask("date:2025..").hits] == ["a:sanctions", "a:drones", "a:tokyo"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["sanctions", "drones", "tokyo", "ukraine"]),
        ("oldest", ["tokyo", "drones", "sanctions", "ukraine"]),
        ("last-added", ["sanctions", "drones", "tokyo", "ukraine"]),
        ("first-added", ["drones", "sanctions", "tokyo", "ukraine"]),
    ],
)
def test_sorted_by_date_those_without_one_stand_last(library, sort, expected):
    result = library.ask("首相 OR дрон", sort=SearchSort(sort))
    assert [hit.key[2:] for hit in result.hits] == expected
    paged = [library.ask("首相 OR дрон", sort=SearchSort(sort), limit=1, offset=at).hits for at in range(4)]
    assert [hit.key[2:] for page in paged for hit in page] == expected


def test_the_hits_of_an_article_are_kept_together(finder):
    finder.put(
        best=article("best", "паром паром паром"),
        other=article("other", "паром и многое другое сверх того"),
        alone=mark("alone", "third", "quote", "паром пришёл"),
        **{f"m{n}": mark(f"m{n}", "other", "claim", "паром " * (n + 1)) for n in range(4)},
    )
    result = finder.ask("паром", grouped=True, marks=2)
    shown: dict[str, list[str]] = {}
    for hit in result.hits:
        shown.setdefault(hit.article_id, []).append(hit.key)
    assert [hit.article_id for hit in result.hits] == [one for one, keys in shown.items() for _ in keys]
    assert shown["other"][0] == "a:other" and len(shown["other"]) == 3
    assert shown["best"] == ["a:best"] and shown["third"] == ["n:alone"]
    assert result.hits_of == {"best": 1, "other": 5, "third": 1}
    assert (result.total, result.articles) == (7, 3)
    paged = [finder.ask("паром", grouped=True, marks=2, limit=1, offset=at).hits for at in range(4)]
    assert [hit.key for page in paged for hit in page] == [hit.key for hit in result.hits]
    assert finder.ask("паром").hits_of == {}


def test_without_passages_no_text_is_read(library):
    def unread(_):
        raise AssertionError

    wishes = SearchWishes(snippets=False)
    result = library.searcher.search("kind:marks OR дрон", wishes, records=unread, spans=unread)
    assert {(hit.key, hit.kind, hit.article_id, hit.annotation_id) for hit in result.hits} == {
        ("a:drones", "article", "drones", None),
        ("a:sanctions", "article", "sanctions", None),
        ("a:ukraine", "article", "ukraine", None),
        ("n:quote", "quote", "drones", "quote"),
        ("n:claim", "claim", "drones", "claim"),
    }
    assert all(hit.snippet.text == "" and hit.matches == () for hit in result.hits)


def test_everything_that_is_found_reads_no_record(library):
    found = library.found("kind:marks OR дрон")
    assert found.keys == {"a:drones", "a:sanctions", "a:ukraine", "n:quote", "n:claim"}
    assert found.articles == {"drones", "sanctions", "ukraine"} and found.version
    assert library.found("какие новые санкции обсуждали тогда в Японии").keys == frozenset()


def test_an_archive_that_cannot_be_read_is_no_damage_to_the_index(library):
    def locked(keys):
        raise PressmarkError

    for ask in (library.searcher.found, partial(library.searcher.search, spans=dict)):
        with pytest.raises(PressmarkError):
            ask("like:drones", records=locked)


def test_places_are_those_of_the_wider_query_where_only_that_was_found(library):
    places = library.searcher.places('сообщили, что "новую партию дронов" готовит Япония', records=dict)
    assert places.in_text("Партии дронов") == ((0, 13),)


def test_a_name_is_found_in_its_other_spellings_until_that_is_not_wished(library):
    names = {"селенски": ("страница",)}
    assert library.ask("селенски", names=names).hits[0].key == "n:quote"
    assert library.ask("селенски", names=names, other_scripts=False).hits == ()
    assert library.found("селенски", names=names).keys == {"n:quote"}


def test_counts(library):
    result = library.ask("kind:marks OR дрон", facets=True)
    assert (result.total, result.articles) == (5, 3)
    assert result.facets["kind"] == {"article": 3, "claim": 1, "quote": 1}
    assert result.facets["tag"] == {"оборона": 2, "оборона/дроны": 1, "экономика": 1}
    assert result.facets["tag"]["оборона"] == library.ask("(kind:marks OR дрон) tag:оборона").total
    assert result.facets["year"] == {"2026": 2}
    assert result.facets["language"] == {"ru": 2, "uk": 1}
    assert result.facets["speaker"] == {"Марко Вовчок": 1, "Владимир Зеленский": 1}
    assert result.facets["outlet"] == {"Kyiv Independent": 1}
    assert result.facets["collection"] == {"Отчёты": 1, "Отчёты/Весна": 1}
    assert result.facets["verdict"] == {"refuted": 1}
    assert library.ask("дрон").facets == {}


def test_it_tells_how_the_query_was_read(library):
    said = library.ask('дрон* "новая страница" -speaker:Зеленский date:2026-03..2026-05 title:x~').understood
    for part in (
        "beginning with “дрон”",
        "exactly “новая страница”",
        "not speaker",
        "from 2026-03-01 to 2026-05-31",
        "like “x” in the title",
    ):
        assert part in said  # fmt: skip


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("дронов", ["дронов"]),
        ("экспортный центр", ["экспортных", "центров"]),
        ('"экспортных центров"', ["экспортных центров"]),
        ("首相", ["首相"]),
        ("首", ["首"]),
        ("東京都庁", ["東京都庁"]),
        ("объект OR об'єкт", ["об'єкт"]),
        ("don't", ["don't"]),
        ("экспорт* ёлка", ["Ёлка", "экспортных"]),
    ],
)
def test_matches_cover_the_words(library, query, words):
    hit = library.ask(query).hits[0]
    text = library.source.live[hit.key].text
    assert [text[start:end] for start, end in hit.matches] == words
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.matches] == words
    assert text[hit.snippet.offset :].startswith(hit.snippet.text.split("\n")[0][:20])


def test_an_annotation_is_found_at_its_spans(library):
    quote, claim = library.ask("kind:quote страница").hits[0], library.ask("note:компаний").hits[0]
    assert (quote.annotation_id, quote.article_id, quote.matches) == ("quote", "drones", ((10, 41),))
    assert quote.snippet.offset == 10 and quote.title == "Украина и Япония"
    assert claim.matches == ((50, 60), (70, 78))
    assert claim.snippet.offset == -1 and claim.snippet.text == "Компаний было 1 200."


ODD = (
    'дрон санкции 首相 首 " « » “ ( ) - NOT AND OR ИЛИ НЕ * ~ ~2 : title: tag: date: kind: kind:x'
    " date:2026..2025 speaker:Зеленский read:unread \\ / [ ] { } ^ ? + ! ' ` 1 200 .. \x00 \ud800 İ ß ﬁ"
)
QUERY_PIECES = st.one_of(st.sampled_from(ODD.split(" ")), st.text(max_size=8))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.lists(st.tuples(QUERY_PIECES, st.sampled_from(["", " "])), max_size=12), st.booleans())
def test_no_query_is_refused(library, pieces, typing):
    text = "".join(piece + gap for piece, gap in pieces)
    result = library.ask(text, as_you_type=typing, facets=True)
    assert result.query == text and result.understood
    assert result.total >= len(result.hits)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.data())
def test_every_word_of_a_text_finds_it_and_is_marked(library, data):
    key = data.draw(st.sampled_from(sorted(library.source.live)))
    text = library.source.live[key].text
    word = data.draw(st.sampled_from([word.strip(".,:;。、") for word in text.split()]))
    hits = [hit for hit in library.ask(word.replace(":", " "), limit=99).hits if hit.key == key]
    assert hits
    if hits[0].annotation_id is None:
        marked = [fold(text[start:end]) for start, end in hits[0].matches]
        assert any(fold(word) in found or found in fold(word) for found in marked)


def test_an_address_has_no_signs_for_letters(library):
    assert "any letters" not in library.ask("https://example.org/?q=a*b").understood


def test_of_one_word_no_other_words_are_spoken_of(library):
    answer = library.ask("дрон-мост")
    assert answer.hits
    assert answer.hint == "No text has it as it stands; these have some of its parts."


def test_what_is_below_a_tag_counts_in_every_part_of_the_index(finder):
    finder.put(a=article("a", "Мост", tags=("вода",)))
    finder.put(b=article("b", "Мост", tags=("вода/плотины", "вода/плотины/старые")))
    finder.put(c=article("c", "Мост", tags=("вода/плотины", "вода")), d=article("d", "Порт", tags=("вода",)))
    assert finder.ask("мост", facets=True).facets["tag"] == {
        "вода": 3, "вода/плотины": 2, "вода/плотины/старые": 1,
    }  # fmt: skip
    assert finder.ask("мост tag:вода").total == 3


@pytest.mark.parametrize(
    ("query", "marked"), [("発表する", "発表する"), ("ゼレンスキー", "ゼレンスキー"), ("高い", "高い")]
)
def test_a_japanese_word_is_marked_whole_where_it_stands_as_typed(finder, query, marked):
    finder.put(ja=f"政府は明日{marked}。")
    (hit,) = finder.ask(query).hits
    start, end = hit.matches[0]
    assert finder.source.live["a:ja"].text[start:end] == marked


def test_a_star_alone_leads_to_what_has_a_value(library):
    assert "“has:author”" in library.ask("author:*").hint
    assert not library.ask("author:Мар*").hint


def test_stars_in_quotation_marks_are_told(library):
    assert library.ask('"центр*"').understood == "exactly “центр*” (* is any letters, ? is one)"
    assert library.ask('"центр"').understood == "exactly “центр”"
