"""Title, authors, date and identifier of a PDF."""

import pytest

from desktop.importing.pdf.facts import CREATED, pdf_date, pdf_moment
from desktop.importing.reading import TITLE_FROM_TEXT
from tests.importing.pdf.writing import Page, written

LINES = ["The river rose two metres in", "the night, and the lower town", "was under water by morning."]


def page() -> Page:
    return Page().lines(40, 120, LINES)


def facts(reads, pdf, name="report.pdf"):
    return reads(pdf, name).document.metadata


def test_what_xmp_declares_comes_first(reads):
    xmp = (
        '<dc:title><rdf:Alt><rdf:li xml:lang="de">Flut</rdf:li>'
        '<rdf:li xml:lang="x-default">The flood</rdf:li>'
        "</rdf:Alt></dc:title>"
        "<dc:creator><rdf:Seq><rdf:li>Ann Lee</rdf:li><rdf:li>Bo Ek</rdf:li></rdf:Seq>"
        "</dc:creator>"
        "<prism:publicationDate>2024-03-05</prism:publicationDate>"
        "<prism:doi>10.1000/x.12</prism:doi>"
        "<dc:publisher><rdf:Bag><rdf:li>Valley Press</rdf:li></rdf:Bag></dc:publisher>"
    )
    found = facts(reads, written(page(), xmp=xmp, info={"Title": "Other", "Author": "Somebody Else"}))
    assert (found.title, found.byline, found.publisher) == ("The flood", ("Ann Lee", "Bo Ek"), "Valley Press")
    assert (found.published_at, found.date_is_guess, found.identifier) == (
        "2024-03-05",
        False,
        "doi:10.1000/x.12",
    )


def test_the_info_dictionary_comes_next_and_its_date_is_a_guess(reads):
    info = {
        "Title": "Наводнение",
        "Author": "Иван Петров; Анна Лысенко",
        "CreationDate": "D:20240305101500+03'00'",
    }
    found = reads(written(page(), info=info))
    assert found.document.metadata.title == "Наводнение"
    assert found.document.metadata.byline == ("Иван Петров", "Анна Лысенко")
    assert found.document.metadata.published_at == "2024-03-05T10:15:00+03:00"
    assert found.document.metadata.date_is_guess
    assert CREATED in found.warnings


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - flood3.docx",
        "untitled",
        "Без имени 1",
        "flood_final.indd",
        "無題",
        "report",
        "Document1",
        "Íàâîäíåíèå",
    ],
)
def test_a_title_that_says_nothing_gives_way_to_the_headline(reads, title):
    with_headline = page().text(40, 60, "The flood in the valley", 20)
    assert facts(reads, written(with_headline, info={"Title": title})).title == "The flood in the valley"


def test_a_title_within_a_programs_words_is_kept(reads):
    info = {"Title": "Microsoft Word - The flood in the valley"}
    assert facts(reads, written(page(), info=info)).title == "The flood in the valley"


def test_the_headline_is_not_repeated_in_the_text(reads):
    with_headline = page().text(40, 60, "The flood in the valley", 20)
    found = reads(written(with_headline))
    assert found.document.metadata.title == "The flood in the valley"
    assert found.document.text == " ".join(LINES)
    assert found.pages.rects(0, 9)[0][1].top == pytest.approx(112, abs=2)


def test_without_any_title_the_first_sentence_stands_in(reads):
    found = reads(written(page()))
    assert found.document.metadata.title.startswith("The river rose two metres")
    assert TITLE_FROM_TEXT in found.warnings


def test_a_doi_and_a_byline_of_the_first_page(reads):
    with_lines = page().text(40, 60, "The flood in the valley", 20).text(40, 85, "By Ann Lee and Bo Ek")
    with_lines.text(40, 500, "https://doi.org/10.1234/flood.2024.7")
    found = facts(reads, written(with_lines))
    assert found.byline == ("Ann Lee", "Bo Ek")
    assert found.identifier == "doi:10.1234/flood.2024.7"


def test_the_declared_language_helps_where_the_text_is_short(reads):
    assert facts(reads, written(Page().text(40, 80, "Ok"), language="uk-UA")).language == "uk"


@pytest.mark.parametrize(
    ("written_as", "iso"),
    [
        ("D:20240305101500+03'00'", "2024-03-05T10:15:00+03:00"),
        ("D:20240305101500Z", "2024-03-05T10:15:00+00:00"),
        ("D:20240305101500-0530", "2024-03-05T10:15:00-05:30"),
        ("D:20240305", "2024-03-05"),
        ("D:2024", "2024"),
        ("20240305101500", "2024-03-05T10:15:00"),
        ("2024-03-05T10:15:00", "2024-03-05T10:15:00"),
        ("D:20241305101500", None),
        ("D:00000000000000", None),
        ("", None),
    ],
)
def test_dates_of_pdf(written_as, iso):
    assert pdf_date(written_as) == iso


@pytest.mark.parametrize(
    ("written_as", "moment"),
    [
        ("D:20240305101500+03'00'", "2024-03-05T07:15:00.000Z"),
        ("D:20240305", "2024-03-05T00:00:00.000Z"),
        ("D:2024", "2024-01-01T00:00:00.000Z"),
        ("nonsense", ""),
    ],
)
def test_moments_of_marks_are_utc(written_as, moment):
    assert pdf_moment(written_as) == moment
