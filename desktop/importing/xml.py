"""XML from strangers: no entities, no network, no endless depth."""

import re

from lxml import etree

from desktop.core.errors import ImportFailed

LARGEST = 64 * 1024 * 1024
# What may stand before a document type, and the type itself up to where declarations begin.
_DOCTYPE = re.compile(
    rb"""(?>\s|<\?.*?\?>|<!--.*?-->)*+ <!DOCTYPE (?>[^\["'>]|"[^"]*"|'[^']*')*+ (\[)?""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root element.

    A document type is allowed, as EPUB pages have one; entities that it declares are not, so there
    is nothing to expand. libxml2's own limits hold (depth 256, text of 10 MB).

    Raises:
        ImportFailed: ``hostile``: it declares entities; ``malformed``; ``too_large``.
    """
    if len(data) > LARGEST:
        raise ImportFailed(name, "too_large", f"{len(data)} bytes of XML")
    if _declares_entities(data):
        raise ImportFailed(name, "hostile", "XML entities")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ImportFailed(name, "malformed", str(error)) from error
    if root is None:
        raise ImportFailed(name, "malformed", "no element")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():  # type: ignore[union-attr]  # the stubs lack it
        raise ImportFailed(name, "hostile", "XML entities")
    return root


def _declares_entities(data: bytes) -> bool:
    """Whether they stand there for all to see; the parser tells of the others."""
    head = data[: 1024 * 1024].lstrip(b"\xef\xbb\xbf\xff\xfe")
    if b"\0" in head[:200]:  # two bytes a character
        head = head.replace(b"\0", b"")
    found = _DOCTYPE.match(head)
    return bool(found and found[1] and _ENTITY.search(head, found.end()))


def local(node: etree._Element) -> str:
    """The tag without its namespace; empty for comments and instructions."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
