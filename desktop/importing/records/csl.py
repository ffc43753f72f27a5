"""CSL-JSON, the exchange format of citation processors (https://docs.citationstyles.org/)."""

from collections.abc import Iterator
from typing import Any

from desktop.importing.material import Material
from desktop.importing.records import values
from desktop.importing.records.citation import Citation, parts_date
from desktop.importing.records.recognise import json_value
from desktop.importing.records.record import Record, RecordPart, as_json, guarded

EXTRACTOR = "csl-json/1"
_LABELS = {
    "volume": "Volume", "issue": "Issue", "page": "Pages", "edition": "Edition", "publisher-place": "Place",
    "ISSN": "ISSN", "collection-title": "Series", "event-title": "Event", "event": "Event",
    "genre": "Genre", "number": "Number", "medium": "Medium", "version": "Version", "archive": "Archive",
    "source": "Source", "call-number": "Call number", "PMID": "PMID", "PMCID": "PMCID",
    "section": "Section", "status": "Status", "chapter-number": "Chapter",
    "number-of-pages": "Number of pages", "number-of-volumes": "Number of volumes",
    "title-short": "Short title", "shortTitle": "Short title", "original-title": "Original title",
    "reviewed-title": "Reviewed title", "jurisdiction": "Jurisdiction", "authority": "Authority",
    "scale": "Scale", "dimensions": "Dimensions", "references": "References",
    "citation-key": "Citation key", "container-title-short": "Abbreviated container",
    "journalAbbreviation": "Abbreviated container", "archive_location": "Archive location",
    "annote": "Annotation",
}  # fmt: skip
_PEOPLE = {
    "translator": "Translators", "director": "Directors", "interviewer": "Interviewers",
    "recipient": "Recipients", "container-author": "Authors of the whole",
    "collection-editor": "Series editors", "composer": "Composers", "illustrator": "Illustrators",
    "reviewed-author": "Reviewed authors", "original-author": "Original authors",
}  # fmt: skip
_DATES = {
    "accessed": "Accessed",
    "event-date": "Event date",
    "original-date": "Original date",
    "submitted": "Submitted",
}


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each item."""
    value = json_value(text)
    if isinstance(value, dict):
        items = value.get("items")
        named = list(value.values()) if isinstance(value.get("type"), dict | None) else [value]
        value = items if isinstance(items, list) else named
    yield from guarded(value, _record, material.name)


def _record(item: dict[str, Any]) -> Record:
    citation = Citation(
        kind=values.words(item.get("type")).replace("-", " ").replace("_", " ").capitalize(),
        title=values.words(item.get("title")),
        authors=people(item.get("author")),
        editors=people(item.get("editor")),
        container=values.words(_one(item.get("container-title"))),
        publisher=values.words(item.get("publisher")),
        date=date_of(item.get("issued")),
        language=values.words(item.get("language")),
        url=values.words(item.get("URL")),
        doi=values.words(item.get("DOI")),
        isbn=values.words(_one(item.get("ISBN"))),
        abstract=values.paragraphs(item.get("abstract")),
        keywords=list(_keywords(item)),
        notes=[note] if (note := values.paragraphs(item.get("note"))) else [],
    )
    citation.facts = [(label, values.words(_one(item.get(key)))) for key, label in _LABELS.items()]
    citation.facts += [(label, ", ".join(people(item.get(key)))) for key, label in _PEOPLE.items()]
    citation.facts += [(label, date_of(item.get(key))) for key, label in _DATES.items()]
    return citation.record(as_json(item), ".json")


def _one(value: Any) -> Any:
    """CrossRef gives lists where the standard has one value."""
    return value[0] if isinstance(value, list) and value else value


def _keywords(item: dict[str, Any]) -> tuple[str, ...]:
    return values.split_tags(item.get("keyword") or "", ",;") + values.split_tags(
        item.get("categories") or []
    )


def people(value: Any) -> list[str]:
    """Names by parts, or whole."""
    found = (_name(one) for one in value if isinstance(one, dict)) if isinstance(value, list) else ()
    return [name for name in found if name]


def _name(one: dict[str, Any]) -> str:
    if literal := values.words(one.get("literal") or one.get("name")):
        return literal
    family = " ".join(
        part
        for key in ("dropping-particle", "non-dropping-particle", "family")
        if (part := values.words(one.get(key)))
    )
    name = values.spoken(values.words(one.get("given")), family)
    suffix = values.words(one.get("suffix"))
    return f"{name} {suffix}" if suffix else name


def date_of(value: Any) -> str:
    """A date variable: by parts, or as somebody wrote it."""
    if not isinstance(value, dict):
        return values.words(value)
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return parts_date(parts[0])
    return values.words(
        value.get("raw") or value.get("literal") or value.get("circa") or value.get("date-time")
    )
