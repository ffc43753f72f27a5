"""A long article is there at once and grows while the window answers; ``make bench`` measures how fast."""

import random

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.core.anchors import Span
from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.placing import Placement
from desktop.core.records import Annotation, AnnotationKind
from desktop.ui.reader.prepared import prepare
from tests.ui.reader.conftest import article_of

PARAGRAPH = "Администрация подтвердила, что мост через реку закроют для движения с марта по апрель. " * 6
WORDS = 10_000


def long_document(words):
    count = words // len(PARAGRAPH.split())
    return Document.build(
        (Block(BlockKind.PARAGRAPH, f"{number} {PARAGRAPH}") for number in range(count + 1)),
        Metadata("Длинная статья", language="ru"),
    )


def placements(text, count):
    chance, found = random.Random(7), []
    for number in range(count):
        start = chance.randrange(len(text) - 400)
        span = Span(start, end := start + chance.randint(20, 300), text[start:end])
        kind = chance.choice(list(AnnotationKind))
        found.append(Placement(Annotation(str(number), "a", "c", kind, (span,)), ((start, end),)))
    return found


def test_the_first_screen_is_there_before_the_rest(qtbot, reader):
    document = long_document(WORDS)
    reader.show_document(article_of(document), document)
    reader.set_placements(placements(document.text, 300))
    shown = reader.page.document().characterCount()
    assert reader.page.viewport().height() < reader.page.document().size().height()
    assert not reader.page.finished and shown < len(document.text) / 2
    qtbot.waitUntil(lambda: reader.page.finished)
    assert reader.page.document().characterCount() > len(document.text)


def book():
    return long_document(60_000)


def test_a_jump_far_into_a_book_leaves_the_window_free_until_it_is_there(qtbot, reader):
    document = book()
    reader.show_document(article_of(document), document)
    end = len(document.text)
    reader.go_to(end - 10, end)
    assert reader.page.awaited is not None and not reader.page.finished
    assert "Going there" in reader.header.status.text()
    qtbot.waitUntil(lambda: reader.page.awaited is None)
    first, last = reader.page.visible()
    assert first <= reader.page.map.to_position(end - 10) <= last
    assert reader.sheet.caret_point() == end - 10
    assert reader.header.status.text() == ""


def test_the_newest_wish_to_go_somewhere_counts(qtbot, reader):
    document = book()
    reader.show_document(article_of(document), document)
    reader.go_to(len(document.text) - 10, len(document.text))
    reader.go_to(20, 30)
    assert reader.page.awaited is None
    qtbot.waitUntil(lambda: reader.page.finished)
    assert reader.sheet.caret_point() == 20 and reader.position() == 0


def test_the_place_where_a_book_was_left_counts_before_it_is_there(qtbot, reader):
    document = book()
    reader.show_document(article_of(document), document)
    left = document.text.index(f"{document.text.count(chr(10)) - 5} ")
    reader.restore_position(left)
    assert reader.page.awaited is not None
    assert reader.position() == left
    qtbot.waitUntil(lambda: reader.page.awaited is None)
    assert reader.position() == left


def test_another_article_drops_the_way_into_the_book(qtbot, reader):
    document, other = book(), long_document(100)
    reader.show_document(article_of(document), document)
    reader.go_to(len(document.text) - 10, len(document.text))
    reader.show_document(article_of(other), other)
    assert reader.page.awaited is None and reader.position() == 0


def test_everything_of_a_book_can_be_selected(qtbot, reader):
    document = book()
    reader.show_document(article_of(document), document)
    QTest.keyClick(reader.page, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: reader.selection() == [(0, len(document.text))])


def test_the_end_key_goes_to_the_end_of_a_book(qtbot, reader):
    document = book()
    reader.show_document(article_of(document), document)
    QTest.keyClick(reader.page, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: reader.sheet.caret_point() == len(document.text))
    assert reader.selection() == []


def test_what_was_prepared_elsewhere_shows_the_same(reader):
    document = long_document(2_000)
    article = article_of(document)
    reader.show_document(article, document)
    before = reader.page.document().toPlainText()
    reader.show_document(article, document, prepared=prepare(article, document))
    assert reader.page.document().toPlainText() == before
    assert reader.text == document.text


def test_what_is_in_view_is_known_anew_after_every_change(qtbot, reader):
    document = long_document(WORDS)
    reader.show_document(article_of(document), document)
    before = reader.page.visible()
    qtbot.waitUntil(lambda: reader.page.finished)
    assert reader.page.visible() == before
    reader.page.verticalScrollBar().setValue(3_000)
    scrolled = reader.page.visible()
    assert scrolled[0] > before[0]
    reader.page.verticalScrollBar().setValue(0)
    reader.set_typography(28, 62, 1.6)
    larger = reader.page.visible()
    assert larger[0] == before[0] and larger[1] < before[1]
    reader.resize(reader.width(), reader.height() // 2)
    assert reader.page.visible()[1] < larger[1]
