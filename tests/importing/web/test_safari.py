"""Safari's web archives."""

import plistlib

import pytest

from desktop.core.errors import ImportFailed
from desktop.importing.extract import extract_bytes
from tests.importing.web.pages import WORDS, page, png

ADDRESS = "https://a.example/news/ferry"


def saved(markup: str, *pictures: tuple[str, bytes], charset: str = "utf-8", **more: object) -> dict:
    main = {
        "WebResourceData": markup.encode(charset),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": charset,
        "WebResourceURL": ADDRESS,
    }
    files = [{"WebResourceURL": address, "WebResourceData": data} for address, data in pictures]
    return {"WebMainResource": main, "WebSubresources": files, **more}


@pytest.mark.parametrize("kind", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_the_page_comes_with_its_address_and_pictures(kind):
    content = saved(page('<img src="../i/1.png">'), ("https://a.example/i/1.png", png()))
    data = plistlib.dumps(content, fmt=kind)
    extraction = extract_bytes(data, "ferry.webarchive")
    assert extraction.document.metadata.url == ADDRESS
    assert WORDS[2] in extraction.document.text
    assert [one.src for one in extraction.pictures] == ["https://a.example/i/1.png"]
    assert extraction.original.size == len(data)


def test_the_charset_it_names_is_used():
    markup = page().replace('<meta charset="utf-8">', "")
    extraction = extract_bytes(plistlib.dumps(saved(markup, charset="koi8-r")), "a.webarchive")
    assert (WORDS[0] in extraction.document.text, extraction.encoding) == (True, "koi8-r")


def test_pictures_of_frames_are_found():
    inner = saved("", ("https://a.example/2.png", png()))
    outer = saved(page('<img src="/2.png">'), WebSubframeArchives=[inner])
    extraction = extract_bytes(plistlib.dumps(outer, fmt=plistlib.FMT_BINARY), "a.webarchive")
    assert len(extraction.pictures) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"bplist00 WebMainResource \0\0\0 broken",
        plistlib.dumps({"WebMainResource": "words"}, fmt=plistlib.FMT_BINARY),
        plistlib.dumps(["WebMainResource"], fmt=plistlib.FMT_BINARY),
        b"<?xml version='1.0'?><plist><dict><key>WebMainResource</key>",
        b"<?xml version='1.0'?><!DOCTYPE p [<!ENTITY a 'x'>]><plist><key>WebMainResource&a;</key></plist>",
    ],
)
def test_broken_ones_are_called_damaged(data):
    with pytest.raises(ImportFailed) as caught:
        extract_bytes(data, "a.webarchive")
    assert caught.value.reason == "malformed"
