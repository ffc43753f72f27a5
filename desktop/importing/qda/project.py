"""The facts of a REFI-QDA project: codes, users, notes, sets.

Source: REFI-QDA Standard 1.5, Project.xsd. Identifiers are GUIDs; some programs write them without
the braces and dashes that others write, and in either case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from desktop.importing.colours import nearest_colour
from desktop.importing.xml import local

DEEPEST_CODE = 50
_PLAIN_GUID = re.compile(r"[^0-9a-f]")


@dataclass(frozen=True, slots=True)
class Code:
    """A code as a tag: its path, and the colour nearest to its own."""

    path: str
    colour: str | None


@dataclass
class Project:
    """What selections and sources refer to, by GUID."""

    root: etree._Element
    codes: dict[str, Code] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    notes: dict[str, etree._Element] = field(default_factory=dict)
    sets: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: etree._Element) -> "Project":
        """Everything but the sources."""
        found = cls(root)
        for node in _children(root, "Users"):
            found.users[guid(node)] = node.get("name") or ""
        for book in _named(root, "CodeBook"):
            for codes in _named(book, "Codes"):
                found._read_codes(codes, "", 0)
        for node in _children(root, "Notes"):
            found.notes[guid(node)] = node
        for node in _children(root, "Sets"):
            for member in _named(node, "MemberSource"):
                found.sets.setdefault(target(member), []).append(_tidy(node.get("name")))
        return found

    def _read_codes(self, parent: etree._Element, above: str, depth: int) -> None:
        if depth > DEEPEST_CODE:
            return
        for node in _named(parent, "Code"):
            name = _tidy(node.get("name")).replace("/", "∕") or "code"
            path = f"{above}/{name}" if above else name
            self.codes[guid(node)] = Code(path, _colour(node.get("color")))
            self._read_codes(node, path, depth + 1)

    def codes_of(self, node: etree._Element) -> list[Code]:
        """The codes that a source or a selection carries."""
        refs = (ref for coding in _named(node, "Coding") for ref in _named(coding, "CodeRef"))
        return [self.codes[target(ref)] for ref in refs if target(ref) in self.codes]

    def creator_of(self, node: etree._Element) -> str:
        """Whoever made a selection, or first coded it."""
        for one in (node, *_named(node, "Coding")):
            if name := self.users.get(plain_guid(one.get("creatingUser"))):
                return name
        return ""


def sources_of(root: etree._Element) -> Iterator[etree._Element]:
    """The sources in their order."""
    yield from _children(root, "Sources")


def guid(node: etree._Element) -> str:
    return plain_guid(node.get("guid"))


def target(node: etree._Element) -> str:
    return plain_guid(node.get("targetGUID"))


def plain_guid(text: str | None) -> str:
    return _PLAIN_GUID.sub("", (text or "").lower())


def description(node: etree._Element) -> str:
    return "\n".join((one.text or "").strip() for one in _named(node, "Description")).strip()


def references(node: etree._Element, name: str) -> list[str]:
    """The GUIDs that the node's own references of this name point to."""
    return [target(one) for one in _named(node, name)]


def _named(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    return (node for node in parent if local(node) == name)


def named(parent: etree._Element, name: str) -> list[etree._Element]:
    """The children with this tag, whatever its namespace."""
    return list(_named(parent, name))


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The element children of the children of this name."""
    return (node for box in _named(parent, name) for node in box if local(node))


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())


def _colour(text: str | None) -> str | None:
    match = re.fullmatch(r"#?([0-9A-Fa-f]{6})", text or "")
    if match is None:
        return None
    red, green, blue = bytes.fromhex(match[1])
    return nearest_colour(red, green, blue)
