"""The measures' own tools: what they measure with must be right before what they measure."""

from desktop.core.document import BlockKind, Document
from desktop.core.extraction import ImportStatus
from desktop.core.progress import Progress
from desktop.operations.importing import import_paths
from desktop.store.archive import open_archive
from tests.bench.corpus import articles, long_article, rare_words, write_files
from tests.bench.figures import Figure, table
from tests.bench.material import fill


def test_the_same_seed_makes_the_same_articles():
    first, again, other = (list(articles(40, seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert {made.document.metadata.language for made in first} == {"ru", "uk", "en", "ja"}
    assert len({made.document.text for made in first}) == 40


def test_articles_are_documents_as_importers_make_them():
    for made in articles(40):
        assert Document.build(made.document.blocks, made.document.metadata) == made.document


def test_a_long_article_has_the_words_and_the_structure():
    made = long_article(2_000)
    assert len(made.document.text.split()) >= 2_000
    assert {block.kind for block in made.document.blocks} >= {BlockKind.HEADING, BlockKind.QUOTE}


def test_files_are_texts_and_pages_in_turn(tmp_path):
    paths = write_files(tmp_path, articles(4))
    assert [path.suffix for path in paths] == [".txt", ".html", ".txt", ".html"]
    assert "<article>" in paths[1].read_text("utf-8")


def test_rare_words_are_found_in_few_articles():
    texts = [made.document.text for made in articles(300)]
    assert all(sum(word in text for text in texts) < 10 for word in rare_words("en", 3))


def test_a_promise_is_kept_by_value_or_by_ratio():
    assert Figure("", 90, "ms", limit=100).kept
    assert not Figure("", 90, "ms", floor=30, limit=2.5, of_floor=True).kept
    assert Figure("", 90, "ms", floor=40, limit=2.5, of_floor=True).kept
    assert Figure("", 90, "ms").kept is None


def test_the_table_says_what_is_broken():
    broken = Figure("open", 250.4, "ms", 100, "a bare window", 2.5, True)
    cells = [cell.strip() for cell in table([broken]).splitlines()[-1].strip("|").split("|")]
    assert cells == ["open", "250 ms", "100 ms (a bare window)", "2.50 ×", "2.50 ×", "NO"]
    assert Figure.from_json(broken.to_json()) == broken


def test_a_mixed_folder_is_imported_whole_with_its_pictures(tmp_path, archive_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    fill(folder, 12)
    with open_archive(archive_path) as archive:
        report = import_paths(archive, [folder], Progress())
        assert report.count(ImportStatus.ADDED) == 12 == len(report.lines)
        assert archive.value("SELECT count(*) FROM pictures") == 2 + 4 + 4
