"""Records are known by their shape, and an article is never taken for them."""

import pytest

from desktop.core.errors import ImportFailed
from desktop.importing.detect import detect
from desktop.importing.formats import Format
from desktop.importing.records.recognise import is_records, module_of

ARTICLES = [
    (
        "<!doctype html><html><title>Bookmarks</title><p><a href='https://a.example/b'>one</a>",
        "bookmarks.html",
    ),
    ("<html><body><h1>How to export NETSCAPE bookmarks</h1><p>First, open the menu.", "how.html"),
    ("<div class='noteText'>A note</div><p>and an article</p>", "a.html"),
    ("Title\n==========\nA heading, underlined.\n\nWords, and more words.\n", "article.txt"),
    ("Minutes\n- 12 people came\n\nThey spoke.\n", "minutes.txt"),
    ("TY for reading. AU revoir - and thanks.\n", "letter.txt"),
    ("@ann wrote to @bo, who answered:\n\nNo.\n", "thread.txt"),
    ("% a comment\nSome words.\n", "notes.txt"),
    ("Price, quality, speed: choose two.\n", "a.txt"),
    ("# Title\n\ntext, with, commas\n", "a.md"),
    ("return to sender {never}", "song.txt"),
]
UNKNOWN = [
    ('{"a": [1, 2, 3]}', "data.json"),
    ('[{"title": "x", "url": "https://a.example/"}]', "links.json"),
    ('{"items": [{"id": 1}]}', "feed.json"),
    ("name,age\nAnn,40\n", "people.csv"),
    ("title,url\nx,https://a.example/\n", "links.csv"),
    ('<?xml version="1.0"?><rss><channel/></rss>', "feed.xml"),
]


@pytest.mark.parametrize(("text", "name"), ARTICLES)
def test_an_article_is_no_record(text, name):
    assert not is_records(text.encode(), name)
    assert detect(text.encode(), name) is not Format.RECORDS


@pytest.mark.parametrize(("text", "name"), UNKNOWN)
def test_data_of_no_known_shape_is_told_to_be_unknown(text, name):
    with pytest.raises(ImportFailed) as failure:
        detect(text.encode(), name)
    assert failure.value.reason == "unknown_format"


KNOWN = [
    ("Highlight,Book Title,Book Author,Note\nx,y,z,\n", "readwise.csv", "tables"),
    ('[{"slug": "a", "savedAt": "x", "url": "https://a.example/b"}]', "metadata_0.json", "lists"),
    ("TY  - JOUR\nTI  - x\nER  - \n", "export.txt", "ris"),
    ("@article{a,\n title = {x}\n}\n", "library.txt", "bibtex"),
    ("%0 Book\n%T Tides\n%A Lee, Ann\n", "x.txt", "endnote"),
    ("PMID- 123\nTI  - Tides\n", "x.nbib", "medline"),
    ('[{"type": "book", "title": "x", "author": []}]', "x.json", "csl"),
    ('{"rows": [{"uri": "https://a.example/", "user": "acct:a@b", "target": []}]}', "x.json", "hypothesis"),
]


@pytest.mark.parametrize(("text", "name", "module"), KNOWN)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_shape_is_known_in_every_encoding(text, name, module, encoding):
    data = text.encode(encoding)
    assert module_of(data, name) == module
    assert detect(data, name) is Format.RECORDS
