"""XML from strangers: parsed without entities, network or endless depth."""

import pytest

from desktop.core.errors import ImportFailed
from desktop.importing import xml
from desktop.importing.xml import local, parse_xml


def test_a_document_is_parsed_whatever_its_encoding():
    for encoding in ("utf-8", "utf-16", "windows-1251"):
        text = f'<?xml version="1.0" encoding="{encoding}"?><a xmlns="urn:x"><b>слово</b></a>'
        root = parse_xml(text.encode(encoding), "a.xml")
        assert (local(root), local(root[0]), root[0].text) == ("a", "b", "слово")


def test_a_document_type_alone_is_no_harm():
    public = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://127.0.0.1:9/x.dtd"><html/>'
    assert local(parse_xml(public.encode(), "a.xml")) == "html"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
        '<!doctype a SYSTEM "x" [ <!entity e SYSTEM "file:///etc/hostname">]><a/>',
        '<!DOCTYPE a [<!ELEMENT a ANY><!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]><a/>',
        '<!-- [ --><!DOCTYPE a PUBLIC "[" "]" [<!ENTITY e "x">]><a>&e;</a>',
        "<!-- <!DOCTYPE x> --><!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
        '<!DOCTYPE a SYSTEM "a>b" [<!ENTITY e "x">]><a>&e;</a>',
    ],
)
def test_entities_of_its_own_are_refused(text, encoding):
    with pytest.raises(ImportFailed) as caught:
        parse_xml(text.encode(encoding), "a.xml")
    assert caught.value.reason in ("hostile", "malformed")


@pytest.mark.parametrize(
    "data", [b"", b"words", b"<a>", b"<a></b>", b"<a>&nbsp;</a>", b"<a>" * 5000, b"\xff\xfe<"]
)
def test_what_is_not_well_formed_says_so(data):
    with pytest.raises(ImportFailed) as caught:
        parse_xml(data, "a.xml")
    assert caught.value.reason == "malformed"


def test_what_is_too_large_says_so(monkeypatch):
    monkeypatch.setattr(xml, "LARGEST", 10)
    with pytest.raises(ImportFailed) as caught:
        parse_xml(b"<aaaaaaaaaaaa/>", "a.xml")
    assert caught.value.reason == "too_large"


def test_comments_and_instructions_have_no_name():
    root = parse_xml(b"<a><!--c--><?pi x?><b/></a>", "a.xml")
    assert [local(node) for node in root] == ["", "b"]
