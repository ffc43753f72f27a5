"""What a child says is plain values, or it is not believed."""

import os
import pickle
from dataclasses import replace

import pytest

from desktop.core.document import Block, BlockKind, Document, InlineMark, MarkKind, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Entry, Extraction, FoundMark, Original, Picture
from desktop.core.pages import PageLine, PageMap
from desktop.core.records import AnnotationKind, QuoteMode, Stance, Verdict
from desktop.importing.messages import Beat, End, packed, unpacked

ORIGINAL = Original("00" * 32, 4, b"\0\xff\n\r", "text/html", ".html", "страница.html")
LINK = InlineMark(0, 4, MarkKind.LINK, "https://example.org/")
MARK = FoundMark(
    AnnotationKind.QUOTE,
    "вода 😀",
    ranges=((0, 4), (5, 6)),
    tags=("паводок/вода",),
    colour="yellow",
    mode=QuoteMode.DIRECT,
    stance=Stance.DISPUTES,
    verdict=Verdict.OPEN,
)
FULL = Extraction(
    Document(
        (Block(BlockKind.PARAGRAPH, "вода 😀", marks=(LINK,)), Block(BlockKind.LIST_ITEM, "x", number=3)),
        Metadata("Вода", ("Анна К.",), date_is_guess=True, language_confidence=900),
    ),
    ORIGINAL,
    "html/1",
    encoding="koi8-r",
    warnings=("A sentence.",),
    pictures=(Picture("a.png", b"\x89PNG", "11" * 32, "image/png", 2, 3, ORIGINAL),),
    pages=PageMap(((595.0, 842),), (PageLine(0, 0, 0, (10, 20, 30), 5, 15),)),
    marks=(MARK,),
)


class Call:
    def __init__(self, function, *arguments):
        self._called = function, arguments

    def __reduce__(self):
        return self._called


@pytest.mark.parametrize(
    "message",
    [FULL, ImportFailed("x.pdf", "timeout", "19 s"), Entry("a", "Ä", size=3), Beat(1, 5), End()],
    ids=lambda message: type(message).__name__,
)
def test_a_message_comes_back_as_it_was(message):
    back = unpacked(packed(message))
    assert type(back) is type(message)
    assert repr(back) == repr(message)


def test_the_last_message_keeps_its_reason():
    failure = unpacked(packed(End(ImportFailed("x.pdf", "locked", "RC4")))).failure
    assert (failure.source, failure.reason, failure.detail) == ("x.pdf", "locked", "RC4")


def test_strings_of_a_library_arrive_as_plain_ones():
    class Smart(str):
        pass

    assert type(unpacked(packed(Entry(Smart("key"), "title"))).key) is str


def test_halves_of_surrogate_pairs_do_not_cost_a_page_its_place():
    broken = replace(
        FULL, document=replace(FULL.document, metadata=Metadata("Bad \ud83d title", ("An\udc00n",)))
    )
    metadata = unpacked(packed(broken)).document.metadata
    assert (metadata.title, metadata.byline) == ("Bad \ufffd title", ("An\ufffdn",))


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps(Call(os.mkdir, "made")),
        pickle.dumps(("Beat", (Call(os.mkdir, "made"), 1))),
        pickle.dumps(FULL),
        b"cos\nmkdir\n(S'made'\ntR.",
        b"",
        b"\x80\x05",
        pickle.dumps(None),
    ],
)
def test_what_would_run_or_is_no_message_is_refused(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="not a message"):
        unpacked(data)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "values",
    [
        ("Beat", (1, "5")),
        ("Beat", (1,)),
        ("Beat", (1, 2, 3)),
        ("Entry", ("key", b"title", "", 0, True)),
        ("Entry", ("key", "title", "", True, True)),
        ("End", (("x", "y"),)),
        ("Options", (None, False, False, None, False, None)),
        ("Extraction", ((), (), "html/1")),
    ],
)
def test_values_of_another_type_are_refused(values):
    with pytest.raises(ValueError, match="not a message"):
        unpacked(pickle.dumps(values))
