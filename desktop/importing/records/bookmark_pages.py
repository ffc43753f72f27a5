"""Bookmarks as a page: the Netscape form of browsers and most services, Pocket's and Instapaper's.

Their items are not closed, so that a tree of ten thousand of them would be ten thousand levels deep.
So the tags are taken as they come.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from desktop.core.errors import ImportFailed
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.listing import record_of
from desktop.importing.records.record import Record, RecordPart, guarded

EXTRACTOR = "bookmarks/1"
_STATES = {"unread", "read archive", "archive", "starred", "liked"}
_DEEPEST = 60
_ROOTS = ("personal_toolbar_folder", "unfiled_bookmarks_folder")
_HEADINGS = ("h1", "h2", "h3")


@dataclass(slots=True)
class _Link:
    attributes: dict[str, str]
    folder: str
    title: str = ""
    description: str = ""


@dataclass(slots=True)
class _Folders:
    """Where in the folders we are: a folder is a heading, followed by the list of what is in it."""

    names: list[str] = field(default_factory=list)
    heading: str = ""
    is_title: bool = False

    def enter(self) -> None:
        """A list begins; the heading of the whole page is no folder."""
        self.names.append("" if self.is_title else self.heading)
        self.heading = ""

    def path(self) -> str:
        if self.names:
            return "/".join(name for name in self.names[:_DEEPEST] if name)
        return "" if self.heading.lower() in _STATES else self.heading


class _Page(HTMLParser):
    """Collects the links of a page, each with its folder and the words that describe it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[_Link] = []
        self._folders = _Folders()
        self._words: list[str] = []
        self._inside = ""
        self._own = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("dl", "dt", "dd", "li", "a", *_HEADINGS):
            self._finish()
        attributes = {name: value or "" for name, value in attrs}
        if tag == "dl":
            self._folders.enter()
        elif tag in _HEADINGS:
            self._inside = tag
            self._own = not any(name in attributes for name in _ROOTS)
        elif tag == "a":
            self._inside = "a"
            self.links.append(_Link(attributes, self._folders.path()))
        elif tag == "dd":
            self._inside = "dd"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside or tag in ("dl", "ul", "ol"):
            self._finish()
        if tag == "dl" and self._folders.names:
            self._folders.names.pop()
            self._folders.heading = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._finish()

    def _finish(self) -> None:
        """The words of what was open are whole."""
        words, inside = "".join(self._words).strip(), self._inside
        self._words, self._inside = [], ""
        if inside in _HEADINGS:
            self._folders.heading = " ".join(words.split()).replace("/", "∕") if self._own else ""
            self._folders.is_title = inside == "h1"
        elif inside == "a":
            self.links[-1].title = words
        elif inside == "dd" and self.links:
            self.links[-1].description = words


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each web page.

    Raises:
        ImportFailed: ``no_text``: there is no link in it.
    """
    page = _Page()
    page.feed(text)
    page.close()
    links = [link for link in page.links if values.address(link.attributes.get("href"))]
    if not links:
        raise ImportFailed(material.name, "no_text", "no bookmark in it")
    yield from guarded(links, _record, material.name)


def _record(link: _Link) -> Record:
    known = link.attributes
    roles = {
        "url": known["href"],
        "title": link.title,
        "tags": known.get("tags"),
        "saved": known.get("add_date") or known.get("time_added"),
        "folder": link.folder,
        "note": link.description,
    }
    pairs = "".join(f' {name}="{escape(value)}"' for name, value in known.items() if name != "icon")
    data = f"<!-- {escape(link.folder)} -->\n<a{pairs}>{escape(link.title)}</a>\n{escape(link.description)}\n"
    return record_of([roles], data.encode("utf-8", "replace"), ".html")
