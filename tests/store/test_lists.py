"""The library's lists: filters, orders, rows."""

from collections import Counter

import pytest

from desktop.core.errors import NotFound
from desktop.core.records import ReadState
from desktop.operations import library, marking, tagging
from desktop.store import articles, collections, people, tags
from desktop.store.articles import ArticleFilter, ArticleSort, article_ids, article_rows
from tests.archives import add


@pytest.fixture
def shelf(archive) -> dict[str, str]:
    """Five articles by a short name."""
    facts = {
        "ёж": ("«Ёж» и 2 яблока", "Вести", "ru", "2026-01-05"),
        "жук": ("Жук", None, "ru", None),
        "їжак": ("Їжак", "Газета", "uk", "2025-12"),
        "ten": ("Chapter 10", "Вести", "en", "2026-01-04T23:00:00Z"),
        "two": ("Chapter 2", "вести", None, "2026"),
    }
    return {
        name: add(
            archive,
            f"{title}\nтекст {name} достаточно длинный",
            publisher=p,
            language=lang,
            published_at=date,
        )
        for name, (title, p, lang, date) in facts.items()
    }


def shown(archive, shelf, chosen=None, sort=ArticleSort.ADDED, descending=False) -> list[str]:
    names = {article_id: name for name, article_id in shelf.items()}
    return [names[one] for one in article_ids(archive, chosen or ArticleFilter(), sort, descending)]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (ArticleSort.TITLE, ["two", "ten", "ёж", "жук", "їжак"]),
        (ArticleSort.PUBLISHED, ["їжак", "two", "ten", "ёж", "жук"]),
        (ArticleSort.ADDED, ["ёж", "жук", "їжак", "ten", "two"]),
        (ArticleSort.LANGUAGE, ["ten", "ёж", "жук", "їжак", "two"]),
    ],
)
def test_lists_are_sorted_as_readers_expect(archive, shelf, sort, order):
    assert shown(archive, shelf, sort=sort) == order


def test_what_has_no_date_stands_last_either_way(archive, shelf):
    assert shown(archive, shelf, sort=ArticleSort.PUBLISHED, descending=True) == [
        "ёж",
        "ten",
        "two",
        "їжак",
        "жук",
    ]


def test_the_most_marked_come_first(archive, shelf):
    for name, times in (("жук", 3), ("ёж", 1)):
        for at in range(times):
            marking.mark(archive, shelf[name], "highlight", [(at, at + 1)])
    order = shown(archive, shelf, sort=ArticleSort.ANNOTATIONS, descending=True)
    assert order[:2] == ["жук", "ёж"]
    assert len(order) == 5


def test_filters_hold_together(archive, shelf):
    library.set_read_state(archive, [shelf["ёж"], shelf["їжак"]], "read")
    assert shown(archive, shelf, ArticleFilter(language="ru")) == ["ёж", "жук"]
    assert shown(archive, shelf, ArticleFilter(read_state=ReadState.READ)) == ["ёж", "їжак"]
    assert shown(archive, shelf, ArticleFilter(language="ru", read_state=ReadState.READ)) == ["ёж"]
    assert shown(archive, shelf, ArticleFilter(publisher="Вести")) == ["ёж", "ten"]
    assert shown(archive, shelf, ArticleFilter(ids=[shelf["two"], shelf["жук"], "?"])) == ["жук", "two"]
    assert shown(archive, shelf, ArticleFilter(ids=[])) == []
    assert articles.count(archive, ArticleFilter(language="ru")) == 2
    assert articles.languages(archive) == {"ru": 2, "en": 1, "uk": 1}
    by_language = Counter()
    for language, _, number in articles.tallies(archive):
        by_language[language] += number
    assert sum(by_language.values()) == articles.count(archive)
    assert {one: by_language[one] for one in ("ru", "en", "uk")} == {"ru": 2, "en": 1, "uk": 1}
    assert articles.publishers(archive) == {"Вести": 2, "вести": 1, "Газета": 1}


def test_articles_are_found_by_id_its_beginning_title_or_address(archive):
    one = add(archive, "Ёж\nпервый", url="https://example.org/1")
    two = add(archive, "Ёж\nвторой")
    assert articles.find_named(archive, one) == [one]
    assert articles.find_named(archive, two[:-1].upper()) == [two]
    assert articles.find_named(archive, one[:4]) == [one, two]
    assert articles.find_named(archive, "Ёж") == [one, two]
    assert articles.find_named(archive, "https://example.org/1") == [one]
    assert articles.find_named(archive, one[:3]) == articles.find_named(archive, "\udcff") == []
    library.trash(archive, [one])
    assert articles.find_named(archive, "Ёж") == [two]


def test_a_tag_shows_its_branches_and_the_articles_of_tagged_marks(archive, shelf):
    tagging.tag_articles(archive, [shelf["ёж"]], "вода/паводок")
    marking.mark(archive, shelf["жук"], "quote", [(0, 3)], tags=["вода"])
    (gone,) = marking.mark(archive, shelf["ten"], "quote", [(0, 3)], tags=["вода"]).annotations
    marking.remove(archive, [gone])
    water, flood = tags.find_tag(archive, "вода"), tags.find_tag(archive, "Вода / Паводок")
    assert shown(archive, shelf, ArticleFilter(tag=water.id)) == ["ёж", "жук"]
    assert shown(archive, shelf, ArticleFilter(tag=flood.id)) == ["ёж"]
    assert tags.tag_counts(archive) == {water.id: (0, 1), flood.id: (1, 0)}
    library.trash(archive, [shelf["жук"], shelf["ёж"]])
    assert tags.tag_counts(archive) == {}


def test_a_collection_shows_those_nested_in_it(archive, shelf):
    library.create_collection(archive, "A/B")
    outer, inner = (collections.find_collection(archive, path).id for path in ("a", "a/b"))
    library.add_to_collection(archive, inner, [shelf["ёж"], shelf["жук"]])
    library.add_to_collection(archive, outer, [shelf["ёж"], shelf["ten"]])
    assert shown(archive, shelf, ArticleFilter(collection=outer)) == ["ёж", "жук", "ten"]
    assert shown(archive, shelf, ArticleFilter(collection=inner)) == ["ёж", "жук"]
    assert collections.collection_counts(archive) == {outer: 3, inner: 2}
    library.trash(archive, [shelf["ёж"]])
    assert collections.collection_counts(archive) == {outer: 2, inner: 1}


def test_a_person_shows_the_articles_they_speak_in(archive, shelf):
    marking.mark(archive, shelf["two"], "quote", [(0, 3)], speaker="Иван")
    ivan = people.find_person(archive, "иван")
    assert shown(archive, shelf, ArticleFilter(person=ivan.id)) == ["two"]
    assert people.people_counts(archive) == {ivan.id: 1}


def test_the_trash_is_a_list_of_its_own(archive, shelf):
    library.trash(archive, [shelf["ёж"]])
    assert shown(archive, shelf, ArticleFilter(trashed=True)) == ["ёж"]
    assert "ёж" not in shown(archive, shelf)


def test_rows_come_in_the_order_asked_with_counts_by_kind(archive, shelf):
    for kind in ("quote", "quote", "claim", "note", "highlight"):
        marking.mark(archive, shelf["жук"], kind, [(0, 3)])
    (gone,) = marking.mark(archive, shelf["жук"], "quote", [(0, 3)]).annotations
    marking.remove(archive, [gone])
    rows = article_rows(archive, [shelf["two"], "unknown", shelf["жук"]])
    assert [row.title for row in rows] == ["Chapter 2", "Жук"]
    beetle = rows[1]
    assert (beetle.highlights, beetle.quotes, beetle.claims, beetle.notes) == (1, 2, 1, 1)
    assert (beetle.annotations, rows[0].annotations) == (5, 0)
    assert (beetle.publisher, beetle.published_at, beetle.language) == ("", "", "ru")


def test_an_article_that_is_not_there_is_told(archive):
    with pytest.raises(NotFound):
        articles.article(archive, "nobody")
    assert articles.articles(archive, ["nobody"]) == []
