"""EndNote's XML export; its words may be cut up by ``style`` elements."""

import re
from collections.abc import Iterator

from lxml import etree

from desktop.core.errors import ImportFailed
from desktop.importing.material import Material
from desktop.importing.records.citation import Citation, people
from desktop.importing.records.record import Attached, Record, RecordPart, guarded
from desktop.importing.xml import parse_xml

EXTRACTOR = "endnote-xml/1"
_LABELS = {
    "volume": "Volume", "number": "Issue", "pages": "Pages", "edition": "Edition", "pub-location": "Place",
    "isbn": "ISSN or ISBN", "accession-num": "Accession number", "call-num": "Call number",
    "section": "Section", "auth-address": "Author address", "work-type": "Type of work", "label": "Label",
    "num-vols": "Number of volumes", "orig-pub": "Original publication", "reprint-edition": "Reprint",
    "reviewed-item": "Reviewed item", "remote-database-name": "Database",
    "remote-database-provider": "Database provider", "access-date": "Accessed", "custom1": "Custom 1",
    "custom2": "Custom 2", "custom3": "Custom 3", "custom4": "Custom 4", "custom5": "Custom 5",
    "custom6": "Custom 6", "custom7": "Custom 7",
}  # fmt: skip


def records(_: str, material: Material) -> Iterator[RecordPart]:
    """One record for each reference.

    Raises:
        ImportFailed: ``malformed``: no XML, or no reference in it; ``hostile``.
    """
    found = list(parse_xml(material.data, material.name).iter("record"))
    if not found:
        raise ImportFailed(material.name, "malformed", "no reference in it")
    yield from guarded(found, _record, material.name)


def _record(node: etree._Element) -> Record:
    kind = node.find("ref-type")
    title = _text(node, "titles/title")
    container = _text(node, "periodical/full-title") or _text(node, "titles/secondary-title")
    year, day = _text(node, "dates/year"), _text(node, "dates/pub-dates/date")
    citation = Citation(
        kind=(kind.get("name") or "") if kind is not None else "",
        title=title,
        authors=people(_texts(node, "contributors/authors/author")),
        editors=people(_texts(node, "contributors/secondary-authors/author")),
        container=container if container != title else "",
        publisher=_text(node, "publisher"),
        date=day if re.search(r"\d{4}", day) else f"{day} {year}".strip() if day and year else year,
        language=_text(node, "language"),
        url=next(iter(_texts(node, "urls//url")), ""),
        doi=_text(node, "electronic-resource-num"),
        isbn=_text(node, "isbn"),
        abstract=_text(node, "abstract"),
        keywords=_texts(node, "keywords/keyword"),
        notes=[*_texts(node, "notes"), *_texts(node, "research-notes")],
        facts=[(label, _text(node, tag)) for tag, label in _LABELS.items()],
        files=[Attached(url) for url in _texts(node, "urls/pdf-urls/url")],
    )
    citation.facts.append(("Series", _text(node, "titles/tertiary-title")))
    citation.facts.append(("More addresses", " ".join(_texts(node, "urls//url")[1:])))
    return citation.record(etree.tostring(node, encoding="utf-8"), ".xml")


def _text(node: etree._Element, path: str) -> str:
    return next(iter(_texts(node, path)), "")


def _texts(node: etree._Element, path: str) -> list[str]:
    found = ("".join(map(str, one.itertext())).replace("\r", "\n").strip() for one in node.findall(path))
    return [text for text in found if text]
