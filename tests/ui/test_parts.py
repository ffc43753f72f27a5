"""The small parts around the places: notice, status area, empty states, actions."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPushButton, QWidget

from desktop.core.searching import SearchResult
from desktop.jobs.lanes import FreeLane
from desktop.ui.actions import COMMANDS, Actions, keys, plain, tip
from desktop.ui.empty import EmptyArchive, Welcome
from desktop.ui.notice import Notice
from desktop.ui.paint import reads_leftwards
from desktop.ui.status import StatusBar, found_words


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    widget.resize(900, 600)
    qtbot.addWidget(widget)
    widget.show()
    yield widget


def test_a_notice_offers_undo_once_and_leaves_the_focus(parent):
    notice, done = Notice(parent), []
    notice.tell("Marked as quote", "Undo", lambda: done.append(1))
    assert notice.isVisible() and not notice.hasFocus()
    notice.act()
    notice.act()
    assert done == [1] and not notice.isVisible()
    assert notice.told == ["Marked as quote"]


def test_a_long_notice_stays_inside_a_narrow_window(parent):
    parent.resize(320, 300)
    notice = Notice(parent)
    notice.tell("A sentence that goes on and on, " * 6, "Undo", print)
    assert parent.rect().contains(notice.geometry())
    parent.resize(280, 280)
    assert parent.rect().contains(notice.geometry())


def test_the_status_area_says_how_far_the_index_is(qtbot, theme):
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.show_index(4200, 5000)
    assert bar._index.text() == "4,200 of 5,000 indexed" and not bar._index_bar.isHidden()
    bar.show_index(4999, 5000, "1 record could not be indexed")
    assert bar._index.text() == "4,999 of 5,000 indexed" and bar._index_bar.isHidden()
    assert bar._index.toolTip() == "1 record could not be indexed"
    bar.show_index(5000, 5000)
    assert (bar._index.text(), bar._index.toolTip()) == ("Index ready", "") and bar._index_bar.isHidden()


def test_the_status_area_shows_how_far_and_can_cancel(qtbot, theme):
    bar, lane, gate = StatusBar(theme), FreeLane(), threading.Event()
    qtbot.addWidget(bar)
    bar.follow(lane)

    def work(progress):
        progress.report(212, 500, "page.html")
        gate.wait(5)
        progress.check()

    job = lane.submit(work, on_failed=lambda _: None, title="Importing")
    qtbot.waitUntil(lambda: bar.words == "Importing 212 of 500")
    bar.cancel_requested.connect(lambda number: job.cancel() if number == job.number else None)
    with qtbot.waitSignal(lane.ended):
        bar._cancel.click()
        gate.set()
    assert not bar.busy and job.progress.cancelled
    lane.close()


def test_short_work_is_not_shown(qtbot, theme):
    bar, lane = StatusBar(theme), FreeLane()
    qtbot.addWidget(bar)
    bar.follow(lane)
    with qtbot.waitSignal(lane.ended):
        lane.submit(lambda _: None)
        assert not bar.busy
    lane.close()


def test_a_report_is_offered_until_it_is_read(qtbot, theme):
    bar, shown = StatusBar(theme), []
    qtbot.addWidget(bar)
    bar.offer_report("2 imports failed", lambda: shown.append(1))
    button = bar.findChild(QPushButton, "report")
    assert button.isVisibleTo(bar) and button.text() == "2 imports failed"
    button.click()
    assert shown == [1] and not button.isVisibleTo(bar)


@pytest.mark.parametrize(
    ("total", "articles", "words"),
    [(37, 21, "37 hits in 21 articles · 6 ms"), (1, 1, "1 hit in 1 article · 6 ms"), (0, 0, "0 hits · 6 ms")],
)
def test_hits_are_counted_in_words(total, articles, words):
    assert found_words(SearchResult("x", "", total=total, articles=articles, milliseconds=6.2)) == words


def test_the_empty_archive_says_how_to_begin(qtbot, theme):
    page = EmptyArchive(theme)
    qtbot.addWidget(page)
    page.resize(900, 700)
    buttons = {button.text(): button for button in page.findChildren(QPushButton)}
    for label, signal in (
        ("Choose files…", page.files_requested),
        ("Paste a text", page.paste_requested),
        ("Open the sample", page.sample_requested),
    ):
        with qtbot.waitSignal(signal):
            qtbot.keyClick(buttons[label], Qt.Key.Key_Space)
    before = page.grab().toImage()
    page.highlight(True)
    assert page.grab().toImage() != before


def test_without_an_archive_the_welcome_offers_three_ways(qtbot, theme):
    page = Welcome(theme)
    qtbot.addWidget(page)
    page.resize(900, 700)
    labels = [button.text() for button in page.findChildren(QPushButton)]
    assert labels == ["New archive…", "Open archive…", "Open the sample"]
    assert not page.grab().isNull()


@pytest.fixture
def actions(qtbot, theme):
    window = QMainWindow()
    qtbot.addWidget(window)
    yield Actions(window, theme)


def test_every_command_is_in_a_menu_and_no_two_share_a_key(actions):
    menus = actions.menu_bar(actions.parent().menuBar())
    assert {action for menu in menus.values() for action in menu.actions() if not action.isSeparator()} == {
        action for _, action in actions
    }
    shortcuts = [key for command in COMMANDS for key in command.keys]
    assert len(shortcuts) == len(set(shortcuts))


def test_no_two_items_of_a_menu_share_its_letter(actions):
    for menu in {command.menu for command in COMMANDS}:
        letters = [
            c.text[c.text.index("&") + 1].lower() for c in COMMANDS if c.menu == menu and "&" in c.text
        ]
        assert len(letters) == len(set(letters)), menu


def test_commands_are_enabled_by_what_is_there(actions):
    actions.enable({"archive"})
    assert actions["find"].isEnabled() and not actions["mark_quote"].isEnabled()
    actions.enable({"archive", "writable", "selection"})
    assert actions["mark_quote"].isEnabled()


def test_tooltips_name_the_key(actions):
    assert tip(actions["import_files"]) == f"Import files ({keys(actions['import_files'])})"
    assert plain(actions["manage_tags"]) == "Manage tags"


@pytest.mark.parametrize(
    ("text", "leftwards"), [("«إغلاق» bridge", True), ("Мост إغلاق", False), ("12 שלום", True), ("…", False)]
)
def test_the_first_letter_says_which_way_a_text_reads(text, leftwards):
    assert reads_leftwards(text) == leftwards
