"""Comments of a Word document with their replies."""

from lxml import etree

from desktop.core.extraction import FoundMark
from desktop.core.times import utc
from desktop.importing.office.remarks import comment
from desktop.importing.office.word.package import W14, Package, W, value
from desktop.importing.xml import local

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


def read_comments(package: Package) -> dict[str, FoundMark]:
    """By their identifiers; a reply stands in the note of the comment that it answers."""
    root = package.related("comments")
    if root is None:
        return {}
    nodes = list(root.iterfind(f"{W}comment"))
    moments = _exact_moments(package)
    parents = _parents(package, nodes)
    found: dict[str, FoundMark] = {}
    answers: dict[str, list[str]] = {}
    for node in nodes:
        key, words = value(node, "id"), _words(node)
        if parent := parents.get(key):
            answers.setdefault(parent, []).append(f"{value(node, 'author') or '—'}: {words}")
        else:
            moment = moments.get(_paragraph_of(node)) or value(node, "date")
            found[key] = comment(words, value(node, "author"), utc(moment))
    return {key: _answered(mark, answers.get(key, [])) for key, mark in found.items()}


def _answered(mark: FoundMark, answers: list[str]) -> FoundMark:
    note = "\n\n".join([mark.note, *answers])
    return comment(note, mark.creator, mark.created_at)


def _words(node: etree._Element) -> str:
    lines = ("".join(_pieces(paragraph)).strip() for paragraph in node.iter(f"{W}p"))
    return "\n".join(line for line in lines if line)


def _pieces(paragraph: etree._Element) -> list[str]:
    kinds = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "‑"}
    return [kinds[node.tag] or node.text or "" for node in paragraph.iter(*kinds)]


def _paragraph_of(node: etree._Element) -> str:
    """By the identifier of its last paragraph a comment is named in the parts that tell more of it."""
    paragraphs = node.findall(f"{W}p")
    return (paragraphs[-1].get(f"{W14}paraId") or "") if paragraphs else ""


def _parents(package: Package, nodes: list[etree._Element]) -> dict[str, str]:
    """Which comment each reply answers; Word's threads are one level deep."""
    root = package.related("commentsExtended")
    if root is None:
        return {}
    named = {_paragraph_of(node): value(node, "id") for node in nodes}
    above = {
        node.get(f"{_W15}paraId") or "": node.get(f"{_W15}paraIdParent") or ""
        for node in root
        if local(node) == "commentEx"
    }
    found = {}
    for paragraph, key in named.items():
        parent = above.get(paragraph, "")
        parent = above.get(parent) or parent
        if paragraph and parent in named and named[parent] != key:
            found[key] = named[parent]
    return {key: parent for key, parent in found.items() if parent not in found}


def _exact_moments(package: Package) -> dict[str, str]:
    """When each comment was made, in UTC, by its paragraph; ``w:date`` is local time that calls itself Z."""
    ids, dates = package.related("commentsIds"), package.related("commentsExtensible")
    if ids is None or dates is None:
        return {}
    moments = {_any(node, "durableId"): _any(node, "dateUtc") for node in dates}
    return {_any(node, "paraId"): moments.get(_any(node, "durableId"), "") for node in ids}


def _any(node: etree._Element, name: str) -> str:
    return next((str(text) for key, text in node.attrib.items() if str(key).rpartition("}")[2] == name), "")
