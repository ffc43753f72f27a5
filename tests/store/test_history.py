"""Steps, undo and redo: what is recorded, what is refused, what a batch means."""

import sqlite3

import pytest

from desktop.core import errors
from desktop.operations import library, marking, tagging
from desktop.store import articles, captures, tags
from desktop.store.archive import open_archive
from desktop.store.history import operation, redo, redo_label, steps, transaction, undo, undo_label
from tests.archives import DRONES, FLOOD, add, add_within, document


def test_a_step_bears_its_label_and_who_did_it_when(archive, monkeypatch):
    monkeypatch.setenv("PRESSMARK_USER", "Оля")
    add(archive, FLOOD)
    (step,) = steps(archive)
    assert (step.kind, step.label, step.actor) == ("do", "Import 1 article", "Оля")
    assert step.at.endswith("Z")
    assert step.rows == 2


def test_undo_and_redo_name_what_they_turn(archive, flood):
    library.set_read_state(archive, [flood], "read")
    assert (undo_label(archive), redo_label(archive)) == ("Mark article as read", None)
    changes = undo(archive)
    assert (changes.label, changes.articles) == ("Mark article as read", {flood})
    assert (undo_label(archive), redo_label(archive)) == ("Import 1 article", "Mark article as read")
    assert redo(archive).articles == {flood}
    assert [step.kind for step in steps(archive)] == ["redo", "undo", "do", "do"]


def test_there_is_nothing_to_undo_at_first(archive):
    with pytest.raises(errors.NothingToUndo):
        undo(archive)
    with pytest.raises(errors.NothingToUndo):
        redo(archive)


def test_a_new_step_drops_what_could_be_redone(archive, flood):
    library.set_read_state(archive, [flood], "read")
    undo(archive)
    library.set_read_state(archive, [flood], "reading")
    assert redo_label(archive) is None


def test_a_step_without_effect_leaves_no_trace(archive, flood):
    library.set_read_state(archive, [flood], "read")
    undo(archive)
    before = steps(archive)
    assert not library.set_read_state(archive, [flood], "unread")
    assert steps(archive) == before
    assert redo_label(archive) == "Mark article as read"


def test_undo_survives_a_restart(archive_path):
    with open_archive(archive_path) as archive:
        flood = add(archive, FLOOD)
        library.edit_metadata(archive, [flood], title="Другой")
    with open_archive(archive_path) as archive:
        undo(archive)
        assert articles.article(archive, flood).metadata.title == "Вода поднялась на два метра"
    with open_archive(archive_path) as archive:
        redo(archive)
        assert articles.article(archive, flood).metadata.title == "Другой"


def test_undoing_an_import_moves_it_to_the_trash(archive, flood):
    undo(archive)
    assert articles.article_ids(archive) == []
    assert articles.article(archive, flood).trashed_at
    redo(archive)
    assert articles.article_ids(archive) == [flood]


def test_an_undone_import_restored_from_the_trash_has_its_text(archive, flood):
    undo(archive)
    library.restore(archive, [flood])
    assert captures.current_capture(archive, flood).text == FLOOD


def test_a_batch_is_undone_and_redone_as_one(archive):
    before = add(archive, "Before\nthat")
    for text in (FLOOD, DRONES):
        with operation(archive, "Import 2 articles", batch="b1"):
            article_id = add_within(archive, document(text))
            tags.link(archive, "article", [article_id], tags.make_tag(archive, "новое"))
    changes = undo(archive)
    assert changes.label == "Import 2 articles"
    assert len(changes.articles) == 2
    assert articles.article_ids(archive) == [before]
    assert tags.all_tags(archive) == []
    assert undo_label(archive) == "Import 1 article"
    assert redo(archive).articles == changes.articles
    assert articles.count(archive) == 3
    assert redo_label(archive) is None
    undo(archive)
    assert articles.count(archive) == 1


def test_a_conflict_in_a_batch_undoes_nothing_of_it(archive):
    with operation(archive, "Import", batch="b"):
        first = add_within(archive, document(FLOOD))
    with operation(archive, "Import", batch="b"):
        add_within(archive, document(DRONES))
    archive.run("UPDATE articles SET trashed_at = 'elsewhere' WHERE id = ?", (first,))
    before = steps(archive)
    with pytest.raises(errors.UndoConflict):
        undo(archive)
    assert articles.count(archive) == 1
    assert steps(archive) == before


def test_what_another_program_changed_since_is_not_overwritten(archive, archive_path, flood):
    library.edit_metadata(archive, [flood], title="Наш")
    shell = sqlite3.connect(archive_path)
    shell.execute("UPDATE articles SET title = 'Чужой' WHERE id = ?", (flood,))
    shell.commit()
    shell.close()
    with pytest.raises(errors.UndoConflict) as error:
        undo(archive)
    assert error.value.label == "Edit article"
    assert articles.article(archive, flood).metadata.title == "Чужой"
    assert archive.value("SELECT count(*) FROM history_rows WHERE step = 0") == 1


def test_a_foreign_change_of_another_column_does_not_hinder(archive, flood):
    library.edit_metadata(archive, [flood], title="Наш")
    archive.run("UPDATE articles SET note = 'чужая' WHERE id = ?", (flood,))
    undo(archive)
    article = articles.article(archive, flood)
    assert (article.metadata.title, article.note) == ("Вода поднялась на два метра", "чужая")


def test_a_cascade_into_later_rows_is_refused(archive, flood):
    tagging.create_tag(archive, "tag")
    tag = tags.find_tag(archive, "tag")
    archive.run("INSERT INTO article_tags (article_id, tag_id) VALUES (?, ?)", (flood, tag.id))
    with pytest.raises(errors.UndoConflict, match="cascade"):
        undo(archive)
    assert tags.tags_of_article(archive, flood) == [tag]


def test_an_operation_that_fails_leaves_nothing(archive, flood):
    before = steps(archive)
    with pytest.raises(ZeroDivisionError), operation(archive, "Broken"):
        articles.set_note(archive, [flood], "half")
        raise ZeroDivisionError
    assert articles.article(archive, flood).note == ""
    assert steps(archive) == before
    assert archive.step is None
    assert archive.value("SELECT count(*) FROM history_now") == 0


def test_operations_within_join_the_outer_one(archive, flood):
    with operation(archive, "Both") as step:
        assert not library.set_read_state(archive, [flood], "read")
        tagging.tag_articles(archive, [flood], "a")
    assert step.changes.label == "Both"
    assert len(step.changes.tags) == 1
    assert [one.label for one in steps(archive)] == ["Both", "Import 1 article"]


def test_tables_with_a_history_are_written_in_operations_only(archive, flood):
    with pytest.raises(RuntimeError):
        articles.set_note(archive, [flood], "x")
    with transaction(archive), pytest.raises(RuntimeError):
        articles.set_note(archive, [flood], "x")


def test_emptying_the_trash_is_a_barrier(archive, flood, drones):
    marking.mark(archive, flood, "quote", [(0, 4)], speaker="Иван")
    library.trash(archive, [flood])
    changes = library.empty_trash(archive)
    assert changes.articles == {flood}
    assert (undo_label(archive), redo_label(archive)) == (None, None)
    assert archive.value("SELECT count(*) FROM captures") == 1
    assert archive.value("SELECT count(*) FROM sqlar") == 1
    assert archive.value("SELECT count(*) FROM originals") == 1
    library.set_read_state(archive, [drones], "read")
    undo(archive)
    with pytest.raises(errors.NothingToUndo):
        undo(archive)


def test_emptying_an_empty_trash_is_no_barrier(archive, flood):
    assert not library.empty_trash(archive)
    assert undo_label(archive) == "Import 1 article"


@pytest.mark.parametrize("value", ["", "\x00 cut", "😀 'quoted' \"twice\" \\ \u2028", '{"json": [1]}'])
def test_odd_texts_come_back(archive, flood, value):
    library.edit_metadata(archive, [flood], note=value)
    library.edit_metadata(archive, [flood], note="later")
    undo(archive)
    assert articles.article(archive, flood).note == value


def test_a_mark_is_newer_after_its_undo(archive, flood):
    (one,) = marking.mark(archive, flood, "note", [(0, 4)], note="a").annotations
    marking.edit(archive, one, note="b")
    archive.run("UPDATE annotations SET updated_at = '2000' WHERE id = ?", (one,))
    undo(archive)
    assert archive.value("SELECT updated_at FROM annotations") > "2020"


def test_nothing_was_done_outside_of_steps(archive, flood):
    library.trash(archive, [flood])
    undo(archive)
    assert archive.value("SELECT count(*) FROM history_rows WHERE step = 0") == 0
