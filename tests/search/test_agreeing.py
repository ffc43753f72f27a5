"""The index and the reading of records one by one find the same, whatever is asked."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.searching import SearchSort
from desktop.search.follower import catch_up
from desktop.search.query import parse
from desktop.search.scan import Matching
from tests.search.conftest import Finder, MemorySource, article, mark

WORDS = (
    "дрон дроны дронов санкции санкций центр центра П'ятниця об'єкт школа школи по-русски COVID-19 Bush's "
    "l'homme drone flew fly 1 200 000 1,200 300 首相 首相が 東京都庁 食べた 食べない ガラス Müller Мюллер "
    "éaab aaab Зеленский Зеленський Zelensky Straße ёлка їжак don't U.S. а the of, в. 😀"
).split()
FILTERS = (
    "kind:quote kind:mark lang:ru lang:ru,uk date:2026 date:2025..2026-03 date:<2026 imported:2026-06-01 "
    "is:unread is:undated tag:оборона tag:об* speaker:Зеленский author:Вовчок outlet:Труд verdict:refuted "
    "collection:Весна has:tag has:date verdict:open,refuted"
).split()
PATTERNS = (
    *"{0} ={0} {0}* *{0}* {0}~ {0}~1 title:{0} note:{0} claim:{0} /{0}.*/ /[^{0}]*/ -{0}".split(),
    *('"{0}"', '"{0} {1}"', '"{0} {1}"~2', '"{0}* {1}"', "{0} {1}", "{0} -{1}", "-({0} {1})"),
)  # fmt: skip

words = st.sampled_from(WORDS)
leaves = st.builds(str.format, st.sampled_from(PATTERNS), words, words) | st.sampled_from(FILTERS)
lines = st.recursive(
    leaves,
    lambda inner: st.builds(
        str.format, st.sampled_from(["{} {}", "{} OR {}", "-({}) OR {}", "({}) ({})"]), inner, inner
    ),
    max_leaves=4,
)


def _facts(number: int) -> dict:
    """Of every third, fourth, fifth … record something."""
    return {
        "title": _text(number * 7, number % 4),
        "note": _text(number * 5, 2) if number % 3 == 0 else "",
        "language": ["", "ru", "uk", "en", "ja"][number % 5],
        "date": ["", "2025", "2026-03", "2026-03-14", "2024-12-31"][number * 3 % 5],
        "added": f"2026-06-0{1 + number % 2}T10:00:00Z",
        "tags": [(), ("оборона",), ("оборона/дроны", "эко"), ("эко",)][number % 4],
        "speakers": [(), ("Владимир Зеленский",), ("Марко Вовчок",)][number % 3],
        "outlet": ["", "Kyiv Independent", "Труд"][number * 2 % 3],
        "collections": ("Отчёты/Весна",) if number % 4 == 1 else (),
        "read_state": ["read", "unread"][number % 2],
    }


def _text(first: int, length: int) -> str:
    return " ".join(WORDS[(first + each * each) % len(WORDS)] for each in range(length))


def _records(edition: int) -> Iterator:
    for number in range(24):
        facts, name = _facts(number + edition), f"r{number}"
        yield article(name, _text(number * 11 + edition, 9), **facts)
        verdict, claim = ["", "refuted", "open"][number % 3], _text(number + edition, number % 3)
        kind = ["quote", "claim", "note", "highlight"][number % 4]
        yield mark(f"m{number}", name, kind, _text(number * 3, 4), verdict=verdict, claim=claim, **facts)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """Several segments, with records that were changed, removed and put back."""
    finder = Finder(MemorySource(), tmp_path_factory.mktemp("lived") / "index")
    for edition in range(4):
        for start in range(0, 48, 12):
            finder.source.put(*list(_records(edition))[start : start + 12])
            catch_up(finder.source, finder.folder)
        finder.source.remove(*sorted(finder.source.live)[edition::5])
        catch_up(finder.source, finder.folder)
    assert finder.searcher.state().records == len(finder.source.live)
    yield finder
    finder.searcher.close()


@settings(max_examples=200)
@given(lines)
def test_the_index_finds_what_reading_finds(lived_in, line):
    found = lived_in.found(line, other_scripts=False).keys
    matching = Matching(parse(line).query)
    assert found == {key for key, record in lived_in.source.live.items() if matching.matches(record)}


@settings(max_examples=60)
@given(lines, st.sampled_from(SearchSort))
def test_pages_and_groups_have_every_hit_once(lived_in, line, sort):
    whole = lived_in.ask(line, limit=1000, sort=sort, facets=True, snippets=False)
    keys = [hit.key for hit in whole.hits]
    assert len(set(keys)) == len(keys) == whole.total == sum(whole.facets["kind"].values())
    pages = [
        lived_in.ask(line, limit=7, offset=at, sort=sort, snippets=False) for at in range(0, len(keys), 7)
    ]
    assert [hit.key for page in pages for hit in page.hits] == keys
    groups = [
        lived_in.ask(line, limit=5, offset=at, sort=sort, grouped=True, snippets=False)
        for at in range(0, whole.articles, 5)
    ]
    listed = [article_id for group in groups for article_id in group.hits_of]
    assert len(set(listed)) == len(listed) == whole.articles
    assert sorted(hit.key for group in groups for hit in group.hits) == sorted(keys)
    assert sum(sum(group.hits_of.values()) for group in groups) == whole.total
