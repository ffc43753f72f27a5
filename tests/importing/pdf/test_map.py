"""The map from the canonical text to the pages, and the blocks it counts on."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.document import Document
from desktop.core.progress import Progress
from desktop.importing.extract import extract_bytes
from desktop.importing.material import Material
from desktop.importing.pdf.opening import opened
from desktop.importing.pdf.reader import read
from tests.importing.pdf.writing import Page, written

SIGNS = st.sampled_from(
    "aбї я-—1.,。日本גءéй\u0301\u0308\u0e33\u1100\u1161\u00a0\u200b\u00ad\ufb01•\u2028\ue000\u0007"
)
LINES = st.lists(st.text(SIGNS, min_size=1, max_size=30), min_size=1, max_size=8)
SIZES = st.sampled_from([8, 10, 14])


@settings(max_examples=30)
@given(LINES, SIZES, st.booleans())
def test_the_blocks_are_tidy_and_every_stretch_of_the_map_is_theirs(lines, size, bold):
    page = Page().text(40, 30, "A line that can be read", 9)
    page.lines(40, 60, lines, size, 30, bold=bold)
    (reading,) = read(Material(written(page), "any.pdf"))
    document = Document.build(reading.blocks, reading.metadata)
    assert document.blocks == tuple(reading.blocks)
    assert unicodedata.is_normalized("NFC", document.text)
    end = 0
    for line in reading.pages.lines:
        assert line.start >= end
        end = line.end
        assert end <= len(document.text)
        assert len(line.edges) > 1
        assert not any(char in "\n\t" for char in document.text[line.start : line.end])


def test_every_word_leads_to_its_place_and_back():
    page = Page().lines(40, 80, ["The river rose two", "metres in the night."])
    found = extract_bytes(written(page), "river.pdf")
    text, pages = found.document.text, found.pages
    start = text.index("metres")
    ((number, place),) = pages.rects(start, start + len("metres"))
    assert number == 0
    assert (round(place.left), round(place.right)) == (40, 70)
    assert pages.offset_at(0, 40.5, 90) == start
    assert pages.offset_at(0, 69, 90) == start + len("metres")


def test_characters_are_numbered_as_pdfium_counts_them():
    data = written(Page().lines(40, 80, ["Он увидел, кото-", "рые шли, о\ufb01с и всё"]))
    found = extract_bytes(data, "numbers.pdf")
    with opened(data, "numbers.pdf") as document:
        text_page = document[0].get_textpage()
        count = text_page.count_chars()
        for line in found.pages.lines:
            for index, char in enumerate(found.document.text[line.start : line.end]):
                assert line.char + index < count
                assert text_page.get_text_range(line.char + index, 1) == char
        text_page.close()


def test_progress_is_told_by_page_and_heeded():
    told = []
    progress = Progress(lambda done, total, _: told.append((done, total)))
    list(read(Material(written(Page().text(40, 80, "one"), Page()), "two.pdf", progress=progress)))
    assert told == [(1, 2), (2, 2)]
