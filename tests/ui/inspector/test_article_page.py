"""The article's own fields."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.ui.inspector.conftest import DETAILS
from tests.ui.inspector.material import ARTICLE, TAGS, VOCABULARY, placements
from tests.ui.typing_words import type_over, type_words

KEY = Qt.Key


@pytest.fixture
def page(inspector):
    inspector.show_article_page()
    return inspector._article_page


@pytest.fixture
def asked(inspector):
    log = []
    inspector.article_edit_requested.connect(lambda one, fields: log.append((one, fields)))
    inspector.article_tags_change_requested.connect(lambda one, new, old: log.append((one, new, old)))
    return log


def test_nothing_is_asked_for_by_walking_through(qtbot, page, asked):
    for _ in range(14):
        qtbot.keyClick(page.window().focusWidget(), KEY.Key_Tab)
    assert asked == []


def test_a_field_is_saved_when_it_is_left(qtbot, host, page, asked):
    type_over(page.publisher, "Речной кур'єр")
    host.elsewhere.setFocus()
    type_over(page.byline, "Ирина Сомова; 山田太郎")
    qtbot.keyClick(page.byline, KEY.Key_Return)
    assert asked == [
        ("a1", {"publisher": "Речной кур'єр"}),
        ("a1", {"byline": ("Ирина Сомова", "山田太郎")}),
    ]


def test_a_typed_date_is_no_guess_any_more(qtbot, page, asked):
    type_over(page.published_at, "15.03.2026 8:05")
    qtbot.keyClick(page.published_at, KEY.Key_Return)
    assert asked == [("a1", {"published_at": "2026-03-15T08:05", "date_is_guess": False})]
    assert page.published_at.text() == "2026-03-15 08:05"


def test_a_guess_is_confirmed_by_its_button(qtbot, inspector, page, asked):
    assert page.confirm_date.isVisible()
    qtbot.mouseClick(page.confirm_date, Qt.MouseButton.LeftButton)
    assert asked == [("a1", {"date_is_guess": False})]
    sure = replace(ARTICLE, metadata=replace(ARTICLE.metadata, date_is_guess=False))
    inspector.show_article(sure, placements(), VOCABULARY, [], DETAILS)
    assert not page.confirm_date.isVisible()


def test_what_is_no_date_is_told_and_not_asked_for(qtbot, host, page, asked):
    type_over(page.published_at, "весной")
    host.elsewhere.setFocus()
    assert asked == [] and page.date_error.isVisible()


def test_escape_takes_back_what_was_typed(qtbot, page, asked):
    type_over(page.url, "https://wrong.example")
    qtbot.keyClick(page.url, KEY.Key_Escape)
    assert page.url.text() == "https://portlistok.example/most" and asked == []


def test_tags_are_asked_for_at_once(qtbot, page, asked):
    page.tags.setFocus()
    type_words(page.tags.line, "дро")
    qtbot.keyClick(page.tags.line, KEY.Key_Return)
    page.tags.remove("инфраструктура/мост")
    assert asked == [("a1", ["оборона/дроны"], []), ("a1", [], ["t-bridge"])]


def test_read_state_and_note(qtbot, host, page, asked):
    qtbot.mouseClick(page.read_state.button("read"), Qt.MouseButton.LeftButton)
    page.note.setFocus()
    page.note.selectAll()
    type_words(page.note, "Готово")
    host.elsewhere.setFocus()
    assert asked == [("a1", {"read_state": "read"}), ("a1", {"note": "Готово"})]


def test_news_leave_a_half_typed_field_alone(qtbot, inspector, page):
    type_over(page.publisher, "Порт")
    news = replace(
        ARTICLE, note="чужое", metadata=replace(ARTICLE.metadata, title="Другое", publisher="Иное")
    )
    inspector.show_article(news, placements(), VOCABULARY, [TAGS[3]], DETAILS)
    assert page.publisher.text() == "Порт"
    assert (page.title.toPlainText(), page.note.toPlainText()) == ("Другое", "чужое")
    assert page.tags.paths() == ["проверить"]


def test_news_leave_a_half_typed_date_alone(qtbot, inspector, page, asked):
    type_over(page.published_at, "15.0")
    inspector.show_article(replace(ARTICLE, note="чужое"), placements(), VOCABULARY, [], DETAILS)
    assert page.published_at.text() == "15.0"
    type_words(page.published_at, "3.2026")
    qtbot.keyClick(page.published_at, KEY.Key_Return)
    assert asked == [("a1", {"published_at": "2026-03-15", "date_is_guess": False})]


def test_another_article_first_saves_what_was_typed(qtbot, inspector, page, asked):
    page.note.setFocus()
    page.note.selectAll()
    type_words(page.note, "важно")
    inspector.show_article(replace(ARTICLE, id="a2", note="другая"), [], VOCABULARY, [], DETAILS)
    assert asked == [("a1", {"note": "важно"})] and page.note.toPlainText() == "другая"


def test_an_article_of_which_nothing_is_known_can_be_shown(inspector, page, asked):
    bare = replace(ARTICLE, id="a3", metadata=type(ARTICLE.metadata)(), note="")
    inspector.show_article(bare, [], VOCABULARY, [], type(DETAILS)())
    assert page.title.toPlainText() == "" and not page.confirm_date.isVisible()
    page.save()
    assert asked == []


def test_a_certain_date_can_be_called_a_guess(qtbot, inspector, page, asked):
    assert not page.doubt_date.isVisible()
    sure = replace(ARTICLE, metadata=replace(ARTICLE.metadata, date_is_guess=False))
    inspector.show_article(sure, placements(), VOCABULARY, [], DETAILS)
    qtbot.mouseClick(page.doubt_date, Qt.MouseButton.LeftButton)
    assert asked == [("a1", {"date_is_guess": True})]
    undated = replace(ARTICLE, metadata=replace(ARTICLE.metadata, published_at=None))
    inspector.show_article(undated, placements(), VOCABULARY, [], DETAILS)
    assert not page.doubt_date.isVisible() and not page.confirm_date.isVisible()


def test_summary_and_identifier_can_be_corrected(qtbot, host, page, asked):
    page.description.setPlainText("О мосте\nи пароме")
    page.save()
    type_over(page.identifier, "10.1000/182")
    qtbot.keyClick(page.identifier, KEY.Key_Return)
    assert asked == [("a1", {"description": "О мосте и пароме"}), ("a1", {"identifier": "10.1000/182"})]


def test_reading_again_is_offered_where_it_can_be_done(qtbot, inspector, page):
    with qtbot.waitSignal(inspector.reread_requested):
        qtbot.mouseClick(page.reread, Qt.MouseButton.LeftButton)
    inspector.set_writable(False)
    assert not page.reread.isEnabled()
