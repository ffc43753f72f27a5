"""Hypothesis: annotations of pages, with notes, replies and page notes."""

import json

from desktop.core.progress import Progress
from desktop.core.records import AnnotationKind
from desktop.importing.extract import extract_source
from desktop.importing.sources import find_sources
from tests.importing.records.conftest import words

PAGE = "https://vestnik.example/2024/flood"


def row(number, text="", quote=None, **more):
    selectors = [{"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]"}]
    if quote:
        exact, start = quote
        selectors += [
            {"type": "TextPositionSelector", "start": start, "end": start + len(exact)},
            {"type": "TextQuoteSelector", "exact": exact, "prefix": "before ", "suffix": " after"},
        ]
    return {
        "id": f"id{number}", "created": f"2026-03-0{number}T10:00:00.123456+00:00",
        "updated": "2026-03-09T10:00:00+00:00",
        "user": "acct:ann@hypothes.is", "uri": PAGE, "text": text, "tags": [], "group": "__world__",
        "target": [{"source": PAGE, "selector": selectors}] if quote else [{"source": PAGE}],
        "document": {"title": ["The flood"]}, "permissions": {}, "hidden": False,
    } | more  # fmt: skip


def test_a_page_is_an_article_with_its_marks_in_the_order_of_the_page(read):
    rows = [
        row(1, "later on the page", ("two metres", 90), tags=["вода", "check"]),
        row(2, "", ("The river rose", 10), user_info={"display_name": "Ann Lee"}),
        row(3, "A note on all of it"),
        row(4, "Other", ("Elsewhere", 1), uri="https://other.example/x", document={}),
    ]
    flood, other = read(json.dumps({"total": 4, "rows": rows}), "annotations.json")
    assert (flood.document.metadata.title, flood.document.metadata.url) == ("The flood", PAGE)
    assert flood.partial
    assert words(flood) == ["The river rose", "two metres", ""]
    first, second, note = flood.marks
    assert (first.creator, second.creator) == ("Ann Lee", "ann")
    assert (second.prefix, second.suffix, second.note, second.tags) == (
        "before ", " after", "later on the page", ("вода", "check"),
    )  # fmt: skip
    assert second.created_at == "2026-03-01T10:00:00.123Z"
    assert (note.kind, note.exact, note.note) == (AnnotationKind.NOTE, "", "A note on all of it")
    assert other.document.metadata.url == "https://other.example/x"


def test_replies_are_told_in_the_note_they_answer(read):
    rows = [
        row(1, "Really?", ("two metres", 90)),
        row(2, "Yes, see the gauge.", references=["id1"], user="acct:bo@hypothes.is"),
        row(3, "Thanks.", references=["id1", "id2"]),
        row(4, "An answer to what is not here", references=["gone"]),
    ]
    [flood] = read(json.dumps(rows), "annotations.json")
    assert [mark.note for mark in flood.marks] == [
        "Really?\n\nbo, 2026-03-02: Yes, see the gauge.\n\nann, 2026-03-03: Thanks.",
        "An answer to what is not here",
    ]


def test_an_object_a_line_is_a_list(read):
    text = "\n".join(json.dumps(row(number, "n", ("words", 1))) for number in (1, 2))
    [flood] = read(text, "annotations.json")
    assert len(flood.marks) == 2


def test_a_line_of_a_jsonl_file_is_an_annotation_too(tmp_path):
    path = tmp_path / "annotations.jsonl"
    path.write_text("\n".join(json.dumps(row(number, "a note", ("words", 1))) for number in (1, 2)), "utf-8")
    answers = [answer for source in find_sources([path], Progress()) for answer in extract_source(source)]
    assert [(answer.partial, answer.document.text, len(answer.marks)) for answer in answers] == [
        (True, "words", 1),
        (True, "words", 1),
    ]


def test_a_document_without_an_address_has_an_identifier(read):
    rows = [
        row(1, "x", ("words", 1), uri="urn:x-pdf:0f1e2d"),
        row(2, "x", uri="file:///home/ann/My%20paper.pdf", document={}),
    ]
    pdf, file = read(json.dumps(rows), "annotations.json")
    assert (pdf.document.metadata.url, pdf.document.metadata.identifier) == (None, "urn:x-pdf:0f1e2d")
    assert file.document.metadata.title == "My paper.pdf"


def test_odd_rows_cost_nothing(read):
    rows = [row(1, "x", ("words", 1)), row(2, tags=None, target=None, document=7, created=3, user=None)]
    extractions = read(json.dumps({"rows": [rows[0]], "replies": [rows[1], 5]}), "x.json")
    assert [len(one.marks) for one in extractions] == [2]
    assert extractions.failures == []


def test_a_table_of_annotations_is_grouped_by_page(read):
    table = (
        "url,title,quote,comment,tags,user,created\n"
        f'{PAGE},The flood,The river rose,"Check, please","вода,gauge",ann,2026-03-01T10:00:00+03:00\n'
        f"{PAGE},The flood,,A note on all of it,,ann,2026-03-02T10:00:00Z\n"
    )
    [flood] = read(table, "hypothesis.csv")
    first, note = flood.marks
    assert (first.exact, first.note, first.tags, first.creator) == (
        "The river rose", "Check, please", ("вода", "gauge"), "ann",
    )  # fmt: skip
    assert first.created_at == "2026-03-01T07:00:00.000Z"
    assert (note.exact, note.note) == ("", "A note on all of it")
