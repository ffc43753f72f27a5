"""Annotations of one document as Zotero's reader keeps them, without the document."""

from collections.abc import Iterator
from pathlib import PurePath

from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.citation import Citation
from desktop.importing.records.recognise import json_value
from desktop.importing.records.record import RecordPart
from desktop.importing.records.zotero_items import add_marks

EXTRACTOR = "zotero-annotations/1"


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record, called by the file's name."""
    value = json_value(text)
    annotations = value.get("annotations") if isinstance(value, dict) else value
    citation = Citation(title=values.words(value.get("title")) if isinstance(value, dict) else "")
    citation.title = citation.title or PurePath(material.name).stem
    add_marks(citation, annotations)
    yield citation.record(material.data, ".json")
