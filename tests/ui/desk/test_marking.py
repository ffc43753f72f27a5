"""Marking and tagging in the window: one key, Undo by its name, and quick fingers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.operations import marking, tagging
from desktop.store import tags
from desktop.store.archive import open_archive
from desktop.ui.library.places import Place
from tests.ui.desk.river import marks, open_titled, path, press, select, window
from tests.windows import SLOW, open_window, settled

__all__ = ["open_window", "path", "window"]


@pytest.mark.parametrize(("key", "kind"), [("H", "highlight"), ("Q", "quote"), ("C", "claim"), ("N", "note")])
def test_one_key_marks_the_selected_words(qtbot, window, key, kind):
    open_titled(qtbot, window, "Zelensky visits Tokyo")
    window.reading.reader.setFocus()
    select(window, "About 450 companies")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(qtbot, window, getattr(Qt.Key, f"Key_{key}"))
    assert [(mark.kind, mark.exact) for mark in marks(window)] == [(kind, "About 450 companies")]
    assert window.reading.focused_mark == marks(window)[0].id
    assert window.notice.isVisible()


def test_after_a_quote_its_speaker_is_asked_for(qtbot, window):
    open_titled(qtbot, window, "Zelensky visits Tokyo")
    window.reading.reader.setFocus()
    select(window, "We want a new page")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(qtbot, window, Qt.Key.Key_Q)
    assert window.reading.inspector.editing() == marks(window)[0].id
    assert isinstance(window.focusWidget(), QLineEdit)
    qtbot.keyClicks(window.focusWidget(), "Zelensky")
    press(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: marks(window)[0].speaker_id is not None)
    person = window.session.archive.value(
        "SELECT name FROM people WHERE id = ?", (marks(window)[0].speaker_id,)
    )
    assert person == "Zelensky"


def test_marks_are_undone_by_their_name(qtbot, window):
    open_titled(qtbot, window, "Zelensky visits Tokyo")
    window.reading.reader.setFocus()
    select(window, "About 450 companies")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(qtbot, window, Qt.Key.Key_H)
    assert window.actions_["undo"].text() == "&Undo Highlight"
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert marks(window) == [] and window.actions_["redo"].text() == "&Redo Highlight"
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(
            qtbot,
            window,
            Qt.Key.Key_Z,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
    assert len(marks(window)) == 1


def test_without_a_selection_marking_says_what_to_do(window):
    window.reading.mark("claim")
    assert window.messages.told[-1] == "Select some words first."


def test_t_tags_selected_words_with_a_new_tag(qtbot, window):
    open_titled(qtbot, window, "Zelensky visits Tokyo")
    window.reading.reader.setFocus()
    select(window, "About 450 companies")
    press(qtbot, window, Qt.Key.Key_T)
    window.palette_.field.insert("оборона/дроны")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(qtbot, window, Qt.Key.Key_Return)
    mark = marks(window)[0]
    tag = window.session.archive.value("SELECT id FROM tags WHERE name = 'дроны'")
    assert mark.tag_ids == (tag,) and mark.kind == "highlight"
    settled(qtbot, window)
    qtbot.waitUntil(lambda: window.library.places.index_of(Place("tag", tag)).isValid())


def test_quick_fingers_tag_what_they_have_just_marked(qtbot, window):
    open_titled(qtbot, window, "Zelensky visits Tokyo")
    window.reading.reader.setFocus()
    select(window, "About 450 companies")
    press(qtbot, window, Qt.Key.Key_H)
    window.reading.tag_with("check", window.library.chosen)  # the archive has not answered yet
    qtbot.waitUntil(lambda: [len(mark.tag_ids) for mark in marks(window)] == [1])
    assert tags.tags_of_article(window.session.archive, window.reading.article_id) == []


def test_a_digit_tags_with_its_pinned_tag(qtbot, window):
    open_titled(qtbot, window, "Zelensky visits Tokyo")
    assert not window.actions_["pin_3"].isEnabled()
    for operation, arguments in (
        (tagging.create_tag, ("check",)),
        (lambda archive: tagging.pin_tag(archive, tags.find_tag(archive, "check").id, 3), ()),
    ):
        with qtbot.waitSignal(window.session.changed, timeout=SLOW):
            window.session.run(operation, *arguments)
    window.reading.reader.setFocus()
    select(window, "About 450 companies")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(qtbot, window, Qt.Key.Key_3)
    assert [(mark.exact, len(mark.tag_ids)) for mark in marks(window)] == [("About 450 companies", 1)]
    assert window.actions_["pin_3"].text() == "Tag with check"


def test_t_tags_the_chosen_articles(qtbot, window):
    window.library.pane.view.selectAll()
    window.library.pane.view.setFocus()
    press(qtbot, window, Qt.Key.Key_T)
    window.palette_.field.insert("ferry")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW) as caught:
        press(qtbot, window, Qt.Key.Key_Return)
    assert len(caught.args[0].articles) == 10


def test_what_another_process_marks_appears(qtbot, window, path):
    article_id = open_titled(qtbot, window, "Zelensky visits Tokyo")
    with qtbot.waitSignal(window.session.stirred, timeout=SLOW), open_archive(path) as other:
        marking.mark_words(other, article_id, "claim", "About 450 companies")
    assert len(window.reading.inspector.list.marks.counts()) > 0
    assert window.reading.reader.next_mark()
