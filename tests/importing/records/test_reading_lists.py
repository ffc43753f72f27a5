"""Lists of what somebody meant to read, or has read and marked, from a dozen programs."""

import json

import pytest

from desktop.core.records import AnnotationKind
from tests.importing.records.conftest import words

ADDRESS = "https://vestnik.example/2024/flood"
SAVED = "2024-03-05T10:00:00.000Z"
STAMP = 1709632800
BODY = "<h2>Night</h2><p>The river rose by <b>two metres</b> in one night.</p><ul><li>gauge</li></ul>"

TABLES = {
    "instapaper.csv": f"URL,Title,Selection,Folder,Timestamp\n{ADDRESS},The flood,two metres,River,{STAMP}\n",
    "pocket.csv": f"title,url,time_added,tags,status\nThe flood,{ADDRESS},{STAMP},вода|gauges,archive\n",
    "raindrop.csv": "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
    f'1,The flood,Read again,How high,{ADDRESS},Rivers / Floods,"вода, gauges",{SAVED},,"two metres\n'
    'in one night",true\n',
    "reader.csv": "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
    f"The flood,{ADDRESS},01x,\"['вода', 'gauges']\",2024-03-05 10:00:00+00:00,0,new,True\n",
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_row_is_an_article(read, name, encoding):
    [article] = read(TABLES[name].encode(encoding), name)
    metadata = article.document.metadata
    assert (metadata.title, metadata.url, article.captured_at) == ("The flood", ADDRESS, SAVED)
    assert article.partial
    if "pocket" in name or "rai" in name or "reader" in name:
        assert article.tags == ("вода", "gauges")


def test_other_separators_and_line_ends_are_tables_too(read):
    table = TABLES["pocket.csv"].replace(",", ";").replace("\n", "\r\n")
    assert read(table, "pocket.csv")[0].document.metadata.url == ADDRESS


def test_folders_highlights_and_notes_of_tables(read):
    [instapaper] = read(TABLES["instapaper.csv"], "a.csv")
    assert (instapaper.collections, words(instapaper)) == (("River",), ["two metres"])
    [raindrop] = read(TABLES["raindrop.csv"], "b.csv")
    assert raindrop.collections == ("Rivers/Floods",)
    assert [(mark.exact, mark.note) for mark in raindrop.marks] == [
        ("two metres", ""), ("in one night", ""), ("", "Read again"),
    ]  # fmt: skip


def test_states_are_no_folders(read):
    rows = "".join(f"https://a.example/{state},x,,{state}\n" for state in ("Unread", "Archive", "Starred"))
    assert [one.collections for one in read("URL,Title,Selection,Folder\n" + rows, "a.csv")] == [(), (), ()]


READWISE = """\
Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,\
Location Type,Location,Highlighted at,Document tags
"The river, rose",Tides,"Ann Lee and Bo Ek",B01,Check it,blue,"вода,gauge",\
page,12,2024-03-05 10:00:00+00:00,books
Broken "quote" here,Other,,,,,,,,,
later words,Tides,"Ann Lee and Bo Ek",B01,,,,page,14,March 5 2024,books
"""


def test_readwise_rows_are_the_passages_of_a_book(read):
    tides, other = read(READWISE, "readwise.csv")
    assert (tides.document.metadata.byline, tides.tags) == (("Ann Lee", "Bo Ek"), ("books",))
    assert words(tides) == ["The river, rose", "later words"]
    first = tides.marks[0]
    assert (first.note, first.colour, first.tags, first.created_at) == (
        "Check it",
        "blue",
        ("вода", "gauge"),
        SAVED,
    )
    assert "Page 12" in tides.document.text
    assert words(other) == ['Broken "quote" here']


def test_readwise_json(read):
    book = {
        "user_book_id": 1, "title": "Tides", "author": "Ann Lee", "book_tags": [{"name": "books"}],
        "category": "books",
        "highlights": [{"text": "two metres", "note": "Check", "location": 12, "location_type": "page",
                        "highlighted_at": SAVED, "color": "green", "tags": [{"name": "вода"}]}],
    }  # fmt: skip
    [tides] = read(json.dumps({"count": 1, "results": [book]}), "export.json")
    [mark] = tides.marks
    assert (mark.exact, mark.note, mark.colour, mark.tags, mark.created_at) == (
        "two metres", "Check", "green", ("вода",), SAVED,
    )  # fmt: skip
    assert tides.document.metadata.identifier == "urn:x-pressmark:readwise:tides-ann-lee"


def test_reader_documents_have_their_own_text_and_their_highlights(read):
    document = {"id": "d", "parent_id": None, "source_url": ADDRESS, "title": "The flood",
    "author": "Ann Lee",
                "tags": {"вода": {"name": "вода"}}, "site_name": "Vestnik", "html_content": BODY,
                "saved_at": SAVED,
                "reading_progress": 0, "published_date": "2024-03-04"}  # fmt: skip
    mark = {"id": "h", "parent_id": "d", "source_url": "", "title": "", "content": "two metres",
    "notes": "Check",
            "tags": {}, "reading_progress": 0}  # fmt: skip
    [flood] = read(json.dumps([document, mark]), "reader.json")
    assert not flood.partial
    assert "The river rose by two metres" in flood.document.text
    assert [(mark.exact, mark.note) for mark in flood.marks] == [("two metres", "Check")]
    assert (flood.document.metadata.publisher, flood.document.metadata.published_at) == (
        "Vestnik",
        "2024-03-04",
    )


def test_wallabag_has_the_text_and_the_annotations(read):
    entry = {
        "id": 1, "title": "The flood", "url": ADDRESS, "is_archived": True, "is_starred": False,
        "content": BODY,
        "created_at": "2024-03-05T11:00:00+0100", "language": "en_GB", "tags": ["вода"],
        "domain_name": "vestnik.example",
        "published_by": ["Ann Lee"], "published_at": "2024-03-04T08:00:00+03:00",
        "annotations": [{"text": "Check", "quote": "two metres", "created_at": SAVED,
                         "ranges": [{"start": "/p", "startOffset": "18", "end": "/p", "endOffset": "28"}]}],
    }  # fmt: skip
    [flood] = read(json.dumps([entry]), "wallabag.json")
    assert (flood.partial, flood.tags, flood.captured_at) == (False, ("вода",), SAVED)
    assert flood.document.metadata.published_at == "2024-03-04T08:00:00+03:00"
    assert flood.document.metadata.byline == ("Ann Lee",)
    assert [(mark.exact, mark.note, mark.created_at) for mark in flood.marks] == [
        ("two metres", "Check", SAVED)
    ]
    assert [str(block.kind) for block in flood.document.blocks] == ["heading", "paragraph", "list_item"]


def test_the_first_wallabag(read):
    entry = {
        "0": "1",
        "id": "1",
        "title": "The flood",
        "url": ADDRESS,
        "is_read": "0",
        "is_fav": "0",
        "content": BODY,
    }
    [flood] = read(json.dumps([entry]), "wallabag.json")
    assert (flood.document.metadata.url, flood.partial) == (ADDRESS, False)


def test_an_article_without_a_word_keeps_what_is_known_of_it(read):
    entry = {
        "title": "Pictures",
        "url": ADDRESS,
        "is_archived": 0,
        "is_starred": 0,
        "content": "<img src='a.png'>",
    }
    [article] = read(json.dumps([entry]), "wallabag.json")
    assert (article.partial, article.document.text) == (True, ADDRESS)


OMNIVORE = [{"slug": "flood-1", "title": "The flood", "url": ADDRESS, "author": "Ann Lee", "labels": ["вода"],
             "description": "How high", "savedAt": SAVED, "publishedAt": "2024-03-04T00:00:00.000Z",
             "state": "Active"}]  # fmt: skip


def test_omnivore_keeps_pages_and_highlights_in_files_beside(read):
    files = {
        "content/flood-1.html": f"<html><body>{BODY}</body></html>".encode(),
        "highlights/flood-1.md": "> two metres #вода\n\nCheck\n\n> one\n> night\n".encode(),
    }
    page, flood = read(json.dumps(OMNIVORE), "metadata_0_to_1.json", files)
    assert (page.partial, page.tags, page.document.metadata.url) == (False, ("вода",), ADDRESS)
    assert (flood.partial, flood.key) == (True, page.key)
    assert [(mark.exact, mark.note, mark.tags) for mark in flood.marks] == [
        ("two metres", "Check", ("вода",)), ("one\nnight", "", ()),
    ]  # fmt: skip
    [alone] = read(json.dumps(OMNIVORE), "metadata.json")
    assert (alone.partial, alone.document.text) == (True, "How high")


def test_karakeep(read):
    value = {
        "bookmarks": [
            {"createdAt": STAMP, "title": "The flood", "tags": ["вода"], "lists": ["l2"],
            "note": "Read again",
             "content": {"type": "link", "url": ADDRESS}, "archived": False,
             "highlights": [{"text": "two metres", "note": "Check", "color": "red", "createdAt": SAVED}]},
            {"createdAt": STAMP, "title": None, "tags": [], "note": None, "content": {"type": "text",
            "text": "My words"}},
            {"createdAt": STAMP, "title": "An asset", "tags": [], "note": None, "content": None},
        ],
        "lists": [{"id": "l1", "name": "Rivers", "parentId": None}, {"id": "l2", "name": "A/B",
        "parentId": "l1"}],
    }  # fmt: skip
    flood, text, asset = read(json.dumps(value), "karakeep.json")
    assert (flood.captured_at, flood.collections) == (SAVED, ("Rivers/A∕B",))
    assert [(mark.kind, mark.exact, mark.note, mark.colour) for mark in flood.marks] == [
        (AnnotationKind.HIGHLIGHT, "two metres", "Check", "red"), (AnnotationKind.NOTE, "", "Read again",
        None),
    ]  # fmt: skip
    assert (text.document.text, text.document.metadata.title) == ("My words", "My words")
    assert asset.document.metadata.title == "An asset"


@pytest.mark.parametrize(
    "entry",
    [
        {"href": ADDRESS, "description": "The flood", "extended": "Read again", "time": SAVED,
        "tags": "вода gauges",
         "shared": "no", "toread": "yes", "hash": "x", "meta": "y"},
        {"url": ADDRESS, "title": "The flood", "tags": ["вода", "gauges"], "description": "Read again",
         "created": str(STAMP), "owner": "ann", "others": 1, "private": "0"},
    ],
    ids=["pinboard", "delicious"],
)  # fmt: skip
def test_bookmarking_services(read, entry):
    [article] = read(json.dumps([entry]), "bookmarks.json")
    assert (article.document.metadata.title, article.captured_at) == ("The flood", SAVED)
    assert article.tags == ("вода", "gauges")
    assert [mark.note for mark in article.marks] == ["Read again"]


def test_pocket_annotations(read):
    entry = {
        "url": ADDRESS,
        "title": "The flood",
        "highlights": [{"quote": "two metres", "created_at": STAMP}],
    }
    [article] = read(json.dumps([entry]), "annotations.json")
    assert [(mark.exact, mark.created_at) for mark in article.marks] == [("two metres", SAVED)]


NETSCAPE = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8"><TITLE>Bookmarks</TITLE><H1>Menu</H1>
<DL><p>
    <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Toolbar</H3>
    <DL><p>
        <DT><H3 ADD_DATE="1">Rivers</H3>
        <DL><p>
            <DT><H3>Floods</H3>
            <DL><p>
                <DT><A HREF="{ADDRESS}#top" ADD_DATE="{STAMP}" TAGS="вода,gauges">The flood &amp; after</A>
                <DD>How high it rose
            </DL><p>
            <DT><A HREF="https://b.example/2">Second</A>
        </DL><p>
        <DT><A HREF="https://b.example/3">Third</A>
    </DL><p>
    <DT><A HREF="javascript:alert(1)">Script</A>
    <DT><A HREF="place:sort=8">Query</A>
</DL>"""


def test_browsers_bookmarks_keep_their_folders(read):
    flood, second, third = read(NETSCAPE, "bookmarks.html")
    assert (flood.document.metadata.title, flood.document.metadata.url) == ("The flood & after", ADDRESS)
    assert (flood.captured_at, flood.tags) == (SAVED, ("вода", "gauges"))
    assert [mark.note for mark in flood.marks] == ["How high it rose"]
    assert [one.collections for one in (flood, second, third)] == [("Rivers/Floods",), ("Rivers",), ()]


def test_a_long_list_is_read_to_its_end(read):
    """Its items are not closed: as a tree it would be as deep as it is long."""
    items = "".join(f'<DT><A HREF="https://a.example/{number}">T</A>\n' for number in range(2000))
    answers = read(
        f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><H3>A</H3><DL><p>{items}</DL></DL>", "b.html"
    )
    assert len(answers) == 2000
    assert {answer.collections for answer in answers} == {("A",)}


def test_folders_may_nest_as_deep_as_they_like(read):
    nest = "<DL><p><DT><H3>f</H3>" * 3000
    [one] = read(
        f"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n{nest}<DL><DT><A HREF='https://a.example/1'>x</A>", "b.html"
    )
    assert one.document.metadata.url == "https://a.example/1"


def test_pockets_page(read):
    page = f"""<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>
    <li><a href="{ADDRESS}" time_added="{STAMP}" tags="вода,gauges">The flood</a></li></ul>
    <h1>Read Archive</h1><ul><li><a href="https://b.example/2" time_added="1">https://b.example/2</a></li></ul></body></html>"""
    flood, other = read(page, "ril_export.html")
    assert (flood.captured_at, flood.tags, flood.collections) == (SAVED, ("вода", "gauges"), ())
    assert other.document.metadata.title == "https://b.example/2"


def test_instapapers_page_has_folders_as_headings(read):
    page = f"""<!DOCTYPE html><html><head><title>Instapaper: Export</title></head><body><h1>Rivers</h1>
    <ol><li><a href="{ADDRESS}">The flood</a></ol></body></html>"""
    assert read(page, "instapaper-export.html")[0].collections == ("Rivers",)


def test_chromium_and_firefox(read):
    chromium = {"checksum": "x", "version": 1, "roots": {
        "bookmark_bar": {"name": "Bar", "type": "folder", "children": [
            {"name": "Rivers", "type": "folder", "children": [
                {"name": "The flood", "type": "url", "url": ADDRESS, "date_added": "13354106400000000"}]}]},
        "other": {"name": "Other", "type": "folder", "children": []},
        "sync_transaction_version": "1"}}  # fmt: skip
    firefox = {"type": "text/x-moz-place-container", "root": "placesRoot", "children": [
        {"type": "text/x-moz-place-container", "title": "menu", "children": [
            {"type": "text/x-moz-place-container", "title": "Rivers", "children": [
                {"type": "text/x-moz-place", "title": "The flood", "uri": ADDRESS, "tags": "вода",
                 "dateAdded": STAMP * 1_000_000}]},
            {"type": "text/x-moz-place", "title": "Most visited", "uri": "place:sort=8"}]}]}  # fmt: skip
    for value in (chromium, firefox):
        [flood] = read(json.dumps(value), "Bookmarks")
        assert (flood.document.metadata.url, flood.collections, flood.captured_at) == (
            ADDRESS,
            ("Rivers",),
            SAVED,
        )


def test_a_bad_entry_does_not_cost_the_others(read):
    good = {"slug": "a", "savedAt": SAVED, "url": ADDRESS, "title": "The flood"}
    answers = read(json.dumps([good] * 20 + [None, 5, good | {"url": None, "title": None}]), "omnivore.json")
    assert len(answers) == 20
    assert {failure.reason for failure in answers.failures} == {"malformed", "no_text"}


def test_half_a_character_is_no_obstacle(read):
    text = json.dumps([{"slug": "a", "savedAt": SAVED, "url": ADDRESS, "title": "x\ud800y"}])
    assert read(text, "omnivore.json")[0].document.metadata.title == "x\N{REPLACEMENT CHARACTER}y"
