"""Lines of ``.jsonl`` files: ``{id, title, text, url, date, language}`` each."""

import json
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.importing.dates import parse_date
from desktop.importing.material import Material
from desktop.importing.reading import Reading
from desktop.importing.text import read_text

EXTRACTOR = "jsonl/1"


def read(material: Material) -> Reading:
    """Take apart one line.

    Raises:
        ImportFailed: ``malformed``: no JSON object; ``no_text``: it has no text.
    """
    name = material.name
    record = _record(material.data, name)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ImportFailed(name, "no_text")
    title = _field(record, "title")
    reading = read_text(f"{title}\n\n{text}" if title else text, name)
    blocks = [block for index, block in enumerate(reading.blocks) if index or block.text != title]
    metadata = _metadata(record, reading.metadata)
    kept = tuple(warning for warning in reading.warnings if not title)
    return Reading(blocks, metadata, EXTRACTOR, kept, encoding="utf-8")


def _record(data: bytes, name: str) -> dict[str, Any]:
    try:
        record = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ImportFailed(name, "malformed", str(error)) from error
    if not isinstance(record, dict):
        raise ImportFailed(name, "malformed", f"a JSON {type(record).__name__}, not an object")
    return {key: _whole(value) for key, value in record.items()}


def _metadata(record: dict[str, Any], found: Metadata) -> Metadata:
    date = parse_date(_field(record, "date") or "")
    language = (_field(record, "language") or "").split("-")[0].lower() or None
    authors = record.get("byline") or record.get("author")
    names = [authors] if isinstance(authors, str) else authors if isinstance(authors, list) else []
    return replace(
        found,
        title=_field(record, "title") or found.title,
        url=_field(record, "url") or found.url,
        published_at=date or found.published_at,
        date_is_guess=False if date else found.date_is_guess,
        language=language,
        publisher=_field(record, "publisher"),
        byline=tuple(str(name) for name in names) or found.byline,
    )


def _whole(value: Any) -> Any:
    """JSON may name half a surrogate pair, in a text or in a list of names; no text can hold it."""
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if not isinstance(value, str):
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def kept_name(name: str) -> str:
    """``notes.jsonl:12`` as a file name."""
    return f"{PurePath(name).name}.json".replace(":", "-")


def _field(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    return " ".join(str(value).split()) or None if isinstance(value, str | int | float) else None
