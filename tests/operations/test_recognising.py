"""Recognising the words of an article in the archive."""

import pytest

from desktop.core.progress import Progress
from desktop.importing import ocr
from desktop.operations.importing import import_paths
from desktop.operations.recognising import languages_available, recognise, suggested_languages
from desktop.operations.undoing import undo
from desktop.store import articles, captures, pages
from tests.importing.pdf.test_recognising import LINES, needs_russian, scanned
from tests.importing.pdf.writing import written


@needs_russian
def test_recognised_words_are_a_further_capture_which_can_be_undone(archive, tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(written(scanned()))
    (line,) = import_paths(archive, [path], Progress()).lines
    assert captures.current_capture(archive, line.article).text == ""
    told = []
    changes = recognise(
        archive, line.article, "rus", Progress(lambda done, total, _: told.append((done, total)))
    )
    assert changes.articles
    capture = captures.current_capture(archive, line.article)
    assert capture.text == " ".join(LINES)
    assert capture.extractor == "pdf+tesseract/1"
    assert pages.read_pages(archive, capture.id).lines
    assert (1, 1) in told
    assert articles.article(archive, line.article).metadata.title == "scan"
    undo(archive)
    assert captures.current_capture(archive, line.article).text == ""


def test_the_languages_are_those_of_tesseract(monkeypatch):
    monkeypatch.setattr(ocr, "languages", lambda: ("eng", "rus"))
    assert languages_available() == ("eng", "rus")


@pytest.mark.parametrize(("available", "suggested"), [(("eng", "rus"), "rus+eng"), ((), "")])
def test_languages_are_suggested_by_the_article(archive, tmp_path, monkeypatch, available, suggested):
    path = tmp_path / "a.txt"
    path.write_text("Вода поднялась на два метра за ночь, сказал мэр города.", "utf-8")
    (line,) = import_paths(archive, [path], Progress()).lines
    monkeypatch.setattr(ocr, "languages", lambda: available)
    assert suggested_languages(archive, line.article) == suggested
