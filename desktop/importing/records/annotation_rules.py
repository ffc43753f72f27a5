"""What the Web Annotation model demands of an annotation (https://www.w3.org/TR/annotation-model/).

Only what it says MUST be is asked for; what it leaves open, and what it does not know, is let be.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

CONTEXTS = ("http://www.w3.org/ns/anno.jsonld", "https://www.w3.org/ns/anno.jsonld")
SETS = ("Choice", "Composite", "List", "Independents")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_TIME = re.compile(r"-?\d{4,}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)?")
_DEEPEST = 20


def fault(annotation: dict[str, Any], *, within: bool = False) -> str:
    """The first rule that the annotation breaks, in words; empty where it keeps them all.

    Args:
        within: It is part of a page, whose context counts for it.
    """
    return next(_faults(annotation, within), "")


def _faults(annotation: dict[str, Any], within: bool) -> Iterator[str]:
    if not has_context(annotation) and not (within and "@context" not in annotation):
        yield f"its @context does not name {CONTEXTS[0]}"
    if "Annotation" not in listed(annotation.get("type")):
        yield "its type is not Annotation"
    if not _single(annotation.get("id"), is_iri):
        yield "its id is not one IRI"
    yield from _facts(annotation, "the annotation")
    if "body" in annotation and "bodyValue" in annotation:
        yield "it has both a body and a bodyValue"
    if "bodyValue" in annotation and not isinstance(annotation["bodyValue"], str):
        yield "its bodyValue is not one text"
    if not listed(annotation.get("target")):
        yield "it has no target"
    for key in ("body", "target"):
        for one in listed(annotation.get(key)):
            yield from _resource(one, key, 0)


def has_context(node: dict[str, Any]) -> bool:
    """Whether the standard's own context is named; it is never fetched."""
    return any(one in CONTEXTS for one in listed(node.get("@context")))


def listed(value: Any) -> list[Any]:
    """One value or several, as JSON-LD leaves open."""
    return value if isinstance(value, list) else [] if value is None else [value]


def is_iri(value: Any) -> bool:
    return isinstance(value, str) and _IRI.fullmatch(value) is not None


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def _single(value: Any, good: Callable[[Any], bool]) -> bool:
    return len(listed(value)) == 1 and good(listed(value)[0])


def _facts(node: dict[str, Any], what: str) -> Iterator[str]:
    """Section 3.3: life cycle, agents, rights and identity."""
    for key in ("created", "modified", "generated"):
        if key in node and not _single(node[key], _is_time):
            yield f"{key} of {what} is not one date with time"
    for key in ("creator", "generator"):
        if not all(is_iri(one) or isinstance(one, dict) for one in listed(node.get(key))):
            yield f"{key} of {what} is neither an IRI nor an object"
    for key in ("rights", "via"):
        if not all(is_iri(one) or isinstance(one, dict) for one in listed(node.get(key))):
            yield f"{key} of {what} is not an IRI"
    if "canonical" in node and not _single(node["canonical"], is_iri):
        yield f"canonical of {what} is not one IRI"
    if node.get("textDirection", "auto") not in ("ltr", "rtl", "auto"):
        yield f"textDirection of {what} is not ltr, rtl or auto"


def _resource(one: Any, key: str, depth: int) -> Iterator[str]:
    """A body or target: an address, a resource, a text, one of several, or a part of one (3.2, 4)."""
    if isinstance(one, str):
        if not is_iri(one):
            yield f"a {key} is not an IRI: {one[:60]}"
        return
    if not isinstance(one, dict) or depth > _DEEPEST:
        yield f"a {key} is neither an IRI nor an object"
        return
    yield from _facts(one, f"a {key}")
    kinds = listed(one.get("type"))
    sets = [kind for kind in kinds if kind in SETS]
    if sets or "items" in one:
        yield from _set(one, sets, key, depth)
    elif "source" in one or "SpecificResource" in kinds:
        yield from _specific(one, key, depth)
    elif key == "body" and ("value" in one or "TextualBody" in kinds):
        if not isinstance(one.get("value"), str):
            yield "the value of a textual body is not one text"
    elif not _single(one.get("id"), is_iri):
        yield f"a {key} has no id, value, source or items by which to know it"


def _set(one: dict[str, Any], sets: list[str], key: str, depth: int) -> Iterator[str]:
    if len(sets) != 1:
        yield f"a {key} with items is not one of {', '.join(SETS)}"
    items = one.get("items")
    if not isinstance(items, list) or not items:
        yield f"a {key} of several has no items"
        return
    if "value" in one or "source" in one:
        yield f"a {key} of several has a value or a source of its own"
    for item in items:
        yield from _resource(item, key, depth + 1)


def _specific(one: dict[str, Any], key: str, depth: int) -> Iterator[str]:
    source = one.get("source")
    if not (is_iri(source) or (isinstance(source, dict) and _single(source.get("id"), is_iri))):
        yield f"a specific {key} does not have one source"
    if "value" in one:
        yield f"a specific {key} has a value of its own"
    if "selector" in one:
        yield from _selectors(one["selector"], depth)


def _selectors(value: Any, depth: int) -> Iterator[str]:
    """Section 4.2. Kinds that the standard does not have may stand beside one that it has."""
    selectors = listed(value)
    unknown = [
        one for one in selectors if isinstance(one, dict) and not is_iri(one.get("id")) and not _known(one)
    ]
    if not selectors or (unknown and len(unknown) == len(selectors)):
        yield "a selector is of no kind that the standard has"
    for one in selectors:
        if isinstance(one, str):
            if not is_iri(one):
                yield f"a selector is not an IRI: {one[:60]}"
        elif not isinstance(one, dict) or depth > _DEEPEST:
            yield "a selector is neither an IRI nor an object"
        else:
            if _known(one) and not _SELECTORS[one["type"]](one) and not is_iri(one.get("id")):
                yield f"a {one['type']} lacks what it selects by"
            if isinstance(one.get("refinedBy"), dict | list):
                yield from _refinements(one["refinedBy"], depth + 1)


def _refinements(value: Any, depth: int) -> Iterator[str]:
    """A refinement is a selector, or the state of the source, which has rules of its own."""
    states = ("TimeState", "HttpRequestState")
    selectors = [one for one in listed(value) if not (isinstance(one, dict) and one.get("type") in states)]
    if selectors:
        yield from _selectors(selectors, depth)


def _known(one: dict[str, Any]) -> bool:
    return isinstance(one.get("type"), str) and one["type"] in _SELECTORS


def _has_value(one: dict[str, Any]) -> bool:
    return isinstance(one.get("value"), str)


def _has_places(one: dict[str, Any]) -> bool:
    return all(
        isinstance(one.get(key), int) and not isinstance(one[key], bool) and one[key] >= 0
        for key in ("start", "end")
    )


_SELECTORS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "FragmentSelector": _has_value,
    "CssSelector": _has_value,
    "XPathSelector": _has_value,
    "TextQuoteSelector": lambda one: isinstance(one.get("exact"), str),
    "TextPositionSelector": _has_places,
    "DataPositionSelector": _has_places,
    "SvgSelector": _has_value,
    "RangeSelector": lambda one: "startSelector" in one and "endSelector" in one,
}
