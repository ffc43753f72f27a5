"""Bookmarks as Firefox and Chromium keep or export them in JSON; folders become collections."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.listing import record_of
from desktop.importing.records.record import Record, RecordPart, as_json, guarded

EXTRACTOR = "browser-bookmarks/1"
_DEEPEST = 50


class _Place(NamedTuple):
    node: dict[str, Any]
    folder: str


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each web page; scripts, local files and queries are no pages."""
    value = json.loads(text)
    chromium = isinstance(value.get("roots"), dict)
    roots = value["roots"].values() if chromium else value.get("children", [])
    places = [place for root in roots for place in _places(root, "", 0)]
    yield from guarded(places, _chromium if chromium else _firefox, material.name)


def _places(node: Any, folder: str, depth: int) -> Iterator[_Place]:
    """The bookmarks in a folder; the browser's own roots are no folders of the person's."""
    if not isinstance(node, dict) or depth > _DEEPEST:
        return
    if values.address(node.get("url") or node.get("uri")):
        yield _Place(node, folder)
    name = values.words(node.get("name") or node.get("title")).replace("/", "∕")
    inside = values.path(f"{folder}/{name}") if depth else folder
    for child in node.get("children") or ():
        yield from _places(child, inside, depth + 1)


def _chromium(place: _Place) -> Record:
    node = place.node
    roles = {"title": node.get("name"), "url": node.get("url"), "folder": place.folder}
    record = record_of([roles], as_json(node))
    record.captured_at = values.windows_moment(node.get("date_added"))
    return record


def _firefox(place: _Place) -> Record:
    node = place.node
    roles = {
        "title": node.get("title"),
        "url": node.get("uri"),
        "folder": place.folder,
        "tags": node.get("tags"),
        "saved": node.get("dateAdded"),
        "description": _description(node),
    }
    return record_of([roles], as_json(node))


def _description(node: dict[str, Any]) -> str:
    notes = (one for one in node.get("annos") or () if isinstance(one, dict))
    found = (one.get("value") for one in notes if one.get("name") == "bookmarkProperties/description")
    return values.paragraphs(next(found, ""))
