"""Marks of other programs keep to their words while a reading is tidied."""

import pytest

from desktop.core.document import Block, BlockKind, InlineMark, MarkKind, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import FoundMark
from desktop.core.pages import PageMap
from desktop.core.records import AnnotationKind
from desktop.importing import finishing
from desktop.importing.finishing import finished
from desktop.importing.material import Material
from desktop.importing.reading import TITLE_FROM_TEXT, Marked, Reading

MATERIAL = Material(b"bytes", "letter.docx")


def paragraph(text, *marks):
    return Block(BlockKind.PARAGRAPH, text, marks=marks)


def found(blocks, *places, mark=None):
    mark = mark or FoundMark(AnnotationKind.HIGHLIGHT, "")
    reading = Reading(blocks, Metadata(), "docx/1", marks=(Marked(mark, places),))
    extraction = finished(reading, MATERIAL, "application/x-test")
    (one,) = extraction.marks
    return extraction.document, [extraction.document.text[a:b] for a, b in one.ranges]


def test_a_mark_stands_on_its_words_after_tidying():
    blocks = [paragraph("  Первый \n абзац. "), paragraph("   "), paragraph("Второй   абзац  с й.")]
    start = blocks[2].text.index("абзац")
    document, words = found(blocks, (2, start, start + len("абзац  с й")))
    assert document.text == "Первый абзац.\nВторой абзац с й."
    assert words == ["абзац с й"]


def test_a_mark_over_two_blocks_has_two_ranges():
    _, words = found([paragraph("Один два."), paragraph("Три четыре.")], (0, 5, 9), (1, 0, 3))
    assert words == ["два.", "Три"]


def test_formatting_of_the_block_stays():
    link = InlineMark(0, 4, MarkKind.LINK, "https://a.example/")
    document, _ = found([paragraph("Один два.", link)], (0, 2, 8))
    assert document.blocks[0].marks == (link,)


def test_a_mark_without_a_place_keeps_its_words():
    mark = FoundMark(AnnotationKind.HIGHLIGHT, "слова, которых нет")
    document, words = found([paragraph("Один два.")], mark=mark)
    assert words == []
    assert document.text == "Один два."


def test_a_scan_has_pages_and_no_words():
    scan = Reading([], Metadata(title="Скан"), "pdf/1", pages=PageMap(((10, 10),)))
    assert finished(scan, MATERIAL, "application/pdf").document.text == ""


def test_nothing_at_all_is_no_article():
    with pytest.raises(ImportFailed) as caught:
        finished(Reading([], Metadata(), "x/1"), MATERIAL, "text/plain")
    assert caught.value.reason == "no_text"


def test_nothing_is_nameless():
    named = finished(
        Reading([paragraph("Мост открыт. Проезд свободен.")], Metadata(), "x/1"), MATERIAL, "x/y"
    )
    assert named.document.metadata.title == "Мост открыт"
    assert named.warnings == (TITLE_FROM_TEXT,)
    scan = Reading([], Metadata(), "pdf/1", pages=PageMap(((10, 10),)))
    assert finished(scan, MATERIAL, "application/pdf").document.metadata.title == "letter"


def test_marks_beyond_all_measure_are_not_left_out_in_silence(monkeypatch):
    monkeypatch.setattr(finishing, "MOST_MARKS", 2)
    mark = Marked(FoundMark(AnnotationKind.HIGHLIGHT, ""), ((0, 0, 4),))
    reading = Reading([paragraph("Один два.")], Metadata(title="x"), "docx/1", marks=(mark,) * 3)
    extraction = finished(reading, MATERIAL, "application/x-test")
    assert (len(extraction.marks), extraction.warnings) == (2, (finishing.TOO_MANY_MARKS,))


def test_an_endless_text_is_no_article(monkeypatch):
    monkeypatch.setattr(finishing, "LONGEST", 10)
    with pytest.raises(ImportFailed) as caught:
        finished(Reading([paragraph("Мост открыт.")], Metadata(), "x/1"), MATERIAL, "text/plain")
    assert caught.value.reason == "too_large"
