"""Bookmarks as a page: the Netscape form of browsers and most services, Pocket's and Instapaper's."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import lxml.html
from lxml import etree

from desktop.core.errors import ImportFailed
from desktop.importing.html.parsing import parse_html
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.listing import record_of
from desktop.importing.records.record import Record, RecordPart, guarded

EXTRACTOR = "bookmarks/1"
_STATES = {"unread", "read archive", "archive", "starred", "liked"}
_DEEPEST = 60
_ROOTS = ("personal_toolbar_folder", "unfiled_bookmarks_folder")


class _Link(NamedTuple):
    node: lxml.html.HtmlElement
    folder: str
    description: str


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each web page.

    Raises:
        ImportFailed: ``no_text``: there is no link in it.
    """
    tree = parse_html(text)
    links = list(_netscape(tree)) if tree.find(".//dl") is not None else list(_listed(tree))
    if not links:
        raise ImportFailed(material.name, "no_text", "no bookmark in it")
    yield from guarded(links, _record, material.name)


def _netscape(tree: lxml.html.HtmlElement) -> Iterator[_Link]:
    """The definition lists of the form, whose items are not closed: so headings tell the folders.

    A folder is a heading followed by a list; the list's depth says where the folder ends.
    """
    folders: list[str] = []
    waiting = ""
    for event, node in etree.iterwalk(tree, events=("start", "end"), tag=("dl", "h3", "a")):
        if node.tag == "dl":
            if event == "start":
                folders.append(waiting)
                waiting = ""
            elif folders:
                folders.pop()
        elif event == "start" and node.tag == "h3":
            own = not any(node.get(root) for root in _ROOTS)
            waiting = " ".join(node.text_content().split()).replace("/", "∕") if own else ""
        elif event == "start" and values.address(node.get("href")):
            path = "/".join(name for name in folders[:_DEEPEST] if name)
            yield _Link(node, path, _description(node))


def _description(node: lxml.html.HtmlElement) -> str:
    """The ``DD`` that follows the item, wherever the parser has put it."""
    item = next((one for one in node.iterancestors() if one.tag == "dt"), node)
    following = item.getnext()
    if following is None or following.tag != "dd":
        return ""
    parts = [following.text or ""]
    for child in following:
        if child.tag in ("dl", "dt", "h3"):
            break
        parts += [child.text_content() if isinstance(child.tag, str) else "", child.tail or ""]
    return "".join(parts).strip()


def _listed(tree: lxml.html.HtmlElement) -> Iterator[_Link]:
    """Lists under headings; a heading is a folder unless it says whether the page was read."""
    folder = ""
    for node in tree.iter("h1", "h2", "h3", "a"):
        if node.tag != "a":
            name = " ".join(node.text_content().split())
            folder = "" if name.lower() in _STATES else name.replace("/", "∕")
        elif values.address(node.get("href")):
            yield _Link(node, folder, "")


def _record(link: _Link) -> Record:
    node = link.node
    roles: dict[str, Any] = {
        "url": node.get("href"),
        "title": node.text_content(),
        "tags": node.get("tags"),
        "saved": node.get("add_date") or node.get("time_added"),
        "folder": link.folder,
        "note": link.description,
    }
    markup = lxml.html.tostring(node, encoding="unicode", with_tail=False)
    data = f"{link.folder}\n{markup}\n{link.description}\n"
    return record_of([roles], data.encode("utf-8", "replace"), ".html")
