"""calibre's highlights and bookmarks: its viewer's export, and the file it keeps inside a book."""

import base64
import json
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.recognise import json_value
from desktop.importing.records.record import Passage, Record, RecordPart, as_json, guarded, highlight

EXTRACTOR = "calibre/1"
_PACKED = "encoding=json+base64:"
Mark = dict[str, Any]


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each book; a file inside a book names none, and is called by its own name.

    Raises:
        ImportFailed: ``malformed``: it cannot be unpacked.
    """
    try:
        value = _unpacked(text)
    except ValueError as error:
        raise ImportFailed(material.name, "malformed", str(error)) from error
    items = value.get("annotations") if isinstance(value, dict) else value
    books: dict[str, list[Mark]] = {}
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            inner = item.get("annotation")
            mark = {**item, **inner} if isinstance(inner, dict) else item
            books.setdefault(
                f"{mark.get('book_id', '')} {values.words(mark.get('title_of_book'))}", []
            ).append(mark)
    yield from guarded(books.values(), lambda marks: _record(marks, material), material.name)


def _unpacked(text: str) -> Any:
    if not text.startswith(_PACKED):
        return json_value(text)
    packed = "".join(text[len(_PACKED) :].split())
    return json.loads(base64.b64decode(packed, validate=True))


def _record(marks: list[Mark], material: Material) -> Record:
    stem = PurePath(material.name).stem
    number = values.words(marks[0].get("book_id"))
    title = values.words(marks[0].get("book_title")) or (
        f"{stem} (calibre's book {number})" if number else stem
    )
    record = Record(Metadata(title=title), as_json(marks))
    for one in marks:
        words = values.paragraphs(one.get("highlighted_text"))
        if one.get("removed") or one.get("type") == "last-read":
            continue
        if words:
            record.passages.append(_passage(one, words))
        elif name := values.words(one.get("title")):
            record.facts.append(("Bookmark", name))
    return record


def _passage(one: Mark, words: str) -> Passage:
    style = one.get("style")
    titles = one.get("toc_family_titles")
    mark = highlight(
        words,
        values.paragraphs(one.get("notes")),
        created_at=values.moment(one.get("timestamp")),
        colour=values.colour(style.get("which") or style.get("background-color"))
        if isinstance(style, dict)
        else None,
    )
    chapter = " / ".join(values.words(title) for title in titles) if isinstance(titles, list) else ""
    return Passage(mark, chapter=chapter)
