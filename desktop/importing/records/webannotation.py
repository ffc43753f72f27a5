"""W3C Web Annotations in JSON-LD: one, a list, a page or a collection; no context is ever fetched.

Annotations are grouped by what they are on. Those of Pressmark's own export stand on the article's
canonical text, which that file carries, and come back as they were (``pressmark_export``).
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from desktop.core.document import Metadata
from desktop.core.errors import ImportFailed
from desktop.importing.material import Material
from desktop.importing.records import pressmark_export, values
from desktop.importing.records.annotation_bodies import mark_of, noted
from desktop.importing.records.annotation_rules import fault, has_context, is_iri, listed
from desktop.importing.records.recognise import json_value
from desktop.importing.records.record import Passage, Record, RecordPart, as_json, guarded
from desktop.importing.records.selectors import Quoted, quoted

EXTRACTOR = "webannotation/1"
ELSEWHERE = "The annotations are on other pages of the collection, which are not in this file: {pages}"
_DEEPEST = 20
Node = dict[str, Any]


class Target(NamedTuple):
    """What an annotation is on.

    Attributes:
        source: Its IRI.
        node: The whole target, for what else it says.
    """

    source: str
    node: Node


class On(NamedTuple):
    """One annotation with those of its targets that are on one source."""

    annotation: Node
    targets: list[Target]


def records(text: str, material: Material) -> Iterator[RecordPart]:
    """One record for each resource that is annotated; an annotation that breaks the rules is told.

    Raises:
        ImportFailed: ``malformed``: no JSON; ``not_standard``: the collection itself breaks the rules.
    """
    try:
        value = json_value(text)
    except ValueError as error:
        raise ImportFailed(material.name, "malformed", str(error)) from error
    if pressmark_export.is_export(value):
        yield from pressmark_export.records(value, material)
        return
    sound: list[Node] = []
    refused = 0
    for number, (annotation, within) in enumerate(_annotations(value, material), 1):
        broken = fault(annotation, within=within)
        if broken:
            refused += 1
            name = values.words(annotation.get("id")) or str(number)
            yield ImportFailed(f"{material.name}/{name}", "not_standard", broken)
        else:
            sound.append(annotation)
    yield from guarded(_grouped(sound), _record, material.name)
    if not sound and not refused:
        yield _elsewhere(value, material)


def _annotations(value: Any, material: Material) -> Iterator[tuple[Node, bool]]:
    """Each annotation, and whether it lies in a page."""
    for one in listed(value):
        if not isinstance(one, dict):
            raise ImportFailed(material.name, "not_standard", "an annotation is no object")
        kinds = listed(one.get("type"))
        if "AnnotationCollection" in kinds or "AnnotationPage" in kinds:
            if not has_context(one):
                raise ImportFailed(material.name, "not_standard", "its @context is not that of the standard")
            yield from ((item, True) for item in _items(one, 0))
        else:
            yield one, False


def _items(page: Node, depth: int) -> Iterator[Node]:
    """The items of a page, and of the pages that a collection embeds."""
    if depth > 1000:
        return
    yield from (item for item in listed(page.get("items")) if isinstance(item, dict))
    for key in ("first", "next"):
        if isinstance(page.get(key), dict):
            yield from _items(page[key], depth + 1)


def _elsewhere(value: Any, material: Material) -> Record:
    """A collection whose annotations are not in the file is known by its name."""
    node = value if isinstance(value, dict) else {}
    pages = [
        one
        for key in ("items", "first", "next", "last", "partOf")
        for one in listed(node.get(key))
        if is_iri(one)
    ]
    if not pages:
        raise ImportFailed(material.name, "no_text", "no annotation in it")
    label = values.words(node.get("label")) or values.words(node.get("id"))
    told = ELSEWHERE.format(pages=", ".join(pages[:10]))
    record = Record(Metadata(title=label, url=values.address(node.get("id"))), as_json(node))
    record.texts = [told]
    record.warnings = (told,)
    return record


def _grouped(annotations: list[Node]) -> list[list[On]]:
    """The annotations of each source together, in the order of the file."""
    groups: dict[str, list[On]] = {}
    for annotation in annotations:
        targets: dict[str, list[Target]] = {}
        for one in listed(annotation.get("target")):
            for target in _targets(one, 0):
                targets.setdefault(target.source.partition("#")[0], []).append(target)
        for source, some in targets.items():
            groups.setdefault(source, []).append(On(annotation, some))
    return list(groups.values())


def _targets(one: Any, depth: int) -> Iterator[Target]:
    if isinstance(one, str):
        yield Target(one, {})
    elif isinstance(one, dict) and depth < _DEEPEST:
        if "items" in one:
            for item in one["items"]:
                yield from _targets(item, depth + 1)
            return
        source = one.get("source") or one.get("id")
        name = source.get("id") if isinstance(source, dict) else source
        yield Target(values.words(listed(name)[0] if listed(name) else ""), one)


def _record(group: list[On]) -> Record:
    source = group[0].targets[0].source
    url = values.address(source)
    described: Node = next(
        (target.node["source"] for one in group for target in one.targets if _describes(target)), {}
    )
    metadata = Metadata(
        title=values.words(described.get("dcterms:title") or described.get("title")) or None,
        url=url or values.address(described.get("via")),
        identifier=None if url else values.doi(source) or source[:500],
    )
    record = Record(metadata, as_json({"source": source, "annotations": [one.annotation for one in group]}))
    for one in group:
        passage = _passage(one)
        if passage.mark.exact.strip():
            record.passages.append(passage)
        else:
            record.notes.append(passage.mark)
    return record


def _describes(target: Target) -> bool:
    return isinstance(target.node.get("source"), dict)


def _passage(one: On) -> Passage:
    found = [quoted(target.node.get("selector")) for target in one.targets]
    said = [quote for quote in found if quote.exact.strip()]
    return Passage(
        mark_of(one.annotation, said, note=_note(one, found)),
        parts=tuple(quote.exact for quote in said),
    )


def _note(one: On, found: list[Quoted]) -> str:
    """What was written, and where that is said of no words: the place in the words of its selector."""
    note = noted(one.annotation)
    if any(quote.exact.strip() for quote in found):
        return note
    places = [place for target in one.targets if (place := _place(target))]
    where = "; ".join(dict.fromkeys(places))
    return f"{where}\n{note}".strip() if where else note or values.words(one.annotation.get("motivation"))


def _place(target: Target) -> str:
    for selector in listed(target.node.get("selector")):
        if isinstance(selector, dict):
            found = quoted(selector)
            if found.end:
                return f"{found.start}-{found.end}"
            return values.words(selector.get("value") or selector.get("id"))
        return values.words(selector)
    return target.source.partition("#")[2]
