"""A long article with many marks is there at once and never holds the window up.

Time of this process is counted, not of the clock, so that a busy machine does not matter.
"""

import random
from time import process_time

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


def test_ten_thousand_words_with_three_hundred_marks(reader, qapp):
    document = long_document(WORDS)
    marks = placements(document.text, 300)
    began = process_time()
    reader.show_document(article_of(document), document)
    reader.set_placements(marks)
    reader.page.viewport().repaint()
    reader.strip.repaint()
    assert process_time() - began < 0.1
    slices = []
    while not reader.page.finished:
        began = process_time()
        qapp.processEvents()
        slices.append(process_time() - began)
    assert len(slices) > 3
    assert sorted(slices)[len(slices) // 2] < 0.03


def test_a_screen_costs_the_same_in_a_book(reader):
    document = long_document(40_000)
    reader.show_document(article_of(document), document)
    reader.set_placements(placements(document.text, 2_000))
    reader.go_to(len(document.text) - 10, len(document.text))
    bar = reader.page.verticalScrollBar()
    spent = []
    for step in range(20):
        bar.setValue(bar.maximum() * step // 20)
        began = process_time()
        reader.page.viewport().repaint()
        spent.append(process_time() - began)
    assert sorted(spent)[len(spent) // 2] < 0.05
