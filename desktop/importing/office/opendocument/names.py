"""Namespaces of OpenDocument (ISO/IEC 26300) and how its attributes are read."""

import re
from collections.abc import Iterator

from lxml import etree

from desktop.importing.xml import local

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT = _OASIS % "text"
STYLE = _OASIS % "style"
OFFICE = _OASIS % "office"
TABLE = _OASIS % "table"
FO = _OASIS % "xsl-fo-compatible"
META = _OASIS % "meta"
DC = "{http://purl.org/dc/elements/1.1/}"
XLINK = "{http://www.w3.org/1999/xlink}"
_SPACES = re.compile(r"[ \t\r\n]+")
_BLOCKS = {"p", "h"}
_UNSAID = {"annotation", "annotation-end", "tracked-changes", "note-citation", "change-info"}


def number(text: str | None, default: int, most: int) -> int:
    """A whole number from 0 up to ``most``."""
    return (
        min(int(text), most) if text and text.isascii() and text.isdecimal() and len(text) < 12 else default
    )


def flat(text: str | None) -> str:
    """White space as OpenDocument means it: any run of it is one space."""
    return _SPACES.sub(" ", text or "")


def plain_words(node: etree._Element) -> str:
    """The words below an element, a line for each paragraph."""
    return "\n".join(line for paragraph in _paragraphs(node) if (line := "".join(_pieces(paragraph)).strip()))


def _paragraphs(node: etree._Element) -> Iterator[etree._Element]:
    return (inner for inner in node.iter(f"{TEXT}p", f"{TEXT}h"))


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(paragraph, events=("start", "end"))
    for event, node in walk:
        name = local(node)
        if event == "start":
            if node is not paragraph and (name in _BLOCKS or name in _UNSAID):
                walk.skip_subtree()
            else:
                yield " " if name in ("s", "tab", "line-break") else flat(node.text)
        elif node is not paragraph:
            yield flat(node.tail)
