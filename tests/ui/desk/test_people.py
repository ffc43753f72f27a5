"""A person's record: opened from where the name stands, changed through operations, gone when merged."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from desktop.operations import marking, people
from desktop.store import people as store
from desktop.store.archive import open_archive
from desktop.ui.desk.places import place_menu
from desktop.ui.inspector.menu import mark_menu
from desktop.ui.library.places import Place
from tests.archives import FLOOD, add
from tests.windows import SLOW, open_window, settled

__all__ = ["open_window"]


@pytest.fixture
def path(archive_path):
    with open_archive(archive_path) as archive:
        article = add(archive, FLOOD, language="ru")
        marking.mark(archive, article, "quote", [(0, 4)], speaker="Марина Ветрова")
        people.create_person(archive, "Vetrova")
    return archive_path


@pytest.fixture
def window(open_window, path):
    return open_window(path)


def named(window, name):
    return store.find_person(window.session.archive, name)


def entry(menu, words) -> QAction:
    return next(action for action in menu.actions() if action.text().startswith(words))


def test_the_palette_offers_people_those_who_speak_most_first(qtbot, window):
    window.actions_["edit_person"].trigger()
    assert window.palette_.model.index(1, 0).data() == "Марина Ветрова, 1"
    qtbot.keyClick(window.palette_.field, Qt.Key.Key_Return)
    assert window.people.dialog.isVisible() and window.people.dialog.windowTitle() == "Марина Ветрова"


def test_the_card_of_a_quote_leads_to_its_speaker(window):
    inspector = window.reading.inspector
    (placement,) = inspector._placements.values()
    menu = mark_menu(inspector, window._theme, placement)
    entry(menu, "Edit the speaker").trigger()
    menu.deleteLater()
    assert window.people.dialog.name.text() == "Марина Ветрова"


def test_a_person_of_the_navigation_is_edited_or_deleted_with_undo(qtbot, window):
    place = Place("person", named(window, "Марина Ветрова").id)
    node = window.library.places.node(window.library.places.index_of(place))
    menu = place_menu(window.tools, place, node, window.library.wishes)
    entry(menu, "Edit the person").trigger()
    assert window.people.dialog.isVisible()
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        entry(menu, "Delete the person").trigger()
    menu.deleteLater()
    assert not window.people.dialog.isVisible() and named(window, "Марина Ветрова") is None
    window.notice.act()
    qtbot.waitUntil(lambda: named(window, "Марина Ветрова") is not None, timeout=SLOW)


def test_aliases_and_merging_are_kept_and_shown_at_once(qtbot, window):
    kept, other = named(window, "Марина Ветрова"), named(window, "Vetrova")
    window.people.edit(kept.id)
    dialog = window.people.dialog
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        dialog.alias_added.emit(kept.id, "ヴェトロワ")
    assert [chip.path for chip in dialog._chips] == ["ヴェトロワ"]
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        dialog.merge_requested.emit(kept.id, [other.id])
    assert set(named(window, "Vetrova").aliases) == {"ヴェトロワ", "Vetrova"}
    assert window.messages.told[-1] == "Done: Merge 2 people."


def test_a_taken_alias_is_said_and_nothing_changes(qtbot, window):
    kept = named(window, "Марина Ветрова")
    window.people.edit(kept.id)
    with qtbot.waitSignal(window.session.failed, timeout=SLOW):
        window.people.dialog.alias_added.emit(kept.id, "Vetrova")
    assert "Vetrova" in window.messages.told[-1] and named(window, "Марина Ветрова").aliases == ()


def test_their_words_are_shown_in_the_list(qtbot, window):
    window.people.edit(named(window, "Марина Ветрова").id)
    window.people.dialog.words.click()
    settled(qtbot, window)
    assert window.library.navigation.place.kind == "person"
