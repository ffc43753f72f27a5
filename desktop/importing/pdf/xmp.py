"""The XMP packet of a PDF (ISO 16684-1): what its maker declares about it."""

import re
import zlib
from collections.abc import Iterator

from lxml import etree

from desktop.core.errors import ImportFailed
from desktop.importing.xml import local, parse_xml

_LARGEST = 4 * 1024 * 1024
_MOST_PACKETS = 40
_PACKET = re.compile(rb"<(x:xmpmeta|x:xapmeta|rdf:RDF)[\s>]")
_STREAM = re.compile(rb"/Type\s*/Metadata\b(?:[^>]|>(?!>)){0,600}?>>\s*stream\r?\n")
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

Declared = dict[str, list[str]]  # by names such as ``dc:title``, each value once
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/pdfx/1.3/": "pdfx",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
    "http://prismstandard.org/namespaces/basic/2.1/": "prism",
    "http://prismstandard.org/namespaces/basic/3.0/": "prism",
    "http://www.crossref.org/crossmark/1.0/": "crossmark",
    "http://crossref.org/crossmark/1.0/": "crossmark",
}


def declared_in(data: bytes) -> Declared:
    """What the document's packet declares: the last one in the file that is not about a picture."""
    best: Declared = {}
    for packet in _packets(data):
        found = _values(packet)
        about_pdf = "application/pdf" in found.get("dc:format", ()) or any(
            name.startswith("pdf") for name in found
        )
        if about_pdf or not best:
            best = found
    return best


def _packets(data: bytes) -> Iterator[bytes]:
    for count, match in enumerate(_PACKET.finditer(data)):
        if count >= _MOST_PACKETS:
            return
        end = data.find(b"</" + match[1] + b">", match.start(), match.start() + _LARGEST)
        inside = match[1] == b"rdf:RDF" and b"mpmeta" in data[max(match.start() - 300, 0) : match.start()]
        if end > 0 and not inside:
            yield data[match.start() : end + len(match[1]) + 3]
    for count, match in enumerate(_STREAM.finditer(data)):
        if count >= _MOST_PACKETS:
            return
        head = data[max(match.start() - 300, 0) : match.end()]
        if b"FlateDecode" in head.rpartition(b" obj")[2]:
            yield from _unpacked(data[match.end() : match.end() + _LARGEST])


def _unpacked(data: bytes) -> Iterator[bytes]:
    try:
        text = zlib.decompressobj().decompress(data, _LARGEST)
    except zlib.error:
        return
    if match := _PACKET.search(text):
        end = text.find(b"</" + match[1] + b">")
        if end > 0:
            yield text[match.start() : end + len(match[1]) + 3]


def _values(packet: bytes) -> Declared:
    try:
        root = parse_xml(packet, "XMP")
    except ImportFailed:
        return {}
    found: Declared = {}
    for description in root.iter(f"{_RDF}Description"):
        for name, value in description.attrib.items():
            _add(found, str(name), str(value))
        for node in description:
            if isinstance(node.tag, str):
                for value in _texts(node):
                    _add(found, node.tag, value)
    return found


def _texts(node: etree._Element) -> list[str]:
    """The items of a list; of alternatives in several languages the one that stands for all."""
    items = [item for item in node.iter(f"{_RDF}li") if item.text and item.text.strip()]
    if not items:
        return ["".join(map(str, node.itertext()))] if not len(node) else []
    if any(local(child) == "Alt" for child in node):
        default = [item for item in items if item.get(_XML_LANGUAGE) == "x-default"]
        items = (default or items)[:1]
    return [item.text or "" for item in items[:100]]


def _add(found: Declared, tag: str, value: str) -> None:
    space, _, name = tag.removeprefix("{").partition("}")
    text = " ".join(value.split())
    if text and space in _PREFIXES:
        values = found.setdefault(f"{_PREFIXES[space]}:{name}", [])
        if text not in values:
            values.append(text[:2000])
