"""The package of a book (EPUB 2 and 3): what is in it, in which order it is read, what it says of itself."""

import posixpath
import re
from dataclasses import dataclass, field
from itertools import islice
from unicodedata import normalize
from urllib.parse import unquote

from lxml import etree

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.importing.office.entitling import is_junk
from desktop.importing.office.properties import creators, language, moment
from desktop.importing.xml import local, parse_xml
from desktop.importing.zips import SafeZip

MOST_DOCUMENTS = 5000
_MOST_ITEMS = 50_000
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Scrambled fonts keep nobody from reading.
_OBFUSCATED = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_READABLE = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_OPF = "{http://www.idpf.org/2007/opf}"
_ISBN = re.compile(r"(?:urn:)?(?:isbn)?[:\s]*((?:97[89][\d -]{10,14}|[\d -]{9,12}[\dXx]))", re.IGNORECASE)
_UUID = re.compile(r"(?:urn:)?(?:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]{1,500}>")
_FOREWORD = 2000


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book: its member in the archive, its type, its properties and what to show instead."""

    member: str
    media_type: str
    properties: frozenset[str]
    fallback: str


@dataclass
class Book:
    """An EPUB file.

    Attributes:
        spine: The documents in reading order, each once; those that are beside the main text last.
        contents: The navigation document and the NCX, where they are there.
        cover: The member that is the cover's picture.
        skipped: Documents that are only a table of contents.
    """

    zip: SafeZip
    name: str
    metadata: Metadata
    spine: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    cover: str = ""
    skipped: set[str] = field(default_factory=set)

    def path(self, base: str, href: str) -> str | None:
        """The member that a reference in ``base`` names; None where it leads out of the book."""
        bare = href.partition("#")[0].partition("?")[0]
        if not bare or re.match(r"[a-z][a-z0-9+.-]*:", bare, re.IGNORECASE):
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), normalize("NFC", unquote(bare))))
        return path if path in self.zip else None


def open_book(data: bytes, name: str) -> Book:
    """Open an EPUB file.

    Raises:
        ImportFailed: ``malformed``, ``encrypted`` (by its seller, too), ``hostile``, ``too_many``.
    """
    archive = SafeZip(data, name)
    package = _package_member(archive, name)
    root = parse_xml(archive.read(package), name)
    book = Book(archive, name, _metadata(root))
    items = _items(root, package, book)
    _read_spine(root, items, book)
    _read_extras(root, package, items, book)
    _refuse_locked(book)
    return book


def _package_member(archive: SafeZip, name: str) -> str:
    if _CONTAINER in archive:
        for node in parse_xml(archive.read(_CONTAINER), name).iter():
            path = (
                posixpath.normpath(unquote(node.get("full-path") or "")) if local(node) == "rootfile" else ""
            )
            if path in archive:
                return path
    found = next((member for member in archive.names if member.lower().endswith(".opf")), None)
    if found is None:
        raise ImportFailed(name, "malformed", "no package document")
    return found


def _items(root: etree._Element, package: str, book: Book) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for node in islice((node for node in root.iter() if local(node) == "item"), _MOST_ITEMS):
        if (member := book.path(package, node.get("href") or "")) is not None:
            found[node.get("id") or ""] = Item(
                member,
                (node.get("media-type") or "").strip().lower(),
                frozenset((node.get("properties") or "").split()),
                node.get("fallback") or "",
            )
    return found


def _read_spine(root: etree._Element, items: dict[str, Item], book: Book) -> None:
    main: dict[str, None] = {}
    beside: dict[str, None] = {}
    for node in root.iter():
        if local(node) == "itemref" and (item := _readable(items, node.get("idref") or "")) is not None:
            (beside if node.get("linear") == "no" else main)[item.member] = None
    if not main and not beside:
        main = {item.member: None for item in items.values() if item.media_type in _READABLE}
    book.spine = list(main | beside)[:MOST_DOCUMENTS]


def _readable(items: dict[str, Item], key: str) -> Item | None:
    """The item, or what stands in for it where it is no text."""
    for _ in range(10):
        item = items.get(key)
        if item is None or item.media_type in _READABLE:
            return item
        key = item.fallback
    return None


def _read_extras(root: etree._Element, package: str, items: dict[str, Item], book: Book) -> None:
    named = {node.get("name"): node.get("content") or "" for node in root.iter() if local(node) == "meta"}
    for key, item in items.items():
        if "nav" in item.properties:
            book.contents.insert(0, item.member)
            book.skipped.add(item.member)
        elif item.media_type == "application/x-dtbncx+xml":
            book.contents.append(item.member)
        if "cover-image" in item.properties or key == named.get("cover"):
            book.cover = item.member
    for node in root.iter():
        if local(node) == "reference" and (node.get("type") or "").lower() == "toc":
            book.skipped.add(book.path(package, node.get("href") or "") or "")


def _refuse_locked(book: Book) -> None:
    """A book whose texts only its seller's own program can open."""
    if _ENCRYPTION not in book.zip:
        return
    for node in parse_xml(book.zip.read(_ENCRYPTION), book.name):
        algorithms = {one.get("Algorithm") for one in node.iter() if local(one) == "EncryptionMethod"}
        uris = {
            unquote(one.get("URI") or "").lstrip("/")
            for one in node.iter()
            if local(one) == "CipherReference"
        }
        if not algorithms <= set(_OBFUSCATED) and uris & set(book.spine):
            raise ImportFailed(book.name, "encrypted", "digital rights management")


# what the book says of itself


def _metadata(root: etree._Element) -> Metadata:
    holder = next((node for node in root if local(node) == "metadata"), root)
    said: dict[str, list[etree._Element]] = {}
    for node in holder.iter():
        if isinstance(node.tag, str) and "purl.org/dc/" in node.tag and _words(node):
            said.setdefault(local(node).lower(), []).append(node)
    refined = _refinements(holder)
    title = _title(said.get("title", []), refined)
    return Metadata(
        title=None if is_junk(title) else title,
        byline=_authors(said.get("creator", []), refined),
        publisher=next((_words(node) for node in said.get("publisher", [])), None),
        published_at=_published(said.get("date", [])),
        language=next((known for node in said.get("language", []) if (known := language(node.text))), None),
        description=next((_foreword(node) for node in said.get("description", [])), None),
        identifier=_identifier(root, said.get("identifier", [])),
    )


def _words(node: etree._Element) -> str:
    return " ".join((node.text or "").split())


def _foreword(node: etree._Element) -> str:
    return " ".join(_TAGS.sub(" ", node.text or "").split())[:_FOREWORD]


def _refinements(holder: etree._Element) -> dict[tuple[str, str], str]:
    return {
        ((node.get("refines") or "").lstrip("#"), node.get("property") or ""): _words(node)
        for node in holder.iter()
        if local(node) == "meta" and node.get("refines")
    }


def _title(nodes: list[etree._Element], refined: dict[tuple[str, str], str]) -> str | None:
    main = [node for node in nodes if refined.get((node.get("id") or "", "title-type")) == "main"]
    return next((_words(node) for node in [*main, *nodes]), None)


def _authors(nodes: list[etree._Element], refined: dict[tuple[str, str], str]) -> tuple[str, ...]:
    """The authors; where roles are told, not the illustrators and translators."""
    roles = [node.get(f"{_OPF}role") or refined.get((node.get("id") or "", "role")) or "" for node in nodes]
    written = [node for node, role in zip(nodes, roles, strict=True) if role in ("", "aut")] or nodes
    return tuple(dict.fromkeys(name for node in written for name in creators(_words(node))))


def _published(nodes: list[etree._Element]) -> str | None:
    events = [(node.get(f"{_OPF}event") or "").lower() for node in nodes]
    ranked = sorted(zip(events, nodes, strict=True), key=lambda pair: _EVENTS.get(pair[0], 1))
    for _, node in ranked:
        if re.fullmatch(r"\d{4}", _words(node)):
            return _words(node)
        if known := moment(_words(node)):
            return known
    return None


_EVENTS = {"original-publication": 0, "publication": 0, "": 1, "creation": 2, "modification": 3}


def _identifier(root: etree._Element, nodes: list[etree._Element]) -> str | None:
    """An ISBN where there is one; else the identifier that the package calls its own."""
    for node in nodes:
        scheme = (node.get(f"{_OPF}scheme") or "").lower()
        match = _ISBN.fullmatch(_words(node))
        if match and (scheme == "isbn" or "isbn" in _words(node).lower() or _is_isbn(match[1])):
            return "urn:isbn:" + re.sub(r"[ -]", "", match[1]).upper()
    own = root.get("unique-identifier")
    for node in sorted(nodes, key=lambda node: node.get("id") != own):
        words = _words(node)
        if match := _UUID.fullmatch(words):
            return f"urn:uuid:{match[1].lower()}"
        if re.match(r"(?:urn|doi|https?|info):\S+$", words, re.IGNORECASE):
            return words
    return None


def _is_isbn(text: str) -> bool:
    digits = re.sub(r"[ -]", "", text)
    if len(digits) != 13 or not digits.startswith(("978", "979")):
        return False
    return sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits)) % 10 == 0
