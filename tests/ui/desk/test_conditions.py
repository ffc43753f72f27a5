"""The conditions of the window's query and of saved searches, asked of a real index."""

import pytest
from PySide6.QtCore import Qt

from desktop.operations import saved_searches
from desktop.operations.indexing import index_now
from desktop.store import searches
from desktop.store.archive import open_archive
from tests.ui.desk.river import path, press
from tests.windows import SLOW, open_window

__all__ = ["open_window", "path"]


@pytest.fixture
def window(open_window, path):
    with open_archive(path) as archive:
        saved_searches.save_search(archive, "Ferries", "ferry")
    index_now(path)
    return open_window(path)


def opened(qtbot, window):
    dialog = window.conditions.dialog
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_the_query_of_the_field_is_edited_and_searched(qtbot, window):
    window.searching.field.set_query("ferry OR drones")
    window.actions_["conditions"].trigger()
    dialog = opened(qtbot, window)
    qtbot.waitUntil(lambda: dialog.count.text() == "9 articles found", timeout=SLOW)
    assert "drones" in dialog.sentence.text()
    dialog.editor.widgets[(0,)].value.setText("water")
    qtbot.waitUntil(lambda: dialog.count.text() == "1 article found", timeout=SLOW)
    qtbot.mouseClick(dialog.search, Qt.MouseButton.LeftButton)
    assert window.searching.field.query == "water OR drones"
    assert window.shows_results


def test_a_saved_search_is_changed(qtbot, window):
    (search,) = searches.saved_searches(window.session.archive)
    window.library.conditions_wanted.emit(search.id)
    dialog = opened(qtbot, window)
    assert "Ferries" in dialog.windowTitle()
    dialog.editor.widgets[(0,)].field.set_value("title")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert searches.saved_searches(window.session.archive)[0].query == "title:ferry"
    assert not dialog.isVisible()
    window.session.undo()
    qtbot.waitUntil(lambda: searches.saved_searches(window.session.archive)[0].query == "ferry")


def test_a_new_one_is_kept_under_a_name(qtbot, window):
    window.library.conditions_wanted.emit("")
    dialog = opened(qtbot, window)
    qtbot.keyClicks(dialog.editor.widgets[(0,)].value, "drones")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    window.palette_.field.setText("Drones")
    window.activateWindow()
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(qtbot, window, Qt.Key.Key_Return)
    assert {one.name: one.query for one in searches.saved_searches(window.session.archive)} == {
        "Drones": "drones",
        "Ferries": "ferry",
    }


def test_nothing_asked_is_not_kept(qtbot, window):
    window.library.conditions_wanted.emit("")
    dialog = opened(qtbot, window)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert len(searches.saved_searches(window.session.archive)) == 1


def test_names_of_the_archive_are_proposed(qtbot, window):
    window.library.conditions_wanted.emit("")
    dialog = opened(qtbot, window)
    qtbot.waitUntil(lambda: "The Times" in dialog.editor._names.get("outlet:", ()))
    first = dialog.editor.widgets[(0,)]
    first.field.set_value("outlet")
    qtbot.keyClicks(first.value, "tim")
    assert first.value.choices.isVisible()
    window.session.close()
    assert not dialog.isVisible()
