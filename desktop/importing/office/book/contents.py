"""The table of contents of a book: the navigation document of EPUB 3, the NCX of EPUB 2."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from desktop.core.errors import ImportFailed
from desktop.importing.office.book.chapter import chapter_xml
from desktop.importing.office.book.package import Book
from desktop.importing.xml import local

_MOST_ENTRIES = 20_000
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter as the table of contents names it.

    Attributes:
        level: From 1.
        within: It begins somewhere inside the document, not at its beginning.
    """

    title: str
    level: int
    within: bool


def read_contents(book: Book) -> dict[str, Heading]:
    """For each document the first entry that leads to it; a damaged table of contents has none."""
    for member in book.contents:
        try:
            root = chapter_xml(book.zip.read(member), book.name)
        except ImportFailed as failure:
            if failure.reason == "hostile":
                raise
            continue
        found: dict[str, Heading] = {}
        for count, (href, title, level) in enumerate(_entries(root)):
            if count >= _MOST_ENTRIES:
                break
            target = book.path(member, href)
            if target and title:
                found.setdefault(target, Heading(title, min(level, _DEEPEST), "#" in href))
        if found:
            return found
    return {}


def _entries(root: etree._Element) -> Iterator[tuple[str, str, int]]:
    """(href, title, level) in order."""
    if local(root) == "ncx":
        yield from _points(root)
        return
    navs = [node for node in root.iter() if local(node) == "nav"]
    tables = [node for node in navs if "toc" in _type(node).split()]
    for table in tables[:1] or navs[:1]:
        yield from _links(table)


def _points(root: etree._Element) -> Iterator[tuple[str, str, int]]:
    level = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if local(node) != "navPoint":
            continue
        level += 1 if event == "start" else -1
        if event == "start":
            target = next((one for one in node if local(one) == "content"), None)
            label = next((one for one in node if local(one) == "navLabel"), None)
            if target is not None and label is not None:
                yield target.get("src") or "", _words(label), level


def _links(table: etree._Element) -> Iterator[tuple[str, str, int]]:
    level = 0
    for event, node in etree.iterwalk(table, events=("start", "end")):
        name = local(node)
        if name == "ol":
            level += 1 if event == "start" else -1
        elif name == "a" and event == "start":
            yield node.get("href") or "", _words(node), max(level, 1)


def _type(node: etree._Element) -> str:
    return next((str(value) for key, value in node.attrib.items() if str(key).endswith("}type")), "")


def _words(node: etree._Element) -> str:
    return " ".join("".join(str(part) for part in node.itertext()).split())
