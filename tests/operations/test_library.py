import pytest

from desktop.core.errors import NameTaken, NotFound, NothingToUndo, TagCycle
from desktop.core.records import ReadState
from desktop.operations import library, saved_searches, tagging, undoing
from desktop.store import articles, collections, history, searches, tags
from desktop.store.articles import ArticleFilter, article_ids


def test_articles_are_called_read(archive, flood, drones):
    changes = library.set_read_state(archive, [flood, drones], "read")
    assert (changes.label, changes.articles) == ("Mark 2 articles as read", {flood, drones})
    assert articles.article(archive, flood).read_state is ReadState.READ
    with pytest.raises(ValueError):
        library.set_read_state(archive, [flood], "skimmed")


def test_facts_of_many_articles_are_edited_at_once(archive, flood, drones):
    changes = library.edit_metadata(archive, [flood, drones], publisher="  Новая  газета ", note="x")
    assert changes.label == "Edit 2 articles"
    assert {articles.article(archive, one).metadata.publisher for one in (flood, drones)} == {"Новая газета"}
    library.edit_metadata(archive, [flood], publisher=None, byline=["Анна  К.", " "], title="")
    edited = articles.article(archive, flood)
    assert (edited.metadata.publisher, edited.metadata.byline) == (None, ("Анна К.",))
    assert (edited.metadata.title, edited.metadata.language, edited.note) == (None, "ru", "x")
    assert not library.edit_metadata(archive, [flood], note="x", language="ru")
    with pytest.raises(ValueError):
        library.edit_metadata(archive, [flood], colour="red")
    with pytest.raises(NotFound):
        library.edit_metadata(archive, ["nobody"], title="x")


def test_a_new_title_sorts_anew(archive, flood, drones):
    library.edit_metadata(archive, [flood], title="Аист")
    library.edit_metadata(archive, [drones], title="Бук")
    assert article_ids(archive, sort=articles.ArticleSort.TITLE) == [flood, drones]
    library.edit_metadata(archive, [flood], title="«Вяз»")
    assert article_ids(archive, sort=articles.ArticleSort.TITLE) == [drones, flood]


def test_the_trash_gives_back(archive, flood):
    assert library.trash(archive, [flood]).label == "Delete article"
    assert article_ids(archive) == []
    assert library.restore(archive, [flood]).label == "Restore article"
    assert article_ids(archive) == [flood]
    library.trash(archive, [flood])
    library.empty_trash(archive)
    assert article_ids(archive, ArticleFilter(trashed=True)) == []
    with pytest.raises(NotFound):
        articles.article(archive, flood)


def test_undoing_says_what_was_undone(archive, flood):
    library.trash(archive, [flood])
    assert undoing.undo(archive).label == "Delete article"
    assert undoing.redo(archive).label == "Delete article"
    undoing.undo(archive)
    undoing.undo(archive)
    with pytest.raises(NothingToUndo):
        undoing.undo(archive)


def test_collections_are_made_filled_and_deleted(archive, flood):
    made = library.create_collection(archive, "Весна/Март")
    assert (made.label, len(made.collections)) == ("Create collection", 2)
    march = collections.find_collection(archive, "весна/март")
    changes = library.add_to_collection(archive, march.id, [flood])
    assert (changes.label, changes.articles) == ("Add article to collection", {flood})
    assert changes.collections == {march.id}
    assert collections.collections_of_article(archive, flood) == [march]
    library.rename_collection(archive, march.id, "Апрель")
    assert [one.path for one in collections.all_collections(archive)] == ["Весна", "Весна/Апрель"]
    library.remove_from_collection(archive, march.id, [flood])
    assert collections.collections_of_article(archive, flood) == []
    library.delete_collection(archive, march.parent_id)
    assert collections.all_collections(archive) == []
    assert article_ids(archive) == [flood]
    with pytest.raises(NotFound):
        library.add_to_collection(archive, march.id, [flood])


def test_collections_keep_their_tree(archive):
    library.create_collection(archive, "a/b")
    library.create_collection(archive, "b")
    a, ab = (collections.find_collection(archive, path).id for path in ("a", "a/b"))
    with pytest.raises(TagCycle):
        library.move_collection(archive, a, ab)
    with pytest.raises(NameTaken):
        library.move_collection(archive, ab, None)
    with pytest.raises(NameTaken):
        library.rename_collection(archive, a, "B")
    assert not library.create_collection(archive, "A / B")


def test_searches_are_saved_by_name(archive):
    made = saved_searches.save_search(archive, "Дроны", "дрон*")
    assert (made.label, len(made.searches)) == ("Save search", 1)
    saved_searches.save_search(archive, "дроны", "дрон* kind:quote")
    (search,) = searches.saved_searches(archive)
    assert (search.name, search.query) == ("Дроны", "дрон* kind:quote")
    saved_searches.save_search(archive, "Вода", "вода")
    with pytest.raises(NameTaken):
        saved_searches.rename_search(archive, search.id, "ВОДА")
    saved_searches.rename_search(archive, search.id, "Аппараты")
    assert [one.name for one in searches.saved_searches(archive)] == ["Аппараты", "Вода"]
    saved_searches.delete_search(archive, search.id)
    with pytest.raises(NotFound):
        saved_searches.delete_search(archive, search.id)
    with pytest.raises(ValueError):
        saved_searches.save_search(archive, " ", "x")


def test_several_articles_are_corrected_in_one_step(archive, flood, drones):
    tagging.tag_articles(archive, [flood], "вода")
    library.edit_metadata(archive, [flood], note="Своё")
    water, steps = tags.find_tag(archive, "вода"), len(history.steps(archive, 99))
    changes = library.edit_details(
        archive,
        [flood, drones],
        {"publisher": "Вестник", "language": "uk"},
        add_tags=["мост/паром"],
        remove_tags=[water.id],
        collection="Река/Мост",
        note=" Проверено. ",
    )
    assert changes.label == "Edit details of 2 articles" and changes.articles >= {flood, drones}
    assert len(history.steps(archive, 99)) == steps + 1
    for article_id, note in ((flood, "Своё\n\nПроверено."), (drones, "Проверено.")):
        found = articles.article(archive, article_id)
        assert (found.metadata.publisher, found.metadata.language, found.note) == ("Вестник", "uk", note)
        assert [tag.path for tag in tags.tags_of_article(archive, article_id)] == ["мост/паром"]
        assert [one.path for one in collections.collections_of_article(archive, article_id)] == ["Река/Мост"]
    undoing.undo(archive)
    assert articles.article(archive, flood).note == "Своё"
    assert [tag.path for tag in tags.tags_of_article(archive, flood)] == ["вода"]
    assert collections.find_collection(archive, "Река") is None


def test_a_correction_that_asks_for_nothing_is_no_step(archive, flood):
    steps = history.steps(archive, 99)
    assert not library.edit_details(archive, [flood], {})
    assert history.steps(archive, 99) == steps
