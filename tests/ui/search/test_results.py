"""Results are grouped by article, paged, opened, spoken, and renewed without moving."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.searching import Proposal, SearchSort
from desktop.ui.search.nothing import advice, wider
from desktop.ui.search.pane import ResultPane
from desktop.ui.search.results import ArticleHead, HitRow, MoreRow, ResultModel, grouped, key_of
from tests.ui.search.found import MIXED, answer, hit, many


@pytest.fixture
def pane(qtbot, theme):
    window = QWidget()
    window.resize(900, 600)
    pane = ResultPane(theme)
    QVBoxLayout(window).addWidget(pane)
    qtbot.addWidget(window)
    window.show()
    yield pane


def said(model):
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def tops(pane):
    """Where the rows in sight stand, by what they stand for."""
    model, view = pane.model, pane.view
    rects = [view.visualRect(model.index(row, 0)) for row in range(model.rowCount())]
    inside = view.viewport().rect()
    return {key_of(model.at(row)): rect.top() for row, rect in enumerate(rects) if rect.intersects(inside)}


def test_hits_stand_under_their_articles_the_text_before_the_marks():
    rows = grouped(answer(MIXED))
    assert [key_of(row) for row in rows] == ["head:a", "article1", "quote2", "head:b", "article3"]
    assert rows[0].facts == "Порт  ·  14 Mar 2019  ·  Russian  ·  3 marks" and rows[0].title_hits == ((0, 4),)
    assert rows[3].title == "Title of b" and rows[3].facts == ""
    assert isinstance(rows[2], HitRow) and (rows[2].speaker, rows[2].verdict) == ("Марина Ветрова", "refuted")


def test_a_guessed_date_says_so():
    found = answer(MIXED)
    found.rows["a"] = replace(found.rows["a"], date_is_guess=True)
    assert "≈ 14 Mar 2019" in grouped(found)[0].facts


def test_few_marks_are_listed_and_the_others_counted():
    found = [hit(1), *(hit(number, "a", "quote") for number in range(2, 6))]
    rows = grouped(answer(found, hits_of={"a": 16}))
    assert [type(row) for row in rows] == [ArticleHead, HitRow, HitRow, HitRow, HitRow, MoreRow]
    assert rows[0].hits == 16 and rows[-1].hidden == 12


def test_model_keeps_its_promises_and_pages_by_article(qtmodeltester, qtbot, qapp):
    model = ResultModel()
    model.show(answer(MIXED, articles=4))
    with qtbot.waitSignal(model.more_requested) as caught:
        model.fetchMore()
    assert caught.args == [2] and not model.canFetchMore()
    model.show(answer([hit(7, "c"), hit(8, "d")], offset=2, articles=4))
    assert model.articles == ["a", "b", "c", "d"] and not model.canFetchMore()
    qtmodeltester.check(model)


def test_an_article_that_comes_twice_is_listed_once(qapp):
    model = ResultModel()
    model.show(answer(MIXED, articles=4))
    model.show(answer([hit(3, "b"), hit(8, "d")], offset=2, articles=4))
    assert [key_of(row) for row in map(model.at, range(model.rowCount()))][-2:] == ["head:d", "article8"]
    assert len(model.hits()) == 4 and model.articles == ["a", "b", "d"] and not model.canFetchMore()


def test_the_next_page_begins_behind_an_article_that_came_twice(qapp, qtbot):
    model = ResultModel()
    model.show(answer(MIXED, articles=5))
    model.show(answer([hit(3, "b"), hit(8, "d")], offset=2, articles=5))
    with qtbot.waitSignal(model.more_requested) as caught:
        model.fetchMore()
    assert caught.args == [4]
    model.show(answer([hit(9, "e")], offset=4, articles=5))
    assert model.articles == ["a", "b", "d", "e"] and not model.canFetchMore()


def test_rows_are_spoken(qapp):
    model = ResultModel()
    model.show(answer(MIXED, hits_of={"b": 3}))
    lines = said(model)
    assert lines[0] == "Мост, Порт  ·  14 Mar 2019  ·  Russian  ·  3 marks, 2 hits"
    assert lines[2].startswith("quote, Марина Ветрова, refuted, Часть машин")
    assert lines[-1] == "2 more marks in this article"


def test_enter_and_click_open_a_hit_or_an_article(qtbot, pane):
    pane.show_answer(answer(MIXED))
    pane.focus()
    with qtbot.waitSignal(pane.hit_chosen) as caught:
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert caught.args[0].key == "article1" and pane.first_hit().key == "article1"
    head = pane.view.visualRect(pane.model.index(3, 0))
    with qtbot.waitSignal(pane.article_chosen) as caught:
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=head.center())
    assert caught.args == ["b"]


def test_more_marks_open_in_their_place(qtbot, pane):
    pane.show_answer(answer(MIXED, hits_of={"a": 4}))
    pane.view.setCurrentIndex(pane.model.index_of("more:a"))
    with qtbot.waitSignal(pane.marks_wanted) as caught:
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert caught.args == ["a"] and "Reading the other marks…" in said(pane.model)
    pane.open_article(answer([*MIXED[:2], hit(5, "a", "note"), hit(6, "a", "claim")], hits_of={"a": 4}), "a")
    keys = [key_of(pane.model.at(row)) for row in range(pane.model.rowCount())]
    assert keys == ["head:a", "article1", "quote2", "note5", "claim6", "head:b", "article3"]
    assert pane.current.hit.key == "note5"


def test_marks_of_another_article_leave_the_way_to_them_open(pane):
    pane.show_answer(answer(MIXED, hits_of={"a": 4}))
    pane.model.await_marks("a")
    pane.open_article(answer([hit(9, "z")], hits_of={"z": 1}), "a")
    assert said(pane.model).count("2 more marks in this article") == 1


def test_an_opened_article_stays_open_when_the_answer_is_renewed(pane):
    pane.show_answer(answer(MIXED, hits_of={"a": 4}))
    pane.model.open_article(answer([*MIXED[:2], hit(5, "a", "note"), hit(6, "a", "claim")]), "a")
    pane.show_answer(answer([*MIXED, hit(7, "c")], hits_of={"a": 4}, renewed=True))
    keys = [key_of(pane.model.at(row)) for row in range(pane.model.rowCount())]
    assert keys[:5] == ["head:a", "article1", "quote2", "note5", "claim6"] and keys[-1] == "article7"
    pane.show_answer(answer(MIXED, hits_of={"a": 4}))
    assert pane.model.index_of("more:a").isValid(), "another question begins anew"


def test_keys_step_from_hit_to_hit_and_from_article_to_article(pane):
    pane.show_answer(answer([*MIXED, hit(4, "b", "note")]))
    visited = []
    while pane.step_hit(1):
        visited.append(pane.current.hit.key)
    assert visited == ["article1", "quote2", "article3", "note4"]
    assert pane.step_article(-1) and pane.current.hit.key == "article1"
    assert not pane.step_article(-1) and pane.step_article(1) and pane.current.hit.key == "article3"
    assert pane.step_hit(-1) and pane.current.hit.key == "quote2"


def test_orders_are_chosen_and_told(qtbot, pane):
    pane.set_order(SearchSort.NEWEST)
    pane.show_answer(answer(MIXED))
    assert pane._note.text() == "newest first · Enter opens"
    with qtbot.waitSignal(pane.order_chosen) as caught:
        next(one for one in pane.orders.actions() if one.text() == "Last imported first").trigger()
    assert caught.args == [SearchSort.LAST_ADDED]


def test_nothing_found_says_what_to_try(qtbot, pane):
    nothing = answer(
        [], indexed=5, records=9, hint="The bracket was not closed.", query="паром kind:quote tag:x"
    )
    pane.show_answer(nothing)
    assert pane.nothing.isVisible() and not pane.view.isVisible()
    tips = advice(nothing.result)
    assert tips[0] == "The bracket was not closed." and "4 records are missing" in tips[1]
    assert any("паром*" in tip for tip in tips)
    with qtbot.waitSignal(pane.query_wanted) as caught:
        pane.nothing.links[0].click()
    assert caught.args == ["паром tag:x"]
    assert wider("паром kind:quote tag:x")[-1] == ("Search for паром alone", "паром")
    pane.show_answer(answer(MIXED))
    assert pane.view.isVisible() and not pane.nothing.isVisible()


def test_better_queries_are_offered_with_their_reason(qtbot, pane):
    better = (Proposal("паром", "паром"), Proposal("ferry kind:quote", "ferry", "layout"))
    pane.show_answer(answer([], proposals=better, query="пером"))
    assert [link.accessibleName() for link in pane.notes.links] == [
        "Did you mean: паром",
        "Typed on another keyboard layout?: ferry kind:quote",
    ]
    with qtbot.waitSignal(pane.query_wanted) as caught:
        assert pane.notes.take_best()
    assert caught.args == ["паром"]
    pane.show_answer(answer(MIXED))
    assert not pane.notes.isVisible() and not pane.notes.take_best()


def test_an_index_behind_is_told(pane):
    pane.show_answer(answer(MIXED, indexed=1200, records=5000))
    assert pane._note.text() == "best first · 1,200 of 5,000 records indexed; more may be found"
    pane.show_answer(answer(MIXED, indexed=5000, records=5000))
    assert pane._note.text() == "best first · Enter opens"


def test_a_renewed_answer_does_not_move_what_is_looked_at(pane):
    pane.show_answer(answer(many(10, 20)))
    pane.view.verticalScrollBar().setValue(700)
    before = tops(pane)
    pane.show_answer(answer([*many(0, 10), *many(10, 20), *many(40, 3)], renewed=True))
    after = tops(pane)
    assert before.items() <= after.items() and len(before) > 3
    assert pane.above.text() == "30 new rows above"
    pane.above.click()
    assert pane.view.verticalScrollBar().value() == 0


def test_a_renewed_answer_keeps_the_current_row_and_a_long_list(pane):
    pane.show_answer(answer(many(0, 8), articles=30))
    pane.choose("x6")
    pane.show_answer(answer([*many(90, 1), *many(0, 8)], articles=30, renewed=True))
    assert pane.current.hit.key == "article6"
    pane.show_answer(answer(many(200, 2), articles=31, renewed=True))
    assert len(pane.model.articles) == 9, "the beginning of the new answer is not all of it"


@pytest.mark.parametrize("width", [420, 900, 1500])
def test_hits_paint_in_light_and_dark(pane, theme, width):
    pane.window().resize(width, 700)
    title = "Протокол совещания дорожной службы № 14 о состоянии опор моста и подходов " * 3
    rtl = hit(9, "c", text="הגשר ייסגר למשאיות לשישה שבועות, אמרה מרינה וטרובה")
    pane.show_answer(answer([*MIXED, rtl, hit(5, "d", "note", title)], hits_of={"a": 40}))
    light = pane.grab().toImage()
    theme.set_dark(True)
    dark = pane.grab().toImage()
    theme.set_dark(False)
    assert light != dark


def test_lines_of_right_to_left_scripts_begin_at_the_right(theme):
    from desktop.ui.paint import paragraph

    text = "הגשר ייסגר למשאיות לשישה שבועות, אמרה מרינה וטרובה, המהנדסת הראשית של העיר"
    layout = paragraph(text, 200, theme.font(15)).layout
    rects = [layout.lineAt(row).naturalTextRect() for row in range(layout.lineCount())]
    assert len(rects) > 1 and all(abs(rect.right() - 200) < 8 for rect in rects)
    assert rects[-1].left() > 20
