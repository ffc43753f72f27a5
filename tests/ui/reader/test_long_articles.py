"""A long article is there at once and grows while the window answers; ``make bench`` measures how fast."""

import random

from desktop.core.anchors import Span
from desktop.core.document import Block, BlockKind, Document, Metadata
from desktop.core.placing import Placement
from desktop.core.records import Annotation, AnnotationKind
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


def test_going_to_the_end_of_a_book_builds_it_first(reader):
    document = long_document(40_000)
    reader.show_document(article_of(document), document)
    reader.set_placements(placements(document.text, 2_000))
    end = len(document.text)
    reader.go_to(end - 10, end)
    reader.select(end - 10, end)
    assert reader.page.finished
    assert [document.text[a:b] for a, b in reader.selection()] == [document.text[-10:]]
