"""The window as a whole: an archive opens, articles are read, columns fold, commands fit."""

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication

from desktop.core.records import ReadState
from desktop.operations import library
from desktop.store import annotations, articles
from desktop.store.archive import create_archive, open_archive
from desktop.ui.library.places import ALL, TRASH, UNREAD, Place
from desktop.ui.session import Session
from desktop.ui.settings.store import Settings
from desktop.ui.window import MainWindow
from tests.archives import add
from tests.ui.desk.river import marks, open_titled, path, press, select, titles, window
from tests.windows import SLOW, open_window, settled

__all__ = ["open_window", "path", "window"]


# Opening


def test_an_archive_opens_with_its_articles_and_the_first_is_shown(qtbot, window):
    assert len(titles(window)) == 10
    qtbot.waitUntil(lambda: window.reading.article_id == window.library.model.id_at(0))
    assert window.windowTitle().endswith("Pressmark")
    assert window.pages.currentWidget() is window.columns
    assert window.library.pane.view.hasFocus()


def test_without_an_archive_the_window_says_how_to_begin(open_window):
    window = open_window()
    assert window.pages.currentWidget() is window.welcome
    assert not window.actions_["import_files"].isEnabled()
    window.open_palette()  # commands without an archive only
    assert window.palette_.isVisible()


def test_enter_makes_a_new_archive_where_none_is_open(qtbot, open_window):
    window = open_window()
    window.welcome.new_requested.disconnect(window.files.ask_new)  # its dialog would wait for a person
    with qtbot.waitSignal(window.welcome.new_requested):
        press(qtbot, window, Qt.Key.Key_Return)


def test_an_export_of_everything_is_named_after_the_archive(window):
    everything = window.exporting.scopes(chosen=False)[0]
    assert everything.name == f"{window.session.title} export"


def test_an_empty_archive_invites(open_window, tmp_path):
    create_archive(tmp_path / "New.pressmark").close()
    window = open_window(tmp_path / "New.pressmark")
    assert window.middle.currentWidget() is window.empty
    assert window.library.navigation.isVisible() and not window.library.pane.isVisible()


def test_what_cannot_be_opened_gets_a_sentence(qtbot, window, tmp_path):
    (tmp_path / "letter.pressmark").write_text("Dear Sir", "utf-8")
    with qtbot.waitSignal(window.session.open_failed, timeout=SLOW):
        window.files.open(tmp_path / "letter.pressmark")
    assert "letter.pressmark" in window.messages.told[-1]
    assert len(titles(window)) == 10


def test_an_archive_that_cannot_be_written_says_so_and_stays_readable(qtbot, open_window, path):
    with open_archive(path) as archive:
        archive.run("CREATE TABLE foreign_table (x)")
    window = open_window(path)
    assert window.banner.isVisible() and window.banner.words.startswith("Read-only.")
    assert len(titles(window)) == 10
    open_titled(qtbot, window, "Zelensky visits Tokyo")
    select(window, "About 450 companies")
    assert not window.actions_["mark_quote"].isEnabled() and not window.actions_["import_files"].isEnabled()
    window.reading._mark("quote", [(0, 4)])
    assert "read-only" in window.messages.told[-1] and marks(window) == []
    assert window.top.brand._facts == "10 articles · read-only"


def test_a_new_archive_takes_the_place_of_the_old(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.session.opened, timeout=SLOW):
        window.files.create(tmp_path / "Новый")
    settled(qtbot, window)
    assert window.session.path == tmp_path / "Новый.pressmark"
    assert window.middle.currentWidget() is window.empty
    window.files._fill_recent()
    assert [action.text() for action in window.files.recent.actions()] == ["Новый", "River"]


def test_the_first_window_fits_the_screen(qtbot, tmp_path, theme):
    window = MainWindow(Settings(tmp_path / "settings.ini"), theme, Session())
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert window.width() < room.width() and window.height() < room.height()
    window.close()


def test_the_window_remembers_where_it_was(open_window, path):
    first = open_window(path)
    first.columns.want("navigation", False)
    first.close()
    second = open_window(path)
    assert not second.columns.wanted("navigation")
    assert second.size() == first.size()


# Reading


def test_arrows_in_the_list_show_articles_at_once(qtbot, window):
    press(qtbot, window, Qt.Key.Key_Down)
    assert window.reading.article_id == window.library.model.id_at(1)
    assert window.reading.reader.text == "Article 6\nThe ferry is late again."


def test_an_unread_article_is_being_read_after_a_while(qtbot, open_window, path):
    window = open_window(path, dwelling=True)
    article_id = open_titled(qtbot, window, "Article 3")

    def state():
        return articles.article(window.session.archive, article_id).read_state

    assert state() is ReadState.UNREAD
    qtbot.waitUntil(lambda: state() is ReadState.READING, timeout=SLOW)
    assert window.session.undo_label != "Mark article as reading", "nobody asked for it"


def test_m_marks_as_read_and_back(qtbot, window):
    for expected in (ReadState.READ, ReadState.UNREAD):
        with qtbot.waitSignal(window.session.changed, timeout=SLOW):
            press(qtbot, window, Qt.Key.Key_M)
        state = articles.article(window.session.archive, window.reading.article_id).read_state
        assert state is expected


def test_the_place_in_each_article_is_kept(open_window, path, qtbot):
    with open_archive(path) as archive:
        long = "\n".join(f"Paragraph {n} " + "of a long article about the river. " * 12 for n in range(60))
        add(archive, f"Long\n{long}")
    window = open_window(path)
    open_titled(qtbot, window, "Long")
    here = window.reading.reader.text.index("Paragraph 40")
    window.reading.reader.restore_position(here)
    left_at = window.reading.reader.position()
    open_titled(qtbot, window, "Article 3")
    open_titled(qtbot, window, "Long")
    assert window.reading.reader.position() == left_at > 0


# The library


def test_places_filter_the_list(qtbot, window):
    article_id = open_titled(qtbot, window, "Article 3")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        window.session.run(library.set_read_state, [article_id], "read")
    window.library.go_to(UNREAD)
    qtbot.waitUntil(lambda: len(titles(window)) == 9)
    window.library.go_to(ALL)
    qtbot.waitUntil(lambda: len(titles(window)) == 10)
    window.library._toggle_filter("language", "ru")
    qtbot.waitUntil(lambda: titles(window) == ["Вода поднялась на два метра"])


def test_delete_moves_to_the_trash_and_the_notice_undoes_it(qtbot, window):
    window.library.pane.choose(window.library.model.id_at(0))
    press(qtbot, window, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(titles(window)) == 9)
    assert window.messages.told[-1] == "Moved to the trash: 1 article."
    window.library.go_to(TRASH)
    qtbot.waitUntil(lambda: len(titles(window)) == 1)
    window.notice.act()
    qtbot.waitUntil(lambda: titles(window) == [])


def test_articles_are_collected_by_key(qtbot, window):
    window.library.pane.view.selectAll()
    press(qtbot, window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    window.palette_.field.insert("River/Local press")
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        press(qtbot, window, Qt.Key.Key_Return)
    collection = window.session.archive.value("SELECT id FROM collections WHERE name = 'Local press'")
    qtbot.waitUntil(lambda: window.library.places.index_of(Place("collection", collection)).isValid())
    window.library.go_to(Place("collection", collection))
    settled(qtbot, window)
    assert len(titles(window)) == 10


def test_articles_dropped_on_a_tag_are_tagged(qtbot, window):
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        window.session.run(library.create_collection, "Tenders")
    place = Place("collection", window.session.archive.value("SELECT id FROM collections"))
    qtbot.waitUntil(lambda: window.library.places.index_of(place).isValid())
    with qtbot.waitSignal(window.session.changed, timeout=SLOW):
        window.library.places.articles_dropped.emit(place, [window.library.model.id_at(0)])
    assert window.messages.told[-1] == "Added to Tenders."


def test_an_empty_list_says_what_is_the_matter(qtbot, window):
    view = window.library.pane.view
    qtbot.waitUntil(lambda: len(titles(window)) == 10)
    window.library._filter_by(language="ja")
    qtbot.waitUntil(lambda: titles(window) == [])
    assert "filter" in view.nothing
    window.library._filter_by(language=None)
    qtbot.waitUntil(lambda: len(titles(window)) == 10)
    window.library._do(library.trash, "Moved", list(articles.article_ids(window.session.archive)))
    qtbot.waitUntil(lambda: titles(window) == [])
    settled(qtbot, window)
    assert "trash" in view.nothing and "filter" not in view.nothing


def test_sorting_is_remembered(qtbot, window):
    from desktop.store.articles import ArticleSort

    window.library._sort_by(ArticleSort.TITLE, False)
    qtbot.waitUntil(lambda: titles(window)[0] == "Article 0")
    assert titles(window)[-1] == "Вода поднялась на два метра"


# Searching


def test_typing_shows_results_and_enter_opens_the_hit(qtbot, window):
    press(qtbot, window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.searching.field.edit, "companies")
    qtbot.waitUntil(lambda: window.searching.answer is not None)
    assert window.shows_results and window.top.reading
    press(qtbot, window, Qt.Key.Key_Return)
    assert not window.shows_results
    assert window.reading.reader.text.startswith("Zelensky")
    assert window.reading.has_hits and window.actions_["next_hit"].isEnabled()
    qtbot.waitUntil(lambda: titles(window) == ["Zelensky visits Tokyo"])
    assert window.reading.reader.page.hasFocus()


def test_an_answer_to_a_question_taken_back_is_not_shown(qtbot, window):
    searching, answered = window.searching, []
    searching.field.set_query("companies")
    searching.field.clear()
    searching._lane.submit(lambda *_: None, answered.append)  # it is answered after the question
    qtbot.waitUntil(lambda: answered == [None], timeout=SLOW)
    assert searching.answer is None and not window.shows_results


def test_the_next_page_of_an_old_answer_does_not_replace_a_new_question(qtbot, window):
    searching = window.searching
    searching.field.set_query("ferry")
    qtbot.waitUntil(lambda: searching.answer is not None, timeout=SLOW)
    searching.field.set_query("companies")
    searching.pane.model.more_requested.emit(8)
    qtbot.waitUntil(lambda: searching.answer.result.query == "companies", timeout=SLOW)


def test_escape_leads_back_step_by_step(qtbot, window):
    window.searching.field.focus()
    window.searching.field.set_query("companies")
    qtbot.waitUntil(lambda: window.searching.answer is not None)
    press(qtbot, window, Qt.Key.Key_Return)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.shows_results and window.searching.pane.view.hasFocus()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.shows_results and window.searching.field.query == ""
    qtbot.waitUntil(lambda: len(titles(window)) == 10)


def test_completion_knows_the_archives_names(qtbot, window):
    window.searching.field.focus()
    qtbot.keyClicks(window.searching.field.edit, "outlet:")
    qtbot.waitUntil(lambda: "The Times" in window.searching.field._values.get("outlet:", ()))
    qtbot.keyClicks(window.searching.field.edit, "Ti")
    qtbot.keyClick(window.searching.field.edit, Qt.Key.Key_Tab)
    assert window.searching.field.edit.text() == 'outlet:"The Times" '


# The window


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (1024, ["list"]),
        (1440, ["navigation", "list", "inspector"]),
        (2000, ["navigation", "list", "inspector"]),
    ],
)
def test_columns_fold_by_width(qtbot, window, width, shown):
    window.resize(width, 800)
    qtbot.waitUntil(lambda: window.columns.width() == width)
    visible = {"navigation": window.library.navigation, "list": window.library.pane}
    visible["inspector"] = window.reading.inspector
    assert [name for name, widget in visible.items() if widget.isVisible()] == shown


def test_a_folded_column_can_be_called_up_in_a_narrow_window(qtbot, window):
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: window.columns.width() == 1000)
    window.actions_["show_inspector"].trigger()
    assert window.reading.inspector.isVisible()
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: window.columns.width() == 1440)
    assert window.library.navigation.isVisible() and window.columns.wanted("inspector")


def test_f6_goes_round_all_panes(qtbot, window):
    window.library.pane.view.setFocus()
    seen = []
    for _ in range(5):
        press(qtbot, window, Qt.Key.Key_F6)
        seen.append(window.focusWidget())
    assert window.reading.reader.page in seen and window.searching.field.edit in seen
    assert window.library.navigation in seen and window.library.pane.view in seen


def test_the_palette_gives_commands_and_places(qtbot, window):
    press(qtbot, window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.palette_.field, "light or dark")
    press(qtbot, window, Qt.Key.Key_Return)
    assert window._theme.dark
    window.actions_["toggle_dark"].trigger()
    assert not window._theme.dark


def test_preferences_are_in_force_at_once(qtbot, window):
    from desktop.ui.settings.panel import PreferencesDialog

    window.actions_["preferences"].trigger()
    dialog = window.findChild(PreferencesDialog)
    for _ in range(4):
        dialog.size_.larger.click()
    dialog.bar.value_chosen.emit("no")
    assert window.looks.size == 22 and not window.looks.selection_bar
    assert window.reading.reader._typography.size == 22
    dialog.close()
    window.actions_["usual_text"].trigger()
    assert window.looks.size == 18


def test_unexpected_errors_give_a_report_to_copy(qtbot, window, caplog):
    from desktop.ui.messages import FaultDialog

    try:
        raise ZeroDivisionError("secret")
    except ZeroDivisionError as error:
        window.messages.fail(error)
    assert "ZeroDivisionError" in window.messages.faults[-1] and "PySide6" in window.messages.faults[-1]
    window.notice.act()
    dialog = window.findChild(FaultDialog)
    assert dialog.text.toPlainText() == window.messages.faults[-1]
    dialog.close()


def test_pasting_nothing_says_so(window):
    QGuiApplication.clipboard().clear()
    window.files.paste()
    assert "holds no text" in window.messages.told[-1]


def test_another_archive_gets_what_was_typed_into_none_and_no_button_of_the_old(qtbot, window, tmp_path):
    open_titled(qtbot, window, "Zelensky visits Tokyo")
    article = window.reading.article_id
    select(window, "450 companies")
    window.actions_["mark_note"].trigger()
    inspector = window.reading.inspector
    qtbot.waitUntil(lambda: inspector.editing() is not None and inspector.editor.isVisible(), timeout=SLOW)
    inspector.editor.note.setPlainText("half a thought")
    path = window.session.path
    with qtbot.waitSignal(window.session.opened, timeout=SLOW):
        window.files.create(tmp_path / "Second")
    assert not window.notice.isVisible()
    with open_archive(path, read_only=True) as first:
        assert [one.note for one in annotations.annotations_of(first, article)] == ["half a thought"]


def test_a_dropped_archive_is_opened(qtbot, window, tmp_path):
    create_archive(tmp_path / "Other.pressmark").close()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "Other.pressmark"))])
    with qtbot.waitSignal(window.session.opened, timeout=SLOW):
        assert window.files.drop(data)
    assert not window.files.drop(QMimeData())


def test_every_icon_button_has_a_name_and_a_tip(window):
    from PySide6.QtWidgets import QToolButton

    nameless = [b for b in window.top.findChildren(QToolButton) if not (b.accessibleName() and b.toolTip())]
    assert nameless == []
