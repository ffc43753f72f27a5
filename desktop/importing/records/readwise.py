"""Readwise's and Reader's JSON, as their programming interfaces and the exports made of them give it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop.core.extraction import FoundMark
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.listing import record_of
from desktop.importing.records.record import Passage, Record, RecordPart, as_json, guarded, highlight

EXTRACTOR = "readwise/1"
Item = dict[str, Any]


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each book or document; Reader's highlights are items of their own below one."""
    value = json.loads(text)
    items = value["results"] if isinstance(value, dict) else value
    known = {key for item in items if isinstance(item, dict) and (key := values.words(item.get("id")))}
    below: dict[str, list[Item]] = {}
    tops: list[Any] = []
    for item in items:
        parent = values.words(item.get("parent_id")) if isinstance(item, dict) else ""
        (below.setdefault(parent, []) if parent in known else tops).append(item)
    yield from guarded(tops, lambda item: _record(item, below), material.name)


def _record(item: Item, below: Mapping[str, Sequence[Item]]) -> Record:
    marks = below.get(values.words(item.get("id")), ())
    roles = {
        "title": item.get("readable_title") or item.get("title"),
        "url": item.get("source_url") or item.get("unique_url") or item.get("url"),
        "author": item.get("author"),
        "publisher": item.get("site_name"),
        "published": item.get("published_date"),
        "description": item.get("summary"),
        "html": item.get("html_content") or item.get("html"),
        "tags": _tags(item.get("tags")) + _tags(item.get("book_tags")),
        "note": item.get("notes") or item.get("document_note"),
        "saved": item.get("saved_at") or item.get("created_at"),
        "asin": item.get("asin"),
        "identifier": _book(item),
    }
    record = record_of([roles], as_json([item, *marks] if marks else item))
    for one in item.get("highlights") or ():
        record.passages.append(Passage(_mark(one, one.get("text"), one.get("note")), _place(one)))
    for one in marks:
        notes = [
            values.paragraphs(note.get("content")) for note in below.get(values.words(one.get("id")), ())
        ]
        note = "\n\n".join(text for text in (values.paragraphs(one.get("notes")), *notes) if text)
        record.passages.append(Passage(_mark(one, one.get("content"), note)))
    return record


def _tags(value: Any) -> list[str]:
    """Tags are objects in a list, or keyed by name."""
    if isinstance(value, dict):
        value = [one if isinstance(one, dict) else name for name, one in value.items()]
    return list(values.split_tags(value)) if isinstance(value, list) else []


def _book(item: Item) -> str | None:
    """A name for what has no address, so that a list that has grown adds to the same article."""
    title = values.words(item.get("readable_title") or item.get("title"))
    return (
        f"urn:x-pressmark:readwise:{values.slug(title, values.words(item.get('author')))}" if title else None
    )


def _mark(one: Item, words: Any, note: Any) -> FoundMark:
    return highlight(
        values.paragraphs(words),
        values.paragraphs(note),
        colour=values.colour(one.get("color")),
        tags=tuple(_tags(one.get("tags"))),
        created_at=values.moment(one.get("highlighted_at") or one.get("created_at")),
    )


def _place(one: Item) -> str:
    kind, place = values.words(one.get("location_type")).lower(), values.words(one.get("location"))
    return f"{kind.capitalize()} {place}" if place and kind in ("page", "location") else ""
