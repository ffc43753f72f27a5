"""Choosing what to export, and writing it from a real archive."""

import json

import pytest

from desktop.core.errors import ExportFailed, NotFound
from desktop.core.selection import Selection
from desktop.operations.exporting import FORMATS, choose, export, title_of
from desktop.operations.library import add_to_collection, create_collection, edit_metadata, trash
from desktop.operations.marking import mark_words, remove
from desktop.operations.tagging import tag_annotations, tag_articles
from desktop.store import annotations, articles, collections, meta, tags
from desktop.store.archive import open_archive


@pytest.fixture
def marks(archive, flood, drones):
    """Ids of a quote and a claim in the flood article, and of a highlight in the drone article."""
    for article, kind, words, more in (
        (flood, "quote", "Мы эвакуируем всех", {"speaker": "Губернатор"}),
        (flood, "claim", "Вода поднялась на два метра", {"claim": "Two metres"}),
        (drones, "highlight", "About 450 companies make drones 🛩", {"tags": ["оборона/дроны"]}),
    ):
        mark_words(archive, article, kind, words, **more)
    found = {
        mark.kind: mark.id for one in (flood, drones) for mark in annotations.annotations_of(archive, one)
    }
    return found["quote"], found["claim"], found["highlight"]


def test_everything_is_everything_but_the_trash(archive, flood, drones):
    assert set(choose(archive, Selection()).articles) == {flood, drones}
    trash(archive, [flood])
    assert choose(archive, Selection()).articles == (drones,)


def test_chosen_articles_keep_their_order_and_all_marks(archive, flood, drones, marks):
    chosen = choose(archive, Selection(articles=(drones, flood, drones)))
    assert chosen.articles == (drones, flood)
    assert chosen.annotations is None


@pytest.mark.parametrize(
    "selection", [Selection(articles=("nope",)), Selection(tag="nope"), Selection(collection="nope")]
)
def test_what_is_not_there_cannot_be_chosen(archive, flood, selection):
    with pytest.raises(NotFound):
        choose(archive, selection)


def test_a_collection_includes_those_within_it(archive, flood, drones):
    create_collection(archive, "Dossier/Flood")
    outer, inner = (collections.find_collection(archive, path) for path in ("Dossier", "Dossier/Flood"))
    add_to_collection(archive, inner.id, [flood])
    assert choose(archive, Selection(collection=outer.id)).articles == (flood,)


def test_a_tag_brings_tagged_marks_of_untagged_articles_only(archive, flood, drones, marks):
    quote, _, highlight = marks
    tag_annotations(archive, [quote], "оборона")
    root = tags.find_tag(archive, "оборона")
    chosen = choose(archive, Selection(tag=root.id))
    assert set(chosen.articles) == {flood, drones}
    assert chosen.annotations == {quote, highlight}


def test_a_tagged_article_comes_with_all_its_marks(archive, flood, drones, marks):
    quote, claim, _ = marks
    tag_articles(archive, [flood], "вода/паводок")
    chosen = choose(archive, Selection(tag=tags.find_tag(archive, "вода").id))
    assert (chosen.articles, chosen.annotations) == ((flood,), {quote, claim})


def test_the_title_says_what_was_chosen(archive, flood, marks):
    meta.set_title(archive, "Floods")
    tag = tags.find_tag(archive, "оборона/дроны")
    assert title_of(archive, Selection()) == "Floods"
    assert title_of(archive, Selection(tag=tag.id)) == "Floods: оборона/дроны"
    assert title_of(archive, Selection(query="дрон")) == "Floods: дрон"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_exports_the_same_marks(archive, tmp_path, flood, drones, marks, name):
    target = tmp_path / f"out{FORMATS[name].extension}"
    report = export(archive, name, Selection(), target)
    assert (report.articles, report.annotations, report.warnings) == (2, 3, ())
    assert target.stat().st_size > 300
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name or "tmp" in path.name] == [
        target.name
    ]


def test_a_deleted_mark_is_not_exported(archive, tmp_path, flood, marks):
    remove(archive, [marks[0]])
    report = export(archive, "csv", Selection(articles=(flood,)), tmp_path / "out.csv")
    assert report.annotations == 1
    assert marks[0] not in (tmp_path / "out.csv").read_text("utf-8")


def test_an_exported_archive_holds_the_selection_and_opens(archive, tmp_path, flood, drones, marks):
    target = tmp_path / "part.pressmark"
    export(archive, "pressmark", Selection(articles=(drones,)), target)
    with open_archive(target) as part:
        assert articles.article_ids(part) == [drones]
        [mark] = annotations.annotations_of(part, drones)
        assert mark.exact == "About 450 companies make drones 🛩"
        assert [tag.path for tag in tags.all_tags(part)] == ["оборона", "оборона/дроны"]


def test_offsets_survive_into_json(archive, tmp_path, drones, marks):
    export(archive, "jsonld", Selection(articles=(drones,)), tmp_path / "out.jsonld")
    data = json.loads((tmp_path / "out.jsonld").read_text("utf-8"))
    text = data["pressmark:articles"][0]["pressmark:text"]["value"]
    quote, position = data["first"]["items"][0]["target"]["selector"]
    assert text[position["start"] : position["end"]] == quote["exact"] == "About 450 companies make drones 🛩"


def test_the_archive_itself_is_never_overwritten(archive, archive_path, flood):
    with pytest.raises(ExportFailed):
        export(archive, "pressmark", Selection(), archive_path)
    assert articles.article_ids(archive) == [flood]


def test_a_metadata_change_reaches_the_next_export(archive, tmp_path, flood):
    edit_metadata(archive, [flood], title="<b>Вода</b>")
    export(archive, "html", Selection(), tmp_path / "out.html")
    assert "<h2>&lt;b&gt;Вода&lt;/b&gt;</h2>" in (tmp_path / "out.html").read_text("utf-8")


@pytest.mark.parametrize("name", [n for n, entry in FORMATS.items() if entry.module])
def test_no_format_takes_an_archives_place(archive, archive_path, flood, name):
    before = archive_path.read_bytes()
    with pytest.raises(ExportFailed, match="archive stands there"):
        export(archive, name, Selection(), archive_path)
    assert archive_path.read_bytes() == before
