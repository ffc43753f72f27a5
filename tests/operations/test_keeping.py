"""What becomes of what other programs know of articles: new ones, captures, marks on known ones."""

from dataclasses import replace

import pytest

from desktop.core.anchors import AnchorState
from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.extraction import Extraction, FoundMark
from desktop.core.placing import place_all
from desktop.core.records import AnnotationKind
from desktop.operations import library, marking
from desktop.operations.keeping import APART, PARTIAL, RESTORED, Keeper
from desktop.operations.sameness import is_same_address, same_addresses
from desktop.store import annotations, articles, captures, collections, tags
from desktop.store.history import operation, redo, undo
from desktop.store.schema import TRACKED
from tests.archives import original

ADDRESS = "https://vestnik.example/2024/flood"
TEXT = "Вода поднялась на два метра. Губернатор сказал, что эвакуируют всех."


def page(*, url=ADDRESS, text=TEXT, **more) -> Extraction:
    metadata = Metadata(title="Паводок", url=url, **more.pop("metadata", {}))
    document = Document.build([Block(BlockKind.PARAGRAPH, text)], metadata)
    return Extraction(document, original(text.encode(), ".html"), "html/1", **more)


def titled(text: str, title: str, **more) -> Extraction:
    return replace_title(page(text=text, **more), title)


def replace_title(extraction: Extraction, title: str) -> Extraction:
    document = extraction.document
    renamed = replace(document, metadata=replace(document.metadata, title=title))
    return replace(extraction, document=renamed)


def record(*marks: str, url=ADDRESS, data=b"{}", note="", **more) -> Extraction:
    """What a reading list knows: passages, not the text."""
    metadata = Metadata(title="Паводок (закладка)", url=url, **more.pop("metadata", {}))
    blocks = [Block(BlockKind.QUOTE, words, level=1, group=1) for words in marks]
    document = Document.build(blocks or [Block(BlockKind.PARAGRAPH, "Паводок")], metadata)
    starts = document.starts()
    found = [
        FoundMark(AnnotationKind.HIGHLIGHT, words, ranges=((start, start + len(words)),), note=note)
        for words, start in zip(marks, starts, strict=False)
    ]
    return Extraction(
        document, original(data, ".json"), "list/1", marks=tuple(found), partial=True,
        name="Паводок.json", **more,
    )  # fmt: skip


@pytest.fixture
def keep(archive):
    keeper = Keeper(archive)

    def keep(extraction: Extraction, source: str = "list.json"):
        with operation(archive, "Import"):
            return keeper.keep(source, extraction)

    return keep


def placed(archive, article):
    current = captures.current_capture(archive, article)
    return place_all(annotations.annotations_of(archive, article), current.text, current.id)


def test_a_record_of_an_unknown_article_is_a_partial_one(archive, keep):
    line = keep(record("Вода поднялась на два метра"))
    assert (line.status, line.marks, line.warnings) == ("added", 1, (PARTIAL,))
    assert line.source == "list.json/Паводок.json"
    assert captures.current_capture(archive, line.article).partial
    assert [one.state for one in placed(archive, line.article)] == [AnchorState.EXACT]


def test_the_page_itself_takes_the_records_place_and_has_its_marks(archive, keep):
    article = keep(record("Вода поднялась на два метра", "Этих слов на странице нет уже давно")).article
    line = keep(page(), "flood.html")
    assert (line.status, line.article) == ("capture", article)
    assert captures.current_capture(archive, article).text == TEXT
    assert line.warnings == ("1 of 2 marks stay, 1 not found: kept with their words.",)
    found, lost = placed(archive, article)
    assert [TEXT[start:end] for start, end in found.ranges] == ["Вода поднялась на два метра"]
    assert (lost.state, lost.annotation.exact) == (AnchorState.ORPHAN, "Этих слов на странице нет уже давно")


def test_a_record_of_a_known_article_adds_its_marks_and_leaves_the_text(archive, keep):
    article = keep(page(), "flood.html").article
    line = keep(record("Губернатор сказал", warnings=("An attachment is missing.",)))
    assert (line.status, line.article, line.marks) == ("duplicate", article, 1)
    assert line.warnings[0] == "An attachment is missing."
    assert "(1)" in line.warnings[1]
    assert captures.current_capture(archive, article).text == TEXT
    assert [one.state for one in placed(archive, article)] == [AnchorState.EXACT]
    assert articles.article(archive, article).metadata.title == "Паводок"


def test_the_same_record_again_is_nothing_new(archive, keep):
    article = keep(record("Вода поднялась")).article
    line = keep(record("Вода поднялась"))
    assert (line.status, line.article, line.marks) == ("duplicate", article, 0)
    assert len(annotations.annotations_of(archive, article)) == 1


def test_a_record_that_has_grown_adds_what_is_new(archive, keep):
    article = keep(record("Вода поднялась")).article
    line = keep(record("Вода поднялась", "Губернатор сказал", data=b"{grown}"))
    assert (line.status, line.article, line.marks) == ("capture", article, 1)
    assert len(annotations.annotations_of(archive, article)) == 2


def test_a_bare_bookmark_does_not_hide_the_passages(archive, keep):
    article = keep(record("Вода поднялась", "Губернатор сказал")).article
    line = keep(record(data=b"{bookmark}", tags=("позже",)), "bookmarks.html")
    assert (line.status, line.article) == ("duplicate", article)
    assert "Губернатор сказал" in captures.current_capture(archive, article).text
    assert [tag.path for tag in tags.tags_of_article(archive, article)] == ["позже"]


def test_an_identifier_names_the_article_where_there_is_no_address(archive, keep):
    doi = {"identifier": "doi:10.1000/182"}
    article = keep(record("Вода", url=None, metadata=doi)).article
    line = keep(page(url="https://doi.example/x", metadata=doi), "paper.html")
    assert (line.status, line.article) == ("capture", article)
    assert articles.article(archive, article).metadata.url == "https://doi.example/x"


@pytest.mark.parametrize(
    "other",
    [
        "http://vestnik.example/2024/flood",
        "https://vestnik.example/2024/flood/",
        "https://vestnik.example/2024/flood?utm_source=list&utm_medium=x",
        "http://vestnik.example/2024/flood/?fbclid=1",
        "https://vestnik.example/2024/flood#:~:text=вода",
    ],
)
def test_lists_write_the_same_address_in_several_ways(keep, other):
    article = keep(page(), "flood.html").article
    assert keep(record("Вода поднялась", url=other)).article == article


@pytest.mark.parametrize("tail", ["?utm_source=list&utm_medium=x", "/?fbclid=1"])
def test_a_page_finds_the_entry_of_a_list_that_tracked_its_readers(archive, keep, tail):
    article = keep(record("Вода поднялась", url=ADDRESS + tail)).article
    assert keep(page(), "flood.html").article == article
    other = keep(record("Вода", url=f"{ADDRESS}?utm_source=list&id=7", data=b"{7}")).article
    assert keep(page(text=TEXT + " Это новая редакция."), "flood.html").article == article != other


OTHER = "Парламент принял бюджет на будущий год. Депутаты спорили о расходах на школы до утра."


def test_two_articles_with_the_address_of_a_template_are_two(archive, keep):
    article = keep(page(), "flood.html").article
    other = keep(titled(OTHER, "Бюджет принят"), "budget.html")
    assert (other.status, other.warnings) == ("added", (APART,))
    assert captures.current_capture(archive, article).text == TEXT
    again = keep(titled(OTHER + " Голосовали поимённо.", "Бюджет-2025"), "budget2.html")
    assert (again.status, again.article) == ("capture", other.article)


def test_an_article_that_was_rewritten_under_another_headline_is_still_the_same(keep):
    article = keep(page(), "flood.html").article
    line = keep(titled(f"Дополнено. {TEXT} Жители вернулись домой.", "Жители вернулись"), "flood.html")
    assert (line.status, line.article) == ("capture", article)


def test_a_login_page_at_the_address_is_a_capture_of_it(archive, keep):
    article = keep(page(text=TEXT * 3), "flood.html").article
    assert keep(titled("Войдите, чтобы читать дальше.", "Вход"), "flood.html").article == article


@pytest.mark.parametrize("identifier", ["doi:10.1000/182", "mid:7@example.org", "urn:isbn:9780141439518"])
def test_a_number_that_was_used_twice_joins_nothing(keep, identifier):
    named = {"metadata": {"identifier": identifier}}
    article = keep(page(url=None, **named), "a.pdf").article
    other = keep(titled(OTHER * 9, "Бюджет", url=None, **named), "b.pdf")
    assert (other.status, other.warnings) == ("added", (APART,))
    assert other.article != article


def test_chapters_of_one_volume_share_its_isbn_and_are_several(keep):
    isbn = {"identifier": "urn:isbn:9780141439518"}
    one, other, again = (
        keep(replace_title(record(url=None, data=title.encode(), metadata=isbn), title)).article
        for title in ("Реки и люди", "Горы и люди", "Реки и люди: очерк")
    )
    assert one == again != other


def test_addresses_that_cannot_be_taken_apart_name_nothing(keep):
    article = keep(page(url="http://[broken/a"), "a.html").article
    assert keep(titled(OTHER, "Бюджет", url="http://[broken/a"), "b.html").article != article
    assert is_same_address("https://a.example/b/?utm_source=x", "http://a.example/b")
    assert not is_same_address("https://a.example/b?id=1", "http://a.example/b?id=2")


@pytest.mark.parametrize(
    "other",
    [
        "https://vestnik.example/2024/flood2",
        "https://vestnik.example/2024/flood?page=2",
        "https://vestnik.example/",
    ],
)
def test_other_addresses_are_other_articles(keep, other):
    article = keep(page(), "flood.html").article
    assert keep(record("Вода поднялась", url=other)).article != article


def test_a_query_that_names_the_article_is_kept():
    assert "http://a.example/?id=7" in list(same_addresses("https://a.example/?id=7&utm_source=x"))


def test_an_entry_and_its_attached_file_are_one_article(archive, keep):
    first = keep(page(url=None, key="a"), "library.rdf")
    line = keep(
        record(url=None, key="a", tags=("вода",), collections=("Архив/2024",), note="x"), "library.rdf"
    )
    assert line.article == first.article
    assert captures.current_capture(archive, line.article).text == TEXT
    assert [tag.path for tag in tags.tags_of_article(archive, line.article)] == ["вода"]
    assert [one.path for one in collections.collections_of_article(archive, line.article)] == ["Архив/2024"]


def test_keys_count_within_one_source_only(keep):
    first = keep(page(url=None, key="a"), "one.rdf")
    assert (
        keep(page(url=None, key="a", text="Совсем другой текст о другом."), "two.rdf").article
        != first.article
    )


def test_a_file_that_was_here_before_its_catalogue_gets_what_the_catalogue_knows(archive, keep):
    article = keep(page(url=None), "paper.html").article
    assert keep(page(url=None, key="a"), "library.rdf").article == article
    known = {"publisher": "Вестник", "identifier": "doi:10.1000/182"}
    assert keep(record(url=None, key="a", metadata=known), "library.rdf").article == article
    metadata = articles.article(archive, article).metadata
    assert (metadata.publisher, metadata.identifier) == ("Вестник", "doi:10.1000/182")


def test_a_catalogue_knows_better_than_the_file_that_was_met_first(archive, keep):
    article = keep(page(url=None), "files/8/paper.html").article
    keep(page(url=None, key="a"), "library.rdf")
    keep(record(url=None, key="a", metadata={"byline": ("Анна Ли",)}), "library.rdf")
    metadata = articles.article(archive, article).metadata
    assert (metadata.title, metadata.byline) == ("Паводок (закладка)", ("Анна Ли",))


def test_what_a_person_corrected_stays_when_a_catalogue_comes(archive, keep):
    article = keep(page(url=None), "paper.html").article
    library.edit_metadata(archive, [article], title="Исправлено")
    later = Keeper(archive)
    for part in (page(url=None, key="a"), record(url=None, key="a")):
        with operation(archive, "Import"):
            later.keep("library.rdf", part)
    assert articles.article(archive, article).metadata.title == "Исправлено"


def test_a_record_brings_its_article_back_from_the_trash(archive, keep):
    article = keep(record("Вода поднялась")).article
    library.trash(archive, [article])
    line = keep(record("Вода поднялась"))
    assert (line.article, line.warnings) == (article, (RESTORED,))


def test_notes_and_paths_that_name_nothing_are_left_out(archive, keep):
    line = keep(page(tags=("/", "вода"), collections=("//", "Архив")))
    assert [tag.path for tag in tags.tags_of_article(archive, line.article)] == ["вода"]
    assert [one.path for one in collections.collections_of_article(archive, line.article)] == ["Архив"]
    assert articles.article(archive, line.article).note == ""


def test_an_older_copy_of_the_text_stays_behind_the_newer_one(archive, keep):
    article = keep(page(captured_at="2024-05-01T00:00:00.000Z"), "new.html").article
    line = keep(page(text=TEXT + " Старая редакция.", captured_at="2020-01-01T00:00:00.000Z"), "old.html")
    assert (line.status, line.article) == ("capture", article)
    assert captures.current_capture(archive, article).text == TEXT


def test_undoing_an_import_leaves_the_archive_as_it_was(archive, keep):
    article = keep(page(), "flood.html").article
    marking.mark_words(archive, article, "quote", "Губернатор сказал")
    library.trash(archive, [keep(page(text=OTHER, url=f"{ADDRESS}/2"), "b.html").article])
    before = contents(archive)
    grown = TEXT + " Вода спала, сказал мэр города Анне."
    mark = FoundMark(
        AnnotationKind.CLAIM, "Вода спала", note="x", tags=("a/b",), speaker="Мэр", claim="Спала"
    )
    with operation(archive, "Import"):
        keeper = Keeper(archive)
        keeper.keep(
            "a.html", page(text=grown, marks=(mark,), tags=("река",), note="Прочесть", collections=("К",))
        )
        keeper.keep("list.json", record("Губернатор сказал", note="кто?"))
        keeper.keep("b.html", page(text=OTHER, url=f"{ADDRESS}/2"))
        keeper.keep("c.html", page(text=OTHER + " И ещё.", url=f"{ADDRESS}/3"))
    after = contents(archive)
    assert before != after
    undo(archive)
    assert contents(archive) == before
    redo(archive)
    assert contents(archive) == after


def contents(archive) -> dict[str, list]:
    """What is in the library, but for when it was changed; what an import had added lies in the trash."""
    found = {}
    for table in TRACKED:
        names = [row[1] for row in archive.rows(f"PRAGMA table_info({table})") if row[1] != "updated_at"]
        live = "WHERE trashed_at IS NULL" if table == "articles" else ""
        columns = ", ".join(f'"{name}"' for name in names)
        found[table] = sorted(map(repr, map(tuple, archive.rows(f"SELECT {columns} FROM {table} {live}"))))
    return found
