"""A search through the window: orders, facets, hits from article to article, and an index that grows."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.core.progress import Progress
from desktop.core.searching import Proposal, SearchSort
from desktop.operations import marking
from desktop.operations.indexing import index_now
from desktop.store.archive import open_archive
from desktop.ui.desk.search_lane import Question, Searching
from desktop.ui.settings.store import OTHER_SCRIPTS, SEARCH_SORT
from tests.archives import add
from tests.ui.desk.river import open_titled, open_window, path, press, window
from tests.windows import SLOW, settled

__all__ = ["open_window", "path", "window"]

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LATE = "The ferry is late again."


@pytest.fixture
def indexed(path):
    """Marks in the articles, and an index of everything."""
    with open_archive(path) as archive:
        first = archive.value("SELECT id FROM articles WHERE title = 'Article 0'")
        for end in (19, 22, 27, 29, 33, 34):
            marking.mark(archive, first, "quote", [(10, end)], speaker="Mayor")
    index_now(path, Progress())
    return path


@pytest.fixture
def searched(open_window, indexed, qtbot):
    window = open_window(indexed)
    ask(qtbot, window, "ferry")
    return window


def ask(qtbot, window, query):
    window.searching.field.focus()
    window.searching.field.set_query(query)
    qtbot.waitUntil(
        lambda: window.searching.answer is not None and window.searching.answer.result.query == query,
        timeout=SLOW,
    )
    settled(qtbot, window)
    return window.searching.answer


def current_hit(window):
    return window.reading.reader.sheet.scene.current_hit


def test_an_answer_is_grouped_counted_and_told(searched):
    answer = searched.searching.answer
    assert answer.result.articles == 8 and answer.result.total == 14
    assert answer.facets["kind"] == {"article": 8, "quote": 6}
    rows = list(map(searched.searching.pane.model.at, range(6)))
    assert rows[0].hits == 7 and rows[-1].hidden == 3
    assert searched.steps.words == ""


def test_the_other_marks_of_an_article_are_read_when_wanted(qtbot, searched):
    pane = searched.searching.pane
    article_id = pane.model.articles[0]
    pane.view.setCurrentIndex(pane.model.index_of(f"more:{article_id}"))
    with qtbot.waitSignal(searched.searching.paged, timeout=SLOW):
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert len(pane.model.hits_in(article_id)) == 7
    assert not pane.model.index_of(f"more:{article_id}").isValid()


def test_a_facet_offers_what_else_there_would_be(qtbot, searched):
    answer = ask(qtbot, searched, "ferry kind:quote")
    assert answer.result.total == 6 and answer.result.facets["kind"] == {"quote": 6}
    assert answer.facets["kind"] == {"article": 8, "quote": 6}
    answer = ask(qtbot, searched, "kind:quote")
    assert answer.facets["kind"]["article"] == 10


def test_all_values_of_a_facet_are_chosen_from_a_list_with_a_filter(qtbot, searched):
    searched.searching.pane.facets.more_wanted.emit("kind")
    assert searched.palette_.isVisible()
    qtbot.keyClicks(searched.palette_.field, "quo")
    qtbot.keyClick(searched.palette_.field, Qt.Key.Key_Return)
    assert searched.searching.field.query == "ferry kind:quote"


def test_the_order_is_kept_and_told(qtbot, searched):
    searched.searching.pane.order_chosen.emit(SearchSort.OLDEST)
    settled(qtbot, searched)
    assert searched.searching.order is SearchSort.OLDEST
    assert searched.tools.settings.get(SEARCH_SORT) == "oldest"
    assert searched.searching.pane._note.text().startswith("oldest first")


def test_other_spellings_are_a_switch_that_is_kept(qtbot, searched):
    action = searched.actions_["other_scripts"]
    assert action.isChecked()
    action.trigger()
    settled(qtbot, searched)
    assert not searched.tools.settings.get(OTHER_SCRIPTS) and not action.isChecked()
    assert action in searched.searching.pane.menu.actions()
    panel = searched.searching.make_panel()
    qtbot.addWidget(panel)
    assert panel.value() == "own"
    panel.button("all").click()
    assert searched.searching.other_scripts and action.isChecked()


def test_hits_go_on_into_the_next_found_article_and_back(qtbot, searched):
    press(qtbot, searched, Qt.Key.Key_Return)
    settled(qtbot, searched)
    found = searched.searching.found_articles()
    assert searched.reading.article_id == found[0]
    searched.reading.reader.setFocus()
    press(qtbot, searched, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: searched.reading.article_id == found[1] and current_hit(searched) == 0)
    assert searched.status._left.text() == "Article 2 of 8 found"
    press(qtbot, searched, Qt.Key.Key_F3, SHIFT)
    qtbot.waitUntil(lambda: searched.reading.article_id == found[0] and current_hit(searched) == 0)
    press(qtbot, searched, Qt.Key.Key_F3, SHIFT)
    assert searched.status._left.text() == "Article 1 of 8 found  ·  That was the first hit of all."
    press(qtbot, searched, Qt.Key.Key_F3, CONTROL)
    qtbot.waitUntil(lambda: searched.reading.article_id == found[1])


def test_escape_leads_back_to_the_hit_that_was_read(qtbot, searched):
    press(qtbot, searched, Qt.Key.Key_Return)
    settled(qtbot, searched)
    found = searched.searching.found_articles()
    for _ in range(3):
        searched.actions_["next_found"].trigger()
        settled(qtbot, searched)
    searched.back()
    pane = searched.searching.pane
    assert searched.shows_results and pane.view.hasFocus()
    assert pane.current.article_id == found[3]
    assert pane.view.viewport().rect().contains(pane.view.visualRect(pane.view.currentIndex()).center())


def test_keys_step_through_the_results(qtbot, searched):
    press(qtbot, searched, Qt.Key.Key_Down)
    pane = searched.searching.pane
    assert pane.view.hasFocus() and pane.current.hit.kind == "article"
    press(qtbot, searched, Qt.Key.Key_F3)
    assert pane.current.hit.kind == "quote"
    press(qtbot, searched, Qt.Key.Key_F3, CONTROL)
    assert pane.current.article_id == pane.model.articles[1]
    assert searched.status._left.text() == "Article 2 of 8 found"


def test_an_article_opened_in_the_library_shows_the_hits_of_the_search(qtbot, searched):
    searched.show_reading()
    title = "Article 5"
    searched.library.pane.view.setFocus()
    article_id = open_titled(qtbot, searched, title)
    qtbot.waitUntil(lambda: searched.reading.has_hits, timeout=SLOW)
    start, end = searched.reading._hits[article_id][0]
    assert searched.reading.reader.text[start:end] == "ferry"
    searched.searching.field.clear()
    assert not searched.reading.has_hits


def test_all_hits_of_a_long_text_are_marked(qtbot, open_window, path):
    with open_archive(path) as archive:
        article_id = add(archive, "Ferries\n" + "One ferry after the other. " * 700, language="en")
    index_now(path, Progress())
    window = open_window(path)
    ask(qtbot, window, "ferry after")
    window._open_found(article_id)
    qtbot.waitUntil(lambda: len(window.reading._hits.get(article_id, ())) == 1401, timeout=SLOW)


def test_where_only_marks_are_found_the_hits_within_them_count(indexed):
    searching = Searching(indexed)
    question = Question("ferry kind:quote")
    article_id = searching.ask(question, Progress()).result.hits[0].article_id
    inside = searching.places(question, article_id, 0, Progress())
    assert inside == searching.places(Question("ferry"), article_id, 0, Progress())
    words = searching.places(Question("kind:quote"), article_id, 0, Progress())
    assert len(words) == 6, "without words all words of the marks"
    searching.close()


def test_more_like_this_asks_for_what_is_at_hand(qtbot, searched):
    press(qtbot, searched, Qt.Key.Key_Down)
    article_id = searched.searching.pane.current.article_id
    searched.actions_["more_like"].trigger()
    assert searched.searching.field.query == f"like:{article_id[:23]}" and searched.shows_results


def test_a_growing_index_renews_the_answer(qtbot, searched, indexed):
    searching = searched.searching
    before = searching.answer.result.total
    with open_archive(indexed) as archive:
        for number in range(3):
            add(archive, f"Article of now {number}\n{LATE}", language="en")
    index_now(indexed, Progress())
    searching._later.setInterval(10)
    searching.follow_index(searching.answer.result.indexed + 3, 30)
    qtbot.waitUntil(lambda: searching.answer.result.total == before + 3, timeout=SLOW)
    assert searching.answer.renewed and len(searching.found_articles()) == 11


def test_a_better_query_is_one_key_away(qtbot, searched):
    searching = searched.searching
    answer = searching.answer
    proposal = Proposal("companies", "companies")
    searching._show(replace(answer, result=replace(answer.result, proposals=(proposal,))))
    assert searched.actions_["take_proposal"].isEnabled() and searching.pane.notes.isVisible()
    press(qtbot, searched, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: searching.answer.result.query == "companies", timeout=SLOW)
    assert not searched.actions_["take_proposal"].isEnabled()


def test_the_list_says_how_many_were_found_though_fewer_are_listed_yet(searched):
    found = searched.searching.found_articles()
    searched.library.show_found(found[:3], len(found), "best first")
    assert searched.library.pane._heading.text() == "3 of 8 articles"
    searched.library.show_found(found, len(found), "best first")
    assert searched.library.pane._heading.text() == "8 articles"
