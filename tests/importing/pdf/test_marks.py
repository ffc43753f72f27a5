"""Other people's marks, notes and links in a PDF, on the words they stand on."""

import pytest

from desktop.core.document import MarkKind
from desktop.core.records import AnnotationKind
from desktop.importing.colours import nearest_colour
from tests.importing.pdf.writing import Page, said, written

LINES = ["The river rose two metres in", "the night, and the lower town", "was under water by morning."]


def page() -> Page:
    return Page().lines(40, 80, LINES)


def words_of(extraction, mark):
    return [extraction.document.text[start:end] for start, end in mark.ranges]


def test_a_highlight_is_on_the_words_under_it(reads):
    # "rose two metres" are the letters 10 to 25 of the first line, five points each.
    marked = page().annotate(
        "Highlight", 90, 72, 165, 84,
        f"/Contents {said('Check this')} /T {said('Анна')} /C [1 0.9 0.2] "
        "/CreationDate (D:20240305101500+03'00')",
    )  # fmt: skip
    found = reads(written(marked))
    (mark,) = found.marks
    assert words_of(found, mark) == ["rose two metres"]
    assert (mark.kind, mark.note, mark.creator) == (AnnotationKind.HIGHLIGHT, "Check this", "Анна")
    assert (mark.created_at, mark.colour) == ("2024-03-05T07:15:00.000Z", "yellow")


def test_a_highlight_over_two_lines_is_one_passage(reads):
    quads = "/QuadPoints [134 528 180 528 134 518 180 518 40 516 85 516 40 506 85 506]"
    marked = page()
    marked.annotations.append(f"/Type /Annot /Subtype /Highlight /Rect [40 506 180 528] {quads}")
    found = reads(written(marked))
    assert words_of(found, found.marks[0]) == ["metres in the night"]


def test_a_highlight_on_a_page_shown_turned(reads):
    turned = Page(turned=90).text(80, 540, "The river rose", matrix="0 1 -1 0")
    # On the unturned page the line runs upwards; its last word stands at 110 to 130.
    turned.annotations.append(
        "/Type /Annot /Subtype /Highlight /Rect [70 110 84 132] /QuadPoints [70 110 70 132 84 110 84 132]"
    )
    found = reads(written(turned))
    assert words_of(found, found.marks[0]) == ["rose"]


def test_words_that_are_struck_out_are_told(reads):
    found = reads(written(page().annotate("StrikeOut", 90, 72, 110, 84)))
    assert found.marks[0].note == "Struck out."
    assert words_of(found, found.marks[0]) == ["rose"]


def test_the_marked_words_themselves_are_no_note(reads):
    found = reads(written(page().annotate("Underline", 90, 72, 110, 84, f"/Contents {said('rose')}")))
    assert found.marks[0].note == ""


def test_a_note_is_on_the_words_it_stands_on_or_beside(reads):
    over = page().annotate("Text", 92, 74, 108, 82, f"/Contents {said('Did it?')}")
    over.annotate("FreeText", 300, 90, 380, 110, f"/Contents {said('Sources')}")
    found = reads(written(over))
    assert [(mark.kind, words_of(found, mark), mark.note) for mark in found.marks] == [
        (AnnotationKind.NOTE, ["rose"], "Did it?"),
        (AnnotationKind.NOTE, ["the night, and the lower town"], "Sources"),
    ]


def test_replies_follow_the_note_they_answer(reads):
    document = written(page().annotate("Highlight", 90, 72, 110, 84, f"/Contents {said('Really?')} /T (Ann)"))
    number = next(
        int(line.split()[0])
        for line, after in zip(document.split(b"\n"), document.split(b"\n")[1:], strict=False)
        if line.endswith(b" 0 obj") and b"/Highlight" in after
    )
    answered = page().annotate("Highlight", 90, 72, 110, 84, f"/Contents {said('Really?')} /T (Ann)")
    answered.annotate(
        "Text", 90, 72, 100, 80, f"/Contents {said('Yes.')} /T (Bo) /M (D:20240306) /IRT {number} 0 R"
    )
    found = reads(written(answered))
    assert [mark.note for mark in found.marks] == ["Really?\n\nBo, 2024-03-06: Yes."]


def test_a_highlight_on_a_picture_is_kept_without_a_place(reads):
    scan = Page().annotate("Highlight", 90, 72, 110, 84)
    scan.annotate("Highlight", 90, 172, 110, 184, f"/Contents {said('the mill is lost')}")
    scan.annotate("Text", 90, 272, 110, 284, f"/Contents {said('Ask the mayor')}")
    marks = reads(written(scan)).marks
    assert [(mark.exact, mark.note, mark.ranges) for mark in marks] == [
        ("(page 1)", "", ()), ("the mill is lost", "", ()), ("", "(page 1) Ask the mayor", ()),
    ]  # fmt: skip


def test_links_lead_from_their_words(reads):
    linked = page().annotate("Link", 90, 72, 110, 84, "/A << /S /URI /URI (https://river.example/a) >>")
    linked.annotate("Link", 40, 84, 85, 96, "/A << /S /URI /URI (javascript:alert) >>")
    linked.annotate("Link", 40, 96, 85, 108, "/A << /S /Launch /F (calc.exe) >>")
    (block,) = reads(written(linked)).document.blocks
    links = [
        (block.text[mark.start : mark.end], mark.href) for mark in block.marks if mark.kind is MarkKind.LINK
    ]
    assert links == [("rose", "https://river.example/a")]


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ((255, 255, 0), "yellow"), ((255, 240, 102), "yellow"), ((255, 0, 0), "red"), ((0, 255, 0), "green"),
        ((124, 200, 103), "green"), ((0, 0, 255), "blue"),
        ((105, 176, 241), "blue"), ((0, 255, 255), "teal"),
        ((255, 170, 0), "orange"), ((251, 91, 137), "pink"), ((200, 133, 218), "violet"),
        ((128, 128, 128), "grey"),
        ((0, 0, 0), "grey"), ((255, 192, 203), "pink"),
    ],
)  # fmt: skip
def test_colours_of_other_programs(rgb, name):
    assert nearest_colour(*rgb) == name
