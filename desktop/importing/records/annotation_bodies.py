"""What a Web Annotation says of the words it is on: tags, what was written, by whom and when."""

from collections.abc import Iterator, Sequence
from typing import Any

from desktop.core.extraction import FoundMark
from desktop.core.records import AnnotationKind
from desktop.importing.records import values
from desktop.importing.records.annotation_rules import listed
from desktop.importing.records.record import words_of
from desktop.importing.records.selectors import Quoted

_DEEPEST = 20
_ELLIPSIS = " … "
Node = dict[str, Any]


def bodies(annotation: Node) -> Iterator[Any]:
    """Each body; those of a choice or a list one by one."""
    if isinstance(annotation.get("bodyValue"), str):
        yield annotation["bodyValue"]
    for one in listed(annotation.get("body")):
        yield from _flat(one, 0)


def _flat(one: Any, depth: int) -> Iterator[Any]:
    if isinstance(one, dict) and isinstance(one.get("items"), list) and depth < _DEEPEST:
        for item in one["items"]:
            yield from _flat(item, depth + 1)
    else:
        yield one


def has_purpose(body: Any, *purposes: str) -> bool:
    return isinstance(body, dict) and any(one in purposes for one in listed(body.get("purpose")))


def tagged(annotation: Node) -> tuple[str, ...]:
    """Tags; one that is an address is called by its last part."""
    return values.paths(_tag(body) for body in bodies(annotation) if _is_tag(body, annotation))


def _is_tag(body: Any, annotation: Node) -> bool:
    if has_purpose(body, "tagging"):
        return True
    alone = "tagging" in listed(annotation.get("motivation")) and isinstance(body, dict)
    return alone and "purpose" not in body and "value" in body


def _tag(body: Node) -> str:
    if isinstance(body.get("value"), str):
        return str(body["value"])
    return values.words(address_of(body)).rstrip("/").rpartition("/")[2].rpartition("#")[2]


def noted(annotation: Node, *, without: tuple[str, ...] = ()) -> str:
    """What was written, paragraphs parted by blank lines; of other resources their address.

    Args:
        without: Purposes of bodies that are something else.
    """
    found = []
    for body in bodies(annotation):
        if _is_tag(body, annotation) or has_purpose(body, *without):
            continue
        found.append(body if isinstance(body, str) else _written(body))
    return "\n\n".join(dict.fromkeys(text.strip() for text in found if text.strip()))


def _written(body: Any) -> str:
    if not isinstance(body, dict):
        return ""
    if isinstance(body.get("value"), str):
        text = values.paragraphs(body["value"])
        return words_of(text) if "html" in values.words(body.get("format")) else text
    return values.words(address_of(body))


def address_of(body: Node) -> Any:
    """The IRI of what a body stands for."""
    source = body.get("source") or body.get("id")
    return source.get("id") if isinstance(source, dict) else source


def mark_of(annotation: Node, said: Sequence[Quoted], note: str, **more: Any) -> FoundMark:
    """The annotation as a mark on these words."""
    return FoundMark(
        more.pop("kind", AnnotationKind.HIGHLIGHT if said else AnnotationKind.NOTE),
        _ELLIPSIS.join(quote.exact for quote in said),
        near=said[0].start if said else 0,
        prefix=said[0].prefix if said else "",
        suffix=said[-1].suffix if said else "",
        note=note,
        tags=tagged(annotation),
        creator=_agent(annotation.get("creator")),
        created_at=values.moment(_first(annotation.get("created"))),
        **more,
    )


def _agent(value: Any) -> str:
    """A name, as that of the first creator who has one."""
    for one in listed(value):
        if isinstance(one, dict):
            names = (values.words(_first(one.get(key))) for key in ("name", "nickname", "email", "id"))
            if name := next((name for name in names if name), ""):
                return name.removeprefix("mailto:")
        elif values.words(one):
            return values.words(one)
    return ""


def _first(value: Any) -> Any:
    return listed(value)[0] if listed(value) else None
