"""The field asks when typing pauses; results are grouped, paged, spoken and opened."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.records import ArticleRow, ReadState
from desktop.core.searching import SearchHit, SearchResult, Snippet
from desktop.ui.search.field import SearchField
from desktop.ui.search.pane import ResultPane, advice
from desktop.ui.search.results import Answer, ArticleHead, HitRow, ResultModel, grouped


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(900, 600)
    QVBoxLayout(window)
    qtbot.addWidget(window)
    yield window


@pytest.fixture
def field(window, theme):
    field = SearchField(theme)
    window.layout().addWidget(field)
    window.layout().addStretch(1)
    window.show()
    field.edit.setFocus()
    field.set_values({"tag:": ["bridge", "brine"]})
    return field


@pytest.fixture
def pane(window, theme):
    pane = ResultPane(theme)
    window.layout().addWidget(pane)
    window.show()
    return pane


def hit(number, article="a", kind="article"):
    return SearchHit(
        key=f"{kind}{number}",
        kind=kind,
        article_id=article,
        annotation_id=f"n{number}" if kind != "article" else None,
        title=f"Title of {article}",
        score=1.0,
        snippet=Snippet("Часть машин заберёт паром, но щебень на пароме", ((20, 25), (40, 46)), 100),
        matches=((120, 125), (140, 146)),
    )


def answer(hits, offset=0, total=None, **fields):
    result = SearchResult(
        "паром", "Articles with any form of паром", tuple(hits), total or len(hits), articles=2, **fields
    )
    rows = {"a": ArticleRow("a", "Мост", "Порт", "2019-03-14", False, "ru", ReadState.READ)}
    return Answer(result, rows, {"n2": "Марина Ветрова"}, {"n2": "refuted"}, offset)


MIXED = [hit(1), hit(3, "b"), hit(2, "a", "quote")]


def test_typing_asks_once_after_the_pause(qtbot, field):
    asked = []
    field.query_changed.connect(asked.append)
    with qtbot.waitSignal(field.query_changed):
        qtbot.keyClicks(field.edit, "ferry")
    assert asked == ["ferry"]


def test_enter_asks_at_once(qtbot, field):
    asked = []
    field.query_changed.connect(asked.append)
    with qtbot.waitSignal(field.accepted):
        field.edit.insert("паром")
        qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert asked == ["паром"]


def test_completions_are_chosen_by_keys(qtbot, field):
    qtbot.keyClicks(field.edit, "x ta")
    assert field.completions.isVisible()
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert field.edit.text() == "x tag:"
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.text() == "x tag:brine "
    assert not field.completions.isVisible()
    assert field.edit.hasFocus()


def test_escape_closes_the_completions_first(qtbot, field):
    qtbot.keyClicks(field.edit, "ta")
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert not field.completions.isVisible() and field.edit.text() == "ta"


def test_down_goes_to_the_results(qtbot, field):
    with qtbot.waitSignal(field.down_requested):
        qtbot.keyClick(field.edit, Qt.Key.Key_Down)


def test_tokens_are_tinted(field):
    plain = field.grab().toImage()
    field.set_query("tag:bridge date:2026")
    assert field.grab().toImage() != plain
    assert field.edit.text() == "tag:bridge date:2026"


def test_hits_stand_under_their_articles_in_the_order_of_the_best():
    rows = grouped(answer(MIXED))
    assert [row.article_id if isinstance(row, ArticleHead) else row.hit.key for row in rows] == [
        "a",
        "article1",
        "quote2",
        "b",
        "article3",
    ]
    assert rows[0].facts == "Порт  ·  14 Mar 2019" and rows[3].title == "Title of b"
    assert isinstance(rows[2], HitRow) and (rows[2].speaker, rows[2].verdict) == ("Марина Ветрова", "refuted")


def test_model_keeps_its_promises_and_pages(qtmodeltester, qtbot, qapp):
    model = ResultModel()
    model.show(answer(MIXED, total=9))
    with qtbot.waitSignal(model.more_requested) as caught:
        model.fetchMore()
    assert caught.args == [3] and not model.canFetchMore()
    model.show(answer([hit(7, "c"), hit(8, "c")], offset=3, total=5))
    assert len(model.hits()) == 5 and not model.canFetchMore()
    qtmodeltester.check(model)


def test_rows_are_spoken(qapp):
    model = ResultModel()
    model.show(answer(MIXED))
    said = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 2)]
    assert said[0] == "Мост, Порт  ·  14 Mar 2019, 2 hits"
    assert said[1].startswith("quote, Марина Ветрова, refuted, Часть машин")


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


def test_nothing_found_says_what_to_try(pane):
    nothing = answer([], indexed=5, records=9, hint="The bracket was not closed.")
    blank = pane.grab().toImage()
    pane.show_answer(nothing)
    assert pane.grab().toImage() != blank
    tips = advice(nothing.result)
    assert tips[0] == "The bracket was not closed." and "4 records are missing" in tips[1]
    assert any("паром*" in tip for tip in tips)


def test_hits_paint_in_light_and_dark(pane, theme):
    pane.show_answer(answer(MIXED))
    light = pane.grab().toImage()
    theme.set_dark(True)
    dark = pane.grab().toImage()
    theme.set_dark(False)
    assert light != dark
