"""Hypothesis' annotations as its programming interface gives them, grouped by the page they are on.

https://h.readthedocs.io/en/latest/api-reference/: ``target[].selector[]`` of the Web Annotation model,
``text`` is the note, ``references`` lead from a reply to what it answers.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import FoundMark
from desktop.core.records import AnnotationKind
from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.listing import account
from desktop.importing.records.recognise import json_value
from desktop.importing.records.record import Passage, Record, RecordPart, as_json, guarded
from desktop.importing.records.selectors import quoted

EXTRACTOR = "hypothesis/1"
Row = dict[str, Any]


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each page; replies are told in the note of what they answer.

    Raises:
        ImportFailed: ``no_text``: there is no annotation in it.
    """
    rows = _rows(json_value(text))
    pages: dict[str, list[Row]] = {}
    for row in rows:
        pages.setdefault(values.words(row.get("uri")), []).append(row)
    if not pages:
        raise ImportFailed(material.name, "no_text", "no annotation in it")
    yield from guarded(pages.values(), _record, material.name)


def _rows(value: Any) -> list[Row]:
    if isinstance(value, dict):
        replies = value.get("replies") or []
        value = [*(value.get("rows") or value.get("annotations") or [value]), *replies]
    return [row for row in value if isinstance(row, dict)]


def _record(rows: Sequence[Row]) -> Record:
    record = Record(_metadata(rows), as_json(list(rows)))
    known = {key for row in rows if (key := values.words(row.get("id")))}
    replies = [row for row in rows if _answered(row) in known]
    marks = [(row, _mark(row, replies)) for row in rows if row not in replies]
    placed = [(row, mark) for row, mark in marks if mark.exact.strip()]
    placed.sort(key=lambda one: one[1].near)
    record.passages = [Passage(mark) for _, mark in placed]
    record.notes = [mark for _, mark in marks if not mark.exact.strip()]
    record.captured_at = min(
        (made for row in rows if (made := values.moment(row.get("created")))), default=""
    )
    return record


def _answered(row: Row) -> str:
    """The id of the annotation at the beginning of the thread that a reply belongs to."""
    references = row.get("references")
    return values.words(references[0]) if isinstance(references, list) and references else ""


def _metadata(rows: Sequence[Row]) -> Metadata:
    uri = values.words(rows[0].get("uri"))
    return Metadata(
        title=next((title for row in rows if (title := _title(row))), None) or _name_of(uri),
        url=values.address(uri),
        identifier=values.doi(uri) if uri.startswith("doi:") else _other(uri),
    )


def _title(row: Row) -> str:
    document = row.get("document")
    titles = document.get("title") if isinstance(document, dict) else None
    return values.words(titles[0] if isinstance(titles, list) and titles else titles)


def _other(uri: str) -> str | None:
    """What names a document that has no address: a PDF by its fingerprint, a file by its path."""
    return uri[:500] if uri and not values.address(uri) else None


def _name_of(uri: str) -> str | None:
    """The name of a file on somebody's disk."""
    return unquote(uri.rstrip("/").rpartition("/")[2]) or None if uri.startswith("file:") else None


def _mark(row: Row, replies: Sequence[Row]) -> FoundMark:
    target = next((one for one in row.get("target") or () if isinstance(one, dict)), {})
    found = quoted(target.get("selector"))
    own = values.paragraphs(row.get("text"))
    answers = [_told(reply) for reply in replies if _answered(reply) == values.words(row.get("id"))]
    return FoundMark(
        AnnotationKind.HIGHLIGHT if found.exact.strip() else AnnotationKind.NOTE,
        found.exact,
        near=found.start,
        prefix=found.prefix,
        suffix=found.suffix,
        note="\n\n".join(text for text in (own, *answers) if text),
        tags=values.split_tags(row.get("tags") or []),
        creator=_creator(row),
        created_at=values.moment(row.get("created")),
        colour=values.colour(row.get("color")),
    )


def _creator(row: Row) -> str:
    info = row.get("user_info")
    return (values.words(info.get("display_name")) if isinstance(info, dict) else "") or account(
        row.get("user")
    )


def _told(reply: Row) -> str:
    """``bo, 2026-03-01: I doubt it``."""
    text = values.paragraphs(reply.get("text"))
    who = ", ".join(part for part in (_creator(reply), values.moment(reply.get("created"))[:10]) if part)
    return f"{who}: {text}" if text and who else text
