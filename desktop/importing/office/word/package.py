"""The parts of a Word package (ISO/IEC 29500-2) and how they refer to each other."""

import posixpath
import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from desktop.core.errors import ImportFailed
from desktop.importing.xml import local, parse_xml
from desktop.importing.zips import SafeZip

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Strict documents name the same things under other namespaces.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
_MAIN = re.compile(r"word/document\d*\.xml")
_MOST_RELATIONS = 50_000


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference from one part to another.

    Attributes:
        kind: The last segment of its type, e.g. ``comments``.
        target: The member of the package, or an address where it is external.
    """

    kind: str
    target: str
    external: bool


class Package:
    """A DOCX file.

    Raises:
        ImportFailed: ``malformed`` and what ``SafeZip`` and ``parse_xml`` raise.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.zip = SafeZip(data, name)
        self.main = self._main_part()
        self._parts: dict[str, dict[str, Relation]] = {}
        self.relations = self._relations(self.main)

    def _main_part(self) -> str:
        for relation in self._relations("").values():
            if relation.kind == "officeDocument" and relation.target in self.zip:
                return relation.target
        found = next(filter(_MAIN.fullmatch, self.zip.names), None)
        if found is None:
            raise ImportFailed(self.name, "malformed", "no document part")
        return found

    def parsed(self, member: str) -> etree._Element:
        """The root element of a part."""
        data = _STRICT.sub(_TRANSITIONAL, self.zip.read(member))
        return parse_xml(data, self.name)

    def related(self, kind: str) -> etree._Element | None:
        """The root of the document's part of this kind; None where there is none, or it is damaged."""
        for relation in self.relations.values():
            if relation.kind == kind and relation.target in self.zip:
                try:
                    return self.parsed(relation.target)
                except ImportFailed as failure:
                    if failure.reason in ("hostile", "too_large"):
                        raise
        return None

    def relations_of(self, kind: str) -> dict[str, Relation]:
        """What the part of this kind refers to."""
        if kind not in self._parts:
            part = next((r.target for r in self.relations.values() if r.kind == kind), None)
            self._parts[kind] = self._relations(part) if part else {}
        return self._parts[kind]

    def core_properties(self) -> etree._Element | None:
        for relation in self._relations("").values():
            if relation.kind == "core-properties" and relation.target in self.zip:
                return self.parsed(relation.target)
        return None

    def _relations(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        member = posixpath.join(folder, "_rels", f"{name}.rels")
        if member not in self.zip:
            return {}
        found: dict[str, Relation] = {}
        for node in islice(self.parsed(member), _MOST_RELATIONS):
            if local(node) == "Relationship":
                found[node.get("Id") or ""] = _relation(node, folder)
        return found


def _relation(node: etree._Element, folder: str) -> Relation:
    kind = (node.get("Type") or "").rpartition("/")[2]
    target = node.get("Target") or ""
    if (node.get("TargetMode") or "").lower() == "external":
        return Relation(kind, target, external=True)
    path = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
    return Relation(kind, path.lstrip("/"), external=False)


def value(node: etree._Element | None, name: str = "val") -> str:
    """A ``w:`` attribute; empty where it, or the element, is not there."""
    return (node.get(f"{W}{name}") or "") if node is not None else ""


def whole(text: str, default: int = 0) -> int:
    """A number of a sane size."""
    try:
        return max(min(int(text), 1_000_000), -1_000_000)
    except ValueError:
        return default
