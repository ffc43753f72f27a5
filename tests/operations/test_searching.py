"""Searching a real archive, with its index and without."""

import pytest

from desktop import paths
from desktop.core.anchors import Span
from desktop.core.errors import IndexFailed
from desktop.core.searching import SearchWishes
from desktop.operations import marking
from desktop.operations.indexing import index_now
from desktop.operations.searching import ArchiveSearch
from desktop.store import annotations, articles
from desktop.store.history import operation, undo
from tests.operations.test_indexing import add

TEXTS = (
    "Украина готовит партию дронов для Японии. «Если мы хотим открыть новую страницу», сказал президент.",
    "В стране откроют десять экспортных центров. Санкции не обсуждали.",
    "昨日、日本の首相は東京で会見した。",
)


@pytest.fixture
def stocked(archive):
    add(archive, *TEXTS)
    (quoted,) = [one for one in articles.article_ids(archive) if "дронов" in text_of(archive, one)]
    marking.mark_words(
        archive, quoted, "quote", "Если мы хотим открыть новую страницу", speaker="Владимир Зеленский"
    )
    return archive


@pytest.fixture
def search(stocked):
    with ArchiveSearch(stocked) as search:
        yield search


def text_of(archive, article_id: str) -> str:
    return archive.value(
        "SELECT text FROM captures WHERE id = (SELECT current_capture FROM articles WHERE id = ?)",
        (article_id,),
    )


@pytest.mark.parametrize("indexed", [True, False], ids=["indexed", "scanned"])
@pytest.mark.parametrize(
    ("query", "word"),
    [("дрон", "дронов"), ("санкциях", "Санкции"), ("首相", "首相"), ("экспортный центр", "экспортных")],
)
def test_words_are_found(search, archive_path, indexed, query, word):
    if indexed:
        index_now(archive_path)
    result = search.search(query)
    (hit,) = result.hits
    start, end = hit.matches[0]
    assert text_of(search._archive, hit.article_id)[start:end] == word
    assert next(hit.snippet.text[a:b] for a, b in hit.snippet.matches) == word
    assert (result.total, result.articles, result.records) == (1, 1, 4)
    assert (result.indexed, bool(result.hint)) == ((4, False) if indexed else (0, True))


def test_a_quote_is_found_by_its_speaker(search, archive_path):
    index_now(archive_path)
    (hit,) = search.search("speaker:Зеленский").hits
    (span,) = hit.matches
    assert text_of(search._archive, hit.article_id)[slice(*span)] == "Если мы хотим открыть новую страницу"
    assert hit.kind == "quote" and hit.annotation_id


def test_undo_takes_it_out_again(search, archive_path):
    index_now(archive_path)
    undo(search._archive)
    index_now(archive_path)
    result = search.search("speaker:Зеленский")
    assert result.total == 0 and result.records == 3


def test_facets_and_paging(search, archive_path):
    index_now(archive_path)
    result = search.search("страница", SearchWishes(limit=1, facets=True))
    assert len(result.hits) == 1 and result.total == 2
    assert result.facets["kind"] == {"article": 1, "quote": 1}
    assert search.search("страница", SearchWishes(limit=1, offset=1)).hits[0].key != result.hits[0].key


@pytest.mark.parametrize("indexed", [True, False], ids=["indexed", "scanned"])
def test_an_article_and_its_marks_are_kept_together(search, archive_path, indexed):
    if indexed:
        index_now(archive_path)
    result = search.search("страница", SearchWishes(grouped=True, limit=1))
    text, quote = result.hits
    assert (text.kind, quote.kind, quote.article_id) == ("article", "quote", text.article_id)
    assert result.hits_of == {text.article_id: 2} and result.articles == 1
    assert search.search("страница", SearchWishes(grouped=True, offset=1)).hits == ()


def test_everything_that_is_found(search, archive_path):
    with pytest.raises(IndexFailed):
        search.found("страница")
    index_now(archive_path)
    found = search.found("страница")
    hits = search.search("страница").hits
    assert found.keys == {hit.key for hit in hits} and found.articles == {hits[0].article_id}


def test_damage_falls_back_to_reading(search, archive_path):
    index_now(archive_path)
    for path in paths.index_dir(search._archive.id).glob("*.toc"):
        path.write_bytes(b"nonsense")
    assert search.search("дрон").total == 1 and "being built" in search.search("дрон").hint
    index_now(archive_path)
    assert search.search("дрон").total == 1 and search.search("дрон").hint == ""


def test_the_last_word_may_be_unfinished(search, archive_path):
    index_now(archive_path)
    assert search.search("экспортн", SearchWishes(as_you_type=True)).total == 1


def test_a_mark_whose_place_is_not_known_is_found_without_one(stocked, search):
    (mark,) = stocked.rows("SELECT id FROM annotations")
    with operation(stocked, "Import"):
        annotations.set_spans(stocked, mark[0], (Span(9, 9, "Слова старой версии"),))
    (hit,) = search.search("старой").hits
    assert (hit.annotation_id, hit.matches, hit.snippet.text) == (mark[0], (), "Слова старой версии")
