"""Freezing searches on a real index, and what became of what they found."""

import csv
import io

import pytest

from desktop.core.errors import IndexBehind, NameTaken, NothingAsked
from desktop.core.selection import Selection
from desktop.operations import frozen, frozen_tables, library, marking, undoing
from desktop.operations.exporting import choose, title_of
from desktop.operations.indexing import index_now
from desktop.operations.searching import ArchiveSearch
from desktop.store import articles
from desktop.store import frozen as kept
from tests.operations.test_indexing import add

TEXTS = (
    "Мост через реку закрыли на ремонт.",
    "Ремонт моста начнут весной, сказал мэр.",
    "Погода испортилась.",
)


@pytest.fixture
def bridges(archive) -> list[str]:
    """Two articles about a bridge; the second has a mark that the search finds, too."""
    add(archive, *TEXTS)
    texts = {text_of(archive, one): one for one in articles.article_ids(archive)}
    found = [next(one for text, one in texts.items() if text.startswith(begin[:6])) for begin in TEXTS[:2]]
    marking.mark_words(archive, found[1], "quote", "Ремонт моста")
    return found


def text_of(archive, article_id: str) -> str:
    return archive.value("SELECT text FROM captures WHERE article_id = ?", (article_id,))


@pytest.fixture
def search(archive):
    with ArchiveSearch(archive) as search:
        yield search


@pytest.fixture
def bridge(archive, archive_path, bridges, search) -> str:
    index_now(archive_path)
    (made,) = frozen.freeze(archive, "Мост", frozen.ask(archive, search, "мосты")).searches
    return made


def test_an_answer_is_frozen_with_its_question(archive, bridge, bridges):
    one = kept.frozen_search(archive, bridge)
    assert (one.query, one.articles, one.marks) == ("мосты", 2, 1)
    assert "мосты" in one.understood
    assert one.step < archive.value("SELECT max(step) FROM history")
    assert len(one.seal) == 64
    assert kept.read_list(archive, bridge).articles == set(bridges)


def test_a_part_of_the_answer_is_never_frozen(archive, archive_path, bridges, search):
    with pytest.raises(IndexBehind):
        frozen.ask(archive, search, "мосты")
    index_now(archive_path)
    frozen.ask(archive, search, "мосты")
    add(archive, "Ещё один мост.")
    with pytest.raises(IndexBehind):
        frozen.ask(archive, search, "мосты")


@pytest.mark.parametrize("query", ["", "!!!", "()", "NOT"])
def test_where_nothing_is_asked_nothing_is_frozen(archive, search, query):
    with pytest.raises(NothingAsked):
        frozen.ask(archive, search, query)


def test_nothing_has_changed_at_first(archive, search, bridge):
    found = frozen.compare(archive, search, bridge)
    assert not (found.new or found.gone or found.new_marks or found.gone_marks)
    assert found.same_analysis


def test_what_is_new_and_what_is_gone_is_told_apart(archive, archive_path, search, bridge, bridges):
    add(archive, "Новый мост открыли.")
    library.trash(archive, [bridges[1]])
    index_now(archive_path)
    found = frozen.compare(archive, search, bridge)
    assert (len(found.new), found.gone, found.trashed) == (1, {bridges[1]}, {bridges[1]})
    assert len(found.gone_marks) == 1
    assert frozen.standing(archive, bridges) == {
        bridges[0]: frozen.IN_LIBRARY,
        bridges[1]: frozen.IN_TRASH,
    }
    library.empty_trash(archive)
    index_now(archive_path)
    found = frozen.compare(archive, search, bridge)
    assert (found.gone, found.removed, found.trashed) == ({bridges[1]}, {bridges[1]}, set())
    assert len(found.then.articles) == 2


@pytest.mark.parametrize("version", ["VERSION", "READING_VERSION"], ids=["of the index", "of words' forms"])
def test_another_analysis_is_told(archive, search, bridge, monkeypatch, version):
    monkeypatch.setattr(f"desktop.search.searcher.{version}", "later")
    assert not frozen.compare(archive, search, bridge).same_analysis


def test_names_are_unique_and_everything_is_undone(archive, search, bridge):
    asked = frozen.ask(archive, search, "погода")
    with pytest.raises(NameTaken):
        frozen.freeze(archive, "мост", asked)
    frozen.rename_frozen(archive, bridge, "Мост весной")
    frozen.delete_frozen(archive, bridge)
    assert undoing.undo(archive).searches == {bridge}
    assert [one.name for one in kept.frozen_searches(archive)] == ["Мост весной"]


def test_the_list_is_a_table(archive, bridge, bridges, tmp_path):
    library.edit_metadata(archive, [bridges[0]], title="=1+1")
    library.trash(archive, [bridges[1]])
    target = tmp_path / "Мост.csv"
    frozen_tables.save_list(archive, bridge, target)
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert {row["article_id"]: row["state"] for row in rows} == {
        bridges[0]: "in the library",
        bridges[1]: "in the trash",
    }
    assert [row["quote"] for row in rows if row["annotation_id"]] == ["Ремонт моста"]
    assert "'=1+1" in {row["title"] for row in rows}


def test_what_was_found_can_be_exported(archive, bridge, bridges):
    selection = Selection(frozen=bridge)
    assert set(choose(archive, selection).articles) == set(bridges)
    assert len(choose(archive, selection).annotations or ()) == 1
    assert title_of(archive, selection).endswith(": Мост")
    library.trash(archive, [bridges[0]])
    assert choose(archive, selection).articles == (bridges[1],)
