"""What the page view is drawn from, read from the archive."""

import hashlib
from dataclasses import replace

import pytest

from desktop.core.errors import ArchiveDamaged, NotFound
from desktop.core.extraction import Original
from desktop.core.pages import PageLine, PageMap
from desktop.operations.pages import read_map, read_pdf
from desktop.store import articles, originals, pages
from desktop.store.history import operation
from tests.archives import FLOOD, add

MAP = PageMap(((595.0, 842.0),), (PageLine(0, 0, 0, (100, 160, 220), 1000, 1120),))
PDF = b"%PDF-1.7 not a real one, but bytes are bytes"


@pytest.fixture
def capture(archive):
    article = add(archive, FLOOD)
    found = articles.article(archive, article).current_capture
    digest = hashlib.sha256(PDF).hexdigest()
    with operation(archive, "Add pages"):
        originals.add_original(archive, Original(digest, len(PDF), PDF, "application/pdf", ".pdf", "a.pdf"))
        archive.run("UPDATE captures SET original = ? WHERE id = ?", (digest, found))
    return found


def test_map_and_file_come_as_they_were_kept(archive, capture):
    with operation(archive, "Add pages"):
        pages.add_pages(archive, capture, MAP)
    assert read_map(archive, capture) == MAP and read_pdf(archive, capture) == PDF


def test_words_on_a_page_that_is_not_there_are_damage(archive, capture):
    with operation(archive, "Add pages"):
        pages.add_pages(archive, capture, replace(MAP, sizes=()))
    with pytest.raises(ArchiveDamaged):
        read_map(archive, capture)


def test_what_is_not_there_is_said(archive, capture):
    with pytest.raises(NotFound):
        read_map(archive, capture)
    with operation(archive, "Lose the file"):
        archive.run("UPDATE captures SET original = NULL WHERE id = ?", (capture,))
    with pytest.raises(NotFound):
        read_pdf(archive, capture)
