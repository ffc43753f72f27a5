"""Reading lists in JSON whose entries are flat objects: Omnivore, wallabag, Pocket, Pinboard and others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.core.errors import ImportFailed
from desktop.importing.decoding import decoded_text
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.json_shapes import list_of
from desktop.importing.records.listing import account, record_of
from desktop.importing.records.recognise import json_value
from desktop.importing.records.record import (
    Attached,
    Passage,
    Record,
    RecordPart,
    as_json,
    guarded,
    highlight,
    remark,
)

EXTRACTOR = "reading-list/1"
Entry = dict[str, Any]
_READABILITY = "readability"

# Key and role (see ``listing``), for each list of ``json_shapes.LISTS``.
_ROLES: Mapping[str, Mapping[str, str]] = {
    "omnivore": {
        "title": "title", "url": "url", "author": "author", "description": "description", "labels": "tags",
        "savedAt": "saved", "publishedAt": "published", "siteName": "publisher", "content": "html",
        "note": "note",
    },
    "wallabag": {
        "title": "title", "url": "url", "tags": "tags", "created_at": "saved", "published_at": "published",
        "published_by": "author", "content": "html", "language": "language", "domain_name": "publisher",
    },
    "wallabag 1": {"title": "title", "url": "url", "content": "html", "tags": "tags"},
    "pocket": {"title": "title", "url": "url", "tags": "tags", "time_added": "saved"},
    "pinboard": {"href": "url", "description": "title", "extended": "note", "tags": "tags", "time": "saved"},
    "delicious": {"url": "url", "title": "title", "description": "note", "tags": "tags", "created": "saved"},
    "elcurator": {
        "url": "url", "title": "title", "description": "description", "tags": "tags", "created_at": "saved",
    },
    _READABILITY: {
        "article__url": "url", "article__title": "title", "article__excerpt": "description",
        "date_added": "saved", "tags": "tags",
    },
}  # fmt: skip


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each entry of the list."""
    value = json_value(text)
    items = value["bookmarks"] if isinstance(value, dict) else value
    program = _READABILITY if isinstance(value, dict) else list_of(items[:20])
    if program is None:
        raise ImportFailed(material.name, "unknown_format")
    yield from guarded(items, lambda item: _record(item, program, material), material.name)


def _record(item: Any, program: str, material: Material) -> Record:
    roles = {role: item.get(key) for key, role in _ROLES[program].items()}
    if program == "pinboard":
        roles["tags"] = values.words(roles["tags"]).split()
    record = record_of([roles], as_json(item), ".json")
    record.passages += [Passage(mark) for mark in _marks(item)]
    if program == "omnivore":
        _add_files(record, item, material)
    return record


def _marks(item: Entry) -> Iterator[Any]:
    """Wallabag's annotations and Pocket's highlights."""
    for one in _objects(item.get("annotations")):
        yield highlight(
            values.paragraphs(one.get("quote")),
            values.paragraphs(one.get("text")),
            creator=account(one.get("user")),
            created_at=values.moment(one.get("created_at") or one.get("updated_at")),
        )
    for one in _objects(item.get("highlights")):
        yield highlight(
            values.paragraphs(one.get("quote") or one.get("text")),
            values.paragraphs(one.get("annotation") or one.get("note") or one.get("comment")),
            created_at=values.moment(one.get("created_at") or one.get("createdAt")),
            tags=values.split_tags(one.get("labels") or []),
            colour=values.colour(one.get("color")),
        )


def _objects(value: Any) -> list[Entry]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _add_files(record: Record, item: Entry, material: Material) -> None:
    """Omnivore keeps an article's page and its highlights in files named by its slug."""
    slug = values.words(item.get("slug"))
    if not slug or "/" in slug:
        return
    page = f"content/{slug}.html"
    if not record.html and material.beside(page):
        record.files.append(Attached(page, media_type="text/html"))
    if marks := material.beside(f"highlights/{slug}.md"):
        found, notes = _highlights(_text(marks, material, f"{slug}.md"))
        record.passages += found
        record.notes += [remark(note) for note in notes]
        record.data += b"\n" + marks  # what was marked since makes it another record


def _text(data: bytes, material: Material, name: str) -> str:
    return decoded_text(replace(material, data=data, name=name, charset=None)).text


def _highlights(text: str) -> tuple[list[Passage], Sequence[str]]:
    """Quotations are what was marked; what follows one is its note, what comes before all the article's."""
    passages: list[Passage] = []
    notes: list[str] = []
    for part in _parts(text):
        if part.startswith(">"):
            quoted = "\n".join(line.lstrip("> ").rstrip() for line in part.splitlines())
            words, _, tail = quoted.rpartition(" #")
            tags = tail.split(" #") if words and all(" " not in tag for tag in tail.split(" #")) else []
            passages.append(Passage(highlight(words if tags else quoted, tags=values.paths(tags))))
        elif passages:
            mark = passages[-1].mark
            passages[-1] = Passage(replace(mark, note=f"{mark.note}\n\n{part}".strip()))
        elif not part.startswith("#"):
            notes.append(part)
    return passages, notes


def _parts(text: str) -> Iterator[str]:
    """Paragraphs; a quotation ends where its lines end."""
    part: list[str] = []
    for line in [*text.splitlines(), ""]:
        ends = not line.strip() or (part and part[0].startswith(">") != line.startswith(">"))
        if ends and part:
            yield "\n".join(part).strip()
            part = []
        if line.strip():
            part.append(line)
