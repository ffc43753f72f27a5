"""Notes that book readers keep: KOReader's tables of Lua, calibre's collections."""

import base64
import json

import pytest

from desktop.core.errors import ImportFailed
from desktop.importing.records.lua_values import table
from tests.importing.records.conftest import words

NEW = r"""-- we can read Lua syntax here!
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "Chapter One",
            ["color"] = "blue",
            ["datetime"] = "2026-03-01 10:00:00",
            ["drawer"] = "lighten",
            ["note"] = "Check\
the \"gauge\"",
            ["pageno"] = 12,
            ["pos0"] = "/body/p[1]",
            ["text"] = "The river rose",
        },
        [2] = { ["datetime"] = "2026-03-01 10:05:00",
                ["page"] = 40, ["text"] = "in Chapter Two" },
        [10] = { ["drawer"] = "underscore", ["pageno"] = 50,
                 ["text"] = "вода \208\178\209\139\209\136\208\181" },
    },
    ["doc_props"] = {
        ["authors"] = "Lee, Ann\
Bo Ek",
        ["description"] = "<p>On rivers.</p>",
        ["language"] = "en-GB",
        ["title"] = "Tides",
    },
    ["percent_finished"] = 0.25,
    ["summary"] = { ["status"] = "reading", },
}
"""
OLD = """return {
    ["bookmarks"] = {
        [1] = { ["datetime"] = "2020-03-01 10:00:00", ["highlighted"] = true, ["notes"] = "two metres",
                ["text"] = "Check it" },
        [2] = { ["datetime"] = "2020-03-01 10:01:00", ["highlighted"] = true, ["notes"] = "one night",
                ["text"] = "Page 3 one night @ 2020-03-01 10:01:00" },
        [3] = { ["datetime"] = "2020-03-01 10:02:00", ["notes"] = "Page 4", ["page"] = 4 },
    },
    ["highlight"] = {
        [3] = {
            [1] = { ["chapter"] = "One", ["datetime"] = "2020-03-01 10:00:00", ["text"] = "two metres" },
            [2] = { ["chapter"] = "One", ["datetime"] = "2020-03-01 10:01:00", ["text"] = "one night" },
        },
    },
    ["stats"] = { ["authors"] = "Ann Lee", ["title"] = "Tides" },
}
"""


def test_koreaders_annotations(read):
    [book] = read(NEW, "metadata.epub.lua")
    metadata = book.document.metadata
    assert (metadata.title, metadata.byline, metadata.identifier) == (
        "Tides", ("Ann Lee", "Bo Ek"), "urn:x-pressmark:koreader:tides-ann-lee-bo-ek",
    )  # fmt: skip
    assert words(book) == ["The river rose", "вода выше"]
    first = book.marks[0]
    assert (first.note, first.colour, first.created_at) == (
        'Check\nthe "gauge"', "blue", "2026-03-01T10:00:00.000Z",
    )  # fmt: skip
    assert book.document.text.split("\n")[:3] == ["On rivers.", "Chapter One", "The river rose"]
    assert "Bookmark: Page 40 · in Chapter Two" in book.document.text


def test_koreaders_notes_of_old(read):
    [book] = read(OLD, "metadata.epub.lua")
    assert [(mark.exact, mark.note) for mark in book.marks] == [("two metres", "Check it"), ("one night", "")]


@pytest.mark.parametrize(
    "text",
    [
        'return os.execute("rm")',
        "return {",
        "return {[1]}",
        "return 'x'",
        "return { f() }",
        "return " + "{" * 500,
    ],
)
def test_only_tables_of_literals_are_read(text):
    with pytest.raises(ValueError):
        table(text)


def test_values_of_lua():
    assert table("return { 1, -2.5, [[\nlong]], x = 'it' }") == {1: 1, 2: -2.5, 3: "long", "x": "it"}
    assert table(r'{ "\65\x42\n", nil, true; a = 0x10, --[[c]] ["b"] = { } }') == {
        1: "AB\n", 2: None, 3: True, "a": 16, "b": {},
    }  # fmt: skip


MARKS = [
    {"type": "highlight", "highlighted_text": "two metres", "notes": "Check",
    "timestamp": "2026-03-01T10:00:00.000Z",
     "style": {"kind": "color", "type": "builtin", "which": "green"}, "toc_family_titles": ["One", "Night"],
     "start_cfi": "/2", "uuid": "a", "spine_name": "x.xhtml"},
    {"type": "bookmark", "title": "Where I was", "pos": "x", "pos_type": "epubcfi",
    "timestamp": "2026-03-01T10:00:00Z"},
    {"type": "highlight", "removed": True, "start_cfi": "/4", "uuid": "b",
    "timestamp": "2026-03-01T10:00:00Z"},
]  # fmt: skip


def test_calibres_collection_is_a_record_for_each_book(read):
    items = [one | {"book_id": number, "format": "EPUB"} for number in (15, 16) for one in MARKS]
    value = {"version": 1, "type": "calibre_annotation_collection", "annotations": items}
    one, other = read(json.dumps(value), "annotations.calibre_annotation_collection")
    assert words(one) == words(other) == ["two metres"]
    assert (one.marks[0].note, one.marks[0].colour) == ("Check", "green")
    assert "One / Night" in one.document.text
    assert "Bookmark: Where I was" in one.document.text
    assert one.document.metadata.title != other.document.metadata.title


def test_calibres_file_inside_a_book(read):
    packed = base64.b64encode(json.dumps(MARKS).encode())
    [book] = read(b"encoding=json+base64:\n" + packed + b"\n", "calibre_bookmarks.txt")
    assert words(book) == ["two metres"]
    with pytest.raises(ImportFailed):
        read(b"encoding=json+base64:\n!!!", "calibre_bookmarks.txt")
