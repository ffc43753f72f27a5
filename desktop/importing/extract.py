"""From bytes to an ``Extraction``: what runs inside the child process."""

import json
import logging
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from desktop.core.document import Document, Metadata
from desktop.core.errors import ImportFailed
from desktop.core.extraction import Extraction
from desktop.importing.dates import parse_date
from desktop.importing.detect import MEDIA_TYPES, Format, detect
from desktop.importing.encoding import Decoded, declared_in_markup, decode
from desktop.importing.language import UNKNOWN, detect_language
from desktop.importing.originals import pack
from desktop.importing.reading import Reading
from desktop.importing.sources import Form, Source, read_source

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs every odd page; ours are odd

_SURE, _HARDLY = 800, 300
_EXPECTED = ("ru", "uk", "en", "ja")
_DOUBTED = "The characters were decoded as {encoding} by a guess; if the text looks wrong, save it as UTF-8."
_REPLACED = "{count} characters could not be read and are shown as \N{REPLACEMENT CHARACTER}."


def extract_source(source: Source, *, plain: bool = False) -> Extraction:
    """Read and take apart one source.

    Args:
        plain: All the words of a page instead of the article in it, where finding that failed.

    Raises:
        ImportFailed: With a reason of ``core.sentences.IMPORT_REASONS``.
    """
    data = read_source(source)
    if source.form is Form.RECORD:
        return extract_record(data, source.name)
    if source.form is Form.CLIP:
        from desktop.importing.clipboard import extract_clip

        return extract_clip(data)
    return extract_bytes(data, source.name, plain=plain)


def extract_bytes(data: bytes, name: str, address: str | None = None, *, plain: bool = False) -> Extraction:
    """Take apart the bytes of a file.

    Args:
        name: Path or file name, for the title of last resort and the kept original.
        address: Where a page came from, if known.
    """
    kind = detect(data, name)
    decoded = decode(data, declared_in_markup(data) if kind is Format.HTML else None)
    reading = _read(kind, decoded.text, name, address, plain)
    document = _document(reading, name)
    original = pack(data, MEDIA_TYPES[kind], PurePath(name).name)
    warnings = reading.warnings + _decoding_warnings(decoded)
    return Extraction(document, original, reading.extractor, decoded.encoding, warnings)


def _read(kind: Format, text: str, name: str, address: str | None, plain: bool) -> Reading:
    # Imported where needed: a child that reads text files does not load an HTML parser.
    if kind is Format.HTML:
        from desktop.importing.html.page import read_html

        return read_html(text, name, address, whole=plain)
    if kind is Format.MARKDOWN:
        from desktop.importing.markdown import read_markdown

        return read_markdown(text, name)
    from desktop.importing.text import read_text

    return read_text(text, name)


def _document(reading: Reading, name: str) -> Document:
    """The document with its language settled.

    Raises:
        ImportFailed: ``no_text``.
    """
    document = Document.build(reading.blocks, reading.metadata)
    if not document.text.strip():
        raise ImportFailed(name, "no_text")
    return replace(document, metadata=_with_language(document.metadata, document.text))


def _with_language(metadata: Metadata, text: str) -> Metadata:
    """What the letters say counts for more than a page's template, unless they say little."""
    found, confidence = detect_language(text)
    declared = metadata.language
    doubtful = confidence < (_SURE if declared else _HARDLY) and found not in (declared, *_EXPECTED)
    if (found, confidence) == UNKNOWN or doubtful or (declared and declared != found and confidence < _SURE):
        return replace(metadata, language=declared, language_confidence=500 if declared else 0)
    return replace(metadata, language=found, language_confidence=confidence)


def _decoding_warnings(decoded: Decoded) -> tuple[str, ...]:
    warnings = []
    if decoded.replaced:
        warnings.append(_REPLACED.format(count=decoded.replaced))
    if decoded.confidence < 100:
        warnings.append(_DOUBTED.format(encoding=decoded.encoding))
    return tuple(warnings)


def extract_record(data: bytes, name: str) -> Extraction:
    """Take apart one line of a ``.jsonl`` file: ``{id, title, text, url, date, language}``.

    Raises:
        ImportFailed: ``malformed``: no JSON object; ``no_text``: it has no text.
    """
    try:
        record = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ImportFailed(name, "malformed", str(error)) from error
    if not isinstance(record, dict):
        raise ImportFailed(name, "malformed", f"a JSON {type(record).__name__}, not an object")
    from desktop.importing.text import read_text

    record = {key: _whole(value) for key, value in record.items()}
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ImportFailed(name, "no_text")
    title = _field(record, "title")
    reading = read_text(f"{title}\n\n{text}" if title else text, name)
    blocks = [block for index, block in enumerate(reading.blocks) if index or block.text != title]
    metadata = _record_metadata(record, reading.metadata)
    kept = tuple(warning for warning in reading.warnings if not title)
    document = _document(Reading(blocks, metadata, "jsonl/1"), name)
    return Extraction(document, pack(data, "application/json", _record_name(name)), "jsonl/1", "utf-8", kept)


def _record_metadata(record: dict[str, Any], found: Metadata) -> Metadata:
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


def _record_name(name: str) -> str:
    return f"{PurePath(name).name}.json".replace(":", "-")


def _field(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    return " ".join(str(value).split()) or None if isinstance(value, str | int | float) else None
