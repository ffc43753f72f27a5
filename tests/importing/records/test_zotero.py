"""Zotero's exports: RDF with its files, and items in JSON with what was marked in them."""

import json

import pytest

from desktop.core.errors import ImportFailed
from tests.importing.records.conftest import words

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
<bib:Article rdf:about="https://rivers.example/levels">
  <z:itemType>journalArticle</z:itemType>
  <dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
  <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Lee</foaf:surname><foaf:givenName>Ann</foaf:givenName>
  </foaf:Person></rdf:li><rdf:li><foaf:Person><foaf:surname>Институт рек</foaf:surname></foaf:Person></rdf:li>
  </rdf:Seq></bib:authors>
  <dcterms:isReferencedBy rdf:resource="#item_7"/>
  <link:link rdf:resource="#item_8"/>
  <link:link rdf:resource="#item_9"/>
  <dc:subject>вода</dc:subject>
  <dc:subject><dcterms:LCC><rdf:value>GB1399 .L4</rdf:value></dcterms:LCC></dc:subject>
  <dc:subject><z:AutomaticTag><rdf:value>gauges</rdf:value></z:AutomaticTag></dc:subject>
  <dc:title>Levels of the river</dc:title>
  <dcterms:abstract>How high it rose.</dcterms:abstract>
  <dc:date>2024-03-05</dc:date>
  <z:language>en</z:language>
  <bib:pages>45-67</bib:pages>
  <dc:identifier>DOI 10.1234/ABC.5</dc:identifier>
  <dc:identifier><dcterms:URI><rdf:value>https://rivers.example/levels</rdf:value></dcterms:URI></dc:identifier>
</bib:Article>
<bib:Journal rdf:about="urn:issn:1234-5678"><prism:volume>12</prism:volume><prism:number>3</prism:number>
  <dc:title>Journal of Rivers</dc:title><dc:identifier>ISSN 1234-5678</dc:identifier></bib:Journal>
<bib:Memo rdf:about="#item_7">
  <rdf:value>&lt;p&gt;Read &lt;b&gt;again&lt;/b&gt;&lt;/p&gt;</rdf:value></bib:Memo>
<z:Attachment rdf:about="#item_8"><z:itemType>attachment</z:itemType>
  <rdf:resource rdf:resource="files/8/Levels.html"/><dc:title>Snapshot</dc:title>
  <link:type>text/html</link:type></z:Attachment>
<z:Attachment rdf:about="#item_9"><z:itemType>attachment</z:itemType>
  <z:path rdf:resource="files/9/Lost.pdf"/><dc:title>Full Text PDF</dc:title></z:Attachment>
<bib:Memo rdf:about="#item_10"><rdf:value>A note that hangs on nothing</rdf:value></bib:Memo>
<bib:Book rdf:about="urn:isbn:9783161484100"><z:itemType>book</z:itemType><dc:title>Tides</dc:title>
  <dc:publisher><foaf:Organization><foaf:name>River Press</foaf:name></foaf:Organization></dc:publisher>
  <dc:identifier>ISBN 978-3-16-148410-0</dc:identifier></bib:Book>
<z:Collection rdf:about="#collection_1"><dc:title>Rivers</dc:title>
  <dcterms:hasPart rdf:resource="#collection_2"/><dcterms:hasPart rdf:resource="urn:isbn:9783161484100"/>
</z:Collection>
<z:Collection rdf:about="#collection_2"><dc:title>Floods</dc:title>
  <dcterms:hasPart rdf:resource="https://rivers.example/levels"/></z:Collection>
</rdf:RDF>"""
FILES = {"files/8/Levels.html": b"<html><p>The river rose by two metres in one night.</p></html>"}


def test_an_rdf_library_comes_with_its_files_notes_and_collections(read):
    file, article, book, note = read(RDF, "library.rdf", FILES)
    metadata = article.document.metadata
    assert (metadata.title, metadata.byline) == ("Levels of the river", ("Ann Lee", "Институт рек"))
    assert (metadata.publisher, metadata.published_at) == ("Journal of Rivers", "2024-03-05")
    assert (metadata.identifier, metadata.url) == ("doi:10.1234/abc.5", "https://rivers.example/levels")
    assert (article.tags, article.collections) == (("вода", "gauges"), ("Rivers/Floods",))
    assert [mark.note for mark in article.marks] == ["Read again"]
    assert "Volume: 12" in article.document.text
    assert "Call number: GB1399 .L4" in article.document.text
    assert file.key == article.key is not None
    assert (file.document.metadata.title, file.tags) == ("Levels of the river", ("вода", "gauges"))
    assert [warning for warning in article.warnings if "Full Text PDF" in warning]
    assert (book.document.metadata.identifier, book.collections) == ("urn:isbn:9783161484100", ("Rivers",))
    assert book.document.metadata.publisher == "River Press"
    assert [mark.note for mark in note.marks] == ["A note that hangs on nothing"]


def test_a_collection_may_name_what_it_lies_in(read):
    child = '<z:Collection rdf:about="#collection_2"><dcterms:isPartOf rdf:resource="#collection_1"/>'
    rdf = RDF.replace('<z:Collection rdf:about="#collection_2">', child)
    rdf = rdf.replace('<dcterms:hasPart rdf:resource="#collection_2"/>', "")
    assert read(rdf, "library.rdf")[0].collections == ("Rivers/Floods",)


def test_entities_in_a_library_are_refused(read):
    hostile = RDF.replace('<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>')
    with pytest.raises(ImportFailed) as failure:
        read(hostile, "library.rdf")
    assert failure.value.reason == "hostile"


ANNOTATIONS = [
    {"itemType": "annotation", "key": "N2", "parentItem": "A1", "annotationType": "highlight",
     "annotationText": "later words", "annotationComment": "", "annotationColor": "#2ea8e5",
     "annotationPageLabel": "9", "annotationSortIndex": "00008|000100|00100", "tags": []},
    {"itemType": "annotation", "key": "N1", "parentItem": "A1", "annotationType": "highlight",
     "annotationText": "two metres", "annotationComment": "Check <b>it</b>", "annotationColor": "#ffd400",
     "annotationPageLabel": "3", "annotationSortIndex": "00002|000100|00100", "annotationAuthorName": "Bo Ek",
     "dateAdded": "2026-03-01T10:00:00Z", "tags": [{"tag": "вода"}]},
    {"itemType": "annotation", "key": "N3", "parentItem": "A1", "annotationType": "note",
    "annotationComment": "Here",
     "annotationPageLabel": "4", "annotationSortIndex": "00003|000100|00100", "tags": []},
]  # fmt: skip
ITEM = {
    "key": "I1", "itemType": "newspaperArticle", "title": "Levels", "publicationTitle": "Vestnik",
    "date": "2024-03-05",
    "creators": [{"creatorType": "author", "firstName": "Ann", "lastName": "Lee"},
                 {"creatorType": "translator", "name": "Bo"}, {"creatorType": "author", "firstName": "太郎",
                 "lastName": "山田"}],
    "url": "https://vestnik.example/levels", "tags": [{"tag": "вода"}, {"tag": "gauges", "type": 1}],
    "section": "A2",
    "dateAdded": "2026-01-01T00:00:00Z", "collections": ["C2"], "abstractNote": "How high.",
}  # fmt: skip
ATTACHMENT = {
    "key": "A1",
    "parentItem": "I1",
    "itemType": "attachment",
    "path": "files/8/Levels.html",
    "title": "Page",
}
NOTE = {"key": "M1", "parentItem": "I1", "itemType": "note", "note": "<p>Read again</p>"}
FOLDERS = {"C1": {"key": "C1", "name": "Rivers"}, "C2": {"key": "C2", "name": "Floods", "parent": "C1"}}


def flat():
    return {"items": [ITEM, ATTACHMENT, NOTE, *ANNOTATIONS], "collections": FOLDERS}


def nested():
    attachment = ATTACHMENT | {"annotations": ANNOTATIONS}
    item = ITEM | {"attachments": [attachment], "notes": [NOTE], "itemID": 5}
    folders = {"C1": FOLDERS["C1"], "C2": FOLDERS["C2"] | {"items": [5]}}
    return {"config": {"label": "BetterBibTeX JSON"}, "items": [item], "collections": folders}


def wrapped():
    return [{"key": one["key"], "version": 1, "data": one} for one in flat()["items"]]


@pytest.mark.parametrize("value", [flat(), nested(), wrapped()], ids=["items", "better bibtex", "interface"])
def test_items_come_with_what_hangs_on_them(read, value):
    file, article = read(json.dumps(value), "items.json", FILES)
    metadata = article.document.metadata
    assert (metadata.title, metadata.publisher, metadata.byline) == (
        "Levels",
        "Vestnik",
        ("Ann Lee", "山田 太郎"),
    )
    assert article.tags == ("вода", "gauges")
    assert article.collections == (() if isinstance(value, list) else ("Rivers/Floods",))
    assert "Translator: Bo" in article.document.text
    assert file.key == article.key
    assert [one for one in words(article) if one] == ["two metres", "later words"]
    first, second, *rest = article.marks
    assert (first.note, first.colour, first.creator, first.tags) == ("Check it", "yellow", "Bo Ek", ("вода",))
    assert first.created_at == "2026-03-01T10:00:00.000Z"
    assert second.colour == "blue"
    assert sorted(mark.note for mark in rest) == ["Page 4: Here", "Read again"]
    assert "Page 3" in article.document.text


def test_items_keyed_by_their_kind_are_read(read):
    value = {
        "book": {"itemType": "book", "title": "Tides"},
        "webpage": {"itemType": "webpage", "title": "Levels"},
    }
    assert [one.document.metadata.title for one in read(json.dumps(value), "items.js")] == ["Tides", "Levels"]


def test_annotations_alone_are_called_by_the_files_name(read):
    marks = [{"id": "A", "type": "highlight", "color": "#5fb236", "sortIndex": "1", "pageLabel": "iv",
    "position": {},
              "text": "two metres", "comment": "Check", "authorName": "Bo", "tags": [{"name": "вода"}],
              "dateModified": "2026-03-01T10:00:00Z"}]  # fmt: skip
    [article] = read(json.dumps(marks), "Levels of the river.json")
    [mark] = article.marks
    assert article.document.metadata.title == "Levels of the river"
    assert (mark.exact, mark.note, mark.colour, mark.creator, mark.tags) == (
        "two metres", "Check", "green", "Bo", ("вода",),
    )  # fmt: skip
