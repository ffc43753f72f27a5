"""Comments and tracked changes of an OpenDocument text."""

from dataclasses import dataclass

from lxml import etree

from desktop.core.extraction import FoundMark
from desktop.core.times import utc
from desktop.importing.office.opendocument.names import DC, OFFICE, TEXT, plain_words
from desktop.importing.office.remarks import comment, deleted, inserted

_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True)
class Change:
    """One tracked change; changes of format have neither."""

    inserted: FoundMark | None = None
    deleted: FoundMark | None = None


def read_changes(root: etree._Element) -> dict[str, Change]:
    """The tracked changes by their identifiers."""
    found = {}
    for region in root.iter(f"{TEXT}changed-region"):
        key = region.get(f"{TEXT}id") or region.get(_XML_ID) or ""
        for node in region:
            who, when = _who(node)
            if node.tag == f"{TEXT}insertion":
                found[key] = Change(inserted=inserted(who, when))
            elif node.tag == f"{TEXT}deletion" and (words := plain_words(node)):
                found[key] = Change(deleted=deleted(words, who, when))
    return found


def comment_of(node: etree._Element) -> FoundMark:
    """An ``office:annotation``."""
    who, when = _said(node, "creator"), _said(node, "date")
    return comment(plain_words(node), who, utc(when))


def _who(node: etree._Element) -> tuple[str, str]:
    info = node.find(f"{OFFICE}change-info")
    return (_said(info, "creator"), utc(_said(info, "date"))) if info is not None else ("", "")


def _said(node: etree._Element, name: str) -> str:
    return " ".join((node.findtext(f"{DC}{name}") or "").split())
