"""Zotero's RDF export: items, notes, attachments and collections, which refer to each other by address."""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from desktop.core.errors import ImportFailed
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.citation import Citation
from desktop.importing.records.record import Attached, Record, RecordPart, guarded, words_of
from desktop.importing.records.zotero_items import KINDS
from desktop.importing.xml import local, parse_xml

EXTRACTOR = "zotero-rdf/1"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_CONTAINED = {
    "Journal",
    "Newspaper",
    "Periodical",
    "Website",
    "Book",
    "Series",
    "Blog",
    "Forum",
    "Proceedings",
}
_PARTS = {"Attachment", "Memo", "Collection", "Seq", "Person", "Annotation"}
_DEEPEST = 30
_AUTHORS = (
    "authors", "presenters", "artists", "podcasters", "directors", "programmers", "inventors", "interviewees",
    "performers",
)  # fmt: skip
_LABELS = {
    "volume": "Volume", "number": "Number", "pages": "Pages", "edition": "Edition",
    "shortTitle": "Short title", "rights": "Rights", "dateSubmitted": "Accessed",
    "libraryCatalog": "Library", "type": "Kind", "medium": "Medium", "description": "Extra",
    "numPages": "Number of pages", "runningTime": "Running time", "section": "Section",
    "coverage": "Location", "court": "Court", "session": "Session", "alternative": "Abbreviated title",
    "websiteType": "Kind", "archive": "Archive", "citationKey": "Citation key",
}  # fmt: skip
Known = Mapping[str, etree._Element]


def records(_: str, material: Material) -> Iterator[RecordPart]:
    """One record for each item.

    Raises:
        ImportFailed: ``malformed``: no XML, or no item in it; ``hostile``.
    """
    root = parse_xml(material.data, material.name)
    nodes = [node for node in root if isinstance(node.tag, str)]
    known = {about: node for node in nodes if (about := node.get(f"{_RDF}about"))}
    referred = {value for node in nodes for value in _contained_addresses(node)}
    items = [node for node in nodes if _is_item(node, referred)]
    folders = _folders(nodes, known)
    # Notes and files that hang on nothing are items of their own.
    used = {address for node in items for address in _links(node)}
    items += [
        node for node in nodes
        if local(node) in ("Memo", "Attachment") and node.get(f"{_RDF}about") not in used
    ]  # fmt: skip
    if not items:
        raise ImportFailed(material.name, "malformed", "no item in it")
    yield from guarded(items, lambda node: _record(node, known, folders), material.name)


def _is_item(node: etree._Element, referred: set[str]) -> bool:
    if local(node) in _PARTS:
        return False
    return _child(node, "itemType") is not None or (
        local(node) not in _CONTAINED - {"Book"} and node.get(f"{_RDF}about") not in referred
    )


def _contained_addresses(node: etree._Element) -> Iterator[str]:
    """What an item says it is part of, by address."""
    for child in _children(node, "isPartOf"):
        if address := child.get(f"{_RDF}resource"):
            yield address


def _links(node: etree._Element) -> Iterator[str]:
    for child in node:
        if local(child) in ("link", "isReferencedBy") and (address := child.get(f"{_RDF}resource")):
            yield address


def _children(node: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in node if local(child) == name]


def _child(node: etree._Element, name: str) -> etree._Element | None:
    return next(iter(_children(node, name)), None)


def _text(node: etree._Element | None, name: str) -> str:
    """The words of the first child of this name, those of a value inside it included."""
    child = None if node is None else _child(node, name)
    return "" if child is None else values.paragraphs(_inside(child))


def _inside(node: etree._Element) -> str:
    return "".join(map(str, node.itertext()))


def _record(node: etree._Element, known: Known, folders: Mapping[str, list[str]]) -> Record:
    whole = _whole(node, known)
    kind = _text(node, "itemType") or ("Note" if local(node) == "Memo" else local(node))
    identifiers = [*_identifiers(node), *(_identifiers(whole) if whole is not None else ())]
    citation = Citation(
        kind=KINDS.get(kind, kind.capitalize()),
        title=_text(node, "title") or values.words(words_of(_text(node, "value")).partition("\n")[0])[:120],
        authors=list(_people(node, *_AUTHORS)),
        editors=list(_people(node, "editors")),
        container=_text(whole, "title"),
        publisher=_publisher(node) or (_publisher(whole) if whole is not None else ""),
        date=_text(node, "date"),
        language=_text(node, "language"),
        url=next((one for one in identifiers if one.startswith(("http://", "https://"))), ""),
        doi=next((one for one in identifiers if one.upper().startswith("DOI")), ""),
        isbn=next((one for one in identifiers if one.upper().startswith("ISBN")), ""),
        abstract=_text(node, "abstract"),
        keywords=[
            values.words(_inside(one)) for one in _children(node, "subject") if _child(one, "LCC") is None
        ],
    )
    citation.facts = [(label, _text(node, tag) or _text(whole, tag)) for tag, label in _LABELS.items()]
    citation.facts.append(
        ("ISSN", next((one for one in identifiers if one.upper().startswith("ISSN")), "")[5:])
    )
    shelf = (_text(one, "LCC") for one in _children(node, "subject"))
    citation.facts.append(("Call number", " ".join(mark for mark in shelf if mark)))
    citation.facts.append(("Translators", ", ".join(_people(node, "translators"))))
    citation.facts.append(("Contributors", ", ".join(_people(node, "contributors"))))
    citation.collections = folders.get(node.get(f"{_RDF}about") or "", [])
    raw = [node]
    for part in _parts(node, known):
        raw.append(part)
        _add(citation, part)
    return citation.record(b"\n".join(etree.tostring(one, encoding="utf-8") for one in raw), ".rdf")


def _parts(node: etree._Element, known: Known) -> Iterator[etree._Element]:
    """The notes and files of an item; of a note or file that is an item, itself."""
    if local(node) in ("Memo", "Attachment"):
        yield node
    for address in _links(node):
        if (part := known.get(address)) is not None:
            yield part


def _add(citation: Citation, part: etree._Element) -> None:
    if local(part) == "Memo":
        note = _text(part, "value")
        citation.notes.append(note)
        return
    places = (_child(part, name) for name in ("resource", "path"))  # before and since Zotero 7
    path = next((one.get(f"{_RDF}resource") or _inside(one) for one in places if one is not None), None)
    title = _text(part, "title")
    if path:
        citation.files.append(Attached(path, title, _text(part, "type") or None))
    elif address := next(iter(_identifiers(part)), ""):
        citation.facts.append((title or "Link", address))
    if note := _text(part, "description"):
        citation.notes.append(note)
    citation.title = citation.title or title


def _whole(node: etree._Element, known: Known) -> etree._Element | None:
    """The journal, book or site that an item is part of."""
    for child in _children(node, "isPartOf"):
        inner = known.get(child.get(f"{_RDF}resource") or "")
        inner = next((one for one in child if isinstance(one.tag, str)), inner)
        if inner is not None:
            return inner
    return None


def _identifiers(node: etree._Element) -> list[str]:
    found = (values.words(_inside(one)) for one in _children(node, "identifier"))
    return [one for one in found if one]


def _publisher(node: etree._Element) -> str:
    child = _child(node, "publisher")
    if child is None:
        return ""
    names = [one.text for one in child.iter() if local(one) == "name" and one.text]
    return values.words(names[0] if names else child.text)


def _people(node: etree._Element, *roles: str) -> Iterator[str]:
    for role in roles:
        for group in _children(node, role):
            for person in group.iter():
                if local(person) == "Person":
                    given = _text(person, "givenName") or _text(person, "givenname")
                    name = values.spoken(values.words(given), values.words(_text(person, "surname")))
                    if name := name or values.words(_text(person, "name")):
                        yield name


def _folders(nodes: list[etree._Element], known: Known) -> dict[str, list[str]]:
    """The paths of the collections in which each address lies."""
    collections = {node.get(f"{_RDF}about") or str(number): node
                   for number, node in enumerate(nodes) if local(node) == "Collection"}  # fmt: skip
    parents = {
        part: address
        for address, node in collections.items()
        for part in _held(node)
        if part in collections
    }  # fmt: skip
    for address, node in collections.items():
        for child in _children(node, "isPartOf"):
            if (above := child.get(f"{_RDF}resource")) in collections and above:
                parents[address] = above
    paths: dict[str, list[str]] = {}
    for address, node in collections.items():
        path = _path(address, collections, parents)
        for part in _held(node):
            if part in known and part not in collections:
                paths.setdefault(part, []).append(path)
    return paths


def _held(node: etree._Element) -> list[str]:
    return [address for child in _children(node, "hasPart") if (address := child.get(f"{_RDF}resource"))]


def _path(address: str, collections: Known, parents: Mapping[str, str]) -> str:
    names: list[str] = []
    here: Any = address
    while here in collections and len(names) < _DEEPEST:
        names.insert(0, values.words(_text(collections[here], "title")).replace("/", "∕"))
        here = parents.get(here)
    return "/".join(names)
