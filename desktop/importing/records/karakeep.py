"""Karakeep's (formerly Hoarder's) export: links and texts with tags, lists, notes and highlights."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from desktop.core.extraction import FoundMark
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.listing import record_of
from desktop.importing.records.record import Passage, Record, RecordPart, as_json, guarded, highlight

EXTRACTOR = "karakeep/1"
_DEEPEST = 20


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each bookmark."""
    value = json.loads(text)
    lists = {values.words(one.get("id")): one for one in value.get("lists") or () if isinstance(one, dict)}
    yield from guarded(value["bookmarks"], lambda item: _record(item, lists), material.name)


def _record(item: dict[str, Any], lists: Mapping[str, dict[str, Any]]) -> Record:
    content = item.get("content") or {}
    roles = {
        "title": item.get("title") or content.get("title"),
        "url": content.get("url") or content.get("sourceUrl"),
        "author": content.get("author"),
        "publisher": content.get("publisher"),
        "published": content.get("datePublished"),
        "description": content.get("text") or content.get("description") or item.get("summary"),
        "html": content.get("htmlContent"),
        "tags": item.get("tags"),
        "note": item.get("note"),
        "saved": item.get("createdAt"),
        "folder": [_path(values.words(key), lists) for key in item.get("lists") or ()],
    }
    record = record_of([roles], as_json(item))
    record.passages += [
        Passage(_mark(one))
        for one in item.get("highlights") or ()
        if isinstance(one, dict) and one.get("text")
    ]
    return record


def _mark(one: dict[str, Any]) -> FoundMark:
    return highlight(
        values.paragraphs(one.get("text")),
        values.paragraphs(one.get("note")),
        colour=values.colour(one.get("color")),
        created_at=values.moment(one.get("createdAt")),
    )


def _path(key: str, lists: Mapping[str, dict[str, Any]]) -> str:
    """A list's name after those of the lists it lies in."""
    names: list[str] = []
    while key in lists and len(names) < _DEEPEST:
        names.insert(0, values.words(lists[key].get("name")).replace("/", "∕"))
        key = values.words(lists[key].get("parentId"))
    return "/".join(names)
