"""Saved and frozen searches as places of the library, in the real window with a real index."""

import pytest
from PySide6.QtCore import Qt

from desktop.operations import library, marking, saved_searches
from desktop.operations.indexing import index_now
from desktop.store import frozen, searches
from desktop.store.archive import open_archive
from desktop.ui.library.places import ALL, UNREAD, Node, Place
from tests.archives import add
from tests.ui.desk.river import open_titled, path, press, titles
from tests.windows import SLOW, open_window, settled

__all__ = ["open_window", "path"]


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    monkeypatch.setattr("desktop.ui.desk.folders._CALM", 50)


@pytest.fixture
def stocked(path):
    """The river's archive with a saved search over eight ferries, indexed."""
    with open_archive(path) as archive:
        saved_searches.save_search(archive, "Late ferries", "ferry")
    index_now(path)
    return path


@pytest.fixture
def window(qtbot, open_window, stocked):
    window = open_window(stocked)
    qtbot.waitUntil(lambda: node(window).count == 8, timeout=SLOW)
    return window


def place(window, name: str = "Late ferries", kind: str = "search") -> Place:
    found = searches.saved_searches if kind == "search" else frozen.frozen_searches
    here = [Place(kind, one.id) for one in found(window.session.archive) if one.name == name]
    return here[0] if here else Place(kind, "nobody")


def node(window, name: str = "Late ferries", kind: str = "search") -> Node:
    """Its line of the navigation; one without anything until it is there."""
    found = window.library.places.node(window.library.places.index_of(place(window, name, kind)))
    return found or Node(Place("hint"), "")


def follow(qtbot, window):
    """What the index's process does in the program: it has caught up."""
    index_now(window.session.path)
    window.library.folders.follow()


def bar(window):
    return window.library.pane.folder_bar


def facts(window) -> str:
    """Below the sentence, with plain spaces."""
    return bar(window).facts.replace("\u00a0", " ")


def enter(qtbot, window, number: int = 8, **which: str):
    window.library.go_to(place(window, **which))
    qtbot.waitUntil(lambda: not window.library.folders.waiting, timeout=SLOW)
    assert len(titles(window)) == number
    assert bar(window).isVisible()


def test_a_saved_search_is_a_place_with_its_articles(qtbot, window):
    enter(qtbot, window)
    assert "ferry" in bar(window).sentence
    assert not window.shows_results
    first = titles(window)
    window.library._sort_by("title", False)
    qtbot.waitUntil(lambda: titles(window) == sorted(first))
    window.library.go_to(UNREAD)
    qtbot.waitUntil(lambda: len(titles(window)) == 10)
    assert not bar(window).isVisible()


def test_its_hits_are_one_step_away(qtbot, window):
    enter(qtbot, window)
    qtbot.mouseClick(bar(window).button("hits"), Qt.MouseButton.LeftButton)
    assert window.searching.field.query == "ferry"
    assert window.shows_results
    qtbot.waitUntil(lambda: window.searching.answer is not None, timeout=SLOW)


def test_a_search_is_kept_from_the_field(qtbot, window):
    window.searching.field.set_query("drones")
    press(qtbot, window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    window.palette_.field.setText("Drones")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(qtbot, window, Qt.Key.Key_Return)
    window.searching.field.clear()
    qtbot.waitUntil(lambda: window.library.places.index_of(place(window, "Drones")).isValid())
    qtbot.waitUntil(lambda: node(window, "Drones").count == 1, timeout=SLOW)
    enter(qtbot, window, 1, name="Drones")


def test_what_came_since_is_new_until_somebody_looks(qtbot, window):
    with open_archive(window.session.path) as archive:
        add(archive, "Another ferry\nIt sank.", language="en")
    follow(qtbot, window)
    qtbot.waitUntil(lambda: (node(window).count, node(window).new) == (9, 1), timeout=SLOW)
    enter(qtbot, window, 9)
    assert "1 new" in facts(window)
    model = window.library.model
    assert [model.remark(one) for one in model.spine].count("new") == 1
    qtbot.waitUntil(lambda: node(window).new == 0, timeout=SLOW)
    assert "1 new" in facts(window)  # to whoever looks it stays new this time


def test_an_open_search_fills_itself_and_tells_found_marks(qtbot, window):
    enter(qtbot, window)
    marked = window.library.model.id_at(0)
    with open_archive(window.session.path) as archive:
        marking.mark_words(archive, marked, "quote", "The ferry is late")
        add(archive, "Another ferry\nIt sank.", language="en")
    follow(qtbot, window)
    qtbot.waitUntil(lambda: len(titles(window)) == 9, timeout=SLOW)
    assert window.library.model.remark(marked) == "1 found"
    assert "1 mark found" in facts(window)


def test_nothing_is_counted_again_while_nothing_has_moved(qtbot, window, monkeypatch):
    folders = window.library.folders
    qtbot.waitUntil(
        lambda: not (folders.waiting or folders._soon.isActive() or window.session.busy), timeout=SLOW
    )
    counted = []
    monkeypatch.setattr("desktop.operations.folders.count_folders", lambda *_: counted.append(True) or {})
    with qtbot.waitSignal(window.library.folders.counted, timeout=SLOW):
        window.library.folders._count()
    assert counted == []


def test_the_menu_renames_duplicates_and_deletes(qtbot, window):
    from desktop.ui.desk.places import place_menu

    library_desk = window.library
    menu = place_menu(window.tools, place(window), node(window), library_desk.wishes)
    actions = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(window.session.changed):
        actions["Duplicate"].trigger()
    names = [one.name for one in searches.saved_searches(window.session.archive)]
    assert names == ["Late ferries", "Late ferries 2"]
    with qtbot.waitSignal(window.session.changed):
        actions["Delete the search"].trigger()
    window.session.undo()
    qtbot.waitUntil(lambda: len(searches.saved_searches(window.session.archive)) == 2)


def test_without_an_index_the_folder_says_so(qtbot, open_window, path):
    with open_archive(path) as archive:
        saved_searches.save_search(archive, "Late ferries", "ferry")
    window = open_window(path)
    window.library.go_to(place(window))
    qtbot.waitUntil(lambda: "index" in window.library.pane.view.nothing, timeout=SLOW)
    assert titles(window) == []
    follow(qtbot, window)
    qtbot.waitUntil(lambda: len(titles(window)) == 8, timeout=SLOW)


def test_a_tag_that_is_gone_is_told(qtbot, window):
    window.tools.run(saved_searches.save_search, "Tagged", "tag:weather")
    qtbot.waitUntil(lambda: window.session.archive.value("SELECT count(*) FROM saved_searches") == 2)
    qtbot.waitUntil(lambda: "does not exist" in node(window, "Tagged").hint, timeout=SLOW)
    enter(qtbot, window, 0, name="Tagged")
    assert "weather" in bar(window).hint


# Frozen searches


@pytest.fixture
def frozen_window(qtbot, window):
    """Frozen through the bar."""
    enter(qtbot, window)
    qtbot.mouseClick(bar(window).button("freeze"), Qt.MouseButton.LeftButton)
    window.palette_.field.setText("Ferries then")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: node(window, "Ferries then", "frozen").count == 8, timeout=SLOW)
    return window


def test_a_frozen_search_shows_what_it_found(qtbot, frozen_window):
    window = frozen_window
    assert node(window, "Ferries then", "frozen").count == 8
    enter(qtbot, window, kind="frozen", name="Ferries then")
    assert "8 articles" in facts(window)
    assert "seal" in facts(window)


def test_trashed_articles_stay_in_it_and_are_told(qtbot, frozen_window):
    window = frozen_window
    enter(qtbot, window, kind="frozen", name="Ferries then")
    gone = window.library.model.id_at(0)
    window.tools.run(library.trash, [gone])
    qtbot.waitUntil(lambda: window.library.model.remark(gone) == "in the trash", timeout=SLOW)
    assert "1 in the trash" in facts(window)
    assert len(titles(window)) == 8


def test_then_is_compared_with_now(qtbot, frozen_window):
    window = frozen_window
    enter(qtbot, window, kind="frozen", name="Ferries then")
    with open_archive(window.session.path) as archive:
        add(archive, "Another ferry\nIt sank.", language="en")
    follow(qtbot, window)
    qtbot.mouseClick(bar(window).button("compare"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: titles(window) == ["Another ferry"], timeout=SLOW)
    assert bar(window).parts is not None
    bar(window).part_chosen.emit("gone")
    qtbot.waitUntil(lambda: titles(window) == [], timeout=SLOW)
    assert "still found" in window.library.pane.view.nothing
    bar(window).part_chosen.emit("then")
    qtbot.waitUntil(lambda: len(titles(window)) == 8, timeout=SLOW)


def test_an_index_that_is_behind_is_waited_for(qtbot, frozen_window, monkeypatch):
    window = frozen_window
    enter(qtbot, window, kind="frozen", name="Ferries then")
    with open_archive(window.session.path) as archive:
        add(archive, "Another ferry\nIt sank.", language="en")
    window.library.opened.compare()
    qtbot.waitUntil(lambda: not window.library.folders.waiting, timeout=SLOW)
    assert bar(window).parts is None
    follow(qtbot, window)
    qtbot.waitUntil(lambda: titles(window) == ["Another ferry"], timeout=SLOW)


def test_patience_with_an_index_ends_with_a_sentence(qtbot, frozen_window):
    window = frozen_window
    with open_archive(window.session.path) as archive:
        add(archive, "Another ferry\nIt sank.", language="en")
    window.library.folders._patience.setInterval(1)
    window.library.opened.freezer._ask("ferry", "Too early")
    qtbot.waitUntil(lambda: "not caught up" in window.notice._words.text(), timeout=SLOW)
    assert len(frozen.frozen_searches(window.session.archive)) == 1


def test_its_list_is_written_and_proposed_for_export(qtbot, frozen_window, tmp_path):
    window = frozen_window
    enter(qtbot, window, kind="frozen", name="Ferries then")
    kept = place(window, "Ferries then", "frozen")
    window.library.opened.freezer.write_list(kept.id, tmp_path / "list.csv")
    qtbot.waitUntil(lambda: (tmp_path / "list.csv").exists(), timeout=SLOW)
    assert (tmp_path / "list.csv").read_text("utf-8-sig").count("\n") == 9
    assert window.exporting.scopes(chosen=False)[0].selection.frozen == kept.id


def test_deleting_an_open_one_leads_back(qtbot, frozen_window):
    window = frozen_window
    enter(qtbot, window, kind="frozen", name="Ferries then")
    window.session.undo()
    qtbot.waitUntil(lambda: window.library.navigation.place == ALL, timeout=SLOW)
    qtbot.waitUntil(lambda: len(titles(window)) == 10, timeout=SLOW)
    assert not bar(window).isVisible()
    settled(qtbot, window)
    open_titled(qtbot, window, "Article 1")
