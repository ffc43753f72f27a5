"""Zotero's items in JSON: of its own interface, of Better BibTeX, and of its translators."""

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.recognise import json_value
from desktop.importing.records.record import Attached, Record, RecordPart, as_json, guarded, words_of
from desktop.importing.records.zotero_items import Item, add_marks, citation_of

EXTRACTOR = "zotero-json/1"
_PARTS = ("attachment", "note", "annotation")
_DEEPEST = 30


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each item; notes, attachments and annotations belong to the item they hang on."""
    value = json_value(text)
    items = [_flat(item) for item in _items(value)]
    known = {key for item in items if (key := values.words(item.get("key")))}
    below: dict[str, list[Item]] = {}
    tops: list[Item] = []
    for item in items:
        parent = values.words(item.get("parentItem"))
        (below.setdefault(parent, []) if parent in known else tops).append(item)
    folders = _folders(value.get("collections") if isinstance(value, dict) else None)
    yield from guarded(tops, lambda item: _record(item, below, folders), material.name)


def _items(value: Any) -> Iterator[Item]:
    if isinstance(value, dict):
        if isinstance(value.get("items"), list):
            value = value["items"]
        else:
            value = [value] if "itemType" in value or "data" in value else list(value.values())
    yield from (item for item in value if isinstance(item, dict))


def _flat(item: Item) -> Item:
    """The interface wraps an item's fields in ``data``."""
    data = item.get("data")
    return {"key": item.get("key"), **data} if isinstance(data, dict) and "itemType" in data else item


def _record(item: Item, below: Mapping[str, list[Item]], folders: Mapping[str, list[str]]) -> Record:
    citation = citation_of(item)
    children = below.get(values.words(item.get("key")), [])
    if item.get("itemType") in _PARTS:  # one that hangs on nothing
        _add(citation, item, below)
        citation.title = citation.title or _first_words(item)
    for child in children:
        _add(citation, child, below)
    for key in ("attachments", "notes"):
        for one in item.get(key) or ():
            _add(citation, one if isinstance(one, dict) else {"note": one}, below)
    keys = [item.get("key"), item.get("itemKey"), item.get("itemID"), *(item.get("collections") or ())]
    citation.collections = [path for key in keys if key is not None for path in folders.get(str(key), ())]
    return citation.record(as_json([item, *children] if children else item), ".json")


def _first_words(item: Item) -> str:
    return values.words(words_of(values.paragraphs(item.get("note"))).partition("\n")[0])[:120]


def _add(citation: Any, part: Item, below: Mapping[str, list[Item]]) -> None:
    """A note, an attached file with what was marked in it, or an annotation."""
    if note := values.paragraphs(part.get("note")):
        citation.notes.append(note)
    if part.get("itemType") == "annotation" or part.get("annotationType"):
        add_marks(citation, [part])
        return
    path = values.words(part.get("localPath") or part.get("path"))
    if path:
        media = values.words(part.get("contentType") or part.get("mimeType")) or None
        citation.files.append(Attached(path, values.words(part.get("title")), media))
    elif (url := values.words(part.get("url"))) and part.get("itemType") == "attachment":
        citation.facts.append((values.words(part.get("title")) or "Link", url))
    add_marks(citation, part.get("annotations"))
    children = below.get(values.words(part.get("key")), [])
    add_marks(citation, [child for child in children if child.get("itemType") == "annotation"])
    for child in children:
        if child.get("itemType") != "annotation":
            _add(citation, child, {})


def _folders(value: Any) -> dict[str, list[str]]:
    """The paths of the collections: of each by its own key, and of each item that one names."""
    found = (
        {str(key): one for key, one in value.items() if isinstance(one, dict)}
        if isinstance(value, dict)
        else {}
    )
    if isinstance(value, list):
        found = {
            str(one.get("key", number)): one for number, one in enumerate(value) if isinstance(one, dict)
        }
    paths: dict[str, list[str]] = {}
    for key, one in found.items():
        path = _path(key, found)
        paths.setdefault(key, []).append(path)
        held = one.get("items")
        for item in held if isinstance(held, list) else ():
            paths.setdefault(str(item), []).append(path)
    return paths


def _path(key: str, found: Mapping[str, Item]) -> str:
    names: list[str] = []
    while key in found and len(names) < _DEEPEST:
        names.insert(0, values.words(found[key].get("name")).replace("/", "∕"))
        key = str(found[key].get("parent") or found[key].get("parentCollection") or "")
    return "/".join(names)
