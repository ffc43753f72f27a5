"""A document of a book to blocks."""

import re
from html.entities import html5
from urllib.parse import quote

from lxml import etree
from lxml.html import HtmlElement

from desktop.core.document import Block, BlockKind
from desktop.core.errors import ImportFailed
from desktop.importing.encoding import decode
from desktop.importing.html.parsing import parse_html
from desktop.importing.html.walker import page_blocks
from desktop.importing.office.book.package import Book
from desktop.importing.office.links import safe_link
from desktop.importing.xml import local, parse_xml

LARGEST = 24 * 1024 * 1024
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,200}\?>")
_DECLARED = re.compile(rb"<\?xml\b[^>]{0,120}encoding\s*=\s*[\"']([\w.:-]{1,40})")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_KEPT = {"amp", "lt", "gt", "quot", "apos"}
_TYPE = re.compile(r"(?:^|\}|:)(?:type|role)$")
_BACK = re.compile(r"\s*[↩↑⏎⤴][\ufe0e\ufe0f]?\s*")
_EMPTY = re.compile(r"<(a|b|i|p|div|span|em|title|script|style|td|th|li|h[1-6]|section)(\s[^<>]*)?/>", re.I)


def chapter_blocks(book: Book, member: str) -> tuple[list[Block], dict[str, str]]:
    """The blocks of a document, and the members that its pictures are, by ``Block.src``.

    Readings of ruby are left out of the text, so that the words they stand beside stay whole.

    Raises:
        ImportFailed: ``hostile``, ``too_large``, ``malformed``.
    """
    data = book.zip.read(member, LARGEST)
    try:
        markup = _as_html(chapter_xml(data, book.name))
    except ImportFailed as failure:
        if failure.reason != "malformed":
            raise
        markup = _EMPTY.sub(r"<\1\2></\1>", _text(data))
    try:
        tree = parse_html(markup)
    except ValueError as error:
        raise ImportFailed(f"{book.name}/{member}", "no_text", str(error)) from error
    pictures: dict[str, str] = {}
    for node in tree.iter("img"):
        _name_picture(node, book, member, pictures)
    for node in list(tree.iter("a")):
        _keep_or_drop(node)
    body = tree.find("body")
    found = [one.block for one in page_blocks(tree if body is None else body)]
    shown = [one for one in found if one.kind is not BlockKind.IMAGE or one.src]
    return shown, {src: pictures[src] for one in shown if (src := one.src) and src in pictures}


def chapter_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XHTML document; named characters of HTML are known, entities of its own refused.

    Raises:
        ImportFailed: ``malformed``, ``hostile``, ``too_large``.
    """
    text = _ENTITY.sub(_character, _DECLARATION.sub("", _text(data), count=1))
    return parse_xml(text.encode("utf-8", "replace"), name)


def _text(data: bytes) -> str:
    declared = _DECLARED.match(data.lstrip(b"\xef\xbb\xbf")[:200])
    return decode(data, declared[1].decode("ascii") if declared else None).text


def _character(match: re.Match[str]) -> str:
    if match[1] in _KEPT:
        return match[0]
    return html5.get(f"{match[1]};", match[0])


def _as_html(root: etree._Element) -> str:
    """The same as HTML, whose elements have no namespaces and no short form."""
    for node in list(root.iter()):
        name = local(node)
        if name == "svg":
            _show_pictures(node)
        elif name:
            node.tag = name.lower()
            if any("pagebreak" in str(value) for key, value in node.attrib.items() if _TYPE.search(str(key))):
                node.text = None  # the number of a page of the printed book
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, method="html", encoding="unicode"))


def _show_pictures(node: etree._Element) -> None:
    """A drawing that only holds a picture is that picture; the words in others are no text."""
    image = next((one for one in node.iter() if local(one) == "image"), None)
    href = ""
    if image is not None:
        href = next((str(v) for k, v in image.attrib.items() if str(k).rpartition("}")[2] == "href"), "")
    _replace(node, "img" if href else "svg", "")
    if href:
        node.set("src", href)


def _replace(node: etree._Element, tag: str, words: str) -> None:
    tail = node.tail
    node.clear()
    node.tag, node.text, node.tail = tag, words, tail


def _name_picture(node: etree._Element, book: Book, member: str, pictures: dict[str, str]) -> None:
    """Name it by its member; one from elsewhere keeps its address, one that is not there goes."""
    src = (node.get("src") or "").strip()
    for name in list(node.attrib):
        if name not in ("alt", "width", "height"):
            del node.attrib[name]
    if (found := book.path(member, src)) is not None:
        node.set("src", quote(found))
        pictures[quote(found)] = found
    elif safe_link(src):
        node.set("src", src)


def _keep_or_drop(node: HtmlElement) -> None:
    """Links that lead elsewhere stay; a sign that only leads back to the text is none of it."""
    href = (node.get("href") or "").strip()
    if _BACK.fullmatch(node.text_content()):
        node.drop_tree()
    elif not href.startswith("#") and not safe_link(href):
        node.attrib.pop("href", "")
