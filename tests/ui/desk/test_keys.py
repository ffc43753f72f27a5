"""By keys only: a quote and its speaker in Russian, and shortcuts while a Cyrillic layout is on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.core.records import ReadState
from desktop.operations import marking
from desktop.store import annotations, articles, people
from desktop.store.archive import open_archive
from tests.archives import FLOOD, add
from tests.ui.typing_words import type_words
from tests.windows import SLOW, open_window

__all__ = ["open_window"]
_PLAIN, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


@pytest.fixture
def path(archive_path):
    with open_archive(archive_path) as archive:
        article = add(archive, FLOOD, language="ru")
        marking.mark(archive, article, "quote", [(0, 4)], speaker="Владимир Зеленский")
    return archive_path


@pytest.fixture
def window(open_window, path):
    window = open_window(path)
    window.reading.reader.setFocus()
    window.reading.reader.go_to(30, 30)
    return window


def press(window, key, held=_PLAIN, text=""):
    QTest.sendKeyEvent(QTest.KeyAction.Click, window.focusWidget(), Qt.Key(key), text, held)


def cyrillic(window, letters, held=_PLAIN):
    for letter in letters:
        press(window, ord(letter.upper()), held, letter)


def newest(window):
    found = annotations.annotations_of(window.session.archive, window.reading.article_id)
    return max(found, key=lambda mark: mark.created_at)


def quote_a_sentence(qtbot, window):
    cyrillic(window, "ы")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        cyrillic(window, "й")
    assert window.focusWidget() is window.reading.inspector.editor.speaker


def test_a_sentence_is_quoted_with_its_speaker_and_reading_goes_on(qtbot, window):
    page = window.reading.reader.page
    quote_a_sentence(qtbot, window)
    caret, scroll = page.caret, page.verticalScrollBar().value()
    type_words(window.focusWidget(), "Зел")
    press(window, KEY.Key_Down)
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(window, KEY.Key_Return)
    assert window.reading.inspector.editing() is None
    assert page.hasFocus() and (page.caret, page.verticalScrollBar().value()) == (caret, scroll)
    speaker = people.person(window.session.archive, newest(window).speaker_id)
    assert speaker.name == "Владимир Зеленский"
    assert window.messages.told[-1] == "Done: Set speaker."


def test_a_new_speaker_is_kept_as_typed(qtbot, window):
    quote_a_sentence(qtbot, window)
    type_words(window.focusWidget(), "Зел")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(window, KEY.Key_Return)
    assert people.person(window.session.archive, newest(window).speaker_id).name == "Зел"


def test_escape_leaves_the_quote_without_a_speaker(qtbot, window):
    quote_a_sentence(qtbot, window)
    press(window, KEY.Key_Escape)
    assert window.reading.reader.page.hasFocus() and newest(window).speaker_id is None


def test_tab_takes_the_choice_and_goes_on(qtbot, window):
    quote_a_sentence(qtbot, window)
    editor = window.reading.inspector.editor
    type_words(editor.speaker, "Зел")
    press(window, KEY.Key_Down)
    press(window, KEY.Key_Tab)
    assert editor.speaker.text() == "Владимир Зеленский" and window.focusWidget() is editor.cue


def test_editing_from_a_card_returns_to_the_cards(qtbot, window):
    inspector = window.reading.inspector
    inspector.list.setFocus()
    press(window, KEY.Key_Down)
    press(window, KEY.Key_Return)
    press(window, KEY.Key_Escape)
    assert inspector.list.hasFocus()


def test_letters_of_the_list_work_with_a_cyrillic_layout(qtbot, window):
    window.library.pane.view.setFocus()
    article = window.reading.article_id
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        cyrillic(window, "ь")
    assert articles.article(window.session.archive, article).read_state is ReadState.READ
    cyrillic(window, "л")
    assert window.reading.focused_mark is not None
    cyrillic(window, "е")
    assert window.palette_.isVisible()


def test_control_with_a_cyrillic_letter_works_everywhere(window):
    for place in (
        window.library.navigation,
        window.reading.reader.page,
        window.reading.inspector.list,
        window.searching.field.edit,
    ):
        place.setFocus()
        cyrillic(window, "л", _CTRL)
        assert window.palette_.isVisible(), place
        window.palette_.close_palette()


def test_letters_typed_into_a_field_are_no_commands(window):
    window.searching.field.edit.setFocus()
    cyrillic(window, "ьте")
    assert window.searching.field.edit.text() == "ьте" and not window.palette_.isVisible()


def test_escape_takes_back_what_was_typed_about_the_article(window):
    inspector = window.reading.inspector
    inspector.show_article_page()
    title = inspector._article_page.title
    before = title.toPlainText()
    type_words(title, "Не так ")
    press(window, KEY.Key_Escape)
    assert title.toPlainText() == before and title.hasFocus()


def test_undo_shows_at_once_and_moves_nothing(qtbot, window):
    page, inspector = window.reading.reader.page, window.reading.inspector
    window.reading.reader.select(40, 60)
    window.resize(900, 420)
    page.verticalScrollBar().setValue(30)
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        window.session.run(marking.mark, window.reading.article_id, "highlight", [(5, 9)])
    before = window.reading.reader.selection(), page.verticalScrollBar().value()
    assert len(page.scene.marks.marks) == len(inspector._placements) == 2
    assert window.actions_["undo"].text() == "&Undo Highlight"
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(window, KEY.Key_Z, _CTRL)
    assert len(page.scene.marks.marks) == len(inspector._placements) == 1
    assert (window.reading.reader.selection(), page.verticalScrollBar().value()) == before
    assert window.messages.told[-1] == "Undone: Highlight."
