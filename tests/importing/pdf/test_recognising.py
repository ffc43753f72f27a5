"""Words of pictured pages, where Tesseract is installed."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from desktop.core.errors import ImportFailed
from desktop.core.extraction import Options
from desktop.importing import ocr
from tests.importing.pdf.writing import Page, written

FONT = Path(__file__).parents[3] / "resources" / "fonts" / "PTSerif_400Regular.ttf"
LINES = [
    "Вода поднялась на два метра за ночь,",
    "и нижний город к утру оказался под",
    "водой, сказал вчера мэр города.",
]

needs_russian = pytest.mark.skipif(
    "rus" not in ocr.languages(), reason="Tesseract with Russian is not installed"
)


def scanned(lines=LINES) -> Page:
    image = Image.new("L", (1200, 1800), 255)
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((120, 240 + number * 60), line, fill=0, font=ImageFont.truetype(str(FONT), 44))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return Page().picture(out.getvalue(), *image.size)


@needs_russian
def test_words_in_a_picture_become_text_with_their_places(reads):
    data = written(scanned(), Page().text(40, 80, "Здесь текст есть."))
    found = reads(data, options=Options(recognise="rus"))
    assert " ".join(LINES) in found.document.text
    assert found.document.text.endswith("Здесь текст есть.")
    assert found.extractor == "pdf+tesseract/1"
    assert any("1 page" in warning and "%" in warning for warning in found.warnings)
    start = found.document.text.index("нижний")
    ((page, place),) = found.pages.rects(start, start + len("нижний"))
    # 120 pixels from the left and 300 from the top, three pixels a point; "и " stands before it.
    assert page == 0
    assert place.left == pytest.approx(50, abs=4)
    assert place.top == pytest.approx(103, abs=5)
    assert {line.char for line in found.pages.lines_of(0)} == {-1}


@needs_russian
def test_nothing_is_recognised_unless_it_is_asked_for(reads):
    found = reads(written(scanned()))
    assert found.document.blocks == ()
    assert found.extractor == "pdf/1"


@needs_russian
def test_a_picture_without_words_is_named(reads):
    found = reads(written(scanned([]), Page().text(40, 80, "Слова")), options=Options(recognise="rus"))
    assert any("Nothing could be recognised on page 1" in warning for warning in found.warnings)


def test_languages_that_are_not_there_are_refused(reads):
    with pytest.raises(ImportFailed) as caught:
        reads(written(scanned()), options=Options(recognise="tlh"))
    assert caught.value.reason == "no_tesseract"


def test_a_page_that_takes_too_long_is_told_and_the_others_go_on(reads, monkeypatch):
    def slow(*_: object) -> list[ocr.FoundWord]:
        raise ocr.RecognisingFailed("longer than 90 s")

    monkeypatch.setattr(ocr, "recognise", slow)
    monkeypatch.setattr(ocr, "can_recognise", lambda wanted: True)
    found = reads(written(scanned(), Page().text(40, 80, "Слова")), options=Options(recognise="rus"))
    assert found.document.text == "Слова"
    assert any("page 1 (longer than 90 s)" in warning for warning in found.warnings)


def test_words_hardly_legible_are_told(reads, monkeypatch):
    words = [ocr.FoundWord("слово", 100, 100, 300, 140, 55.0, (1, 1, 1))]
    monkeypatch.setattr(ocr, "recognise", lambda *_: words)
    monkeypatch.setattr(ocr, "can_recognise", lambda wanted: True)
    found = reads(written(scanned()), options=Options(recognise="rus"))
    assert found.document.text == "слово"
    assert any("Hardly legible" in warning and "page 1" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("available", "language", "chosen"),
    [
        (("eng", "jpn", "rus", "ukr"), "uk", "ukr+eng"),
        (("eng", "jpn", "rus", "ukr"), None, "rus+ukr+eng"),
        (("eng", "rus"), "ja", "eng"),
        (("deu",), None, "deu"),
        ((), "ru", ""),
    ],
)
def test_what_is_tried_by_default(available, language, chosen):
    assert ocr.default_languages(available, language) == chosen


def test_no_option_of_tesseract_can_be_smuggled_in_as_a_language(monkeypatch):
    monkeypatch.setattr(ocr, "find_tesseract", lambda: "tesseract")
    with pytest.raises(ocr.RecognisingFailed):
        ocr.recognise(b"", "rus --tessdata-dir /tmp")
