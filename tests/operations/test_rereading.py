"""Reading an original again: another encoding, the whole page, and what stays of marks and facts."""

import pytest

from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction, Options, Picture
from desktop.core.progress import Progress
from desktop.importing.isolate import ExtractionPool
from desktop.importing.originals import pack
from desktop.importing.sources import Source
from desktop.operations import undoing
from desktop.operations.importing import import_paths
from desktop.operations.keeping import Keeper
from desktop.operations.library import edit_metadata
from desktop.operations.mark_fates import MarkFates, fates_of_marks
from desktop.operations.marking import mark_words
from desktop.operations.rereading import read_again, reread
from desktop.store import articles, captures, history, pictures
from desktop.store.history import operation
from tests.importing.web.pages import page, png

TEXT = "Паром вместо моста\n\nМост закроют на шесть недель. Паром откроют раньше, обещает город."
WEATHER = Block(BlockKind.PARAGRAPH, "Погода и афиша города.")
STORY = Block(BlockKind.PARAGRAPH, "Инженер Ветрова нашла трещины в двух опорах моста.")


class Pool:
    """Reads every page alike: all of it, or the article in it; which words are which others test."""

    def extract_each(self, source, _progress):
        blocks = [WEATHER, STORY] if source.options.whole else [STORY]
        document = Document.build(blocks, Metadata("Мост"))
        yield Extraction(document, pack(source.data, "text/html", source.name), "html/2", "utf-8")


@pytest.fixture(scope="module")
def pool():
    with ExtractionPool(workers=1) as pool:
        pool.extract(Source("warm.txt", data=TEXT.encode()))
        yield pool


@pytest.fixture
def misread(archive, pool, tmp_path) -> str:
    """A KOI8-R text that somebody insisted on reading as windows-1251."""
    path = tmp_path / "note.txt"
    path.write_bytes(TEXT.encode("koi8-r"))
    report = import_paths(archive, [path], Progress(), options=Options(encoding="cp1251"), pool=pool)
    return report.lines[0].article


def again(archive, article, pool, **options):
    return reread(archive, article, Options(**options), Progress(), pool)


def test_another_encoding_makes_a_further_capture_that_is_current(archive, misread, pool):
    changes = again(archive, misread, pool, encoding="koi8-r")
    current = captures.current_capture(archive, misread)
    assert "Мост закроют на шесть недель" in current.text
    assert (current.encoding, captures.count_of(archive, misread)) == ("koi8-r", 2)
    assert changes.label == "Read again as KOI8-R"
    assert changes.articles == {misread}


def test_what_the_wrong_encoding_made_of_the_title_goes(archive, misread, pool):
    assert "Паром" not in articles.article(archive, misread).metadata.title
    again(archive, misread, pool, encoding="koi8-r")
    metadata = articles.article(archive, misread).metadata
    assert (metadata.title, metadata.language) == ("Паром вместо моста", "ru")


def test_what_a_person_corrected_stays(archive, misread, pool):
    edit_metadata(archive, [misread], title="О мосте", publisher="Вестник")
    again(archive, misread, pool, encoding="koi8-r")
    metadata = articles.article(archive, misread).metadata
    assert (metadata.title, metadata.publisher, metadata.language) == ("О мосте", "Вестник", "ru")


def test_it_is_one_step_and_undone_as_one(archive, misread, pool):
    before, title = captures.current_capture(archive, misread), articles.article(archive, misread).metadata
    steps = len(history.steps(archive, 50))
    again(archive, misread, pool, encoding="koi8-r")
    assert len(history.steps(archive, 50)) == steps + 1
    undoing.undo(archive)
    assert captures.current_capture(archive, misread) == before
    assert articles.article(archive, misread).metadata == title


def test_the_same_text_changes_nothing(archive, misread, pool):
    steps = history.steps(archive, 50)
    assert not again(archive, misread, pool, encoding="cp1251")
    assert history.steps(archive, 50) == steps


def test_the_whole_page_and_what_becomes_of_the_marks(archive):
    document = Document.build([STORY], Metadata("Мост"))
    original = pack(b"<html></html>", "text/html", "page.html")
    with operation(archive, "Import"):
        kept = Keeper(archive).keep("page.html", Extraction(document, original, "html/1", "utf-8"))
    edit_metadata(archive, [kept.article], title="Мост и паром")
    mark_words(archive, kept.article, "quote", "трещины в двух опорах")
    assert again(archive, kept.article, Pool(), whole=True).label == "Read again, the whole page"
    assert captures.current_capture(archive, kept.article).text.startswith("Погода")
    assert fates_of_marks(archive, kept.article) == MarkFates(kept=1)
    assert articles.article(archive, kept.article).metadata.title == "Мост и паром"
    assert again(archive, kept.article, Pool()).label == "Read again"
    assert captures.current_capture(archive, kept.article).text == STORY.text


def test_fates_are_counted_before_anything_is_kept(archive, misread, pool):
    mark_words(archive, misread, "quote", captures.current_capture(archive, misread).text[20:40])
    extraction = read_again(archive, misread, Options(encoding="koi8-r"), Progress(), pool)
    assert fates_of_marks(archive, misread, extraction.document.text) == MarkFates(gone=1)
    assert fates_of_marks(archive, misread) == MarkFates(kept=1)
    assert captures.count_of(archive, misread) == 1


def test_pictures_that_lay_beside_the_page_come_along(archive):
    document = Document.build(
        [Block(BlockKind.PARAGRAPH, "Мост."), Block(BlockKind.IMAGE, "", src="a.png")], Metadata("Мост")
    )
    picture = Picture("a.png", b"png", "0" * 64, "image/png", 30, 20)
    original = pack(b"<html></html>", "text/html", "page.html")
    with operation(archive, "Import"):
        kept = Keeper(archive).keep(
            "page.html", Extraction(document, original, "html/1", pictures=(picture,))
        )
    again(archive, kept.article, Pool(), whole=True)
    capture = captures.current_capture(archive, kept.article)
    assert pictures.picture_sizes(archive, capture.id) == {"a.png": (30, 20)}


def test_a_part_of_another_programs_list_is_not_read_by_itself(archive, pool, tmp_path):
    path = tmp_path / "My Clippings.txt"
    head = "- Your Highlight on page 5 | location 64-65 | Added on Sunday, 22 March 2026 10:00:00"
    words = "\n\nПаром откроют раньше.\n==========\n"
    path.write_text("".join(f"{book} (Сомова)\n{head}{words}" for book in ("Река", "Мост")), "utf-8")
    article = import_paths(archive, [path], Progress(), pool=pool).lines[0].article
    before = captures.current_capture(archive, article)
    with pytest.raises(ImportFailed, match="not_alone"):
        again(archive, article, pool, whole=True)
    assert captures.current_capture(archive, article) == before


def test_without_the_original_it_is_said(archive, flood, pool):
    with operation(archive, "Capture"):
        bare = Document.build([Block(BlockKind.PARAGRAPH, "Вода.")], Metadata())
        capture = captures.add_capture(archive, flood, bare, original=None, extractor="text/1")
        articles.set_current_capture(archive, flood, capture)
    with pytest.raises(ImportFailed, match="no_original"):
        again(archive, flood, pool, encoding="koi8-r")


def test_the_pictures_of_a_saved_page_are_there_when_it_is_read_again(archive, tmp_path, pool):
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "ferry.png").write_bytes(png())
    head = '<link rel="canonical" href="https://a.example/news/ferry">'
    path = tmp_path / "page.html"
    path.write_text(page('<img src="page_files/ferry.png">', head=head), "utf-8")
    article = import_paths(archive, [path], Progress(), pool=pool).lines[0].article
    before = captures.current_capture(archive, article)
    path.unlink()
    (tmp_path / "page_files" / "ferry.png").unlink()
    again(archive, article, pool, whole=True)
    current = captures.current_capture(archive, article)
    assert current.id != before.id
    named = [block.src for block in captures.document(archive, current.id).blocks if block.src]
    assert named == ["page_files/ferry.png"]
    assert set(pictures.picture_sizes(archive, current.id)) == set(named)
